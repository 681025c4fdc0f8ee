"""What a page says of itself in, the kind of article it is and the evidence out.

The witnesses are asked in the order of their strength, and paid matter before all
others: a page that somebody paid for is sponsored, whatever else it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.records import ArticleKind

from ..claims import Claim, Witness
from ..fields.titles import Headline
from ..lines.layout import Leaf
from ..material import Material
from ..text import key, once
from ..tree import names_of
from .genre_shape import announces, asks, listens, paid_line, releases
from .genre_words import FOLDER_NEVER, LABELS, SECTION_ONLY, SURE
from .kickers import Kicker

_TYPES: dict[str, ArticleKind] = {
    "AdvertiserContentArticle": "sponsored",
    "LiveBlogPosting": "live",
    "OpinionNewsArticle": "opinion",
    "AnalysisNewsArticle": "analysis",
    "ReviewNewsArticle": "review",
    "CriticReview": "review",
    "Review": "review",
    "PressRelease": "press_release",
    "Interview": "interview",
}
"""Types of the article's own node, of schema.org or in its manner."""
_EPISODES = frozenset({"PodcastEpisode", "RadioEpisode"})
_NEWS = frozenset({"ReportageNewsArticle", "BackgroundNewsArticle"})
_EVENT = re.compile(r"^(?:[A-Z][a-z]+)?Event$")
_ARTICLE = re.compile(r"Article$|^BlogPosting$")
_BEFORE = re.compile(r"^([^:|]{3,60}?)\s*[:|]\s+\S")
_BEHIND = re.compile(r"\s[|–—-]\s+([^|–—:]{3,30})$")
_JOINTS = re.compile(r"[-_+]|%20")
_CLASS = re.compile(
    r"(?:category|cat|type|post-type|single|section|is|article|article-type|format|"
    r"content-type|kind|node|node-type|page-type)[-_]{1,2}(.{4,40})"
)
"""How themes write the kind of a page into the names of what is around it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Genre:
    """What kind an article is, and what says so."""

    kind: ArticleKind
    evidence: str
    """In words, for a person."""
    witness: Witness


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What has been found out of a page that its kind can be told by."""

    material: Material
    title: Headline | None
    near: tuple[Kicker, ...] = ()
    """Labels beside its headline."""
    lines: tuple[Leaf, ...] = ()
    """Its labelled lines from the headline to a little after the text."""
    sections: tuple[Claim[str], ...] = ()
    """The narrowest section first."""
    entries: int = 0
    """How many timed entries of a live blog it has."""


NEWS = Genre(kind="news", evidence="nothing says otherwise", witness="text")


def genre(said: Said) -> Genre:
    """Return the kind of an article."""
    words = list(_words(said))
    paid = next((one for one in words if one.kind == "sponsored"), None)
    return paid or _paid_text(said) or next(_witnesses(said, words), NEWS)


def _witnesses(said: Said, words: Sequence[Genre]) -> Iterator[Genre]:
    """Yield what the witnesses say, the strongest first."""
    yield from _typed(said.material.linked.typed.article)
    if said.entries:
        evidence = f"{said.entries} timed entries on a page that is called live"
        yield Genre(kind="live", evidence=evidence, witness="html")
    yield from _about(said.material)
    yield from words
    yield from _shapes(said)
    reported = said.material.linked.typed.article & _NEWS
    if reported:
        yield Genre(kind="news", evidence=_type(reported), witness="json-ld")


def _type(names: Iterable[str]) -> str:
    return f"JSON-LD type {min(names)}"


def _typed(names: Collection[str]) -> Iterator[Genre]:
    """Yield what JSON-LD calls the article."""
    for name, kind in _TYPES.items():
        if name in names:
            yield Genre(kind=kind, evidence=_type([name]), witness="json-ld")


def _about(material: Material) -> Iterator[Genre]:
    """Yield what JSON-LD and Open Graph say the page is about, as a whole."""
    told = material.linked.typed
    if episode := _EPISODES & told.named:
        yield Genre(kind="podcast", evidence=_type(episode), witness="json-ld")
    events = [name for name in told.named if _EVENT.match(name)]
    if events and not any(_ARTICLE.search(name) for name in told.article):
        yield Genre(kind="event", evidence=_type(events), witness="json-ld")
    graph = material.meta("og:type").rsplit(":", 1)[-1].partition(".")[0]
    stated = LABELS.get(key(graph))
    if stated in SURE or stated == "event":
        evidence = f"Open Graph type {graph}"
        yield Genre(kind=stated, evidence=evidence, witness="open graph")


def _words(said: Said) -> Iterator[Genre]:
    """Yield the kinds that labels name, where such a word is enough."""
    if "AdvertiserContentArticle" in said.material.linked.typed.article:
        evidence = _type(["AdvertiserContentArticle"])
        yield Genre(kind="sponsored", evidence=evidence, witness="json-ld")
    for kicker in said.near:
        yield Genre(kind=kicker.kind, evidence=kicker.evidence, witness="html")
    for kind, evidence, witness in _labelled(said):
        if kind in SURE or (kind == "event" and _is_announced(said)):
            yield Genre(kind=kind, evidence=evidence, witness=witness)


def _labelled(said: Said) -> Iterator[tuple[ArticleKind, str, Witness]]:
    """Yield kind, evidence and witness of headline, sections, address and names."""
    yield from _headed(said.title.text if said.title is not None else "")
    for claim in said.sections:
        kind = LABELS.get(key(claim.value))
        if kind and not (kind == "sponsored" and claim.witness == "html"):
            yield kind, f"section “{claim.value}”", claim.witness
    for folder in urlsplit(said.material.page.url).path.split("/")[:-1]:
        kind = LABELS.get(_spelled(folder))
        if kind and _spelled(folder) not in FOLDER_NEVER:
            yield kind, f"folder “{folder}” of the address", "url"
    yield from _named(said.title)


def _headed(headline: str) -> Iterator[tuple[ArticleKind, str, Witness]]:
    """Yield what a headline says before a colon or behind a dash."""
    for pattern in (_BEFORE, _BEHIND):
        found = pattern.search(headline)
        words = key(found[1]).split() if found is not None else []
        for start in range(len(words)):
            label = " ".join(words[start:])
            kind = LABELS.get(label)
            is_whole = start == 0 or len(words) - start > 1 or kind == "podcast"
            if kind and is_whole and label not in SECTION_ONLY:
                yield kind, f"“{label}” in the headline", "html"


def _named(title: Headline | None) -> Iterator[tuple[ArticleKind, str, Witness]]:
    """Yield what the names of the boxes around the headline say."""
    element = title.element if title is not None else None
    around = [element, *element.iterancestors()] if element is not None else []
    for box in around:
        names = names_of(box).lower().split()
        filed = sum(1 for name in names if name.startswith("category-"))
        for name in names:
            found = _CLASS.fullmatch(name)
            label = _spelled(found[1] if found is not None else name)
            kind = LABELS.get(label)
            is_plain = found is None and kind != "sponsored"
            is_one_of = name.startswith("category-") and filed > 1
            if (
                kind
                and not (is_plain or is_one_of)
                and label not in SECTION_ONLY | FOLDER_NEVER
            ):
                yield kind, f"name “{name}” of a box around the headline", "html"


@once
def _spelled(name: str) -> str:
    return key(_JOINTS.sub(" ", name))


def _paid_text(said: Said) -> Genre | None:
    """Return what a sentence of the page says of who paid for it."""
    line = paid_line(said.lines)
    if line is None:
        return None
    evidence = f"the page says “{line}”"
    return Genre(kind="sponsored", evidence=evidence, witness="text")


def _is_announced(said: Said) -> bool:
    return bool(announces(said.lines, least=1))


def _shapes(said: Said) -> Iterator[Genre]:
    """Yield the kinds that the form of the text tells."""
    title = said.title.text if said.title is not None else ""
    shapes: tuple[tuple[ArticleKind, str | None], ...] = (
        ("press_release", releases(said.lines)),
        ("interview", asks(said.lines, title)),
        ("podcast", listens(said.lines)),
        ("event", announces(said.lines, least=3)),
    )
    for kind, evidence in shapes:
        if evidence:
            yield Genre(kind=kind, evidence=evidence, witness="text")

"""Material in, the headline out: every witness heard, the one readers see preferred."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from ..claims import ROUTE_WITNESS, Claim, Witness
from ..classes import roles
from ..material import Material
from ..survey import Sight, in_furniture
from ..text import field, key
from ..tree import names_of, select, text_of

_SEPARATOR = re.compile(r"\s+[|\-–—·:»•/~<>«]{1,2}\s+|\s*[|»]\s*|\s+::\s+|:\s+")
_BETWEEN = " :|–—-/·•»"
"""What may stand between a label and the headline after it."""
_KICKER = re.compile(
    r"kicker|over-?line|top-?line|super-?title|sur-?titre|pre-?title|eyebrow|label|"
    r"sub-?title|title-?header|roof|dachzeile|spitzmarke|vignette|rubri|category|topic|"
    r"small|sponsor|date",
    re.I,
)
"""Names of elements that hold the label above a headline."""
_BLOCKS = frozenset({"div", "p", "time", "small"})
_CUT = ("…", "...")
_DATED = re.compile(r"^\d{1,2}[./]\d{1,2}[./]\d{2,4}\s*(?:[-–—|:]\s+|\|)(?=\S)")
_UNSPACED_TAIL = re.compile(
    r"(?<=[\u3000-\u9fff\uac00-\ud7af\uff01-\uff5e])[-_|—–]{1,2}[^\s\-_|—–]{2,12}$"
)
"""A site's name after a title in a script that sets no spaces."""
_MIN_HEADING_CHARS = 12
_MAX_SITE_CHARS = 55
"""Longer "names of the site" are titles that a page states in the wrong place."""
_LOGO = re.compile(
    r"logo|masthead|brand|site-?(?:title|name)|blog-?(?:title|name)", re.I
)
_ASIDES = frozenset({"aside", "nav", "footer"})
_PLAIN = frozenset({"b", "strong", "font", "td", "div", "span", "p", "big", "h4"})
_HOME_LINKS = frozenset(("/", "./", "index.html", "/index.html", "index.php"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Headline:
    """The chosen headline and where it stands on the page."""

    text: str
    witness: Witness
    element: HtmlElement | None
    """The heading that shows it; None where the page shows none."""
    position: int
    """Place of that heading in document order; -1 without one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    """A heading and what it says."""

    sight: Sight
    words: str
    """`text.key` of its text."""


_Agrees = Callable[[str, list[str]], bool]


def headline(material: Material) -> Headline | None:
    """Return the article's headline; None if no witness names one."""
    stated = _stated(material)
    heading = _heading(material, [claim.value for claim in stated])
    chosen = _from_profile(material)
    if chosen is None and heading is not None:
        chosen = Claim(value=_shown(heading, material, stated), witness="html")
    if chosen is None and stated:
        chosen = _best_stated(stated)
    if chosen is None or not chosen.value:
        return None
    return Headline(
        text=chosen.value,
        witness=chosen.witness,
        element=heading.element if heading else None,
        position=heading.position if heading else -1,
    )


def _from_profile(material: Material) -> Claim[str] | None:
    found = select(material.root, material.profile.selectors.get("headline", ()))
    text = text_of(found[0], 2000) if found else ""
    return Claim(value=text, witness="profile") if text else None


def _stated(material: Material) -> list[Claim[str]]:
    """Return the titles that head, scripts and routes state, without site names."""
    linked, meta = material.linked, material.meta
    raw: list[tuple[str, Witness]] = [
        (linked.headline, "json-ld"),
        (meta("og:title"), "open graph"),
        (meta("twitter:title"), "meta"),
        (meta("dc.title", "dcterms.title", "citation_title", "parsely-title",
              "sailthru.title", "headline", "title", "fb_title"), "meta"),
        (_title_tag(material), "html"),
    ]  # fmt: skip
    raw += [
        (hint.title, ROUTE_WITNESS[hint.route])
        for hint in material.page.hints
        if hint.title and hint.route in ROUTE_WITNESS
    ]
    bare = {text: strip_site(field(text), material) for text in {t for t, _ in raw}}
    claims = [Claim(value=bare[text], witness=witness) for text, witness in raw]
    return [c for c in claims if c.value and not _is_known(c.value, material)]


def _is_known(title: str, material: Material) -> bool:
    """Whether a title is exactly a name of the site."""
    name = key(title)
    return name in material.site_names and len(name) <= _MAX_SITE_CHARS


def _title_tag(material: Material) -> str:
    titles = material.survey.tags.get("title", ())
    return text_of(titles[0].element, 2000) if titles else ""


def strip_site(title: str, material: Material) -> str:
    """Take the site's name off either end of a title, and a date off its beginning."""
    title = _UNSPACED_TAIL.sub("", _DATED.sub("", title))
    for _ in range(3):
        spans = _separators(title)
        if not spans:
            return title
        head, tail = title[: spans[-1][0]], title[spans[-1][1] :]
        first, rest = title[: spans[0][0]], title[spans[0][1] :]
        if head and is_site(tail, material):
            title = head.strip()
        elif rest and is_site(first, material):
            title = rest.strip()
        else:
            return _before_pipe(title)
    return _before_pipe(title)


def _separators(title: str) -> list[tuple[int, int]]:
    """Return where a title's parts are kept apart; quotation marks keep nothing."""
    quoted = "«" in title
    return [
        match.span()
        for match in _SEPARATOR.finditer(title)
        if not (quoted and "»" in match.group())
    ]


def _before_pipe(title: str) -> str:
    """Take off what follows a bar: it is a site, a section or a label, not headline."""
    head, _, tail = title.rpartition("|")
    longer = len(head.split()) >= 3 and len(head) > len(tail)
    return head.strip() if longer else title


def is_site(text: str, material: Material) -> bool:
    """Whether a text is only the name of the site."""
    name = key(text)
    if not name:
        return True
    if len(name) > _MAX_SITE_CHARS:
        return False
    compact = name.replace(" ", "")
    host = material.host.replace("-", "").replace(".", "")
    if name in material.site_names or (len(compact) > 3 and compact in host):
        return True
    return compact in _compact(material.site_names)


@lru_cache(maxsize=64)
def _compact(names: frozenset[str]) -> frozenset[str]:
    """Return the names of a site without spaces, the shortest left out."""
    return frozenset(name.replace(" ", "") for name in names if len(name) > 3)


def _heading(material: Material, stated: list[str]) -> Sight | None:
    """Return the heading element that shows the headline."""
    keys = [k for k in map(key, stated) if k]
    tops = [
        line for line in _lines(material.survey.tags.get("h1", ()), material)
        if not (_is_logo(line.sight.element) or _is_aside(line.sight.element))
    ]  # fmt: skip
    found = _best(tops, keys, _is_stated)
    if found is None:
        others = _lines(_others(material), material)
        found = (
            _best(others, keys, _is_stated)
            or _best(tops, keys, _is_within)
            or _best(tops, keys, _is_like)
            or _best(others, keys, _is_within)
        )
    if found is None and not tops:
        return _plain(material, keys)
    return found.sight if found else _free(tops, keys)


def _best(lines: list[_Line], keys: list[str], agrees: _Agrees) -> _Line | None:
    """Return the heading that agrees with a title; the closest of several."""
    agreed = [line for line in lines if agrees(line.words, keys)]
    return max(
        agreed,
        key=lambda line: (line.words in keys, len(line.words), -line.sight.position),
        default=None,
    )


def _lines(sights: Iterable[Sight], material: Material) -> list[_Line]:
    """Return headings with their words; not those that are empty or name the site."""
    lines: list[_Line] = []
    for sight in sights:
        text = text_of(sight.element, 2000)
        words = key(text)
        if words and not is_site(text, material):
            lines.append(_Line(sight=sight, words=words))
    return lines


def _free(tops: list[_Line], keys: list[str]) -> Sight | None:
    """Return the h1 that stands for itself, though no title repeats it.

    Whole articles lie in elements whose names hint at adverts or rails: the only h1
    of a page is its headline all the same.
    """
    long = [line for line in tops if len(line.words) >= _MIN_HEADING_CHARS]
    free = [s for s in long if not in_furniture(s.sight.element, frozenset())]
    if not free and len(long) == 1:
        own = len(long[0].words.split()) >= 4 or _shared(long[0].words, keys) >= 2
        free = long if own else []
    best = max(
        free, key=lambda s: (_shared(s.words, keys), -s.sight.position), default=None
    )
    return best.sight if best else None


def _is_aside(element: HtmlElement) -> bool:
    """Whether an element lies beside the article by its tags."""
    return any(node.tag in _ASIDES for node in element.iterancestors())


def _plain(material: Material, keys: list[str]) -> Sight | None:
    """Return an element without name or rank whose text is a stated title."""
    title = _title_tag(material)
    heads = [key(head) for head in (*_heads(title), *_after_name(title))]
    keys = [k for k in (*keys, *heads) if len(k) >= _MIN_HEADING_CHARS]
    longest = max(map(len, keys), default=0) * 2
    body = material.root.find("body")
    for position, element in enumerate(material.root.iter("*")):
        text = element.text
        if body is None or element.tag not in _PLAIN or not text or len(text) > longest:
            continue
        if len(text) >= _MIN_HEADING_CHARS and key(text) in keys:
            return Sight(position=position, element=element, roles=frozenset())
    return None


def _heads(title: str) -> list[str]:
    """Return what stands before each separator of a title, the longest first."""
    return [title[: m.start()] for m in _SEPARATOR.finditer(title)][::-1]


def _after_name(title: str) -> list[str]:
    """Return what follows a title's first part, where that is a name in capitals."""
    found = _SEPARATOR.search(title)
    if found is None or ":" in found.group():
        return []
    name, rest = title[: found.start()], title[found.end() :]
    is_name = name.isupper() and not rest.isupper() and len(name) < len(rest)
    return [rest] if is_name else []


def _is_logo(heading: HtmlElement) -> bool:
    """Whether a heading is the site's own sign."""
    links_home = any(a.get("href") in _HOME_LINKS for a in heading.iter("a"))
    return links_home or _LOGO.search(names_of(heading)) is not None


def _others(material: Material) -> Iterable[Sight]:
    """Return what may show the headline where no h1 does."""
    survey = material.survey
    titled = [*survey.itemprops.get("headline", ()), *survey.marked.get("headline", ())]
    lesser = [*survey.tags.get("h2", ())[:15], *survey.tags.get("h3", ())[:5]]
    return [s for s in (*titled[:20], *lesser) if s.element.tag not in ("title", "a")]


def _is_stated(shown: str, keys: list[str]) -> bool:
    """Whether a heading's text is a stated title."""
    return len(shown) >= 4 and shown in keys


def _is_within(shown: str, keys: list[str]) -> bool:
    """Whether a heading and a stated title are the same line but for an end of it."""
    return any(
        (len(shown) >= 10 and f" {shown} " in f" {k} " and len(shown) * 3 > len(k))
        or (len(k) >= 10 and f" {k} " in f" {shown} " and len(k) * 2 > len(shown))
        for k in keys
    )


def _is_like(shown: str, keys: list[str]) -> bool:
    """Whether a heading shares most of its words with a stated title."""
    shared = _shared(shown, keys)
    return shared >= 4 and shared * 5 >= len(set(shown.split())) * 3


def _shared(shown: str, keys: list[str]) -> int:
    """Return how many words a heading shares with the title nearest to it."""
    words = set(shown.split())
    return max((len(words & set(k.split())) for k in keys), default=0)


def _shown(sight: Sight, material: Material, stated: list[Claim[str]]) -> str:
    """Return a heading's text without a kicker, a label or a site's name beside it."""
    text = strip_site(_without_kicker(sight.element, stated), material)
    shown = key(text)
    for claim in stated:
        known = key(claim.value)
        beside = shown.startswith(f"{known} ") or shown.endswith(f" {known}")
        if known and beside and len(known) * 2 > len(shown):
            rest = shown.removeprefix(known).removesuffix(known).strip()
            if any(
                key(text_of(e, 500)) == rest for e in sight.element.iterdescendants()
            ):
                return claim.value
    return text


def _without_kicker(heading: HtmlElement, stated: list[Claim[str]]) -> str:
    """Return a heading's text without a label that stands before it.

    A label is an element of its own at the beginning. It is no label where a title
    has it as the beginning of one sentence, as in a headline's emphasised first word.
    """
    whole = text_of(heading, 2000)
    first = heading[0] if len(heading) and not (heading.text or "").strip() else None
    if first is None:
        return whole
    label = text_of(first, 500)
    rest = whole.removeprefix(label).lstrip(_BETWEEN)
    if not label or len(key(rest).split()) < 2:
        return whole
    keys = [key(claim.value) for claim in stated]
    if any(_begins(k, key(rest)) for k in keys):
        return rest
    if any(_runs_on(claim.value, label) for claim in stated):
        return whole
    in_line = label.endswith(":") and key(whole) in keys
    return rest if _is_label(first) and not in_line else whole


def _begins(known: str, rest: str) -> bool:
    """Whether a title is a line, or that line with a site's name after it."""
    return known == rest or (len(rest) >= 20 and known.startswith(f"{rest} "))


def _runs_on(title: str, label: str) -> bool:
    """Whether a title goes on after a label without a mark between the two."""
    after = title[len(label) :] if title.startswith(label) else ""
    return bool(after.strip()) and after.lstrip()[0] not in _BETWEEN


def _is_label(first: HtmlElement) -> bool:
    """Whether the element that begins a heading is a label above the headline."""
    names = names_of(first)
    named = "section" in roles(names) or _KICKER.search(names) is not None
    return named or first.tag in _BLOCKS


def _best_stated(stated: list[Claim[str]]) -> Claim[str]:
    """Choose among titles that no heading confirms: whole before cut, most agreed."""
    whole = [c for c in stated if not c.value.endswith(_CUT)] or stated
    keys = [key(c.value) for c in whole]
    counts = {k: keys.count(k) for k in keys}
    longer = {
        k: sum(1 for other in keys if other != k and other.startswith(k + " "))
        for k in keys
    }
    order = range(len(whole))
    best = max(order, key=lambda i: (counts[keys[i]], -longer[keys[i]], -i))
    return whole[best]

"""Material in, the article's authors out, and the witness that names them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from .claims import ROUTE_WITNESS, Claim, Witness
from .classes import roles
from .material import Material
from .people import people
from .survey import Sight, in_furniture, spine_of
from .text import key
from .titles import Headline
from .tree import names_of, select, text_of

_METAS = (
    "author", "article:author", "article:author_name", "parsely-author",
    "sailthru.author",
    "dc.creator", "dcterms.creator", "dc.contributor", "citation_author", "byl",
    "byline",
    "cxenseparse:author", "article.author", "authors", "og:author", "rnews:author",
    "og:article:author", "creator", "bt:author", "vr:author",
)  # fmt: skip
_FRAME = frozenset(("html", "body", "main"))
_MAX_BYLINE_CHARS = 250
_WRITTEN_BY = frozenset(
    ("written by", "verfasst von", "écrit par", "escrito por", "scritto da")
)
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|by|autor(?:en)?|contributors?|journalists?|reporters?|staff|people|"
    r"profile|profiles|columnists?|auteurs?)/[^/]",
    re.I,
)
_BY = re.compile(r"^\s*(?:(?:written|posted|published)\s+)?(?:by|von|par|por)\b", re.I)
_WORD = r"[^\W\d_a-z][\w.'’\-]*"
_PARTICLE = r"(?:de|van|von|der|den|la|le|di|da|al|bin)"
_NAME = rf"{_WORD}(?:\s+(?:{_PARTICLE}\s+)*{_WORD}){{1,3}}"
_BY_NAMES = re.compile(
    rf"^(?:(?:[Ww]ritten|[Pp]osted|[Pp]ublished)\s+)?(?:[Bb]y|BY|[Vv]on|[Pp]ar|"
    rf"[Pp]or)\b:?\s+{_NAME}"
    rf"(?:(?:\s*,\s*|\s+(?:and|und|et|y|&)\s+){_NAME})*"
)
_BEFORE, _AFTER = 40, 90
"""How many elements around the headline a byline may stand."""


def authors(
    material: Material, title: Headline | None
) -> Claim[tuple[str, ...]] | None:
    """Return the names of the witness that is to be believed first."""
    shown = frozenset({key(title.text)}) if title else frozenset()
    heard: list[tuple[list[str], Witness]] = []
    for texts, witness in _witnesses(material, title):
        stated = [t for t in texts if not _is_address(t)]
        names = people(stated, material.site_names | shown)
        if names:
            return Claim(value=names, witness=witness)
        heard.append((stated, witness))
    for stated, witness in heard:
        names = people(stated, shown)
        if names:
            return Claim(value=names, witness=witness)
    return None


def _witnesses(
    material: Material, title: Headline | None
) -> Iterator[tuple[list[str], Witness]]:
    """Yield the bylines that witnesses state, strongest first."""
    selected = select(material.root, material.profile.selectors.get("authors", ()))
    yield [text_of(e, 500) for e in selected], "profile"
    yield list(material.linked.authors), "json-ld"
    for hint in material.page.hints:
        if hint.route == "wordpress":
            yield list(hint.authors), "wordpress"
    for name in _METAS:
        yield list(material.metas.get(name, ())), "meta"
    if material.meta("twitter:label1").lower() in _WRITTEN_BY:
        yield [material.meta("twitter:data1")], "meta"
    yield from _shown(material, title)
    for hint in material.page.hints:
        if hint.route in ROUTE_WITNESS:
            yield list(hint.authors), ROUTE_WITNESS[hint.route]


def _shown(
    material: Material, title: Headline | None
) -> Iterator[tuple[list[str], Witness]]:
    """Yield the bylines that the page shows."""
    survey = material.survey
    spine = spine_of(title.element if title else None)
    props = _usable(survey.itemprops.get("author", ()), spine)
    yield _names_in(props), "microdata"
    rels = _usable(survey.rels.get("author", ()), spine)
    yield [text_of(s.element, 300) for s in rels], "html"
    yield _bylines(_usable(survey.marked.get("byline", ()), spine), title), "html"
    yield _linked_near(material, title), "html"
    yield _written_near(material, title), "text"
    asides = [s for s in survey.rels.get("author", ()) if not _in_comments(s)]
    yield [text_of(s.element, 300) for s in asides[:1]], "html"
    boxes = [s for s in survey.marked.get("byline", ()) if not _in_comments(s)]
    yield _bylines(boxes, title), "html"


def _in_comments(sight: Sight) -> bool:
    """Whether an element stands among readers' comments."""
    enclosing = (sight.element, *sight.element.iterancestors())
    return any(
        "comments" in roles(names_of(e)) for e in enclosing if e.tag not in _FRAME
    )


def _linked_near(material: Material, title: Headline | None) -> list[str]:
    """Return the links beside the headline that lead to an author's page."""
    found: list[str] = []
    for _, element in _around(material, title):
        if element.tag == "a" and _AUTHOR_PAGE.search(element.get("href") or ""):
            text = text_of(element, 200)
            if 1 < len(text.split()) <= 5 and text not in found:
                found.append(text)
    return found[:6]


def _written_near(material: Material, title: Headline | None) -> list[str]:
    """Return the first line beside the headline that begins with "By" and a name."""
    for _, element in _around(material, title):
        for text in (element.text, element.tail):
            if text and _BY.match(text):
                line = text_of(element, 300) if text is element.text else text
                match = _BY_NAMES.match(line.strip())
                if match:
                    return [match.group()]
    return []


def _around(
    material: Material, title: Headline | None
) -> Iterator[tuple[int, HtmlElement]]:
    """Yield the elements that stand around the headline, in order."""
    place = title.position if title else -1
    if place < 0:
        return
    for position, element in enumerate(material.root.iter("*")):
        if position > place + _AFTER:
            return
        if position >= place - _BEFORE:
            yield position, element


def _usable(sights: tuple[Sight, ...], spine: frozenset[HtmlElement]) -> list[Sight]:
    """Leave out elements of other blocks, and links to an author's other posts."""
    return [
        s
        for s in sights
        if not in_furniture(s.element, spine)
        and not text_of(s.element, 60)
        .lower()
        .startswith(("view all", "see all", "more"))
    ]


def _names_in(sights: list[Sight]) -> list[str]:
    """Return the author names that microdata holds: the name property, else all."""
    named: list[str] = []
    for sight in sights:
        inner = sight.element.xpath(".//*[@itemprop='name']")
        chosen = inner[0] if inner else sight.element
        named.append(chosen.get("content") or text_of(chosen, 300))
    return named


def _bylines(sights: list[Sight], title: Headline | None) -> list[str]:
    """Return the byline nearest to the headline, the innermost element of it."""
    place = title.position if title else -1
    near = sorted(sights, key=lambda s: (s.position < place, abs(s.position - place)))
    for sight in near:
        text = text_of(sight.element, 600)
        if text and len(text) <= _MAX_BYLINE_CHARS:
            links = [text_of(a, 200) for a in sight.element.iter("a")]
            return [t for t in links if t and len(t.split()) > 1] or [text]
    return []


def _is_address(text: str) -> bool:
    """Whether a "name" is an address or an account, as some pages state it."""
    return (
        "://" in text
        or text.startswith(("www.", "@", "/"))
        or "@" in text.split(" ")[0]
    )

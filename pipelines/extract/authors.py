"""Material in, the article's authors out, and the witness that names them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from .bylines import Surroundings, marked
from .claims import ROUTE_WITNESS, Claim, Witness
from .material import Material
from .people import people
from .signatures import in_comments, profiled, signed
from .survey import Sight, in_furniture, spine_of
from .text import key
from .titles import Headline
from .tree import select, text_of

_METAS = (
    "author", "article:author", "article:author_name", "parsely-author",
    "sailthru.author",
    "dc.creator", "dcterms.creator", "dc.contributor", "citation_author", "byl",
    "byline",
    "cxenseparse:author", "article.author", "authors", "og:author", "rnews:author",
    "og:article:author", "creator", "bt:author", "vr:author",
)  # fmt: skip
_WRITTEN_BY = frozenset(
    ("written by", "verfasst von", "écrit par", "escrito por", "scritto da")
)


def authors(
    material: Material, title: Headline | None
) -> Claim[tuple[str, ...]] | None:
    """Return the names of the witness that is to be believed first."""
    shown = frozenset({key(title.text)}) if title else frozenset()
    nobody = material.site_names | shown | _host_labels(material)
    heard: list[tuple[list[str], Witness]] = []
    for texts, witness in _witnesses(material, title):
        stated = [t for t in texts if not _is_address(t)]
        names = people(stated, nobody)
        if names and not _is_weak(names, material):
            return Claim(value=names, witness=witness)
        heard.append((stated, witness))
    for stated, witness in heard:
        names = people(stated, shown)
        if names:
            return Claim(value=names, witness=witness)
    return None


def _host_labels(material: Material) -> frozenset[str]:
    """Return the keys of the parts of the page's host name."""
    return frozenset(map(key, re.split(r"[.-]", material.host)))


def _is_weak(names: tuple[str, ...], material: Material) -> bool:
    """Whether an only name is an account's or the publisher's in other words."""
    name = names[0]
    words = key(name).split()
    if len(names) > 1 or not words:
        return False
    if len(words) == 1 and (name.islower() or "_" in name):
        return True
    return any(
        _means_site(words, label)
        for label in material.host.replace("-", "").split(".")[:-1]
    )


def _means_site(words: list[str], label: str) -> bool:
    """Whether a name's words make a part of the host's name, or their initials do."""
    compact = "".join(words)
    if len(words) == 1 and len(compact) > 4 and compact in label:
        return True
    if len(words) > 1 and label == "".join(word[0] for word in words):
        return True
    return len(words) != 2 and len(label) > 5 and label in compact


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
    yield marked(_usable(survey.marked.get("byline", ()), spine), title), "html"
    around = Surroundings(title, spine)
    yield around.linked(), "html"
    yield around.written(), "text"
    yield around.told(), "text"
    asides = [s for s in survey.rels.get("author", ()) if not in_comments(s.element)]
    yield [text_of(s.element, 300) for s in asides[:1]], "html"
    boxes = [s for s in survey.marked.get("byline", ()) if not in_comments(s.element)]
    yield marked(boxes, title), "html"
    yield signed(material.root), "text"
    yield profiled(material.root), "html"


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


def _is_address(text: str) -> bool:
    """Whether a "name" is an address or an account, as some pages state it."""
    return (
        "://" in text
        or text.startswith(("www.", "@", "/"))
        or "@" in text.split(" ")[0]
    )

"""Material and headline in, what each witness says of the authors out, in order.

The strongest witness comes first; whom to believe is decided in authors.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from ..claims import ROUTE_WITNESS, Witness
from ..fields.titles import Headline
from ..material import Material
from ..survey import Sight, in_furniture, spine_of
from ..tree import select, text_of
from .bylines import Surroundings, in_picture, marked
from .signatures import in_comments, profiled, signed

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """What one witness says."""

    texts: list[str]
    witness: Witness
    is_byline: bool = False
    """Whether it stands by the headline and is marked, linked or worded as a byline."""


class Beside:
    """The bylines that a page shows by its headline, read as far as asked for."""

    __slots__ = ("_spine", "_survey", "_title")

    def __init__(self, material: Material, title: Headline | None) -> None:
        self._survey, self._title = material.survey, title
        self._spine = spine_of(title.element if title else None)

    def labelled(self) -> Iterator[Heard]:
        """Yield those that properties, rels or classes mark."""
        survey, usable = self._survey, self._usable
        props = filter(usable, survey.itemprops.get("author", ()))
        yield Heard(texts=_names_in(props), witness="microdata")
        rels = filter(usable, survey.rels.get("author", ()))
        texts = [text_of(s.element, 300) for s in rels]
        yield Heard(texts=texts, witness="html", is_byline=True)
        boxes = marked(survey.marked.get("byline", ()), self._title, usable)
        yield Heard(texts=boxes, witness="html", is_byline=True)

    def worded(self, *, facts: bool = True) -> Iterator[Heard]:
        """Yield those that links and wording tell; they take a walk of the page.

        Args:
            facts: Whether lines of facts, such as a name beside a date, count.
        """
        around = Surroundings(self._title, self._spine)
        yield Heard(texts=around.linked(), witness="html", is_byline=True)
        yield Heard(texts=around.written(), witness="text", is_byline=True)
        if facts:
            yield Heard(texts=around.told(), witness="text")

    def _usable(self, sight: Sight) -> bool:
        """Whether it is no element of another block, nor links to an author's posts."""
        element = sight.element
        return (
            not in_furniture(element, self._spine)
            and not in_picture(element)
            and not text_of(element, 60)
            .lower()
            .startswith(("view all", "see all", "more"))
        )


def witnesses(
    material: Material, title: Headline | None, beside: Beside
) -> Iterator[Heard]:
    """Yield the bylines that witnesses state, strongest first."""
    selected = select(material.root, material.profile.selectors.get("authors", ()))
    yield Heard(texts=[text_of(e, 500) for e in selected], witness="profile")
    yield Heard(texts=list(material.linked.authors), witness="json-ld")
    for hint in material.page.hints:
        if hint.route == "wordpress":
            yield Heard(texts=list(hint.authors), witness="wordpress")
    for name in _METAS:
        if stated := material.metas.get(name):
            yield Heard(texts=list(stated), witness="meta")
    if material.meta("twitter:label1").lower() in _WRITTEN_BY:
        yield Heard(texts=[material.meta("twitter:data1")], witness="meta")
    yield from beside.labelled()
    yield from beside.worded()
    yield from _elsewhere(material, title)
    for hint in material.page.hints:
        if hint.route in ROUTE_WITNESS:
            witness = ROUTE_WITNESS[hint.route]
            yield Heard(texts=list(hint.authors), witness=witness)


def _elsewhere(material: Material, title: Headline | None) -> Iterator[Heard]:
    """Yield the bylines that the page shows away from its headline."""
    survey = material.survey
    rels = islice(filter(_is_own, survey.rels.get("author", ())), 1)
    yield Heard(texts=[text_of(s.element, 300) for s in rels], witness="html")
    boxes = marked(survey.marked.get("byline", ()), title, _is_own)
    yield Heard(texts=boxes, witness="html")
    props = islice(filter(_is_own, survey.itemprops.get("author", ())), 3)
    yield Heard(texts=_names_in(props), witness="microdata")
    yield Heard(texts=signed(material.root), witness="text")
    yield Heard(texts=profiled(material.root), witness="html")


def _is_own(sight: Sight) -> bool:
    """Whether an element names no reader and no picture's maker."""
    return not in_comments(sight.element) and not in_picture(sight.element)


def _names_in(sights: Iterable[Sight]) -> list[str]:
    """Return the author names that microdata holds: the name property, else all."""
    named: list[str] = []
    for sight in sights:
        inner = sight.element.xpath(".//*[@itemprop='name']")
        chosen = inner[0] if inner else sight.element
        named.append(chosen.get("content") or text_of(chosen, 300))
    return named

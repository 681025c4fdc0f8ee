"""A parsed page in, the elements that may carry a field out, in document order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from lxml.html import HtmlElement

from .classes import FURNITURE, Role, roles
from .tree import names_of

K = TypeVar("K")
_HEADINGS = frozenset({"h1", "h2", "h3", "title"})
_ASIDES = frozenset({"aside", "footer", "nav", "noscript", "template"})
_KEPT: frozenset[Role] = frozenset(
    ("byline", "date", "updated", "standfirst", "headline", "tags", "section",
     "caption", "credit", "nav")
)  # fmt: skip
_PER_ROLE = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """One element that may carry something."""

    position: int
    """Place in document order."""
    element: HtmlElement
    roles: frozenset[Role]
    """What its class and id hint at."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Survey:
    """The elements of a page that any of the field finders asks for."""

    tags: Mapping[str, tuple[Sight, ...]]
    """h1, h2, h3, title, time and meta elements by tag."""
    marked: Mapping[Role, tuple[Sight, ...]]
    """Elements by the role their class or id hints at."""
    itemprops: Mapping[str, tuple[Sight, ...]]
    """Elements by microdata or RDFa property, lower case, without prefix."""
    rels: Mapping[str, tuple[Sight, ...]]
    """Links and anchors by each of their rel words."""


def survey(root: HtmlElement) -> Survey:
    """Walk the tree once and sort what it holds."""
    tags: dict[str, list[Sight]] = defaultdict(list)
    marked: dict[Role, list[Sight]] = defaultdict(list)
    itemprops: dict[str, list[Sight]] = defaultdict(list)
    rels: dict[str, list[Sight]] = defaultdict(list)
    for position, element in enumerate(root.iter("*")):
        tag = element.tag
        hints = _roles(element)
        itemprop = element.get("itemprop") or element.get("property")
        rel = element.get("rel") if tag in ("a", "link") else None
        wanted = tag in _HEADINGS or tag in ("time", "meta")
        if not (hints or itemprop or rel or wanted):
            continue
        sight = Sight(position=position, element=element, roles=hints)
        if wanted:
            tags[tag].append(sight)
        for role in hints & _KEPT:
            marked[role].append(sight)
        if itemprop and tag != "meta":
            _file(itemprops, itemprop, sight)
        if rel:
            _file(rels, rel, sight)
    return Survey(
        tags=_frozen(tags),
        marked=_frozen(marked),
        itemprops=_frozen(itemprops),
        rels=_frozen(rels),
    )


def _roles(element: HtmlElement) -> frozenset[Role]:
    """Return the roles of an element's names; none for the page's own frame."""
    if element.tag in ("html", "body", "head"):
        return frozenset()
    names = names_of(element)
    return roles(names) if len(names) > 1 else frozenset()


def _file(shelves: dict[str, list[Sight]], words: str, sight: Sight) -> None:
    """Put a sight under each of the words, without vocabulary prefixes."""
    for word in words.lower().split()[:8]:
        shelf = shelves[word.rsplit(":", 1)[-1].rsplit("/", 1)[-1]]
        if len(shelf) < _PER_ROLE:
            shelf.append(sight)


def _frozen(shelves: Mapping[K, list[Sight]]) -> dict[K, tuple[Sight, ...]]:
    return {name: tuple(sights[:_PER_ROLE]) for name, sights in shelves.items()}


def in_furniture(element: HtmlElement, spine: frozenset[HtmlElement]) -> bool:
    """Whether the element lies in a block that is not the article's own.

    Args:
        element: Any element of the page.
        spine: Elements around the headline; these are never furniture.
    """
    node = element
    while node is not None and node not in spine:
        if node.tag in _ASIDES:
            return True
        if (
            node.tag not in ("html", "body", "main")
            and roles(names_of(node)) & FURNITURE
        ):
            return True
        node = node.getparent()
    return False


def spine_of(element: HtmlElement | None) -> frozenset[HtmlElement]:
    """Return an element and everything that encloses it."""
    if element is None:
        return frozenset()
    return frozenset([element, *element.iterancestors()])

"""A parsed page in, the elements that may carry a field out, in document order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from lxml.html import HtmlElement

from .classes import FURNITURE, Role, roles
from .tree import names_of

K = TypeVar("K")
_WANTED = frozenset({"h1", "h2", "h3", "title", "time", "meta"})
_LINKED = frozenset({"a", "link"})
_NONE: frozenset[Role] = frozenset()
_ASIDES = frozenset({"aside", "footer", "nav", "noscript", "template"})
_KEPT: frozenset[Role] = frozenset(
    ("byline", "date", "updated", "standfirst", "headline", "tags", "section",
     "caption", "credit", "nav")
)  # fmt: skip
_FRAME = frozenset({"html", "body", "main"})
_BOX_CHARS = 60
_PER_ROLE = 200


class Sight(NamedTuple):
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
        tag, get = element.tag, element.get
        names = names_of(element)
        hints = roles(names) if names and tag not in _FRAME else _NONE
        itemprop = get("itemprop") or get("property") if tag != "meta" else None
        rel = get("rel") if tag in _LINKED else None
        wanted = tag in _WANTED
        if not (hints or itemprop or rel or wanted):
            continue
        sight = Sight(position, element, hints)
        if wanted:
            tags[tag].append(sight)
        for role in hints:
            if role in _KEPT:
                marked[role].append(sight)
        if itemprop:
            _file(itemprops, itemprop, sight)
        if rel:
            _file(rels, rel, sight)
    return Survey(
        tags=_frozen(tags),
        marked=_frozen(marked),
        itemprops=_frozen(itemprops),
        rels=_frozen(rels),
    )


def _file(shelves: dict[str, list[Sight]], words: str, sight: Sight) -> None:
    """Put a sight under each of the words, without vocabulary prefixes."""
    for word in words.lower().split()[:8]:
        shelf = shelves[word.rsplit(":", 1)[-1].rsplit("/", 1)[-1]]
        if len(shelf) < _PER_ROLE:
            shelf.append(sight)


def _frozen(shelves: Mapping[K, list[Sight]]) -> dict[K, tuple[Sight, ...]]:
    return {name: tuple(sights[:_PER_ROLE]) for name, sights in shelves.items()}


def in_furniture(element: HtmlElement | None, spine: frozenset[HtmlElement]) -> bool:
    """Whether the element lies in a block that is not the article's own.

    Args:
        element: Any element of the page.
        spine: Elements around the headline; these are never furniture.
    """
    node = element
    while node is not None and node not in spine:
        if _is_own_footer(node, spine):
            return False
        if node.tag in _ASIDES:
            return True
        if node.tag not in _FRAME and roles(names_of(node)) & FURNITURE:
            return is_box(node) or in_furniture(node.getparent(), spine)
        node = node.getparent()
    return False


def _is_own_footer(element: HtmlElement, spine: frozenset[HtmlElement]) -> bool:
    """Whether an element is the foot of the article itself, where blogs keep facts."""
    parent = element.getparent()
    return element.tag == "footer" and parent in spine and parent.tag == "article"


def is_box(element: HtmlElement) -> bool:
    """Whether an element holds more than a line, so that it can be a block of its own.

    "teaser-meta" around a date is a name for the date; around a list of posts it is
    furniture.
    """
    if not len(element):
        return len((element.text or "").strip()) >= _BOX_CHARS
    chars = 0
    for text in element.itertext():
        chars += len(text.strip())
        if chars >= _BOX_CHARS:
            return True
    return False


def spine_of(element: HtmlElement | None) -> frozenset[HtmlElement]:
    """Return an element and everything that encloses it."""
    if element is None:
        return frozenset()
    return frozenset([element, *element.iterancestors()])

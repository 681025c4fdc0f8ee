"""Material in, the labels of the page's breadcrumb line out, broadest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from lxml.html import HtmlElement

from ..material import Material
from ..tree import text_of

_SPOKEN = re.compile(
    r"crumb|brotkrum|krümel|kruimel|ariane|rastro|migas|briciole|okrusz|murupolku", re.I
)
"""What the line is called for those who hear the page, in several languages."""
_MOST_CHARS = 200
_MOST_WORDS = 3
_MOST_LINKS = 8
"""A longer line is a menu."""


_KNOWN: WeakKeyDictionary[HtmlElement, tuple[str, ...]] = WeakKeyDictionary()
"""Root of a page to what it shows: its section asks, and its path of sections again."""


def shown(material: Material) -> tuple[str, ...]:
    """Return the names in the page's breadcrumb line; empty where it has none."""
    names = _KNOWN.get(material.root)
    if names is None:
        names = _KNOWN[material.root] = _shown(material)
    return names


def _shown(material: Material) -> tuple[str, ...]:
    for line in _lines(material):
        links = [text_of(a, _MOST_CHARS) for a in line.iter("a")]
        links = [text for text in links if text]
        if 0 < len(links) <= _MOST_LINKS:
            return tuple(links if len(links) > 1 else [*links, *_last(line)])
    return ()


def _last(line: HtmlElement) -> list[str]:
    """Return the last item of a line that holds a link home, where it is no link.

    Behind further links it is the article's own title, in whatever form.
    """
    items = [text for item in line.iter("li") if (text := text_of(item, _MOST_CHARS))]
    is_name = len(items) == 2 and len(items[1].split()) <= _MOST_WORDS
    return items[1:] if is_name else []


def _lines(material: Material) -> Iterator[HtmlElement]:
    """Yield what is named, spoken of or marked up as such a line."""
    for sight in material.survey.marked.get("nav", ()):
        names = f"{sight.element.get('class')} {sight.element.get('id')}".lower()
        if "crumb" in names:
            yield _whole(sight.element)
    for element in material.root.iter("nav", "ol", "ul"):
        spoken = element.get("aria-label")
        if spoken and _SPOKEN.search(spoken):
            yield element
    for sight in material.survey.itemprops.get("itemlistelement", ())[:1]:
        parent = sight.element.getparent()
        if parent is not None and "Breadcrumb" in (parent.get("itemtype") or ""):
            yield parent


def _whole(element: HtmlElement) -> HtmlElement:
    """Return the list, where only its items carry the name."""
    parent = element.getparent()
    is_item = element.tag in ("li", "a", "span") and parent is not None
    return parent if is_item and len(list(element.iter("a"))) < 2 else element

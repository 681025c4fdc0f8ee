"""A page's layout in, the box around the article's text out.

Text is weighed where it stands (lines of running text, links not counted) and every
enclosing box weighs the sum. From the body inward the heaviest box is followed as long
as it holds nearly everything. What stands beside it cannot leak into the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from lxml.html import HtmlElement

from ..classes import FURNITURE
from .layout import Box, Layout

_INLINE_LEAVES = frozenset(
    ("p", "ul", "ol", "dl", "blockquote", "span", "td", "li", "tr", "tbody", "font",
     "pre", "table")
)  # fmt: skip
"""Boxes that are part of a text, never the place of one."""
_ASIDES = frozenset({"aside", "footer", "nav", "noscript", "template"})
_FRAME = frozenset({"html", "body", "main"})
_BOX_CHARS = 60
"""A named box with less text is a name for its line, not furniture."""
_SHARE = 0.85
"""Share of a box's weight that an inner box must hold to be followed."""
_INNER_SHARE = 0.2
"""Share that a container named as the article must hold to be preferred."""
_LEAST_CHARS = 300
"""An article at least so long may be shorter than the comments on it."""
_STRICT_SHARE = 0.4
"""Below this share of the text outside furniture, class names are not believed."""
_CONTAINERS = frozenset({"article", "div", "main", "section", "td"})
_RANKS = (
    re.compile(r"(?:^|\s)(?:articleBody|article-content-body)(?:\s|$)"),
    re.compile(r"(?:^|\s)(?:hentry|h-entry|single-post)(?:\s|$)"),
    re.compile(
        r"(?:article|entry|post|story)[-_]{0,2}(?:content|body|text|entry)|body-?text"
        r"|(?:^|\s)(?:post|entry)(?:\s|$)",
        re.I,
    ),
    re.compile(
        r"(?:^|\s)(?:article|story|text)(?:\s|$)|fulltext"
        r"|(?:theme|blog|section|page|field|single)-(?:content|body)|main-column",
        re.I,
    ),
    re.compile(
        r"(?:^|\s)content(?:\s|$)|content[-_]+(?:main|body)|main-?content", re.I
    ),
    re.compile(r"^\s*main", re.I),
)
"""Names of containers that hold an article, the most telling first."""
_TAGS: dict[int, tuple[str, ...]] = {1: ("article",), 5: ("main",)}
_MOST, _EQUAL = 0.8, 0.5
_SHORT_CHARS = 200
"""An article this long may stand above longer ones that are loaded below it."""
_PART = 0.5
"""Share of the least weight that makes a container of the same name a rival."""


def ground(layout: Layout, spine: frozenset[HtmlElement]) -> Box | None:
    """Return the box around the article's text; None if the page has none.

    Args:
        layout: The page.
        spine: The headline's element and what encloses it.
    """
    mark_furniture(layout, spine)
    weights = _weights(layout)
    body = layout.boxes[0]
    if not weights[body.index]:
        return None
    found = _descend(body, layout.boxes, weights)
    named = _named(found, layout.boxes, weights, spine)
    return found if named is None else _descend(named, layout.boxes, weights)


def enclosing(layout: Layout, elements: Sequence[HtmlElement]) -> Box | None:
    """Return the innermost box that holds all the elements; None if none does."""
    wanted = frozenset(elements)
    boxes = [box for box in layout.boxes if box.element in wanted]
    if not boxes:
        return None
    start, end = min(b.start for b in boxes), max(b.end for b in boxes)
    holders = (b for b in boxes[0].chain() if b.start <= start and b.end >= end)
    return next(holders, layout.boxes[0])


def mark_furniture(layout: Layout, spine: frozenset[HtmlElement]) -> None:
    """Mark the boxes that lie in a block that is not the article's own."""
    for box in layout.boxes:
        if box.element in spine or box.parent is None:
            continue
        if _is_own_footer(box, spine):
            continue
        box.furniture = box.parent.furniture or _is_furniture(box)


def _is_furniture(box: Box) -> bool:
    if box.tag in _ASIDES:
        return True
    named = not box.hints.isdisjoint(FURNITURE)
    return named and box.tag not in _FRAME and box.chars >= _BOX_CHARS


def _is_own_footer(box: Box, spine: frozenset[HtmlElement]) -> bool:
    """Whether a box is the foot of the article itself, where blogs keep facts."""
    parent = box.parent
    return (
        box.tag == "footer"
        and parent is not None
        and parent.tag == "article"
        and parent.element in spine
    )


def _weights(layout: Layout) -> list[int]:
    """Return how many characters of running text each box holds, by its index.

    Text in furniture counts only where hardly any would be left without it: there
    the class names must be misleading. Comments may be longer than what they are on.
    """
    strict = [0] * len(layout.boxes)
    said = 0
    for leaf in layout.leaves:
        if leaf.running and not leaf.box.furniture:
            strict[leaf.box.index] += leaf.running
        elif leaf.running and any("comments" in b.hints for b in leaf.box.chain()):
            said += leaf.running
    for box in reversed(layout.boxes):
        if box.parent is not None:
            strict[box.parent.index] += strict[box.index]
    whole = layout.boxes[0].running
    written = whole - said if strict[0] >= _LEAST_CHARS else whole
    if strict[0] > _STRICT_SHARE * written:
        return strict
    return [box.running for box in layout.boxes]


def _descend(box: Box, boxes: Sequence[Box], weights: Sequence[int]) -> Box:
    """Follow the inner box that holds nearly all of the text, as deep as one does."""
    while True:
        heaviest = max(box.inner, key=lambda b: weights[b.index], default=None)
        if (
            heaviest is None
            or heaviest.tag in _INLINE_LEAVES
            or weights[heaviest.index] < _SHARE * weights[box.index]
        ):
            return box
        box = heaviest


def _named(
    found: Box,
    boxes: Sequence[Box],
    weights: Sequence[int],
    spine: frozenset[HtmlElement],
) -> Box | None:
    """Return the container inside that its name marks as the article's.

    Several of one name are the parts of a list or of a page of many articles, unless
    one of them holds most of the text or the headline too.
    """
    least = _INNER_SHARE * weights[found.index]
    ranked: dict[int, list[Box]] = defaultdict(list)
    for box in boxes[found.index + 1 : found.last]:
        headed = box.tag == "article" and box.element in spine
        weighty = weights[box.index] >= _PART * least or headed
        if box.tag in _CONTAINERS and weighty:
            ranked[_rank(box)].append(box)
    own = len(_RANKS) if found.tag == "body" else _rank(found)
    for rank in range(min(own + 1, len(_RANKS))):
        outer = _outermost(ranked[rank])
        first = next((b for b in outer if _is_first(b, outer, spine)), None)
        if first is not None and weights[first.index] >= _SHORT_CHARS:
            return first
        whole = [
            b
            for b in outer
            if len(outer) == 1
            or b.element in spine
            or weights[b.index] >= _MOST * weights[found.index]
        ]
        needed = least if rank < own else _EQUAL * weights[found.index]
        if whole and weights[whole[0].index] >= needed:
            return whole[0]
    return None


def _is_first(box: Box, outer: Sequence[Box], spine: frozenset[HtmlElement]) -> bool:
    """Whether a box is the article of the headline, before others loaded below it."""
    name = box.element.get("class")
    return box.element in spine and any(
        other is not box
        and other.tag == box.tag == "article"
        and other.element.get("class") == name
        for other in outer
    )


def _outermost(boxes: list[Box]) -> list[Box]:
    """Return the boxes that lie in none of the others; they come in page order."""
    outer: list[Box] = []
    for box in boxes:
        if not outer or box.index >= outer[-1].last:
            outer.append(box)
    return outer


def _rank(box: Box) -> int:
    """Return which of the ranks of names a box has; their number for none."""
    element = box.element
    if "articlebody" in (element.get("itemprop") or "").lower():
        return 0
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    for rank, pattern in enumerate(_RANKS):
        if pattern.search(names) or (box.tag in _TAGS.get(rank, ())):
            return rank
    return len(_RANKS)

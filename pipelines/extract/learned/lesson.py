"""A labelled layout in, what it teaches of its site out: its lines, as numbers.

The lines that the rules took for text without any memory of the site, each with its
place: what stands apart from the running text is furniture more easily.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from archive.records import Article, BlockKind
from archive.remembered import HABIT, Place, Trace

from ..lines.layout import Box, Layout, Leaf
from ..text import key, number
from .fieldpaths import fields_at

_KINDS: frozenset[BlockKind] = frozenset(("paragraph", "subhead", "quote", "list_item"))
"""Rows of tables and numbered items repeat for good reasons."""
_PARTS = frozenset(
    ("p", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "span", "em", "strong", "b",
     "i", "a", "h1", "h2", "h3", "h4", "h5", "h6", "font", "q")
)  # fmt: skip
"""Elements that are parts of running text; what is around them holds it."""
_LINKED_SHARE = 0.3
_LEAST_SHARE = 0.15
"""Share of the text's characters from which on a box is one that it runs in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lesson:
    """What one page teaches of its site."""

    headline: int
    """Number of its headline."""
    traces: tuple[Trace, ...]
    """Its lines, each once, in the order of their numbers."""
    paths: tuple[str, ...] = ()
    """Where it carries its fields, see fieldpaths.py."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cutting:
    """An article as cut out of a page, and what the page teaches of its site."""

    article: Article | None
    """None where the page holds no text at all."""
    lesson: Lesson | None
    """None as above."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """What a page's head says it is about."""

    descriptions: tuple[str, ...] = ()
    agrees: bool | None = None
    """Whether a route's summary is one of them; None where not both are there."""


def lesson(layout: Layout, article: Article, head: Head) -> Lesson:
    """Return what a page teaches; `layout` is labelled without memory."""
    headline = number(article.headline)
    found = {(headline, Place.HEADLINE)}
    if article.standfirst:
        found.add((number(article.standfirst), Place.STANDFIRST))
    for leaf, place in _kept(layout):
        if key(leaf.text):
            found.add((number(leaf.text), place))
    for text in filter(key, head.descriptions):
        found |= {(number(text), Place.DESCRIPTION), (HABIT, Place.DESCRIPTION)}
    if head.agrees is not None:
        found.add((HABIT, Place.AGREED if head.agrees else Place.DISAGREED))
    traces = tuple(Trace(line=line, place=place) for line, place in sorted(found))
    paths = fields_at(layout, article)
    return Lesson(headline=headline, traces=traces, paths=paths)


def _kept(layout: Layout) -> Iterator[tuple[Leaf, Place]]:
    """Yield the lines of text that may turn out to be the site's."""
    leaves = layout.leaves
    weights: Counter[int] = Counter()
    for leaf in leaves:
        if leaf.role == "body":
            weights[_holder(leaf).index] += leaf.chars
    least = _LEAST_SHARE * weights.total()
    for at, leaf in enumerate(leaves):
        if leaf.role != "body" or leaf.kind not in _KINDS:
            continue
        is_apart = weights[_holder(leaf).index] < least
        place = Place.APART if is_apart else Place.RUNNING
        if leaf.kind == "subhead" or leaf.bold:
            below = next((x for x in leaves[at + 1 :] if x.role == "body"), None)
            is_label = below is None or below.kind == "subhead"
            place = Place.POINTER if is_label else Place.SUBHEAD
        elif leaf.linked > _LINKED_SHARE * leaf.chars:
            place = Place.POINTER
        yield leaf, place


def _holder(leaf: Leaf) -> Box:
    """The box that holds the text of which a line is a part."""
    box = leaf.box
    while box.tag in _PARTS and box.parent is not None:
        box = box.parent
    return box

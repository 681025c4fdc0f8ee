"""A labelled layout in, what it teaches of its site out: its lines, as numbers.

The lines that the rules took for text without any memory of the site, each with its
place: what stands apart from the running text is furniture more easily.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from archive.records import Article, BlockKind
from archive.remembered import HABIT, Place, Trace

from ..lines.layout import Box, Layout, Leaf, LineRole
from ..text import key, number, number_of
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
_MOST_ASIDE_SHARE = 0.2
"""Share of the text's characters that a box may hold that teases another article."""
_MOST_LINES, _MOST_TEXT_LINES = 12, 6
"""Of a box that teases one article, or a few: all of them, and those of text."""
_LEFT_OUT: frozenset[LineRole | Literal[""]] = frozenset(
    ("related", "teaser", "nav", "sponsored")
)
_POINTING_CHARS = 300
"""A line that names another article and says what it is about is no longer."""
_LEAST_WORDS, _MOST_WORDS = 4, 40
"""Of a headline or standfirst inside a line: fewer may be anybody's words."""
_LABEL = re.compile(
    r"(\S[^:\u2013\u2014|]{0,29}?)\s*(?::\s|\s[\u2013\u2014|-]\s)\s*(\S.*)"
)
_PARTING = re.compile("[:\u2013\u2014|-]")
_LABEL_CHARS = 40
"""Within so many characters a label's colon or dash stands."""
_LABEL_WORDS = 4
_DASH = re.compile(r"\s[\u2013\u2014|-]\s")


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
    for leaf, place in kept(layout):
        if words := key(leaf.text):
            found.add((number_of(words), place))
            found |= {(number(part), place) for part in named_in(leaf, place)}
    found |= {(number(leaf.text), Place.POINTER) for leaf in _left_out(layout)}
    for text in filter(key, head.descriptions):
        found |= {(number(text), Place.DESCRIPTION), (HABIT, Place.DESCRIPTION)}
    if head.agrees is not None:
        found.add((HABIT, Place.AGREED if head.agrees else Place.DISAGREED))
    traces = tuple(Trace(line=line, place=place) for line, place in sorted(found))
    paths = fields_at(layout, article)
    return Lesson(headline=headline, traces=traces, paths=paths)


def kept(layout: Layout) -> Iterator[tuple[Leaf, Place]]:
    """Yield the lines of text that may turn out to be the site's."""
    leaves = layout.leaves
    weights: Counter[int] = Counter()
    for leaf in leaves:
        if leaf.role == "body":
            weights[holder(leaf).index] += leaf.chars
    least = _LEAST_SHARE * weights.total()
    for at, leaf in enumerate(leaves):
        if leaf.role != "body" or leaf.kind not in _KINDS:
            continue
        is_apart = weights[holder(leaf).index] < least
        place = Place.APART if is_apart else Place.RUNNING
        if leaf.kind == "subhead" or leaf.bold:
            below = next((x for x in leaves[at + 1 :] if x.role == "body"), None)
            is_label = below is None or below.kind == "subhead"
            place = Place.POINTER if is_label else Place.SUBHEAD
        elif leaf.linked > _LINKED_SHARE * leaf.chars:
            place = Place.POINTER
        yield leaf, place


def named_in(leaf: Leaf, place: Place) -> Iterator[str]:
    """Yield the parts of a line that may be another article's headline.

    What follows a short label ("Now read: ..."), with and without what a dash parts
    from it; of a line that stands apart also what stands before a dash or in a link at
    its beginning.
    """
    if leaf.chars > _POINTING_CHARS:
        return
    parts: list[str] = []
    is_parted = _PARTING.search(leaf.text, 0, _LABEL_CHARS) is not None
    labelled = _LABEL.match(leaf.text) if is_parted else None
    if labelled is not None and len(labelled[1].split()) <= _LABEL_WORDS:
        parts += [labelled[2], _DASH.split(labelled[2], 1)[0]]
    if place in (Place.APART, Place.POINTER):
        parts.append(_DASH.split(leaf.text, 1)[0])
        parts += [text for _, text in leaf.links if leaf.text.startswith(text)]
    for part in dict.fromkeys(parts):
        words = len(key(part).split())
        if part != leaf.text and _LEAST_WORDS <= words <= _MOST_WORDS:
            yield part


@dataclass(frozen=True, kw_only=True, slots=True)
class Aside:
    """A box that is a small part of the page's text."""

    lines: tuple[Leaf, ...]
    """All of its lines; at least one was taken for text."""
    own: tuple[Leaf, ...]
    """The same without those of boxes in it."""


def asides(layout: Layout) -> Iterator[Aside]:
    """Yield the boxes that may tease another article, in document order.

    A paragraph of lines that only line breaks part is such a box, too.
    """
    text = [leaf for leaf in layout.leaves if leaf.role == "body"]
    most = _MOST_ASIDE_SHARE * sum(leaf.chars for leaf in text)
    boxes = {box.index: box for box in map(holder, text)}
    boxes |= {leaf.box.index: leaf.box for leaf in text if leaf.broken}
    for index in sorted(boxes):
        box = boxes[index]
        lines = layout.leaves[box.start : min(box.end, box.start + _MOST_LINES + 1)]
        inside = tuple(leaf for leaf in lines if leaf.role == "body")
        is_small = sum(leaf.chars for leaf in inside) < most
        if is_small and len(lines) <= _MOST_LINES and len(inside) <= _MOST_TEXT_LINES:
            own = (leaf for leaf in lines if box in (leaf.box, holder(leaf)))
            yield Aside(lines=tuple(lines), own=tuple(own))


def _left_out(layout: Layout) -> Iterator[Leaf]:
    """Yield links that were known for links, beside lines that were taken for text."""
    for aside in asides(layout):
        for leaf in aside.own:
            if leaf.role in _LEFT_OUT and _leads_away(leaf):
                words = len(key(leaf.text).split())
                if _LEAST_WORDS <= words <= _MOST_WORDS:
                    yield leaf


def _leads_away(leaf: Leaf) -> bool:
    """Whether a line is mostly a link, and not to a place on its own page."""
    targets = (target for target, _ in leaf.links)
    is_link = leaf.linked > _LINKED_SHARE * leaf.chars
    return is_link and not all(target.startswith("#") for target in targets)


def holder(leaf: Leaf) -> Box:
    """The box that holds the text of which a line is a part."""
    box = leaf.box
    while box.tag in _PARTS and box.parent is not None:
        box = box.parent
    return box

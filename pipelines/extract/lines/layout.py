"""What a page looks like to a reader: lines of text, and the boxes around them.

Records and the one way to give a line its role; contains no rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from lxml.html import HtmlElement

from archive.records import BlockKind

from ..classes import Role

LineRole = Literal[
    "headline", "standfirst", "byline", "body", "subhead", "quote", "list", "table",
    "caption", "credit", "related", "share", "tags", "comments", "teaser", "sponsored",
    "newsletter", "paywall", "legal", "nav",
]  # fmt: skip
"""What a line of a page is; all but the first eight are furniture."""


@dataclass(slots=True, eq=False)
class Box:
    """An element that begins and ends a line, and what it holds altogether."""

    element: HtmlElement
    tag: str
    hints: frozenset[Role]
    """What its class and id hint at."""
    parent: Box | None
    kind: BlockKind
    """What its own lines are."""
    level: int
    """Their level, as in `Block`."""
    index: int
    """Place among the boxes, in document order."""
    start: int
    """Index of its first leaf."""
    last: int = 0
    """Index after that of its last inner box."""
    end: int = 0
    """Index after that of its last leaf."""
    chars: int = 0
    linked: int = 0
    """Characters inside links."""
    running: int = 0
    """Characters of running text, links not counted."""
    inner: list[Box] = field(default_factory=list)
    """Boxes directly inside."""
    furniture: bool = False
    """Whether it lies in a block that is not the article's own."""

    def chain(self) -> Iterator[Box]:
        """Yield the box and what encloses it, outward."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent


@dataclass(slots=True, eq=False)
class Leaf:
    """One line of text as a reader sees it: a paragraph, a subhead, an item, a row."""

    box: Box
    kind: BlockKind
    level: int
    text: str
    linked: int = 0
    """Characters inside links."""
    bold: bool = False
    """Whether all of it is bold."""
    links: tuple[tuple[str, str], ...] = ()
    """Target and text of each link, as written."""
    broken: bool = False
    """Whether it is one of several lines of its box, parted by line breaks."""
    running: int = 0
    """Characters of running text, links not counted; 0 for labels and the like."""
    role: LineRole | Literal[""] = ""
    """What it is; empty until a rule has decided."""
    rule: str = ""
    """The rule that decided."""

    chars: int = field(init=False)
    """Length of its text."""

    def __post_init__(self) -> None:
        """Measure the text."""
        self.chars = len(self.text)


def mark(leaves: Iterable[Leaf], role: LineRole, rule: str) -> None:
    """Give a role to those lines that have none yet."""
    for leaf in leaves:
        if not leaf.role:
            leaf.role, leaf.rule = role, rule


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """A page as lines and the boxes around them, both in document order."""

    boxes: list[Box]
    leaves: list[Leaf]

"""A labelled layout in, its parts out: every line with its role, rule and place.

The same labels that the article is cut by, shown instead of used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.records import Article, BlockKind
from crawler.items import Page

from .layout import Layout, Leaf, LineRole

_KINDS: dict[BlockKind, LineRole] = {
    "paragraph": "body",
    "subhead": "subhead",
    "quote": "quote",
    "list_item": "list",
    "numbered_item": "list",
    "table_row": "table",
    "entry": "subhead",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One line of a page."""

    role: LineRole
    """What it is."""
    rule: str
    """The rule that decided."""
    kept: bool
    """Whether it is part of the article's text."""
    text: str
    """Its text on one line; never empty."""
    level: int
    """As in `Block`; 0 for furniture."""
    path: str
    """XPath of the element that holds it."""
    links: tuple[tuple[str, str], ...]
    """Target, as written, and text of each link in it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Anatomy:
    """A page's lines in document order, and what was made of them."""

    page: Page
    article: Article | None
    """None where the page holds no text at all."""
    parts: tuple[Part, ...]


def parts(layout: Layout) -> Iterator[Part]:
    """Yield the lines of a labelled layout."""
    for leaf in layout.leaves:
        kept = leaf.role == "body"
        yield Part(
            role=_KINDS[leaf.kind] if kept else leaf.role or "nav",
            rule=leaf.rule,
            kept=kept,
            text=leaf.text,
            level=leaf.level if kept else 0,
            path=_path(leaf),
            links=tuple(link for link in leaf.links if link[1]),
        )


def _path(leaf: Leaf) -> str:
    return str(leaf.box.element.getroottree().getpath(leaf.box.element))

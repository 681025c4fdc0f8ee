"""A labelled layout in, the blocks of the article's body out, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from archive.records import Block

from .layout import Box, Layout, Leaf


def body(layout: Layout) -> Iterator[Block]:
    """Yield the article's lines as blocks, the lines of one list item joined."""
    item: Box | None = None
    open_block: Block | None = None
    for leaf in layout.leaves:
        if leaf.role != "body":
            continue
        inside = _item(leaf) if leaf.kind.endswith("item") else None
        if open_block is not None and inside is not None and inside is item:
            open_block = replace(open_block, text=f"{open_block.text} {leaf.text}")
            continue
        if open_block is not None:
            yield open_block
        open_block = Block(kind=leaf.kind, text=leaf.text, level=leaf.level)
        item = inside
    if open_block is not None:
        yield open_block


def _item(leaf: Leaf) -> Box | None:
    """Return the list item that a line stands in."""
    return next((box for box in leaf.box.chain() if box.tag == "li"), None)

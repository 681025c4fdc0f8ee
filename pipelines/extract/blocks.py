"""trafilatura's result tree in, the body's blocks out, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from archive.records import Block, BlockKind

from .text import fold

_CONTAINERS = frozenset({"body", "div", "quote", "item", "section", "article"})
_BLOCKS = frozenset({"p", "head", "list", "quote", "table", "code", "div", "row"})
_SENTENCE_END = re.compile(r"[.!?…:。]['\"”’»)\]]*$")
_LINE_CHARS = 60
"""A line this long before a break is wrapped, unless it ends a sentence."""
_BREAK = "\x1e"
"""Marks a line break while text is collected; fold would take it out."""


def blocks(body: _Element) -> list[Block]:
    """Return the blocks of a result tree."""
    return list(_walk(body, "paragraph", 0))


def _walk(element: _Element, kind: BlockKind, depth: int) -> Iterator[Block]:
    """Yield the blocks of a container: its loose text and its block children."""
    loose = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _flush(loose, kind, depth)
            loose = [child.tail or ""]
            yield from _block(child, kind, depth)
        else:
            loose += [_inline(child), child.tail or ""]
    yield from _flush(loose, kind, depth)


def _flush(loose: list[str], kind: BlockKind, depth: int) -> Iterator[Block]:
    level = depth if kind in ("list_item", "numbered_item") else 0
    for line in _lines("".join(loose)):
        yield Block(kind=kind, text=line, level=level)


def _block(element: _Element, kind: BlockKind, depth: int) -> Iterator[Block]:
    """Yield the blocks of one block element."""
    if element.tag == "head":
        yield from _subhead(element)
    elif element.tag == "list":
        yield from _list(element, depth + 1 if kind.endswith("item") else 0)
    elif element.tag == "table":
        yield from _table(element)
    elif element.tag == "quote":
        yield from _walk(element, "quote" if kind == "paragraph" else kind, depth)
    else:
        yield from _walk(element, kind, depth)


def _subhead(element: _Element) -> Iterator[Block]:
    text = fold(_inline(element).replace(_BREAK, " "))
    if text:
        digits = [c for c in element.get("rend") or "" if c.isdigit()]
        level = min(max(int(digits[0]) if digits else 2, 2), 6)
        yield Block(kind="subhead", text=text, level=level)


def _list(element: _Element, depth: int) -> Iterator[Block]:
    """Yield a list's items; a list inside a list is one level deeper."""
    kind: BlockKind = "numbered_item" if element.get("rend") == "ol" else "list_item"
    for child in element:
        if child.tag == "item":
            yield from _joined(child, kind, depth)
        elif child.tag in _BLOCKS:
            yield from _block(child, kind, depth)
        yield from _flush([child.tail or ""], "paragraph", 0)


def _joined(item: _Element, kind: BlockKind, depth: int) -> Iterator[Block]:
    """Yield an item as one block, and the lists inside it as deeper ones."""
    own: list[str] = []
    for block in _walk(item, kind, depth):
        if block.kind == kind and block.level == depth:
            own.append(block.text)
            continue
        if own:
            yield Block(kind=kind, text=" ".join(own), level=depth)
            own = []
        yield block
    if own:
        yield Block(kind=kind, text=" ".join(own), level=depth)


def _table(element: _Element) -> Iterator[Block]:
    """Yield a table's rows, header rows marked by level 1."""
    for row in element.iter("row", "tr"):
        cells = [c for c in row if c.tag in ("cell", "td", "th")]
        texts = [fold(_inline(cell).replace(_BREAK, " ")) for cell in cells]
        if not any(texts):
            continue
        head = all(c.get("role") == "head" or c.tag == "th" for c in cells)
        yield Block(
            kind="table_row", text=" | ".join(texts).strip(" |"), level=int(head)
        )


def _inline(element: _Element) -> str:
    """Return an element's text, breaks and blocks inside it marked."""
    if element.tag in ("lb", "br"):
        return _BREAK
    pieces = [element.text or ""]
    for child in element:
        piece = _inline(child)
        apart = child.tag in _BLOCKS or child.tag in ("item", "cell")
        pieces += [f" {piece} " if apart else piece, child.tail or ""]
    return "".join(pieces)


def _lines(text: str) -> list[str]:
    """Split text at the breaks that end paragraphs; fold the others into spaces."""
    lines: list[str] = []
    open_line = False
    for raw in text.split(_BREAK):
        line = fold(raw)
        if not line:
            open_line = False
        elif open_line and not _ends(lines[-1], line):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
            open_line = True
    return lines


def _ends(line: str, following: str) -> bool:
    """Whether a line before a break is a paragraph of its own, not a wrapped one."""
    if following[0].islower():
        return False
    return len(line) < _LINE_CHARS or _SENTENCE_END.search(line) is not None

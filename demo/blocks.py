"""An article's blocks in, plain semantic HTML out, for the titles that use it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from demo.model import Block, BlockKind
from demo.sheet import safe

_WRAPS: dict[BlockKind, tuple[str, str]] = {
    "list_item": ("<ul>\n", "</ul>\n"),
    "numbered_item": ("<ol>\n", "</ol>\n"),
    "table_row": ("<table>\n", "</table>\n"),
}


def pieces(blocks: Sequence[Block]) -> list[str]:
    """HTML of the blocks, a run of items or rows being one piece."""
    made: list[str] = []
    for kind, run in groupby(blocks, key=lambda block: block.kind):
        parts = [_one(block) for block in run]
        before, after = _WRAPS.get(kind, ("", ""))
        made += [before + "".join(parts) + after] if before else parts
    return made


def _one(block: Block) -> str:
    text = safe(block.text)
    if block.kind == "subhead":
        return f"<h{block.level}>{text}</h{block.level}>\n"
    if block.kind == "quote":
        return f"<blockquote><p>{text}</p></blockquote>\n"
    if block.kind in ("list_item", "numbered_item"):
        return f"<li>{text}</li>\n"
    if block.kind == "table_row":
        return _row(block)
    return f"<p>{text}</p>\n"


def _row(block: Block) -> str:
    cell = "th" if block.level else "td"
    cells = (f"<{cell}>{safe(one)}</{cell}>" for one in block.text.split(" | "))
    return f"<tr>{''.join(cells)}</tr>\n"


def link_in_text(made: list[str], href: str) -> None:
    """Let the end of the first paragraph that is long enough lead elsewhere."""
    for place, piece in enumerate(made):
        words = piece.split(" ")
        if piece.startswith("<p>") and len(words) > 20:
            words[-6] = f'<a href="{escape(href)}">{words[-6]}'
            words[-3] += "</a>"
            made[place] = " ".join(words)
            return


def caption_line(caption: str, credit: str, licence: str) -> str:
    """Caption, credit and licence run together, as the old title prints them."""
    source = "/".join(part for part in (credit, licence) if part)
    return " ".join(part for part in (caption, source and f"Credit: {source}") if part)

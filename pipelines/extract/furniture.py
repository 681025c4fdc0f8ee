"""Blocks in, the same without headline, standfirst, byline and labels out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.records import Block

from .dates import parse
from .phrases import BYLINE, DATELINE, LABELS, RELATED_LABEL, TAIL
from .text import key

_HEAD_BLOCKS = 7
"""How many blocks at the top may be headline, byline and the like."""
_TAIL_BLOCKS = 5
_SHORT_CHARS = 130


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What the page's fields already hold and its body must not repeat."""

    headline: str
    standfirst: str
    authors: tuple[str, ...]


def tidy(found: list[Block], known: Known) -> list[Block]:
    """Return the blocks that are the body's own."""
    kept = [b for b in found if not LABELS.match(b.text)]
    kept = _headed(kept, known)
    kept = _ended(kept)
    while kept and kept[-1].kind == "subhead":
        kept.pop()
    return kept


def _headed(found: list[Block], known: Known) -> list[Block]:
    """Take headline, standfirst, byline and dateline off the top."""
    headline, standfirst = key(known.headline), key(known.standfirst)
    names = {key(name) for name in known.authors}
    top = found[:_HEAD_BLOCKS]
    start = 0
    for number, block in enumerate(top):
        if headline and _same(block.text, headline):
            start = number + 1
        elif len(block.text) > _SHORT_CHARS:
            break
    kept = [
        block
        for block in found[start:_HEAD_BLOCKS]
        if not _is_head(block, standfirst, names)
    ]
    return kept + found[max(start, _HEAD_BLOCKS) :]


def _is_head(block: Block, standfirst: str, names: set[str]) -> bool:
    """Whether a block at the top is standfirst, byline or dateline."""
    text = block.text
    if standfirst and _same(text, standfirst):
        return True
    if len(text) > _SHORT_CHARS or block.kind == "subhead":
        return False
    if key(text) in names or BYLINE.match(text):
        return True
    return bool(DATELINE.match(text)) and _is_date(text)


def _same(text: str, known: str) -> bool:
    """Whether a line is one whose `key` is known; long ones are not compared."""
    return len(text) <= 2 * len(known) + 20 and key(text) == known


def _is_date(text: str) -> bool:
    """Whether a line is a date, with a label or a time and nothing to read."""
    words = re.findall(r"[^\W\d_]{4,}", text)
    return parse(text) is not None and len(words) <= 6 and not text.endswith(".")


def _ended(found: list[Block]) -> list[Block]:
    """Take what closes the page, not the article, off the end."""
    kept = list(found)
    for _ in range(_TAIL_BLOCKS):
        if len(kept) < 3:
            break
        last = kept[-1].text
        if RELATED_LABEL.match(last) or (len(last) < 300 and TAIL.match(last)):
            kept.pop()
        else:
            break
    return kept

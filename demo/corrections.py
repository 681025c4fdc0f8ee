"""A text in, the corrected text of the second phase out: one figure and a wording."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import datetime

from demo.model import Block, Correction, Text

_FIGURE = re.compile(r"\b\d{2,3}\b(?! per)(?=[^%]*$)|\b\d+(?= per cent)|(?<=£)\d+")
WORDINGS = (
    ("is expected to", "is now likely to"),
    ("expects to", "hopes to"),
    ("will be", "should be"),
    ("most of", "much of"),
    ("which is", "which was"),
)


def corrected(
    text: Text, headline: str, updated: datetime, stream: random.Random
) -> Correction:
    """Put a figure right in the body, and soften the first wording that allows it."""
    blocks = list(text.blocks)
    place = next(at for at, block in enumerate(blocks) if _fits(at, block))
    changed = _FIGURE.sub(
        lambda match: str(int(match[0]) + stream.randint(2, 9)),
        blocks[place].text,
        count=1,
    )
    blocks[place] = replace(blocks[place], text=changed)
    return Correction(
        headline=headline, blocks=tuple(_reworded(blocks)), updated=updated
    )


def _fits(place: int, block: Block) -> bool:
    return bool(place and block.kind == "paragraph" and _FIGURE.search(block.text))


def _reworded(blocks: list[Block]) -> list[Block]:
    for old, new in WORDINGS:
        for place, block in enumerate(blocks):
            if block.kind == "paragraph" and old in block.text:
                blocks[place] = replace(block, text=block.text.replace(old, new, 1))
                return blocks
    return blocks

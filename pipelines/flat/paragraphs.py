"""Labelled lines of one role go in; the paragraphs that they make up come out.

Most flattened pages have a paragraph a line. Some tools break lines at a width instead
and leave an empty line between paragraphs: their lines are joined again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .lines import Line

WIDEST = 120
"""Nobody breaks lines at a greater width."""
NARROWEST = 50
LEAST_LINES = 6
FULL_SHARE = 0.6
"""Share of a broken text's lines, paragraphs' last ones aside, that are full."""
_BROKEN_WORD = re.compile(r"[^\W\d_]-$")


def is_wrapped(lines: Sequence[Line], *, least: int = LEAST_LINES) -> bool:
    """Whether a tool has broken a text's lines at a width.

    Args:
        lines: The text's lines.
        least: Fewer lines tell nothing.
    """
    widest = max((len(line.text) for line in lines), default=0)
    pairs = [(one, two) for one, two in pairwise(lines) if two.number == one.number + 1]
    if len(lines) < least or not pairs or not NARROWEST <= widest <= WIDEST:
        return False
    full = [one for one, two in pairs if _is_full(one, two, widest)]
    return len(full) >= FULL_SHARE * len(pairs) and 2 * len(pairs) >= len(lines) - 1


def _is_full(line: Line, below: Line, widest: int) -> bool:
    """Whether a line was broken because the next word had no room on it."""
    return not line.has_stop and len(line.text) + _first(below) >= widest


def _first(line: Line) -> int:
    """How much room the first word of a line would have needed above."""
    return len(line.text.split(" ", 1)[0]) + 2


def unwrapped(text: str, lines: Sequence[Line], *, least: int = LEAST_LINES) -> str:
    """Join the lines of a text that was broken at a width.

    Paragraphs stand where their first lines stood; the others become empty lines, so
    that every line keeps its number.
    """
    if not is_wrapped(lines, least=least):
        return text
    rows = [""] * len(text.splitlines())
    first = last = -2
    for line in lines:
        if line.number == last + 1 and not line.bullet:
            rows[first] = joined(rows[first], line.text)
        else:
            first = line.number
            rows[first] = line.text
        last = line.number
    return "\n".join(rows)


def joined(above: str, below: str) -> str:
    """Two lines as one; a word that was broken between them becomes whole."""
    if _BROKEN_WORD.search(above) and below[:1].islower():
        return above[:-1] + below
    return f"{above} {below}"

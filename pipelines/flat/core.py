"""A sheet goes in; where its prose is densest comes out: most likely the article.

Menus and lists of teasers may hold sentences too. The article is the stretch of lines
in which long sentences outweigh short lines most (a maximum subarray, J. Kadane).
"""

from __future__ import annotations

from dataclasses import dataclass

from .lines import Line
from .sheet import Sheet

MOST_POINTS = 60
"""A longer paragraph counts no more: one long legal notice makes no article."""
SENTENCE_WORDS = 4
FURNITURE = frozenset(
    ["related", "teaser", "sponsored", "comments", "share", "tags", "legal", "paywall"]
)
LINE_COST = 8
"""What a line costs that is no prose."""
MARKED_COST = 3
"""What a line costs that is known to be furniture: articles go on behind it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Core:
    """The densest stretch of prose."""

    start: int
    """Its first line."""
    end: int
    """Its last line."""


def core(sheet: Sheet) -> Core | None:
    """Find the densest stretch of prose; None if there is no prose at all."""
    best: Core | None = None
    most = total = start = 0
    for at in range(len(sheet)):
        if total <= 0:
            total, start = 0, at
        total += points(sheet, at)
        if total > most:
            most, best = total, Core(start=start, end=at)
    return best


def points(sheet: Sheet, at: int) -> int:
    """What a line adds to a stretch of prose."""
    if sheet.marks[at] is not None or sheet.role(at) in FURNITURE:
        return -MARKED_COST
    return prose_points(sheet.lines[at])


def prose_points(line: Line) -> int:
    """A paragraph's words; a cost for what is none."""
    if line.is_paragraph:
        return min(line.words, MOST_POINTS)
    if line.has_stop and line.words >= SENTENCE_WORDS:
        return line.words // 2
    return -LINE_COST

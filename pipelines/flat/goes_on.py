"""The text so far and a line behind furniture go in; whether the article goes on, out.

Flattened pages have no marks where a box ends: what tells is the line's shape, what
stands behind it, and whether it speaks of the names that the article speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from .lines import Line
from .sheet import Sheet

_NAME = re.compile(
    r"(?<![.!?:\"“„«‘”»]\s)(?<!^)(?<![\"“„«‘])\b[^\W\d_a-zß-öø-ÿ][\w’'-]{2,}"
)
_CAPITALS = re.compile(r"\b[A-Z][A-Z0-9]{1,6}\b")
_QUOTE = re.compile(r"^[\"“„«]|[\"”»“,](?:\s\w+){1,3}$|[,.!?][\"”»“]\s")
STRONG_WORDS = 25
ENOUGH = 2
"""Points that a line needs for the article to go on with it."""
MOST_NAMES = 3
FEW_WORDS = 12
"""Titles of related articles are hardly longer, blurbs are."""


@dataclass(kw_only=True, slots=True)
class Run:
    """Lines of furniture behind a label, as far as they have been read."""

    role: str
    label: int
    """Where the label stands."""
    items: list[int]
    """Where its lines stand."""
    in_tail: bool
    """Whether tags or comments came before it: most likely the article is over."""


def names_in(text: str) -> frozenset[str]:
    """The names in a text: words with a capital that no sentence begins with."""
    found = _NAME.findall(text) + _CAPITALS.findall(text)
    return frozenset(
        word.casefold().removesuffix("’s").removesuffix("'s") for word in found
    )


def article_names(lines: Iterable[Line]) -> frozenset[str]:
    """The names that an article's lines speak of."""
    return frozenset().union(*(names_in(line.text) for line in lines))


def goes_on(sheet: Sheet, at: int, run: Run, known: AbstractSet[str]) -> bool:
    """Whether a plain line behind a run is the article's again.

    Args:
        sheet: The sheet; the lines above are labelled.
        at: The line's place.
        run: The run it stands behind.
        known: Names of the article so far.
    """
    line = sheet.lines[at]
    if not line.has_stop or line.is_cut or (line.bullet and _bulleted(sheet, run)):
        return False
    return _points(sheet, at, run, known) >= ENOUGH


def _points(sheet: Sheet, at: int, run: Run, known: AbstractSet[str]) -> int:
    line = sheet.lines[at]
    points = 2 * (line.words >= STRONG_WORDS or line.sentences > 1)
    points += min(len(names_in(line.text) & known), MOST_NAMES)
    points += bool(_QUOTE.search(line.text)) and line.is_paragraph
    points += _prose_follows(sheet, at)
    points -= 3 * run.in_tail
    points -= 3 * _alternates(sheet, at, run)
    if not run.items:
        points -= 2 if line.sentences > 1 else 3
    elif all(sheet.lines[item].is_title for item in run.items):
        points += 2 * (len(run.items) > 1)
    else:
        points -= 2
    return points


def _bulleted(sheet: Sheet, run: Run) -> bool:
    """Whether the lines of a run are a list."""
    return bool(run.items) and all(sheet.lines[item].bullet for item in run.items)


def _prose_follows(sheet: Sheet, at: int) -> bool:
    """Whether the next line is prose too, or a subhead or list of it."""
    if not sheet.is_plain(at + 1):
        return False
    return sheet.lines[at + 1].is_paragraph


def _alternates(sheet: Sheet, at: int, run: Run) -> bool:
    """Whether titles and blurbs take turns, one of each."""
    if not run.items or not sheet.lines[run.items[-1]].is_title:
        return False
    heads = [i for i in run.items if sheet.lines[i].is_title]
    if len(heads) != len(run.items) - len(heads) + 1:
        return False
    return not sheet.is_plain(at + 1) or sheet.lines[at + 1].is_title


def is_of_teasers(lines: Sequence[Line]) -> bool:
    """Whether the lines below a label are sentences of other articles, not titles."""
    if not lines:
        return False
    if any(line.has_stop and not line.text.endswith("?") for line in lines):
        return any(line.words >= FEW_WORDS or line.sentences > 1 for line in lines)
    if any(line.is_cut for line in lines):
        return True
    middle = sorted(line.words for line in lines)[len(lines) // 2]
    return middle > FEW_WORDS and not any(line.bullet for line in lines)

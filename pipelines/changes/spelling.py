"""Words that went and came go in; whether somebody only mended a slip comes out."""

from __future__ import annotations

import re
from collections.abc import Sequence

LETTERS = re.compile(r"[\W_]+")
LEAST_LETTERS = 4
"""Of a shorter word one other letter makes another word: now, not."""
LONG_LETTERS = 7
"""From so many letters on two may differ."""
LITTLE_WORDS = 2
LITTLE_LETTERS = 3


def letters(words: Sequence[str]) -> str:
    """The letters and digits of words, run together."""
    return LETTERS.sub("", "".join(words)).casefold()


def is_slip(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether words differ by a slip of the keyboard only.

    That is: by capitals, marks or spaces; by a letter or two in each word; or by a
    little word too many or too few.
    """
    if letters(before) == letters(after):
        return True
    if not before or not after:
        return _is_little(before or after)
    if len(before) != len(after):
        return False
    return all(map(_is_misspelt, before, after))


def _is_little(words: Sequence[str]) -> bool:
    longest = max((len(letters([word])) for word in words), default=0)
    return len(words) < LITTLE_WORDS and longest <= LITTLE_LETTERS


def _is_misspelt(before: str, after: str) -> bool:
    """Whether one word is the other with a letter or two gone, more, other or moved."""
    old, new = letters([before]), letters([after])
    if old == new:
        return True
    if sorted(old) == sorted(new) and distance(old, new, 1) <= 1:
        return True
    least = min(len(old), len(new))
    if least < LEAST_LETTERS or old.isdigit() or new.isdigit():
        return False
    most = 2 if least >= LONG_LETTERS else 1
    return distance(old, new, most) <= most


def distance(old: str, new: str, most: int) -> int:
    """Letters that differ, neighbours that change places as one; `most` + 1 at most."""
    if abs(len(old) - len(new)) > most:
        return most + 1
    earlier: list[int] = []
    last = list(range(len(new) + 1))
    for row, letter in enumerate(old, 1):
        line = [row]
        for column, other in enumerate(new, 1):
            best = min(
                last[column] + 1,
                line[column - 1] + 1,
                last[column - 1] + (letter != other),
            )
            if row > 1 < column and (letter, old[row - 2]) == (new[column - 2], other):
                best = min(best, earlier[column - 2] + 1)
            line.append(best)
        earlier, last = last, line
    return min(last[-1], most + 1)

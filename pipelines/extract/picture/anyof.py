"""Words go in; a pattern that matches any of them comes out, the longest it can."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, given in lower case.

    Words that begin alike share their beginning, so that a text which begins
    otherwise is passed over after a letter instead of after every word.
    """
    rests: dict[str, list[str]] = {}
    for word in dict.fromkeys(words):
        rests.setdefault(word[:1], []).append(word[1:])
    ends = rests.pop("", None) is not None
    ways = [_one(first, tails) for first, tails in rests.items()]
    if not ways:
        return ""
    pattern = ways[0] if len(ways) == 1 and not ends else f"(?:{'|'.join(ways)})"
    return f"{pattern}?" if ends else pattern


def _one(first: str, tails: list[str]) -> str:
    """Return a pattern for words with one first letter."""
    if len(tails) == 1:
        return re.escape(first + tails[0])
    return re.escape(first) + any_of(tails)

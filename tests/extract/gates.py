"""What every text holds, or begins with, that a regular expression matches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Keep = Callable[[str], str | None]
"""What is kept of a way to match; None where no more need be known of it."""


def lacking(pattern: str, marks: Sequence[str]) -> set[str]:
    """Return how a pattern may match a text, in lower case, that has no such mark."""

    def keep(way: str) -> str | None:
        return None if any(mark in way for mark in marks) else way

    return _ways(parser.parse(pattern, re.I), keep)


def beginnings(pattern: str, chars: int) -> set[str]:
    """Return the first letters of the words that a pattern's matches begin with."""
    ways = _ways(parser.parse(pattern, re.I), lambda way: way[:30])
    begun = (re.split(r"\W", way.lstrip("\0# "))[0] for way in ways)
    return {word[:chars] for word in begun if word}


def _ways(nodes: Iterable[tuple[Any, Any]], keep: Keep) -> set[str]:
    """Return what the matches are made of; what is not literal is a null."""
    ways = {""}
    for kind, value in nodes:
        longer = (way + more for way in ways for more in _of(kind, value, keep))
        ways = {kept for way in longer if (kept := keep(way)) is not None}
        assert len(ways) < 100_000
    return ways


def _of(kind: Any, value: Any, keep: Keep) -> set[str]:
    if kind is code.LITERAL:
        return {chr(value).lower()}
    if kind is code.SUBPATTERN:
        return _ways(value[-1], keep)
    if kind is code.BRANCH:
        return set().union(*(_ways(branch, keep) for branch in value[1]))
    if kind in (code.MAX_REPEAT, code.MIN_REPEAT):
        least, most, inner = value
        if least == most < 5:
            return _ways([*inner] * least, keep)
        once = _ways(inner, keep) if most == 1 else {"\0"}
        return once if least else once | {""}
    if kind is code.IN and all(name is code.LITERAL for name, _ in value):
        return {chr(char).lower() for _, char in value}
    return {""} if kind in (code.AT, code.ASSERT, code.ASSERT_NOT) else {"\0"}

"""A line and what the fields hold in; whether it repeats a field out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..dated.dates import parse
from ..text import key
from .phrases import BYLINE, DATELINE

_SHORT_CHARS = 130


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What the page's fields already hold and its body must not repeat."""

    headline: str
    standfirst: str
    authors: tuple[str, ...]


def is_head(text: str, kind: str, standfirst: str, names: set[str]) -> bool:
    """Whether a block at the top is standfirst, byline or dateline."""
    if standfirst and is_same(text, standfirst):
        return True
    if len(text) > _SHORT_CHARS or kind == "subhead":
        return False
    if key(text) in names or BYLINE.match(text):
        return True
    return (len(text) <= 45 or bool(DATELINE.match(text))) and _is_date(text)


def is_same(text: str, known: str) -> bool:
    """Whether a line is one whose `key` is known; long ones are not compared."""
    return len(text) <= 2 * len(known) + 20 and key(text) == known


def _is_date(text: str) -> bool:
    """Whether a line is a date, with a label or a time and nothing to read."""
    words = re.findall(r"[^\W\d_]{4,}", text)
    return parse(text) is not None and len(words) <= 6 and not text.endswith(".")

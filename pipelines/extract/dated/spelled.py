"""A text in, the first day that it states with a month's name out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .months import JOINT, PHRASE, month

_LETTER = r"[^\s\d!-/:-@\[-`{-~«»“”„‘’–—…·،]"
_WORD = re.compile(rf"{_LETTER}+(?:\.{_LETTER}+)*")
_OF = r"(?:of|de|del|dels|di|do|d|den|ng|an|เดือน)"
_DAY_BEFORE = re.compile(
    rf"(?:(?<!\d)(?P<year>\d{{4}}){_LETTER}{{0,3}}[\s.,/\-]*(?:{_LETTER}{{1,8}}\.?[\s,]+)?)?"
    rf"(?<![\d:])(?P<day>\d{{1,2}})(?!\s?(?:[ap]\.?m|h)\b)(?:-?{_LETTER}{{1,3}}|º|ª)?"
    rf"[\s\-/.,'’\[(]*(?:{_OF}[\s’']+|d[’'])?$",
    re.I,
)
_YEAR_BEFORE = re.compile(
    rf"(?<!\d)(?P<year>\d{{4}}){_LETTER}{{0,3}}[\s.,/\-]*(?:{_LETTER}{{1,8}}\.?[\s,]+)?$"
)
_GAP = r"\.?[\s,.\-/\])'’]*"
_DAY_AFTER = re.compile(
    rf"{_GAP}(?P<day>\d{{1,2}}(?![\d:])|\d\d(?=(?:19|20)\d\d(?!\d)))(?!\s?(?:[ap]\.?m|h)\b)(?:{_LETTER}{{1,3}}(?!{_LETTER}))?"
)
_YEAR_AFTER_DAY = re.compile(
    r"(?:[\s,.\-/]*(?:at\s+[^,]{4,12},?\s*|(?:of|de|del)\s+)?"
    r"|\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s+[A-Z]{3,5})?\s+)(?P<year>\d{4})(?!\d)",
    re.I,
)
_YEAR_AFTER = re.compile(
    rf"(?:\s*/\s*{_LETTER}+)?{_GAP}(?:{_OF}\s+)?['’]?(?P<year>\d{{4}}"
    r"|\d{2}(?!\s?[:.h]\s?\d|\s?(?:[ap]\.?m|uhr|h)\b))(?!\d)",
    re.I,
)
_BEFORE_CHARS = 40
_BUDDHIST_YEARS = 543
_THAI = re.compile("[\u0e00-\u0eff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A day and where the text states it."""

    day: date
    start: int
    end: int
    in_figures: bool = False
    """Whether day and month are figures whose order is a matter of country."""


def named(text: str) -> Named | None:
    """Return the first day whose month the text names; None if it names none."""
    if not text.isascii():
        text = PHRASE.sub(lambda m: m.group().replace(" ", JOINT), text)
    for start, end, number in _months(text):
        found = _around(text, start, end, number)
        if found is not None:
            return found
    return None


def _months(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and number of every month that the text names."""
    for match in _WORD.finditer(text):
        number = month(match.group())
        if number is not None:
            yield match.start(), match.end(), number


def _around(text: str, start: int, end: int, number: int) -> Named | None:
    """Read the day and the year that stand around a month's name."""
    left = max(0, start - _BEFORE_CHARS)
    before = text[left:start]
    first = _DAY_BEFORE.search(before)
    day_after = _DAY_AFTER.match(text, end)
    late = _YEAR_AFTER_DAY.match(text, day_after.end()) if day_after else None
    thai = _THAI.match(text, start) is not None
    if day_after and late:
        return _named(late["year"], number, day_after["day"], (start, late.end()), thai)
    if first:
        year = _YEAR_AFTER.match(text, end)
        place = left + first.start("day")
        if year:
            return _named(year["year"], number, first["day"], (place, year.end()), thai)
        if first["year"]:
            span = (left + first.start(), end)
            return _named(first["year"], number, first["day"], span, thai)
    early = _YEAR_BEFORE.search(before)
    if early and day_after:
        span = (left + early.start(), day_after.end())
        return _named(early["year"], number, day_after["day"], span, thai)
    return None


def _named(
    year: str, number: int, day: str, span: tuple[int, int], thai: bool
) -> Named | None:
    """Put a day together; None if no calendar has it."""
    years = number_of_year(year) - (_BUDDHIST_YEARS if thai and year > "2400" else 0)
    try:
        return Named(day=date(years, number, int(day)), start=span[0], end=span[1])
    except ValueError:
        return None


def number_of_year(text: str) -> int:
    """Return a year of four digits; two digits are of this century or the last."""
    year = int(text)
    if len(text) == 2:
        return year + (2000 if year < 70 else 1900)
    return year

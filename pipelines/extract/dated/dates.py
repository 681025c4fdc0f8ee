"""A text that states a date in, the date and time it states out; never a guess.

Numbers are read day first unless told otherwise; a day that no calendar has
(30 February) and an offset that no clock has (+99:99) state nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from . import clocks
from .calendars import other_day
from .spelled import Named, named, number_of_year

FIRST_YEAR = 1971
"""No page was published earlier, and 1970 is a clock at nought."""
LAST_YEAR = 2100
_MAX_CHARS = 300
_SPACES = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")
_ISO = re.compile(
    r"(?<![\d.])(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T\s,]+(\d{1,2}):(\d{2})(?::(\d{1,2})(?:[.,]\d+)?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))?)?(?![\d-])",
    re.I,
)
_COMPACT = re.compile(
    r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2}):?(\d{2}):?(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?$"
)
_EPOCH = re.compile(r"^\d{10}(?:\d{3})?$")
_CJK = re.compile(
    r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})(?:\s*[日일号號]|(?!\d)|(?=\d\d:))"
)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([./]) ?(\d{1,2})\2 ?(\d{1,2})(?!\d)")
_VIETNAMESE = re.compile(
    r"(?<!\d)(\d{1,2})\s+(?:tháng|thg)\.?\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})(?!\d)",
    re.I,
)
_NUMERIC = re.compile(
    r"(?<![\d./\-])(\d{1,2}) ?(?:([./\-]) ?(\d{1,2}) ?\2 ?)(\d{4}|\d{2})(?![/\-]?\d)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """A date as a text states it."""

    day: date
    """The calendar day as written."""
    clock: clocks.Time | None = None
    """Hour, minute and second as written; None where only the day is."""
    seconds: bool = False
    """Whether the seconds are written."""
    offset_minutes: int | None = None
    """Offset from UTC as written; None where none is."""
    in_figures: bool = False
    """Whether day and month are figures whose order is a matter of country."""


def parse(text: str, *, day_first: bool = True) -> Stated | None:
    """Return the first date that the text states; None if it states none."""
    text = _SPACES.sub(" ", text[:_MAX_CHARS].strip())
    if len(text) < 6 or not _DIGIT.search(text):
        return None
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    compact = _COMPACT.match(text)
    if compact or text.isdigit():
        return _digits(text, compact)
    iso = _ISO.search(text)
    if iso:
        return _from_iso(iso)
    found = named(text) or _in_figures(text, day_first)
    if found is None and not text.isascii():
        found = other_day(text)
    return _timed(text, found) if found else None


def _digits(text: str, match: re.Match[str] | None) -> Stated | None:
    """Read an epoch in seconds or milliseconds, or a compact ISO date."""
    if _EPOCH.match(text):
        instant = datetime.fromtimestamp(int(text[:10]), UTC)
        clock = (instant.hour, instant.minute, instant.second)
        return _stated(
            instant.date(), clocks.Told(clock=clock, seconds=True, offset_minutes=0)
        )
    if match is None:
        return None
    day = _day(*map(int, match.group(1, 2, 3)))
    if day is None or match.group(4) is None:
        return _stated(day)
    offset_minutes = clocks.offset(match.group(7)) if match.group(7) else None
    if match.group(7) and offset_minutes is None:
        return None
    return _stated(day, _told(match.group(4, 5, 6), offset_minutes))


def _told(
    parts: tuple[str | None, ...], offset_minutes: int | None
) -> clocks.Told | None:
    """Put a time together; None if no clock shows it."""
    hour, minute, second = parts
    clock = clocks.read(hour or "0", minute or "0", second)
    if clock is None:
        return None
    return clocks.Told(
        clock=clock, seconds=second is not None, offset_minutes=offset_minutes
    )


def _from_iso(match: re.Match[str]) -> Stated | None:
    """Read an ISO 8601 date with or without time and offset."""
    day = _day(*map(int, match.group(1, 2, 3)))
    if day is None or match.group(4) is None:
        rest = match.string[match.end() : match.end() + 2]
        return None if rest[:1] == "T" and rest[1:].isdigit() else _stated(day)
    told = _told(match.group(4, 5, 6), _iso_offset(match))
    if told is None or (told.offset_minutes is None and match.group(7)):
        return None
    tail = match.string[match.end() :].strip()
    if match.group(7) is None and re.match(r"[+-]\d", tail):
        return None
    return _stated(day, told)


def _iso_offset(match: re.Match[str]) -> int | None:
    """Return the offset of an ISO date, or of the zone whose name follows it."""
    if match.group(7):
        return clocks.offset(match.group(7))
    word = re.match(r"\s*\(?([A-Z]{2,5})\b", match.string[match.end() :])
    return clocks.zone(word.group(1)) if word else None


def _in_figures(text: str, day_first: bool) -> Named | None:
    """Return the first day that the text states in figures alone."""
    match = _CJK.search(text)
    if match:
        return _spanned(match, match.group(1, 2, 3))
    match = _VIETNAMESE.search(text)
    if match:
        return _spanned(match, match.group(3, 2, 1))
    match = _YEAR_FIRST.search(text)
    if match:
        found = _spanned(match, match.group(1, 3, 4))
        if found is not None:
            return found
    return _numeric(text, day_first)


def _spanned(match: re.Match[str], parts: tuple[str, ...]) -> Named | None:
    """Return year, month and day with the place where they stand."""
    year, month, day = (int(p) for p in parts)
    found = _day(year, month, day)
    return Named(day=found, start=match.start(), end=match.end()) if found else None


def _numeric(text: str, day_first: bool) -> Named | None:
    """Read 06/10/2025: day or month first, the other way if only that fits."""
    for match in _NUMERIC.finditer(text):
        one, mark, two, year = match.groups()
        orders = [(two, one), (one, two)]
        if not day_first and mark != ".":
            orders.reverse()
        for month, day in orders:
            found = _day(number_of_year(year), int(month), int(day))
            if found is not None:
                start, end = match.span()
                return Named(day=found, start=start, end=end, in_figures=True)
    return None


def _timed(text: str, found: Named) -> Stated | None:
    """Add the time that stands beside a day, if there is one."""
    inside = text[found.start : found.end]
    told = clocks.beside(text[: found.start], inside, text[found.end :])
    stated = _stated(found.day, told)
    return replace(stated, in_figures=True) if stated and found.in_figures else stated


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _stated(day: date | None, told: clocks.Told | None = None) -> Stated | None:
    """Put together what was read; None for a day outside the archive's reach."""
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    if told is None:
        return Stated(day=day)
    return Stated(
        day=day,
        clock=told.clock,
        seconds=told.seconds,
        offset_minutes=told.offset_minutes,
    )

"""A text that states a date in, the date and time it states out; never a guess.

Numbers are read day first unless told otherwise; a day that no calendar has
(30 February) and an offset that no clock has (+99:99) state nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from .months import MONTHS, ZONES

FIRST_YEAR = 1990
_MAX_CHARS = 300
_SPACES = re.compile(r"\s+")
_ISO = re.compile(
    r"(?<![\d.])(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T\s,]+(\d{1,2}):(\d{2})(?::(\d{1,2})(?:[.,]\d+)?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))?)?(?![\d-])",
    re.I,
)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z)?)?$")
_EPOCH = re.compile(r"^\d{10}(?:\d{3})?$")
_NAME = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s\-/]*(?:of\s+|de\s+|del\s+|d[’'])?"
    rf"(?<![^\W\d_])({_NAME})\.?(?![^\W\d_])[\s,.\-/]*(?:de\s+|"
    rf"del\s+)?[’']?(\d{{4}}|\d{{2}}(?![\d:]))(?!\d)",
    re.I,
)
_MONTH_DAY = re.compile(
    rf"(?<![^\W\d_])({_NAME})\.?\s*(\d{{1,2}})(?:st|nd|rd|"
    rf"th)?\s*[,.]?\s*(?:at\s+[^,]{{4,12}},?\s*)?(\d{{4}})(?!\d)",
    re.I,
)
_MONTH_DAY_LATE_YEAR = re.compile(
    rf"(?<![^\W\d_])({_NAME})\.?\s+(\d{{1,2}})\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\s+[A-Z]{{3,4}})?\s+(\d{{4}})(?!\d)",
    re.I,
)
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[./](\d{1,2})[./](\d{1,2})(?!\d)")
_NUMERIC = re.compile(
    r"(?<![\d./\-])(\d{1,2})([./\-]) ?(\d{1,2})\2 ?(\d{4}|\d{2})(?![\d/\-])"
)
_TIME = re.compile(
    r"(?<![\d:.+\-])(\d{1,2})(?:[:.h](\d{2}))(?:[:.](\d{2})(?:\.\d+)?)?\s*([ap]\.?m\b\.?)?"
    r"|(?<![\d:.])(\d{1,2})\s*([ap]\.?m\b\.?)",
    re.I,
)
_OFFSET = re.compile(
    r"(?:GMT|UTC)?\s*([+-]\d{2}):?(\d{2})(?!\d)|\b([A-Z]{2,5})\b|(Z)\b"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """A date as a text states it."""

    day: date
    """The calendar day as written."""
    clock: tuple[int, int, int] | None = None
    """Hour, minute and second as written; None where only the day is."""
    seconds: bool = False
    """Whether the seconds are written."""
    offset_minutes: int | None = None
    """Offset from UTC as written; None where none is."""


def parse(text: str, *, day_first: bool = True) -> Stated | None:
    """Return the first date that the text states; None if it states none."""
    text = _SPACES.sub(" ", text.strip()[:_MAX_CHARS])
    if len(text) < 6:
        return None
    if text.isdigit():
        return _digits(text)
    iso = _ISO.search(text)
    if iso:
        return _from_iso(iso)
    found = _written(text, day_first)
    return _timed(text, found) if found else None


def _digits(text: str) -> Stated | None:
    """Read an epoch in seconds or milliseconds, or a compact ISO date."""
    if _EPOCH.match(text):
        instant = datetime.fromtimestamp(int(text[:10]), UTC)
        clock = (instant.hour, instant.minute, instant.second)
        return _stated(instant.date(), clock, True, 0)
    match = _COMPACT.match(text)
    if not match:
        return None
    day = _day(*map(int, match.group(1, 2, 3)))
    if day is None or match.group(4) is None:
        return _stated(day)
    time = _clock(match.group(4), match.group(5), match.group(6))
    return _stated(day, time, match.group(6) is not None)


def _from_iso(match: re.Match[str]) -> Stated | None:
    """Read an ISO 8601 date with or without time and offset."""
    day = _day(*map(int, match.group(1, 2, 3)))
    if day is None or match.group(4) is None:
        rest = match.string[match.end() : match.end() + 2]
        return None if rest[:1] == "T" and rest[1:].isdigit() else _stated(day)
    clock = _clock(*match.group(4, 5, 6))
    if clock is None:
        return None
    zone = match.group(7)
    if zone is None:
        tail = match.string[match.end() :].strip()
        if re.match(r"[+-]\d", tail):
            return None
        return _stated(day, clock, match.group(6) is not None, _named_zone(tail))
    offset = _offset(zone)
    if offset is None:
        return None
    return _stated(day, clock, match.group(6) is not None, offset)


def _written(text: str, day_first: bool) -> tuple[date, int, int] | None:
    """Return the first written-out or numeric day and the span that states it."""
    for pattern, order in (
        (_DAY_MONTH, "dmy"),
        (_MONTH_DAY, "mdy"),
        (_MONTH_DAY_LATE_YEAR, "mdy"),
        (_CJK, "ymd"),
        (_YEAR_FIRST, "ymd"),
    ):
        match = pattern.search(text)
        if match:
            parts = dict(zip(order, match.groups(), strict=True))
            day = _day(_year(parts["y"]), _month(parts["m"]), int(parts["d"]))
            if day is not None:
                return day, match.start(), match.end()
    return _numeric(text, day_first)


def _numeric(text: str, day_first: bool) -> tuple[date, int, int] | None:
    """Read 06/10/2025: day or month first, the other way if only that fits."""
    match = _NUMERIC.search(text)
    if not match:
        return None
    one, mark, two, year = match.groups()
    orders = (
        [(two, one), (one, two)]
        if day_first or mark == "."
        else [(one, two), (two, one)]
    )
    for month, day in orders:
        found = _day(_year(year), int(month), int(day))
        if found is not None:
            return found, match.start(), match.end()
    return None


def _timed(text: str, found: tuple[date, int, int]) -> Stated | None:
    """Add the time that stands beside a written-out day, if there is one."""
    day, start, end = found
    rest = f"{text[:start]} \x1f {text[end:]}" if start > 4 else text[end:]
    around = text[start:end] + rest if _TIME.search(text[start:end]) else rest
    match = _TIME.search(around)
    if not match:
        return _stated(day)
    hour, minute = match.group(1) or match.group(5), match.group(2) or "0"
    clock = _clock(hour, minute, match.group(3), match.group(4) or match.group(6))
    if clock is None:
        return _stated(day)
    zone = _OFFSET.search(around[match.end() : match.end() + 24].lstrip(" ("))
    offset = _zone_match(zone) if zone else None
    return _stated(day, clock, match.group(3) is not None, offset)


def _zone_match(match: re.Match[str]) -> int | None:
    if match.group(1):
        return _offset(match.group(1) + match.group(2))
    return 0 if match.group(4) else ZONES.get(match.group(3).upper())


def _named_zone(tail: str) -> int | None:
    word = re.match(r"\(?([A-Z]{2,5})\b", tail)
    return ZONES.get(word.group(1)) if word else None


def _offset(zone: str) -> int | None:
    """Return minutes east of UTC; None for an offset that no clock has."""
    if zone[0] not in "+-":
        return 0
    digits = zone[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        return None
    return (-1 if zone[0] == "-" else 1) * (hours * 60 + minutes)


def _year(text: str) -> int:
    """Return a year of four digits; two digits are of this century or the last."""
    year = int(text)
    if len(text) == 2:
        return year + (2000 if year < 70 else 1900)
    return year


def _month(text: str) -> int:
    return int(text) if text.isdigit() else MONTHS[text.lower()]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(
    hour: str, minute: str, second: str | None, half: str | None = None
) -> tuple[int, int, int] | None:
    """Return hour, minute, second of a 24-hour clock; None if no clock shows it."""
    hours, minutes, seconds = int(hour), int(minute), min(int(second or 0), 59)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    if int(second or 0) > 60 or hours > 23 or minutes > 59:
        return None
    return hours, minutes, seconds


def _stated(
    day: date | None,
    clock: tuple[int, int, int] | None = None,
    seconds: bool = False,
    offset: int | None = None,
) -> Stated | None:
    """Put together what was read; None for a day outside the archive's reach."""
    if day is None or not FIRST_YEAR <= day.year <= 2100:
        return None
    return Stated(
        day=day,
        clock=clock,
        seconds=seconds and clock is not None,
        offset_minutes=offset if clock is not None else None,
    )


def instant(stated: Stated, zone: timezone | None = None) -> datetime | None:
    """Return the instant in UTC that a stated date and offset name."""
    if stated.clock is None:
        return None
    offset = stated.offset_minutes
    fixed = timezone(timedelta(minutes=offset)) if offset is not None else zone
    hour, minute, second = stated.clock
    local = datetime(
        stated.day.year, stated.day.month, stated.day.day, hour, minute, second,
        tzinfo=fixed,
    )  # fmt: skip
    return local.astimezone(UTC) if fixed is not None else None

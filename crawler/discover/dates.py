"""In: a date as a feed, sitemap or page writes it; out: ISO 8601, or None.

With a time and an offset the result is `YYYY-MM-DDTHH:MM:SS+HH:MM`; without either
it is the day alone, because a time of unknown zone is no instant.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
_ZONE = r"(?P<zone>[A-Za-z]{1,5}|(?:GMT|UTC?)?\s?[+-]\d{1,2}:?(?:\d{2})?)"
_TIME = rf"{_CLOCK}(?:\s*{_ZONE})?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # W3C-DTF and ISO 8601, with a T or a blank before the time
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
        rf"(?:[Tt\s]\s*{_TIME})?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
        r"(?:T(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?"
        r"(?P<zone>Z|[+-]\d{2}:?\d{2})?)?",
        # RFC 822 and what publishers make of it: Mon, 23 Nov 2026 09:30:00 +0000
        r"(?:[A-Za-z]{2,9}\.?,?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+|-)"
        r"(?P<name>[A-Za-z]{3,9})\.?,?(?:\s+|-)(?P<year>\d{4}|\d{2})"
        rf"(?:,?\s+{_TIME})?(?:\s+\(.*\))?",
        # American: Nov 23, 2026 09:30
        r"(?:[A-Za-z]{2,9}\.?,?\s+)?(?P<name>[A-Za-z]{3,9})\.?\s+"
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?:,?\s+{_TIME})?",
        # C's asctime: Mon Nov 23 09:30:00 GMT 2026
        r"[A-Za-z]{3}\s+(?P<name>[A-Za-z]{3})\s+(?P<day>\d{1,2})\s+"
        rf"{_CLOCK}(?:\s+(?P<zone>[A-Za-z]{{1,5}}))?\s+(?P<year>\d{{4}})",
    )
)
_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
# Hours from UTC of the names that English-language publishers use. "IST" is not here:
# it is Irish, Indian and Israeli.
_HOURS = {
    "z": 0.0, "ut": 0.0, "utc": 0.0, "gmt": 0.0, "wet": 0.0, "bst": 1.0, "west": 1.0,
    "cet": 1.0, "cest": 2.0, "eet": 2.0, "eest": 3.0, "est": -5.0, "edt": -4.0,
    "cst": -6.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0, "pst": -8.0, "pdt": -7.0,
    "akst": -9.0, "akdt": -8.0, "hst": -10.0, "ast": -4.0, "adt": -3.0, "nst": -3.5,
    "ndt": -2.5, "awst": 8.0, "acst": 9.5, "acdt": 10.5, "aest": 10.0, "aedt": 11.0,
    "nzst": 12.0, "nzdt": 13.0, "jst": 9.0, "kst": 9.0, "hkt": 8.0, "sgt": 8.0,
}  # fmt: skip
_OFFSET = re.compile(r"(?:GMT|UTC?)?\s?([+-])(\d{1,2}):?(\d{2})?", re.IGNORECASE)
_WIDEST_MINUTES = 14 * 60
# A year outside these is a default value or a slip, and no date of an article.
_YEARS = range(1800, 2200)


def iso(text: str | None) -> str | None:
    """The date in ISO 8601; None where it cannot be read or names no real day."""
    if not text:
        return None
    text = " ".join(text[:100].split())
    for form in _FORMS:
        if match := form.fullmatch(text):
            return _written(match.groupdict())
    return None


def _written(found: dict[str, str | None]) -> str | None:
    day = _day(found)
    if day is None:
        return None
    offset = _offset(found.get("zone"))
    if offset is None or found.get("hour") is None:
        return day.isoformat()
    hour, minute, second = (
        int(found.get(part) or 0) for part in ("hour", "minute", "second")
    )
    try:
        moment = datetime(
            day.year, day.month, day.day, hour, minute, min(second, 59), tzinfo=offset
        )
    except ValueError:
        return day.isoformat()
    return moment.isoformat()


def _day(found: dict[str, str | None]) -> date | None:
    year = int(found["year"] or 0)
    if year < 100:
        year += 2000 if year < 69 else 1900
    if year not in _YEARS:
        return None
    try:
        return date(year, _month(found), int(found["day"] or 0))
    except ValueError:
        return None


def _month(found: dict[str, str | None]) -> int:
    """1 to 12; 0 for a name that is no month's."""
    if (name := found.get("name")) is None:
        return int(found.get("month") or 0)
    short = name[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _offset(zone: str | None) -> timezone | None:
    """The zone's distance from UTC; None for one that is missing or impossible."""
    if not zone:
        return None
    if (hours := _HOURS.get(zone.lower())) is not None:
        return timezone(timedelta(hours=hours))
    if (match := _OFFSET.fullmatch(zone)) is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > _WIDEST_MINUTES or int(match[3] or 0) > 59:
        return None
    return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))

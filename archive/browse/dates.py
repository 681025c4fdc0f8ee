"""Stored days and instants go in; dates as a reader writes them come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
"""English whatever the server's locale is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A moment ready for a page."""

    text: str
    """In the site's own time, with the zone."""
    utc: str | None
    """The same in UTC; None where only the day is known."""
    machine: str
    """For the datetime attribute."""
    is_utc: bool = False
    """Whether local time is the same as UTC, as in a British winter."""


def day(value: str | None) -> str:
    """2026-02-03 as 3 February 2026; what is no day stays as it is."""
    if not value:
        return "undated"
    try:
        return _day(date.fromisoformat(value))
    except ValueError:
        return value


def utc(value: str | None) -> str:
    """2026-02-03T09:30:00Z as 3 February 2026, 09:30 UTC."""
    moment = _instant(value)
    if moment is None:
        return value or "unknown"
    return f"{_day(moment.date())}, {moment:%H:%M} UTC"


def shown(
    on: str | None, at: str | None, zone: str | None, *, site_zone: str | None
) -> Shown | None:
    """A moment in the zone that the site stated it in, else in the site's own."""
    moment = _instant(at)
    if moment is None:
        return Shown(text=day(on), utc=None, machine=on) if on else None
    local = moment.astimezone(_named(zone) or _named(site_zone) or UTC)
    name = local.tzname() or ""
    return Shown(
        text=f"{_day(local.date())}, {local:%H:%M} {name}".strip(),
        utc=utc(at),
        machine=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        is_utc=not local.utcoffset(),
    )


def _day(value: date) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def _instant(value: str | None) -> datetime | None:
    """A stored instant; None if there is none or it cannot be read."""
    try:
        moment = datetime.fromisoformat(value or "")
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _named(zone: str | None) -> tzinfo | None:
    """A zone by its IANA name or its offset, such as +01:00; None if it is neither."""
    if not zone:
        return None
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return _offset(zone)


def _offset(zone: str) -> tzinfo | None:
    """A zone from an offset; None if it is none."""
    if zone.upper() == "Z":
        return UTC
    try:
        offset = datetime.fromisoformat(f"2000-01-01T00:00:00{zone}").utcoffset()
    except ValueError:
        return None
    return None if offset is None else timezone(offset or timedelta(0))

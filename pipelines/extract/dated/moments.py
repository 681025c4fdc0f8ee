"""Stated dates in, moments out: the site's day, the instant, and whose zone it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from archive.records import Moment

from .dates import Stated

ASSUMED = "UTC"
"""`Moment.zone` of a naive time on a page that names no zone anywhere. A stated
offset of nought is "+00:00", so that the two can be told apart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """How the times of one page are to be read."""

    zone: str | None
    """IANA name from the profile; None if unknown."""
    seen_offset_minutes: int | None
    """An offset stated elsewhere on the page; None if none is."""


def moment(stated: Stated, clock: Clock) -> Moment:
    """Return the moment that a stated date means on this page.

    An explicit offset wins; a naive time is read in the profile's zone, else with
    the offset seen elsewhere on the page, else as UTC.
    """
    if stated.clock is None:
        return Moment(on=stated.day.isoformat())
    home = _zone(clock.zone)
    local, name = _local(stated, home, clock)
    instant = local.astimezone(UTC)
    shown = local.astimezone(home) if home is not None else local
    return Moment(
        on=shown.date().isoformat(),
        at=instant.strftime("%Y-%m-%dT%H:%M:%SZ"),
        zone=name,
        precision="second" if stated.seconds else "minute",
    )


def _zone(name: str | None) -> ZoneInfo | None:
    """Return the profile's zone; None if it is missing or unknown here."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _local(stated: Stated, home: ZoneInfo | None, clock: Clock) -> tuple[datetime, str]:
    """Return the local time with its zone, and the zone's name."""
    zone: tzinfo
    if stated.offset_minutes is not None:
        zone = timezone(timedelta(minutes=stated.offset_minutes))
        name = offset_name(stated.offset_minutes)
    elif home is not None:
        zone, name = home, home.key
    elif clock.seen_offset_minutes is not None:
        zone = timezone(timedelta(minutes=clock.seen_offset_minutes))
        name = offset_name(clock.seen_offset_minutes)
    else:
        zone, name = UTC, ASSUMED
    hour, minute, second = stated.clock or (0, 0, 0)
    day = stated.day
    naive = datetime(day.year, day.month, day.day, hour, minute, second)
    return naive.replace(tzinfo=zone), name


def offset_name(minutes: int) -> str:
    """Return an offset as ISO 8601 writes it, such as "+01:00"."""
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"

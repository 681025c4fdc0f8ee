"""Material and an instant in UTC in, the day that it is at the site out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import chain
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..structured import scripted
from . import datelines
from .around import Around
from .dates import Stated

_ZONES = {
    "at": "Europe/Vienna", "be": "Europe/Brussels", "bg": "Europe/Sofia",
    "ch": "Europe/Zurich", "cn": "Asia/Shanghai", "cz": "Europe/Prague",
    "de": "Europe/Berlin", "dk": "Europe/Copenhagen", "ee": "Europe/Tallinn",
    "fi": "Europe/Helsinki", "fr": "Europe/Paris", "gr": "Europe/Athens",
    "hk": "Asia/Hong_Kong", "hr": "Europe/Zagreb", "hu": "Europe/Budapest",
    "il": "Asia/Jerusalem", "in": "Asia/Kolkata", "it": "Europe/Rome",
    "jp": "Asia/Tokyo", "kr": "Asia/Seoul", "lt": "Europe/Vilnius",
    "lu": "Europe/Luxembourg", "lv": "Europe/Riga", "nl": "Europe/Amsterdam",
    "no": "Europe/Oslo", "nz": "Pacific/Auckland", "pl": "Europe/Warsaw",
    "ro": "Europe/Bucharest", "rs": "Europe/Belgrade", "se": "Europe/Stockholm",
    "sg": "Asia/Singapore", "si": "Europe/Ljubljana", "sk": "Europe/Bratislava",
    "th": "Asia/Bangkok", "tr": "Europe/Istanbul", "tw": "Asia/Taipei",
    "ua": "Europe/Kyiv", "uk": "Europe/London", "vn": "Asia/Ho_Chi_Minh",
    "za": "Africa/Johannesburg",
}  # fmt: skip
"""Top-level domains of countries with one zone for nearly all of their press."""


def local_day(
    around: Around, published: Stated, read: Callable[[str], Stated | None]
) -> date | None:
    """Return the day the site shows, where its scripts state the instant in UTC.

    Only a neighbouring day that some zone has at that instant is believed; a zone in
    the profile or an offset other than nought makes the question moot.

    Args:
        around: The page around its headline.
        published: What the scripts state.
        read: Reads a text's date as dates are read on this page.
    """
    if published.offset_minutes or published.clock is None or around.material.timezone:
        return None
    begun = _begun_day(around.material.host, published)
    return begun or _shown_day(around, published, read)


def _begun_day(host: str, published: Stated) -> date | None:
    """Return the day that begins at the instant in the site's country.

    Systems that let editors choose a day and no time state it as that midnight.
    """
    name = _ZONES.get(host.rsplit(".", 1)[-1])
    if name is None or published.clock is None or published.clock[2]:
        return None
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    day = published.day
    instant = datetime(day.year, day.month, day.day, *published.clock, tzinfo=UTC)
    there = instant.astimezone(zone)
    return there.date() if (there.hour, there.minute) == (0, 0) else None


def _shown_day(
    around: Around, published: Stated, read: Callable[[str], Stated | None]
) -> date | None:
    """Return the day that stands beside the headline, in the address or in scripts."""
    material, title = around.material, around.title
    shown = chain(
        datelines.properties(material, title, "datepublished"),
        datelines.shown(material, title),
        datelines.address_days(material),
    )
    for text in shown:
        other = read(text)
        if other is not None and other.offset_minutes is None:
            return other.day if _may_be(other, published) else None
        if other is not None and _is_same_instant(other, published):
            return other.day
    for text in around.written():
        other = read(text)
        if other is not None and other.clock and _may_be(other, published):
            return other.day
    for text in scripted.days(material):
        other = read(text)
        if other is not None:
            return other.day if _may_be(other, published) else None
    return None


def _is_same_instant(shown: Stated, stated: Stated) -> bool:
    """Whether a text states the instant in UTC with the site's own offset."""
    if not shown.offset_minutes:
        return False
    return _minutes(shown) - shown.offset_minutes == _minutes(stated)


def _minutes(stated: Stated) -> int:
    """Return the minutes from the beginning of the calendar, as stated."""
    hour, minute, _ = stated.clock or (0, 0, 0)
    return stated.day.toordinal() * 1440 + hour * 60 + minute


def _may_be(shown: Stated, stated: Stated) -> bool:
    """Whether a day shown is the local one, next to that of the instant in UTC."""
    hour = stated.clock[0] if stated.clock else 0
    days = (shown.day - stated.day).days
    if shown.clock is None:
        return (days == -1 and hour < 12) or (days == 1 and hour >= 10)
    minutes = _minutes(shown) - _minutes(stated)
    return days != 0 and -720 <= minutes <= 840 and minutes % 15 == 0

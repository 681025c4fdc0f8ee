"""Texts that state a date are read as a British reader would, or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from archive.records import Moment
from pipelines.extract.dates import Stated, parse
from pipelines.extract.moments import ASSUMED, Clock, moment


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("06/10/2025", date(2025, 10, 6)),
        ("10/25/2025", date(2025, 10, 25)),
        ("6.10.25", date(2025, 10, 6)),
        ("Published: Fri 20th Nov, 2026 | 5 min read", date(2026, 11, 20)),
        ("Nov. 20, 2026", date(2026, 11, 20)),
        ("20 de noviembre de 2026", date(2026, 11, 20)),
        ("2026年11月20日", date(2026, 11, 20)),
        ("20261120", date(2026, 11, 20)),
    ],
)
def test_day(text: str, day: date) -> None:
    """A written or numeric date is read day first unless only the other way fits."""
    stated = parse(text)
    assert stated is not None
    assert stated.day == day


def test_american_order() -> None:
    """Month first is read only where the page is known to be American."""
    stated = parse("06/10/2025", day_first=False)
    assert stated is not None
    assert stated.day == date(2025, 6, 10)


@pytest.mark.parametrize(
    ("text", "clock", "offset"),
    [
        ("2026-11-20T09:30:05.123Z", (9, 30, 5), 0),
        ("2026-11-20T09:30:00-08", (9, 30, 0), -480),
        ("2026-11-20 09:30", (9, 30, 0), None),
        ("Fri, 20 Nov 2026 09:30:00 EST", (9, 30, 0), -300),
        ("20 Nov 2026 9.30pm", (21, 30, 0), None),
        ("12:05am on 20 November 2026", (0, 5, 0), None),
        ("1795167000", (9, 30, 0), 0),
    ],
)
def test_clock(text: str, clock: tuple[int, int, int], offset: int | None) -> None:
    """The time beside a date is read with its offset where one is stated."""
    stated = parse(text)
    assert stated is not None
    assert (stated.clock, stated.offset_minutes) == (clock, offset)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-30",
        "30 February 2026",
        "2026-11-20T09:30:00+99:99",
        "2026-11-20T25:00:00Z",
        "0001-01-01T00:00:00Z",
        "1899-12-30",
        "99999999999999999999",
        "Invalid Date",
        "5 hours ago",
        "1/" * 5000,
    ],
)
def test_no_date(text: str) -> None:
    """A day or an offset that does not exist states nothing."""
    assert parse(text) is None


def stated(**changes: object) -> Stated:
    """Return a quarter past midnight on a day in July."""
    usual: dict[str, object] = {"day": date(2026, 7, 20), "clock": (0, 15, 0)}
    return Stated(**{**usual, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("zone", "seen", "expected"),
    [
        ("Europe/London", 0, ("2026-07-19T23:15:00Z", "Europe/London")),
        (None, 120, ("2026-07-19T22:15:00Z", "+02:00")),
        ("No/Where", None, ("2026-07-20T00:15:00Z", ASSUMED)),
        (None, None, ("2026-07-20T00:15:00Z", ASSUMED)),
    ],
)
def test_naive_time(
    zone: str | None, seen: int | None, expected: tuple[str, str]
) -> None:
    """A naive time is the profile's, else has the page's other offset, else is UTC."""
    found = moment(stated(), Clock(zone=zone, seen_offset_minutes=seen))
    assert (found.at, found.zone) == expected
    assert (found.on, found.precision) == ("2026-07-20", "minute")


def test_explicit_offset_wins_and_the_day_is_the_sites() -> None:
    """A stated offset fixes the instant; the day is that of the site's zone."""
    late = stated(clock=(23, 30, 0), offset_minutes=0, seconds=True)
    found = moment(late, Clock(zone="Europe/London", seen_offset_minutes=None))
    assert found == Moment(
        on="2026-07-21", at="2026-07-20T23:30:00Z", zone="+00:00", precision="second"
    )


def test_day_alone() -> None:
    """A date without a time becomes a day and no instant."""
    clock = Clock(zone="Europe/London", seen_offset_minutes=60)
    assert moment(stated(clock=None), clock) == Moment(on="2026-07-20")

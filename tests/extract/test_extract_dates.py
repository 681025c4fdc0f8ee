"""Texts that state a date are read as a British reader would, or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Moment
from pipelines.extract.dated.dates import Stated, parse
from pipelines.extract.dated.moments import ASSUMED, Clock, moment


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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Mittwoch, 4. Dez. 2024", date(2024, 12, 4)),
        ("le 1er août 2023", date(2023, 8, 1)),
        ("23 de setembro de 2022", date(2022, 9, 23)),
        ("3 stycznia 2025 r.", date(2025, 1, 3)),
        ("2020. gada 20. novembris", date(2020, 11, 20)),
        ("2024, 7 Hul", date(2024, 7, 7)),
        ("7 верес. 2021", date(2021, 9, 7)),
        ("14. unor 2022", date(2022, 2, 14)),
        ("9 تشرين الثاني 2021", date(2021, 11, 9)),
        ("24 نيسان / أبريل 2020", date(2020, 4, 24)),
        ("৩ ডিসেম্বর ২০২২", date(2022, 12, 3)),
        ("3 ก.ค. 2563", date(2020, 7, 3)),
        ("ngày 17 tháng 11 năm 2020", date(2020, 11, 17)),
        ("Tháng Mười Hai 29, 2013", date(2013, 12, 29)),
        ("May 042021", date(2021, 5, 4)),
        ("Tue Aug 04 12:00:00 2020", date(2020, 8, 4)),
        ("7 . 3 .2021", date(2021, 3, 7)),
        ("2021-берез-11", date(2021, 3, 11)),
        ("2021.03.11", date(2021, 3, 11)),
        ("令和2年8月17日", date(2020, 8, 17)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("民國109年8月17日", date(2020, 8, 17)),
        ("دوشنبه ۲ تير ۱۳۹۹", date(2020, 6, 22)),
        ("1 فروردین 1390", date(2011, 3, 21)),
        ("30 اسفند 1399", date(2021, 3, 20)),
        ("17 دی ماه ۱۴۰۲", date(2024, 1, 7)),
        ("ב-17 באוגוסט 2020", date(2020, 8, 17)),
        ("2020/13/01 and then 11/03/2021", date(2021, 3, 11)),
    ],
)
def test_day_in_many_languages(text: str, day: date) -> None:
    """A month may be named in any language of the list, in full, cut or without
    its accents, before, after or between day and year."""
    stated = parse(text)
    assert stated is not None
    assert stated.day == day


@pytest.mark.parametrize(
    ("text", "clock", "offset"),
    [
        ("3 March 2021 at noon", (12, 0, 0), None),
        ("3. März 2021, 18.05 Uhr", (18, 5, 0), None),
        ("3.3.2021 5.45 ip.", (17, 45, 0), None),
        ("2021年3月3日 下午5:07", (17, 7, 0), None),
        ("6:15 p.m. March 3, 2021", (18, 15, 0), None),
        ("3 Mar 2021 10:00:05 -0700", (10, 0, 5), -420),
        ("3 Mar 2021 10:00-11:30", (10, 0, 0), None),
        ("Wed Mar 3 2021 10:00:05 GMT+0800 (CST)", (10, 0, 5), 480),
        ("3 mars 2021 à 9 h", (9, 0, 0), None),
        ("2021030310:12", (10, 12, 0), None),
        ("20210303T101205+0900", (10, 12, 5), 540),
        ("2021-03-03 10:12 CET", (10, 12, 0), 60),
        ("3 Mar 2021 10:12 Z", (10, 12, 0), 0),
        ("3 Mar 2021 10:12 UTC+5", (10, 12, 0), 300),
        ("3 Mar 2021 10:12 +9900", (10, 12, 0), None),
        ("20210303T256000", None, None),
        ("3 Mar 2021 by 26:70", None, None),
    ],
)
def test_clock_in_many_forms(
    text: str, clock: tuple[int, int, int] | None, offset: int | None
) -> None:
    """The time beside a day is read as its language writes it; no clock, no time."""
    stated = parse(text)
    assert stated is not None
    assert (stated.clock, stated.offset_minutes) == (clock, offset)


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
        "20 Novembeer 202",
        "12 personen 2014",
        "20 November, 09:30",
        "30 Feb 2024",
        "2026-11-20" * 30,
        "99/99/9999",
        "2026-11-20T09:30 +1",
        "2026-11-20T09:30:99",
        "99/99/2020",
        "2020/99/99",
        "31 Feb 2020",
        "令和2年13月7日",
        "30 اسفند 1400",
        "1 دی 2020",
        "20200817T100500+9900",
    ],
)
def test_no_date(text: str) -> None:
    """A day or an offset that does not exist states nothing."""
    assert parse(text) is None


@given(
    st.text(
        alphabet="0123456789 :.-/,年月日時年TZ+pmNovMayмаяเดือน’\u0661²", max_size=60
    )
)
def test_parse_never_raises(text: str) -> None:
    """Any text states a day of this age or none, and never an exception."""
    found = parse(text)
    assert found is None or 1971 <= found.day.year <= 2100


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

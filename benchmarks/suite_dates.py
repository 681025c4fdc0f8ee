"""In: texts and pages with a date; out: whether we, and the libraries, read it rightly.

Texts: day and time as stated, to the second; with an offset in UTC, of a known zone in
UTC, any other as it stands. A day without a time equals midnight. Nothing may be read
from a text for which nothing is expected. Pages: the day of publication.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

from extraction import Unknown, page_of
from suites import Case, Verdict, page_bytes, rows

from pipelines.extract import extract
from pipelines.extract.dated.moments import Clock, moment
from pipelines.extract.dated.published import LATEST_AFTER_FETCH, Reader
from pipelines.extract.decode import decode

FETCHED_ON = date(2026, 11, 23)
"""The day on which the cases were fetched, as their texts state."""


def string_cases(folder: Path) -> Iterator[Case]:
    """Yield the texts that state a date or none."""
    return rows(folder / "dates" / "strings.jsonl")


def strings_ours(case: Case) -> Verdict:
    """Whether we read a text's date rightly."""
    reader = Reader(day_first=True, latest=FETCHED_ON + LATEST_AFTER_FETCH)
    stated = reader.read(case["text"])
    if stated is None or case["expected"] is None:
        return stated is None and case["expected"] is None
    zone = case.get("tz") or case.get("assume_tz")
    told = moment(stated, Clock(zone=zone, seen_offset_minutes=None))
    if told.at is None:
        return _equal(case["expected"], told.on, None)
    return _equal(case["expected"], told.on, datetime.fromisoformat(told.at))


def strings_theirs(case: Case) -> Verdict:
    """Whether dateparser reads a text's date rightly, told the order and the zone."""
    zone = case.get("tz") or case.get("assume_tz") or "UTC"
    settings = {"DATE_ORDER": "DMY", "PREFER_LOCALE_DATE_ORDER": False}
    found = import_module("dateparser").parse(case["text"], settings=settings)
    if found is None or case["expected"] is None:
        return found is None and case["expected"] is None
    if found.tzinfo is None:
        found = found.replace(tzinfo=ZoneInfo(zone))
    return _equal(case["expected"], found.date().isoformat(), found)


def _equal(expected: str, day: str, at: datetime | None) -> bool:
    """Whether a day, or an instant in UTC, is the expected one, to the second."""
    if len(expected) == 10:
        return day == expected
    want = datetime.fromisoformat(expected)
    want = (want if want.tzinfo else want.replace(tzinfo=UTC)).replace(microsecond=0)
    if at is None:
        return day == want.date().isoformat() and want.time().isoformat() == "00:00:00"
    gap = abs(at.astimezone(UTC).replace(microsecond=0) - want)
    return gap == timedelta(0) or (gap == timedelta(seconds=1) and want.second == 0)


def html_cases(folder: Path) -> Iterator[Case]:
    """Yield the pages whose day of publication is known."""
    found = rows(folder / "dates" / "html.jsonl")
    return (case for case in found if isinstance(case["date"], str))


def html_ours(case: Case) -> Verdict:
    """Whether we find a page's day of publication."""
    article = extract(page_of(page_bytes(case), case["url"]), Unknown())
    moment = article.published if article else None
    return moment is not None and moment.on == case["date"]


def html_theirs(case: Case) -> Verdict:
    """Whether htmldate finds a page's day of publication."""
    from htmldate import find_date

    text = decode(page_bytes(case), None)
    found = find_date(text, original_date=True, extensive_search=True, url=case["url"])
    return bool(found == case["date"])

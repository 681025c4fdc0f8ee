"""Ages and failures go in; when an address is looked at again comes out."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.due import (
    FAILED_MOST,
    STEPS,
    Habit,
    article_due,
    failed_due,
    iso,
    parse,
    rejected_due,
)

BORN = "2026-03-01T09:00:00Z"
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)).map(
    lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ")
)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-01T09:00:00Z", "2026-03-01T10:00:00Z"),
        ("2026-03-01T09:20:00Z", "2026-03-01T10:00:00Z"),
        ("2026-03-01T09:40:00Z", "2026-03-01T15:00:00Z"),
        ("2026-03-01T16:00:00Z", "2026-03-02T09:00:00Z"),
        ("2026-03-03T09:00:00Z", "2026-03-04T09:00:00Z"),
        ("2026-08-01T09:00:00Z", "2026-08-28T09:00:00Z"),
        ("2027-03-01T09:00:00Z", "2027-08-28T09:00:00Z"),
    ],
)
def test_articles_are_looked_at_at_growing_ages(now: str, expected: str) -> None:
    """A fresh article is due within the hour, an old one twice a year."""
    assert article_due(born_at=BORN, now=now) == expected


@given(born=INSTANTS, now=INSTANTS)
def test_the_next_look_always_lies_ahead(born: str, now: str) -> None:
    """Whatever a page states as its date, it is due later, within the longest step."""
    due = parse(article_due(born_at=born, now=now))
    assert timedelta(0) < due - parse(now) <= STEPS[-1]


@given(born=INSTANTS)
def test_an_article_is_fetched_a_dozen_times_in_two_years(born: str) -> None:
    """Fetching whenever it is due takes each step once and then two a year."""
    looks, now = 0, born
    while parse(now) < parse(born) + timedelta(days=730):
        now = article_due(born_at=born, now=now)
        looks += 1
    assert looks <= 12


def test_a_day_counts_from_its_start() -> None:
    """Where only the day of publication is known it is taken as midnight UTC."""
    assert article_due(born_at="2026-03-01", now=BORN) == "2026-03-02T00:00:00Z"
    assert iso(parse("2026-03-01T01:00:00+01:00")) == "2026-03-01T00:00:00Z"


def test_rejected_pages_wait_a_week() -> None:
    """A page that is no article is looked at again after a week."""
    assert rejected_due(BORN) == "2026-03-08T09:00:00Z"


@pytest.mark.parametrize(
    ("failures", "hours"), [(1, 1), (2, 2), (3, 4), (6, 32), (10, 512)]
)
def test_failures_wait_twice_as_long_each_time(failures: int, hours: int) -> None:
    """The wait doubles from an hour with every failure in a row."""
    assert parse(failed_due(BORN, failures)) - parse(BORN) == timedelta(hours=hours)


@pytest.mark.parametrize("failures", [11, 13, 100, 10**9])
def test_no_failure_waits_longer_than_a_month(failures: int) -> None:
    """However often an address has failed, it is tried again within thirty days."""
    assert parse(failed_due(BORN, failures)) - parse(BORN) == FAILED_MOST


def test_an_edited_article_comes_round_again_sooner() -> None:
    """A month after publication an edit is followed by looks of its own."""
    now = "2026-04-01T09:00:00Z"
    assert article_due(born_at=BORN, now=now) == "2026-08-28T09:00:00Z"
    assert article_due(born_at=BORN, now=now, edited_at=now) == "2026-04-02T09:00:00Z"


@given(born=INSTANTS, now=INSTANTS, edited=INSTANTS)
def test_an_edit_never_puts_a_look_off(born: str, now: str, edited: str) -> None:
    """It lies ahead, and no later than without the edit."""
    without = article_due(born_at=born, now=now)
    assert now < article_due(born_at=born, now=now, edited_at=edited) <= without


def test_an_article_that_changes_at_every_look_is_not_fetched_hourly() -> None:
    """However often it changes, looks grow rarer as it grows old."""
    looks, now = 0, BORN
    while parse(now) < parse(BORN) + timedelta(days=365):
        now = article_due(born_at=BORN, now=now, edited_at=now)
        looks += 1
    assert looks < 200


def test_a_site_that_never_edits_is_looked_at_less() -> None:
    """After a hundred looks without an edit, a day and a week are enough."""
    quiet = Habit(looks=500, edits=0)
    assert article_due(born_at=BORN, now=BORN, habit=quiet) == "2026-03-02T09:00:00Z"
    few = Habit(looks=50, edits=0)
    assert article_due(born_at=BORN, now=BORN, habit=few) == "2026-03-01T10:00:00Z"


def test_a_site_that_edits_much_is_looked_at_more() -> None:
    """One edit in ten looks brings looks half-way between the others."""
    now = "2026-03-02T09:00:00Z"
    busy = Habit(looks=500, edits=50)
    assert article_due(born_at=BORN, now=now) == "2026-03-04T09:00:00Z"
    assert article_due(born_at=BORN, now=now, habit=busy) == "2026-03-03T09:00:00Z"

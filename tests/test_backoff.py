"""Servers that ask for patience get it; those that ask for too much are let go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from crawling import crawl_site, crawl_url, outcomes, profile_of
from press import Asked, Reply, article, feed, once, press

from crawler.middlewares.backoff import retry_after_seconds

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        (" 120 ", 120.0),
        ("999999999999999999", 999_999_999.0),
        ("Mon, 02 Mar 2026 12:00:30 GMT", 30.0),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0.0),
        ("Mon, 02 Mar 2026 13:00:30 +0100", 30.0),
        ("Mon, 02 Mar 2026 12:00:30", 30.0),
    ],
)
def test_seconds_and_dates_are_read(header: str, seconds: float) -> None:
    """Both forms of RFC 9110 give the seconds to wait, never less than none."""
    assert retry_after_seconds(header, now=NOW) == seconds


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "banana",
        "-5",
        "1.5",
        "1e3",
        "٣",
        "Mon, 99 Foo 2026",
        "Mon, 02 Mar 2026 12:00:30 +99999999999999",
        "Mon, 02 Mar 99999 12:00:30 GMT",
    ],
)
def test_senseless_headers_give_nothing(header: str | None) -> None:
    """What is neither a number of seconds nor a date is passed over."""
    assert retry_after_seconds(header, now=NOW) is None


def patience(value: str, status: int = 429) -> Reply:
    """An answer that asks for a pause."""
    return Reply(status=status, headers=(("Retry-After", value),))


@pytest.mark.parametrize("status", [429, 503])
def test_pause_is_kept_and_the_page_then_stored(tmp_path: Path, status: int) -> None:
    """The same page is asked for again, after the seconds that the server named."""
    with press({"/a": once(patience("1", status), article(1))}) as site:
        tally = crawl_url(tmp_path / "a.db", site.url("/a"), site.allowed)
    times = [one.at for one in site.asked if one.path == "/a"]
    assert tally.stored == 1
    assert times[1] - times[0] >= 0.99


def test_pause_until_a_date_is_kept(tmp_path: Path) -> None:
    """A date as Retry-After is waited for."""
    ends: list[datetime] = []

    def answer(asked: Asked) -> Reply:
        if ends:
            return article(1)
        ends.append(datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=2))
        return patience(format_datetime(ends[0], usegmt=True))

    with press({"/a": answer}) as site:
        crawl_url(tmp_path / "a.db", site.url("/a"), site.allowed)
    times = [one.at for one in site.asked if one.path == "/a"]
    assert len(times) == 2
    assert times[1] - times[0] >= 0.99


def test_whole_host_is_left_alone_meanwhile(tmp_path: Path) -> None:
    """No other page of the host is asked for while it asked for a pause."""
    with press({f"/{n}": article(n) for n in range(1, 12)}) as site:
        site.pages["/0"] = once(patience("1"), article(20))
        site.pages["/feed"] = feed(*(site.url(f"/{n}") for n in range(12)))
        profile = profile_of(site.url(), feeds=(site.url("/feed"),), delay_seconds=0.05)
        tally = crawl_site(tmp_path / "a.db", profile, site.allowed)
    start = next(one.at for one in site.asked if one.path == "/0")
    # What was under way when the server asked for the pause may still come in.
    during = [one for one in site.asked if 0.2 < one.at - start < 0.99]
    assert during == []
    assert tally.stored == 12


@pytest.mark.parametrize("value", ["3600", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_pause_that_is_too_long_is_refused_with_a_reason(
    tmp_path: Path, value: str
) -> None:
    """A server that asks for hours is not asked again in this crawl."""
    with press({"/a": patience(value)}) as site:
        crawl_url(tmp_path / "a.db", site.url("/a"), site.allowed)
    assert site.paths().count("/a") == 1
    reason = outcomes(tmp_path / "a.db")["/a"]
    assert reason.startswith("failed: the server asked for a pause of ")


def test_senseless_pause_is_a_short_one(tmp_path: Path) -> None:
    """A header that says nothing leads to retries a second apart and more."""
    with press({"/a": once(patience("banana"), article(1))}) as site:
        crawl_url(tmp_path / "a.db", site.url("/a"), site.allowed)
    times = [one.at for one in site.asked if one.path == "/a"]
    assert times[1] - times[0] >= 0.99


def test_retries_end(tmp_path: Path) -> None:
    """A page that never works is tried three times and recorded with its status."""
    with press({"/a": Reply(status=500)}) as site:
        crawl_url(tmp_path / "a.db", site.url("/a"), site.allowed)
    assert site.paths().count("/a") == 3
    assert outcomes(tmp_path / "a.db")["/a"] == "failed: HTTP 500"


def test_client_errors_are_not_tried_again(tmp_path: Path) -> None:
    """404 and 403 are answers, not accidents."""
    with press({"/a": Reply(status=403)}) as site:
        crawl_url(tmp_path / "a.db", site.url("/a"), site.allowed)
    assert site.paths().count("/a") == 1
    assert outcomes(tmp_path / "a.db")["/a"] == "failed: HTTP 403"

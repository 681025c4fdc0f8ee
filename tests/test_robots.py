"""robots.txt is obeyed as RFC 9309 has it, and its Crawl-delay is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from crawling import crawl_site, crawl_url, last_crawl, outcomes, profile_of
from press import Answer, Reply, article, feed, links, once, press, redirect, robots

FORBIDDEN = "disallowed: forbidden by robots.txt"


def crawled(tmp_path: Path, answer: Answer, **pages: Answer) -> dict[str, str]:
    """Crawl a page /a behind a robots.txt; return what became of each address."""
    with press({"/a": article(1), "/robots.txt": answer, **pages}) as site:
        crawl_url(tmp_path / "a.db", site.url("/a"), site.allowed)
        asked = site.paths()
    found = outcomes(tmp_path / "a.db")
    assert ("/a" in asked) == (found["/a"] == "stored")
    return found


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: *\nDisallow: /a\n",
        "User-agent: Cuttings\nDisallow: /\n\nUser-agent: *\nAllow: /\n",
        "user-agent: cuttings\ndisallow: /a",
        "\ufeffUser-agent: *\rDisallow: /a\r",
        "User-agent: *\r\nDisallow: /a\r\n",
        "User-agent: *\nDisallow: /*a$\n",
        "User-agent: *\nDisallow: /a\n" + "# filler\n" * 100_000,
    ],
)
def test_forbidden_page_is_not_fetched(tmp_path: Path, text: str) -> None:
    """A rule counts whatever its line ends, byte order mark, case or file's size."""
    assert crawled(tmp_path, robots(text))["/a"] == FORBIDDEN


@pytest.mark.parametrize(
    "text", ["", "User-agent: Other\nDisallow: /\n", "User-agent: *\nDisallow: /b\n"]
)
def test_allowed_page_is_fetched(tmp_path: Path, text: str) -> None:
    """Rules for others and for other paths do not matter."""
    assert crawled(tmp_path, robots(text))["/a"] == "stored"


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_missing_file_allows_everything(tmp_path: Path, status: int) -> None:
    """An answer of 4xx means that there are no rules (RFC 9309, 2.3.1.3)."""
    page = Reply(status=status, body="User-agent: *\nDisallow: /\n")
    assert crawled(tmp_path, page)["/a"] == "stored"


def test_server_error_forbids_everything(tmp_path: Path) -> None:
    """5xx means that the rules are unknown, so nothing is fetched (2.3.1.4)."""
    found = crawled(tmp_path, Reply(status=500))
    assert found["/a"] == "failed: robots.txt could not be read: HTTP 500"


def test_passing_error_of_the_server_is_tried_again(tmp_path: Path) -> None:
    """One 500 followed by rules: the rules count."""
    answer = once(Reply(status=500), robots("User-agent: *\nAllow: /\n"))
    assert crawled(tmp_path, answer)["/a"] == "stored"


def test_silent_server_forbids_everything(tmp_path: Path) -> None:
    """A file that never comes is unreadable; the reason tells so."""
    with press({"/a": article(1), "/robots.txt": Reply(hangs=2.0)}) as site:
        short = {"DOWNLOAD_TIMEOUT": 0.2, "RETRY_TIMES": 0}
        crawl_url(tmp_path / "a.db", site.url("/a"), site.allowed, settings=short)
    found = outcomes(tmp_path / "a.db")["/a"]
    assert found.startswith("failed: robots.txt could not be read: ")
    assert site.paths() == []


def test_server_that_is_down_is_a_failure_with_a_reason(tmp_path: Path) -> None:
    """Where nobody listens the page counts as failed, not as forbidden; it says why."""
    with press() as site:
        url, allowed = site.url("/a"), site.allowed
    tally = crawl_url(tmp_path / "a.db", url, allowed, settings={"RETRY_TIMES": 0})
    assert (tally.state, tally.errors) == ("failed", 1)
    found = outcomes(tmp_path / "a.db")["/a"]
    assert found.startswith("failed: robots.txt could not be read: ")


def test_redirected_file_is_followed(tmp_path: Path) -> None:
    """The rules behind a redirect count."""
    rules = robots("User-agent: *\nDisallow: /a\n")
    found = crawled(tmp_path, redirect("/rules.txt"), **{"/rules.txt": rules})
    assert found["/a"] == FORBIDDEN


def test_endless_redirects_of_the_file_end(tmp_path: Path) -> None:
    """A file that redirects to itself counts as unreadable."""
    found = crawled(tmp_path, redirect("/robots.txt"))
    assert "robots.txt could not be read" in found["/a"]


def test_file_is_read_once_a_crawl(tmp_path: Path) -> None:
    """However many pages are asked for, robots.txt is asked for once."""
    with press({"/": links("/a", "/b"), "/a": article(1), "/b": article(2)}) as site:
        crawl_url(tmp_path / "a.db", site.url(), site.allowed)
    assert [one.path for one in site.asked].count("/robots.txt") == 1


def is_slowed(gaps: list[float], delay_seconds: float) -> bool:
    """Whether a delay was kept, seen from the server.

    A single arrival may come late and shorten the gap behind it; half of the whole
    time cannot be had without a delay.
    """
    return sum(gaps) >= 0.5 * delay_seconds * len(gaps)


def test_crawl_delay_is_kept(tmp_path: Path) -> None:
    """No two requests are closer together than robots.txt asks for."""
    with press({"/robots.txt": robots("User-agent: *\nCrawl-delay: 0.3\n")}) as site:
        site.pages |= {f"/{n}": article(n) for n in range(4)}
        site.pages["/feed"] = feed(*(site.url(f"/{n}") for n in range(4)))
        profile = profile_of(site.url(), feeds=(site.url("/feed"),))
        tally = crawl_site(tmp_path / "a.db", profile, site.allowed)
    assert tally.stored == 4
    assert is_slowed(site.gaps(), 0.3)


def test_throttle_stays_above_the_crawl_delay(tmp_path: Path) -> None:
    """AutoThrottle, which lowers delays for fast answers, keeps the stated one."""
    with press({"/robots.txt": robots("User-agent: *\nCrawl-delay: 0.3\n")}) as site:
        site.pages |= {f"/{n}": article(n) for n in range(4)}
        site.pages["/feed"] = feed(*(site.url(f"/{n}") for n in range(4)))
        profile = profile_of(site.url(), feeds=(site.url("/feed"),), delay_seconds=0.05)
        crawl_site(tmp_path / "a.db", profile, site.allowed)
    assert is_slowed(site.gaps(), 0.3)


def test_longer_delay_of_the_profile_wins(tmp_path: Path) -> None:
    """The profile's delay is the least, also where robots.txt asks for less."""
    with press({"/robots.txt": robots("User-agent: *\nCrawl-delay: 0.05\n")}) as site:
        site.pages |= {f"/{n}": article(n) for n in range(3)}
        site.pages["/feed"] = feed(*(site.url(f"/{n}") for n in range(3)))
        profile = profile_of(site.url(), feeds=(site.url("/feed"),), delay_seconds=0.3)
        crawl_site(tmp_path / "a.db", profile, site.allowed)
    assert is_slowed(site.gaps(), 0.3)


@pytest.mark.parametrize("delay", ["121", "86400", "1e300"])
def test_delay_that_no_crawl_could_keep_is_a_refusal(
    tmp_path: Path, delay: str
) -> None:
    """A site that asks for hours between requests is not crawled, and says so."""
    found = crawled(tmp_path, robots(f"User-agent: *\nCrawl-delay: {delay}\n"))
    assert found["/a"].startswith("disallowed: robots.txt asks for ")


@pytest.mark.parametrize("delay", ["-1", "soon", "nan", "inf", ""])
def test_senseless_delay_is_passed_over(tmp_path: Path, delay: str) -> None:
    """A Crawl-delay that is no length of time changes nothing."""
    rules = robots(f"User-agent: *\nCrawl-delay: {delay}\n")
    assert crawled(tmp_path, rules)["/a"] == "stored"


def test_forbidden_route_is_told(tmp_path: Path) -> None:
    """A route that robots.txt forbids is a problem with its reason."""
    with press({"/robots.txt": robots("User-agent: *\nDisallow: /feed\n")}) as site:
        profile = profile_of(site.url(), feeds=(site.url("/feed"),))
        tally = crawl_site(tmp_path / "a.db", profile, site.allowed)
    assert (tally.state, last_crawl(tmp_path / "a.db")["finish"]) == (
        "failed",
        "failed",
    )
    problem = f"{site.url('/feed')}: forbidden by robots.txt"
    assert last_crawl(tmp_path / "a.db")["problems"] == [problem]

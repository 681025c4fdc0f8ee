"""What a route no longer names is told from what moved on, and looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pytest
from crawling import crawl_site, last_crawl, profile_of, rows
from press import Answer, Press, Reply, article, feed, links, press, redirect, sitemap

from crawler.vanished import FEW, FEW_OF, Reading, vanished

Kind = Literal["feed", "sitemap"]


def reading(before: str, now: str, kind: Kind = "feed") -> Reading:
    """A route whose entries are letters."""
    return Reading(kind=kind, named=dict.fromkeys(now), before=list(before))


@pytest.mark.parametrize(
    ("before", "now", "lost"),
    [
        ("abcd", "abcd", ""),
        ("abcd", "xyab", ""),  # the oldest fall off the end
        ("abcd", "xacd", "b"),
        ("abcd", "bcd", "a"),  # the newest was withdrawn
        ("abcd", "dcba", ""),
        ("abcd", "wxyz", ""),  # all are new: nothing can be told
        ("", "ab", ""),
        ("abcd", "", ""),
        ("abcd", "xad", "bc"),
        ("abcdeP", "xyzabP", ""),  # a box at the foot stands while the oldest go
    ],
)
def test_what_stood_above_something_that_is_still_there(
    before: str, now: str, lost: str
) -> None:
    """In a list of the newest, only what is missing above what stayed has vanished."""
    assert vanished([reading(before, now)]) == list(lost)


def numbers(start: int, end: int) -> list[str]:
    """Addresses in a row."""
    return [f"/{number}" for number in range(start, end)]


def mapped(before: Sequence[str], now: Sequence[str]) -> Reading:
    """A sitemap as it was and is."""
    return Reading(kind="sitemap", named=dict.fromkeys(now), before=list(before))


def test_sitemap_may_lose_a_few_anywhere() -> None:
    """A sitemap has no order to rely on: what is missing at its ends has vanished."""
    before = numbers(0, 60)
    assert vanished([mapped(before, before[1:-1])]) == ["/0", "/59"]


def test_sitemap_that_moves_on_loses_nothing() -> None:
    """A map of the newest only, in either order, is not looked at again in whole."""
    more = max(FEW, 100 // FEW_OF) + 1
    before = numbers(0, 100)
    assert vanished([mapped(before, before[more:] + numbers(100, 110))]) == []
    assert vanished([mapped(before[::-1], before[:more:-1])]) == []


def test_sitemap_that_moves_on_tells_of_gaps() -> None:
    """What is missing between addresses that stayed has vanished all the same."""
    before = numbers(0, 100)
    now = [url for url in before[20:] if url != "/50"]
    assert vanished([mapped(before, now)]) == ["/50"]


def test_what_another_route_names_has_not_vanished() -> None:
    """An article that went from one section to another is where it was."""
    assert vanished([reading("abc", "ac"), reading("", "b")]) == []
    assert vanished([reading("abc", "ac"), reading("", "d")]) == ["b"]


def tells(db: Path, path: str) -> list[tuple[str, str]]:
    """State and evidence of the article at a path."""
    return rows(
        db,
        "SELECT s.state, s.evidence FROM states s"
        " JOIN articles a ON a.id = s.article_id"
        f" WHERE a.url LIKE '%{path}' ORDER BY s.id",
    )


def site_of(kind: str, site: Press, *paths: str) -> None:
    """Let a site's route name these paths."""
    addresses = [site.url(path) for path in paths]
    answer: dict[str, Answer] = {
        "sitemaps": sitemap(*addresses),
        "feeds": feed(*addresses),
        "sections": links(*paths),
    }
    site.pages["/route"] = answer[kind]


PAGES = {f"/news/{n}": article(n) for n in range(1, 7)}


@pytest.mark.parametrize("kind", ["sitemaps", "feeds", "sections"])
@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Reply(status=404), "gone"),
        (Reply(status=410), "gone"),
        (redirect("/"), "gone"),
    ],
)
def test_takedown_is_seen_in_the_next_crawl(
    tmp_path: Path, kind: str, answer: Reply, state: str
) -> None:
    """An article that its route no longer names is gone at once, its text kept."""
    db = tmp_path / "a.db"
    with press({**PAGES, "/": links()}) as site:
        profile = profile_of(site.url(), **{kind: (site.url("/route"),)})
        site_of(kind, site, *PAGES)
        crawl_site(db, profile, site.allowed)
        site.pages["/news/3"] = answer
        site_of(kind, site, *(path for path in PAGES if path != "/news/3"))
        site.asked.clear()
        crawl_site(db, profile, site.allowed)
        asked = [path for path in site.paths() if path.startswith("/news/")]
    assert asked == ["/news/3"]
    assert [told for told, _ in tells(db, "/news/3")] == [state]
    assert rows(db, "SELECT count(*) FROM full_articles WHERE text <> ''") == [(6,)]


def test_what_vanished_and_is_there_is_looked_at_once(tmp_path: Path) -> None:
    """An article that only left its route stays here, and costs one request."""
    db = tmp_path / "a.db"
    with press(dict(PAGES)) as site:
        profile = profile_of(site.url(), feeds=(site.url("/route"),))
        site_of("feeds", site, *PAGES)
        crawl_site(db, profile, site.allowed)
        site_of("feeds", site, *(path for path in PAGES if path != "/news/2"))
        crawl_site(db, profile, site.allowed)
        site.asked.clear()
        crawl_site(db, profile, site.allowed)
        assert site.paths() == ["/route"]
    assert rows(db, "SELECT * FROM states") == []


def test_crawl_that_was_incomplete_forgets_nothing(tmp_path: Path) -> None:
    """What vanished while another route failed is looked at by the next whole crawl."""
    db = tmp_path / "a.db"
    with press(dict(PAGES)) as site:
        routes = {"feeds": (site.url("/route"),), "sitemaps": (site.url("/map"),)}
        profile = profile_of(site.url(), **routes)
        site.pages["/map"] = sitemap()
        site_of("feeds", site, *PAGES)
        crawl_site(db, profile, site.allowed)
        site_of("feeds", site, *(path for path in PAGES if path != "/news/2"))
        site.pages["/map"] = Reply(status=500)
        no_retry = {"RETRY_TIMES": 0}
        crawl_site(db, profile, site.allowed, settings=no_retry)
        site.pages["/map"] = sitemap()
        site.pages["/news/2"] = Reply(status=404)
        crawl_site(db, profile, site.allowed, settings=no_retry)
    assert last_crawl(db)["problems"] == []
    assert [told for told, _ in tells(db, "/news/2")] == ["gone"]

"""Whole crawls: each address once, nothing twice, no fault that stops the others."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from pathlib import Path

import pytest
from crawling import (
    change,
    crawl,
    crawl_site,
    headlines,
    last_crawl,
    make_due,
    outcomes,
    profile_of,
    rows,
)
from press import (
    Answer,
    Reply,
    article,
    feed,
    links,
    once,
    press,
    redirect,
    sitemap,
    sitemap_index,
)

from archive.records import Seen
from cli.plan import Plan
from crawler.frontier import MOST_HINTS, Frontier, Target, is_due
from crawler.items import Hint
from crawler.routes import MOST_ROUTE_PAGES
from crawler.settings import ITEM_PIPELINES


def test_user_agent_names_product_and_contact(tmp_path: Path) -> None:
    """Every request says who asks and how to reach them, robots.txt included."""
    with press({"/a": article(1)}) as site:
        site.pages["/feed"] = feed(site.url("/a"))
        plan = Plan(
            db=tmp_path / "a.db",
            profiles=(profile_of(site.url(), feeds=(site.url("/feed"),)),),
            allow_private=(site.allowed,),
            contact="desk@archive.example",
        )
        crawl(plan)
    agents = {one.headers["user-agent"] for one in site.asked}
    assert agents == {"Cuttings/0.1 (press archive; +desk@archive.example)"}
    assert all("referer" not in one.headers for one in site.asked)


def test_changed_lastmod_makes_a_page_due(tmp_path: Path) -> None:
    """A sitemap that states a later change has the page fetched again, once."""
    with press({"/a": article(1)}) as site:
        site.pages["/map"] = sitemap(site.url("/a"))
        profile = profile_of(site.url(), sitemaps=(site.url("/map"),))
        crawl_site(tmp_path / "a.db", profile, site.allowed)
        crawl_site(tmp_path / "a.db", profile, site.allowed)
        assert site.paths().count("/a") == 1
        site.pages["/a"] = article(1, extra="<footer>New</footer>")
        site.pages["/map"] = sitemap(site.url("/a"), lastmod="2026-02-01T00:00:00Z")
        change(tmp_path / "a.db", "UPDATE urls SET fetched_at = '2026-01-15T00:00:00Z'")
        crawl_site(tmp_path / "a.db", profile, site.allowed)
        crawl_site(tmp_path / "a.db", profile, site.allowed)
    assert site.paths().count("/a") == 2
    assert rows(tmp_path / "a.db", "SELECT count(*) FROM revisions") == [(1,)]


@pytest.mark.parametrize(
    ("change_stated", "due"),
    [
        ("2026-03-02T10:00:01Z", True),
        ("2026-03-02T10:00:00Z", False),
        ("2026-03-02T11:30:00+02:00", False),
        ("2026-03-04T00:00:01Z", False),
        ("2026-03-03", True),
        ("2026-03-05", False),
        ("2026-03-02", False),
        ("soon", False),
    ],
)
def test_stated_changes_are_held_against_the_fetch(
    change_stated: str, due: bool
) -> None:
    """An instant counts when it is later, a bare day from the next day on."""
    seen = Seen(
        url="http://x.example/a",
        outcome="stored",
        fetched_at="2026-03-02T10:00:00Z",
        due_at=None,
        etag=None,
        last_modified=None,
    )
    hint = Hint(route="sitemap", source="s", updated=change_stated)
    target = Target(url=seen.url, hints=[hint])
    assert is_due(seen, target, now="2026-03-04T00:00:00Z") is due


@pytest.mark.parametrize(
    ("change_stated", "due"),
    [
        ("2026-03-01T09:00:01Z", True),
        ("2026-03-01T09:00:00Z", False),
        ("2026-02-28T09:00:00Z", False),
        ("2026-03-04T00:00:01Z", False),
        ("2026-03-01", False),
        ("soon", False),
    ],
)
def test_stated_changes_are_held_against_what_was_stated(
    change_stated: str, due: bool
) -> None:
    """A later one than at the last fetch counts, though it is dated before that."""
    seen = Seen(
        url="http://x.example/a",
        outcome="stored",
        fetched_at="2026-03-02T10:00:00Z",
        due_at=None,
        etag=None,
        last_modified=None,
        stated_at="2026-03-01T09:00:00Z",
    )
    hint = Hint(route="sitemap", source="s", updated=change_stated)
    target = Target(url=seen.url, hints=[hint])
    assert is_due(seen, target, now="2026-03-04T00:00:00Z") is due


def test_an_edit_dated_before_the_last_crawl_is_fetched_once(tmp_path: Path) -> None:
    """What goes online today with yesterday's date is news, and only once."""
    first, edit = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"
    with press({"/a": article(1)}) as site:
        site.pages["/map"] = sitemap(site.url("/a"), lastmod=first)
        profile = profile_of(site.url(), sitemaps=(site.url("/map"),))
        crawl_site(tmp_path / "a.db", profile, site.allowed)
        site.pages["/map"] = sitemap(site.url("/a"), lastmod=edit)
        for _ in range(3):
            crawl_site(tmp_path / "a.db", profile, site.allowed)
    assert site.paths().count("/a") == 2


def test_routes_are_asked_conditionally_once_all_is_fetched(tmp_path: Path) -> None:
    """A feed's ETag is sent back, and its 304 is a complete answer."""
    with press({"/a": article(1)}) as site:
        whole = feed(site.url("/a"))
        tagged = Reply(
            body=whole.body, content_type=whole.content_type, headers=(("ETag", '"f"'),)
        )
        site.pages["/feed"] = once(tagged, Reply(status=304))
        profile = profile_of(site.url(), feeds=(site.url("/feed"),))
        crawl_site(tmp_path / "a.db", profile, site.allowed)
        tally = crawl_site(tmp_path / "a.db", profile, site.allowed)
    asked = [
        one.headers.get("if-none-match") for one in site.asked if "feed" in one.path
    ]
    assert asked == [None, '"f"']
    assert tally.state == "finished"
    assert last_crawl(tmp_path / "a.db")["problems"] == []


def test_unfinished_crawl_asks_its_routes_in_full_again(tmp_path: Path) -> None:
    """What a page limit left over is found again: the feed is not answered by 304."""
    with press({f"/{n}": article(n) for n in range(4)}) as site:
        whole = feed(*(site.url(f"/{n}") for n in range(4)))
        site.pages["/feed"] = Reply(
            body=whole.body, content_type=whole.content_type, headers=(("ETag", '"f"'),)
        )
        profile = profile_of(site.url(), feeds=(site.url("/feed"),), max_pages=3)
        crawl_site(tmp_path / "a.db", profile, site.allowed)
        assert last_crawl(tmp_path / "a.db")["left_over"] == 1
        crawl_site(tmp_path / "a.db", profile, site.allowed)
    assert len(headlines(tmp_path / "a.db")) == 4
    assert all("if-none-match" not in one.headers for one in site.asked)


def test_redirected_page_is_not_fetched_again_under_its_target(tmp_path: Path) -> None:
    """Once a redirect has brought a page, the address it led to is known."""
    with press({"/old": redirect("/new"), "/new": article(1)}) as site:
        site.pages["/feed"] = feed(site.url("/old"))
        site.pages["/map"] = sitemap(*(site.url(p) for p in ("/old", "/new")))
        profile = profile_of(
            site.url(),
            feeds=(site.url("/feed"),),
            sitemaps=(site.url("/map"),),
            delay_seconds=0.15,
        )
        one_by_one = {"CONCURRENT_REQUESTS": 1}
        tally = crawl_site(
            tmp_path / "a.db", profile, site.allowed, settings=one_by_one
        )
    assert site.paths().count("/new") == 1
    assert (tally.stored, tally.known) == (1, 1)
    hints = json.loads(rows(tmp_path / "a.db", "SELECT hints FROM captures")[0][0])
    assert {hint["route"] for hint in hints} == {"feed", "sitemap"}


ROUTES: dict[str, Answer] = {
    "500": Reply(status=500),
    "404": Reply(status=404),
    "HTML": links("/x"),
    "garbage": Reply(body=bytes(range(256)) * 8, content_type="application/rss+xml"),
    "nothing": Reply(body=b"", content_type="application/rss+xml"),
    "silence": Reply(hangs=1.5),
}


@pytest.mark.parametrize("kind", ["feeds", "sitemaps", "wordpress"])
@pytest.mark.parametrize("fault", ROUTES)
def test_broken_route_stops_no_other(tmp_path: Path, kind: str, fault: str) -> None:
    """A route that answers wrongly is told as a problem; the good one is crawled."""
    with press({"/a": article(1), "/bad": ROUTES[fault]}) as site:
        site.pages["/map"] = sitemap(site.url("/a"))
        routes = {kind: (site.url("/bad"),)}
        routes["sitemaps"] = (*routes.get("sitemaps", ()), site.url("/map"))
        quick = {"DOWNLOAD_TIMEOUT": 0.3, "RETRY_TIMES": 0}
        profile = profile_of(site.url(), **routes)
        tally = crawl_site(tmp_path / "a.db", profile, site.allowed, settings=quick)
    assert (tally.state, tally.stored) == ("finished", 1)
    problems = last_crawl(tmp_path / "a.db")["problems"]
    assert len(problems) == 1
    assert site.url("/bad") in problems[0]


def test_site_that_is_down_stops_no_other(tmp_path: Path) -> None:
    """One site fails with its reason, the site beside it is crawled."""
    with press() as gone:
        pass
    with press({"/a": article(1)}) as site:
        site.pages["/feed"] = feed(site.url("/a"))
        good = profile_of(site.url(), name="good", feeds=(site.url("/feed"),))
        bad = profile_of(gone.url(), name="bad", feeds=(gone.url("/feed"),))
        plan = Plan(
            db=tmp_path / "a.db",
            profiles=(bad, good),
            allow_private=(site.allowed, gone.allowed),
        )
        tallies = crawl(plan, {"RETRY_TIMES": 0})
    assert [tally.state for tally in tallies] == ["failed", "finished"]
    assert headlines(tmp_path / "a.db") == ["Story 1"]
    assert "could not be read" in tallies[0].problems[0]


def test_known_site_with_one_failing_page_is_no_failed_site(tmp_path: Path) -> None:
    """A single page that fails in a later crawl does not make the site fail."""
    with press({"/a": article(1), "/b": Reply(status=404)}) as site:
        site.pages["/feed"] = feed(site.url("/a"))
        profile = profile_of(site.url(), feeds=(site.url("/feed"),))
        crawl_site(tmp_path / "a.db", profile, site.allowed)
        site.pages["/feed"] = feed(site.url("/a"), site.url("/b"))
        tally = crawl_site(tmp_path / "a.db", profile, site.allowed)
    assert (tally.errors, tally.known, tally.state) == (1, 1, "finished")


def test_entries_of_other_sites_and_kinds_are_not_fetched(tmp_path: Path) -> None:
    """Feeds may name what they like: only the site's own wanted pages are fetched."""
    with press({"/news/1": article(1), "/ad": article(2)}) as site:
        site.pages["/feed"] = feed(
            "http://1.1.1.1/elsewhere",
            site.url("/ad"),
            "javascript:alert(1)",
            site.url("/news/1"),
        )
        profile = profile_of(
            site.url(),
            feeds=(site.url("/feed"),),
            article=(re.compile("^/news/"),),
        )
        tally = crawl_site(tmp_path / "a.db", profile, site.allowed)
    assert sorted(outcomes(tmp_path / "a.db")) == ["/news/1"]
    assert tally.found == 1


def test_left_out_items_are_told_but_leave_the_crawl_complete(tmp_path: Path) -> None:
    """Items without a usable address stand in the route's row, and that is all."""
    with press({"/a": article(1)}) as site:
        whole = feed(site.url("/a"), "javascript:x", site.url("/a"))
        site.pages["/feed"] = Reply(
            body=whole.body, content_type=whole.content_type, headers=(("ETag", '"f"'),)
        )
        profile = profile_of(site.url(), feeds=(site.url("/feed"),))
        crawl_site(tmp_path / "a.db", profile, site.allowed)
        crawl_site(tmp_path / "a.db", profile, site.allowed)
    told = rows(tmp_path / "a.db", "SELECT problem FROM routes")
    assert told == [("2 items repeated or without a usable address",)]
    assert last_crawl(tmp_path / "a.db")["problems"] == []
    assert site.asked[-1].headers["if-none-match"] == '"f"'


def test_routes_without_end_are_bounded(tmp_path: Path) -> None:
    """Sitemaps that name ever more sitemaps end, and it is told once."""
    with press({"/a": article(1)}) as site:
        children = [site.url(f"/{n}.xml") for n in range(MOST_ROUTE_PAGES + 50)]
        site.pages["/map"] = sitemap_index(*children)
        site.pages["/0.xml"] = sitemap(site.url("/a"))
        profile = profile_of(site.url(), sitemaps=(site.url("/map"),))
        tally = crawl_site(tmp_path / "a.db", profile, site.allowed)
    problems = last_crawl(tmp_path / "a.db")["problems"]
    assert len(site.paths()) == MOST_ROUTE_PAGES + 1
    assert tally.stored == 1
    assert any("51 more were left out" in text for text in problems)


def test_due_pages_are_looked_at_though_no_route_names_them(tmp_path: Path) -> None:
    """An article that fell out of the feed is fetched again when its time comes."""
    with press({"/a": article(1)}) as site:
        site.pages["/feed"] = feed(site.url("/a"))
        profile = profile_of(site.url(), feeds=(site.url("/feed"),))
        crawl_site(tmp_path / "a.db", profile, site.allowed)
        site.pages["/feed"] = feed()
        make_due(tmp_path / "a.db")
        site.pages["/a"] = Reply(status=410)
        crawl_site(tmp_path / "a.db", profile, site.allowed)
    assert outcomes(tmp_path / "a.db")["/a"] == "failed: HTTP 410"
    assert headlines(tmp_path / "a.db") == ["Story 1"]


def test_stage_that_raises_is_recorded_with_its_page(tmp_path: Path) -> None:
    """A stage with a fault of its own loses no count: its page counts as failed."""
    with press({"/a": article(1), "/b": article(2)}) as site:
        site.pages["/feed"] = feed(site.url("/a"), site.url("/b"))
        profile = profile_of(site.url(), feeds=(site.url("/feed"),))
        stages = {"crawling.Breaking": 450}
        tally = crawl_site(
            tmp_path / "a.db", profile, site.allowed, settings=with_stages(stages)
        )
    found = outcomes(tmp_path / "a.db")
    assert found["/a"] == "failed: could not be stored: value: a stage's own fault"
    assert found["/b"] == "stored"
    assert (tally.errors, tally.stored) == (1, 1)


def with_stages(more: dict[str, int]) -> dict[str, object]:
    """The settings with further stages."""
    return {"ITEM_PIPELINES": {**ITEM_PIPELINES, **more}}


def test_archive_that_cannot_be_written_stops_the_crawl(tmp_path: Path) -> None:
    """What cannot be kept is not fetched on: the crawl stops and fails."""
    pages = {f"/{n}": article(n) for n in range(1, 40)}
    with press({**pages}) as site:
        site.pages["/feed"] = feed(*(site.url(path) for path in pages))
        profile = profile_of(site.url(), feeds=(site.url("/feed"),), delay_seconds=0.05)
        tally = crawl_site(
            tmp_path / "a.db",
            profile,
            site.allowed,
            settings=with_stages({"crawling.Unwritable": 450}),
        )
    assert tally.state == "failed"
    assert len(site.paths()) < 40


def test_frontier_keeps_order_and_bounds_hints() -> None:
    """Addresses come out as they were first named, with a bounded number of hints."""
    frontier = Frontier()
    for number in range(MOST_HINTS + 5):
        hint = Hint(route="feed", source=f"http://x.example/feed{number}")
        frontier.add("http://x.example/a?utm_source=rss", (hint, hint))
    assert frontier.add("http://x.example/b")
    assert not frontier.add("http://x.example/b#top")
    assert not frontier.add("mailto:a@x.example")
    assert [target.url for target in frontier.untaken()] == [
        "http://x.example/a",
        "http://x.example/b",
    ]
    assert list(frontier.untaken()) == []
    assert len(frontier.hints("http://x.example/a", "http://x.example/c")) == MOST_HINTS
    assert "http://x.example/b" in frontier


def test_frontier_turns_away_what_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """An endless sitemap fills the frontier only to its limit."""
    monkeypatch.setattr("crawler.frontier.MOST_TARGETS", 3)
    frontier = Frontier()
    added = [frontier.add(f"http://x.example/{n}") for n in range(5)]
    assert added == [True, True, True, False, False]
    assert (len(frontier), frontier.turned_away) == (3, 2)
    assert not frontier.add("http://x.example/0")


def test_clock_that_ran_backwards_loses_no_page(tmp_path: Path) -> None:
    """A fetch that lies in the future is not due, and harms nothing."""
    with press({"/a": article(1)}) as site:
        site.pages["/feed"] = feed(site.url("/a"))
        profile = profile_of(site.url(), feeds=(site.url("/feed"),))
        crawl_site(tmp_path / "a.db", profile, site.allowed)
        change(tmp_path / "a.db", "UPDATE urls SET fetched_at = '2099-01-01T00:00:00Z'")
        tally = crawl_site(tmp_path / "a.db", profile, site.allowed)
    assert (tally.state, tally.known) == ("finished", 1)


def test_many_sites_share_one_process(tmp_path: Path) -> None:
    """More sites than are crawled at once all end, each with its own article."""
    with ExitStack() as stack:
        sites = [stack.enter_context(press({"/a": article(n)})) for n in range(20)]
        for site in sites:
            site.pages["/feed"] = feed(site.url("/a"))
        plan = Plan(
            db=tmp_path / "a.db",
            profiles=tuple(
                profile_of(site.url(), name=f"site{n}", feeds=(site.url("/feed"),))
                for n, site in enumerate(sites)
            ),
            allow_private=tuple(site.allowed for site in sites),
        )
        tallies = crawl(plan)
    assert [(one.state, one.stored) for one in tallies] == [("finished", 1)] * 20
    assert len(headlines(tmp_path / "a.db")) == 20

"""Whole crawls: each address once, nothing twice, no fault that stops the others."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
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
    profiles_in,
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
from crawler.settings import ITEM_PIPELINES
from crawler.spiders.site import MOST_ROUTE_PAGES
from crawler.urls import canonical
from demo import DemoPublisher, truth
from demo.faults import Fault

OUTCOMES = "stored revised unchanged alias rejected failed disallowed left_over known"


TABLES = ("articles", "revisions", "captures", "rejected")


@dataclass(frozen=True, kw_only=True)
class History:
    """What happened to the demo titles in four crawls."""

    db: Path
    girder: str
    """Base address of one of them."""
    first: dict[str, int]
    """Requests of the first crawl, by site and path."""
    second: dict[str, int]
    """Requests of the second crawl, with nothing new."""
    states: list[str]
    """How the second crawl ended for each."""
    rows_first: list[int]
    """Rows of each of TABLES after the first crawl."""
    rows_second: list[int]


def demo_plan(publisher: DemoPublisher, folder: Path) -> Plan:
    """The plan of a crawl of all demo titles into folder/a.db."""
    publisher.profiles(folder / "sites")
    return Plan(
        db=folder / "a.db",
        profiles=profiles_in(folder / "sites"),
        allow_private=tuple(s.base_url.split("://")[1] for s in publisher.sites),
    )


def asked(publisher: DemoPublisher) -> dict[str, int]:
    """How often each path of each title was asked for, and start afresh."""
    found = {
        f"{site.name} {path}": count
        for site in publisher.sites
        for path, count in publisher.requests(site).items()
    }
    publisher.forget_requests()
    return found


def sizes(db: Path) -> list[int]:
    """Rows of each of TABLES."""
    return [rows(db, f"SELECT count(*) FROM {name}")[0][0] for name in TABLES]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> History:
    """The demo titles, crawled twice as they are and twice when all has changed."""
    with DemoPublisher(phase="first") as publisher:
        plan = demo_plan(publisher, tmp_path_factory.mktemp("demo"))
        crawl(plan)
        first, rows_first = asked(publisher), sizes(plan.db)
        tallies = crawl(plan)
        second, rows_second = asked(publisher), sizes(plan.db)
        publisher.switch("second")
        for _ in range(2):
            make_due(plan.db)
            crawl(plan)
        return History(
            db=plan.db,
            girder=publisher.site("girder").base_url,
            first=first,
            second=second,
            states=[tally.state for tally in tallies],
            rows_first=rows_first,
            rows_second=rows_second,
        )


def test_every_address_of_the_demo_is_asked_for_once(demo: History) -> None:
    """However many feeds, maps and sections name a page, it is fetched once.

    The target of a redirect may be fetched a second time, if it was fetched before
    the redirect was met.
    """
    twice = {path: count for path, count in demo.first.items() if count > 1}
    targets = {f"{one.site} {one.path}" for one in truth("first") if one.aliases}
    assert set(twice) <= {one for one in targets if one.startswith("townhall")}
    assert set(twice.values()) <= {2}


def test_every_address_of_the_demo_has_one_outcome(demo: History) -> None:
    """In each crawl the outcomes add up to what was found."""
    names = ", ".join(OUTCOMES.split())
    for found, *counts in rows(demo.db, f"SELECT found, {names} FROM crawls"):
        assert sum(counts) == found


def test_hints_of_all_routes_arrive_with_the_page(demo: History) -> None:
    """A page that feed, sitemap, section and API name carries what each said."""
    newest = [one for one in truth("first") if one.site == "girder"][-1]
    url = canonical(demo.girder + newest.path)
    query = "SELECT hints FROM captures WHERE url = ? ORDER BY id"
    hints = json.loads(rows(demo.db, query, [url])[0][0])
    routes = {hint["route"] for hint in hints}
    assert routes == {"feed", "sitemap", "section", "wordpress"}


def test_second_crawl_of_the_demo_fetches_no_page(demo: History) -> None:
    """Where nothing is new, routes are asked, no article is, and nothing is stored."""
    pages = {f"{one.site} {one.path}" for one in truth("first")}
    assert demo.states == ["finished"] * 3
    assert demo.second
    assert set(demo.second) & pages == set()
    assert demo.rows_second == demo.rows_first


def test_corrections_of_the_demo_are_revised_once(demo: History) -> None:
    """When all is due twice: one revision a correction, none for changed furniture."""
    query = """SELECT u.url, max(r.number) FROM revisions r
        JOIN urls u ON u.article_id = r.article_id GROUP BY u.url"""
    numbers = {url.split("/", 3)[3]: number for url, number in rows(demo.db, query)}
    found = {one: numbers[one.path[1:]] for one in truth("second")}
    assert {n for one, n in found.items() if one.correction} == {2}
    assert {n for one, n in found.items() if not one.correction} == {1}


def test_news_of_the_demo_is_stored_once(demo: History) -> None:
    """Every article of both phases is in the archive, each under one address."""
    stored = [
        url.split("/", 3)[3] for (url,) in rows(demo.db, "SELECT url FROM articles")
    ]
    new = [one for one in truth("second") if one.phase == "second"]
    assert new
    assert [stored.count(one.path[1:]) for one in new] == [1] * len(new)


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
        site.pages["/map"] = sitemap(site.url("/a"), lastmod="2099-01-01T00:00:00Z")
        crawl_site(tmp_path / "a.db", profile, site.allowed)
    assert site.paths().count("/a") == 2
    assert rows(tmp_path / "a.db", "SELECT count(*) FROM revisions") == [(1,)]


@pytest.mark.parametrize(
    ("change_stated", "due"),
    [
        ("2026-03-02T10:00:01Z", True),
        ("2026-03-02T10:00:00Z", False),
        ("2026-03-02T11:30:00+02:00", False),
        ("2026-03-03", True),
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


FAULTS: tuple[tuple[Fault, str], ...] = (
    ("hang", "failed: "),
    ("reset", "failed: "),
    ("truncate", "failed: "),
    ("500-always", "failed: HTTP 500"),
    ("empty", "rejected: empty page"),
    ("wrong-type", "rejected: not HTML"),
    ("500-once", "stored"),
)


def test_faulty_pages_of_the_demo_cost_themselves_alone(tmp_path: Path) -> None:
    """Pages that misbehave are recorded; all others of the title are stored."""
    expected = [
        one for one in truth("first") if one.site == "carton" and not one.dup_of
    ]
    with DemoPublisher(phase="first") as publisher:
        plan = demo_plan(publisher, tmp_path)
        for one, (fault, _) in zip(expected, FAULTS, strict=False):
            publisher.fail("carton", one.path, fault)
        carton = tuple(one for one in plan.profiles if one.name == "carton")
        quick = {"DOWNLOAD_TIMEOUT": 0.5, "RETRY_TIMES": 1}
        tally = crawl(replace(plan, profiles=carton), quick)[0]
    found = outcomes(plan.db)
    for one, (_, outcome) in zip(expected, FAULTS, strict=False):
        assert found[one.path].startswith(outcome), one.path
    assert {found[one.path] for one in expected[len(FAULTS) :]} == {"stored"}
    assert tally.state == "finished"


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

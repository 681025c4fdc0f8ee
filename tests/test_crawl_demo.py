"""Whole crawls of the demo titles: first, again, after corrections, and with faults."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from crawling import crawl, make_due, outcomes, profiles_in, rows

from archive.check import Depth, check
from cli.plan import Plan
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


def test_archive_of_the_demo_is_clean(demo: History) -> None:
    """After whole crawls `cuttings check` finds nothing, and nothing left to do."""
    assert check(demo.db, Depth()).faults == ()


def test_news_of_the_demo_is_stored_once(demo: History) -> None:
    """Every article of both phases is in the archive, each under one address."""
    stored = [
        url.split("/", 3)[3] for (url,) in rows(demo.db, "SELECT url FROM articles")
    ]
    new = [one for one in truth("second") if one.phase == "second"]
    assert new
    assert [stored.count(one.path[1:]) for one in new] == [1] * len(new)


def test_stories_of_the_demo_are_its_copies(demo: History) -> None:
    """The copies between the demo titles are in stories with their sources, alone."""
    expected = [
        {(one.site, one.path), one.dup_of} for one in truth("second") if one.dup_of
    ]
    query = "SELECT story_id, site, url FROM articles WHERE story_id IS NOT NULL"
    found: dict[int, set[tuple[str, str]]] = {}
    for number, site, url in rows(demo.db, query):
        found.setdefault(number, set()).add((site, "/" + url.split("/", 3)[3]))
    assert expected
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, expected))


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

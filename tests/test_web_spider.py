"""Crawls without a profile: what they find, and where they end."""

from __future__ import annotations

from pathlib import Path

import pytest
from crawling import crawl, crawl_url, headlines, last_crawl, outcomes, rows
from press import (
    Asked,
    Reply,
    article,
    feed,
    links,
    press,
    redirect,
    robots,
    sitemap,
)

from cli.plan import Plan


def test_articles_that_a_start_page_links_to_are_stored(tmp_path: Path) -> None:
    """Links of the start page are followed and their articles stored."""
    with press({"/": links("/a", "/b"), "/a": article(1), "/b": article(2)}) as site:
        tally = crawl_url(tmp_path / "a.db", site.url(), site.allowed)
    assert headlines(tmp_path / "a.db") == ["Story 1", "Story 2"]
    assert tally.state == "finished"
    assert (tally.found, tally.stored, tally.rejected) == (3, 2, 1)


def test_feed_and_wordpress_of_the_start_page_are_read(tmp_path: Path) -> None:
    """A feed that the start page declares names articles that nothing links to."""
    head = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    with press({"/": links(head=head), "/a": article(1)}) as site:
        site.pages["/feed"] = feed(site.url("/a"))
        crawl_url(tmp_path / "a.db", site.url(), site.allowed)
    assert headlines(tmp_path / "a.db") == ["Story 1"]


def test_sitemap_of_robots_is_read_and_no_other_guessed(tmp_path: Path) -> None:
    """The sitemap that robots.txt names is read in place of the usual address."""
    with press({"/": links(), "/a": article(1)}) as site:
        site.pages["/robots.txt"] = robots(f"Sitemap: {site.url('/map.xml')}\n")
        site.pages["/map.xml"] = sitemap(site.url("/a"))
        crawl_url(tmp_path / "a.db", site.url(), site.allowed)
    assert headlines(tmp_path / "a.db") == ["Story 1"]
    assert "/sitemap.xml" not in site.paths()


def test_usual_sitemap_is_tried_where_robots_names_none(tmp_path: Path) -> None:
    """/sitemap.xml is read although nothing names it."""
    with press({"/": links(), "/a": article(1)}) as site:
        site.pages["/sitemap.xml"] = sitemap(site.url("/a"))
        crawl_url(tmp_path / "a.db", site.url(), site.allowed)
    assert headlines(tmp_path / "a.db") == ["Story 1"]


def test_missing_usual_sitemap_is_no_problem(tmp_path: Path) -> None:
    """A guess that fails is not held against the site."""
    with press({"/": links("/a"), "/a": article(1)}) as site:
        crawl_url(tmp_path / "a.db", site.url(), site.allowed)
    assert "/sitemap.xml" in site.paths()
    assert last_crawl(tmp_path / "a.db")["problems"] == []


def test_other_hosts_and_ports_are_not_fetched(tmp_path: Path) -> None:
    """Links to another port of the same machine, though allowed, are not followed."""
    with press({"/x": article(9)}) as other, press({"/a": article(1)}) as site:
        site.pages["/"] = links("/a", other.url("/x"))
        crawl_url(tmp_path / "a.db", site.url(), site.allowed, other.allowed)
    assert other.asked == []
    assert headlines(tmp_path / "a.db") == ["Story 1"]


def test_nofollow_and_forbidden_links_are_not_fetched(tmp_path: Path) -> None:
    """rel=nofollow is passed over; what robots.txt forbids is recorded, not fetched."""
    page = '<a href="/trap" rel="nofollow">x</a><a href="/private/y">y</a>'
    with press({"/": Reply(body=page)}) as site:
        site.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /private/\n")
        crawl_url(tmp_path / "a.db", site.url(), site.allowed)
    assert not {"/trap", "/private/y"} & set(site.paths())
    found = outcomes(tmp_path / "a.db")
    assert found["/private/y"] == "disallowed: forbidden by robots.txt"
    assert "/trap" not in found


def test_links_are_followed_three_deep(tmp_path: Path) -> None:
    """The fourth link from the start page is not followed."""
    pages = {f"/{n}": links(f"/{n + 1}") for n in range(6)}
    with press(pages) as site:
        crawl_url(tmp_path / "a.db", site.url("/0"), site.allowed)
    assert sorted(set(site.paths()) - {"/sitemap.xml"}) == ["/0", "/1", "/2", "/3"]


def test_endless_site_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that makes up new links for ever ends at the limit of linked pages."""
    monkeypatch.setattr("crawler.spiders.web.MOST_LINKED", 40)

    def more(asked: Asked) -> Reply:
        return links(*(f"{asked.path.rstrip('/')}/{n}" for n in range(30)))

    class Endless(dict[str, object]):
        def get(self, path: str, default: object = None) -> object:
            return default if path.endswith((".txt", ".xml")) else more

    with press() as site:
        site.pages = Endless()  # type: ignore[assignment]  # answers any path
        tally = crawl_url(tmp_path / "a.db", site.url("/n"), site.allowed)
    assert tally.state == "finished"
    named = 30  # by the start page
    assert len([p for p in site.paths() if p.startswith("/n/")]) == named + 40
    assert last_crawl(tmp_path / "a.db")["left_over"] == tally.found - named - 41


def test_second_crawl_fetches_the_start_page_and_what_is_new(tmp_path: Path) -> None:
    """The start page is looked at again each time; known articles are not."""
    with press({"/": links("/a"), "/a": article(1), "/b": article(2)}) as site:
        crawl_url(tmp_path / "a.db", site.url(), site.allowed)
        site.asked.clear()
        site.pages["/"] = links("/a", "/b")
        tally = crawl_url(tmp_path / "a.db", site.url(), site.allowed)
    assert sorted(set(site.paths()) - {"/sitemap.xml"}) == ["/", "/b"]
    assert headlines(tmp_path / "a.db") == ["Story 1", "Story 2"]
    assert (tally.known, tally.stored) == (1, 1)


def test_same_host_with_other_port_is_another_site(tmp_path: Path) -> None:
    """Two start pages of one host and different ports are kept apart."""
    with press({"/": article(1)}) as one, press({"/": article(2)}) as two:
        plan = Plan(
            db=tmp_path / "a.db",
            start_urls=(one.url(), two.url()),
            allow_private=(one.allowed, two.allowed),
        )
        crawl(plan)
    found = rows(tmp_path / "a.db", "SELECT name, home FROM sites ORDER BY home")
    assert len(found) == 2
    assert {home for _, home in found} == {one.url(), two.url()}


def test_two_start_pages_of_one_site_are_one_crawl(tmp_path: Path) -> None:
    """Start pages of the same origin share a crawl, its delays and its counts."""
    with press({"/x": article(1), "/y": article(2)}) as site:
        plan = Plan(
            db=tmp_path / "a.db",
            start_urls=(site.url("/x"), site.url("/y")),
            allow_private=(site.allowed,),
        )
        tallies = crawl(plan)
    assert [tally.stored for tally in tallies] == [2]
    assert rows(tmp_path / "a.db", "SELECT count(*) FROM crawls") == [(1,)]


def test_start_page_that_redirects_within_the_site_is_read(tmp_path: Path) -> None:
    """Links of the page to which the start page redirects are followed."""
    pages = {"/": redirect("/front"), "/front": links("/a"), "/a": article(1)}
    with press(pages) as site:
        crawl_url(tmp_path / "a.db", site.url(), site.allowed)
    assert headlines(tmp_path / "a.db") == ["Story 1"]

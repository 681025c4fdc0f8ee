"""How a crawl ended is told alike in the archive, in `status` and in the browser."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from crawling import crawl, crawl_site, crawl_url, last_crawl, profile_of
from press import Asked, Reply, article, feed, links, press, robots, sitemap
from reading_room import Reader

from archive.records import FailedPages, Site
from archive.write import Archive
from cli.main import main
from cli.plan import Plan

NOW = "2026-03-01T06:00:00Z"


def status(db: Path) -> str:
    """What `cuttings status` prints."""
    return CliRunner().invoke(main, ["status", "--db", str(db)]).output


def page(db: Path, path: str) -> str:
    """A page of the reading room."""
    return Reader(db).get(path).text


def test_routes_without_news_are_told_everywhere(tmp_path: Path) -> None:
    """A second crawl that found nothing because nothing changed is no dead feed."""
    db = tmp_path / "archive.db"
    with press({"/a": article(1)}) as site:
        whole = feed(site.url("/a"))

        def answer(asked: Asked) -> Reply:
            if asked.headers.get("if-none-match") == '"f"':
                return Reply(status=304)
            return Reply(
                body=whole.body,
                content_type=whole.content_type,
                headers=(("ETag", '"f"'),),
            )

        site.pages["/feed"] = answer
        profile = profile_of(site.url(), feeds=(site.url("/feed"),))
        crawl_site(db, profile, site.allowed)
        tally = crawl_site(db, profile, site.allowed)
    assert (tally.found, tally.routes, tally.unchanged_routes) == (0, 1, 1)
    assert "0 found; 1 of 1 routes unchanged (304)" in status(db)
    assert "1 of 1 unchanged (304)" in page(db, "/-/sites/weekly")
    assert "1 of 1 routes unchanged (304)" in page(db, "/")


def test_reasons_of_failed_pages_are_told_everywhere(tmp_path: Path) -> None:
    """The most frequent reasons stand in `status` and on the site's page."""
    db = tmp_path / "archive.db"
    with press({"/": links("/a", "/b", "/c"), "/c": article(1)}) as site:
        tally = crawl_url(db, site.url(), site.allowed)
        name = f"127-0-0-1_{site.port}"
    told = f"{site.url('/a')} (and 1 more): HTTP 404"
    assert (tally.state, tally.failures) == ("finished", [told])
    assert f"failed: {told}" in status(db)
    assert told in page(db, f"/-/sites/{name}")


def test_failed_pages_read_as_a_line() -> None:
    """One page is named alone, several by the first of them and their number."""
    assert str(FailedPages(reason="HTTP 500", count=1, url="u")) == "u: HTTP 500"
    several = FailedPages(reason="HTTP 500", count=3, url="u")
    assert str(several) == "u (and 2 more): HTTP 500"


def test_site_that_robots_forbids_has_failed_everywhere(tmp_path: Path) -> None:
    """Terminal, archive and home page judge alike."""
    db = tmp_path / "archive.db"
    with press({"/robots.txt": robots("User-agent: *\nDisallow: /\n")}) as site:
        profile = profile_of(site.url(), feeds=(site.url("/feed"),))
        tally = crawl_site(db, profile, site.allowed)
    assert (tally.state, last_crawl(db)["finish"]) == ("failed", "failed")
    assert "(failed): 0 found" in status(db)
    assert '<strong class="warn">failed</strong>' in page(db, "/")


def test_limit_of_scrapy_stops_a_crawl(tmp_path: Path) -> None:
    """What a CLOSESPIDER setting ends is stopped, and says by what."""
    db = tmp_path / "archive.db"
    with press({f"/{n}": article(n) for n in range(9)}) as site:
        site.pages["/feed"] = feed(*(site.url(f"/{n}") for n in range(9)))
        profile = profile_of(site.url(), feeds=(site.url("/feed"),), delay_seconds=0.1)
        pages = {"CLOSESPIDER_PAGECOUNT": 4}
        tally = crawl_site(db, profile, site.allowed, settings=pages)
    row = last_crawl(db)
    assert (tally.state, tally.limit) == ("stopped", "closespider_pagecount")
    assert row["finish"] == "stopped"
    assert row["problems"] == ["stopped by the setting CLOSESPIDER_PAGECOUNT"]
    assert row["stored"] + row["left_over"] == 9


def test_site_under_way_is_not_taken_over(tmp_path: Path) -> None:
    """A crawl without a profile keeps its site until it has ended."""
    former = Site(name="x-example", title="x.example", home="https://x.example/")
    profiled = Site(name="x", title="X", home="https://x.example/")
    with Archive(tmp_path / "a.db") as archive:
        archive.begin_crawl(former, now=NOW)
        archive.begin_crawl(profiled, now=NOW)
        assert not archive.adopt(former.name, title=former.title, into="x")
    with Archive(tmp_path / "a.db") as archive:
        assert archive.adopt(former.name, title=former.title, into="x")
        assert not archive.adopt("x", title="X", into="x")


def test_lost_start_page_fails_a_crawl_that_stored_something(tmp_path: Path) -> None:
    """What a user asked for was not had, though the sitemap named an article."""
    db = tmp_path / "archive.db"
    with press({"/a": article(1)}) as site:
        site.pages["/sitemap.xml"] = sitemap(site.url("/a"))
        tally = crawl_url(db, site.url("/gone"), site.allowed)
    assert (tally.state, tally.stored) == ("failed", 1)
    assert last_crawl(db)["finish"] == "failed"


def test_one_lost_start_page_of_two_is_a_failed_page(tmp_path: Path) -> None:
    """As long as one start page comes the crawl has finished."""
    db = tmp_path / "archive.db"
    with press({"/a": article(1)}) as site:
        urls = (site.url("/gone"), site.url("/a"))
        plan = Plan(db=db, start_urls=urls, allow_private=(site.allowed,))
        [tally] = crawl(plan)
    assert (tally.state, tally.errors) == ("finished", 1)

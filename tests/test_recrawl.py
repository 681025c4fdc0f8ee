"""Later crawls of a site: nothing new is hidden by a 304, starved or counted unseen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from crawling import (
    change,
    crawl_site,
    crawl_url,
    headlines,
    last_crawl,
    make_due,
    outcomes,
    profile_of,
    rows,
)
from press import (
    Answer,
    Asked,
    Press,
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

from archive import sessions
from archive.errors import ArchiveWriteError
from archive.write import Archive
from crawler.frontier import FEWEST_STAMPED, is_stamped
from crawler.items import Hint
from crawler.sites.profile import Profile


def tagged(reply: Reply) -> Answer:
    """The same answer with an ETag, and 304 to whoever sends it back."""
    tag = f'"{hash(reply.body)}"'

    def answer(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == tag:
            return Reply(status=304)
        return Reply(
            body=reply.body, content_type=reply.content_type, headers=(("ETag", tag),)
        )

    return answer


def mapped(site: Press, **more: Any) -> Profile:
    """The profile of a site with one sitemap."""
    return profile_of(site.url(), sitemaps=(site.url("/map"),), **more)


def test_child_map_that_failed_is_asked_again(tmp_path: Path) -> None:
    """An index that has not changed does not hide a child that answered 500."""
    with press({"/a": article(1), "/b": article(2)}) as site:
        children = [site.url("/one.xml"), site.url("/two.xml")]
        site.pages["/map"] = tagged(sitemap_index(*children))
        site.pages["/one.xml"] = tagged(sitemap(site.url("/a")))
        site.pages["/two.xml"] = once(Reply(status=500), sitemap(site.url("/b")))
        no_retry = {"RETRY_TIMES": 0}
        for _ in range(2):
            crawl_site(tmp_path / "a.db", mapped(site), site.allowed, settings=no_retry)
    assert headlines(tmp_path / "a.db") == ["Story 1", "Story 2"]


def test_child_map_that_grew_is_read(tmp_path: Path) -> None:
    """An index that has not changed does not hide what a child has new."""
    with press({"/a": article(1), "/b": article(2)}) as site:
        site.pages["/map"] = tagged(sitemap_index(site.url("/one.xml")))
        site.pages["/one.xml"] = tagged(sitemap(site.url("/a")))
        crawl_site(tmp_path / "a.db", mapped(site), site.allowed)
        site.pages["/one.xml"] = tagged(sitemap(site.url("/a"), site.url("/b")))
        crawl_site(tmp_path / "a.db", mapped(site), site.allowed)
        crawl_site(tmp_path / "a.db", mapped(site), site.allowed)
    assert headlines(tmp_path / "a.db") == ["Story 1", "Story 2"]
    row = last_crawl(tmp_path / "a.db")
    assert (row["routes"], row["routes_unchanged"]) == (2, 1)


@pytest.mark.parametrize("wrong", ["article", "ignore"])
def test_corrected_profile_reads_its_routes_anew(tmp_path: Path, wrong: str) -> None:
    """What a wrong pattern passed over is found once the pattern is mended."""
    pattern = re.compile("^/nothing/" if wrong == "article" else "^/news/")
    with press({"/news/1": article(1)}) as site:
        site.pages["/map"] = tagged(sitemap(site.url("/news/1")))
        faulty = mapped(site, **{wrong: (pattern,)})
        crawl_site(tmp_path / "a.db", faulty, site.allowed)
        same = crawl_site(tmp_path / "a.db", faulty, site.allowed)
        crawl_site(tmp_path / "a.db", mapped(site), site.allowed)
    assert (same.found, same.unchanged_routes) == (0, 1)
    assert headlines(tmp_path / "a.db") == ["Story 1"]


def test_next_page_that_failed_is_asked_again(tmp_path: Path) -> None:
    """A list that has not changed does not hide its second page."""
    with press({"/a": article(1), "/b": article(2)}) as site:
        first = links("/a", head='<link rel="next" href="/list?page=2">')
        site.pages["/list"] = tagged(first)
        site.pages["/list?page=2"] = once(Reply(status=500), links("/b"))
        profile = profile_of(site.url(), sections=(site.url("/list"),))
        for _ in range(2):
            crawl_site(
                tmp_path / "a.db", profile, site.allowed, settings={"RETRY_TIMES": 0}
            )
    assert headlines(tmp_path / "a.db") == ["Story 1", "Story 2"]


def test_one_failed_route_keeps_no_validators_of_the_others(tmp_path: Path) -> None:
    """A crawl with a problem is not complete: its routes are asked in full again."""
    with press({"/a": article(1), "/feed": Reply(status=404)}) as site:
        site.pages["/map"] = tagged(sitemap(site.url("/a")))
        profile = mapped(site, feeds=(site.url("/feed"),))
        crawl_site(tmp_path / "a.db", profile, site.allowed)
    assert rows(tmp_path / "a.db", "SELECT etag FROM routes") == [(None,), (None,)]


def test_304_that_nobody_asked_for_is_a_problem(tmp_path: Path) -> None:
    """A route that says "not modified" to a plain request has told nothing."""
    with press({"/map": Reply(status=304)}) as site:
        tally = crawl_site(tmp_path / "a.db", mapped(site), site.allowed)
    assert tally.state == "failed"
    assert last_crawl(tmp_path / "a.db")["problems"] == [
        f"sitemap {site.url('/map')}: HTTP 304"
    ]


def set_back(db: Path) -> None:
    """Let every fetch of an archive lie in the past."""
    change(db, "UPDATE urls SET fetched_at = '2026-01-15T00:00:00Z'")


@pytest.mark.parametrize("limit", [1, 3])
def test_new_pages_come_before_those_to_look_at_again(
    tmp_path: Path, limit: int
) -> None:
    """A page limit is spent on what was never seen, as long as there is any."""
    paths = [f"/{n}" for n in range(6)]
    with press({path: article(n) for n, path in enumerate(paths)}) as site:
        site.pages["/map"] = sitemap(*map(site.url, paths))
        for _ in range(6 // limit):
            make_due_if_any(tmp_path / "a.db")
            profile = mapped(site, max_pages=limit)
            crawl_site(tmp_path / "a.db", profile, site.allowed)
    assert len(headlines(tmp_path / "a.db")) == 6


def make_due_if_any(db: Path) -> None:
    """Let all that an archive has be due, where there is one."""
    if db.exists():
        make_due(db)


def test_what_is_due_is_fetched_in_turn(tmp_path: Path) -> None:
    """Of more due pages than a crawl may fetch, those not seen longest come first."""
    paths = [f"/{n}" for n in range(4)]
    with press({path: article(n) for n, path in enumerate(paths)}) as site:
        site.pages["/map"] = sitemap(*map(site.url, paths))
        crawl_site(tmp_path / "a.db", mapped(site), site.allowed)
        set_back(tmp_path / "a.db")
        site.asked.clear()
        for _ in range(2):
            make_due(tmp_path / "a.db")
            profile = mapped(site, max_pages=2)
            crawl_site(tmp_path / "a.db", profile, site.allowed)
    assert sorted(set(site.paths()) - {"/map"}) == paths


def test_sitemap_that_stamps_its_own_time_makes_nothing_due(tmp_path: Path) -> None:
    """Where all entries share their time of change it is no news of any of them."""
    paths = [f"/{n}" for n in range(FEWEST_STAMPED)]
    with press({path: article(n) for n, path in enumerate(paths)}) as site:
        site.pages["/map"] = sitemap(*map(site.url, paths))
        crawl_site(tmp_path / "a.db", mapped(site), site.allowed)
        set_back(tmp_path / "a.db")
        stamp = "2026-02-01T00:00:00Z"
        site.pages["/map"] = sitemap(*map(site.url, paths), lastmod=stamp)
        tally = crawl_site(tmp_path / "a.db", mapped(site), site.allowed)
    assert (tally.fetched, tally.known) == (0, FEWEST_STAMPED)


@pytest.mark.parametrize(
    ("changes", "stamped"),
    [
        (["2026-02-01T00:00:00Z"] * 3, True),
        (["2026-02-01T00:00:00Z"] * 2, False),
        (["2026-02-01"] * 9 + ["2025-06-01"], True),
        (["2026-02-01"] + ["2025-06-01"] * 9, False),
        (["2026-02-01T00:00:00Z", "2026-02-01T00:07:00Z"] * 4, True),
        (["2026-02-01T00:00:00Z", "2026-02-01T00:17:00Z"] * 4, False),
        (["2026-02-01T01:00:00+01:00", "2026-02-01T00:00:00Z"] * 2, True),
        (["2099-01-01T00:00:00Z"] + ["2026-02-01T00:00:00Z"] * 3, True),
        (["2099-01-01T00:00:00Z"] * 3, False),
        (["soon"] * 3, False),
        ([None] * 3, False),
    ],
)
def test_stamps_are_told_from_changes(changes: list[str | None], stamped: bool) -> None:
    """Nine in ten within ten minutes of the newest one, those to come left out."""
    hints = [Hint(route="sitemap", source="s", updated=text) for text in changes]
    assert is_stamped(hints, now="2026-11-01T00:00:00Z") is stamped


def test_target_of_a_redirect_that_failed_is_no_known_page(tmp_path: Path) -> None:
    """An address is known once its page came; each is counted exactly once."""
    with press({"/redir/9": redirect("/fail/9"), "/a": article(1)}) as site:
        named = [site.url(path) for path in ("/redir/9", "/fail/9", "/a")]
        site.pages["/map"] = sitemap(*named)
        one_by_one = {"CONCURRENT_REQUESTS": 1}
        tally = crawl_site(
            tmp_path / "a.db", mapped(site), site.allowed, settings=one_by_one
        )
    assert (tally.found, tally.known, tally.errors) == (3, 0, 2)
    assert outcomes(tmp_path / "a.db") == {
        "/a": "stored",
        "/fail/9": "failed: HTTP 404",
        "/redir/9": "failed: HTTP 404",
    }


@pytest.mark.parametrize(
    "content",
    [
        "60; url=/a",
        "0; url=/a",
        "0; url=/a#top",
        "60; url=/other",
        "5; url=/other",
        "0; url=http://[::x/y",
    ],
)
def test_page_that_reloads_itself_is_an_article(tmp_path: Path, content: str) -> None:
    """A refresh to the page itself, or after a while, is no redirect."""
    refresh = f'<meta http-equiv="refresh" content="{content}">'
    with press({"/a": article(1, extra=refresh)}) as site:
        site.pages["/map"] = sitemap(site.url("/a"))
        crawl_site(tmp_path / "a.db", mapped(site), site.allowed)
    assert outcomes(tmp_path / "a.db") == {"/a": "stored"}
    assert site.paths().count("/a") == 1


def test_page_that_sends_its_reader_on_at_once_is_followed(tmp_path: Path) -> None:
    """A refresh within seconds to another page leads to that page."""
    page = Reply(body='<meta http-equiv="refresh" content="1; url=/a">')
    with press({"/old": page, "/a": article(1)}) as site:
        site.pages["/map"] = sitemap(site.url("/old"))
        crawl_site(tmp_path / "a.db", mapped(site), site.allowed)
    assert rows(tmp_path / "a.db", "SELECT url FROM articles") == [(site.url("/a"),)]


def test_profile_takes_over_what_was_tried_without_one(tmp_path: Path) -> None:
    """Articles, addresses and crawls of a title are one site's, and are found there."""
    with press({"/": links("/a"), "/a": article(1), "/b": article(2)}) as site:
        crawl_url(tmp_path / "a.db", site.url(), site.allowed)
        site.pages["/map"] = sitemap(site.url("/a"), site.url("/b"))
        tally = crawl_site(tmp_path / "a.db", mapped(site), site.allowed)
    assert (tally.known, tally.stored) == (1, 1)
    assert rows(tmp_path / "a.db", "SELECT name FROM sites") == [("weekly",)]
    for table in ("articles", "urls", "captures", "crawls", "rejected", "routes"):
        owners = rows(tmp_path / "a.db", f"SELECT DISTINCT site FROM {table}")
        assert owners == [("weekly",)]
    found = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'siteweekly'"
    assert rows(tmp_path / "a.db", found) == [(2,)]


def test_profile_leaves_alone_what_another_profile_has(tmp_path: Path) -> None:
    """A site of that name with a title of its own, or under way, stays as it is."""
    with press({"/a": article(1)}) as site:
        site.pages["/map"] = sitemap(site.url("/a"))
        name = f"127-0-0-1_{site.port}"
        other = mapped(site, name=name, title="Another Weekly")
        crawl_site(tmp_path / "a.db", other, site.allowed)
        crawl_site(tmp_path / "a.db", mapped(site), site.allowed)
    names = rows(tmp_path / "a.db", "SELECT name FROM sites ORDER BY name")
    assert names == [(name,), ("weekly",)]


def test_pages_that_a_profile_does_not_want_are_not_looked_at(tmp_path: Path) -> None:
    """Of what it took over, only articles and pages of its own kind become due."""
    with press({"/": links("/tags/x"), "/tags/x": links("/")}) as site:
        crawl_url(tmp_path / "a.db", site.url(), site.allowed)
        make_due(tmp_path / "a.db")
        site.pages["/feed"] = feed()
        site.asked.clear()
        news = (re.compile("^/news/"),)
        profile = profile_of(site.url(), feeds=(site.url("/feed"),), article=news)
        crawl_site(tmp_path / "a.db", profile, site.allowed)
    assert site.paths() == ["/feed"]


def test_crawl_that_cannot_begin_frees_the_archive(tmp_path: Path) -> None:
    """Its reason is told, and nobody holds the archive any more."""
    change(made(tmp_path / "a.db"), "DROP TABLE crawls")
    with press() as site, pytest.raises(ArchiveWriteError, match="no such table"):
        crawl_site(tmp_path / "a.db", mapped(site), site.allowed)
    assert tmp_path / "a.db" not in sessions._open


def made(db: Path) -> Path:
    """An empty archive."""
    Archive(db).close()
    return db


def test_rejected_page_keeps_what_routes_said(tmp_path: Path) -> None:
    """A page that becomes an article while its feed answers 304 has the feed's tags."""
    db = tmp_path / "a.db"
    entry = "<item><link>{url}</link><category>Lids</category></item>"
    with press({"/a": Reply(body="<h1>Soon</h1>")}) as site:
        item = entry.format(url=site.url("/a"))
        told = f'<rss version="2.0"><channel>{item}</channel></rss>'
        site.pages["/feed"] = tagged(Reply(body=told, content_type="text/xml"))
        profile = profile_of(site.url(), feeds=(site.url("/feed"),))
        crawl_site(db, profile, site.allowed)
        assert outcomes(db)["/a"].startswith("rejected")
        site.pages["/a"] = article(1)
        make_due(db)
        tally = crawl_site(db, profile, site.allowed)
    assert tally.unchanged_routes == 1
    assert rows(db, "SELECT headline, tags FROM full_articles") == [("Story 1", "Lids")]

"""Crawls without a profile: the routes that a start page leads to, and their limits."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from crawling import crawl, crawl_url, headlines, last_crawl, rows
from press import (
    Asked,
    Press,
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

API = "/wp-json/wp/v2/posts?per_page=100"
NEXT = '<link rel="next" href="{}">'
FEED = '<link rel="alternate" type="application/rss+xml" href="/feed/">'


def posts(*addresses: str) -> Reply:
    """An answer of WordPress's API that names these absolute addresses."""
    found = [
        {"id": n, "link": address, "title": {"rendered": f"Post {n}"}}
        for n, address in enumerate(addresses)
    ]
    return Reply(body=json.dumps(found), content_type="application/json")


def wordpress_feed(*addresses: str) -> Reply:
    """A feed that says that WordPress made it."""
    made_by = "<channel><generator>https://wordpress.org/?v=6.1</generator>"
    text = str(feed(*addresses).body).replace("<channel>", made_by)
    return Reply(body=text, content_type="application/rss+xml")


class Api(dict[str, object]):
    """Pages of which one answers to every query of WordPress's posts collection."""

    def get(self, path: str, default: object = None) -> object:
        """The page of a path."""
        return super().get(API if path.startswith(API) else path, default)


def listed(number: int, last: int, *, each: int = 2) -> Reply:
    """A page of a list, which links to articles and to the page after it."""
    paths = [f"/{number}-{n}" for n in range(each)]
    head = NEXT.format(f"/list/page/{number + 1}/") if number < last else ""
    return links(*paths, head=head)


def serve_list(site: Press, pages: int) -> None:
    """Serve a list of so many pages, and the articles that it names."""
    for number in range(1, pages + 1):
        path = "/list/" if number == 1 else f"/list/page/{number}/"
        site.pages[path] = listed(number, pages)
        for n in range(2):
            site.pages[f"/{number}-{n}"] = article(number * 2 + n)


def hints_of(db: Path, path: str) -> list[dict[str, object]]:
    """The hints that were kept with the capture of a path."""
    query = "SELECT hints FROM captures WHERE url LIKE '%' || ?"
    found = rows(db, query, (path,))
    return [hint for (text,) in found for hint in json.loads(text)]


def test_api_of_a_link_header_is_read(tmp_path: Path) -> None:
    """The WordPress API is found where only the Link header names it."""
    link = (
        "Link",
        '<https://s.example/>; rel=preload, </wp-json/>; rel="https://api.w.org/"',
    )
    with press() as site:
        site.pages = Api({"/a": article(1)})  # type: ignore[assignment]  # as a dict
        site.pages["/"] = Reply(body="<p>Front</p>", headers=(link,))
        site.pages[API] = posts(site.url("/a"))
        crawl_url(tmp_path / "a.db", site.url(), site.allowed)
    assert headlines(tmp_path / "a.db") == ["Story 1"]
    assert hints_of(tmp_path / "a.db", "/a")[0]["title"] == "Post 0"


def test_feed_behind_a_plain_link_is_read(tmp_path: Path) -> None:
    """A feed that no `link` element declares is read where a reader is led to it."""
    with press({"/": links("/feed.xml"), "/a": article(1)}) as site:
        site.pages["/feed.xml"] = feed(site.url("/a"))
        crawl_url(tmp_path / "a.db", site.url(), site.allowed)
    assert headlines(tmp_path / "a.db") == ["Story 1"]


def test_start_page_that_a_sitemap_names_first_is_read_for_routes(
    tmp_path: Path,
) -> None:
    """Routes of a start page are asked though the sitemap had named it before."""
    with press({"/a": article(1)}) as site:
        slow = Reply(body=f"<head>{FEED}</head><p>News</p>", hangs=0.4)
        site.pages["/news"] = slow
        site.pages["/robots.txt"] = robots(f"Sitemap: {site.url('/map.xml')}\n")
        site.pages["/map.xml"] = sitemap(site.url("/news"))
        site.pages["/feed/"] = feed(site.url("/a"))
        crawl_url(tmp_path / "a.db", site.url("/news"), site.allowed)
    assert headlines(tmp_path / "a.db") == ["Story 1"]


def test_limit_takes_the_newest_of_a_sitemap(tmp_path: Path) -> None:
    """Where --max-pages cuts, what the sitemap dates latest is fetched, lists last."""
    with press({"/": links()}) as site:
        days = {f"/2026/0{n}/s/": article(n) for n in range(1, 7)}
        site.pages.update(days)
        site.pages["/sitemap.xml"] = dated(site, [*days, "/tag/rail/", "/about"])
        plan = Plan(
            db=tmp_path / "a.db",
            start_urls=(site.url(),),
            allow_private=(site.allowed,),
            max_pages=3,
        )
        crawl(plan)
        fetched = [path for path in site.paths() if path.startswith("/2026")]
    assert sorted(fetched) == ["/2026/05/s/", "/2026/06/s/"]


def dated(site: Press, paths: Iterable[str]) -> Reply:
    """A sitemap without dates, the oldest first."""
    text = str(sitemap(*(site.url(path) for path in paths)).body)
    return Reply(
        body=text.replace("<lastmod>2026-01-01T00:00:00Z</lastmod>", ""),
        content_type="application/xml",
    )


def test_what_a_route_names_is_no_mere_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the start page or a sitemap names is fetched, whatever else links to it."""
    monkeypatch.setattr("crawler.spiders.web.MOST_LINKED", 1)
    paths = [f"/{n}" for n in range(6)]
    more = "".join(f'<a href="{path}">More</a>' for path in (*paths, "/x", "/y"))
    with press() as site:
        for number, path in enumerate(paths):
            site.pages[path] = article(number, extra=more)
        site.pages["/"] = links(*paths[:3])
        site.pages["/sitemap.xml"] = sitemap(*map(site.url, paths[3:]))
        tally = crawl_url(tmp_path / "a.db", site.url(), site.allowed)
    assert tally.stored == 6
    assert len({"/x", "/y"} & set(site.paths())) == 1


def test_pages_of_a_list_are_turned_to_its_end(tmp_path: Path) -> None:
    """A list's further pages are no deeper than its first, however many there are."""
    with press() as site:
        serve_list(site, 7)
        crawl_url(tmp_path / "a.db", site.url("/list/"), site.allowed)
    assert len(headlines(tmp_path / "a.db")) == 14


def test_list_without_end_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that always has a next page is turned so many times and no more."""
    monkeypatch.setattr("crawler.spiders.web.MOST_LISTS", 6)

    class Endless(dict[str, object]):
        def get(self, path: str, default: object = None) -> object:
            return default if path.endswith((".txt", ".xml")) else page

    def page(asked: Asked) -> Reply:
        digits = asked.path.removeprefix("/list/page/").strip("/")
        number = int(digits) if digits.isdigit() else 1
        return listed(number, 10**6)

    with press() as site:
        site.pages = Endless()  # type: ignore[assignment]  # answers any path
        crawl_url(tmp_path / "a.db", site.url("/list/"), site.allowed)
    assert len([path for path in site.paths() if "/list/page/" in path]) == 6


def test_list_is_turned_again_only_while_it_is_news(tmp_path: Path) -> None:
    """A second crawl reads on to a page all of whose articles are known."""
    with press() as site:
        serve_list(site, 4)
        crawl_url(tmp_path / "a.db", site.url("/list/"), site.allowed)
        site.asked.clear()
        site.pages["/list/"] = links("/new", "/1-0", head=NEXT.format("/list/page/2/"))
        site.pages["/new"] = article(99)
        crawl_url(tmp_path / "a.db", site.url("/list/"), site.allowed)
    turned = [path for path in site.paths() if path.startswith("/list")]
    assert turned == ["/list/", "/list/page/2/"]


def test_older_pages_of_a_wordpress_feed_are_asked_to_their_end(tmp_path: Path) -> None:
    """Without an API, ?paged=N is asked until 404, which is no problem."""
    with press({"/": links(head=FEED), "/a": article(1), "/b": article(2)}) as site:
        site.pages["/feed/"] = wordpress_feed(site.url("/a"))
        site.pages["/feed/?paged=2"] = wordpress_feed(site.url("/b"))
        crawl_url(tmp_path / "a.db", site.url(), site.allowed)
    assert headlines(tmp_path / "a.db") == ["Story 1", "Story 2"]
    assert "/feed/?paged=3" in site.paths()
    assert last_crawl(tmp_path / "a.db")["problems"] == []


def test_older_pages_of_a_feed_are_not_asked_beside_an_api(tmp_path: Path) -> None:
    """Where the API answers, no page of a feed is guessed."""
    head = f'{FEED}<link rel="https://api.w.org/" href="/wp-json/">'
    with press() as site:
        site.pages = Api({"/a": article(1)})  # type: ignore[assignment]  # as a dict
        site.pages["/"] = links(head=head)
        site.pages["/feed/"] = wordpress_feed(site.url("/a"))
        site.pages[API] = posts(site.url("/a"))
        crawl_url(tmp_path / "a.db", site.url(), site.allowed)
    assert not [path for path in site.paths() if "paged" in path]


def test_limit_of_the_site_ends_a_feed_too(tmp_path: Path) -> None:
    """A feed that named as many pages as may be fetched is not asked for more."""
    with press({"/": links(head=FEED), "/a": article(1)}) as site:
        site.pages["/feed/"] = wordpress_feed(site.url("/a"))
        plan = Plan(
            db=tmp_path / "a.db",
            start_urls=(site.url(),),
            allow_private=(site.allowed,),
            max_pages=1,
        )
        crawl(plan)
    assert not [path for path in site.paths() if "paged" in path]


def test_route_of_another_host_is_not_asked(tmp_path: Path) -> None:
    """A feed that a start page declares elsewhere is left alone, though allowed."""
    with press() as other, press({"/a": article(1)}) as site:
        head = FEED.replace("/feed/", other.url("/feed/"))
        site.pages["/"] = links("/a", head=head)
        crawl_url(tmp_path / "a.db", site.url(), site.allowed, other.allowed)
    assert other.asked == []
    assert headlines(tmp_path / "a.db") == ["Story 1"]


def test_guessed_sitemap_that_cannot_be_read_is_no_problem(tmp_path: Path) -> None:
    """The usual sitemap may lead to where the crawler must not go."""
    with press({"/": links("/a"), "/a": article(1)}) as site:
        site.pages["/sitemap.xml"] = redirect("http://127.0.0.1:9/sitemap.xml")
        crawl_url(tmp_path / "a.db", site.url(), site.allowed)
    assert last_crawl(tmp_path / "a.db")["problems"] == []
    assert headlines(tmp_path / "a.db") == ["Story 1"]


def test_page_of_a_list_is_told_apart_in_its_hints(tmp_path: Path) -> None:
    """A page spelled and numbered like a list's is marked; an article is not."""
    with press({"/": links("/tag/rail/page/2/", "/a")}) as site:
        site.pages["/tag/rail/page/2/"] = links("/tag/rail/", "/a")
        site.pages["/a"] = article(1, extra='<a href="/tag/rail/page/2/">2</a>')
        crawl_url(tmp_path / "a.db", site.url(), site.allowed)
    assert any(h["is_list"] for h in hints_of(tmp_path / "a.db", "/tag/rail/page/2/"))
    assert not any(h["is_list"] for h in hints_of(tmp_path / "a.db", "/a"))


def test_list_that_names_nothing_but_its_next_page_is_not_turned(
    tmp_path: Path,
) -> None:
    """An endless row of empty pages costs a few requests, not the whole limit."""
    pages = {
        f"/x?page={n}": f"<p>Nothing here.</p><a href='/x?page={n + 1}'>next</a>"
        for n in range(1, 40)
    }
    with press({path: Reply(body=body) for path, body in pages.items()}) as site:
        crawl_url(tmp_path / "a.db", site.url("/x?page=1"), site.allowed)
    assert len([path for path in site.paths() if path.startswith("/x")]) < 8

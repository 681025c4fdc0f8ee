"""Articles on several pages: one article, in any order of arrival."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from crawling import crawl_url, headlines, last_crawl, outcomes, rows
from made_pages import faults
from press import Answer, Reply, article, links, press, redirect
from quay import bodies, harbour, mapped, part, text_of, whole


@pytest.fixture
def path(tmp_path: Path) -> Any:
    """The file of an archive that is checked when the test is over."""
    path = tmp_path / "archive.db"
    yield path
    assert faults(path) == []


def test_pages_of_an_article_are_joined(path: Path) -> None:
    """One article holds the text of all pages once, and nothing of the pager."""
    with press(harbour()) as site:
        tally = mapped(site, path, "/harbour")
    assert bodies(path) == [whole(1, 2, 3)]
    assert rows(path, "SELECT headline, standfirst FROM articles") == [
        ("Dredging put off", "The board wants to see the tide tables first")
    ]
    assert outcomes(path) == {
        "/harbour": "stored",
        "/harbour?page=2": "alias",
        "/harbour?page=3": "alias",
    }
    assert (tally.found, tally.stored, tally.fetched) == (3, 1, 3)


def test_further_pages_lead_to_the_article(path: Path) -> None:
    """Each further page's address is one of the article's, and its bytes are kept."""
    with press(harbour()) as site:
        mapped(site, path, "/harbour")
    found = rows(path, "SELECT relation, article_id, due_at FROM urls ORDER BY url")
    assert [row[:2] for row in found] == [("fetched", 1), ("part", 1), ("part", 1)]
    assert [row[2] is None for row in found] == [False, True, True]
    captures = rows(path, "SELECT id, part_of FROM captures ORDER BY id")
    assert captures == [(1, None), (2, 1), (3, 1)]


@pytest.mark.parametrize(
    "order", list(itertools.permutations(["/harbour", "/harbour?page=2", "/a"]))
)
def test_route_that_names_a_further_page_changes_nothing(
    path: Path, order: tuple[str, ...]
) -> None:
    """Page 2 is no second article, wherever a sitemap names it; nor fetched twice."""
    with press({**harbour(), "/a": article(1)}) as site:
        mapped(site, path, *order)
        assert len(site.paths()) == len(set(site.paths())) == 5
    assert sorted(bodies(path), key=len)[-1] == whole(1, 2, 3)
    assert headlines(path) == ["Dredging put off", "Story 1"]
    assert last_crawl(path)["found"] == 4


def test_further_page_that_is_on_its_way_is_joined_once(path: Path) -> None:
    """A page that its article asks for while its own answer is awaited is no second."""
    slow = Reply(body=part(2).body, hangs=0.5)
    pages = {**harbour(), "/old": redirect("/harbour"), "/harbour?page=2": slow}
    with press(pages) as site:
        mapped(site, path, "/harbour?page=2", "/old")
    assert bodies(path) == [whole(1, 2, 3)]
    assert rows(path, "SELECT count(*) FROM articles") == [(1,)]


def test_redirect_to_a_further_page_is_an_alias(path: Path) -> None:
    """An old address that leads to page 2 leads to the article; page 2 stays its."""
    with press({**harbour(), "/old": redirect("/harbour?page=2")}) as site:
        mapped(site, path, "/old", "/harbour")
    assert bodies(path) == [whole(1, 2, 3)]
    assert outcomes(path)["/old"] == "alias"
    found = rows(path, "SELECT relation FROM urls ORDER BY url")
    assert found == [("fetched",), ("part",), ("part",), ("redirect",)]


@pytest.mark.parametrize("named", [(2,), (3,), (2, 3), (3, 2)])
def test_further_page_named_alone_brings_the_article(
    path: Path, named: tuple[int, ...]
) -> None:
    """Where a route names further pages only, the first page is fetched for them."""
    with press(harbour()) as site:
        mapped(site, path, *(f"/harbour?page={number}" for number in named))
        assert len(site.paths()) == len(set(site.paths())) == 4
    assert bodies(path) == [whole(1, 2, 3)]
    assert rows(path, "SELECT url FROM articles") == [(site.url("/harbour"),)]


def test_crawl_without_a_profile_joins_pages(path: Path) -> None:
    """Pages of an article are neither followed as links nor turned as a list."""
    with press({**harbour(), "/": links("/harbour", "/a"), "/a": article(1)}) as site:
        crawl_url(path, site.url(), site.allowed)
        assert len(site.paths()) == len(set(site.paths()))
    assert whole(1, 2, 3) in bodies(path)
    assert headlines(path) == ["Dredging put off", "Story 1"]


def test_undated_article_in_an_archive_is_no_list(path: Path) -> None:
    """Numbered pages make a list of an address that is spelled like one; not here."""
    shape: dict[str, Any] = {"first": "/archive/eels", "to": "/archive/eels?page={}"}
    with press({"/": links("/archive/eels")}) as site:
        for page, where in ((1, "/archive/eels"), (2, "/archive/eels?page=2")):
            site.pages[where] = part(page, of=2, day=None, **shape)
        crawl_url(path, site.url(), site.allowed)
    assert bodies(path) == [whole(1, 2)]


def test_links_of_further_pages_are_followed(path: Path) -> None:
    """Without a profile, what only page 2 of an article links to is found."""
    more = '<p><a href="/a">See the eels</a></p>'
    with press({**harbour(2), "/": links("/harbour"), "/a": article(1)}) as site:
        site.pages["/harbour?page=2"] = part(2, of=2, foot=more)
        crawl_url(path, site.url(), site.allowed)
    assert headlines(path) == ["Dredging put off", "Story 1"]


def test_list_that_begins_with_some_lines_is_turned(path: Path) -> None:
    """A list that says something of itself first is a list still."""
    intro = "".join(f"<p>{line}</p>" for line in text_of(7)[:4])
    pages: dict[str, Answer] = {}
    for number in (1, 2):
        items = "".join(
            f'<li><h3><a href="/a{n}">Story {n}</a></h3></li>'
            for n in range(number * 6, number * 6 + 6)
        )
        pager = '<a rel="next" href="/eels?page=2">2</a>' if number == 1 else ""
        body = f"<html><h1>Eels</h1><div>{intro}</div><ul>{items}</ul>{pager}"
        pages["/eels" if number == 1 else "/eels?page=2"] = Reply(body=body)
    pages |= {f"/a{n}": article(n) for n in range(6, 18)}
    with press({**pages, "/": links("/eels")}) as site:
        crawl_url(path, site.url(), site.allowed)
    found = [f"Story {n}" for n in range(6, 18)]
    assert set(found) <= set(headlines(path))
    assert rows(path, "SELECT count(*) FROM urls WHERE relation = 'part'") == [(0,)]


@pytest.mark.parametrize(
    ("first", "to"),
    [
        ("/quay/harbour/", "/quay/harbour/{}/"),
        ("/quay/harbour/", "/quay/harbour/page/{}/"),
        ("/quay/harbour.html", "/quay/harbour-{}.html"),
        ("/quay/harbour.html", "/quay/harbour,{}.html"),
        ("/quay/harbour-77.html", "/quay/harbour-77_p{}.html"),
        ("/quay/harbour", "/quay/harbour/seite-{}"),
        ("/quay/?id=77", "/quay/?id=77&page={}"),
    ],
)
def test_ways_to_number_pages(path: Path, first: str, to: str) -> None:
    """Pages are told by their numbers wherever sites write them."""
    pages: dict[str, Answer] = {first: part(1, to=to, first=first)}
    for number in (2, 3):
        pages[to.format(number)] = part(number, to=to, first=first)
    with press(pages) as site:
        mapped(site, path, first)
    assert bodies(path) == [whole(1, 2, 3)]


def test_neighbouring_articles_stay_apart(path: Path) -> None:
    """A next article is none of the pages, though its address is one number on."""
    after = '<link rel="next" href="/{}/">'
    with press() as site:
        for number in (1, 2, 3):
            reply = part(number, of=1, title=f"Minutes of meeting {number}")
            assert isinstance(reply.body, str)
            head = after.format(f"minutes-{number + 1}")
            body = reply.body.replace("<head>", f"<head>{head}")
            site.pages[f"/minutes-{number}/"] = Reply(body=body)
        mapped(site, path, "/minutes-1/", "/minutes-2/", "/minutes-3/")
        assert len(site.paths()) == 4
    assert sorted(bodies(path)) == [whole(1), whole(2), whole(3)]


def test_other_articles_that_a_pager_names_stay_apart(path: Path) -> None:
    """A page with another headline is an article of its own, whoever links to it."""
    with press() as site:
        for number in (1, 2, 3):
            title = f"Harbour letter {'abc'[number - 1]}"
            site.pages[f"/letters/{number}"] = part(
                number, to="/letters/{}", first="/letters/1", title=title
            )
        mapped(site, path, "/letters/1", "/letters/2", "/letters/3")
    assert sorted(bodies(path)) == [whole(1), whole(2), whole(3)]


def test_editions_of_another_day_stay_apart(path: Path) -> None:
    """A column keeps its headline; editions of different days are never joined."""
    column = {"of": 2, "to": "/column-{}", "first": "/column"}
    with press() as site:
        site.pages["/column"] = part(1, **column, day="2026-03-01")
        site.pages["/column-2"] = part(2, **column, day="2026-03-08")
        mapped(site, path, "/column", "/column-2")
    assert sorted(bodies(path)) == [whole(1), whole(2)]


def test_lists_and_comments_are_not_joined(path: Path) -> None:
    """The pages of a list, and of an article's comments, are no pages of an article."""
    teasers = "".join(
        f'<div><h2><a href="/a{n}">Story {n}</a></h2><p>{text_of(n)[0]}</p></div>'
        for n in range(6)
    )
    pager = '<a rel="next" href="/blog?page=2">2</a>'
    story = article(1, extra='<a href="/a/comment-page-2/#comments">2</a>')
    pages = {"/blog": Reply(body=f"<html><h1>Blog</h1>{teasers}{pager}"), "/a/": story}
    with press(pages) as site:
        mapped(site, path, "/blog", "/a/")
        assert not {"/blog?page=2", "/a/comment-page-2/"} & set(site.paths())
    assert headlines(path) == ["Story 1"]

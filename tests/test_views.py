"""AMP, print and mobile views of an article: further addresses of it, in any order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from crawling import crawl_url, headlines, outcomes, rows
from made_pages import faults
from press import Reply, article, links, press
from quay import bodies, make_due, mapped

from crawler import urls


@pytest.fixture
def path(tmp_path: Path) -> Any:
    """The file of an archive that is checked when the test is over."""
    path = tmp_path / "archive.db"
    yield path
    assert faults(path) == []


def view(number: int, canonical: str, *, head: str = "", extra: str = "") -> Reply:
    """Another view of an article's page: less around it, and a note of its own."""
    page = article(number, extra=extra)
    assert isinstance(page.body, str)
    link = f'<link rel="canonical" href="{canonical}">{head}'
    body = page.body.replace("<head>", f"<head>{link}")
    note = "<p>This is a plain view of the page, made for readers of small screens.</p>"
    return Reply(body=body.replace("</article>", f"{note}</article>"))


VIEWS = ("/a/amp/", "/amp/a", "/a/print", "/print/a", "/a?print=1", "/a?view=print")


@pytest.mark.parametrize("where", VIEWS)
@pytest.mark.parametrize("is_first", [True, False])
def test_other_views_are_aliases(path: Path, where: str, is_first: bool) -> None:
    """AMP and print views lead to the article; its own page gives the text."""
    order = (where, "/a") if is_first else ("/a", where)
    with press({"/a": article(1)}) as site:
        site.pages[where] = view(1, site.url("/a"))
        mapped(site, path, *order)
        assert len(site.paths()) == 3
    assert outcomes(path) == {"/a": "stored", where: "alias"}
    assert rows(path, "SELECT url FROM articles") == [(site.url("/a"),)]
    assert rows(path, "SELECT count(*) FROM revisions") == [(1,)]
    assert "plain view" not in str(bodies(path))


@pytest.mark.parametrize("where", [*VIEWS, "/x17"])
def test_view_named_alone_brings_the_article(path: Path, where: str) -> None:
    """Where a route names only another view, the article's own page is fetched."""
    amp = "<!DOCTYPE html><html amp lang=en>"
    with press({"/a": article(1)}) as site:
        twin = view(1, "/a")
        assert isinstance(twin.body, str)
        body = twin.body.replace("<!DOCTYPE html><html lang=en>", amp)
        site.pages[where] = Reply(body=body)
        mapped(site, path, where)
    assert outcomes(path) == {"/a": "stored", where: "alias"}
    assert "plain view" not in str(bodies(path))


def test_view_without_its_article_is_stored_and_gives_way(path: Path) -> None:
    """A view whose article cannot be had is better than nothing, until it can."""
    with press({"/a": Reply(status=500)}) as site:
        site.pages["/a/amp"] = view(1, site.url("/a"))
        mapped(site, path, "/a/amp", settings={"RETRY_TIMES": 0})
        assert "plain view" in str(bodies(path))
        site.pages["/a"] = article(1)
        make_due(path)
        mapped(site, path, "/a", "/a/amp")
    assert rows(path, "SELECT url FROM articles") == [(site.url("/a"),)]
    assert "plain view" not in str(bodies(path))


@pytest.mark.parametrize("where", ["/a?print=1", "/print/a", "/a/print"])
def test_print_view_that_only_links_back(path: Path, where: str) -> None:
    """Without a canonical URL a link back tells what a print view is a view of."""
    page = article(1, extra='<a href="/a">Back to the article</a><p>Printed here</p>')
    assert isinstance(page.body, str)
    robots = '<meta name="robots" content="noindex, nofollow">'
    body = page.body.replace("<head>", f"<head>{robots}").replace("council", "board")
    with press({"/a": article(1), where: Reply(body=body)}) as site:
        mapped(site, path, where, "/a")
    assert outcomes(path) == {"/a": "stored", where: "alias"}
    assert "board" not in str(bodies(path))


def test_section_that_pages_claim_is_no_view(path: Path) -> None:
    """A claim one level up is believed of a marked view only, never of an article."""
    with press({"/news": links("/news/a", "/news/b")}) as site:
        site.pages["/news/a"] = view(1, site.url("/news"))
        site.pages["/news/b"] = view(2, site.url("/news"))
        mapped(site, path, "/news/a", "/news/b")
    assert headlines(path) == ["Story 1", "Story 2"]


def test_view_in_a_crawl_without_a_profile(path: Path) -> None:
    """Links to print views lead to no second article."""
    with press({"/": links("/a/print", "/b"), "/b": article(2)}) as site:
        site.pages["/a"] = article(1, extra='<a href="/a/print">Print</a>')
        site.pages["/a/print"] = view(1, site.url("/a"))
        crawl_url(path, site.url(), site.allowed)
    assert headlines(path) == ["Story 1", "Story 2"]
    assert outcomes(path)["/a/print"] == "alias"


def test_view_under_another_headline_is_no_second_article(path: Path) -> None:
    """A marked view is believed whatever it calls the article, dated or not."""
    with press({"/a": article(1)}) as site:
        twin = view(1, site.url("/a"))
        assert isinstance(twin.body, str)
        body = twin.body.replace("<h1>Story 1", "<h1>Print: all of it")
        body = body.replace("article:published_time", "x")
        site.pages["/a/print"] = Reply(body=body)
        mapped(site, path, "/a/print", "/a")
        make_due(path)
        mapped(site, path, "/a/print", "/a")
    assert headlines(path) == ["Story 1"]
    assert rows(path, "SELECT count(*) FROM revisions") == [(1,)]


STORY = "https://www.press.example/news/story"


@pytest.mark.parametrize(
    ("plain", "other"),
    [
        (STORY, f"{STORY}/amp/"),
        (STORY, "https://www.press.example/amp/news/story"),
        (STORY, "https://amp.press.example/news/story"),
        (STORY, "http://m.press.example/news/story"),
        (STORY, f"{STORY}/print"),
        (STORY, f"{STORY}?view=print"),
        (f"{STORY}?id=3", f"{STORY}?id=3&print=1"),
        (f"{STORY}.html", f"{STORY}.amp.html"),
        (f"{STORY}.html", f"{STORY}-print.html"),
    ],
)
def test_views_are_told_by_their_mark(plain: str, other: str) -> None:
    """An address that adds a known mark to another one is a view of it, never back."""
    assert urls.is_twin(plain, other)
    assert not urls.is_twin(other, plain)


@pytest.mark.parametrize(
    "other",
    [
        STORY,
        f"{STORY}/",
        f"{STORY}/more",
        f"{STORY}-2",
        f"{STORY}?id=3",
        "https://www.press.example/news/amp",
        "https://amp.other.example/news/story",
        "mailto:editor@press.example",
    ],
)
def test_other_addresses_are_no_views(other: str) -> None:
    """Without a mark, or beside another page, an address is no view of it."""
    assert not urls.is_twin(STORY, other)


def test_marks_are_seen_in_the_address_alone() -> None:
    """A word that only begins like a mark is none, and no address is no view."""
    assert urls.is_dressed(f"{STORY}/print/")
    assert not urls.is_dressed("https://www.press.example/printing/ampersand")
    assert not urls.is_dressed("no address")
    assert not urls.is_view_host("no address")

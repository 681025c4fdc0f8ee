"""What might be one article and might be two stays two: no text is lost by joining."""

from __future__ import annotations

from pathlib import Path

import pytest
from crawling import make_due, rows
from press import Press, Reply, press
from test_moves import crawl, naming, page

OTHER = (
    "At pier {number} the ferry to the islands was late again, said {name}. It blames "
    "the tide tables of last year and has asked the harbour for {number} new ones now."
)
FRAME = (
    "Lot {number} of the harbour's works is let by tender. Bids are sealed and sent to "
    "{name} before the end of the month; they are opened in the boat house in public. "
    "The board is not bound to take the lowest one and pays nobody for having bid."
)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """The path of an archive."""
    return tmp_path / "a.db"


def headlines(db: Path) -> list[str]:
    """The headlines of all articles that have a text, sorted."""
    found = rows(db, "SELECT headline FROM full_articles WHERE text <> ''")
    return sorted(row[0] for row in found)


def twice(db: Path, site: Press, first: list[str], then: list[str]) -> None:
    """Crawl some paths, then others, all due."""
    crawl(db, site, first)
    make_due(db)
    crawl(db, site, then)


def test_further_address_that_shows_another_piece_is_that_pieces(db: Path) -> None:
    """An address of the latest article is not the first one's for ever."""
    with press({"/a": page(1), "/latest": page(1)}) as site:
        crawl(db, site, ["/a", "/latest"])
        leads = rows(db, "SELECT url FROM articles")[0][0]
        further = "/latest" if leads.endswith("/a") else "/a"
        site.pages[further] = page(4, headline="Ferry late", words=OTHER, day=8)
        make_due(db)
        crawl(db, site, ["/a", "/latest"])
    assert headlines(db) == ["Board lets contract 1", "Ferry late"]


def test_notices_of_a_day_under_one_headline_are_two(db: Path) -> None:
    """Two lots in one frame, both there: neither's text goes under."""
    with press() as site:
        site.pages["/l3"] = page(1, headline="Tender notice", words=FRAME, day=2)
        site.pages["/l4"] = page(8, headline="Tender notice", words=FRAME, day=2)
        twice(db, site, ["/l3"], ["/l3", "/l4"])
    assert headlines(db) == ["Tender notice", "Tender notice"]


def test_numbered_notice_does_not_take_the_place_of_a_lost_one(db: Path) -> None:
    """One that was taken down is gone, though the next one of its day looks like it."""
    with press() as site:
        site.pages["/l3"] = page(
            1, headline="Harbour board tender notice 3", words=FRAME, day=2
        )
        site.pages["/l4"] = page(
            1, headline="Harbour board tender notice 4", words=FRAME, day=2
        )
        four = site.pages.pop("/l4")
        crawl(db, site, ["/l3"])
        site.pages = {"/l4": four}
        make_due(db)
        crawl(db, site, ["/l4"])
    assert headlines(db) == [
        "Harbour board tender notice 3",
        "Harbour board tender notice 4",
    ]
    assert rows(db, "SELECT state FROM states") == [("gone",)]


def test_gone_and_printed_again_elsewhere_is_here(db: Path) -> None:
    """An article that comes back under another address is led by that one at once."""
    with press({"/a": page(1), "/z": page(5)}) as site:
        crawl(db, site, ["/a", "/z"])
        del site.pages["/a"]
        crawl(db, site, ["/z"])
        site.pages["/n"] = page(1)
        crawl(db, site, ["/n", "/z"])
    assert rows(db, "SELECT state FROM states ORDER BY id") == [("gone",), ("here",)]
    found = rows(db, "SELECT state FROM full_articles WHERE url LIKE '%/n'")
    assert found == [("here",)]


@pytest.mark.parametrize("path", ["/p?print=1", "/print/p", "/two"])
def test_claim_of_a_page_with_another_text_is_not_believed(db: Path, path: str) -> None:
    """Neither a print view's nor any other's, though headline and day are the same."""
    with press({"/p": page(1, headline="News in brief", day=2)}) as site:
        other = page(4, headline="News in brief", words=OTHER, day=2)
        site.pages[path] = naming(other, site.url("/p"))
        twice(db, site, ["/p"], ["/p", path])
    assert len(headlines(db)) == 2


def test_redirect_to_another_text_is_no_revision(db: Path) -> None:
    """An address that leads to another piece leaves its article as it was, and gone."""
    with press({"/one": page(1, headline="News in brief", day=2)}) as site:
        crawl(db, site, ["/one"])
        other = page(4, headline="News in brief", words=OTHER, day=2)
        site.pages["/two"] = other
        site.pages["/one"] = Reply(status=301, headers=(("Location", "/two"),))
        make_due(db)
        crawl(db, site, ["/one", "/two"])
    assert len(headlines(db)) == 2
    assert rows(db, "SELECT count(*) FROM revisions") == [(2,)]
    assert rows(db, "SELECT state FROM states") == [("gone",)]

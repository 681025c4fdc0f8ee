"""Kind, path of sections and live entries, from the page to row and reading room."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from made_pages import HOME, address, arrive, begun, cut, faults, fetch, page, rows
from reading_room import Reader, Sample, SampleArchive

from archive.records import Article, Block
from archive.stored import StoredCut
from archive.write import Archive
from crawler.sites.profile import generic
from pipelines.extract import extract

PROFILE = generic(f"{HOME}/")
TEXT = "The kettle works spoke at some length about lids and about what they cost, {}."
CRUMBS = json.dumps(
    {
        "@type": "BreadcrumbList",
        "itemListElement": [{"name": n} for n in ("Home", "News", "Lids & pots")],
    }
)
DAY = "2026-07-18"


def live(*posts: tuple[str, str], label: str = "") -> bytes:
    """A live blog with an entry for each clock and headline."""
    entries = "".join(
        f'<section class="post"><time datetime="{DAY}T{clock}:00+01:00">{clock}</time>'
        f'<h2>{title}</h2><p class="author">Jo Lid</p><p>{TEXT.format(title)}</p>'
        "</section>"
        for clock, title in posts
    )
    return (
        "<html lang=en><head><title>Lid day live</title>"
        f'<script type="application/ld+json">{CRUMBS}</script></head><body><main>'
        f"<article><i>{label}</i><h1>Lid day live</h1><p>{TEXT.format('all day')}</p>"
        f"{entries}</article></main></body></html>"
    ).encode()


POSTS = (("11:40", "A lid <found>".replace("<", "&lt;")), ("10:15", "None yet"))
MORE = (("12:20", "Three lids"), *POSTS)


def read(body: bytes) -> Article:
    """The article of a page."""
    found = extract(page("lids", body), PROFILE)
    assert found is not None
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of an archive that holds one live blog."""
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        crawl_id = begun(archive)
        arrive(archive, fetch(crawl_id, "lids"), read(live(*MORE)))
    assert faults(path) == []
    return path


def shown(path: Path, number: int = 1) -> BeautifulSoup:
    """The article's page in the reading room."""
    return BeautifulSoup(Reader(path).get(f"/-/articles/{number}").text, "lxml")


def test_row_has_kind_evidence_and_path(path: Path) -> None:
    """The columns of the article say what it is, why, and where it is filed."""
    columns = "kind, kind_evidence, section, section_path"
    assert rows(path, f"SELECT {columns} FROM articles") == [
        (
            "live",
            "3 timed entries on a page that is called live",
            "Lids & pots",
            "News > Lids & pots",
        )
    ]
    assert rows(path, "SELECT kind, section_path FROM full_articles") == [
        ("live", "News > Lids & pots")
    ]
    told = "SELECT source FROM evidence WHERE field IN ('kind', 'section_path')"
    assert rows(path, f"{told} ORDER BY field") == [("html",), ("json-ld",)]


def test_stored_blocks_tell_an_entry_with_instant_and_author(path: Path) -> None:
    """Entries stand among the blocks as five values, and in the searched text."""
    stored, body = rows(path, "SELECT blocks, body FROM revisions")[0]
    entries = [row for row in json.loads(str(stored)) if row[0] == "entry"]
    assert entries[1] == [
        "entry",
        0,
        "11:40 A lid <found>",
        f"{DAY}T10:40:00Z",
        "Jo Lid",
    ]
    assert "10:15 None yet\n" in str(body)
    found = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'three'"
    assert rows(path, found) == [(1,)]


def test_reading_room_shows_entries_with_their_time(path: Path) -> None:
    """Each entry is a heading with its instant in UTC; its author stands below."""
    page = shown(path)
    heads = page.select("h2.entry")
    assert [h.get_text(" ", strip=True) for h in heads] == [
        "12:20 Three lids 18 July 2026, 11:20 UTC",
        "11:40 A lid <found> 18 July 2026, 10:40 UTC",
        "10:15 None yet 18 July 2026, 09:15 UTC",
    ]
    assert [t["datetime"] for t in page.select("h2.entry time")] == [
        f"{DAY}T{clock}:00Z" for clock in ("11:20", "10:40", "09:15")
    ]
    assert [p.get_text() for p in page.select("p.entry-author")] == ["Jo Lid"] * 3


def test_reading_room_shows_kind_and_path(path: Path) -> None:
    """A reader is told the kind, what says so, and the whole path."""
    page = shown(path)
    top = page.select_one("p.kind")
    assert top is not None
    assert top.get_text(" ", strip=True).endswith("Lids & pots · Live blog")
    facts = [" ".join(dd.get_text(" ").split()) for dd in page.select(".facts-list dd")]
    assert "Live blog (3 timed entries on a page that is called live)" in facts
    assert "News > Lids & pots" in facts


def test_plain_news_is_not_labelled_over_its_headline(tmp_path: Path) -> None:
    """What nothing says otherwise of is news, which is said among the facts alone."""
    sample = SampleArchive(tmp_path / "archive.db")
    sample.add(Sample(blocks=[["entry", 0, "11:40 A lid", None, None]]))
    sample.db.close()
    page = shown(sample.path)
    top = page.select_one("p.kind")
    assert top is not None
    assert "News" not in top.get_text()
    facts = [" ".join(dd.get_text(" ").split()) for dd in page.select(".facts-list dd")]
    assert "News (nothing says otherwise)" in facts
    head = page.select_one("h2.entry")
    assert head is not None
    assert head.get_text(strip=True) == "11:40 A lid"
    assert head.select("time") == page.select("p.entry-author") == []


def test_new_entry_is_a_new_revision(path: Path) -> None:
    """A live blog that goes on is one article with a further text."""
    with Archive(path) as archive:
        crawl_id = begun(archive)
        later = fetch(crawl_id, "lids")
        more = (("12:55", "All lids"), *MORE)
        assert arrive(archive, later, read(live(*more))).outcome == "revised"
    assert rows(path, "SELECT count(*) FROM revisions") == [(2,)]
    assert "12:55 All lids" in shown(path).get_text()


def test_cut_of_a_label_differs_in_kind_alone(path: Path) -> None:
    """A label that a newer rule reads changes the kind, and nothing else is told."""
    with Archive(path) as archive:
        before = archive.stored_cut(1)
        after = StoredCut.of(read(live(*MORE, label="Sponsored")), revision_id=1)
        names = [n for n in StoredCut.FIELDS if getattr(before, n) != getattr(after, n)]
        assert names == ["kind"]
        assert after.kind == ("sponsored", "label “Sponsored” beside the headline")
        paid = read(live(*MORE, label="Sponsored"))
        archive.recut(1, paid, cut(paid))
        assert archive.stored_cut(1).kind == after.kind
    assert rows(path, "SELECT kind FROM articles") == [("sponsored",)]


def test_instant_of_an_entry_alone_is_a_difference_of_the_body(path: Path) -> None:
    """What re-extraction compares holds the instants, which the digest leaves out."""
    article = read(live(*MORE))
    moved = [
        Block(kind="entry", text=b.text, at=None) if b.kind == "entry" else b
        for b in article.blocks
    ]
    with Archive(path) as archive:
        before = archive.stored_cut(1)
    now = StoredCut.of(article, revision_id=1)
    assert before.body == now.body
    assert before.section_path == now.section_path == "News > Lids & pots"
    other = Article(url=address("lids"), headline="Lids", blocks=tuple(moved))
    assert StoredCut.of(other, revision_id=1).body != before.body

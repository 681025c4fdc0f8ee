"""The reading room against hostile text, and its place beside Datasette's own pages."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from reading_room import Reader, Sample, SampleArchive

from archive.browse.dates import day, shown, utc
from archive.browse.layout import parts
from archive.browse.links import web_url
from archive.records import Block

SCRIPT = "<script>alert(1)</script>{{7*7}}{% raw %}"
BREAKOUT = '"><img src=x onerror=alert(1)>'
EVIL = Sample(
    headline=SCRIPT + " hostile",
    standfirst=BREAKOUT,
    blocks=[
        *(("paragraph", 0, SCRIPT), ("subhead", 2, BREAKOUT), ("quote", 0, SCRIPT)),
        *(("list_item", 0, BREAKOUT), ("table_row", 1, SCRIPT), ("table_row", 0, "x")),
    ],
    authors=[SCRIPT],
    tags=[BREAKOUT],
    links=[
        ("related", "javascript:alert(1)", SCRIPT),
        ("inline", " javascript:alert(1)", "a"),
        ("inline", "data:text/html,<script>alert(1)</script>", "b"),
        ("teaser", 'https://ok.example/"onmouseover="alert(1)', "c"),
        (BREAKOUT, "vbscript:x", "d"),
    ],
    evidence={"headline": SCRIPT},
    columns={
        "url": "javascript:alert(document.domain)",
        "section": SCRIPT,
        "language": '"onload="alert(1)',
        "image_url": "javascript:alert(1)",
        "image_caption": SCRIPT,
        "image_credit": BREAKOUT,
    },
)
PAGES = (
    *("/", "/-/newest", "/-/articles/1", "/-/search?q=hostile", "/-/search?q=script"),
    *("/-/authors/1", "/-/tags/1", "/-/sites/rail-post", "/-/sites/rail-post/rejected"),
    "/-/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E%7B%7B7*7%7D%7D",
    "/-/search?q=x&site=%22%3E%3Cscript%3E&year=%3Cscript%3E",
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A reading room whose only article is EVIL."""
    sample = SampleArchive(tmp_path_factory.mktemp("evil") / "room.db")
    sample.add(EVIL)
    sample.reject(
        "rail-post", "javascript:alert(1)", SCRIPT, title=SCRIPT, detail=SCRIPT
    )
    sample.crawl("rail-post", finish=SCRIPT, problems=f'["{SCRIPT}"]')
    sample.db.close()
    return Reader(sample.path)


@pytest.mark.parametrize("path", PAGES)
def test_hostile_text_stays_text(reader: Reader, path: str) -> None:
    """Markup, template code and quotation marks in scraped text are shown as text."""
    response = reader.get(path)
    assert response.status_code == 200
    page = BeautifulSoup(response.text, "lxml")
    assert page.select("script, img, iframe, [onerror], [onload], [onmouseover]") == []
    assert "49" not in page.get_text()
    for element in page.select("[href], [src], [action]"):
        target = str(element.get("href") or element.get("src") or element.get("action"))
        assert target.startswith(("/", "https://", "#", "data:,"))


@pytest.mark.parametrize("path", ["/room/articles", "/room/links", "/room/rejected"])
def test_datasette_links_no_scripts(reader: Reader, path: str) -> None:
    """Datasette's own tables link no javascript: address and run no scraped text."""
    page = BeautifulSoup(reader.get(path).text, "lxml")
    assert page.select("td script, td img") == []
    for link in page.select("td a"):
        assert str(link["href"]).startswith(("/", "https://"))


@pytest.mark.parametrize(
    "path", [*PAGES[:6], "/-/articles/99", "/-/cuttings/cuttings.css", "/-/nothing"]
)
def test_headers_everywhere(reader: Reader, path: str) -> None:
    """Every answer forbids sniffing, framing and sending the address elsewhere."""
    headers = reader.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe-inline'; img" not in headers["content-security-policy"].replace(
        "style-src 'self' 'unsafe-inline'; img", ""
    )


def test_own_pages_run_no_script(reader: Reader) -> None:
    """Our pages' policy lets nothing run and loads styles from here only."""
    policy = reader.get("/-/articles/1").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'none'" in policy
    assert "style-src 'self';" in policy


def test_datasette_pages_keep_their_scripts(reader: Reader) -> None:
    """Each inline script of Datasette's pages is allowed by its hash, and no other."""
    import base64
    import hashlib

    for path in ("/room", "/room/articles", "/room/articles/1", "/room?sql=select+1"):
        response = reader.get(path)
        policy = response.headers["content-security-policy"]
        assert "script-src 'self' 'sha256-" in policy
        scripts = BeautifulSoup(response.text, "html.parser").select(
            "script:not([src])"
        )
        assert scripts
        for script in scripts:
            digest = hashlib.sha256((script.string or "").encode()).digest()
            assert f"'sha256-{base64.b64encode(digest).decode()}'" in policy


def test_tables_are_described(reader: Reader) -> None:
    """Datasette's pages show our descriptions, hide bookkeeping and link to reading."""
    page = BeautifulSoup(reader.get("/room/articles").text, "lxml")
    assert "One row for each piece of journalism" in page.get_text()
    assert "canonical URL" in page.select_one("dl.column-descriptions").get_text()  # type: ignore[union-attr]
    assert page.select("td.col-headline a[href='/-/articles/1']")
    tables = reader.get("/room.json").json()["tables"]
    hidden = {table["name"] for table in tables if table["hidden"]}
    assert {"articles_fts", "articles_fts_data", "_sqlite_migrations"} <= hidden
    assert not hidden & {"articles", "sites", "crawls", "revisions"}


def test_tables_of_sqlite_are_hidden(reader: Reader) -> None:
    """What SQLite and the search index keep for themselves is not listed first."""
    tables = reader.get("/room.json").json()["tables"]
    shown = {one["name"] for one in tables if not one["hidden"]}
    assert {"articles", "sites"} <= shown
    assert not any(name.startswith(("sqlite_", "articles_fts", "_")) for name in shown)


def test_views_link_where_they_can(reader: Reader) -> None:
    """A view's headline links to the article, and is plain text without the id."""
    linked = BeautifulSoup(reader.get("/room/full_articles").text, "lxml")
    bare = BeautifulSoup(reader.get("/room/full_articles?_nocol=id").text, "lxml")
    assert linked.select("td.col-headline a[href='/-/articles/1']")
    assert bare.select("td.col-headline")
    assert bare.select("td.col-headline a") == []


def test_tables_stay_within_reach(reader: Reader) -> None:
    """Datasette's table pages load our small sheet; an unknown sheet is not found."""
    page = BeautifulSoup(reader.get("/room/articles").text, "lxml")
    assert page.select("link[href='/-/cuttings/tables.css']")
    sheet = reader.get("/-/cuttings/tables.css")
    assert sheet.headers["content-type"] == "text/css; charset=utf-8"
    assert reader.get("/-/cuttings/other.css").status_code == 404


def test_addresses_stay_in_their_cards(reader: Reader) -> None:
    """On a phone, where a row is a card, an address breaks where the card ends."""
    rules = " ".join(reader.get("/-/cuttings/tables.css").text.split())
    narrow = rules.partition("@media only screen and (max-width: 576px) {")[2]
    assert ".rows-and-columns td { overflow-wrap: anywhere; }" in narrow


def test_menu_leads_back(reader: Reader) -> None:
    """Datasette's own pages have the reading room in their menu."""
    page = BeautifulSoup(reader.get("/room").text, "lxml")
    labels = [a.text for a in page.select(".nav-menu-inner a")]
    assert labels[:2] == ["Reading room", "Search articles"]


def test_without_an_archive(tmp_path: Path) -> None:
    """Over a database that is no archive Datasette is as if we were not there."""
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, headline)")
        connection.execute("INSERT INTO articles VALUES (1, 'Ours not')")
    connection.close()
    reader = Reader(path)
    home = reader.get("/")
    assert home.status_code == 200
    assert "Press cuttings" not in home.text
    assert "other" in home.text
    assert reader.get("/-/search?q=x").status_code == 404
    assert "/-/articles/1" not in reader.get("/other/articles").text


def test_archive_among_others(tmp_path: Path) -> None:
    """The archive is found by its tables, whatever it is called and where it stands."""
    first = tmp_path / "aaa.db"
    sqlite3.connect(first).close()
    sample = SampleArchive(tmp_path / "Zeitung-2 (copy).db")
    sample.add(Sample())
    sample.db.close()
    reader = Reader(first, sample.path)
    assert "Depot opens in Harrow" in reader.get("/").text
    link = BeautifulSoup(reader.get("/-/articles/1").text, "lxml").select_one(
        "a[href*='/articles/1'][href*='Zeitung']"
    )
    assert link is not None
    assert reader.get(str(link["href"])).status_code == 200


def test_archive_made_after_start(tmp_path: Path) -> None:
    """A file that becomes an archive while it is served is shown from then on."""
    path = tmp_path / "late.db"
    sqlite3.connect(path).close()
    reader = Reader(path)
    assert "Press cuttings" not in reader.get("/").text
    sample = SampleArchive(path)
    sample.add(Sample())
    sample.db.close()
    assert "Depot opens in Harrow" in reader.get("/").text


def test_reading_while_a_crawl_writes(tmp_path: Path) -> None:
    """Pages answer during an open write, and show what is committed and no more."""
    sample = SampleArchive(tmp_path / "room.db")
    sample.add(Sample())
    reader = Reader(sample.path)
    sample.db.execute("BEGIN IMMEDIATE")
    sample.add(Sample(headline="Not yet told"))
    before = [reader.get(path) for path in ("/", "/-/search?q=depot", "/-/articles/1")]
    sample.db.execute("COMMIT")
    after = reader.get("/")
    sample.db.close()
    assert [response.status_code for response in before] == [200, 200, 200]
    assert all("Not yet told" not in response.text for response in before)
    assert "Not yet told" in after.text


def test_permissions_are_kept(tmp_path: Path) -> None:
    """Who may not see the database or its articles may not read them here either."""
    sample = SampleArchive(tmp_path / "room.db")
    sample.add(Sample())
    sample.db.close()
    for closed in (
        {"allow": False},
        {"databases": {"room": {"allow": False}}},
        {"databases": {"room": {"tables": {"revisions": {"allow": False}}}}},
    ):
        reader = Reader(sample.path, metadata=closed)
        for path in ("/", "/-/articles/1", "/-/search?q=depot"):
            response = reader.get(path)
            assert response.status_code == 403
            assert "Depot" not in response.text


ENDLESS = """
CREATE VIEW tags AS WITH RECURSIVE n(id, name) AS
  (SELECT 2, 'x' UNION ALL SELECT id + 1, name FROM n) SELECT id, name FROM n
"""


def test_a_query_cannot_make_huge_values(reader: Reader) -> None:
    """A value that would fill the memory is refused before it is made."""
    for sql in ("length(hex(randomblob(400000000)))", "length(zeroblob(8000001))"):
        page = reader.get(f"/room?sql=select+{sql}")
        assert page.status_code == 400
        assert "string or blob too big" in page.text
    assert reader.get("/room?sql=select+length(zeroblob(7999999))").status_code == 200


def test_long_bodies_open(tmp_path: Path) -> None:
    """An article of half a million words is read, found and listed all the same."""
    sample = SampleArchive(tmp_path / "room.db")
    counted = [" ".join(f"lid {n}{i}" for i in range(250)) for n in range(1000)]
    blocks = [("paragraph", 0, line) for line in ("Of kettles.", *counted)]
    sample.add(Sample(headline="The whole of the inquiry", blocks=blocks))
    sample.db.commit()
    sample.db.close()
    reader = Reader(tmp_path / "room.db")
    for path in ("/-/articles/1", "/-/search?q=kettles", "/room/full_articles"):
        page = reader.get(path)
        assert page.status_code == 200
        assert "The whole of the inquiry" in page.text


def test_slow_pages_say_so(tmp_path: Path) -> None:
    """A page that would take longer than the server allows is ended and says so."""
    sample = SampleArchive(tmp_path / "room.db")
    sample.add(Sample(tags=["freight"]))
    sample.db.execute("PRAGMA foreign_keys = OFF")
    sample.db.execute("DROP TABLE tags")
    sample.db.execute(ENDLESS)
    sample.db.close()
    response = Reader(sample.path).get("/-/articles/1")
    assert response.status_code == 503
    assert "longer than the server allows" in response.text


def test_damaged_archives_say_so(tmp_path: Path) -> None:
    """A page that SQLite cannot read says what is wrong; the others still work."""
    sample = SampleArchive(tmp_path / "room.db")
    sample.add(Sample())
    sample.db.execute("DROP TABLE tags")
    sample.db.close()
    reader = Reader(sample.path)
    response = reader.get("/-/articles/1")
    assert response.status_code == 503
    assert "no such table" in response.text
    assert reader.get("/-/search?q=depot").status_code == 200


def test_other_methods_are_refused(reader: Reader) -> None:
    """The reading room is for reading: it answers GET and HEAD only."""
    import asyncio

    response = asyncio.run(reader.datasette.client.delete("/-/articles/1"))
    assert response.status_code in (403, 405)
    assert asyncio.run(reader.datasette.client.head("/")).status_code == 200


@pytest.mark.parametrize(
    "value",
    [
        *("javascript:alert(1)", " https://a.example", "https://a.example/\n", "//a"),
        *(
            "data:text/html,x",
            "java\tscript:x",
            'https://a/"b',
            "https://",
            "",
            None,
            4,
        ),
    ],
)
def test_only_web_addresses_are_links(value: object) -> None:
    """Anything but a clean absolute http(s) address is no link."""
    assert web_url(value) is None
    assert web_url("HTTPS://a.example/ü?x=1#y") == "HTTPS://a.example/ü?x=1#y"


def test_damaged_blocks_fall_back_to_text(tmp_path: Path) -> None:
    """An article whose blocks cannot be read is shown from its plain text."""
    sample = SampleArchive(tmp_path / "room.db")
    sample.add(Sample(blocks=[("paragraph", 0, "One."), ("paragraph", 0, "Two.")]))
    reader = Reader(sample.path)
    for damaged in ("not json", "[[1, 2]]", '[["poem", 0, "x"]]', "7"):
        sample.db.execute("UPDATE revisions SET blocks = ?", (damaged,))
        page = BeautifulSoup(reader.get("/-/articles/1").text, "lxml")
        assert [p.text for p in page.select(".text p")] == ["One.", "Two."]
    sample.db.close()


def test_list_depths_may_skip() -> None:
    """A list that begins deep or skips a depth still nests step by step."""
    blocks = [
        Block(kind="list_item", text=text, level=level)
        for text, level in (("a", 2), ("b", 5), ("c", 0), ("d", 1))
    ]
    (only,) = parts(blocks)
    assert [item.text for item in only.items] == ["a", "c"]
    assert [item.text for item in only.items[0].lists[0].items] == ["b"]
    assert [item.text for item in only.items[1].lists[0].items] == ["d"]


def test_dates_as_readers_write_them() -> None:
    """Days and instants are written out; zones by name, by offset, or UTC."""
    at = "2026-07-01T12:00:00Z"
    assert (day("2026-02-03"), day(None), day("soon")) == (
        *("3 February 2026", "undated"),
        "soon",
    )
    assert (utc(at), utc(None), utc("soon")) == (
        *("1 July 2026, 12:00 UTC", "unknown"),
        "soon",
    )
    zones = {"+05:30": "17:30", "Z": "12:00", "nonsense": "14:00", None: "14:00"}
    for zone, clock in zones.items():
        moment = shown("2026-07-01", at, zone, site_zone="Europe/Paris")
        assert moment is not None and clock in moment.text
    only_day = shown("2026-07-01", None, None, site_zone=None)
    assert only_day is not None and only_day.text == "1 July 2026"
    assert shown(None, None, None, site_zone=None) is None

"""`cuttings check`: each fault is made in a filled archive, and exactly it is told."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filled_archive import fill
from made_pages import LATER, arrive, article, begun, cut, fetch, kept, new, rows

from archive.check import LAWS, Depth, Report, check
from archive.checks import forms, search
from archive.checks.file import fresh_tables
from archive.database import WriteLock
from archive.write import Archive, Limits
from cli.main import main

FAULTS: tuple[tuple[str, str, str], ...] = (
    (
        "article without a text",
        "articles",
        "UPDATE articles SET revision_id = NULL WHERE id = 2",
    ),
    (
        "article that shows another text than its newest",
        "articles",
        "UPDATE articles SET revision_id = 1, (headline, standfirst) ="
        " (SELECT headline, standfirst FROM revisions WHERE id = 1) WHERE id = 1",
    ),
    (
        "article with another headline than its text",
        "articles",
        "UPDATE articles SET headline = 'Other' WHERE id = 2",
    ),
    (
        "article seen last before it was seen first",
        "articles",
        "UPDATE articles SET last_seen_at = '2020-01-01T00:00:00Z' WHERE id = 2",
    ),
    (
        "article whose own address does not lead to it",
        "articles",
        "UPDATE articles SET url = 'https://kettle.example/nowhere' WHERE id = 2",
    ),
    (
        "article without an address that was fetched",
        "articles",
        "UPDATE urls SET relation = 'redirect' WHERE article_id = 4",
    ),
    (
        "revisions not numbered from 1 without a gap",
        "revisions",
        "UPDATE revisions SET number = 3 WHERE number = 2",
    ),
    (
        "revision without a capture",
        "revisions",
        "UPDATE revisions SET capture_id = NULL WHERE id = 2",
    ),
    (
        "revision whose body is not that of its blocks",
        "revisions",
        'UPDATE revisions SET blocks = \'[["paragraph",0,"Else"]]\' WHERE id = 2',
    ),
    (
        "revision that does not say what it changed",
        "revisions",
        "UPDATE revisions SET words_changed = NULL WHERE number = 2",
    ),
    (
        "change of a first revision",
        "changes",
        "INSERT INTO changes VALUES (2, 0, 'typo', 'body', 'a', 'b', 'weak')",
    ),
    (
        "state that follows the same state",
        "states",
        "INSERT INTO states (article_id, state, evidence, url, first_seen_at,"
        " last_seen_at) SELECT article_id, state, evidence, url, first_seen_at,"
        " last_seen_at FROM states",
    ),
    (
        "state that ends before it begins",
        "states",
        "UPDATE states SET last_seen_at = '2020-01-01T00:00:00Z'",
    ),
    ("list with a gap", "links", "UPDATE links SET position = 1 WHERE revision_id = 2"),
    (
        "list with a gap",
        "article_authors",
        "DELETE FROM article_authors WHERE article_id = 2 AND position = 0",
    ),
    (
        "author of no article",
        "authors",
        "INSERT INTO authors (name) VALUES ('Share this')",
    ),
    ("tag of no article", "tags", "INSERT INTO tags (name) VALUES ('unused')"),
    (
        "article without evidence",
        "evidence",
        "DELETE FROM evidence WHERE article_id = 2",
    ),
    (
        "picture behind the end of its text",
        "images",
        "UPDATE images SET after_block = 99 WHERE role = 'inline'",
    ),
    (
        "address of an outcome that needs an article and has none",
        "urls",
        "UPDATE urls SET relation = 'part' WHERE article_id IS NULL"
        " AND outcome = 'failed'",
    ),
    (
        "address that was fetched at no time",
        "urls",
        "UPDATE urls SET fetched_at = NULL WHERE outcome = 'failed'",
    ),
    (
        "crawl whose counts do not add up",
        "crawls",
        "UPDATE crawls SET found = found + 1 WHERE id = 1",
    ),
    (
        "crawl whose counts are not those of its fetches",
        "crawls",
        "UPDATE crawls SET stored = stored - 1, failed = failed + 1 WHERE id = 1",
    ),
    (
        "crawl that is half ended",
        "crawls",
        "UPDATE crawls SET finished_at = NULL WHERE id = 1",
    ),
    (
        "fetch of an article that leads to none",
        "fetches",
        "UPDATE fetches SET article_id = NULL WHERE outcome = 'revised'",
    ),
    (
        "fetch without a reason",
        "fetches",
        "UPDATE fetches SET reason = NULL WHERE outcome = 'rejected'",
    ),
    (
        "fetched address that is not known",
        "fetches",
        "DELETE FROM urls WHERE url LIKE '%/lost'",
    ),
    (
        "rejected page that shows an article",
        "rejected",
        "INSERT INTO rejected (url, site, reason, rejected_at)"
        " SELECT url, site, 'no text', first_seen_at FROM articles WHERE id = 4",
    ),
    ("rejected page without a reason", "rejected", "UPDATE rejected SET reason = ''"),
    (
        "rejected page whose address is not known",
        "rejected",
        "UPDATE rejected SET url = 'https://kettle.example/?' WHERE site = 'kettle'",
    ),
    (
        "verdict of a later version than the site's memory",
        "memory",
        "UPDATE memory SET version = 99",
    ),
    (
        "site settled to a crawl that there is not",
        "sites",
        "UPDATE sites SET settled_to = 99 WHERE name = 'tray'",
    ),
    (
        "pair of copies in the wrong order",
        "copy_pairs",
        "UPDATE copy_pairs SET article_id = other_id, other_id = article_id"
        " WHERE relation <> 'none'",
    ),
    (
        "pair of copies of which neither was first",
        "copy_pairs",
        "UPDATE copy_pairs SET first_id = 99",
    ),
    (
        "share of a text that is no share",
        "copy_pairs",
        "UPDATE copy_pairs SET share = 1.5",
    ),
    (
        "copies in different stories",
        "copy_pairs",
        "INSERT INTO copy_pairs VALUES (4, 5, 1, 1, 'identical', 'made', 4)",
    ),
    (
        "article in a story of which it has no copy",
        "articles",
        "UPDATE articles SET story_id = 1 WHERE id = 4;"
        " UPDATE stories SET articles = articles + 1",
    ),
    ("story with a wrong count", "stories", "UPDATE stories SET articles = 7"),
    (
        "story with one article",
        "stories",
        "INSERT INTO stories (id, articles, first_id) VALUES (2, 1, 4);"
        " UPDATE articles SET story_id = 2 WHERE id = 4",
    ),
    (
        "story whose first article is not in it",
        "stories",
        "UPDATE stories SET first_id = 4",
    ),
    (
        "joined story that does not lead to a standing one",
        "stories",
        "INSERT INTO stories (id, joined_id, articles) VALUES (2, 1, 0), (3, 2, 0)",
    ),
    (
        "text that is not in the index of copies",
        "copy_hashes",
        "DELETE FROM copy_hashes WHERE article_id = 3;"
        " DELETE FROM copy_recent WHERE article_id = 3",
    ),
    (
        "hash that is in both tables of the index",
        "copy_recent",
        "INSERT INTO copy_recent SELECT * FROM copy_hashes LIMIT 1",
    ),
    (
        "captures that overlap",
        "captures",
        "UPDATE captures SET length = length + 1 WHERE id = 1",
    ),
    (
        "capture without bytes",
        "captures",
        "UPDATE captures SET file = '../' || file WHERE id = 1",
    ),
    (
        "further page of no first page",
        "captures",
        "UPDATE captures SET part_of = 3 WHERE id = 2",
    ),
    (
        "list that cannot be read",
        "captures",
        "UPDATE captures SET hints = '{' WHERE id = 1",
    ),
    (
        "time in another form",
        "urls",
        "UPDATE urls SET due_at = 'tomorrow' WHERE relation = 'part'",
    ),
    (
        "time in another form",
        "articles",
        "UPDATE articles SET published_on = '28/02/2026' WHERE id = 2",
    ),
    (
        "word that is not in the list",
        "links",
        "UPDATE links SET role = 'kin' WHERE revision_id = 2",
    ),
    (
        "row that points at nothing",
        "article_tags",
        "UPDATE article_tags SET tag_id = 99 WHERE article_id = 2",
    ),
    (
        "row that points at nothing",
        "captures",
        "UPDATE captures SET site = 'gone' WHERE id = 9",
    ),
    ("row that points at nothing", "memory", "UPDATE memory SET site = 'gone'"),
    (
        "article that is not in the search index",
        "articles_fts",
        "DELETE FROM articles_fts_docsize WHERE id = 2",
    ),
    (
        "entry of the search index without an article",
        "articles_fts",
        "INSERT INTO articles_fts (rowid, headline) VALUES (99, 'nothing')",
    ),
    (
        "search index that holds another text than the article",
        "articles_fts",
        "INSERT INTO articles_fts (articles_fts, rowid, headline, standfirst, body,"
        " facets) SELECT 'delete', * FROM search_source WHERE id = 2;"
        " INSERT INTO articles_fts (rowid, headline, standfirst, body, facets)"
        " SELECT id, 'Pans', standfirst, body, facets FROM search_source WHERE id = 2",
    ),
    (
        "damaged search index",
        "articles_fts",
        "UPDATE articles_fts_data SET block = x'00' WHERE id > 10",
    ),
    ("part of the schema that is missing", "sqlite_master", "DROP INDEX urls_site"),
    (
        "part of the schema that is missing",
        "sqlite_master",
        "DROP TRIGGER articles_fts_delete",
    ),
    (
        "part of the schema of another version",
        "sqlite_master",
        "DROP VIEW copies; CREATE VIEW copies AS SELECT 1 AS one",
    ),
)
"""The fault, its table, and what makes it."""
UNREADABLE = {("capture that cannot be read back", "captures")}
TOO: dict[str, set[tuple[str, str]]] = {
    "captures that overlap": UNREADABLE,
    "capture without bytes": {("file of captures that is missing", "captures")},
}
"""What a fault cannot be without."""
NOTES = {"crawl without an end", "text still to be compared"}
"""What the filled archive has, as after a kill."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a filled archive."""
    folder = tmp_path_factory.mktemp("whole")
    fill(folder / "archive.db")
    return folder


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    """An archive that a test may damage."""
    shutil.copytree(whole, tmp_path / "a")
    return tmp_path / "a" / "archive.db"


def damage(path: Path, script: str) -> None:
    """Change an archive behind everybody's back."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(f"PRAGMA foreign_keys = OFF; BEGIN; {script}; COMMIT")


def looked(path: Path, *, quick: bool = False) -> Report:
    """What a check finds."""
    return check(path, Depth(quick=quick, captures=not quick))


def kinds(report: Report) -> set[tuple[str, str]]:
    """The faults by name and table."""
    return {(one.kind, one.table) for one in report.damage}


def test_a_filled_archive_is_clean(whole: Path) -> None:
    """An archive with rows in every table has no fault, and its leftovers are notes."""
    report = looked(whole / "archive.db")
    assert report.damage == ()
    assert {one.kind for one in report.faults} == NOTES
    assert report.sizes["articles"] == 5


@pytest.mark.parametrize(("kind", "table", "script"), FAULTS)
def test_a_fault_is_told(path: Path, kind: str, table: str, script: str) -> None:
    """Each fault is found, and nothing else is said to be wrong."""
    damage(path, script)
    report = looked(path)
    assert kinds(report) == {(kind, table)} | TOO.get(kind, set())
    for fault in report.damage:
        assert fault.count >= 1 and fault.rows and fault.meaning and fault.remedy


def test_every_law_has_its_fault() -> None:
    """No law is without a test that breaks it."""
    made = {(kind, table) for kind, table, _ in FAULTS}
    laws = {(law.kind, law.table) for law in (*LAWS, *search.LAWS) if law.is_damage}
    assert laws - made <= {
        ("list with a gap", one)
        for one in ("article_tags", "images", "notices", "changes")
    }


def test_times_of_every_table_are_looked_at() -> None:
    """Laws of form are made from the schema: a column ending in _at or _on has one."""
    made = forms.laws(fresh_tables())
    found = {(one.table, one.query.split(", ")[-1].split()[0]) for one in made}
    assert {
        ("articles", "published_on"),
        ("urls", "due_at"),
        ("fetches", "at"),
    } <= found


def test_what_is_not_ours_is_a_note(path: Path) -> None:
    """A table that somebody added is told, and is no fault."""
    damage(
        path,
        "CREATE TABLE mine (site TEXT REFERENCES sites(name));"
        " INSERT INTO mine VALUES ('nowhere')",
    )
    report = looked(path)
    assert report.damage == ()
    assert ("table mine",) in [one.rows for one in report.faults]


def test_a_missing_table_is_told_once(path: Path) -> None:
    """Where a whole table is gone the check goes on with the others."""
    damage(path, "DROP TABLE captures")
    report = looked(path)
    assert report.sizes["captures"] == 0
    missing = [one for one in report.damage if one.table == "sqlite_master"]
    assert "table captures" in missing[0].rows


def test_a_quick_check_reads_no_text(path: Path) -> None:
    """--quick finds missing rows of the index; changed texts it does not see."""
    damage(path, "UPDATE revisions SET blocks = '[]' WHERE id = 2")
    assert looked(path, quick=True).damage == ()
    damage(path, "DELETE FROM articles_fts_docsize WHERE id = 2")
    expected = {("article that is not in the search index", "articles_fts")}
    assert kinds(looked(path, quick=True)) == expected


def test_stale_entries_name_their_articles(path: Path) -> None:
    """Of an index with another text the article is named."""
    script = next(
        one
        for kind, _, one in FAULTS
        if "another text than the" in kind and "Pans" in one
    )
    damage(path, script)
    assert [one.rows for one in looked(path).damage] == [("2",)]


def test_many_rows_are_counted_and_few_named(path: Path) -> None:
    """Of a fault with many rows the first five are named."""
    damage(
        path,
        "UPDATE fetches SET url = url || '#'",
    )
    fault = next(one for one in looked(path).damage if one.table == "fetches")
    assert (fault.count, len(fault.rows)) == (11, 5)


def test_damaged_pages_are_told(path: Path) -> None:
    """A file whose pages are overwritten is said to be damaged, without a crash."""
    (found,) = rows(
        path,
        "SELECT rootpage, page_size FROM sqlite_master, pragma_page_size()"
        " WHERE name = 'notices'",
    )
    root, size = (int(str(one)) for one in found)
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    for quick in (False, True):
        report = looked(path, quick=quick)
        assert ("damaged file", "archive.db") in kinds(report)
        assert ("table that cannot be read", "notices") in kinds(report)
        assert "restore" in report.damage[0].remedy


def warc_of(path: Path) -> Path:
    """The one WARC file of an archive."""
    return next((path.parent / "captures").glob("*.warc.gz"))


def test_a_missing_file_of_captures_is_told(path: Path) -> None:
    """Where the WARC file is gone, that alone is told."""
    warc_of(path).unlink()
    assert kinds(looked(path)) == {("file of captures that is missing", "captures")}


def test_a_short_file_of_captures_is_told(path: Path) -> None:
    """A WARC file that ends before its last row does is told, also by --quick."""
    file = warc_of(path)
    file.write_bytes(file.read_bytes()[:-3])
    short = ("file of captures that is cut short", "captures")
    assert kinds(looked(path, quick=True)) == {short}
    assert kinds(looked(path)) == {short} | UNREADABLE


def test_a_flipped_byte_of_a_capture_is_told(path: Path) -> None:
    """A damaged record is found by reading it back, which --quick leaves out."""
    file = warc_of(path)
    content = bytearray(file.read_bytes())
    content[-40] ^= 1
    file.write_bytes(content)
    assert looked(path, quick=True).damage == ()
    assert kinds(looked(path)) == UNREADABLE


def test_what_lies_behind_the_last_row_is_a_note(path: Path) -> None:
    """Bytes that a killed crawl wrote and never acknowledged are no fault."""
    with warc_of(path).open("ab") as file:
        file.write(b"half a record")
    report = looked(path)
    assert report.damage == ()
    assert any("(13 bytes)" in one.rows[0] for one in report.faults)


def test_bytes_that_are_no_record_are_told(path: Path) -> None:
    """What something wrote behind a WARC file that no crawl adds to is a fault."""
    full = warc_of(path)
    with Archive(path, Limits(rotate_bytes=1)) as archive:
        arrive(archive, fetch(begun(archive), "next"), article("next"))
    with full.open("ab") as file:
        file.write(b"not a record")
    assert kinds(looked(path)) == {("bytes that are no record", "captures")}


def test_an_open_crawl_is_no_fault(tmp_path: Path) -> None:
    """While a crawl writes, before and after each commit, the check is clean."""
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        crawl = begun(archive)
        for name in ("a", "b", "c"):
            arrive(archive, fetch(crawl, name), article(name))
            assert looked(path).damage == ()
            archive.commit()
            assert looked(path).damage == ()
            edited = article(name, text=f"Another text of {name}, and longer too.")
            arrive(archive, fetch(crawl, name, at=LATER), edited)


def test_a_page_rescued_later_is_counted_at_once(path: Path) -> None:
    """A rejected page that becomes an article after its crawl's end is one commit."""
    with Archive(path, Limits(batch_rows=1)) as archive:
        rescued = fetch(1, "login")
        archive.store(
            kept(archive, rescued),
            article("login"),
            new(rescued.url),
            replace(cut(article("login")), capture_id=3),
        )
        assert looked(path).damage == ()
    counts = "SELECT stored, rejected FROM crawls WHERE id = 1"
    assert rows(path, counts) == [(3, 0)]


def test_a_check_writes_nothing(path: Path) -> None:
    """The file is the same bytes after a check."""
    before = path.read_bytes()
    looked(path)
    assert path.read_bytes() == before


def said(*arguments: object) -> Result:
    """Run `cuttings check` in this process."""
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


def test_the_command_tells_and_ends_with_0(whole: Path) -> None:
    """A clean archive is said to be clean, with its sizes and notes."""
    found = said("--db", whole / "archive.db")
    assert found.exit_code == 0
    assert "2 sites, 5 articles, 6 revisions, 10 captures" in found.output
    assert found.output.endswith("not looked at: nothing\nclean\n")
    assert "note: crawl without an end: 1 in crawls\n" in found.output


def test_the_command_ends_with_1_where_something_is_wrong(path: Path) -> None:
    """A fault is printed with its rows, its meaning and what to do."""
    damage(path, "INSERT INTO tags (name) VALUES ('unused')")
    found = said("--db", path, "--quick")
    assert found.exit_code == 1
    assert "fault: tag of no article: 1 in tags\n  3\n  Counts of tags" in found.output
    assert "  to do: restore the last clean backup" in found.output
    assert "not looked at: what is in the texts" in found.output
    assert found.output.endswith("kinds of fault: 1\n")


def test_the_command_gives_json(path: Path) -> None:
    """--json has every fault with all that is known of it."""
    damage(path, "INSERT INTO tags (name) VALUES ('unused')")
    told = json.loads(said("--db", path, "--json").stdout)
    assert not told["clean"] and told["rows"]["articles"] == 5
    (fault,) = [one for one in told["faults"] if one["is_damage"]]
    assert (fault["kind"], fault["rows"]) == ("tag of no article", ["3"])


@pytest.mark.parametrize(
    "script",
    [
        "DELETE FROM articles_fts_docsize WHERE id = 2",
        "DELETE FROM articles_fts_data",
        "DROP TRIGGER articles_fts_delete",
        "DROP TABLE articles_fts",
    ],
)
def test_the_index_is_repaired(path: Path, script: str) -> None:
    """--repair-index makes index and triggers anew; afterwards all is clean."""
    damage(path, script)
    assert looked(path).damage
    found = said("--db", path, "--repair-index")
    assert found.exit_code == 0, found.output
    assert "the search index was built anew" in found.output
    assert looked(path).damage == ()
    with Archive(path) as archive:
        arrive(archive, fetch(begun(archive), "anew"), article("anew"))
    assert looked(path).damage == ()


def test_the_index_is_not_repaired_under_a_crawl(path: Path) -> None:
    """While another process writes, the repair is refused with exit code 3."""
    lock = WriteLock(path)
    found = said("--db", path, "--repair-index")
    lock.release()
    assert found.exit_code == 3
    assert "is being written by another process" in found.output


def test_an_index_that_cannot_be_made_is_exit_code_3(path: Path) -> None:
    """Where the texts cannot be read the index stays as it is, and that is told."""
    damage(path, "DROP VIEW search_source")
    found = said("--db", path, "--repair-index")
    assert found.exit_code == 3
    assert "could not be written" in found.output
    assert rows(path, "SELECT count(*) FROM articles_fts_docsize") == [(5,)]


def test_no_archive_is_exit_code_2(tmp_path: Path) -> None:
    """Where there is no archive the command says so, and makes none."""
    found = said("--db", tmp_path / "none.db", "--repair-index")
    assert found.exit_code == 2
    assert "there is no such file" in found.output
    assert list(tmp_path.iterdir()) == []

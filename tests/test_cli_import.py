"""`cuttings import text` as a user meets it: what is archived, told and left alone."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from command import write_profile
from made_pages import ENDED, LATER, NOW, SITE, address, begun, page
from press import press
from warcio.archiveiterator import ArchiveIterator

from archive.database import WriteLock, captures_folder
from archive.errors import RowRefused
from archive.records import Article, Block, Capture
from archive.warc import captures
from archive.write import Archive
from cli.main import main
from crawler.sites.profile import Profile
from pipelines.capture import keep
from pipelines.draft import Draft
from pipelines.flat import formats
from pipelines.flat.again import cut_again
from pipelines.flat.importing import Import, Outcome, fetch_of
from pipelines.flat.prepare import Candidate, Given, Wishes, candidates
from pipelines.identify import with_identity
from pipelines.store import store

FIXTURES = Path(__file__).parent / "fixtures" / "flat"
PAGE = FIXTURES / "drupal-breadcrumb-standfirst" / "page.txt"
EXPORT = FIXTURES / "exports" / "fielded.txt"
BODY = (
    "The kettle works at Lidham will reopen in spring with sixty new jobs, its owners"
    " said on Monday at the gate.",
    "Lids will be pressed at Lidham again by the end of the summer, and sixty people"
    " will be hired for the early shift.",
)
TEXT = "\n".join(["Lids return to Lidham", *BODY, "Related content", "More on tin"])


def cuttings(*arguments: object) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, [*map(str, arguments)])


def imported(db: Path, *arguments: object) -> list[dict[str, Any]]:
    """Import texts; what --json tells."""
    result = cuttings("import", "text", *arguments, "--db", db, "--json")
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def rows(db: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of an archive."""
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql).fetchall()


def contents(db: Path) -> list[list[tuple[Any, ...]]]:
    """Every row that an import writes."""
    tables = ("articles", "revisions", "captures", "crawls", "fetches", "urls")
    return [rows(db, f"SELECT * FROM {table}") for table in (*tables, "rejected")]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """The file of an archive that is not there yet."""
    return tmp_path / "archive.db"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A flattened page without an address."""
    path = tmp_path / "page.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_page_is_archived(db: Path) -> None:
    """A flattened page becomes an article with its fields, without its furniture."""
    (told,) = imported(db, PAGE, "--site", "transit")
    assert (told["outcome"], told["article_id"], told["site"]) == (
        "stored",
        1,
        "transit",
    )
    assert rows(db, "SELECT headline, published_on, section FROM articles") == [
        ("Tram depot opens two months early", "2022-06-07", "News")
    ]
    ((body, kinds),) = rows(db, "SELECT body, blocks FROM revisions")
    assert "Related articles" not in body
    assert "Share this page" not in body
    assert json.loads(kinds)[2] == ["subhead", 2, "What happens to the old site"]


def test_the_capture_is_a_resource_record(db: Path, text: Path) -> None:
    """The text is kept as it was given, in a record that other tools open."""
    imported(db, text)
    (path,) = captures_folder(db).iterdir()
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            kind = record.rec_headers.get_header("Content-Type")
            found.append((record.rec_type, kind, record.raw_stream.read()))
    assert found[1:] == [("resource", "text/plain; charset=utf-8", TEXT.encode())]
    columns = (
        "file, offset, length, digest, url, status, content_type, fetched_at, kind"
    )
    ((*values,),) = rows(db, f"SELECT {columns} FROM captures")
    names = columns.split(", ")
    capture = Capture(**dict(zip(names, values, strict=True)))
    answer = captures.read(captures_folder(db), capture)
    assert (answer.payload, answer.kind) == (TEXT.encode(), "resource")
    with pytest.raises(captures.CaptureUnreadable, match="another record"):
        captures.read(captures_folder(db), replace(capture, kind="response"))
    with pytest.raises(captures.CaptureUnreadable, match="another record"):
        captures.read(captures_folder(db), replace(capture, digest="sha1:A"))


def test_importing_twice_stores_nothing_twice(db: Path) -> None:
    """The second import of the same files writes no row and no capture."""
    imported(db, PAGE, EXPORT)
    before = contents(db), [p.stat().st_size for p in captures_folder(db).iterdir()]
    again = imported(db, EXPORT, PAGE)
    assert {one["outcome"] for one in again} == {"known"}
    after = contents(db), [p.stat().st_size for p in captures_folder(db).iterdir()]
    assert after == before


def test_every_document_is_accounted_for(db: Path) -> None:
    """A run's counts add up, and what is no article has a row with its reason."""
    told = imported(db, EXPORT)
    assert [one["outcome"] for one in told] == ["stored", "stored", "rejected"]
    assert told[2]["reason"].startswith("no text: ")
    assert rows(
        db, "SELECT site, kind, finish, found, stored, rejected FROM crawls"
    ) == [("parcel-post", "import", "finished", 3, 2, 1)]
    ((reason, kept),) = rows(db, "SELECT reason, capture_id FROM rejected")
    assert (reason, kept) == ("no text", 3)


def test_dry_run_names_what_would_be_rejected(db: Path) -> None:
    """--dry-run judges as the import does."""
    told = imported(db, EXPORT, "--dry-run")
    assert [one["outcome"] for one in told] == ["article", "article", "rejected"]
    assert told[2]["reason"].startswith("no text: ")


def test_pictures_are_told(db: Path, text: Path) -> None:
    """A picture's line carries caption, credit and licence apart."""
    text.write_text(TEXT.replace("\n", "\nLids, boxed Photo: Jo Hay/CC BY 2.0\n", 1))
    (told,) = imported(db, text, "--dry-run")
    line = told["lines"][1]
    assert line["role"] == "caption+credit"
    assert [line[name] for name in ("caption", "credit", "licence")] == [
        *("Lids, boxed", "Jo Hay", "CC BY 2.0")
    ]


def test_nothing_is_due(db: Path) -> None:
    """No crawl asks for what was imported: its addresses are never due."""
    imported(db, EXPORT)
    assert rows(db, "SELECT count(*), count(due_at) FROM urls") == [(3, 0)]


def test_bad_files_stop_nothing(db: Path, tmp_path: Path, text: Path) -> None:
    """Files that cannot be read are rejected with their reasons, the rest archived."""
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02\x03" * 9)
    (tmp_path / "page.html.txt").write_text("<html><body><div><p><a></a></p></div>" * 2)
    (tmp_path / "menu.txt").write_text("Home\nNews\nLog in\n")
    (tmp_path / ".hidden.txt").write_text(TEXT)
    (tmp_path / "notes.json").write_text("{}")
    told = imported(db, tmp_path / "gone.txt", tmp_path)
    assert {one["file"]: one["outcome"] for one in told} == {
        "gone.txt": "rejected",
        "binary.txt": "rejected",
        "empty.txt": "rejected",
        "menu.txt": "rejected",
        "page.html.txt": "rejected",
        "page.txt": "stored",
    }
    found = dict(rows(db, "SELECT url, reason FROM rejected WHERE capture_id IS NULL"))
    assert found == {
        "urn:cuttings:file:gone.txt": "not readable",
        "urn:cuttings:file:binary.txt": "not a text",
        "urn:cuttings:file:empty.txt": "not a text",
        "urn:cuttings:file:page.html.txt": "not a text",
    }


def test_dry_run_shows_lines_and_writes_nothing(db: Path, text: Path) -> None:
    """--dry-run prints every line with role and rule and makes no archive."""
    shown = cuttings("import", "text", text, "--db", db, "--dry-run")
    assert shown.exit_code == 0
    assert "related         Related content" in shown.stdout
    assert "label of related" in shown.stdout
    (told,) = imported(db, text, "--dry-run")
    assert [line["role"] for line in told["lines"]] == [
        *("headline", "body", "body", "related", "related")
    ]
    assert told["outcome"] == "article"
    assert not db.exists()


def test_dry_run_uses_what_the_archive_knows(db: Path, tmp_path: Path) -> None:
    """Headlines of a site's archived articles tell links in its other texts."""
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text(TEXT)
    lines = ["Kettles for all", BODY[0], "Lids return to Lidham", BODY[1]]
    second.write_text("\n".join(lines))
    imported(db, first, "--site", "kettle")
    (known,) = imported(db, second, "--site", "kettle", "--dry-run")
    (other,) = imported(db, second, "--site", "tray", "--dry-run")
    assert known["lines"][2]["role"] == "related"
    assert other["lines"][2]["role"] == "subhead"


def test_texts_of_a_known_site_use_what_is_remembered_of_it(
    db: Path, tmp_path: Path
) -> None:
    """A line that the site is known for is left out of an imported text."""
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    promise = "Kettle and Lid has been read by everyone in the trade since 1931."
    first.write_text(TEXT.replace(BODY[1], f"{promise}\n{BODY[1]}"))
    second.write_text("\n".join(["Kettles for all", BODY[0], promise, BODY[1]]))
    imported(db, first, "--site", "kettle")
    assert (
        cuttings("memory", "kettle", "--furniture", promise, "--db", db).exit_code == 0
    )
    for arguments in (("--dry-run",), ()):
        (told,) = imported(db, second, "--site", "kettle", *arguments)
        roles = {line["text"]: line["role"] for line in told["lines"]}
        assert roles[promise] == "nav"
    assert promise not in rows(db, "SELECT body FROM revisions ORDER BY id DESC")[0][0]


def test_site_by_address(db: Path, tmp_path: Path, text: Path) -> None:
    """An address names the article and, by its host, the title."""
    with press({}) as site:
        write_profile(tmp_path / "sites", "good", site)
        sites = ("--sites", tmp_path / "sites")
        url = site.url("/lids?utm_source=x")
        (told,) = imported(db, text, "--url", url, *sites)
        assert (told["site"], told["url"]) == ("good", site.url("/lids"))
    other = "https://tray.example/lids"
    (told,) = imported(db, text, "--url", other)
    assert (told["site"], told["url"]) == ("tray-example", other)
    ((home,),) = rows(db, "SELECT home FROM sites WHERE name = 'tray-example'")
    assert home == "https://tray.example/"


def test_address_in_the_text(db: Path, tmp_path: Path) -> None:
    """An address alone on a line of the text is the article's."""
    path = tmp_path / "page.txt"
    path.write_text(f"https://tray.example/lids\n{TEXT}")
    (told,) = imported(db, path)
    assert told["url"] == "https://tray.example/lids"


def test_title_by_its_name(db: Path, tmp_path: Path) -> None:
    """An export's articles go to the profile whose title the export names."""
    with press({}) as site:
        write_profile(tmp_path / "sites", "parcel & post", site)
        sites = tmp_path / "sites"
        (sites / "parcel & post.toml").rename(sites / "parcels.toml")
        told = imported(db, EXPORT, "--sites", sites)
    assert {one["site"] for one in told} == {"parcels"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.txt", "b.txt", "--url", "https://x.example/"], "there are 2 files"),
        (["a.txt", "--url", "ftp://x.example/"], "its scheme is ftp"),
        (["a.txt", "--site", "No Such"], "made of a-z, 0-9"),
        (["a.txt", "--format", "pdf"], "'pdf' is not one of"),
        ([], "Missing argument"),
    ],
)
def test_wrong_words_are_exit_code_2(
    db: Path, arguments: list[str], message: str
) -> None:
    """A user's mistake is named in a line, and nothing is written."""
    result = cuttings("import", "text", *arguments, "--db", db)
    assert result.exit_code == 2
    assert message in result.output
    assert not db.exists()


def test_exit_code_1_without_any_article(db: Path, tmp_path: Path) -> None:
    """A run in which nothing was an article says so by its exit code."""
    assert cuttings("import", "text", tmp_path, "--db", db).exit_code == 1
    assert cuttings("import", "text", tmp_path / "no.txt", "--db", db).exit_code == 1


def test_archive_in_use_is_exit_code_3(db: Path, text: Path) -> None:
    """An archive that another process writes is left alone."""
    lock = WriteLock(db)
    result = cuttings("import", "text", text, "--db", db)
    lock.release()
    assert result.exit_code == 3


def crawled(archive: Archive, article: Article) -> None:
    """Archive an article as a crawl does."""
    crawl_id = begun(archive)
    draft = keep(replace(page("lids", b"<p>x"), crawl_id=crawl_id), archive)
    draft = with_identity(replace(draft, article=article), article, archive)
    store(draft, archive)
    archive.end_crawl(crawl_id, ENDED, now=NOW)


def take(archive: Archive, text: str, **wishes: Any) -> str:
    """Import one text; its outcome."""
    job = Import(archive, now=LATER)
    (found,) = candidates(Given(name="a.txt", content=text.encode()), Wishes(**wishes))
    outcome = job.take(found)
    job.end()
    return outcome.name


def test_a_crawled_text_is_not_replaced(db: Path) -> None:
    """A text for the address of a crawled article adds no revision to it."""
    blocks = (Block(kind="paragraph", text=BODY[0]),)
    url = address("lids")
    with Archive(db) as archive:
        crawled(archive, Article(url=url, headline="Lids return", blocks=blocks))
        assert take(archive, TEXT, url=url) == "unchanged"
    assert rows(db, "SELECT number, body FROM revisions") == [(1, BODY[0])]


def test_a_newer_text_is_a_revision(db: Path) -> None:
    """Another text for the address of an imported article is its next revision."""
    url = address("lids")
    with Archive(db) as archive:
        assert take(archive, TEXT, url=url) == "stored"
        assert take(archive, TEXT.replace("sixty", "seventy"), url=url) == "revised"
    assert rows(db, "SELECT max(number) FROM revisions") == [(2,)]


def test_a_known_text_gets_an_address(db: Path) -> None:
    """The text of an article that its site has already is a further address of it."""
    with Archive(db) as archive:
        assert take(archive, TEXT, url=address("lids")) == "stored"
        assert take(archive, TEXT, url=address("lids?id=2")) == "alias"
    assert rows(db, "SELECT count(*) FROM articles") == [(1,)]


def test_a_known_site_stays_as_it_is(db: Path) -> None:
    """An import does not rename a title or forget its home page."""
    with Archive(db) as archive:
        begun(archive)
    imported(db, PAGE, "--site", SITE.name)
    assert rows(db, "SELECT name, title, home FROM sites") == [
        (SITE.name, SITE.title, SITE.home)
    ]


def test_reextraction_reads_texts_as_texts(db: Path, text: Path) -> None:
    """Cut again by the same version an imported text is the same."""
    imported(db, text, PAGE)
    before = contents(db)
    result = cuttings("reextract", "--db", db, "--all", "--json")
    told = json.loads(result.stdout)
    assert (told["same"], told["changed"], told["unreadable"]) == (2, 0, [])
    assert contents(db) == before


def test_reextraction_mends_texts(db: Path, text: Path) -> None:
    """What an older version made of an imported text is mended from its capture."""
    imported(db, text)
    before = rows(db, "SELECT body, blocks FROM revisions")
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("UPDATE revisions SET body = 'Tin.', blocks = '[]'")
        connection.commit()
    result = cuttings("reextract", "--db", db, "--all", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["fields"] == {"body": 1}
    assert rows(db, "SELECT body, blocks FROM revisions") == before


def test_copies_among_imported_texts_are_found(db: Path) -> None:
    """The same text imported for two titles is one story when the import ends."""
    with Archive(db) as archive:
        for name in ("first", "second"):
            site = Profile(name=name, title=name, home=f"https://{name}.example/")
            url = f"https://{name}.example/lids"
            assert take(archive, TEXT, site=site, url=url) == "stored"
    found = rows(db, "SELECT copy_site, relation FROM copies ORDER BY article_id")
    assert found == [("second", "identical"), ("first", "identical")]


def test_an_import_is_no_crawl(db: Path) -> None:
    """Whether the last crawl was complete is not told by an import after it."""
    with Archive(db) as archive:
        archive.end_crawl(begun(archive), replace(ENDED, rules="r"), now=NOW)
        job = Import(archive, now=LATER)
        wishes = Wishes(site=Profile(name=SITE.name, title="", home=""))
        given = Given(name="a.txt", content=TEXT.encode())
        for found in candidates(given, wishes):
            job.take(found)
        job.end("stopped")
        begun(archive)
        assert archive.was_complete(SITE.name, rules="r")
    assert rows(db, "SELECT kind, finish FROM crawls") == [
        ("crawl", "finished"),
        ("import", "stopped"),
        ("crawl", None),
    ]


def test_a_reader_that_fails_costs_its_document(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document that no rule was written for is rejected, not a crash."""

    def fail(text: str, memory: object) -> Any:
        raise RecursionError("too deep")

    broken = replace(formats.FORMATS["page"], read=fail)
    monkeypatch.setitem(formats.FORMATS, "page", broken)
    with Archive(db) as archive:
        assert take(archive, TEXT) == "rejected"
    ((reason, detail),) = rows(db, "SELECT reason, detail FROM rejected")
    assert reason == "extraction failed"
    assert "RecursionError: too deep" in detail


def test_a_file_that_is_too_large(
    db: Path, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file over the limit is refused before it is read, and told so."""
    monkeypatch.setattr("cli.import_.MOST_BYTES", 10)
    (told,) = imported(db, text)
    assert told["reason"] == "not readable: page.txt: larger than 10 bytes"


def test_what_came_before_ctrl_c_is_kept(
    db: Path, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stopped import says so, and what it had archived stays."""

    def interrupt(self: Import, candidate: Candidate) -> Outcome:
        if candidate.file == "page.txt":
            return taken(self, candidate)
        raise KeyboardInterrupt

    taken = Import.take
    monkeypatch.setattr(Import, "take", interrupt)
    result = cuttings("import", "text", text, EXPORT, "--db", db)
    assert result.exit_code == 130
    assert rows(db, "SELECT finish, stored FROM crawls") == [("stopped", 1)]


def test_other_encodings_are_kept_as_they_are(db: Path, text: Path) -> None:
    """A text in another encoding is decoded for reading and kept byte for byte."""
    content = TEXT.replace("gate", "café").encode("cp1252")
    text.write_bytes(content)
    imported(db, text)
    assert rows(db, "SELECT content_type FROM captures") == [("text/plain",)]
    ((body,),) = rows(db, "SELECT body FROM revisions")
    assert "at the café." in body


def test_a_text_without_a_headline_is_rejected(db: Path, text: Path) -> None:
    """Prose that nothing heads is no article, and the reason says so."""
    text.write_text(f"LENGTH: 9 words\n\n{BODY[0]}\n\nLOAD-DATE: May 4, 2019\n")
    (told,) = imported(db, text, "--format", "nexis")
    assert told["reason"] == "no headline: no line could be the headline"


def test_an_address_that_is_none_is_passed_over(db: Path, text: Path) -> None:
    """A field that should hold an address and does not names no article."""
    told_so = f"Lids return\n\nLENGTH: 9 words\n\n{BODY[0]}\n\nURL: http://:/a\n"
    text.write_text(told_so)
    (told,) = imported(db, text, "--format", "nexis")
    assert told["url"].startswith("urn:cuttings:text:")


def test_a_row_that_is_refused_costs_its_document(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document whose row contradicts the schema fails alone."""

    def refuse(*_: object) -> int:
        raise RowRefused("archive.db", "a rule")

    with Archive(db) as archive:
        with monkeypatch.context() as patch:
            patch.setattr("pipelines.flat.importing.store", refuse)
            assert take(archive, TEXT) == "failed"
        assert take(archive, TEXT.replace("sixty", "seventy")) == "stored"
    found = rows(db, "SELECT outcome, reason FROM fetches ORDER BY crawl_id")
    assert found == [
        ("failed", "archive.db did not take a row: a rule"),
        ("stored", None),
    ]


HINTS = '[{"route": "feed"}, {"route": "import", "format": "page"}]'


@pytest.mark.parametrize("hints", [HINTS, "[]"])
def test_a_text_is_cut_again(db: Path, hints: str) -> None:
    """A capture's text gives the article that its import gave."""
    (found,) = candidates(Given(name="a.txt", content=TEXT.encode()), Wishes())
    fetch = fetch_of(found.page, 1)
    draft = cut_again(Draft(page=found.page, fetch=fetch), found.site, hints)
    assert draft.article == found.article
    assert draft.rejection is None


def test_a_text_that_is_none_any_more(db: Path) -> None:
    """Bytes that cannot be read again are a failure, not a crash."""
    empty = replace(page("a", b""), content_type="text/plain")
    draft = Draft(page=empty, fetch=fetch_of(empty, 1))
    profile = Profile(name="kettle", title="Kettle", home="")
    assert cut_again(draft, profile, "[]").failure == "the file is empty"

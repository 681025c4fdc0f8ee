"""`cuttings import warc` as a user meets it: what is archived, told and left alone."""

from __future__ import annotations

import atexit
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_pages import faults, rows
from made_warcs import (
    AT,
    HOME,
    HTML,
    LATER,
    Got,
    body,
    chunked,
    file,
    gzipped,
    moved,
    packed,
    plain,
    story,
    url,
    wacz,
)
from press import Reply, feed, links, sitemap
from quay import bodies, harbour, whole

from archive.database import captures_folder, open_for_reading
from archive.warc.foreign.index import Index
from archive.warc.verify import verify
from archive.write import Archive
from cli.import_warc import parts_in
from cli.main import main
from pipelines.warc.scan import Found, Scan
from pipelines.warc.sites import Sites, matches
from pipelines.workers import Workers

_kept: list[Workers] = []


@pytest.fixture(autouse=True)
def shared_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """One pool of processes serves all tests: starting it takes seconds."""
    if not _kept:
        _kept.append(Workers())
        _kept[0].start()
        atexit.register(_kept[0].close)

    def workers() -> Workers:
        found = Workers(_kept[0].count)
        found._pool = _kept[0]._pool
        monkeypatch.setattr(found, "close", lambda: None)
        return found

    monkeypatch.setattr("cli.import_warc.Workers", workers)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Where the archive will be."""
    return tmp_path / "archive.db"


def run(db: Path, *arguments: object) -> Result:
    """Run the command."""
    words = ["import", "warc", "--db", str(db), *map(str, arguments)]
    return CliRunner().invoke(main, words, catch_exceptions=False)


def told(db: Path, *arguments: object, code: int = 0) -> dict[str, Any]:
    """Run it for a script; what it prints."""
    result = run(db, "--json", *arguments)
    assert result.exit_code == code, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def outcomes(db: Path) -> dict[str, str]:
    """Each path with what became of it last, and why."""
    found = rows(db, "SELECT url, outcome, reason FROM fetches ORDER BY crawl_id")
    return {
        str(u).removeprefix(HOME): f"{outcome}: {why}" if why else str(outcome)
        for u, outcome, why in found
    }


def imported(db: Path, folder: Path, *answers: Got, code: int = 0) -> dict[str, Any]:
    """Import a file of these answers."""
    return told(db, file(folder, "made.warc.gz", packed(*answers)), code=code)


def test_pages_are_archived_with_their_own_times(db: Path, tmp_path: Path) -> None:
    """Articles are stored as of their captures, whose bytes the archive keeps."""
    data = imported(db, tmp_path, story(1), story(2))
    assert data["outcomes"] == {"stored": 2}
    assert data["passed"] == {"warcinfo records": 1}
    assert rows(
        db, "SELECT url, headline, first_seen_at FROM articles ORDER BY id"
    ) == [
        (url("news/story-1"), "Story 1", AT),
        (url("news/story-2"), "Story 2", AT),
    ]
    assert rows(db, "SELECT DISTINCT fetched_at, status, kind FROM captures") == [
        (AT, 200, "response")
    ]
    ((kind, finish, found, stored),) = rows(
        db, "SELECT kind, finish, found, stored FROM crawls"
    )
    assert (kind, finish, found, stored) == ("import", "finished", 2, 2)
    with open_for_reading(db) as connection:
        assert not list(verify(connection, captures_folder(db)))
    connection.close()
    assert faults(db) == []


FORMS: dict[str, Callable[[Path], Path]] = {
    "plain": lambda folder: file(folder, "a.warc", plain(story(1), story(2))),
    "gzip": lambda folder: file(folder, "a.warc.gz", packed(story(1), story(2))),
    "one member": lambda folder: file(
        folder, "a.warc.gz", gzipped(plain(story(1), story(2)))
    ),
    "1.1": lambda folder: file(
        folder, "a.warc.gz", packed(story(1), story(2), version="1.1")
    ),
    "zstd": lambda folder: file(
        folder, "a.warc.zst", zstandard.compress(plain(story(1), story(2)))
    ),
    "wacz": lambda folder: wacz(folder, packed(story(1), story(2))),
    "packed wacz": lambda folder: wacz(
        folder, packed(story(1), story(2)), method=zipfile.ZIP_DEFLATED
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_read(db: Path, tmp_path: Path, form: str) -> None:
    """Packed or not, record by record or whole, alone or in a WACZ: it is the same."""
    assert told(db, FORMS[form](tmp_path))["outcomes"] == {"stored": 2}


def coded(name: str, content: bytes, *more: tuple[str, str]) -> Got:
    return Got(
        url=url(name),
        body=content,
        headers=(*HTML, *more),
    )


def test_bodies_come_in_many_dresses(db: Path, tmp_path: Path) -> None:
    """Chunks and content codings are undone, and where they were undone before too."""
    big = body(5) * 3
    data = imported(
        db,
        tmp_path,
        coded("chunked", chunked(body(1)), ("Transfer-Encoding", "chunked")),
        coded("unchunked", body(2), ("Transfer-Encoding", "chunked")),
        coded("gzip", gzipped(body(3)), ("Content-Encoding", "gzip")),
        coded("plain-gzip", body(4), ("Content-Encoding", "gzip")),
        coded(
            "both",
            chunked(gzipped(big)),
            ("Transfer-Encoding", "chunked"),
            ("Content-Encoding", "gzip"),
        ),
        coded(
            "common-crawl",
            body(7),
            ("X-Crawl-Content-Encoding", "gzip"),
            ("Content-Length", str(len(body(7)))),
        ),
    )
    assert data["outcomes"] == {"stored": 6}
    headlines = rows(db, "SELECT headline FROM articles ORDER BY headline")
    assert headlines == [(f"Story {n}",) for n in (1, 2, 3, 4, 5, 7)]
    again = CliRunner().invoke(main, ["reextract", "--db", str(db), "--all", "--json"])
    report = json.loads(again.stdout)
    assert (report["same"], report["unreadable"]) == (6, [])


def test_a_second_import_changes_nothing(db: Path, tmp_path: Path) -> None:
    """What was taken before is known, whatever it was; nothing is stored twice."""
    answers = [
        story(1),
        moved("old", url("news/story-1")),
        Got(url=url("gone"), status="404 Not Found", body=b"<h1>No</h1>"),
        Got(url=url("front"), body=str(links("/a", "/b").body).encode()),
        story(1, at=LATER),
    ]
    path = file(tmp_path, "made.warc.gz", packed(*answers))
    first = told(db, path)
    counts = "SELECT (SELECT count(*) FROM captures), (SELECT count(*) FROM fetches)"
    before = rows(db, counts), rows(db, "SELECT * FROM urls ORDER BY url")
    second = told(db, path)
    assert sum(first["outcomes"].values()) == 5
    assert second["outcomes"] == {"known": 5}
    assert before == (rows(db, counts), rows(db, "SELECT * FROM urls ORDER BY url"))
    assert faults(db) == []


def test_captures_of_an_address_come_in_the_order_of_their_times(
    db: Path, tmp_path: Path
) -> None:
    """Whatever their order in the files, revisions follow each other by their times."""
    changed = body(1).replace(b"two lots", b"three lots")
    later = Got(url=url("news/story-1"), body=changed, at=LATER)
    one = file(tmp_path, "b.warc.gz", packed(later))
    two = file(tmp_path, "a.warc.gz", packed(story(1)))
    assert told(db, one, two)["outcomes"] == {"stored": 1, "revised": 1}
    found = rows(db, "SELECT number, seen_at, body LIKE '%three lots%' FROM revisions")
    assert found == [(1, AT, 0), (2, LATER, 1)]
    assert rows(db, "SELECT count(*) FROM crawls") == [(2,)]
    assert faults(db) == []


def test_an_older_capture_never_becomes_the_newest_text(
    db: Path, tmp_path: Path
) -> None:
    """It is kept and recorded, and the article stays as it is."""
    changed = body(1).replace(b"two lots", b"three lots")
    imported(db, tmp_path, Got(url=url("news/story-1"), body=changed, at=LATER))
    data = imported(db, tmp_path, story(1))
    assert data["outcomes"] == {"unchanged": 1}
    assert data["reasons"] == {"older than what the archive has of this address": 1}
    assert rows(db, "SELECT count(*), max(body LIKE '%three%') FROM revisions") == [
        (1, 1)
    ]
    assert rows(db, "SELECT count(*) FROM captures") == [(2,)]
    assert rows(db, "SELECT fetched_at, outcome FROM urls") == [(LATER, "stored")]
    assert imported(db, tmp_path, story(1))["outcomes"] == {"known": 1}
    assert faults(db) == []


def test_a_page_is_better_than_an_imported_text(db: Path, tmp_path: Path) -> None:
    """However old it is: a flattened text has no date of its own."""
    text = tmp_path / "page.txt"
    text.write_text("Story 1\n\n" + "The council let the contract in two lots. " * 9)
    words = ["import", "text", str(text), "--db", str(db), "--url", url("news/story-1")]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert imported(db, tmp_path, story(1))["outcomes"] == {"revised": 1}
    ((body_now,),) = rows(
        db, "SELECT body FROM revisions JOIN articles a ON a.revision_id = revisions.id"
    )
    assert "suppliers" in str(body_now)


def test_an_old_failure_is_no_news(db: Path, tmp_path: Path) -> None:
    """What an address failed with before it was archived changes nothing of it."""
    imported(db, tmp_path, story(1))
    before = rows(db, "SELECT * FROM urls")
    old = "2020-01-01T00:00:00Z"
    gone = Got(url=url("news/story-1"), status="404 Not Found", at=old)
    assert imported(db, tmp_path, gone)["outcomes"] == {"failed": 1}
    assert rows(db, "SELECT * FROM urls") == before
    assert rows(db, "SELECT count(*) FROM states") == [(0,)]


def test_a_later_failure_says_that_an_article_is_gone(db: Path, tmp_path: Path) -> None:
    """As a crawl would record it."""
    gone = Got(url=url("news/story-1"), status="410 Gone", at=LATER)
    imported(db, tmp_path, story(1), gone)
    assert rows(db, "SELECT state, first_seen_at FROM states") == [("gone", LATER)]


def test_redirects_are_addresses_of_their_articles(db: Path, tmp_path: Path) -> None:
    """Straight or by way of another one; one that leads nowhere is told."""
    data = imported(
        db,
        tmp_path,
        moved("oldest", url("old")),
        moved("old", "/news/story-1", status="302 Found"),
        story(1),
        moved("lost", url("nowhere")),
    )
    assert data["outcomes"] == {"stored": 1, "alias": 2, "failed": 1}
    found = rows(db, "SELECT url, relation FROM urls WHERE article_id = 1 ORDER BY url")
    assert found == [
        (url("news/story-1"), "fetched"),
        (url("old"), "redirect"),
        (url("oldest"), "redirect"),
    ]
    assert "leads to https://kettle.example/nowhere" in outcomes(db)["/lost"]
    assert faults(db) == []


@pytest.mark.parametrize("turned", [False, True])
def test_a_site_that_moved_keeps_its_articles(
    db: Path, tmp_path: Path, turned: bool
) -> None:
    """An old page, a redirect at its address and the new page are one article."""
    new = body(1).replace(b"<main>", b'<div class="new"><main>')
    answers = [
        Got(url=url("2020/01/story-1/"), body=new, at="2021-01-01T00:00:01Z"),
        moved("content/3588", url("2020/01/story-1/"), at="2021-01-01T00:00:00Z"),
        Got(url=url("content/3588"), body=body(1), at="2019-01-01T00:00:00Z"),
    ]
    data = imported(db, tmp_path, *(answers[::-1] if turned else answers))
    assert data["outcomes"]["stored"] == 1
    assert rows(db, "SELECT url, article_id FROM urls ORDER BY url") == [
        (url("2020/01/story-1/"), 1),
        (url("content/3588"), 1),
    ]
    assert rows(db, "SELECT count(*) FROM revisions") == [(1,)]
    assert faults(db) == []


def revisit(path: str, of: str, *, at: str = LATER, digest: str = "") -> Got:
    """A record that stands for a page that was the same before."""
    profile = "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
    refers = (("WARC-Refers-To-Target-URI", of), ("WARC-Refers-To-Date", AT))
    stated = (("WARC-Payload-Digest", digest),) if digest else ()
    return Got(
        url=url(path),
        kind="revisit",
        at=at,
        warc=(("WARC-Profile", profile), *refers, *stated),
    )


def test_revisits_stand_for_the_page_they_refer_to(db: Path, tmp_path: Path) -> None:
    """In the same files, in another file or in the archive; else they are told."""
    first = file(tmp_path, "a.warc.gz", packed(story(1), story(2)))
    again = [
        revisit("news/story-1", url("news/story-1")),
        revisit("news/story-9", url("news/story-8")),
    ]
    second = file(tmp_path, "b.warc.gz", packed(*again))
    data = told(db, first, second)
    assert data["outcomes"] == {"stored": 2, "unchanged": 1, "failed": 1}
    assert list(data["reasons"]) == [
        "a revisit whose page is in no file and not in the archive"
    ]
    third = file(
        tmp_path, "c.warc.gz", packed(revisit("news/story-2", url("news/story-2")))
    )
    assert told(db, third)["outcomes"] == {"unchanged": 1}
    assert told(db, third)["outcomes"] == {"known": 1}
    assert rows(db, "SELECT max(last_seen_at), count(*) FROM articles") == [(LATER, 2)]


def test_not_modified_says_that_the_text_stands(db: Path, tmp_path: Path) -> None:
    """A 304, as an answer or as a revisit, is a look at the article."""
    bare = Got(url=url("news/story-1"), status="304 Not Modified", at=LATER)
    unknown = Got(url=url("news/story-7"), status="304 Not Modified", at=LATER)
    data = imported(db, tmp_path, story(1), bare, unknown)
    assert data["outcomes"] == {"stored": 1, "unchanged": 1, "failed": 1}
    assert rows(db, "SELECT last_seen_at FROM articles") == [(LATER,)]


def test_what_cannot_be_taken_has_a_reason(db: Path, tmp_path: Path) -> None:
    """Truncated, too large, damaged and undecodable answers are counted as such."""
    huge = b"<p>" + b"long " * 2_200_000
    truncated = (("WARC-Truncated", "length"),)
    answers = [
        Got(url=url("cut"), body=body(1), warc=truncated),
        Got(url=url("huge"), body=huge),
        Got(
            url=url("bomb"),
            body=gzipped(huge),
            headers=(*HTML, ("Content-Encoding", "gzip")),
        ),
        coded("short", body(2), ("Content-Length", str(len(body(2)) + 1))),
        coded("torn", chunked(body(3))[:-40], ("Transfer-Encoding", "chunked")),
        coded("odd", b"\x00\x01", ("Content-Encoding", "gzip")),
        Got(url=url("wrong"), body=body(4), warc=(("WARC-Block-Digest", "sha1:AAAA"),)),
    ]
    data = imported(db, tmp_path, *answers)
    found = outcomes(db)
    assert data["outcomes"] == {"rejected": 3, "failed": 4}
    assert found["/cut"] == "rejected: truncated"
    assert found["/huge"].startswith("failed: too large")
    assert "is longer than" in found["/bomb"]
    assert found["/short"] == found["/torn"] == "rejected: truncated"
    assert found["/odd"].startswith("failed: gzip payload")
    assert found["/wrong"].startswith("failed: damaged")
    assert rows(db, "SELECT count(*) FROM captures") == [(0,)]
    assert imported(db, tmp_path, *answers)["outcomes"] == {"known": 7}
    assert faults(db) == []


def test_what_is_no_page_is_passed_over_and_counted(db: Path, tmp_path: Path) -> None:
    """Requests, images, scripts, name look-ups and robots.txt leave no row."""
    data = imported(
        db,
        tmp_path,
        Got(
            url=url("a.png"),
            body=b"\x89PNG\r\n",
            headers=(("Content-Type", "image/png"),),
        ),
        Got(url=url("a.js"), body=b"1", headers=(("Content-Type", "text/javascript"),)),
        Got(url=url("robots.txt"), body=b"User-agent: *"),
        Got(url=url("x"), kind="metadata", body=b"a: b"),
        Got(url="dns:kettle.example", kind="response", body=b"20260301\n1.2.3.4"),
        story(1),
    )
    assert data["outcomes"] == {"stored": 1}
    assert data["passed"] == {
        "warcinfo records": 1,
        "PNG image": 1,
        "text/javascript": 1,
        "robots.txt": 1,
        "metadata records": 1,
        "dns addresses": 1,
    }
    assert rows(db, "SELECT count(*) FROM fetches") == [(1,)]


def test_feeds_and_sitemaps_tell_of_pages(db: Path, tmp_path: Path) -> None:
    """What they say of a page is a hint for it, as in a crawl."""
    xml = (("Content-Type", "application/rss+xml"),)
    data = imported(
        db,
        tmp_path,
        story(1),
        Got(
            url=url("feed"),
            body=str(feed(url("news/story-1")).body).encode(),
            headers=xml,
        ),
        Got(
            url=url("sitemap.xml"),
            body=str(
                sitemap(url("news/story-1"), "https://else.example/").body
            ).encode(),
            headers=(("Content-Type", "text/xml"),),
        ),
    )
    assert data["passed"]["feeds and sitemaps"] == 2
    assert data["hints"] == 2
    ((hints,),) = rows(db, "SELECT hints FROM captures")
    assert {hint["route"] for hint in json.loads(str(hints))} == {"feed", "sitemap"}


def test_damage_costs_its_own_records_only(db: Path, tmp_path: Path) -> None:
    """The rest of the file is read; the loss is told, recorded, and exit code 1."""
    content = bytearray(packed(*(story(n) for n in range(1, 6))))
    members = [
        at for at in range(len(content)) if content.startswith(b"\x1f\x8b\x08", at)
    ]
    content[members[2] + 60] ^= 0xFF
    path = file(tmp_path, "made.warc.gz", bytes(content))
    torn = file(tmp_path, "torn.warc.gz", packed(story(7), story(8))[:-20])
    none = file(tmp_path, "none.warc.gz", b"nothing of the kind")
    data = told(db, path, torn, none, tmp_path / "absent.warc", code=1)
    assert data["outcomes"] == {"stored": 5}
    assert len(data["problems"]) == 4
    assert data["problems"][1].startswith(f"{path} byte {members[2]}: ")
    assert f"{none}: it is no WARC file" in data["problems"]
    ((problems,),) = rows(db, "SELECT problems FROM crawls")
    assert len(json.loads(str(problems))) == 4


@pytest.mark.parametrize("name", ["../up.warc.gz", "/root.warc.gz", "archive/../../x"])
def test_a_zip_with_names_that_lead_elsewhere_is_refused(
    db: Path, tmp_path: Path, name: str
) -> None:
    """No file of it is read, and the message names the name."""
    path = tmp_path / "evil.wacz"
    with zipfile.ZipFile(path, "w") as into:
        into.writestr("archive/data.warc.gz", packed(story(1)))
        into.writestr(name, b"")
    assert "refused" in told(db, path, code=1)["problems"][0]


def test_a_zip_bomb_is_refused(db: Path, tmp_path: Path) -> None:
    """What is packed too well to be a WARC file is not unpacked."""
    path = tmp_path / "bomb.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr("archive/data.warc", bytes(30_000_000))
    assert "packed too well" in told(db, path, code=1)["problems"][0]


@given(place=st.integers(0, 10**6), value=st.binary(min_size=1, max_size=9))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_makes_reading_fail(tmp_path: Path, place: int, value: bytes) -> None:
    """Whatever stands anywhere in a WACZ, it is read, told or refused."""
    content = wacz(tmp_path, packed(story(1), moved("a", url("b")))).read_bytes()
    place %= len(content)
    changed = content[:place] + value + content[place + len(value) :]
    path = file(tmp_path, "changed.wacz", changed)
    found = Found()
    with Index() as index:
        scan = Scan(index=index, sites=Sites(), now=LATER, found=found)
        scan.files(list(parts_in((path,), found)))
        index.order()
        taken = [entry for n in range(index.rounds) for entry in index.round(n + 1)]
    assert len(taken) == 2 or found.problems or found.passed


def test_a_wacz_that_was_changed_is_told(db: Path, tmp_path: Path) -> None:
    """Its pages are read all the same: each record has its own checksum."""
    path = wacz(tmp_path, packed(story(1)), digest="0" * 64)
    data = told(db, path, code=1)
    assert data["outcomes"] == {"stored": 1}
    assert "SHA-256" in data["problems"][0]


def test_the_site_is_named_or_told_by_the_address(db: Path, tmp_path: Path) -> None:
    """A profile has its host's pages, --site has all, any other host is a site."""
    sites = tmp_path / "sites"
    sites.mkdir()
    (sites / "kettle.toml").write_text(
        f'title = "Kettle"\nhome = "{HOME}/"\nsource = "made up"\nverified = false\n'
        '[routes]\nfeeds = ["/feed"]\n'
    )
    other = Got(url="https://tray.example/a", body=body(2))
    path = file(tmp_path, "made.warc.gz", packed(story(1), other))
    assert told(db, path, "--sites", sites)["sites"] == ["kettle", "tray-example"]
    named = tmp_path / "named.db"
    assert told(named, path, "--site", "both")["sites"] == ["both"]
    only = tmp_path / "only.db"
    data = told(only, path, "--only", "tray.example/a")
    assert data["sites"] == ["tray-example"]
    assert data["passed"]["addresses that were not asked for"] == 1


RULES = {
    "kettle.example": True,
    "KETTLE.example/news": True,
    "kettle.example/news/story-1": True,
    "kettle.example/n*-1": True,
    "*.example/news": True,
    "example": True,
    "kettle.example/old": False,
    "ettle.example": False,
    "tray.example": False,
    "*.org": False,
}


@pytest.mark.parametrize("rule", RULES)
def test_only_names_hosts_and_paths(rule: str) -> None:
    """A host stands for those under it, a path for what begins with it."""
    assert matches(url("news/story-1"), rule) is RULES[rule]


def test_our_own_files_can_be_imported(db: Path, tmp_path: Path) -> None:
    """Into another archive they bring its articles, into their own nothing."""
    imported(db, tmp_path, story(1), story(2))
    (path,) = captures_folder(db).iterdir()
    assert told(db, path)["outcomes"] == {"known": 2}
    other = tmp_path / "other.db"
    assert told(other, path)["outcomes"] == {"stored": 2}
    texts = "SELECT headline, body, seen_at FROM revisions ORDER BY headline"
    assert rows(other, texts) == rows(db, texts)


def test_a_dry_run_writes_nothing(db: Path, tmp_path: Path) -> None:
    """It lists what would be taken, and what is known already."""
    path = file(tmp_path, "made.warc.gz", packed(story(1), moved("old", url("x"))))
    data = told(db, path, "--dry-run")
    assert [(one["kind"], one["url"]) for one in data["entries"]] == [
        ("page", url("news/story-1")),
        ("redirect", url("old")),
    ]
    assert not db.exists()
    told(db, path)
    result = run(db, path, "--dry-run")
    assert "known      2026-03-01T09:15:00Z kettle-example" in result.stdout


def test_an_import_goes_on_after_a_kill(db: Path, tmp_path: Path) -> None:
    """What was recorded is known; the rest is taken by running it again."""
    path = file(tmp_path, "made.warc.gz", packed(*(story(n) for n in range(1, 9))))
    part = file(tmp_path, "part.warc.gz", packed(*(story(n) for n in range(1, 4))))
    told(db, part)
    assert told(db, path)["outcomes"] == {"stored": 5, "known": 3}
    assert rows(db, "SELECT found, known, stored FROM crawls ORDER BY id") == [
        (3, 0, 3),
        (8, 3, 5),
    ]


def test_wrong_words_are_refused(db: Path, tmp_path: Path) -> None:
    """A site's or a host's name of another form ends with exit code 2."""
    path = file(tmp_path, "made.warc.gz", packed(story(1)))
    assert run(db, path, "--site", "Kettle & Lid").exit_code == 2
    assert run(db, path, "--only", "https://kettle.example/").exit_code == 2
    assert run(db).exit_code == 2


def test_an_archive_in_use_is_told_at_once(db: Path, tmp_path: Path) -> None:
    """Before the files are read; the exit code is 3, and nothing is left behind."""
    path = file(tmp_path, "made.warc.gz", packed(story(1)))
    with Archive(db):
        result = run(db, path)
    assert result.exit_code == 3
    assert "being written by another process" in result.stderr
    assert run(tmp_path / "no.db", path, "--only", "tray.example").exit_code == 1


def test_many_hosts_are_told(db: Path, tmp_path: Path) -> None:
    """A file with many titles is not taken in without a word."""
    answers = [Got(url=f"https://t{n}.example/a", body=body(n)) for n in range(25)]
    path = file(tmp_path, "made.warc.gz", packed(*answers))
    result = run(db, path, "--dry-run")
    assert "pages of 25 hosts" in result.stderr
    assert "hosts" not in run(db, path, "--dry-run", "--only", "*.example").stderr


def test_nothing_found_is_a_failure(db: Path, tmp_path: Path) -> None:
    """A file without a page ends with exit code 1, and says what it holds."""
    result = run(db, file(tmp_path, "made.warc.gz", packed()))
    assert result.exit_code == 1
    assert "no page was found" in result.stdout
    assert "warcinfo records" in result.stdout


def harbour_pages(*numbers: int, at: str = AT) -> list[Got]:
    """The pages of an article on three, in this order."""
    paths = {number: f"/harbour?page={number}" for number in (2, 3)} | {1: "/harbour"}
    pages = harbour()
    found = []
    for number in numbers:
        reply = pages[paths[number]]
        assert isinstance(reply, Reply)
        found.append(
            Got(url=HOME + paths[number], body=str(reply.body).encode(), at=at)
        )
    return found


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 1, 3)])
def test_an_article_on_several_pages_is_one(
    db: Path, tmp_path: Path, order: tuple[int, ...]
) -> None:
    """Its pages are joined as in a crawl, in whatever order they lie in the file."""
    data = imported(db, tmp_path, *harbour_pages(*order))
    assert data["outcomes"] == {"stored": 1, "alias": 2}
    assert bodies(db) == [whole(1, 2, 3)]
    found = rows(db, "SELECT relation FROM urls ORDER BY url")
    assert found == [("fetched",), ("part",), ("part",)]
    assert rows(db, "SELECT found, stored, alias, left_over FROM crawls") == [
        (3, 1, 2, 0)
    ]
    again = imported(db, tmp_path, *harbour_pages(*order))
    assert again["outcomes"] == {"known": 3}
    assert faults(db) == []


def test_a_page_that_is_missing_is_no_edit(db: Path, tmp_path: Path) -> None:
    """Without it the article is archived; where the archive has it, that text stays."""
    assert imported(db, tmp_path, *harbour_pages(1, 2))["outcomes"] == {
        "stored": 1,
        "alias": 1,
    }
    assert bodies(db) == [whole(1, 2)]
    later = imported(db, tmp_path, *harbour_pages(1, at=LATER))
    assert later["outcomes"] == {"failed": 1}
    assert bodies(db) == [whole(1, 2)]
    assert faults(db) == []

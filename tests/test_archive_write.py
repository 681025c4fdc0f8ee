"""Captures and outcomes go into an archive; its rows keep their laws, come what may."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from made_pages import (
    ENDED,
    HOME,
    LATER,
    NOW,
    address,
    answer,
    arrive,
    article,
    begun,
    cut,
    faults,
    fetch,
    kept,
    new,
    reading,
    rows,
)

from archive import sessions
from archive.errors import (
    ArchiveLocked,
    ArchiveUnreadable,
    ArchiveWriteError,
    RowRefused,
)
from archive.records import (
    CrawlEnd,
    Fetch,
    Origin,
    Rejection,
    RouteState,
)
from archive.warc import captures
from archive.write import Archive, Limits

ROOT = Path(__file__).resolve().parent.parent
REJECTION = Rejection(reason="no text", detail="nothing there", title="Lids")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the archive of a test lies."""
    return tmp_path / "archive.db"


def count(path: Path, table: str) -> object:
    """How many rows of a table are committed."""
    return rows(path, f"SELECT count(*) FROM {table}")[0][0]


# Batches and durability


def test_a_batch_commits_by_count(path: Path) -> None:
    """Pages become visible to readers when their batch is full, not before."""
    with Archive(path, Limits(batch_rows=3, batch_seconds=3600)) as archive:
        crawl = begun(archive)
        for number in range(5):
            arrive(archive, fetch(crawl, f"a{number}"), article(f"a{number}"))
            archive.commit_if_due()
            assert count(path, "articles") == (number + 1) // 3 * 3
    assert count(path, "articles") == 5
    assert faults(path) == []


def test_a_batch_commits_by_time(path: Path) -> None:
    """A page that has waited long enough is committed though nothing follows it."""
    with Archive(path, Limits(batch_seconds=0.0)) as archive:
        arrive(archive, fetch(begun(archive), "a"), article("a"))
        assert count(path, "articles") == 0
        archive.commit_if_due()
        assert count(path, "articles") == 1


def test_captures_are_durable_before_rows(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the bytes are synced, no row that points at them is visible yet."""
    seen = []

    def watching(handle: int) -> None:
        seen.append((count(path, "captures"), os.fstat(handle).st_size))

    monkeypatch.setattr(os, "fdatasync", watching)
    with Archive(path) as archive:
        begun(archive)
        archive.keep("kettle", answer("a"), Origin())
        archive.commit()
    assert seen[0][0] == 0 and seen[0][1] > 100
    assert count(path, "captures") == 1


def test_a_sync_that_fails_commits_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk refuses the bytes, their rows are rolled back and the run ends."""
    archive = Archive(path)
    crawl = begun(archive)
    arrive(archive, fetch(crawl, "a"), article("a"))
    archive.commit()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdatasync", full)
    arrive(archive, fetch(crawl, "b"), article("b"))
    with pytest.raises(ArchiveWriteError, match="No space left"):
        archive.commit()
    monkeypatch.undo()
    for write in (
        lambda: archive.fail(fetch(crawl, "c"), "HTTP 500"),
        lambda: archive.keep("kettle", answer("c"), Origin()),
        archive.commit_if_due,
        archive.close,
    ):
        with pytest.raises(ArchiveWriteError, match="nothing of this batch was kept"):
            write()
    assert rows(path, "SELECT url FROM articles") == [(address("a"),)]
    assert faults(path) == []
    with Archive(path) as again:
        arrive(again, fetch(begun(again), "b"), article("b"))
        again.commit()
        assert all_readable(again)


def all_readable(archive: Archive) -> bool:
    """Read every capture that became a revision or was rejected."""
    stored = archive.stored_captures()
    for one in stored:
        captures.read(archive.captures.folder, one.capture)
    return bool(stored)


def test_the_end_of_a_crawl_leaves_errors_to_the_close(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crawl ends after a failure too; closing the archive tells what was lost."""
    archive = Archive(path)
    crawl = begun(archive)
    archive.keep("kettle", answer("a"), Origin())

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdatasync", full)
    archive.end_crawl(crawl, ENDED, now=LATER)
    with pytest.raises(ArchiveWriteError, match="No space left"):
        archive.close()
    assert rows(path, "SELECT finish FROM crawls") == [(None,)]


FULL_DISK = """
import os, resource, signal, sys
from pathlib import Path
sys.path[:0] = sys.argv[1:3]
from made_pages import answer, arrive, article, begun, fetch
from archive.errors import ArchiveWriteError
from archive.records import Origin
from archive.write import Archive, Limits
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
archive = Archive(Path(sys.argv[3]), Limits(batch_rows=2))
crawl = begun(archive)
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000,) * 2)
try:
    for number in range(2000):
        archive.keep("kettle", answer("big", os.urandom(int(sys.argv[4]))), Origin())
        arrive(archive, fetch(crawl, f"a{number}"), article(f"a{number}"))
except ArchiveWriteError:
    print("refused")
try:
    archive.close()
except ArchiveWriteError:
    print("told")
"""


@pytest.mark.parametrize("size", [0, 200_000], ids=["rows", "bytes"])
def test_a_full_disk_keeps_whole_batches(path: Path, size: int) -> None:
    """Where the disk is full, for bytes or for rows, what was committed stays whole."""
    arguments = [str(ROOT), str(ROOT / "tests"), str(path), str(size)]
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["refused", "told"]
    stored = count(path, "articles")
    assert isinstance(stored, int) and 1 < stored < 2000
    assert faults(path) == []
    with Archive(path) as archive:
        assert len(archive.stored_captures()) == stored
        assert all_readable(archive)
        arrive(archive, fetch(begun(archive), "new"), article("new"))


# Locks and files that are no archive


def test_a_second_writer_is_refused(path: Path, tmp_path: Path) -> None:
    """One process at a time writes an archive, by whatever name it opens it."""
    link = tmp_path / "link.db"
    link.symlink_to(path)
    with Archive(path):
        for name in (path, link):
            with pytest.raises(ArchiveLocked, match="being written by another process"):
                Archive(name)
    Archive(path).close()


def test_one_process_shares_its_archive(path: Path) -> None:
    """All crawls of a process get the same archive; the last to leave closes it."""
    first, second = sessions.acquire(path), sessions.acquire(path)
    assert first is second
    sessions.release(first)
    begun(second)
    sessions.release(second)
    Archive(path).close()


def test_a_locked_database_fails_after_its_wait(path: Path) -> None:
    """While another connection holds the write lock, a write fails, and wholly."""
    archive = Archive(path, Limits(busy_seconds=0.1))
    crawl = begun(archive)
    with reading(path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveWriteError, match="locked"):
            arrive(archive, fetch(crawl, "a"), article("a"))
    with pytest.raises(ArchiveWriteError, match="locked"):
        archive.close()
    assert count(path, "articles") == count(path, "captures") == 0
    with Archive(path) as again:
        arrive(again, fetch(begun(again), "a"), article("a"))
    assert count(path, "articles") == 1
    assert faults(path) == []


def test_a_lock_that_is_let_go_in_time_costs_nothing(path: Path) -> None:
    """A write waits for another connection's transaction to end."""
    with Archive(path, Limits(busy_seconds=20.0)) as archive:
        crawl = begun(archive)
        other = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        timer = threading.Timer(0.3, other.execute, ["COMMIT"])
        timer.start()
        arrive(archive, fetch(crawl, "a"), article("a"))
        timer.join()
        other.close()
    assert count(path, "articles") == 1


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    """Text, pictures and the like are refused and left as they were."""
    path.write_bytes(b"Dear editor, " * 500)
    with pytest.raises(ArchiveUnreadable, match="not a database"):
        Archive(path)
    assert path.read_bytes() == b"Dear editor, " * 500


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Where a file stands in the place of the folder, the error names the archive."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ArchiveUnreadable, match=r"file/archive\.db cannot be opened"):
        Archive(tmp_path / "file" / "archive.db")
    (tmp_path / "captures").write_bytes(b"")
    with pytest.raises(ArchiveUnreadable, match="captures"):
        Archive(tmp_path / "archive.db")


def test_damage_found_while_reading_ends_the_run(path: Path) -> None:
    """A page of the file that turned to junk is an error of the archive."""
    with Archive(path) as archive:
        crawl = begun(archive)
        for number in range(50):
            arrive(archive, fetch(crawl, f"a{number}"), article(f"a{number}"))
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    with pytest.raises((ArchiveUnreadable, ArchiveWriteError), match="malformed"):
        Archive(path).close()


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    """A folder that has the archive's name cannot be opened, and the error says so."""
    (tmp_path / "archive.db").mkdir()
    with pytest.raises(ArchiveUnreadable, match="unable to open"):
        Archive(tmp_path / "archive.db")


def test_an_error_of_the_caller_closes_the_archive(path: Path) -> None:
    """Whatever leaves the block, what was recorded is kept and the lock given back."""
    with pytest.raises(KeyError, match="ours"), Archive(path) as archive:
        arrive(archive, fetch(begun(archive), "a"), article("a"))
        raise KeyError("ours")
    Archive(path).close()
    assert count(path, "articles") == 1
    with pytest.raises(ArchiveWriteError, match="closed"):
        archive.seen(address("a"))


# One row at a time


def test_a_refused_row_costs_its_page_only(path: Path) -> None:
    """A row that breaks the schema is rolled back alone; the batch goes on."""
    with Archive(path) as archive:
        crawl = begun(archive)
        arrive(archive, fetch(crawl, "a"), article("a"))
        twice = article("b", url=address("a"))
        with pytest.raises(RowRefused, match="UNIQUE constraint failed"):
            archive.store(fetch(crawl, "b"), twice, new(address("a")), cut(twice))
        arrive(archive, fetch(crawl, "c"), article("c"))
    assert rows(path, "SELECT headline FROM articles ORDER BY id") == [
        ("Lids return to a",),
        ("Lids return to c",),
    ]
    assert faults(path) == []


def test_an_article_comes_out_as_it_went_in(path: Path) -> None:
    """Fields, names in their order, links, evidence and text are stored as cut."""
    with Archive(path) as archive:
        assert archive.seen(address("a")) is None
        arrive(archive, fetch(begun(archive), "a"), article("a"))
    (row,) = rows(
        path,
        "SELECT headline, standfirst, text, published_at, authors, section, tags,"
        " language, revision, first_seen_at FROM full_articles",
    )
    what = article("a")
    assert row == (
        what.headline,
        what.standfirst,
        what.body,
        "2026-02-28T08:00:00Z",
        "Ann Ladle; Bo Ewer",
        "Works",
        "lids; trays",
        "en",
        1,
        NOW,
    )
    assert rows(path, "SELECT role, url, text FROM links") == [
        ("related", address("more"), "More")
    ]
    assert count(path, "evidence") == 2


def test_every_address_has_one_row_a_crawl(path: Path) -> None:
    """A second word about an address in one crawl replaces the first."""
    with Archive(path) as archive:
        crawl = begun(archive)
        archive.fail(fetch(crawl, "a"), "HTTP 500")
        arrive(archive, fetch(crawl, "a"), article("a"))
        archive.fail(fetch(crawl, "b"), "HTTP 500")
        archive.end_crawl(crawl, replace(ENDED, found=3), now=LATER)
    assert rows(path, "SELECT url, outcome FROM fetches ORDER BY url") == [
        (address("a"), "stored"),
        (address("b"), "failed"),
    ]
    counts = rows(path, "SELECT found, stored, failed, left_over FROM crawls")
    assert counts == [(3, 1, 1, 1)]
    assert faults(path) == []


def test_a_crawl_that_found_less_than_it_fetched_adds_up(path: Path) -> None:
    """The number found is never less than what became of it."""
    with Archive(path) as archive:
        crawl = begun(archive)
        arrive(archive, fetch(crawl, "a"), article("a"))
        archive.end_crawl(crawl, ENDED, now=LATER)
    assert rows(path, "SELECT found, stored, left_over FROM crawls") == [(1, 1, 0)]


# Search


def found(path: Path, query: str) -> list[object]:
    """Ids of the articles that the search index finds."""
    sql = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid"
    return [row[0] for row in rows(path, sql, query)]


def test_search_follows_every_change(path: Path) -> None:
    """After inserts, revisions, recuts and removals the index holds the newest text."""
    with Archive(path) as archive:
        crawl = begun(archive)
        arrive(archive, fetch(crawl, "a"), article("a"))
        arrive(archive, fetch(crawl, "b"), article("b"))
    assert found(path, "lids") == [1, 2]
    assert found(path, '"year2026"') == [1, 2]
    with Archive(path) as archive:
        revised = article("a", text="Saucepans instead.")
        done = arrive(archive, fetch(begun(archive), "a", at=LATER), revised)
        assert done.outcome == "revised"
    assert (found(path, "saucepan"), found(path, "owners")) == ([1], [2])
    with Archive(path) as archive:
        better = replace(
            article("b", text="Colanders."), headline="Sieves", published=None
        )
        archive.recut(2, better, cut(better))
    assert (found(path, "colander"), found(path, "owners")) == ([2], [])
    assert (found(path, "sieves"), found(path, "year0000")) == ([2], [2])
    assert faults(path) == []
    with reading(path) as db, db:
        db.execute("DELETE FROM articles WHERE id = 2")
    assert found(path, "colander") == []


def test_a_search_index_out_of_step_is_noticed(path: Path) -> None:
    """The check of the archive tells of an index that lacks an article."""
    with Archive(path) as archive:
        arrive(archive, fetch(begun(archive), "a"), article("a"))
    assert faults(path) == []
    with reading(path) as db, db:
        db.execute("INSERT INTO articles_fts(articles_fts) VALUES ('delete-all')")
    assert any("search index" in fault for fault in faults(path))


def test_recutting_an_old_revision_leaves_the_article(path: Path) -> None:
    """Only the newest revision's cut is the article's; older ones change alone."""
    with Archive(path) as archive:
        crawl = begun(archive)
        arrive(archive, fetch(crawl, "a"), article("a"))
        again = fetch(begun(archive), "a")
        arrive(archive, again, article("a", text="Newest text."))
        old = replace(article("a", text="Old text, cut again."), section="Gone")
        archive.recut(1, old, replace(cut(old), extractor="test 2"))
    assert rows(path, "SELECT section, text FROM full_articles") == [
        ("Works", "Newest text.\nTrays")
    ]
    assert rows(path, "SELECT number, extractor FROM revisions ORDER BY number")[0] == (
        1,
        "test 2",
    )
    assert found(path, '"old text"') == []
    assert faults(path) == []


# 304, failures and when to look again


def test_unmodified_pages_stand_as_they_were(path: Path) -> None:
    """A 304 counts as unchanged, moves the next look on and keeps the validators."""
    with Archive(path) as archive:
        crawl = begun(archive)
        first = replace(fetch(crawl, "a"), etag='"1"', last_modified="yesterday")
        arrive(archive, first, article("a"))
        second = begun(archive, now=LATER)
        again = Fetch(
            crawl_id=second, site="kettle", url=address("a"), at=LATER, status=304
        )
        archive.unmodified(again)
        seen = archive.seen(address("a"))
    assert seen is not None
    assert (seen.outcome, seen.fetched_at, seen.etag) == ("unchanged", LATER, '"1"')
    assert seen.due_at is not None and seen.due_at > LATER
    assert rows(path, "SELECT last_seen_at FROM articles") == [(LATER,)]
    assert rows(path, "SELECT outcome, article_id FROM fetches WHERE crawl_id = 2") == [
        ("unchanged", 1)
    ]


def test_what_routes_stated_is_kept_of_answers_only(path: Path) -> None:
    """A page or a 304 answers a stated change; after a failure it still stands."""
    with Archive(path) as archive:
        one = replace(fetch(begun(archive), "a"), stated_at="2026-01-01T00:00:00Z")
        arrive(archive, one, article("a"))
        two = replace(fetch(begun(archive), "a"), stated_at="2026-01-02T00:00:00Z")
        archive.fail(two, "HTTP 500")
        failed = archive.seen(address("a"))
        archive.unmodified(replace(two, crawl_id=begun(archive)))
        answered = archive.seen(address("a"))
    assert failed is not None and failed.stated_at == "2026-01-01T00:00:00Z"
    assert answered is not None and answered.stated_at == "2026-01-02T00:00:00Z"


@pytest.mark.parametrize("known", [False, True])
def test_a_304_without_an_article_is_a_failure(path: Path, known: bool) -> None:
    """A server that answers 304 where the archive has no article has failed."""
    with Archive(path) as archive:
        crawl = begun(archive)
        if known:
            archive.reject(kept(archive, fetch(crawl, "a")), REJECTION)
        archive.unmodified(fetch(begun(archive), "a"))
    last = rows(path, "SELECT outcome, reason FROM fetches ORDER BY crawl_id DESC")[0]
    assert last == ("failed", "HTTP 304 that nobody asked for")


def test_a_failure_keeps_what_the_address_showed(path: Path) -> None:
    """A failed or rejected fetch leaves article, address and relation as they were."""
    with Archive(path) as archive:
        crawl = begun(archive)
        arrive(archive, fetch(crawl, "a?x"), article("a"))
        archive.fail(fetch(crawl, "a"), "HTTP 503")
        archive.reject(kept(archive, fetch(begun(archive), "a")), REJECTION)
        known = archive.article_at(address("a"))
        assert known is not None and known.relation == "canonical"
        # What stands at the claimed address in the end is its own article.
        done = arrive(
            archive, fetch(begun(archive), "a"), article("other", address("a"))
        )
    assert done.outcome == "stored" and done.displaced == (1, address("a?x"))
    assert rows(path, "SELECT id, url, headline FROM articles ORDER BY id") == [
        (1, address("a?x"), "Lids return to a"),
        (2, address("a"), "Lids return to other"),
    ]
    assert faults(path) == []


def test_a_failed_address_may_be_claimed(path: Path) -> None:
    """An address that failed before is given to the article that claims it."""
    with Archive(path) as archive:
        crawl = begun(archive)
        archive.fail(fetch(crawl, "a"), "HTTP 503")
        arrive(archive, fetch(crawl, "a?x"), article("a"))
        done = arrive(archive, fetch(begun(archive), "a"), article("a"))
    assert done.outcome == "unchanged"
    assert rows(path, "SELECT url FROM articles") == [(address("a"),)]
    assert faults(path) == []


def test_failures_are_tried_again_less_and_less(path: Path) -> None:
    """Each failure in a row doubles the wait; an article ends the row."""
    with Archive(path) as archive:
        crawl = begun(archive)
        dues = []
        for _ in range(3):
            archive.fail(fetch(crawl, "a"), "HTTP 500")
            seen = archive.seen(address("a"))
            assert seen is not None
            dues.append(seen.due_at)
        assert dues == [f"2026-03-01T{hour}:15:00Z" for hour in ("10", "11", "13")]
        assert archive.due("kettle", now="2026-03-01T13:15:00Z") == [address("a")]
        assert archive.due("kettle", now="2026-03-01T13:14:59Z") == []
        arrive(archive, fetch(crawl, "a"), article("a"))
    assert rows(path, "SELECT failures FROM urls") == [(0,)]


def test_rejected_pages_are_listed_until_they_are_articles(path: Path) -> None:
    """A rejection has a row with its evidence, which an article at the address ends."""
    with Archive(path) as archive:
        crawl = begun(archive)
        archive.reject(kept(archive, fetch(crawl, "a")), REJECTION)
        archive.commit()
        assert rows(path, "SELECT url, reason, detail, title FROM rejected") == [
            (address("a"), "no text", "nothing there", "Lids")
        ]
        arrive(archive, fetch(begun(archive), "a"), article("a"))
    assert count(path, "rejected") == 0


# Routes


def test_validators_are_kept_of_complete_crawls_only(path: Path) -> None:
    """A feed is asked conditionally only where all that it named was dealt with."""
    feed = RouteState(
        url=f"{HOME}/feed", site="kettle", kind="feed", fetched_at=NOW, status=200,
        entries=3, etag='"e1"', last_modified="Mon",
    )  # fmt: skip
    with Archive(path) as archive:
        left = CrawlEnd(
            finish="finished", found=1, known=0, requests=1, routes=(feed,), rules="r"
        )
        archive.end_crawl(begun(archive), left, now=NOW)
        assert archive.route(feed.url, kind="feed", rules="r") == (None, None)
        whole = replace(left, found=0)
        faulty = replace(whole, problems=("another feed: HTTP 500",))
        archive.end_crawl(begun(archive), faulty, now=NOW)
        assert archive.route(feed.url, kind="feed", rules="r") == (None, None)
        archive.end_crawl(begun(archive), whole, now=NOW)
        assert archive.route(feed.url, kind="feed", rules="r") == ('"e1"', "Mon")
        assert archive.route(feed.url, kind="section", rules="r") == (None, None)
        assert archive.route(feed.url, kind="feed", rules="s") == (None, None)
        same = replace(feed, status=304, entries=0, etag=None, last_modified=None)
        archive.end_crawl(begun(archive), replace(whole, routes=(same,)), now=NOW)
        assert archive.route(feed.url, kind="feed", rules="r") == ('"e1"', "Mon")
        assert archive.was_complete("kettle", rules="r")
        assert not archive.was_complete("kettle", rules="s")
        assert archive.route("unheard of", kind="feed", rules="r") == (None, None)
    assert rows(path, "SELECT status, entries FROM routes") == [(304, 3)]


# Laws that hold whatever happens

PATHS = st.sampled_from(["a", "b", "c", "d", "e"])
NAMES = st.sampled_from(["one", "two", "three"])
STEPS = st.one_of(
    st.tuples(st.just("article"), PATHS, PATHS, NAMES, st.booleans()),
    st.tuples(st.just("redirect"), PATHS, PATHS, NAMES, st.booleans()),
    st.tuples(st.just("fail"), PATHS),
    st.tuples(st.just("reject"), PATHS),
    st.tuples(st.just("unmodified"), PATHS),
    st.tuples(st.just("recut"), NAMES),
    st.tuples(st.just("commit")),
    st.tuples(st.just("rollback")),
    st.tuples(st.just("crawl"), st.booleans()),
)


class Run:
    """Carries steps out on an archive."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.crawl = begun(archive)
        self.seen: set[str] = set()

    def do(self, step: tuple[object, ...]) -> None:
        """One step."""
        kind, *values = step
        getattr(self, str(kind))(*values)

    def fetch(self, path: str) -> Fetch:
        """A fetch of the crawl under way."""
        self.seen.add(path)
        return fetch(self.crawl, path)

    def article(self, path: str, claimed: str, name: str, changed: bool) -> None:
        text = article(name, address(claimed), "Changed." if changed else None)
        arrive(self.archive, self.fetch(path), text)

    def redirect(self, path: str, to: str, name: str, changed: bool) -> None:
        text = article(name, address(to), "Changed." if changed else None)
        found = replace(self.fetch(path), final_url=address(to), passed=(address("e"),))
        arrive(self.archive, found, text)

    def fail(self, path: str) -> None:
        self.archive.fail(self.fetch(path), "HTTP 500")

    def reject(self, path: str) -> None:
        self.archive.reject(kept(self.archive, self.fetch(path)), REJECTION)

    def unmodified(self, path: str) -> None:
        self.archive.unmodified(self.fetch(path))

    def recut(self, name: str) -> None:
        for stored in self.archive.stored_captures()[:1]:
            if stored.revision_id is not None:
                text = article(name, text="Cut again.")
                self.archive.recut(stored.revision_id, text, cut(text))

    def commit(self) -> None:
        self.archive.commit()

    def rollback(self) -> None:
        self.archive.rollback()

    def crawl_again(self) -> None:
        self.crawl = begun(self.archive)
        self.seen = set()


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(STEPS, max_size=25), left=st.integers(0, 3))
@example(
    steps=[
        ("article", "b", "a", "one", False),
        ("redirect", "b", "c", "two", True),
        ("article", "c", "a", "two", True),
    ],
    left=0,
)
def test_no_sequence_of_events_breaks_the_archive(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[object, ...]],
    left: int,
) -> None:
    """Counts add up, keys and index hold, every address leads to its article."""
    path = tmp_path_factory.mktemp("archive") / "archive.db"
    with Archive(path) as archive:
        run = Run(archive)
        for step in steps:
            if step[0] == "crawl":
                end = replace(ENDED, found=len(run.seen) + left)
                archive.end_crawl(run.crawl, end, now=LATER)
                run.crawl_again()
            else:
                run.do(step)
        end = replace(ENDED, found=len(run.seen) + left)
        archive.end_crawl(run.crawl, end, now=LATER)
    assert faults(path) == []
    with Archive(path) as archive:
        all_readable(archive)

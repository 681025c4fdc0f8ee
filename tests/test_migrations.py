"""Empty, old, new and foreign files go in; whole archives or errors come out."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from made_pages import arrive, article, begun, faults, fetch, rows
from sqlite_utils import Database

from archive.database import (
    captures_folder,
    checkpoint,
    integrity,
    open_for_reading,
    open_for_writing,
)
from archive.errors import ArchiveUnreadable
from archive.migrations import migrations, statements
from archive.write import Archive

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = "SELECT type, name, sql FROM sqlite_master ORDER BY name, type"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the archive of a test lies."""
    return tmp_path / "archive.db"


def filled(path: Path) -> None:
    """Make an archive with two articles."""
    with Archive(path) as archive:
        crawl = begun(archive)
        arrive(archive, fetch(crawl, "a"), article("a"))
        arrive(archive, fetch(crawl, "b"), article("b"))


def test_an_empty_file_becomes_an_archive(path: Path) -> None:
    """A missing and an empty file both get the whole schema, in one go."""
    Archive(path).close()
    schema = rows(path, SCHEMA)
    path.unlink()
    path.touch()
    Archive(path).close()
    assert rows(path, SCHEMA) == schema
    assert faults(path) == []


def test_opening_again_changes_nothing(path: Path) -> None:
    """The migrations run once; a filled archive is opened as it was left."""
    filled(path)
    before = rows(path, SCHEMA), rows(path, "SELECT * FROM full_articles")
    Archive(path).close()
    assert (rows(path, SCHEMA), rows(path, "SELECT * FROM full_articles")) == before


def test_the_schema_is_split_into_whole_statements() -> None:
    """Semicolons inside a trigger do not end it."""
    script = "CREATE TABLE a (b);\n\nCREATE TRIGGER t\nBEGIN\n  SELECT 1;\nEND;\n"
    assert statements(script) == [
        "CREATE TABLE a (b);",
        "CREATE TRIGGER t\nBEGIN\n  SELECT 1;\nEND;",
    ]


def break_off(path: Path, count: int) -> None:
    """Migrate, but stop with an error after so many statements."""
    left = count

    def watch(statement: str) -> None:
        nonlocal left
        if statement.lstrip().upper().startswith("CREATE"):
            left -= 1

    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.set_trace_callback(watch)
        # SQLite asks this every few steps; a true answer interrupts the statement.
        connection.set_progress_handler(lambda: left <= 0, 1)
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            migrations.apply(Database(connection))


@pytest.mark.parametrize("count", [3, 4, 9, 20, 30, 36])
def test_a_migration_that_fails_leaves_nothing(path: Path, count: int) -> None:
    """Broken off at any statement, none of it stays, and the next run does it all."""
    break_off(path, count)
    tables = {row[1] for row in rows(path, SCHEMA)}
    assert "sites" not in tables and "articles_fts" not in tables
    filled(path)
    assert faults(path) == []


KILLED = """
import os, sys
sys.path[:0] = sys.argv[1:2]
from pathlib import Path
from sqlite_utils import Database
from archive import database, migrations
done = 0
execute = Database.execute
def dying(self, sql, *rest):
    global done
    done += sql.startswith("CREATE")
    if done > int(sys.argv[3]):
        os.kill(os.getpid(), 9)
    return execute(self, sql, *rest)
Database.execute = dying
database.open_for_writing(Path(sys.argv[2]))
"""


@pytest.mark.parametrize("count", [0, 5, 35])
def test_a_killed_first_run_leaves_nothing_half_made(path: Path, count: int) -> None:
    """A run killed while it makes the archive leaves a file that the next completes."""
    arguments = [str(ROOT), str(path), str(count)]
    run = subprocess.run([sys.executable, "-c", KILLED, *arguments])
    assert run.returncode == -9
    assert "articles" not in {row[1] for row in rows(path, SCHEMA)}
    with pytest.raises(ArchiveUnreadable, match="not an archive of this version"):
        open_for_reading(path)
    filled(path)
    assert faults(path) == []


def test_another_programs_database_is_left_alone(path: Path) -> None:
    """A database that is no archive is refused for reading and writing, untouched."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    for opened in (Archive, open_for_reading):
        with pytest.raises(ArchiveUnreadable, match="another program's database"):
            opened(path)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_lock_that_was_there_stays(path: Path) -> None:
    """Where a file cannot be opened, only a lock of this try's own is taken away."""
    path.write_bytes(b"no database, but more than a hundred bytes " * 9)
    lock = path.with_name("archive.db.lock")
    lock.touch()
    with pytest.raises(ArchiveUnreadable):
        Archive(path)
    assert lock.exists()


def test_ids_of_articles_are_never_used_again(path: Path) -> None:
    """The id of an article that somebody deleted is not given to the next one."""
    filled(path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("UPDATE articles SET revision_id = NULL WHERE id = 2")
        for table in ("urls", "fetches"):
            db.execute(f"UPDATE {table} SET article_id = NULL WHERE article_id = 2")
        db.execute("DELETE FROM articles WHERE id = 2")
    with Archive(path) as archive:
        arrive(archive, fetch(begun(archive), "c"), article("c"))
    assert rows(path, "SELECT id FROM articles ORDER BY id") == [(1,), (3,)]
    assert faults(path) == []


def test_an_archive_of_a_newer_version_is_left_alone(path: Path) -> None:
    """A file with steps that this version does not know is refused, naming the step."""
    filled(path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('cuttings', 'm999_later', '2030-01-01')"
        )
    for opened in (Archive, open_for_reading):
        with pytest.raises(ArchiveUnreadable, match=r"newer version.*m999_later"):
            opened(path)


def test_an_archive_of_an_older_version_is_brought_up_to_date(path: Path) -> None:
    """A file that lacks steps is not read; opened for writing it gets them."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrations.ensure_migrations_table(Database(db))
    with pytest.raises(ArchiveUnreadable, match="not an archive of this version"):
        open_for_reading(path)
    filled(path)
    open_for_reading(path).close()


def test_reading_needs_no_writer_and_writes_nothing(path: Path) -> None:
    """A reader sees what is committed while another writes, and cannot write itself."""
    with Archive(path) as archive:
        arrive(archive, fetch(begun(archive), "a"), article("a"))
        archive.commit()
        with closing(open_for_reading(path)) as reader:
            assert reader.execute("SELECT count(*) FROM articles").fetchone() == (1,)
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                reader.execute("DELETE FROM articles")


def test_a_missing_archive_is_told(path: Path) -> None:
    """Reading where there is no file is an error, and makes none."""
    with pytest.raises(ArchiveUnreadable, match="there is no such file"):
        open_for_reading(path)
    assert not path.exists()


def test_a_closed_archive_is_one_file(path: Path) -> None:
    """After the end of a crawl the file alone holds everything, its log folded in."""
    filled(path)
    log = path.with_name("archive.db-wal")
    assert not log.exists() or log.stat().st_size == 0
    copy = path.with_name("copy.db")
    copy.write_bytes(path.read_bytes())
    assert rows(copy, "SELECT count(*) FROM full_articles") == [(2,)]


def test_a_reader_in_the_way_does_not_fail_the_checkpoint(path: Path) -> None:
    """Where a reader holds the log, closing goes on, and nothing is lost."""
    filled(path)
    with (
        closing(open_for_writing(path, busy_seconds=0.1)) as writer,
        closing(open_for_reading(path)) as reader,
    ):
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM articles").fetchone()
        writer.execute("UPDATE sites SET title = 'New'")
        checkpoint(writer)
    assert rows(path, "SELECT title FROM sites") == [("New",)]


def test_every_archive_has_captures_of_its_own(tmp_path: Path) -> None:
    """archive.db has captures/ beside it, as the layout says; others have their own."""
    assert captures_folder(tmp_path / "archive.db") == tmp_path / "captures"
    assert captures_folder(tmp_path / "try.db") == tmp_path / "try.captures"


def test_broken_keys_are_found(path: Path) -> None:
    """The check of an archive names rows that point at nothing."""
    filled(path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("DELETE FROM sites")
    with closing(open_for_writing(path)) as db:
        assert any("points at no row of sites" in fault for fault in integrity(db))

"""A path goes in, an open and migrated SQLite connection comes out.

Writing takes an advisory lock beside the file, so that one process at a time writes an
archive; reading needs none (WAL).
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from archive.errors import ArchiveLocked, ArchiveUnreadable
from archive.migrations import migrations

BUSY_SECONDS = 30.0
"""How long a write waits for another connection before it fails."""
CACHE_KILOBYTES = 32_000
"""Pages in memory while writing: the hashes of a batch of 100 articles lie on 3,800
pages of a large index, and what does not fit is written and read again each time."""
BEGUN = {"_sqlite_migrations", "idx__sqlite_migrations_migration_set_name"}
"""What a run that was killed before its first migration leaves in the file."""


class WriteLock:
    """The right to write one archive, held until `release`.

    Args:
        path: The archive's file.

    Raises:
        ArchiveLocked: Another process holds it.
        ArchiveUnreadable: The folder cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(path.name + ".lock")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._is_new = not self._path.exists()
            self._file = self._path.open("ab")
        except OSError as error:
            raise ArchiveUnreadable(str(path), str(error)) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise ArchiveLocked(str(path)) from error

    def release(self) -> None:
        """Give the lock back; its file stays for the next writer."""
        self._file.close()

    def discard(self) -> None:
        """Give the lock back and leave no file that was not there before."""
        if self._is_new:
            self._path.unlink(missing_ok=True)
        self._file.close()


def captures_folder(path: Path) -> Path:
    """Where an archive's WARC files lie: captures/ beside archive.db.

    An archive of another name has a folder of its own, `NAME.captures`.
    """
    if path.name == "archive.db":
        return path.parent / "captures"
    return path.with_name(path.stem + ".captures")


def open_for_writing(
    path: Path, *, busy_seconds: float = BUSY_SECONDS
) -> sqlite3.Connection:
    """Open, create or upgrade an archive; the caller holds the `WriteLock`.

    Args:
        path: The archive's file.
        busy_seconds: How long a write waits for another connection.

    Raises:
        ArchiveUnreadable: The file is no database or another program's, is damaged or
            from a newer version, or cannot be made.
    """
    with _opened(path, str(path), busy_seconds) as connection:
        if why := not_ours(connection):
            raise ArchiveUnreadable(str(path), why)
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")
        migrations.apply(Database(connection))
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open an existing archive read-only.

    Raises:
        ArchiveUnreadable: There is no such file, or it is no archive of this version.
    """
    if not path.is_file():
        raise ArchiveUnreadable(str(path), "there is no such file")
    address = f"{path.resolve().as_uri()}?mode=ro"
    with _opened(path, address, BUSY_SECONDS) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        why = not_ours(connection)
        if why is None and migrations.pending(Database(connection)):
            why = "it is not an archive of this version; `cuttings crawl` makes one"
        if why:
            raise ArchiveUnreadable(str(path), why)
    return connection


@contextmanager
def _opened(
    path: Path, address: str, busy_seconds: float
) -> Iterator[sqlite3.Connection]:
    """Open a connection that stays open, unless the block fails."""
    try:
        connection = sqlite3.connect(
            address,
            uri=address != str(path),
            timeout=busy_seconds,
            check_same_thread=False,
        )
    except sqlite3.Error as error:
        raise ArchiveUnreadable(str(path), str(error)) from error
    try:
        yield connection
    except sqlite3.Error as error:
        connection.close()
        raise ArchiveUnreadable(str(path), str(error)) from error
    except BaseException:
        connection.close()
        raise


def not_ours(connection: sqlite3.Connection) -> str | None:
    """Why a database must not be touched; None for an archive or an empty file."""
    applied = {step.name for step in migrations.applied(Database(connection))}
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    if not applied and names - BEGUN:
        return "it is another program's database"
    if unknown := sorted(applied - known_steps()):
        return f"it was made by a newer version of Cuttings (step {unknown[-1]})"
    return None


def known_steps() -> set[str]:
    """Names of all migrations of this version."""
    with closing(sqlite3.connect(":memory:")) as empty:
        return {step.name for step in migrations.pending(Database(empty))}


def checkpoint(connection: sqlite3.Connection) -> None:
    """Bring the write-ahead log into the file, so that a copy of it is whole.

    Where a reader stands in the way the log stays: the next checkpoint takes it.
    """
    with (
        suppress(sqlite3.OperationalError),
        closing(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")) as cursor,
    ):
        cursor.fetchall()


def integrity(connection: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong with the file, its keys and its search index.

    Args:
        connection: Open for writing: FTS5 checks its index by a command in an INSERT.
    """
    rows = connection.execute("PRAGMA integrity_check").fetchall()
    found = [str(row[0]) for row in rows if row[0] != "ok"]
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        found.append(f"{table} row {rowid} points at no row of {parent}")
    try:
        connection.execute(
            "INSERT INTO articles_fts (articles_fts, rank)"
            " VALUES ('integrity-check', 1)"
        )
    except sqlite3.DatabaseError as error:
        found.append(f"the search index does not match the articles: {error}")
    return found

"""A path goes in, an open and migrated SQLite connection comes out.

Writing takes an advisory lock beside the file, so that one process at a time writes an
archive; reading needs none (WAL).
"""

from __future__ import annotations

import fcntl
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from archive.errors import ArchiveLocked, ArchiveUnreadable
from archive.migrations import migrations

BUSY_SECONDS = 30.0
"""How long a write waits for another connection before it fails."""


class WriteLock:
    """The right to write one archive, held until `release`.

    Args:
        path: The archive's file.

    Raises:
        ArchiveLocked: Another process holds it.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.with_name(path.name + ".lock").open("ab")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise ArchiveLocked(str(path)) from error

    def release(self) -> None:
        """Give the lock back."""
        self._file.close()


def captures_folder(path: Path) -> Path:
    """Where an archive's WARC files lie: captures/ beside archive.db.

    An archive of another name has a folder of its own, `NAME.captures`.
    """
    if path.name == "archive.db":
        return path.parent / "captures"
    return path.with_name(path.stem + ".captures")


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open, create or upgrade an archive; the caller holds the `WriteLock`.

    Raises:
        ArchiveUnreadable: The file is no database, is damaged, or cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        migrations.apply(Database(connection))
        return connection
    except (sqlite3.Error, OSError) as error:
        raise ArchiveUnreadable(str(path), str(error)) from error


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open an existing archive read-only.

    Raises:
        ArchiveUnreadable: There is no such file, or it is no archive of this version.
    """
    if not path.is_file():
        raise ArchiveUnreadable(str(path), "there is no such file")
    try:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro",
            uri=True,
            timeout=BUSY_SECONDS,
            check_same_thread=False,
        )
        pending = migrations.pending(Database(connection))
    except sqlite3.Error as error:
        raise ArchiveUnreadable(str(path), str(error)) from error
    if pending:
        connection.close()
        raise ArchiveUnreadable(
            str(path),
            "it is not an archive of this version; `cuttings crawl` makes one",
        )
    return connection


def checkpoint(connection: sqlite3.Connection) -> None:
    """Bring the write-ahead log into the file, so that a copy of it is whole."""
    with closing(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")) as cursor:
        cursor.fetchall()


def integrity(connection: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong with the file, its keys and its search index."""
    rows = connection.execute("PRAGMA integrity_check").fetchall()
    found = [str(row[0]) for row in rows if row[0] != "ok"]
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        found.append(f"{table} row {rowid} points at no row of {parent}")
    return found

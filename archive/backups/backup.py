"""An archive and a folder go in; a whole copy of the archive in that folder comes out.

Safe under a running crawl. The database is copied in steps by SQLite's backup API
inside one read transaction: in WAL mode the pages that it sees stay as they are while
a crawl commits, so no step ever begins again, and the crawl never waits. Then the WARC
files are copied as far as the rows of that copy point. Last of all the new database
takes the old one's name.

Killed at any moment, the folder holds the former backup whole, or the new one: WARC
files only grow, so what the former one needs is in place all the time.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive.backups.captures import Copied, copy_files
from archive.backups.folder import (
    cleared,
    failing,
    locked,
    refuse_foreign,
    refuse_own,
    refuse_without_captures,
    settle_former,
)
from archive.database import captures_folder, open_for_reading
from archive.warc.capture_rows import capture_ends
from archive.warc.torn import sync_folder

Told = Callable[[str, int, int], None]
"""Hears what is copied, and how many bytes of how many are done."""
NAME = "archive.db"
STEP_PAGES = 2048
"""Pages copied between two words to `told`: 8 MB."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Backup:
    """What a backup came to."""

    path: Path
    """The copy of the database."""
    articles: int
    database_bytes: int
    captures: Copied | None
    """None where captures were left out."""
    is_first: bool
    """Whether there was no backup in the folder before."""


def back_up(
    source: Path,
    folder: Path,
    *,
    with_captures: bool = True,
    told: Told = lambda what, done, of: None,
    step_pages: int = STEP_PAGES,
) -> Backup:
    """Copy an archive into a folder, in place of the backup that may be there.

    Args:
        source: The archive's file.
        folder: Where the backup goes: archive.db, and captures/ beside it.
        with_captures: Copy the WARC files too.
        told: Hears how far it has come.
        step_pages: Pages of the database copied at once.

    Raises:
        ArchiveUnreadable: The source is no archive of this version.
        BackupRefused: The folder is the archive's own, or holds something else; or
            WARC files of the archive are missing.
        ArchiveLocked: Another backup is being made there.
        BackupFailed: The disk or SQLite refused; the former backup is as it was.
    """
    source, target = source.resolve(), folder.resolve() / NAME
    open_for_reading(source).close()
    refuse_own(source, target)
    with failing(target.parent), locked(target), cleared(target) as partial:
        is_first = not target.exists()
        settle_former(target)
        if not with_captures:
            refuse_without_captures(target)
        copy_database(source, partial, told, step_pages=step_pages)
        refuse_foreign(partial, target)
        copied = _captures(source, partial, target, told) if with_captures else None
        size, articles = partial.stat().st_size, _articles(partial)
        put_in_place(partial, target)
    return Backup(
        path=target,
        articles=articles,
        database_bytes=size,
        captures=copied,
        is_first=is_first,
    )


def copy_database(source: Path, partial: Path, told: Told, *, step_pages: int) -> None:
    """Copy one state of a database, whatever is committed meanwhile."""
    with (
        closing(open_for_reading(source)) as db,
        closing(sqlite3.connect(partial, isolation_level=None)) as copy,
    ):
        copy.execute("PRAGMA synchronous = OFF")  # made durable as a whole at the end
        db.execute("BEGIN")
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the state copied
        size = db.execute("PRAGMA page_size").fetchone()[0]

        def tell(status: int, remaining: int, total: int) -> None:
            told("database", (total - remaining) * size, total * size)

        db.backup(copy, pages=step_pages, progress=tell, sleep=0)
        # One file alone, that can be read where nothing can be written.
        copy.execute("PRAGMA journal_mode = DELETE")


def _captures(source: Path, partial: Path, target: Path, told: Told) -> Copied:
    trusted: dict[str, int] = {}
    if target.exists():
        with closing(_reading(target)) as former:
            trusted = capture_ends(former)
    with closing(_reading(partial)) as db:
        return copy_files(
            db,
            captures_folder(source),
            captures_folder(target),
            trusted=trusted,
            told=told,
        )


def _articles(path: Path) -> int:
    with closing(_reading(path)) as db:
        return int(db.execute("SELECT count(*) FROM articles").fetchone()[0])


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)


def put_in_place(partial: Path, target: Path) -> None:
    """Make the copy durable and give it the former one's name, in one step."""
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(target)
    sync_folder(target.parent)

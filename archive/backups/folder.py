"""The folder of a backup goes in; whether it may be written, and by whom, comes out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from archive.database import WriteLock, captures_folder, not_ours
from archive.errors import ArchiveUnreadable, BackupFailed, BackupRefused

PARTIAL = ".partial"
"""End of the name of what is not yet whole; a killed run leaves it, the next clears."""
ELSEWHERE = "choose another folder"
FOREIGN = """
SELECT count(*) FROM former.captures f WHERE NOT EXISTS (
  SELECT 1 FROM main.captures n WHERE n.id = f.id AND n.file = f.file
    AND n.offset = f.offset AND n.length = f.length AND n.digest = f.digest)
"""
"""Captures of the former backup that the archive does not have: rows of captures are
never deleted, so a backup of the same archive has none."""


def refuse_own(source: Path, target: Path) -> None:
    """Refuse a folder in which the backup would be the archive itself, or part of it.

    Raises:
        BackupRefused: It is.
    """
    folder, captures = target.parent, captures_folder(source)
    if folder == source.parent or (target.exists() and target.samefile(source)):
        raise BackupRefused(str(folder), f"the archive lies there; {ELSEWHERE}")
    if folder == captures or captures in folder.parents:
        raise BackupRefused(str(folder), f"it is in the captures; {ELSEWHERE}")


@contextmanager
def failing(folder: Path) -> Iterator[None]:
    """Turn what disk and SQLite refuse into one error that names the folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise BackupFailed(str(folder), error.strerror or str(error)) from error
    except sqlite3.Error as error:
        raise BackupFailed(str(folder), str(error)) from error


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Keep every other backup, and every crawl, out of the folder meanwhile.

    Raises:
        ArchiveLocked: One is under way.
        BackupFailed: The folder cannot be written.
    """
    try:
        lock = WriteLock(target)
    except ArchiveUnreadable as error:
        raise BackupFailed(str(target.parent), str(error.__cause__)) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def cleared(target: Path) -> Iterator[Path]:
    """Clear what a killed run left, and at the end what this one leaves.

    Yields:
        Where the new database is to be put together.
    """
    _clear(target)
    try:
        yield target.with_name(target.name + PARTIAL)
    finally:
        _clear(target)


def _clear(target: Path) -> None:
    left = list(target.parent.glob(f"{target.name}{PARTIAL}*"))
    left += captures_folder(target).glob(f"*{PARTIAL}")
    for path in left:
        path.unlink(missing_ok=True)


def settle_former(target: Path) -> None:
    """Fold a log into the former backup, so that none is left beside the new one.

    Raises:
        BackupRefused: What lies there is no backup.
        sqlite3.Error: Somebody has it open and its log cannot be folded.
    """
    if not target.exists():
        return
    with closing(sqlite3.connect(target, isolation_level=None)) as db:
        try:
            why = not_ours(db)
        except sqlite3.DatabaseError as error:
            why = f"it cannot be read: {error}"
        if why is None and not _has_captures(db):
            why = "a run was killed before it was filled"
        if why:
            raise BackupRefused(
                str(target.parent),
                f"{target.name} there is no backup: {why}; {ELSEWHERE}",
            )
        db.execute("PRAGMA journal_mode = DELETE")


def _has_captures(db: sqlite3.Connection) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE name = 'captures'"
    return db.execute(query).fetchone() is not None


def refuse_without_captures(target: Path) -> None:
    """Refuse to replace a backup with captures by one without.

    Raises:
        BackupRefused: There are captures.
    """
    if any(captures_folder(target).glob("*.warc.gz")):
        raise BackupRefused(
            str(target.parent),
            f"the backup there has captures, and this one has none; {ELSEWHERE}",
        )


def refuse_foreign(partial: Path, target: Path) -> None:
    """Refuse to replace the backup of another archive, or of a later state of it.

    Raises:
        BackupRefused: The former backup has captures that the archive has not.
    """
    if not target.exists():
        return
    with closing(sqlite3.connect(f"{partial.as_uri()}?mode=ro", uri=True)) as db:
        db.execute("ATTACH ? AS former", (f"{target.as_uri()}?mode=ro",))
        count = db.execute(FOREIGN).fetchone()[0]
    if count:
        raise BackupRefused(
            str(target.parent),
            f"the backup there has {count} captures that this archive does not have: "
            "it is of another archive, or of this one before something was lost; "
            + ELSEWHERE,
        )

"""An archive's path goes in; its faults come out, each with rows, meaning and remedy.

Read-only, and of one state: everything is asked in one read transaction, so that a
crawl may go on meanwhile, and what it has not committed is never seen. The one repair
loses nothing: the search index can always be made anew from the texts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive.checks import (
    captures,
    copies,
    facts,
    file,
    forms,
    ledger,
    search,
    texts,
)
from archive.checks.faults import Fault, broken, guarded
from archive.database import (
    WriteLock,
    captures_folder,
    checkpoint,
    open_for_reading,
    open_for_writing,
)
from archive.errors import ArchiveWriteError
from archive.snapshot import snapshot

Told = Callable[[str, int, int], None]
"""Hears what is looked at, and how much of how much has been."""
LAWS = (*texts.LAWS, *facts.LAWS, *ledger.LAWS, *copies.LAWS, *captures.LAWS)
SIZES = ("sites", "articles", "revisions", "captures")


@dataclass(frozen=True, kw_only=True, slots=True)
class Depth:
    """How much is looked at."""

    quick: bool = False
    """Leave out what reads every text: the pages' inner order, and what the search
    index holds."""
    captures: bool = True
    """Read every capture back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What was looked at and what was found."""

    sizes: dict[str, int]
    """Rows of the main tables."""
    faults: tuple[Fault, ...]

    @property
    def damage(self) -> tuple[Fault, ...]:
        """The faults without what is only worth knowing."""
        return tuple(one for one in self.faults if one.is_damage)


def check(path: Path, depth: Depth, told: Told = lambda what, done, of: None) -> Report:
    """Look for every fault that an archive may have.

    Raises:
        ArchiveUnreadable: There is no such file, or it is no archive of this version.
    """
    with closing(open_for_reading(path)) as db, snapshot(db):
        found = tuple(faults(db, captures_folder(path), depth, told))
        return Report(sizes=_sizes(db), faults=found)


def faults(
    db: sqlite3.Connection, folder: Path, depth: Depth, told: Told
) -> Iterator[Fault]:
    """Yield the faults of an archive.

    Args:
        db: Inside a read transaction that the caller rolls back.
        folder: Where the WARC files lie.
        depth: How much is looked at.
        told: Hears of each step.
    """
    told("file", 0, 0)
    yield from file.pages(db, quick=depth.quick)
    yield from guarded("sqlite_master", file.schema(db))
    yield from guarded("archive.db", file.keys(db))
    told("rows", 0, 0)
    laws = (*LAWS, *forms.laws(file.fresh_tables()))
    yield from broken(db, laws, quick=depth.quick)
    told("search index", 0, 0)
    yield from _search(db, quick=depth.quick)
    told("captures", 0, 0)
    yield from guarded("captures", _captures(db, folder, depth, told))


def _search(db: sqlite3.Connection, *, quick: bool) -> Iterator[Fault]:
    """Yield the faults of the search index; its words are looked at if its rows fit."""
    out_of_step = list(broken(db, search.LAWS))
    yield from out_of_step
    if not quick and not out_of_step:
        yield from search.stale(db)


def _captures(
    db: sqlite3.Connection, folder: Path, depth: Depth, told: Told
) -> Iterator[Fault]:
    """Yield the faults of the WARC files."""
    yield from captures.files(db, folder)
    yield from captures.tails(db, folder)
    if depth.captures:
        yield from captures.read_back(
            db, folder, lambda done, of: told("captures", done, of)
        )


def _sizes(db: sqlite3.Connection) -> dict[str, int]:
    found = {}
    for table in SIZES:
        try:
            row = db.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
            found[table] = int(row[0])
        except sqlite3.DatabaseError:  # told as a fault of its own
            found[table] = 0
    return found


def repair_index(path: Path) -> None:
    """Make the search index anew from the texts.

    Raises:
        ArchiveUnreadable: There is no such file, or it is no archive.
        ArchiveLocked: Another process writes it.
        ArchiveWriteError: The disk or SQLite refused.
    """
    open_for_reading(path).close()
    lock = WriteLock(path)
    try:
        with closing(open_for_writing(path)) as db:
            db.execute("BEGIN IMMEDIATE")
            search.rebuild(db, _search_schema())
            db.execute("COMMIT")
            checkpoint(db)
    except sqlite3.Error as error:
        raise ArchiveWriteError(str(path), str(error)) from error
    finally:
        lock.release()


def _search_schema() -> dict[str, str]:
    """The SQL of the search index and of the triggers that keep it up."""
    shadows = {f"table {search.INDEX}_{name}" for name in search.SHADOWS}
    return {
        name: sql
        for name, sql in file.fresh_schema().items()
        if sql and search.INDEX in sql and name not in shadows
    }

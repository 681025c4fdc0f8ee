"""An archive's file goes in; what SQLite and this version's schema say comes out."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database

from archive.checks.faults import RESTORE, SHOWN, Fault, Law, broken
from archive.checks.forms import key_of
from archive.migrations import migrations
from archive.schema import Table, describe

OBJECTS = """
SELECT type || ' ' || name, sql FROM sqlite_master
WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid
"""


def pages(db: sqlite3.Connection, *, quick: bool) -> Iterator[Fault]:
    """Yield what SQLite finds wrong with the file's pages and indexes."""
    pragma = "quick_check" if quick else "integrity_check"
    try:
        rows = db.execute(f"PRAGMA {pragma}").fetchall()
        found = [str(row[0]) for row in rows if row[0] != "ok"]
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    if found:
        yield Fault(
            kind="damaged file",
            table="archive.db",
            count=len(found),
            rows=tuple(found[:SHOWN]),
            meaning="SQLite finds the file damaged: rows may be lost or wrong.",
            remedy="copy the file away, restore the last clean backup "
            "(docs/operations.md), and look at the disk",
        )


def keys(db: sqlite3.Connection) -> Iterator[Fault]:
    """Yield a fault for each table with rows that point at nothing."""
    rows = db.execute("PRAGMA foreign_key_check").fetchall()
    tables = {one.name: one for one in fresh_tables()}
    for name, parent in dict.fromkeys((row[0], row[2]) for row in rows):
        if name in tables:
            yield from broken(db, _orphans(tables[name], parent))


def _orphans(table: Table, parent: str) -> Iterator[Law]:
    for column in table.columns:
        owner, _, to = (column.refers_to or "").partition(".")
        if owner != parent:
            continue
        yield Law(
            kind="row that points at nothing",
            table=table.name,
            query=f"SELECT {key_of(table)} FROM {table.name}"  # noqa: S608 - ours
            f" WHERE {column.name} IS NOT NULL"
            f" AND {column.name} NOT IN (SELECT {to} FROM {parent})",
            meaning=f"{column.name} names a row of {parent} that there is not.",
        )


def schema(db: sqlite3.Connection) -> Iterator[Fault]:
    """Yield what of the schema is missing, other than this version's, or unknown."""
    wanted, held = fresh_schema(), dict(db.execute(OBJECTS).fetchall())
    missing = sorted(wanted.keys() - held.keys())
    both = wanted.keys() & held.keys()
    other = sorted(k for k in both if _plain(wanted[k]) != _plain(held[k]))
    unknown = sorted(held.keys() - wanted.keys())
    yield from _told("part of the schema that is missing", missing, MISSING)
    yield from _told("part of the schema of another version", other, OTHER)
    yield from _told("table of somebody else", unknown, UNKNOWN)


def _plain(sql: str | None) -> str:
    """SQL without its comments, white space folded."""
    return " ".join(re.sub(r"--.*", "", sql or "").split())


MISSING = "Without it the archive is slow, out of step, or cannot be read."
OTHER = "It was made by a version that was never released, or changed by hand."
UNKNOWN = (
    "No version of Cuttings made it. Nothing is wrong with it; it is in every backup, "
    "and a later version may want its name."
)
NOTHING = "nothing; keep what is yours in a database of its own, and ATTACH this one"


def _remedy(names: list[str], meaning: str) -> str:
    if meaning == UNKNOWN:
        return NOTHING
    if all("_fts" in name for name in names):
        return "`cuttings check --repair-index` makes it anew"
    return RESTORE


def _told(kind: str, names: list[str], meaning: str) -> Iterator[Fault]:
    if names:
        yield Fault(
            kind=kind,
            table="sqlite_master",
            count=len(names),
            rows=tuple(names[:SHOWN]),
            meaning=meaning,
            remedy=_remedy(names, meaning),
            is_damage=meaning != UNKNOWN,
        )


@contextmanager
def fresh() -> Iterator[sqlite3.Connection]:
    """Open an empty archive of this version, in memory."""
    db = Database(memory=True)
    try:
        migrations.apply(db)
        yield db.conn
    finally:
        db.close()


def fresh_schema() -> dict[str, str | None]:
    """Type and name of everything in an archive of this version, with its SQL."""
    with fresh() as db:
        return dict(db.execute(OBJECTS).fetchall())


def fresh_tables() -> tuple[Table, ...]:
    """The tables and views of an archive of this version."""
    with fresh() as db:
        return describe(db)

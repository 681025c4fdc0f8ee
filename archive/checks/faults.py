"""Laws of the archive as queries go in; the rows that break them come out as faults.

A law's query finds the keys of the rows that break it. It holds in every state that a
commit leaves, also in the middle of a crawl and after a kill: what only holds once a
crawl has ended asks for crawls that have ended.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

SHOWN = 5
"""Rows that a fault names; the rest is counted."""

REEXTRACT = "`cuttings reextract` cuts the text from its capture again"
REPAIR_INDEX = "`cuttings check --repair-index` builds the search index anew"
NEXT_CRAWL = "nothing: the next crawl does it"
RESTORE = (
    "restore the last clean backup (docs/operations.md); if there is none, report this "
    "with the rows named here: no command of this version leaves it so"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One class of fault, with all rows that have it."""

    kind: str
    """Its name, always the same words."""
    table: str
    """Where the rows lie, or the file."""
    count: int
    rows: tuple[str, ...]
    """Keys of the first few rows; the columns of a key are separated by a space."""
    meaning: str
    """What it means for who reads the archive."""
    remedy: str
    """What to do."""
    is_damage: bool = True
    """False for what is only worth knowing: nothing is lost or wrong."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Law:
    """What must hold of the rows of one table."""

    kind: str
    table: str
    query: str
    """Finds the keys of the rows that break it."""
    meaning: str
    remedy: str = RESTORE
    is_damage: bool = True
    is_slow: bool = False
    """Reads every text: left out of a quick check."""


def broken(
    db: sqlite3.Connection, laws: Iterable[Law], *, quick: bool = False
) -> Iterator[Fault]:
    """Yield a fault for each law that rows break, or that cannot be asked for."""
    for law in laws:
        if law.is_slow and quick:
            continue
        try:
            found = fault_of(law, db.execute(law.query))
        except sqlite3.DatabaseError as error:
            # A table or column that is not there is told once, as of the schema.
            if not str(error).startswith("no such"):
                yield unreadable(law.table, str(error))
        else:
            if found is not None:
                yield found


def fault_of(law: Law, rows: Iterable[tuple[object, ...]]) -> Fault | None:
    """The fault that rows are; None if there are none."""
    first: list[str] = []
    count = 0
    for row in rows:
        count += 1
        if count <= SHOWN:
            first.append(" ".join(str(value) for value in row))
    if not count:
        return None
    return Fault(
        kind=law.kind,
        table=law.table,
        count=count,
        rows=tuple(first),
        meaning=law.meaning,
        remedy=law.remedy,
        is_damage=law.is_damage,
    )


def guarded(table: str, step: Iterable[Fault]) -> Iterator[Fault]:
    """Yield what a step of the check finds, and a fault where it cannot go on."""
    try:
        yield from step
    except sqlite3.DatabaseError as error:
        yield unreadable(table, str(error))


def unreadable(table: str, why: str) -> Fault:
    """A table that SQLite cannot read, or not as this version knows it."""
    return Fault(
        kind="table that cannot be read",
        table=table,
        count=1,
        rows=(why,),
        meaning="SQLite cannot answer a question about this table: its pages are "
        "damaged, or columns are missing.",
        remedy=RESTORE,
    )

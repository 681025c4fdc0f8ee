"""The search index goes in; where it does not hold what the articles say comes out.

FTS5's own check is a command in an INSERT, which takes the lock of the file that it is
run on, and a check must not stand in a crawl's way. So the index is checked as a copy:
a temporary table of the same definition, over the same texts, into which the index's
own tables are copied, all in the one read transaction of the check. It is FTS5's exact
check, of one state of the archive, and writes nothing but a temporary file of the size
of the index (about 60 % of the text). Counts and rowids alone, which a quick check
compares, do not see a text that has changed.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from archive.checks.faults import REPAIR_INDEX, Fault, Law, fault_of, unreadable

INDEX = "articles_fts"
SHADOWS = ("data", "idx", "docsize", "config")
"""FTS5's tables of an index over external content (sqlite.org/fts5.html, 9)."""

LAWS = (
    Law(
        kind="article that is not in the search index",
        table=INDEX,
        query="SELECT id FROM search_source"
        " WHERE id NOT IN (SELECT id FROM articles_fts_docsize)",
        meaning="Searches do not find the article.",
        remedy=REPAIR_INDEX,
    ),
    Law(
        kind="entry of the search index without an article",
        table=INDEX,
        query="SELECT id FROM articles_fts_docsize"
        " WHERE id NOT IN (SELECT id FROM search_source)",
        meaning="Searches fail on an article that is not there.",
        remedy=REPAIR_INDEX,
    ),
)
STALE = Law(
    kind="search index that holds another text than the article",
    table=INDEX,
    query="SELECT DISTINCT doc FROM ("
    " SELECT * FROM (SELECT term, doc, col, offset FROM temp.held"
    " EXCEPT SELECT term, doc, col, offset FROM temp.wanted)"
    " UNION ALL SELECT * FROM (SELECT term, doc, col, offset FROM temp.wanted"
    " EXCEPT SELECT term, doc, col, offset FROM temp.held)) ORDER BY doc",
    meaning="Searches find the article by words that it does not hold, or do not find "
    "it by words that it holds.",
    remedy=REPAIR_INDEX,
)


def stale(db: sqlite3.Connection) -> Iterator[Fault]:
    """Yield the fault of an index whose words are not those of the texts.

    Args:
        db: Inside a read transaction, which the caller rolls back: the temporary
            tables go with it.
    """
    try:
        _copy(db, "checked")
        for shadow in SHADOWS:
            table = f"checked_{shadow}"
            db.execute(f"DELETE FROM temp.{table}")  # noqa: S608 - ours
            db.execute(
                f"INSERT INTO temp.{table} SELECT * FROM main.{INDEX}_{shadow}"  # noqa: S608
            )
    except sqlite3.DatabaseError as error:
        yield unreadable(INDEX, str(error))
        return
    try:
        db.execute(
            "INSERT INTO temp.checked(checked, rank) VALUES ('integrity-check', 1)"
        )
    except sqlite3.DatabaseError as error:
        yield _which(db) or _damaged(str(error))


def _copy(db: sqlite3.Connection, name: str) -> None:
    """Make a temporary index of the same definition, over the same texts."""
    db.execute(
        "CREATE TEMP VIEW IF NOT EXISTS search_source AS"
        " SELECT * FROM main.search_source"
    )
    row = db.execute(
        "SELECT sql FROM main.sqlite_master WHERE name = ?", (INDEX,)
    ).fetchone()
    if row is None:
        raise sqlite3.DatabaseError("there is no search index")
    made = rf"CREATE VIRTUAL TABLE temp.{name}"
    db.execute(re.sub(rf"^CREATE VIRTUAL TABLE\s+\"?{INDEX}\"?", made, row[0]))


def _which(db: sqlite3.Connection) -> Fault | None:
    """The fault with the articles concerned; None where the index cannot be read."""
    try:
        _copy(db, "fresh")
        db.execute("INSERT INTO temp.fresh(fresh) VALUES ('rebuild')")
        for name, of in (("held", "checked"), ("wanted", "fresh")):
            db.execute(
                f"CREATE VIRTUAL TABLE temp.{name} USING fts5vocab('temp', '{of}',"
                " 'instance')"
            )
        return fault_of(STALE, db.execute(STALE.query))
    except sqlite3.DatabaseError:
        return None


def _damaged(why: str) -> Fault:
    return Fault(
        kind="damaged search index",
        table=INDEX,
        count=1,
        rows=(why,),
        meaning="The index contradicts itself: searches fail or miss articles.",
        remedy=REPAIR_INDEX,
    )


def rebuild(db: sqlite3.Connection, wanted: dict[str, str]) -> None:
    """Make the search index and its triggers anew from the texts.

    Args:
        db: An open transaction.
        wanted: Name to SQL of the index and of its triggers.
    """
    for (name,) in db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND instr(sql, ?)",
        (INDEX,),
    ).fetchall():
        db.execute(f'DROP TRIGGER "{name}"')
    _drop(db)
    for sql in wanted.values():
        db.execute(sql)
    db.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")  # noqa: S608 - ours


def _drop(db: sqlite3.Connection) -> None:
    """Drop the index, also where it is so damaged that SQLite cannot open it."""
    try:
        db.execute(f"DROP TABLE IF EXISTS {INDEX}")
    except sqlite3.DatabaseError:
        db.execute("PRAGMA writable_schema = ON")
        db.execute("DELETE FROM sqlite_master WHERE name = ?", (INDEX,))
        db.execute("PRAGMA writable_schema = RESET")
        for shadow in SHADOWS:
            db.execute(f"DROP TABLE IF EXISTS {INDEX}_{shadow}")

"""Hashes of texts go in; which articles hold a hash comes out.

Functions on an open transaction. The hashes of one text lie all over a large index: of
each batch of articles nearly every row is on a page of its own, which is read, written
to the log and written again. So new rows go into a small table, and from there into the
large one many at a time, in its order: at 100,000 articles a third of the pages.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable

VERY_MANY = 64
"""A hash in more articles than this says nothing about any two of them."""
RECENT_ROWS = 80_000
"""Rows of the small table from which on they are moved: about 2,000 articles."""
MOVED_EVERY = 250
"""Articles after which the rows are counted."""

TABLES = ("copy_hashes", "copy_recent")
HELD = """
SELECT hash FROM copy_hashes WHERE article_id = ?1
UNION ALL SELECT hash FROM copy_recent WHERE article_id = ?1
"""
HOLDERS = f"""
SELECT article_id FROM copy_hashes WHERE hash = ?1
UNION ALL SELECT article_id FROM copy_recent WHERE hash = ?1
LIMIT {VERY_MANY + 1}
"""  # noqa: S608
SIZES = """
SELECT article_id, count(*) FROM (
  SELECT article_id FROM copy_hashes WHERE article_id IN ({ids})
  UNION ALL SELECT article_id FROM copy_recent WHERE article_id IN ({ids}))
GROUP BY article_id
"""


def sign(db: sqlite3.Connection, article_id: int, hashes: Iterable[int]) -> None:
    """Replace the hashes of an article's newest text; it is due for comparison.

    So are those that share a hash that is gone: it may have kept two others apart.
    """
    held, found = set(hashes_of(db, article_id)), set(hashes)
    _take_out(db, article_id, held - found)
    db.executemany(
        "INSERT INTO copy_recent (hash, article_id) VALUES (?, ?)",
        [(one, article_id) for one in sorted(found - held)],
    )
    _put_due(db, [article_id])
    if article_id % MOVED_EVERY == 0:
        move(db)


def _take_out(db: sqlite3.Connection, article_id: int, gone: Iterable[int]) -> None:
    for one in gone:
        for table in TABLES:
            db.execute(
                f"DELETE FROM {table} WHERE hash = ? AND article_id = ?",  # noqa: S608
                (one, article_id),
            )
        _put_due(db, holders(db, one)[:VERY_MANY])


def _put_due(db: sqlite3.Connection, article_ids: Iterable[int]) -> None:
    db.executemany(
        "INSERT OR IGNORE INTO copies_due (article_id) VALUES (?)",
        [(one,) for one in article_ids],
    )


def move(db: sqlite3.Connection, *, least: int = RECENT_ROWS) -> None:
    """Move the rows of the small table into the large one, if they are so many."""
    count = db.execute("SELECT count(*) FROM copy_recent").fetchone()[0]
    if count >= least:
        db.execute(
            "INSERT INTO copy_hashes (hash, article_id)"
            " SELECT hash, article_id FROM copy_recent ORDER BY hash, article_id"
        )
        db.execute("DELETE FROM copy_recent")


def hashes_of(db: sqlite3.Connection, article_id: int) -> list[int]:
    """The hashes that stand for an article's newest text."""
    return [row[0] for row in db.execute(HELD, (article_id,))]


def holders(db: sqlite3.Connection, hash_: int) -> list[int]:
    """Articles that hold a hash, at most one more than very many."""
    return [row[0] for row in db.execute(HOLDERS, (hash_,))]


def holders_beside(
    db: sqlite3.Connection, article_id: int
) -> dict[int, list[int] | None]:
    """For each hash of an article the others that hold it; None for very many."""
    found: dict[int, list[int] | None] = {}
    for one in hashes_of(db, article_id):
        held = holders(db, one)
        others = [other for other in held if other != article_id]
        found[one] = None if len(held) > VERY_MANY else others
    return found


def sizes(db: sqlite3.Connection, article_ids: Collection[int]) -> dict[int, int]:
    """How many hashes stand for the newest text of each of some articles."""
    ids = ", ".join(map(str, article_ids))
    return {row[0]: row[1] for row in db.execute(SIZES.format(ids=ids))}

"""Authors and tags that an article has had go in; those of no article are forgotten.

Functions on an open transaction; write.py owns the transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

KINDS = ("author", "tag")


def named(db: sqlite3.Connection, article_id: int) -> dict[str, list[int]]:
    """For each kind of name the ids of those that an article has."""
    return {
        kind: [
            row[0]
            for row in db.execute(
                f"SELECT {kind}_id FROM article_{kind}s WHERE article_id = ?",  # noqa: S608
                (article_id,),
            )
        ]
        for kind in KINDS
    }


def forget_unused(db: sqlite3.Connection, former: dict[str, list[int]]) -> None:
    """Delete those of some names that no article has any more.

    A name that a worse cut took for an author would else be counted for ever.
    """
    for kind, ids in former.items():
        _forget(db, kind, ids)


def _forget(db: sqlite3.Connection, kind: str, ids: Iterable[int]) -> None:
    db.executemany(
        f"DELETE FROM {kind}s WHERE id = ?1 AND NOT EXISTS"  # noqa: S608 - ours
        f" (SELECT 1 FROM article_{kind}s WHERE {kind}_id = ?1)",
        [(one,) for one in ids],
    )

"""What routes call an article by goes in; the articles that were called so come out.

Functions on an open transaction; write.py owns the transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable


def put_identifiers(
    db: sqlite3.Connection, site: str, article_id: int, names: Iterable[str], at: str
) -> None:
    """Keep by what an article was called when it was fetched."""
    db.executemany(
        "INSERT INTO identifiers (site, identifier, article_id, first_seen_at,"
        " last_seen_at) VALUES (?1, ?2, ?3, ?4, ?4)"
        " ON CONFLICT (site, identifier, article_id) DO UPDATE SET"
        " last_seen_at = max(last_seen_at, excluded.last_seen_at)",
        [(site, name, article_id, at) for name in names],
    )


def called(db: sqlite3.Connection, site: str, names: Iterable[str]) -> list[int]:
    """The articles of a site that were called by any of some names, oldest first."""
    rows = db.execute(
        "SELECT DISTINCT article_id FROM identifiers WHERE site = ?"
        " AND identifier IN (SELECT value FROM json_each(?)) ORDER BY article_id",
        (site, json.dumps(list(names))),
    )
    return [int(row[0]) for row in rows]

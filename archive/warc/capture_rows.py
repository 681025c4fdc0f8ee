"""A capture that was written goes in; its row comes out, and what rows there are.

Functions on an open transaction; write.py owns the transaction.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import astuple

from archive.records import Capture, Origin


def capture_ends(db: sqlite3.Connection) -> dict[str, int]:
    """End of the last indexed record of each WARC file, in bytes."""
    rows = db.execute("SELECT file, max(offset + length) FROM captures GROUP BY file")
    return {str(file): int(end) for file, end in rows}


def put_capture(
    db: sqlite3.Connection, site: str, capture: Capture, origin: Origin
) -> int:
    """Index a capture; return the id of its row."""
    cursor = db.execute(
        "INSERT INTO captures (site, file, offset, length, digest, url, status,"
        " content_type, fetched_at, kind, passed, hints, part_of)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (site, *astuple(capture), *astuple(origin)),
    )
    return int(cursor.lastrowid or 0)


def hints_of_rejected(db: sqlite3.Connection, url: str) -> list[dict[str, object]]:
    """What routes said of a rejected page of a server when it was fetched."""
    row = db.execute(
        "SELECT c.hints FROM rejected j JOIN captures c ON c.id = j.capture_id"
        " WHERE j.url = ? AND c.kind = 'response'",
        (url,),
    ).fetchone()
    found: list[dict[str, object]] = json.loads(row[0]) if row else []
    return found

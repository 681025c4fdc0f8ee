"""A connection goes in; what an import of texts asks of the archive comes out."""

from __future__ import annotations

import sqlite3


def has_capture(db: sqlite3.Connection, site: str, url: str, digest: str) -> bool:
    """Whether these very bytes have been kept for a site's address."""
    row = db.execute(
        "SELECT 1 FROM captures WHERE url = ? AND +site = ? AND digest = ? LIMIT 1",
        (url, site, digest),
    ).fetchone()
    return row is not None


def headlines(db: sqlite3.Connection, site: str) -> list[str]:
    """The headlines of a site's articles."""
    rows = db.execute("SELECT headline FROM articles WHERE site = ?", (site,))
    return [str(row[0]) for row in rows]


def furniture(db: sqlite3.Connection, site: str) -> list[str]:
    """The lines that are remembered as none of a site's articles'."""
    rows = db.execute(
        "SELECT text FROM memory WHERE site = ? AND verdict IN ('nav', 'teaser')",
        (site,),
    )
    return [str(row[0]) for row in rows]


def is_crawled(db: sqlite3.Connection, article_id: int) -> bool:
    """Whether an article's newest text was cut from what a server sent."""
    row = db.execute(
        "SELECT 1 FROM articles a JOIN revisions r ON r.id = a.revision_id"
        " JOIN captures c ON c.id = r.capture_id"
        " WHERE a.id = ? AND c.kind = 'response'",
        (article_id,),
    ).fetchone()
    return row is not None

"""Two sites' names go in; what the first one has belongs to the second one afterwards.

Functions on an open transaction. For a publication that was first tried without a
profile, and has got one since.
"""

from __future__ import annotations

import sqlite3

TABLES = (
    "articles",
    "captures",
    "crawls",
    "identifiers",
    "rejected",
    "routes",
    "urls",
)
"""Every table with a column `site`."""

UNTAUGHT = """
UPDATE revisions SET memory = 0 WHERE article_id IN (
  SELECT id FROM articles WHERE site = ?)
"""
"""Versions of a memory count by site."""

COMPARED_AGAIN = """
INSERT OR IGNORE INTO copies_due (article_id) SELECT id FROM articles WHERE site = ?
"""
"""On one site other texts are copies than between two."""


def adopt(db: sqlite3.Connection, former: str, *, title: str, into: str) -> bool:
    """Give all of a site to another one and forget it; return whether there was one.

    Args:
        db: An open transaction.
        former: Name of the site.
        title: Its title: one that has another is no site without a profile.
        into: Name of the site that takes over.
    """
    if former == into:
        return False
    known = db.execute(
        "SELECT 1 FROM sites WHERE name = ? AND title = ?", (former, title)
    ).fetchone()
    if known is None:
        return False
    db.execute(UNTAUGHT, (former,))
    for table in TABLES:
        db.execute(
            f"UPDATE {table} SET site = ? WHERE site = ?",  # noqa: S608 - ours
            (into, former),
        )
    db.execute("UPDATE sites SET learned_to = 0 WHERE name = ?", (into,))
    db.execute(COMPARED_AGAIN, (into,))
    db.execute("UPDATE OR IGNORE memory SET site = ? WHERE site = ?", (into, former))
    db.execute("DELETE FROM memory WHERE site = ?", (former,))
    db.execute("DELETE FROM sites WHERE name = ?", (former,))
    return True

"""An article that was just fetched goes in; when it is due again comes out.

A query on an open transaction; the rule itself is in due.py.
"""

from __future__ import annotations

import sqlite3

from archive import due
from archive.records import Fetch


def next_look(db: sqlite3.Connection, fetch: Fetch, article_id: int) -> str:
    """When an article is due again, by its age, its last edit and its site's habits."""
    born, edited = db.execute(
        "SELECT min(coalesce(a.published_at, a.published_on, a.first_seen_at),"
        " a.first_seen_at), iif(r.number > 1, r.seen_at, NULL)"
        " FROM articles a LEFT JOIN revisions r ON r.id = a.revision_id WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    looks, edits = db.execute(
        "SELECT coalesce(sum(unchanged + revised), 0), coalesce(sum(revised), 0)"
        " FROM (SELECT unchanged, revised FROM crawls WHERE site = ?"
        " AND kind = 'crawl' ORDER BY id DESC LIMIT ?)",
        (fetch.site, due.CRAWLS),
    ).fetchone()
    return due.article_due(
        born_at=born,
        now=fetch.at,
        edited_at=edited,
        habit=due.Habit(looks=looks, edits=edits),
    )

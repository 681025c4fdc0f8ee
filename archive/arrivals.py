"""What a foreign WARC file holds goes in; what the archive knows of it comes out.

Functions on an open transaction; write.py owns the transaction. What is noted here is
older than what an address last showed: it changes nothing of that.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from archive.records import Capture, Fetch, Outcome

CAPTURE = """
SELECT file, offset, length, digest, url, status, content_type, fetched_at, kind
FROM captures WHERE kind = 'response' AND url = ?
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """A capture that somebody else made."""

    site: str
    url: str
    """Normalised address."""
    address: str
    """As its record states it."""
    at: str
    """UTC instant of the capture."""
    digest: str = ""
    """Of its payload; empty where none is kept of it."""


def is_known(db: sqlite3.Connection, one: Arrival) -> bool:
    """Whether the archive has a capture already, or has noted what it was."""
    if one.digest:
        row = db.execute(
            "SELECT 1 FROM captures WHERE url = ? AND fetched_at = ? AND digest = ?",
            (one.address, one.at, one.digest),
        ).fetchone()
        return row is not None
    row = db.execute(
        "SELECT 1 FROM fetches WHERE url = ? AND at = ? AND capture_id IS NULL"
        " AND crawl_id IN (SELECT id FROM crawls WHERE site = ? AND kind = 'import')",
        (one.url, one.at, one.site),
    ).fetchone()
    return row is not None


def is_late(db: sqlite3.Connection, one: Arrival, *, is_page: bool) -> bool:
    """Whether an address has answered since: with an article, if this is a page.

    A page whose address has shown nothing but failures since may be the only one left;
    and a text that was imported is never newer evidence than a page.
    """
    row = db.execute(
        "SELECT u.article_id FROM urls u WHERE url = ? AND fetched_at > ?",
        (one.url, one.at),
    ).fetchone()
    if row is None or not is_page:
        return row is not None
    return row[0] is not None and newest_at(db, row[0]) is not None


def newest_at(db: sqlite3.Connection, article_id: int) -> str | None:
    """When an article's newest text was first seen; None if it is no page's."""
    row = db.execute(
        "SELECT r.seen_at FROM articles a JOIN revisions r ON r.id = a.revision_id"
        " LEFT JOIN captures c ON c.id = r.capture_id"
        " WHERE a.id = ? AND coalesce(c.kind, '') <> 'resource'",
        (article_id,),
    ).fetchone()
    return str(row[0]) if row else None


def note(
    db: sqlite3.Connection, fetch: Fetch, outcome: Outcome, reason: str | None
) -> None:
    """Record a fetch of a run, and nothing of what its address shows."""
    db.execute(
        "INSERT OR REPLACE INTO fetches (crawl_id, url, outcome, reason, status,"
        " article_id, capture_id, at) SELECT ?, ?, ?, ?, ?,"
        " (SELECT article_id FROM urls WHERE url = ?"
        " AND ? IN ('stored', 'revised', 'unchanged', 'alias')), ?, ?",
        (
            fetch.crawl_id,
            fetch.url,
            outcome,
            reason,
            fetch.status,
            fetch.final_url,
            outcome,
            fetch.capture_id,
            fetch.at,
        ),
    )


def redirect(db: sqlite3.Connection, fetch: Fetch) -> None:
    """Record that an address led to another one, which shows an article.

    An address that shows an article by itself stays that one's.
    """
    note(db, fetch, "alias", None)
    db.execute(
        "INSERT INTO urls (url, site, article_id, relation, outcome, first_seen_at,"
        " fetched_at) SELECT ?, ?, article_id, 'redirect', 'alias', ?, ? FROM urls"
        " WHERE url = ? ON CONFLICT (url) DO UPDATE SET"
        " article_id = excluded.article_id, relation = excluded.relation,"
        " outcome = excluded.outcome, due_at = NULL, failures = 0,"
        " fetched_at = max(coalesce(fetched_at, ''), excluded.fetched_at)"
        " WHERE article_id IS NULL OR relation = 'redirect'",
        (fetch.url, fetch.site, fetch.at, fetch.at, fetch.final_url),
    )
    db.execute("DELETE FROM rejected WHERE url = ?", (fetch.url,))


def referred(
    db: sqlite3.Connection, address: str, *, digest: str, at: str
) -> Capture | None:
    """The capture of an address that a record refers to, by its digest or its time."""
    row = db.execute(
        f"{CAPTURE} AND (lower(digest) = ? OR fetched_at = ?)"
        " ORDER BY lower(digest) <> ? LIMIT 1",
        (address, digest, at, digest),
    )
    found = row.fetchone()
    if found is None:
        return None
    names = [column[0] for column in row.description]
    return Capture(**dict(zip(names, found, strict=True)))


def is_unsettled(db: sqlite3.Connection, site: str) -> bool:
    """Whether the last run of a site was cut off before its end."""
    row = db.execute(
        "SELECT finish IS NOT 'finished' FROM crawls WHERE site = ?"
        " ORDER BY id DESC LIMIT 1",
        (site,),
    ).fetchone()
    return bool(row and row[0])

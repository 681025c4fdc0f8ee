"""What a fetch says of an address goes in; its row in `urls` comes out.

Functions on an open transaction; ledger.py calls them.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from archive import due
from archive.history import states
from archive.records import Fetch


@dataclass(frozen=True, kw_only=True, slots=True)
class UrlState:
    """What one fetch says of one address."""

    outcome: str
    relation: str = "fetched"
    article_id: int | None = None
    due_at: str | None = None
    failures: int = 0


def put_url(db: sqlite3.Connection, fetch: Fetch, url: str, state: UrlState) -> None:
    """Keep what a fetch says of an address; what is not said stays as it was."""
    db.execute(
        "INSERT INTO urls (url, site, article_id, relation, outcome, first_seen_at,"
        " last_seen_at, fetched_at, due_at, etag, last_modified, stated_at, failures)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (url) DO UPDATE SET"
        " article_id = coalesce(excluded.article_id, article_id),"
        " relation = iif(excluded.article_id IS NULL AND article_id IS NOT NULL,"
        " relation, excluded.relation), outcome = excluded.outcome,"
        " last_seen_at = coalesce(excluded.last_seen_at, last_seen_at),"
        " fetched_at = max(coalesce(fetched_at, ''), excluded.fetched_at),"
        " due_at = excluded.due_at,"
        " etag = excluded.etag, last_modified = excluded.last_modified,"
        " stated_at = coalesce(excluded.stated_at, stated_at),"
        " failures = excluded.failures",
        (
            url,
            fetch.site,
            state.article_id,
            state.relation,
            state.outcome,
            fetch.at,
            None if state.article_id is None else fetch.at,
            fetch.at,
            state.due_at,
            fetch.etag,
            fetch.last_modified,
            None if state.failures else fetch.stated_at,
            state.failures,
        ),
    )


def redirected(
    db: sqlite3.Connection, fetch: Fetch, url: str, state: UrlState
) -> UrlState:
    """The state of an address that redirected to an article.

    An address that shows or names another article stays that one's, and is looked at
    again: a site that sends old addresses to a notice has not renamed its articles.
    """
    other = db.execute(
        "SELECT article_id, relation FROM urls u JOIN articles a ON a.id = article_id"
        " WHERE u.url = ? AND article_id <> ?"
        " AND (relation <> 'redirect' OR a.url = u.url)",
        (url, state.article_id),
    ).fetchone()
    if other is None:
        return replace(state, relation="redirect", due_at=None)
    article_id, relation = other
    states.replaced(db, fetch, url)
    return UrlState(
        outcome=state.outcome,
        relation=relation,
        article_id=article_id,
        due_at=due.rejected_due(fetch.at),
    )


def claim(db: sqlite3.Connection, fetch: Fetch, url: str, article_id: int) -> None:
    """Note an address that an article claims, unless an article was fetched there."""
    db.execute(
        "INSERT INTO urls (url, site, article_id, relation, outcome, first_seen_at,"
        " last_seen_at) VALUES (?1, ?2, ?3, 'canonical', 'claimed', ?4, ?4)"
        " ON CONFLICT (url) DO UPDATE SET article_id = excluded.article_id,"
        " relation = excluded.relation, last_seen_at = excluded.last_seen_at"
        " WHERE article_id IS NULL OR relation = 'canonical'",
        (url, fetch.site, article_id, fetch.at),
    )
    db.execute(
        "UPDATE urls SET last_seen_at = max(coalesce(last_seen_at, ''), ?)"
        " WHERE url = ? AND article_id = ?",
        (fetch.at, url, article_id),
    )

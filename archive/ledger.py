"""What became of each URL goes in; rows of crawls, fetches, urls and rejected come out.

Functions on an open transaction; write.py owns the transaction. Every URL of a crawl
gets exactly one row in `fetches`: a second word about it replaces the first.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

from archive import due
from archive.history import states
from archive.identity.addresses import UrlState, claim, put_url, redirected
from archive.identity.known import fetched_address
from archive.identity.leaders import name_leaders
from archive.looks import next_look
from archive.records import (
    UNKNOWN_MAKER,
    CrawlEnd,
    Decision,
    Fetch,
    Maker,
    Rejection,
    Seen,
    Site,
)
from archive.routes import put_route

OUTCOMES = (
    "stored",
    "revised",
    "unchanged",
    "alias",
    "rejected",
    "failed",
    "disallowed",
)


def put_site(db: sqlite3.Connection, site: Site) -> None:
    """Insert or update a publication."""
    db.execute(
        "INSERT INTO sites (name, title, home, language, timezone, verified)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
        " title = excluded.title, home = excluded.home, language = excluded.language,"
        " timezone = excluded.timezone, verified = excluded.verified",
        (
            site.name,
            site.title,
            site.home,
            site.language,
            site.timezone,
            int(site.verified),
        ),
    )


def has_site(db: sqlite3.Connection, name: str) -> bool:
    """Whether a publication is known."""
    row = db.execute("SELECT 1 FROM sites WHERE name = ?", (name,)).fetchone()
    return row is not None


def begin_crawl(
    db: sqlite3.Connection, site: str, *, now: str, kind: str = "crawl"
) -> int:
    """Insert the row of a crawl or an import; return its id."""
    cursor = db.execute(
        "INSERT INTO crawls (site, kind, started_at) VALUES (?, ?, ?)",
        (site, kind, now),
    )
    return int(cursor.lastrowid or 0)


def end_crawl(
    db: sqlite3.Connection, crawl_id: int, end: CrawlEnd, *, now: str
) -> None:
    """Complete the row of a crawl and remember its routes' answers."""
    name_leaders(db, crawl_id)
    counts = dict(
        db.execute(
            "SELECT outcome, count(*) FROM fetches WHERE crawl_id = ? GROUP BY outcome",
            (crawl_id,),
        ).fetchall()
    )
    columns: dict[str, object] = {
        "finished_at": now,
        "finish": end.finish,
        "found": max(end.found, end.known + sum(counts.values())),
        "known": end.known,
        "left_over": max(0, end.found - end.known - sum(counts.values())),
        "requests": end.requests,
        "problems": json.dumps(end.problems, ensure_ascii=False),
        "routes": len(end.routes),
        "routes_unchanged": sum(route.is_unchanged for route in end.routes),
        "rules": end.rules,
        **{outcome: counts.get(outcome, 0) for outcome in OUTCOMES},
    }
    pairs = ", ".join(f"{name} = ?" for name in columns)
    db.execute(
        f"UPDATE crawls SET {pairs} WHERE id = ?",  # noqa: S608
        [*columns.values(), crawl_id],
    )
    complete = (
        end.finish == "finished" and columns["left_over"] == 0 and not end.problems
    )
    for route in end.routes:
        put_route(db, route, rules=end.rules, complete=complete)


def recount(db: sqlite3.Connection, crawl_id: int) -> None:
    """Count an ended crawl's outcomes again, after one of them was changed."""
    pairs = ", ".join(
        f"{name} = (SELECT count(*) FROM fetches"  # noqa: S608
        f" WHERE crawl_id = crawls.id AND outcome = '{name}')"
        for name in OUTCOMES
    )
    db.execute(
        f"UPDATE crawls SET {pairs} WHERE id = ? AND finish IS NOT NULL",  # noqa: S608
        (crawl_id,),
    )


def was_complete(db: sqlite3.Connection, site: str, *, rules: str) -> bool:
    """Whether the crawl of a site before this one read all and left nothing over.

    By other rules for addresses it may have passed over what is wanted now.
    """
    row = db.execute(
        "SELECT finish = 'finished' AND left_over = 0 AND problems = '[]'"
        " AND rules = ?"
        " FROM crawls WHERE site = ? AND kind = 'crawl'"
        " ORDER BY id DESC LIMIT 1 OFFSET 1",
        (rules, site),
    ).fetchone()
    return bool(row and row[0])


def put_article_fetch(
    db: sqlite3.Connection, fetch: Fetch, article_id: int, decision: Decision
) -> None:
    """Record the fetch of a page that is an article, and all its addresses."""
    state = UrlState(
        outcome=decision.outcome,
        article_id=article_id,
        due_at=None if fetch.imported else next_look(db, fetch, article_id),
    )
    _put_fetch(db, fetch, decision.outcome, article_id=article_id)
    final = fetch.final_url or fetch.url
    is_part = db.execute(
        "SELECT 1 FROM urls WHERE url = ? AND article_id = ? AND relation = 'part'",
        (final, article_id),
    ).fetchone()
    own = replace(state, relation="part", due_at=None) if is_part else state
    put_url(db, fetch, final, own)
    for part in fetch.parts:
        _put_part(db, part, article_id)
    for passed in dict.fromkeys((fetch.url, *fetch.passed)):
        if passed != final:
            put_url(db, fetch, passed, redirected(db, fetch, passed, state))
    if decision.claimed and decision.claimed != final:
        claim(db, fetch, decision.claimed, article_id)
    shown = dict.fromkeys((fetch.url, *fetch.passed, final))
    db.executemany("DELETE FROM rejected WHERE url = ?", [(url,) for url in shown])


def _put_part(db: sqlite3.Connection, part: Fetch, article_id: int) -> None:
    """Record a further page of an article: fetched with its first page, never alone.

    An address at which another article was fetched stays that one's.
    """
    if part.refusal is not None:
        reject(db, part, part.refusal)
        return
    _put_fetch(db, part, "alias", article_id=article_id)
    state = UrlState(outcome="alias", relation="part", article_id=article_id)
    for url in dict.fromkeys((part.url, *part.passed, part.final_url or part.url)):
        other = db.execute(
            "SELECT 1 FROM urls WHERE url = ?"
            " AND (article_id <> ? AND relation = 'fetched' OR url = ("
            " SELECT url FROM articles WHERE id = ?))",
            (url, article_id, article_id),
        ).fetchone()
        if other is None:
            put_url(db, part, url, state)
        db.execute("DELETE FROM rejected WHERE url = ?", (url,))


def _put_fetch(
    db: sqlite3.Connection,
    fetch: Fetch,
    outcome: str,
    *,
    reason: str | None = None,
    article_id: int | None = None,
) -> None:
    db.execute(
        "INSERT OR REPLACE INTO fetches (crawl_id, url, outcome, reason, status,"
        " article_id, capture_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            fetch.crawl_id,
            fetch.url,
            outcome,
            reason,
            fetch.status,
            article_id,
            fetch.capture_id,
            fetch.at,
        ),
    )


def reject(
    db: sqlite3.Connection,
    fetch: Fetch,
    rejection: Rejection,
    maker: Maker = UNKNOWN_MAKER,
) -> None:
    """Record that a captured page is no article."""
    _put_fetch(db, fetch, "rejected", reason=rejection.reason)
    due_at = None if fetch.imported else due.rejected_due(fetch.at)
    state = UrlState(outcome="rejected", due_at=due_at)
    for url in dict.fromkeys((fetch.url, fetch.final_url or fetch.url)):
        put_url(db, fetch, url, state)
    db.execute(
        "INSERT OR REPLACE INTO rejected (url, site, reason, detail, title, capture_id,"
        " extractor, profile, rejected_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            fetch.url,
            fetch.site,
            rejection.reason,
            rejection.detail,
            rejection.title,
            fetch.capture_id,
            maker.extractor,
            maker.profile,
            fetch.at,
        ),
    )
    states.rejected(db, fetch, rejection)
    for part in fetch.parts:
        reject(db, part, part.refusal or rejection, maker)


def fail(
    db: sqlite3.Connection, fetch: Fetch, reason: str, *, disallowed: bool
) -> None:
    """Record that a URL brought no usable answer; what it showed before stays."""
    outcome = "disallowed" if disallowed else "failed"
    _put_fetch(db, fetch, outcome, reason=reason)
    row = db.execute("SELECT failures FROM urls WHERE url = ?", (fetch.url,)).fetchone()
    failures = 1 + (row[0] if row else 0)
    put_url(
        db,
        fetch,
        fetch.url,
        UrlState(
            outcome=outcome,
            due_at=due.failed_due(fetch.at, failures),
            failures=failures,
        ),
    )
    states.failed(db, fetch)
    for part in fetch.parts:
        fail(db, part, reason, disallowed=disallowed)


def unmodified(db: sqlite3.Connection, fetch: Fetch) -> None:
    """Record a 304 (RFC 9110, 15.4.5): what the address showed still stands."""
    row = db.execute(
        "SELECT article_id, outcome FROM urls WHERE url = ?", (fetch.url,)
    ).fetchone()
    if row is None or row[0] is None or row[1] == "rejected":
        fail(db, fetch, "HTTP 304 that nobody asked for", disallowed=False)
        return
    _put_fetch(db, fetch, "unchanged", article_id=row[0])
    db.execute(
        "UPDATE urls SET outcome = 'unchanged', fetched_at = ?1, last_seen_at = ?1,"
        " due_at = ?2,"
        " stated_at = coalesce(?3, stated_at), failures = 0 WHERE url = ?4",
        (
            fetch.at,
            next_look(db, fetch, row[0]),
            fetch.stated_at,
            fetch.url,
        ),
    )
    states.unmodified(db, fetch, row[0])
    db.execute(
        "UPDATE articles SET last_seen_at = max(last_seen_at, ?) WHERE id = ?",
        (fetch.at, row[0]),
    )


def seen(db: sqlite3.Connection, url: str) -> Seen | None:
    """What is known of a normalised address."""
    row = db.execute(
        "SELECT outcome, fetched_at, due_at, etag, last_modified, stated_at,"
        " iif(relation = 'part', article_id, NULL) FROM urls WHERE url = ?",
        (url,),
    ).fetchone()
    if row is None:
        return None
    outcome, fetched_at, due_at, etag, last_modified, stated_at, whole = row
    return Seen(
        url=url,
        outcome=outcome,
        fetched_at=fetched_at,
        due_at=due_at,
        etag=etag,
        last_modified=last_modified,
        stated_at=stated_at,
        part_of=fetched_address(db, whole) if whole else None,
    )


def due_urls(db: sqlite3.Connection, site: str, *, now: str) -> list[str]:
    """Addresses of a site that are due for another look, longest overdue first."""
    rows = db.execute(
        "SELECT url FROM urls WHERE site = ? AND due_at <= ? ORDER BY due_at, url",
        (site, now),
    )
    return [str(row[0]) for row in rows]

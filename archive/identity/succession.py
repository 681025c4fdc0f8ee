"""An article whose address has been given up goes in; the one that leads it comes out.

A site that moves gives its articles new addresses. The old one stays an alias with the
time when it was last seen; the article is led by the one at which it lives now, and
what that shows is its text. Functions on an open transaction.
"""

from __future__ import annotations

import sqlite3

ALIVE = (
    "o.relation = 'fetched'"
    " AND o.outcome IN ('stored', 'revised', 'unchanged', 'alias')"
)
"""Of an address `o`: it showed its article when it was last fetched."""

HEIR = f"""
SELECT a.id, o.url FROM urls u
JOIN articles a ON a.id = u.article_id
JOIN urls o ON o.article_id = a.id AND o.url <> u.url AND {ALIVE}
WHERE u.url = ?
ORDER BY o.url <> a.url, o.fetched_at DESC, o.url LIMIT 1
"""  # noqa: S608 - ours
"""The address that still shows the article of another one: the leading one if it
does, else that which was fetched last."""

UNASKED = """
SELECT DISTINCT a.id, a.url FROM fetches f
JOIN articles a ON a.id = f.article_id AND a.url <> f.url
JOIN urls n ON n.url = f.url AND n.relation = 'fetched'
WHERE f.crawl_id = :crawl_id AND f.outcome = 'alias'
  AND NOT EXISTS (SELECT 1 FROM fetches o WHERE o.crawl_id = f.crawl_id
    AND o.url = a.url)
  AND NOT EXISTS (SELECT 1 FROM urls u JOIN fetches o ON o.url = u.url
    WHERE u.article_id = a.id AND o.crawl_id = f.crawl_id AND o.outcome = 'stored')
ORDER BY a.url
"""
"""Articles of earlier crawls that a crawl found elsewhere without asking for them."""

UNFETCHED = """
SELECT DISTINCT a.url FROM fetches f
JOIN articles a ON a.id = f.article_id AND a.url <> f.url
JOIN urls u ON u.url = a.url AND u.outcome = 'claimed'
WHERE f.crawl_id = ? AND f.outcome IN ('unchanged', 'revised')
ORDER BY a.url
"""
"""Addresses that nobody has fetched yet, to which articles say they have moved."""

SUCCESSORS = """
SELECT f.capture_id FROM fetches f
JOIN articles a ON a.id = f.article_id AND a.url = f.url
JOIN urls u ON u.url = f.url AND u.relation = 'fetched'
JOIN revisions r ON r.id = a.revision_id
WHERE f.outcome = 'alias' AND f.capture_id <> r.capture_id AND f.crawl_id = (
  SELECT max(id) FROM crawls WHERE site = ? AND kind = 'crawl')
ORDER BY f.capture_id
"""
"""Of a site's last crawl: aliases that have come to lead their articles."""


def lead(db: sqlite3.Connection, article_id: int, url: str, at: str) -> None:
    """Have an address lead its article; it is due at once if it was only an alias."""
    led = db.execute(
        "UPDATE OR IGNORE articles SET url = ? WHERE id = ? AND url <> ?",
        (url, article_id, url),
    )
    if led.rowcount:
        db.execute(
            "UPDATE urls SET due_at = ? WHERE url = ? AND outcome = 'alias'", (at, url)
        )


def pass_on(db: sqlite3.Connection, url: str, at: str) -> bool:
    """Have another address lead the article of one that does not show it any more.

    Returns:
        Whether there is one that still shows it.
    """
    row = db.execute(HEIR, (url,)).fetchone()
    if row is None:
        return False
    article_id, heir = row
    lead(db, article_id, heir, at)
    return True


def unasked(db: sqlite3.Connection, crawl_id: int) -> list[str]:
    """Leading addresses that a crawl has to ask since it found their articles anew."""
    return [str(row[1]) for row in db.execute(UNASKED, {"crawl_id": crawl_id})]


def unfetched(db: sqlite3.Connection, crawl_id: int) -> list[str]:
    """Addresses to which articles that a crawl looked at again say they have moved."""
    return [str(row[0]) for row in db.execute(UNFETCHED, (crawl_id,))]


def successors(db: sqlite3.Connection, site: str) -> list[int]:
    """Captures of addresses that lead articles since a site's last crawl."""
    return [int(row[0]) for row in db.execute(SUCCESSORS, (site,))]

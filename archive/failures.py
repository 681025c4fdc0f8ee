"""A crawl's id goes in; why pages of it were not had comes out, by reason."""

from __future__ import annotations

import sqlite3

from archive.records import FailedPages

MOST_REASONS = 5
"""A person reads the first few; `fetches` has them all."""


def failed_pages(
    connection: sqlite3.Connection, crawl_id: int
) -> tuple[FailedPages, ...]:
    """The most frequent reasons for which pages failed or were forbidden."""
    rows = connection.execute(
        "SELECT coalesce(reason, outcome), count(*), min(url) FROM fetches"
        " WHERE crawl_id = ? AND outcome IN ('failed', 'disallowed')"
        " GROUP BY 1 ORDER BY 2 DESC, 3 LIMIT ?",
        (crawl_id, MOST_REASONS),
    )
    return tuple(
        FailedPages(reason=reason, count=count, url=url) for reason, count, url in rows
    )

"""A crawl's new articles go in; those that turn out to be one are made one.

Two addresses of one page may differ in nothing but furniture. As long as nobody knows
that it is furniture they are two articles; once memory has taken it out of both, they
are one article with a further address. Only what the site's last crawl found is looked
at: what anybody may have cited stays.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from archive.copies import forget

BORN = """
SELECT a.id, a.url, a.headline, r.body_digest, coalesce(e.source, 'url') = 'url'
FROM fetches f
JOIN articles a ON a.id = f.article_id
JOIN revisions r ON r.id = a.revision_id
LEFT JOIN evidence e ON e.article_id = a.id AND e.field = 'url'
WHERE f.outcome = 'stored' AND f.crawl_id = (
  SELECT max(id) FROM crawls WHERE site = ? AND kind = 'crawl')
  AND (SELECT count(*) FROM revisions o WHERE o.article_id = a.id) = 1
"""
"""Articles that the last crawl of a site found; at the end, whether no page names their
canonical URL."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Born:
    """An article that the last crawl found."""

    article_id: int
    url: str
    headline: str
    body_digest: str
    names_itself: bool
    """Whether no page names its canonical URL."""


def born(db: sqlite3.Connection, site: str) -> list[Born]:
    """The articles that the last crawl of a site found."""
    return [
        Born(
            article_id=row[0],
            url=row[1],
            headline=row[2],
            body_digest=row[3],
            names_itself=bool(row[4]),
        )
        for row in db.execute(BORN, (site,))
    ]


def merge(db: sqlite3.Connection, kept: int, others: Iterable[int]) -> None:
    """Give all addresses of some articles to another one, and forget them.

    Their captures stay; their texts are the other one's.
    """
    for other in others:
        values = (kept, other)
        db.execute(
            "UPDATE urls SET article_id = ?, outcome = 'alias' WHERE article_id = ?",
            values,
        )
        db.execute(
            "UPDATE fetches SET article_id = ?, outcome = 'alias' WHERE article_id = ?",
            values,
        )
        forget(db, other)
        db.execute("DELETE FROM articles WHERE id = ?", (other,))

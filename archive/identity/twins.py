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

from archive.identity.succession import lead
from archive.ledger import recount
from archive.names import forget_unused, named
from archive.stories.copies import forget

BORN = """
SELECT a.id, a.url, a.headline, a.published_on, r.body_digest,
  coalesce(e.source, 'url') = 'url'
FROM fetches f
JOIN articles a ON a.id = f.article_id
JOIN revisions r ON r.id = a.revision_id
LEFT JOIN evidence e ON e.article_id = a.id AND e.field = 'url'
WHERE f.outcome = 'stored' AND f.crawl_id > :since AND a.site = :site
  AND (SELECT count(*) FROM revisions o WHERE o.article_id = a.id) = 1
"""
"""Articles that a site's last crawl found, or one that was killed before it; at the
end, whether no page names their canonical URL."""

SETTLED = """
SELECT coalesce(max(id), 0) FROM crawls WHERE site = ?1 AND kind = 'crawl'
AND finish = 'finished' AND id < (
  SELECT max(id) FROM crawls WHERE site = ?1 AND kind = 'crawl')
"""
"""The last crawl of a site before its newest that came to its end."""

LOST = """
SELECT a.id, a.headline, a.published_on FROM states s
JOIN articles a ON a.id = s.article_id
WHERE a.site = :site AND s.state = 'gone' AND s.first_seen_at >= (
    SELECT started_at FROM crawls WHERE id > :since AND site = :site
    AND kind = 'crawl' ORDER BY id LIMIT 1)
  AND s.id = (SELECT max(id) FROM states o WHERE o.article_id = a.id)
ORDER BY a.id
"""
"""Articles that are gone from their addresses since a site's last crawl."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Born:
    """An article that the last crawl found."""

    article_id: int
    url: str
    headline: str
    published_on: str | None
    body_digest: str
    names_itself: bool
    """Whether no page names its canonical URL."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lost:
    """An article that is gone from its address since the last crawl."""

    article_id: int
    headline: str
    published_on: str | None


def born(db: sqlite3.Connection, site: str) -> list[Born]:
    """The articles that the last crawl of a site found."""
    return [
        Born(
            article_id=row[0],
            url=row[1],
            headline=row[2],
            published_on=row[3],
            body_digest=row[4],
            names_itself=bool(row[5]),
        )
        for row in db.execute(BORN, _since(db, site))
    ]


def lost(db: sqlite3.Connection, site: str) -> list[Lost]:
    """The articles that the last crawl of a site found gone."""
    return [
        Lost(article_id=row[0], headline=row[1], published_on=row[2])
        for row in db.execute(LOST, _since(db, site))
    ]


def _since(db: sqlite3.Connection, site: str) -> dict[str, object]:
    """Where the crawls begin that have yet to be settled."""
    return {"site": site, "since": db.execute(SETTLED, (site,)).fetchone()[0]}


def move(db: sqlite3.Connection, article_id: int, found: Born, at: str) -> None:
    """Have an article that was lost live on where another one was found: they are one.

    That it was gone is taken back: it never was.
    """
    merge(db, article_id, [found.article_id])
    lead(db, article_id, found.url, at)
    db.execute(
        "DELETE FROM states WHERE id = (SELECT max(id) FROM states"
        " WHERE article_id = ? AND state = 'gone')",
        (article_id,),
    )


def merge(db: sqlite3.Connection, kept: int, others: Iterable[int]) -> None:
    """Give all addresses of some articles to another one, and forget them.

    Their captures stay; their texts are the other one's. The crawls that found them
    count one article less.
    """
    crawls: set[int] = set()
    for other in others:
        values = (kept, other)
        found = "SELECT DISTINCT crawl_id FROM fetches WHERE article_id = ?"
        crawls |= {int(row[0]) for row in db.execute(found, (other,))}
        db.execute(
            "UPDATE urls SET article_id = ?, outcome = iif(outcome IN ('stored',"
            " 'revised', 'unchanged'), 'alias', outcome) WHERE article_id = ?",
            values,
        )
        db.execute(
            "UPDATE fetches SET article_id = ?, outcome = 'alias' WHERE article_id = ?",
            values,
        )
        db.execute(
            "UPDATE OR IGNORE identifiers SET article_id = ? WHERE article_id = ?",
            values,
        )
        forget(db, other)
        former = named(db, other)
        db.execute("DELETE FROM articles WHERE id = ?", (other,))
        forget_unused(db, former)
    for crawl_id in crawls:
        recount(db, crawl_id)

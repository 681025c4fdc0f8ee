"""A crawl that ends goes in; which address of each new article leads it comes out.

An article that is found at several addresses in one crawl is stored with the one that
answers first. That is chance. When the crawl ends its books say that the article's own
address was `stored` and the others are `alias`, its text is cut from the page at that
address, and what the routes said of any of them is said of it: every order of arrival
ends in the same archive.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

FOUND = """
SELECT f.article_id, f.url, f.capture_id,
  coalesce(e.source, 'url') = 'url' AND u.relation = 'fetched'
    AND u.article_id = f.article_id
FROM fetches f
JOIN articles a ON a.id = f.article_id
LEFT JOIN urls u ON u.url = f.url
LEFT JOIN evidence e ON e.article_id = a.id AND e.field = 'url'
WHERE f.crawl_id = :crawl_id AND f.outcome IN ('stored', 'unchanged', 'alias')
  AND f.capture_id IS NOT NULL
  AND coalesce(u.relation, '') <> 'part'
  AND f.article_id IN (
    SELECT article_id FROM fetches WHERE crawl_id = :crawl_id AND outcome = 'stored')
ORDER BY f.article_id, f.url <> a.url AND coalesce(e.source, 'url') <> 'url',
  coalesce(u.relation <> 'fetched' OR u.article_id <> f.article_id, 1), f.url
"""
"""Addresses of the articles that are new in a crawl, the leading one of each first:
the canonical one if the page names one, else that which comes first in the alphabet;
last those that show another article when they are asked for directly."""

AGAIN = -1
"""In `revisions.memory`: to be cut again whatever is remembered."""


def name_leaders(db: sqlite3.Connection, crawl_id: int) -> None:
    """Give the addresses of a crawl's new articles their outcomes."""
    for article_id, found in _found(db, crawl_id):
        leader, _, names_itself = found[0]
        _name(db, crawl_id, article_id, leader)
        if names_itself:
            db.execute(
                "UPDATE OR IGNORE articles SET url = ? WHERE id = ?",
                (leader, article_id),
            )


def is_new(db: sqlite3.Connection, article_id: int, crawl_id: int) -> bool:
    """Whether a crawl itself found an article."""
    row = db.execute(
        "SELECT 1 FROM urls u JOIN fetches f ON f.url = u.url AND f.crawl_id = ?"
        " WHERE u.article_id = ? AND f.outcome = 'stored' AND f.article_id = ? LIMIT 1",
        (crawl_id, article_id, article_id),
    ).fetchone()
    return row is not None


def follow_leaders(db: sqlite3.Connection, site: str) -> None:
    """Have the articles that are new since the last time cut from their leading page.

    Their revisions are marked to be cut again where that is another page, or where a
    route said something of another address only.
    """
    crawls = db.execute(
        "SELECT c.id FROM crawls c JOIN sites s ON s.name = c.site"
        " WHERE s.name = ? AND c.id > s.settled_to ORDER BY c.id",
        (site,),
    ).fetchall()
    for (crawl_id,) in crawls:
        for article_id, found in _found(db, crawl_id):
            _follow(db, article_id, [capture for _, capture, _ in found])
    if crawls:
        db.execute(
            "UPDATE sites SET settled_to = ? WHERE name = ?", (crawls[-1][0], site)
        )


def _found(
    db: sqlite3.Connection, crawl_id: int
) -> Iterator[tuple[int, list[tuple[str, int, bool]]]]:
    """Yield new articles of several addresses: these, their captures, and whether an
    address may be the article's since no page names another; the leading one first."""
    rows = db.execute(FOUND, {"crawl_id": crawl_id}).fetchall()
    for article_id, group in groupby(rows, key=itemgetter(0)):
        found = [(url, capture, bool(own)) for _, url, capture, own in group]
        if len(found) > 1:
            yield article_id, found


def _name(db: sqlite3.Connection, crawl_id: int, article_id: int, leader: str) -> None:
    change = (
        "outcome = iif(url = ?, 'stored', 'alias')"
        " WHERE article_id = ? AND outcome IN ('stored', 'unchanged', 'alias')"
    )
    db.execute(f"UPDATE urls SET {change}", (leader, article_id))  # noqa: S608 - ours
    db.execute(
        f"UPDATE fetches SET {change} AND crawl_id = ?",  # noqa: S608 - ours
        (leader, article_id, crawl_id),
    )


def _follow(db: sqlite3.Connection, article_id: int, captures: list[int]) -> None:
    """Let an article's only revision be of the first of some captures."""
    row = db.execute(
        "SELECT max(id), max(capture_id), count(*) FROM revisions WHERE article_id = ?",
        (article_id,),
    ).fetchone()
    revision_id, capture_id, revisions = row
    if revisions != 1 or capture_id not in captures:
        return
    leader = captures[0]
    said, all_said = _hints(db, [leader]), _hints(db, captures)
    if leader == capture_id and said == all_said:
        return
    text = "[" + ",".join(all_said) + "]"
    db.execute("UPDATE captures SET hints = ? WHERE id = ?", (text, leader))
    db.execute(
        "UPDATE revisions SET capture_id = ?, memory = ? WHERE id = ?",
        (leader, AGAIN, revision_id),
    )


def _hints(db: sqlite3.Connection, captures: Iterable[int]) -> list[str]:
    """What the routes said of some captures, each hint once, sorted."""
    query = "SELECT hints FROM captures WHERE id = ?"
    texts = [db.execute(query, (one,)).fetchone()[0] for one in captures]
    hints = (hint for text in texts for hint in json.loads(text))
    return sorted({json.dumps(hint, separators=(",", ":")) for hint in hints})

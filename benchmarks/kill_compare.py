"""Two archives go in; everything in which one is not as good as the other comes out."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from archive.check import Depth, check
from archive.database import open_for_reading
from archive.ledger import OUTCOMES

ARTICLES = """
SELECT url, site, headline, standfirst, text, published_on, published_at, updated_at,
  authors, section, tags, language, revision, state
FROM full_articles ORDER BY url
"""
COPIES = """
SELECT a.url, b.url, c.relation, c.share, c.copy_share, f.url, a.story_id = b.story_id
FROM copies c JOIN articles a ON a.id = c.article_id
JOIN articles b ON b.id = c.copy_id JOIN articles f ON f.id = c.first_id
"""
REVISIONS = """
SELECT a.url, r.number, r.headline, r.standfirst, r.blocks, r.byline, r.published_on,
  r.access, r.words_added, r.words_removed, r.words_changed,
  (SELECT group_concat(class || field || coalesce(before, '') || coalesce(after, ''))
    FROM (SELECT * FROM changes c WHERE c.revision_id = r.id ORDER BY c.position))
FROM revisions r JOIN articles a ON a.id = r.article_id
"""
FACTS = """
SELECT a.url, l.position, l.role, l.url, l.text
FROM links l JOIN revisions r ON r.id = l.revision_id
JOIN articles a ON a.revision_id = r.id
UNION ALL SELECT a.url, i.position, i.role, i.url, i.caption
FROM images i JOIN articles a ON a.id = i.article_id
UNION ALL SELECT a.url, e.field, e.source, NULL, NULL
FROM evidence e JOIN articles a ON a.id = e.article_id
"""
RECUTS = """
SELECT a.url, r.number, c.fields FROM recuts c
JOIN revisions r ON r.id = c.revision_id JOIN articles a ON a.id = r.article_id
WHERE c.old_extractor <> c.extractor
"""
ADDRESSES = """
SELECT u.url, u.relation, a.url FROM urls u LEFT JOIN articles a ON a.id = article_id
"""
QUERIES = (
    ("article", ARTICLES),
    ("revision", REVISIONS),
    ("fact", FACTS),
    ("rejected page", "SELECT url, reason FROM rejected"),
    ("address", ADDRESSES),
    ("copy", COPIES),
    ("cut made anew", RECUTS),
    ("text left to compare", "SELECT article_id FROM copies_due"),
)


def differences(undisturbed: Path, killed: Path) -> Iterator[str]:
    """Name everything in which the killed archive is not as good as the other."""
    yield from unclean(killed)
    with (
        closing(open_for_reading(undisturbed)) as expected,
        closing(open_for_reading(killed)) as found,
    ):
        for kind, query in QUERIES:
            yield from _different(expected, found, query, kind)
        yield from _unbalanced(found)


def unclean(path: Path) -> Iterator[str]:
    """Name every fault that `cuttings check` finds, all captures read back."""
    for fault in check(path, Depth()).damage:
        yield f"{fault.kind}: {fault.count} in {fault.table}: {fault.rows}"


def _different(
    expected: sqlite3.Connection, found: sqlite3.Connection, query: str, kind: str
) -> Iterator[str]:
    wanted, got = (set(db.execute(query).fetchall()) for db in (expected, found))
    yield from (
        f"{kind} missing or otherwise: {row}" for row in sorted(wanted - got, key=str)
    )
    yield from (
        f"{kind} too many or otherwise: {row}" for row in sorted(got - wanted, key=str)
    )


def _unbalanced(db: sqlite3.Connection) -> Iterator[str]:
    """Name every ended crawl whose counts do not add up or that left pages over."""
    parts = " + ".join(("known", "left_over", *OUTCOMES))
    for row in db.execute(
        f"SELECT id, site, found FROM crawls WHERE finish IS NOT NULL"
        f" AND (found <> {parts} OR left_over > 0)"
    ):
        yield f"the counts of crawl {row} do not add up"

"""What revisions said and changed: rows go in and come out.

Functions on a connection, those that write on an open transaction; write.py owns it.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from archive.history.changed import Change, Passage, Text
from archive.records import Maker

TEXT = """
SELECT r.headline, r.standfirst, r.body, r.blocks, r.byline, r.published_on, r.seen_at,
  r.access, r.hinted, a.language, iif(a.revision_id = r.id, a.updated_on, NULL)
FROM revisions r JOIN articles a ON a.id = r.article_id
WHERE r.id = ?
"""
NEIGHBOURS = """
SELECT o.id, n.id FROM revisions r
JOIN revisions o ON o.article_id = r.article_id AND o.number IN (r.number - 1, r.number)
JOIN revisions n ON n.article_id = r.article_id AND n.number = o.number + 1
WHERE r.id = ? ORDER BY n.number
"""
LAST_EDITS = """
SELECT o.id, n.id FROM fetches f
JOIN articles a ON a.id = f.article_id
JOIN revisions n ON n.id = a.revision_id AND n.capture_id = f.capture_id
JOIN revisions o ON o.article_id = n.article_id AND o.number = n.number - 1
WHERE f.outcome = 'revised' AND f.crawl_id = (
  SELECT max(id) FROM crawls WHERE site = ?)
ORDER BY n.id
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """How an article's newest text was made."""

    revision_id: int
    maker: Maker
    memory: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two revisions of an article, one after the other."""

    older: int
    newer: int


def made(db: sqlite3.Connection, article_id: int) -> Made:
    """How an article's newest text was made."""
    row = db.execute(
        "SELECT r.id, r.memory, r.extractor, r.profile FROM articles a"
        " JOIN revisions r ON r.id = a.revision_id WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    revision_id, memory, extractor, profile = row
    maker = Maker(extractor=extractor, profile=profile)
    return Made(revision_id=revision_id, maker=maker, memory=memory)


def text(db: sqlite3.Connection, revision_id: int) -> Text:
    """What an article said in one revision, as far as its pages stated it."""
    row = db.execute(TEXT, (revision_id,)).fetchone()
    headline, standfirst, body, blocks, byline, day, seen_at, access, *rest = row
    hinted = set(json.loads(rest[0]))
    return Text(
        headline=None if "headline" in hinted else headline,
        standfirst=None if "standfirst" in hinted else standfirst,
        blocks=_passages(blocks, body),
        byline=None if "authors" in hinted else tuple(json.loads(byline)),
        published_on=None if "published" in hinted else day,
        updated_on=rest[2],
        seen_on=seen_at[:10],
        language=rest[1],
        access=access,
    )


def _passages(stored: str, body: str) -> tuple[Passage, ...]:
    """The stored blocks; the body's lines if they cannot be read."""
    try:
        return tuple(Passage(kind=b[0], text=b[2]) for b in json.loads(stored))
    except (ValueError, TypeError, IndexError, KeyError):
        lines = filter(None, (line.strip() for line in body.splitlines()))
        return tuple(Passage(kind="paragraph", text=line) for line in lines)


def put_change(db: sqlite3.Connection, revision_id: int, change: Change) -> None:
    """Keep what a revision changed, in place of what was kept before."""
    db.execute("DELETE FROM changes WHERE revision_id = ?", (revision_id,))
    db.executemany(
        "INSERT INTO changes (revision_id, position, class, field, before, after, sure)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (revision_id, place, one.kind, one.field, one.before, one.after, one.sure)
            for place, one in enumerate(change.evidence)
        ],
    )
    db.execute(
        "UPDATE revisions SET words_added = ?, words_removed = ?, words_changed = ?"
        " WHERE id = ?",
        (change.words_added, change.words_removed, change.words_changed, revision_id),
    )


def neighbours(db: sqlite3.Connection, revision_id: int) -> list[Pair]:
    """A revision with the one before it, and the one after it with this one."""
    rows = db.execute(NEIGHBOURS, (revision_id,)).fetchall()
    return [Pair(older=older, newer=newer) for older, newer in rows]


def last_edits(db: sqlite3.Connection, site: str) -> list[Pair]:
    """The revisions that the last crawl of a site made, each after the one before."""
    rows = db.execute(LAST_EDITS, (site,)).fetchall()
    return [Pair(older=older, newer=newer) for older, newer in rows]


def withdraw(db: sqlite3.Connection, pair: Pair) -> None:
    """Take back a revision that the crawl under way made of an article's newest text.

    Its capture stays, and the fetch says that the text was unchanged. The article
    leaves the revision before that goes: the search index is told by both.
    """
    db.execute(
        "UPDATE articles SET (revision_id, headline, standfirst, word_count) = ("
        " SELECT id, headline, standfirst, ? FROM revisions WHERE id = ?)"
        " WHERE revision_id = ?",
        (_word_count(db, pair.older), pair.older, pair.newer),
    )
    db.execute(
        "UPDATE urls SET outcome = 'unchanged' WHERE outcome = 'revised'"
        " AND article_id = (SELECT article_id FROM revisions WHERE id = ?)",
        (pair.newer,),
    )
    db.execute(
        "UPDATE fetches SET outcome = 'unchanged' WHERE outcome = 'revised'"
        " AND capture_id = (SELECT capture_id FROM revisions WHERE id = ?)",
        (pair.newer,),
    )
    db.execute("DELETE FROM revisions WHERE id = ?", (pair.newer,))


def _word_count(db: sqlite3.Connection, revision_id: int) -> int:
    row = db.execute("SELECT body FROM revisions WHERE id = ?", (revision_id,))
    return len(str(row.fetchone()[0]).split())

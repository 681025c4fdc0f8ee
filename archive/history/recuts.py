"""A new cut of a stored text goes in; the record that it was cut anew comes out.

Functions on an open transaction; write.py owns the transaction.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from archive.articles import Cut
from archive.records import Article, Maker, Rejection
from archive.stored import StoredCut, stored_cut


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a revision is found."""

    article_id: int
    site: str
    url: str
    """The article's address."""
    number: int
    """The revision's."""


def place_of(db: sqlite3.Connection, revision_id: int) -> Place:
    """Where a revision is found."""
    row = db.execute(
        "SELECT a.id, a.site, a.url, r.number FROM revisions r"
        " JOIN articles a ON a.id = r.article_id WHERE r.id = ?",
        (revision_id,),
    ).fetchone()
    return Place(article_id=row[0], site=row[1], url=row[2], number=row[3])


def changed_fields(article: Article, before: StoredCut) -> list[str]:
    """Names of the fields that a new cut gives differently."""
    now = StoredCut.of(article, revision_id=before.revision_id)
    if not before.newest:
        now = now.as_older()
    return [n for n in before.fields if getattr(now, n) != getattr(before, n)]


def note(
    db: sqlite3.Connection, revision_id: int, article: Article, cut: Cut, at: str
) -> bool:
    """Record a re-cut before it is carried out; nothing where all comes out the same.

    Args:
        db: An open transaction.
        revision_id: The revision.
        article: What is cut out of its capture now.
        cut: How.
        at: UTC instant.

    Returns:
        Whether anything comes out otherwise.
    """
    fields = changed_fields(article, stored_cut(db, revision_id))
    if not fields:
        return False
    db.execute(
        "INSERT INTO recuts (revision_id, at, fields, extractor, memory, profile,"
        " old_extractor, old_memory, old_profile) SELECT id, ?, ?, ?, ?, ?,"
        " extractor, memory, profile FROM revisions WHERE id = ?",
        (
            at,
            json.dumps(fields),
            cut.extractor,
            cut.memory,
            cut.profile,
            revision_id,
        ),
    )
    return True


def judge_again(
    db: sqlite3.Connection, capture_id: int, rejection: Rejection, maker: Maker
) -> Rejection | None:
    """Record why a page is no article by today's rules.

    Returns:
        What was recorded before, where it was something else.
    """
    row = db.execute(
        "SELECT reason, detail, title, extractor, profile FROM rejected"
        " WHERE capture_id = ?",
        (capture_id,),
    ).fetchone()
    before = Rejection(reason=row[0], detail=row[1] or "", title=row[2])
    if before == rejection and maker == Maker(extractor=row[3], profile=row[4]):
        return None
    db.execute(
        "UPDATE rejected SET reason = ?, detail = ?, title = ?, extractor = ?,"
        " profile = ? WHERE capture_id = ?",
        (
            rejection.reason,
            rejection.detail,
            rejection.title,
            maker.extractor,
            maker.profile,
            capture_id,
        ),
    )
    db.execute(
        "UPDATE fetches SET reason = ? WHERE capture_id = ? AND outcome = 'rejected'",
        (rejection.reason, capture_id),
    )
    return before if before != rejection else None

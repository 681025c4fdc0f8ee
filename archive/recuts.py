"""A new cut of a stored text goes in; the record that it was cut anew comes out.

Functions on an open transaction; write.py owns the transaction.
"""

from __future__ import annotations

import json
import sqlite3

from archive.articles import Cut
from archive.records import Article
from archive.stored import StoredCut, stored_cut

TEXT_FIELDS = 4
"""The first of StoredCut.FIELDS, which older revisions have too."""


def changed_fields(article: Article, before: StoredCut) -> list[str]:
    """Names of the fields that a new cut gives differently."""
    now = StoredCut.of(article, revision_id=before.revision_id)
    return [
        name
        for name in StoredCut.FIELDS[: None if before.newest else TEXT_FIELDS]
        if getattr(now, name) != getattr(before, name)
    ]


def note(
    db: sqlite3.Connection, revision_id: int, article: Article, cut: Cut, at: str
) -> None:
    """Record a re-cut before it is carried out; nothing where all comes out the same.

    Args:
        db: An open transaction.
        revision_id: The revision.
        article: What is cut out of its capture now.
        cut: How.
        at: UTC instant.
    """
    fields = changed_fields(article, stored_cut(db, revision_id))
    if not fields:
        return
    db.execute(
        "INSERT INTO recuts (revision_id, at, fields, extractor, memory,"
        " old_extractor, old_memory)"
        " SELECT id, ?, ?, ?, ?, extractor, memory FROM revisions WHERE id = ?",
        (at, json.dumps(fields), cut.extractor, cut.memory, revision_id),
    )

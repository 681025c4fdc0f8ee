"""Pairs of articles with a text in common go in and come out, and what is due.

Functions on an open transaction, and `Copies`, by which pipelines/copies asks and
tells. What a copy is, is decided there; here it is only kept. A text that is new or
changed is signed in the transaction that stores it (copy_index.py), and due until it is
compared.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal

from archive.stories import copy_index, stories

Relation = Literal[
    "identical", "syndicated", "republished", "excerpt", "press_release",
    "later_version", "none",
]  # fmt: skip
"""How two articles with a text in common belong together; none: they are no copies."""
TEXT = """
SELECT a.id, a.site, a.url, a.headline, r.body, r.body_digest, a.published_on,
  a.published_at, a.first_seen_at, a.kind,
  (SELECT min(n.name) FROM article_authors j JOIN authors n ON n.id = j.author_id
    WHERE j.article_id = a.id AND n.kind = 'agency')
FROM articles a JOIN revisions r ON r.id = a.revision_id WHERE a.id = ?
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """An article as comparing needs it."""

    article_id: int
    site: str
    url: str
    headline: str
    body: str
    body_digest: str
    published_on: str | None
    """Day in the site's time zone; None if unknown."""
    published_at: str | None
    """UTC instant; None where only the day is known."""
    first_seen_at: str
    kind: str
    agency: str | None
    """A news agency that its byline names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two articles whose texts were compared; the columns of `copy_pairs`."""

    article_id: int
    """The lower of the two ids."""
    other_id: int
    share: float
    """Containment: share of the article's runs of five words that the other has, 0
    to 1, standing text left out."""
    other_share: float
    relation: Relation
    evidence: str
    """What says so, for a person."""
    first_id: int
    """Which of the two had the text first."""


def forget(db: sqlite3.Connection, article_id: int) -> None:
    """Take an article that is about to be deleted out of everything here."""
    copy_index.sign(db, article_id, ())
    partners = stories.partners(db, article_id)
    db.execute(
        "DELETE FROM copy_pairs WHERE article_id = ?1 OR other_id = ?1", (article_id,)
    )
    stories.regroup(db, [article_id, *partners])
    db.execute("DELETE FROM copies_due WHERE article_id = ?", (article_id,))


class Copies:
    """What an archive knows of its articles' texts, open for asking and telling.

    Args:
        reading: Opens what a connection is read in.
        writing: Opens what a connection is written in.
    """

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[sqlite3.Connection]],
        writing: Callable[[], AbstractContextManager[sqlite3.Connection]],
    ) -> None:
        self._reading = reading
        self._writing = writing

    def due(self, *, limit: int) -> list[int]:
        """Articles whose texts are new or changed since they were compared."""
        sql = "SELECT article_id FROM copies_due ORDER BY article_id LIMIT ?"
        with self._reading() as db:
            return [row[0] for row in db.execute(sql, (limit,))]

    def which_are_due(self, article_ids: Collection[int]) -> set[int]:
        """Those of some articles that are due."""
        sql = "SELECT article_id FROM copies_due WHERE article_id IN ({})"
        return {row[0] for row in self._rows(sql, article_ids)}

    def which_are_paired(self, article_ids: Collection[int]) -> set[int]:
        """Those of some articles that have been compared with any, copies or not."""
        found: set[int] = set()
        for column in ("article_id", "other_id"):
            sql = f"SELECT {column} FROM copy_pairs WHERE {column} IN ({{}})"  # noqa: S608
            found |= {row[0] for row in self._rows(sql, article_ids)}
        return found

    def _rows(self, sql: str, ids: Collection[int]) -> list[tuple[int, ...]]:
        """What a query finds of some ids."""
        listed = ", ".join(map(str, ids))
        with self._reading() as db:
            return db.execute(sql.format(listed)).fetchall()

    def text(self, article_id: int) -> Text:
        """The newest text of an article, and what is known of it."""
        with self._reading() as db:
            row = db.execute(TEXT, (article_id,)).fetchone()
        return _text(row)

    def site(self, article_id: int) -> str:
        """Which site an article is of."""
        sql = "SELECT site FROM articles WHERE id = ?"
        with self._reading() as db:
            return str(db.execute(sql, (article_id,)).fetchone()[0])

    def sizes(self, article_ids: Collection[int]) -> dict[int, int]:
        """How many hashes stand for the newest text of each of some articles."""
        with self._reading() as db:
            return copy_index.sizes(db, article_ids)

    def holders(self, article_id: int) -> dict[int, list[int] | None]:
        """For each hash of an article the others that hold it; None for very many."""
        with self._reading() as db:
            return copy_index.holders_beside(db, article_id)

    def holders_of(self, hash_: int) -> list[int]:
        """Articles that hold a hash, at most one more than very many."""
        with self._reading() as db:
            return copy_index.holders(db, hash_)

    def put(self, article_id: int, pairs: Iterable[Pair]) -> None:
        """Replace what was found of an article; its stories follow."""
        pairs = list(pairs)
        if not pairs and not self.which_are_paired([article_id]):
            return
        with self._writing() as db:
            before = stories.partners(db, article_id)
            put_pairs(db, article_id, pairs)
            after = stories.partners(db, article_id)
            if before != after:
                stories.regroup(db, [article_id, *before, *after])
            else:
                stories.recount(db, article_id)

    def done(self, article_ids: Iterable[int]) -> None:
        """Note that articles have been compared."""
        with self._writing() as db:
            db.executemany(
                "DELETE FROM copies_due WHERE article_id = ?",
                [(one,) for one in article_ids],
            )


def put_pairs(db: sqlite3.Connection, article_id: int, pairs: Iterable[Pair]) -> None:
    """Replace the pairs of an article."""
    for column in ("article_id", "other_id"):
        db.execute(f"DELETE FROM copy_pairs WHERE {column} = ?", (article_id,))  # noqa: S608
    db.executemany(
        "INSERT INTO copy_pairs (article_id, other_id, share, other_share, relation,"
        " evidence, first_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                one.article_id,
                one.other_id,
                one.share,
                one.other_share,
                one.relation,
                one.evidence,
                one.first_id,
            )
            for one in pairs
        ],
    )


def _text(row: tuple[object, ...]) -> Text:
    names = Text.__dataclass_fields__
    values: dict[str, object] = dict(zip(names, row, strict=True))
    return Text(**values)  # type: ignore[arg-type]  # TEXT's columns stand in this order

"""A connection and an article go in; its revisions, states and differences come out."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from archive.history.changed import Text
from archive.history.changes import text
from archive.history.differences import Run, compare
from archive.history.states import Spell, spells
from archive.snapshot import snapshot

REVISED = """
SELECT r.number, r.seen_at, r.words_added, r.words_removed, r.words_changed,
  (SELECT group_concat(class, ',') FROM (SELECT class, min(position) AS place
    FROM changes c WHERE c.revision_id = r.id GROUP BY class ORDER BY place)),
  (SELECT count(*) FROM recuts u WHERE u.revision_id = r.id)
FROM revisions r WHERE r.article_id = ? ORDER BY r.number
"""
SIDE = """
SELECT r.id, r.number, r.headline, r.standfirst, r.seen_at, r.byline, r.published_on,
  r.published_at, r.extractor
FROM revisions r WHERE r.article_id = ? AND r.number = ?
"""
EVIDENCE = """
SELECT c.class, c.field, c.before, c.after, c.sure FROM changes c
JOIN revisions r ON r.id = c.revision_id
WHERE r.article_id = ? AND r.number = ? ORDER BY c.position
"""
ADDRESSES = """
SELECT u.url, u.relation, u.first_seen_at, u.last_seen_at, u.url = a.url AS leads
FROM urls u JOIN articles a ON a.id = u.article_id WHERE a.id = ?
ORDER BY leads DESC, u.first_seen_at, u.url
"""
HEAD = """
SELECT a.id, a.site, s.title, a.headline, a.language,
  (SELECT count(*) FROM revisions r WHERE r.article_id = a.id)
FROM articles a JOIN sites s ON s.name = a.site WHERE a.id = ?
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Revised:
    """One revision as a list of them tells it."""

    number: int
    seen_at: str
    words_added: int | None
    """None for the first, and where nobody compared it."""
    words_removed: int | None
    words_changed: int | None
    classes: tuple[str, ...]
    recuts: int
    """How often its capture was cut anew and came out otherwise."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """One address of an article. Check the scheme of `url` before making it a link."""

    url: str
    relation: str
    """How it leads to the article, as in `urls`."""
    first_seen_at: str
    last_seen_at: str | None
    """UTC instant of the last answer by which it was the article's."""
    leads: bool
    """Whether it is the canonical URL."""


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """What became of an article."""

    revisions: tuple[Revised, ...]
    """Oldest first."""
    spells: tuple[Spell, ...]
    """Oldest first; none if it has always been at its address."""
    addresses: tuple[Address, ...]
    """The canonical URL first, then the others as they were found."""

    @property
    def current(self) -> Spell | None:
        """Its state now, where it has not always been there."""
        return self.spells[-1] if self.spells else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One of two revisions that are compared."""

    revision_id: int
    number: int
    headline: str
    standfirst: str | None
    seen_at: str
    byline: tuple[str, ...]
    published_on: str | None
    published_at: str | None
    extractor: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One piece of evidence, as `changes` holds it."""

    kind: str
    field: str
    before: str | None
    after: str | None
    sure: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Two revisions of an article, and their difference."""

    article_id: int
    site: str
    publication: str
    title: str
    """The headline of its newest text."""
    language: str | None
    revisions: int
    older: Side
    newer: Side
    headline: tuple[Run, ...]
    standfirst: tuple[Run, ...]
    body: tuple[Run, ...]
    evidence: tuple[Told, ...]
    """Of two that follow each other; none of others."""


def history(connection: sqlite3.Connection, article_id: int) -> History:
    """The revisions and states of an article."""
    rows = connection.execute(REVISED, (article_id,)).fetchall()
    return History(
        revisions=tuple(
            Revised(
                number=row[0],
                seen_at=row[1],
                words_added=row[2],
                words_removed=row[3],
                words_changed=row[4],
                classes=tuple(row[5].split(",")) if row[5] else (),
                recuts=row[6],
            )
            for row in rows
        ),
        spells=spells(connection, article_id),
        addresses=tuple(
            Address(
                url=row[0],
                relation=row[1],
                first_seen_at=row[2],
                last_seen_at=row[3],
                leads=bool(row[4]),
            )
            for row in connection.execute(ADDRESSES, (article_id,))
        ),
    )


def comparison(
    connection: sqlite3.Connection, article_id: int, older: int, newer: int
) -> Comparison | None:
    """Compare two revisions by their numbers; None if one of them does not exist."""
    with snapshot(connection):
        head = connection.execute(HEAD, (article_id,)).fetchone()
        sides = [_side(connection, article_id, n) for n in (older, newer)]
        if head is None or sides[0] is None or sides[1] is None:
            return None
        told = connection.execute(EVIDENCE, (article_id, newer)).fetchall()
        texts = [text(connection, side.revision_id) for side in sides if side]
    return Comparison(
        article_id=head[0],
        site=head[1],
        publication=head[2],
        title=head[3],
        language=head[4],
        revisions=head[5],
        older=sides[0],
        newer=sides[1],
        headline=compare([sides[0].headline], [sides[1].headline]),
        standfirst=compare(_line(sides[0].standfirst), _line(sides[1].standfirst)),
        body=compare(_blocks(texts[0]), _blocks(texts[1])),
        evidence=_told(told) if newer == older + 1 else (),
    )


def _side(connection: sqlite3.Connection, article_id: int, number: int) -> Side | None:
    row = connection.execute(SIDE, (article_id, number)).fetchone()
    if row is None:
        return None
    revision_id, _, headline, standfirst, seen_at, byline, *rest = tuple(row)
    return Side(
        revision_id=revision_id,
        number=number,
        headline=headline,
        standfirst=standfirst,
        seen_at=seen_at,
        byline=tuple(json.loads(byline)),
        published_on=rest[0],
        published_at=rest[1],
        extractor=rest[2],
    )


def _told(rows: list[tuple[str, str, str | None, str | None, str]]) -> tuple[Told, ...]:
    names = ("kind", "field", "before", "after", "sure")
    return tuple(Told(**dict(zip(names, tuple(row), strict=True))) for row in rows)  # type: ignore[arg-type]


def _line(value: str | None) -> list[str]:
    return [value] if value else []


def _blocks(side: Text) -> list[str]:
    return [block.text for block in side.blocks]

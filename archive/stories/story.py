"""A connection and a number go in; a story's articles or an article's copies come out.

Read-only. What makes copies and stories is decided by pipelines/copies.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from archive.snapshot import snapshot

COPIES = """
SELECT c.copy_id, s.name, s.title, a.headline, a.published_on, c.relation, c.share,
  c.copy_share, c.evidence, c.first_id = c.copy_id
FROM copies c JOIN articles a ON a.id = c.copy_id JOIN sites s ON s.name = a.site
WHERE c.article_id = ?
ORDER BY coalesce(a.published_on, substr(a.first_seen_at, 1, 10)), a.url
"""
MEMBERS = """
SELECT a.id, s.name, s.title, a.headline, a.published_on, coalesce(c.relation, 'none'),
  coalesce(c.share, 0), coalesce(c.copy_share, 0), coalesce(c.evidence, ''),
  a.id = t.first_id
FROM stories t JOIN articles a ON a.story_id = t.id JOIN sites s ON s.name = a.site
LEFT JOIN copies c ON c.article_id = t.first_id AND c.copy_id = a.id
WHERE t.id = ?
ORDER BY coalesce(a.published_on, substr(a.first_seen_at, 1, 10)),
  coalesce(a.published_at, a.first_seen_at), a.url
LIMIT ? OFFSET ?
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """Another article that carries the text of one, wholly or largely."""

    article_id: int
    site: str
    publication: str
    """Title of the site."""
    headline: str
    published_on: str | None
    """Day in the site's time zone; None if unknown."""
    relation: str
    """As `copy_pairs.relation`; in a story "none" for the first article, and for one
    that only shares its text with another article of the story."""
    share: float
    """Share of the one's text that this one has too, 0 to 1."""
    copy_share: float
    """Share of this one's text that the one has too."""
    evidence: str
    is_first: bool
    """Whether it had the text first, of the two or of the story."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """Articles that carry the same text, wholly or largely."""

    number: int
    """The number that it has now; another one than asked for where it was joined."""
    total: int
    """Its articles; 0 where it has fallen apart."""
    articles: tuple[Copy, ...]
    """One page of them in the order of publication, each compared with the first."""


def copies(connection: sqlite3.Connection, article_id: int) -> tuple[Copy, ...]:
    """The copies of an article, the earliest first."""
    rows = connection.execute(COPIES, (article_id,))
    return tuple(_copy(tuple(row)) for row in rows)


def story(
    connection: sqlite3.Connection, number: int, *, limit: int = 50, offset: int = 0
) -> Story | None:
    """Read a story; one that was joined is the one that it was joined to.

    Returns:
        None if no story ever had this number.

    Raises:
        ArchiveError: SQLite failed.
    """
    with snapshot(connection):
        row = connection.execute(
            "SELECT now.id, now.articles FROM stories s JOIN stories now"
            " ON now.id = coalesce(s.joined_id, s.id) WHERE s.id = ?",
            (number,),
        ).fetchone()
        if row is None:
            return None
        members = connection.execute(MEMBERS, (row[0], limit, offset))
        return Story(
            number=row[0],
            total=row[1],
            articles=tuple(_copy(tuple(member)) for member in members),
        )


def _copy(row: tuple[object, ...]) -> Copy:
    """A row of COPIES or MEMBERS, whose columns stand in the order of the fields."""
    values: dict[str, object] = dict(zip(Copy.__dataclass_fields__, row, strict=True))
    values["is_first"] = bool(values["is_first"])
    return Copy(**values)  # type: ignore[arg-type]

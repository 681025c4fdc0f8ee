"""A connection and an article go in; what it links to, and what links to it, come out.

Read-only. Where a link leads is looked up by its key (link_tables.py); an article's own
addresses are no targets.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from archive.records import LinkRole
from archive.tables.links import LEADS

MOST_COUNTED = 150
"""Linking articles are counted so far: a teaser may stand on every page of a site."""
ROLES: tuple[str, ...] = get_args(LinkRole)

OUTGOING = f"""
SELECT l.role, l.url, l.text,
  l.is_list OR EXISTS (SELECT 1 FROM rejected j WHERE j.url = l.url
    AND j.reason = 'index page'),
  t.id, t.headline, s.title, t.published_on, t.id = r.article_id
FROM links l JOIN revisions r ON r.id = l.revision_id
LEFT JOIN urls u ON {LEADS}
LEFT JOIN articles t ON t.id = u.article_id
LEFT JOIN sites s ON s.name = t.site
WHERE r.article_id = ? AND r.number = ? ORDER BY l.position
"""  # noqa: S608 - ours
INCOMING = """
SELECT e.role, a.id, a.headline, s.title, a.published_on
FROM (SELECT DISTINCT article_id, role FROM article_links
  WHERE target_id = :article_id AND role = :role LIMIT :most) e
JOIN articles a ON a.id = e.article_id JOIN sites s ON s.name = a.site
ORDER BY coalesce(a.published_on, substr(a.first_seen_at, 1, 10)) DESC, a.url
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Linked:
    """An archived article at the other end of a link."""

    article_id: int
    headline: str
    publication: str
    """Title of its site."""
    published_on: str | None
    """Day in the site's time zone; None if unknown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PageLink:
    """A link the page carries. Check the scheme of `url` before making it a link."""

    role: str
    url: str
    text: str
    is_list: bool
    """Whether it leads to a list of articles: it is spelled so, or that was found."""
    target: Linked | None
    """The archived article that it leads to; None if it is not in the archive."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Linking:
    """Articles that link to one in one role."""

    role: str
    articles: tuple[Linked, ...]
    """The newest first; those that link in a nearer role too are left out."""
    is_all: bool
    """Whether there are no more than were counted."""


def outgoing(
    connection: sqlite3.Connection, article_id: int, number: int
) -> tuple[PageLink, ...]:
    """The links of one revision's page in its order, without those to itself."""
    found = map(tuple, connection.execute(OUTGOING, (article_id, number)))
    return tuple(
        PageLink(
            role=role,
            url=url,
            text=text,
            is_list=bool(is_list),
            target=_linked(rest[:4]) if rest[0] is not None else None,
        )
        for role, url, text, is_list, *rest in found
        if not rest[4]
    )


def incoming(
    connection: sqlite3.Connection, article_id: int, *, most: int = MOST_COUNTED
) -> tuple[Linking, ...]:
    """The articles whose newest text links to one, role by role."""
    found: list[Linking] = []
    known: set[int] = set()
    for role in ROLES:
        values = {"article_id": article_id, "role": role, "most": most + 1}
        rows = [tuple(row) for row in connection.execute(INCOMING, values)]
        articles = [_linked(row[1:]) for row in rows[:most] if row[1] not in known]
        known |= {one.article_id for one in articles}
        if articles:
            is_all = len(rows) <= most
            found.append(Linking(role=role, articles=tuple(articles), is_all=is_all))
    return tuple(found)


def _linked(row: Sequence[object]) -> Linked:
    values = dict(zip(Linked.__dataclass_fields__, row, strict=True))
    return Linked(**values)  # type: ignore[arg-type]  # typed by the schema

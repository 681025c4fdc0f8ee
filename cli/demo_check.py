"""The demo's ground truth and an archive go in; where they differ comes out."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from archive.database import open_for_reading
from crawler.urls import canonical
from demo import DemoPublisher, ExpectedArticle, Phase, truth

QUERY = """
SELECT a.id, a.url, a.headline, a.published_at, a.section, r.body,
  (SELECT group_concat(name, char(10)) FROM (SELECT n.name FROM article_authors j
    JOIN authors n ON n.id = j.author_id WHERE j.article_id = a.id
    ORDER BY j.position)),
  (SELECT group_concat(name, char(10)) FROM (SELECT n.name FROM article_tags j
    JOIN tags n ON n.id = j.tag_id WHERE j.article_id = a.id ORDER BY n.name))
FROM articles a JOIN revisions r ON r.id = a.revision_id
JOIN urls u ON u.article_id = a.id WHERE u.url = ?
"""


def differences(publisher: DemoPublisher, db: Path, phase: Phase) -> Iterator[str]:
    """Name every way in which the archive is not what the demo published.

    Every article exactly once under one of its addresses, nothing that is none, and
    headline, instant of publication, authors, section and tags equal to the truth.
    """
    bases = {site.name: site.base_url for site in publisher.sites}
    expected = [one for one in truth(phase) if one.site in bases]
    found: Counter[int] = Counter()
    with closing(open_for_reading(db)) as connection:
        for one in expected:
            row = _row(connection, bases[one.site], one)
            if row is None:
                yield f"{one.site}{one.path} is missing"
                continue
            found[row[0]] += 1
            yield from _fields(one, row)
        stored = connection.execute("SELECT id, url FROM articles").fetchall()
    for article_id, url in stored:
        if found[article_id] != 1:
            yield f"{url} stands for {found[article_id]} articles of the truth"


def exact_bodies(publisher: DemoPublisher, db: Path, phase: Phase) -> tuple[int, int]:
    """How many bodies are the truth's, line for line, and of how many."""
    bases = {site.name: site.base_url for site in publisher.sites}
    expected = [one for one in truth(phase) if one.site in bases]
    with closing(open_for_reading(db)) as connection:
        rows = [(one, _row(connection, bases[one.site], one)) for one in expected]
    exact = sum(
        row is not None and row[5] == "\n".join(one.body_lines) for one, row in rows
    )
    return exact, len(expected)


def _row(
    connection: sqlite3.Connection, base: str, one: ExpectedArticle
) -> tuple[int, str, str, str, str, str, str, str] | None:
    url = canonical(base + one.path)
    row = connection.execute(QUERY, (url,)).fetchone()
    return tuple(row) if row else None


def _fields(
    one: ExpectedArticle, row: tuple[int, str, str, str, str, str, str, str]
) -> Iterator[str]:
    _, url, headline, published_at, section, _, authors, tags = row
    pairs = {
        "headline": (one.headline, headline),
        "published": (one.published, published_at),
        "authors": ("\n".join(one.authors), authors or ""),
        "section": (one.section, section),
        "tags": ("\n".join(sorted(one.tags)), tags or ""),
    }
    for name, (wanted, stored) in pairs.items():
        if wanted != stored:
            yield f"{url} {name}: {stored!r} instead of {wanted!r}"

"""An archive goes in; its captures and the cuts made of them come out, oldest first."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import ClassVar

from archive.records import Article, Capture

CAPTURES = """
SELECT c.id, c.site, s.home, c.passed, c.hints,
  c.file, c.offset, c.length, c.digest, c.url, c.status, c.content_type, c.fetched_at,
  f.crawl_id, f.url, r.id
FROM captures c
JOIN sites s ON s.name = c.site
JOIN fetches f ON f.capture_id = c.id
LEFT JOIN revisions r ON r.capture_id = c.id
"""
"""Every capture with its fetch and, where it became one, its revision."""

QUERY = f"""{CAPTURES}
LEFT JOIN rejected j ON j.capture_id = c.id
WHERE (:site IS NULL OR c.site = :site) AND c.kind = 'response'
  AND (r.id IS NOT NULL OR j.url IS NOT NULL)
ORDER BY c.id
"""
"""Of a page that was rejected several times only the last capture counts, and none
once the page has become an article: an old text must not come out as the newest."""

NEWEST = f"""{CAPTURES}
WHERE c.kind = 'response'
  AND ((:article_id IS NOT NULL AND r.article_id = :article_id)
    OR (:any AND (c.url = :url OR f.url = :url)))
ORDER BY c.id DESC LIMIT 1
"""
"""A text that was imported has no page whose lines could be shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredCut:
    """What the archive holds of one revision, to compare a new cut with."""

    FIELDS: ClassVar[tuple[str, ...]] = (
        "headline",
        "standfirst",
        "body",
        "published",
        "updated",
        "section",
        "language",
        "image",
        "authors",
        "tags",
    )
    revision_id: int
    newest: bool
    """Whether it is the article's newest revision; facts are kept of that one only."""
    headline: str
    standfirst: str | None
    body: str
    """JSON of the blocks."""
    published: tuple[str | None, str | None]
    """Day and instant."""
    updated: tuple[str | None, str | None]
    section: str | None
    language: str | None
    image: tuple[str | None, str | None, str | None]
    """Address, caption and credit."""
    authors: tuple[str, ...]
    tags: tuple[str, ...]

    @classmethod
    def of(cls, article: Article, *, revision_id: int) -> StoredCut:
        """The same view of an article that was just cut."""
        published, updated, image = article.published, article.updated, article.image
        blocks = [[b.kind, b.level, b.text] for b in article.blocks]
        return cls(
            revision_id=revision_id,
            newest=True,
            headline=article.headline,
            standfirst=article.standfirst,
            body=json.dumps(blocks, ensure_ascii=False, separators=(",", ":")),
            published=(published.on, published.at) if published else (None, None),
            updated=(updated.on, updated.at) if updated else (None, None),
            section=article.section,
            language=article.language,
            image=(image.url, image.caption, image.credit)
            if image
            else (None, None, None),
            authors=tuple(dict.fromkeys(article.authors)),
            tags=tuple(dict.fromkeys(article.tags)),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredCapture:
    """A capture and how its page was come by."""

    capture_id: int
    site: str
    home: str
    crawl_id: int
    requested_url: str
    passed: str
    """JSON, as in `captures`."""
    hints: str
    """JSON, as in `captures`."""
    capture: Capture
    revision_id: int | None
    """The revision made of it; None for a rejected page."""


def stored_captures(
    db: sqlite3.Connection, *, site: str | None = None
) -> list[StoredCapture]:
    """Every capture that became a revision or was rejected, oldest first."""
    rows = db.execute(QUERY, {"site": site}).fetchall()
    return [_stored(row) for row in rows]


def stored_capture(
    db: sqlite3.Connection, *, article_id: int | None = None, url: str | None = None
) -> StoredCapture | None:
    """The newest capture of an article or of an address; None if there is none.

    Args:
        db: The archive.
        article_id: The article; its newest revision's capture counts.
        url: Normalised address, as asked for or as answered.
    """
    row = db.execute(
        NEWEST, {"article_id": article_id, "url": url, "any": url is not None}
    ).fetchone()
    return _stored(row) if row else None


def _stored(row: tuple[object, ...]) -> StoredCapture:
    capture_id, site, home, passed, hints, *where = row
    *capture, crawl_id, requested_url, revision_id = where
    names = (
        "file",
        "offset",
        "length",
        "digest",
        "url",
        "status",
        "content_type",
        "fetched_at",
    )
    values = dict(zip(names, capture, strict=True))
    return StoredCapture(
        capture_id=capture_id,  # type: ignore[arg-type]  # typed by the schema
        site=str(site),
        home=str(home),
        crawl_id=crawl_id,  # type: ignore[arg-type]  # typed by the schema
        requested_url=str(requested_url),
        passed=str(passed),
        hints=str(hints),
        capture=Capture(**values),  # type: ignore[arg-type]  # typed by the schema
        revision_id=revision_id,  # type: ignore[arg-type]  # typed by the schema
    )


def stored_cut(db: sqlite3.Connection, revision_id: int) -> StoredCut:
    """What the archive holds of one revision."""
    row = db.execute(
        "SELECT r.article_id, r.headline, r.standfirst, r.blocks, a.published_on,"
        " a.published_at, a.updated_on, a.updated_at, a.section, a.language,"
        " a.image_url, a.image_caption, a.image_credit, a.revision_id"
        " FROM revisions r JOIN articles a ON a.id = r.article_id WHERE r.id = ?",
        (revision_id,),
    ).fetchone()
    article_id, headline, standfirst, blocks, *facts = row
    return StoredCut(
        revision_id=revision_id,
        newest=facts[9] == revision_id,
        headline=headline,
        standfirst=standfirst,
        body=blocks,
        published=(facts[0], facts[1]),
        updated=(facts[2], facts[3]),
        section=facts[4],
        language=facts[5],
        image=(facts[6], facts[7], facts[8]),
        authors=_names(db, "author", article_id),
        tags=_names(db, "tag", article_id),
    )


def _names(db: sqlite3.Connection, kind: str, article_id: int) -> tuple[str, ...]:
    rows = db.execute(
        f"SELECT n.name FROM article_{kind}s j JOIN {kind}s n ON n.id = j.{kind}_id"  # noqa: S608
        " WHERE j.article_id = ? ORDER BY j.position",
        (article_id,),
    )
    return tuple(str(row[0]) for row in rows)

"""An archive goes in; its captures and the cuts made of them come out, oldest first."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar

from archive.links import page_links
from archive.pictured import noticed, pictured
from archive.records import (
    UNKNOWN_MAKER,
    Article,
    Capture,
    Image,
    Link,
    Maker,
    Notice,
)

CAPTURES = """
SELECT c.id, c.site, s.home, c.passed, c.hints,
  c.file, c.offset, c.length, c.digest, c.url, c.status, c.content_type, c.fetched_at,
  c.kind, f.crawl_id, f.url, r.id, r.extractor, r.profile
FROM captures c
JOIN sites s ON s.name = c.site
JOIN fetches f ON f.capture_id = c.id
LEFT JOIN revisions r ON r.capture_id = c.id
"""
"""Every capture with its fetch and, where it became one, its revision."""

QUERY = f"""{CAPTURES}
LEFT JOIN rejected j ON j.capture_id = c.id
WHERE (:site IS NULL OR c.site = :site)
  AND c.part_of IS NULL AND (r.id IS NOT NULL OR j.url IS NOT NULL)
ORDER BY c.id
"""
"""Of a page that was rejected several times only the last capture counts, and none
once the page has become an article: an old text must not come out as the newest.
Further pages of an article come with its first one."""

PARTS = f"{CAPTURES} WHERE c.part_of = ? ORDER BY c.id"

OF_REVISIONS = f"""{CAPTURES}
WHERE c.kind = 'response' AND r.id IN (SELECT value FROM json_each(?))
ORDER BY c.id
"""  # noqa: S608 - ours

NUMBERED = f"""{CAPTURES}
WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.id
"""  # noqa: S608 - ours

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
        "links",
        "published",
        "updated",
        "section",
        "language",
        "image",
        "images",
        "access",
        "notices",
        "authors",
        "tags",
        "kind",
        "section_path",
        "published_zone",
        "evidence",
    )
    OLDER: ClassVar[tuple[str, ...]] = (
        "headline",
        "standfirst",
        "body",
        "links",
        "published",
        "access",
        "authors",
    )
    """What is kept of a revision that is not its article's newest."""
    revision_id: int
    newest: bool
    """Whether it is the article's newest revision; facts are kept of that one only."""
    headline: str
    standfirst: str | None
    body: str
    """JSON of the blocks."""
    links: tuple[Link, ...]
    published: tuple[str | None, str | None]
    """Day and instant."""
    updated: tuple[str | None, str | None]
    section: str | None
    language: str | None
    image: Image | None
    images: tuple[Image, ...]
    access: tuple[str, str | None]
    """How much the page shows, and the evidence."""
    notices: tuple[Notice, ...]
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    kind: tuple[str, str]
    """The kind and what says so."""
    section_path: str | None
    published_zone: tuple[str | None, str | None]
    """The zone, and how exact the instant is."""
    evidence: tuple[tuple[str, str], ...]
    """Fields and the witnesses that gave them, sorted."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of what is kept of it."""
        return self.FIELDS if self.newest else self.OLDER

    def as_older(self) -> StoredCut:
        """The same as it would be kept of a revision that is not the newest."""
        return replace(self, newest=False, access=(self.access[0], None))

    def plain(self) -> dict[str, object]:
        """What is kept of it, as JSON holds it."""
        found: dict[str, object] = {n: _plain(getattr(self, n)) for n in self.fields}
        return found | {"body": json.loads(self.body)}

    @classmethod
    def of(cls, article: Article, *, revision_id: int) -> StoredCut:
        """The same view of an article that was just cut."""
        published, updated = article.published, article.updated
        blocks = [block.row for block in article.blocks]
        return cls(
            revision_id=revision_id,
            newest=True,
            headline=article.headline,
            standfirst=article.standfirst,
            body=json.dumps(blocks, ensure_ascii=False, separators=(",", ":")),
            links=article.links,
            published=(published.on, published.at) if published else (None, None),
            updated=(updated.on, updated.at) if updated else (None, None),
            section=article.section,
            language=article.language,
            image=article.image,
            images=article.images,
            access=(article.access, article.access_evidence),
            notices=article.notices,
            authors=tuple(dict.fromkeys(article.authors)),
            tags=tuple(dict.fromkeys(article.tags)),
            kind=(article.kind, article.kind_evidence),
            section_path=" > ".join(article.section_path) or None,
            published_zone=(
                (published.zone, published.precision) if published else (None, None)
            ),
            evidence=tuple(sorted(article.sources.items())),
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
    maker: Maker = UNKNOWN_MAKER
    """What cut that revision."""


def stored_captures(
    db: sqlite3.Connection, *, site: str | None = None
) -> list[StoredCapture]:
    """Every capture that became a revision or was rejected, oldest first."""
    rows = db.execute(QUERY, {"site": site}).fetchall()
    return [_stored(row) for row in rows]


def part_captures(db: sqlite3.Connection, capture_id: int) -> list[StoredCapture]:
    """The captures of the further pages of an article, in their order.

    Args:
        db: The archive.
        capture_id: The capture of its first page.
    """
    return [_stored(row) for row in db.execute(PARTS, (capture_id,))]


def captures_of(
    db: sqlite3.Connection, revisions: Iterable[int]
) -> list[StoredCapture]:
    """The captures that revisions were cut from, oldest first."""
    rows = db.execute(OF_REVISIONS, (json.dumps(list(revisions)),)).fetchall()
    return [_stored(row) for row in rows]


def captures_at(db: sqlite3.Connection, numbers: Sequence[int]) -> list[StoredCapture]:
    """Captures by their numbers, oldest first."""
    rows = db.execute(NUMBERED, (json.dumps(list(numbers)),))
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
    *capture, crawl_id, requested_url, revision_id, extractor, profile = where
    names = (
        "file",
        "offset",
        "length",
        "digest",
        "url",
        "status",
        "content_type",
        "fetched_at",
        "kind",
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
        maker=Maker(extractor=str(extractor or ""), profile=str(profile or "")),
    )


def stored_cut(db: sqlite3.Connection, revision_id: int) -> StoredCut:
    """What the archive holds of one revision."""
    row = db.execute(
        "SELECT r.article_id, r.headline, r.standfirst, r.blocks, a.published_on,"
        " a.published_at, a.updated_on, a.updated_at, a.section, a.language,"
        " a.access, a.access_evidence, a.revision_id"
        " FROM revisions r JOIN articles a ON a.id = r.article_id WHERE r.id = ?",
        (revision_id,),
    ).fetchone()
    article_id, headline, standfirst, blocks, *facts = row
    shown = pictured(db, article_id)
    filed = db.execute(
        "SELECT kind, kind_evidence, section_path, published_zone,"
        " published_precision FROM articles WHERE id = ?",
        (article_id,),
    ).fetchone()
    newest = StoredCut(
        revision_id=revision_id,
        newest=True,
        headline=headline,
        standfirst=standfirst,
        body=blocks,
        links=page_links(db, revision_id),
        published=(facts[0], facts[1]),
        updated=(facts[2], facts[3]),
        section=facts[4],
        language=facts[5],
        image=shown.lead,
        images=shown.inline,
        access=(facts[6], facts[7]),
        notices=noticed(db, article_id),
        authors=_names(db, "author", article_id),
        tags=_names(db, "tag", article_id),
        kind=(filed[0], filed[1]),
        section_path=filed[2],
        published_zone=(filed[3], filed[4]),
        evidence=_pairs(db, "field, source FROM evidence", "field", article_id),
    )
    return newest if facts[8] == revision_id else _older(db, newest)


def _older(db: sqlite3.Connection, cut: StoredCut) -> StoredCut:
    """The cut of a revision of whose facts only some are kept."""
    row = db.execute(
        "SELECT published_on, published_at, access, byline FROM revisions WHERE id = ?",
        (cut.revision_id,),
    ).fetchone()
    return replace(
        cut,
        newest=False,
        published=(row[0], row[1]),
        access=(row[2], None),
        authors=tuple(json.loads(row[3])),
    )


def _pairs(db: sqlite3.Connection, what: str, order: str, article_id: int) -> Any:
    query = f"SELECT {what} WHERE article_id = ? ORDER BY {order}"
    return tuple(tuple(row) for row in db.execute(query, (article_id,)))


def _plain(value: object) -> object:
    """A value as JSON holds it."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return asdict(value) if isinstance(value, Image | Link | Notice) else value


def _names(db: sqlite3.Connection, kind: str, article_id: int) -> tuple[str, ...]:
    rows = db.execute(
        f"SELECT n.name FROM article_{kind}s j JOIN {kind}s n ON n.id = j.{kind}_id"  # noqa: S608
        " WHERE j.article_id = ? ORDER BY j.position",
        (article_id,),
    )
    return tuple(str(row[0]) for row in rows)

"""A connection and an article's id go in; all the archive knows of it comes out."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, fields
from typing import cast, get_args

from archive.link_graph import Linking, PageLink, incoming, outgoing
from archive.pictured import noticed, pictured
from archive.records import Block, BlockKind, Image, Notice
from archive.snapshot import snapshot
from archive.stories.story import Copy, copies

KINDS = get_args(BlockKind)


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """The columns of `articles` with its site; see docs/schema.md for each."""

    article_id: int
    site: str
    publication: str
    """Title of the site."""
    timezone: str | None
    """IANA name of the site's zone; None means UTC."""
    url: str
    published_on: str | None
    published_at: str | None
    published_zone: str | None
    published_precision: str | None
    updated_on: str | None
    updated_at: str | None
    section: str | None
    section_path: str | None
    """The sections that the page names, joined by " > "; None without any."""
    kind: str
    kind_evidence: str
    language: str | None
    word_count: int
    image_url: str | None
    image_caption: str | None
    image_credit: str | None
    image_licence: str | None
    access: str
    access_evidence: str | None
    first_seen_at: str
    last_seen_at: str
    story_id: int | None
    """The story that it is in; None if no other article carries its text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """One text of the article, with the capture it was cut from."""

    number: int
    headline: str
    standfirst: str | None
    blocks: tuple[Block, ...]
    """The body. If its stored form is damaged, its lines as paragraphs."""
    extractor: str
    """Name and version of what cut it."""
    memory: int
    """Version of the site's memory that it was cut with; 0 or less without any."""
    seen_at: str
    captured_at: str | None
    """UTC instant of the capture; None if there is none."""
    capture_url: str | None
    """The address that answered."""
    capture_file: str | None
    """WARC file in the captures folder."""
    capture_offset: int | None
    """First byte of the record in it."""
    capture_digest: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """A revision as the list of them shows it."""

    number: int
    seen_at: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """An author or a tag."""

    name_id: int
    name: str
    kind: str
    """Of an author: person, agency or organisation; empty for a tag."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Witness:
    """Where one field came from."""

    field: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FullArticle:
    """One article with one of its texts."""

    facts: Facts
    revision: Revision
    """The newest, or the one asked for."""
    versions: tuple[Version, ...]
    """All revisions, oldest first."""
    authors: tuple[Name, ...]
    tags: tuple[Name, ...]
    links: tuple[PageLink, ...]
    """Of the page that this text was cut from, in its order."""
    linking: tuple[Linking, ...]
    """Archived articles that link to it."""
    images: tuple[Image, ...]
    """Pictures in the newest text, in reading order; the lead image is in `facts`."""
    notices: tuple[Notice, ...]
    """In the order of the page."""
    witnesses: tuple[Witness, ...]
    copies: tuple[Copy, ...]
    """Articles that carry its text, wholly or largely, the earliest first."""

    @property
    def is_newest(self) -> bool:
        """Whether this text is the newest."""
        return self.revision.number == self.versions[-1].number


FACTS = """
SELECT a.id, a.site, s.title, s.timezone, a.url, a.published_on, a.published_at,
  a.published_zone, a.published_precision, a.updated_on, a.updated_at, a.section,
  a.section_path, a.kind, a.kind_evidence,
  a.language, a.word_count, a.image_url, a.image_caption, a.image_credit,
  a.image_licence, a.access, a.access_evidence,
  a.first_seen_at, a.last_seen_at, a.story_id
FROM articles a JOIN sites s ON s.name = a.site WHERE a.id = ?
"""
REVISION = """
SELECT r.number, r.headline, r.standfirst, r.body, r.blocks, r.extractor, r.memory,
  r.seen_at, c.fetched_at, c.url, c.file, c.offset, c.digest
FROM revisions r LEFT JOIN captures c ON c.id = r.capture_id WHERE r.article_id = ?1
AND r.number = coalesce(?2, (SELECT n.number FROM articles a
  JOIN revisions n ON n.id = a.revision_id WHERE a.id = ?1))
"""
VERSIONS = "SELECT number, seen_at FROM revisions WHERE article_id = ? ORDER BY number"
AUTHORS = """
SELECT n.id, n.name, n.kind FROM article_authors j JOIN authors n ON n.id = j.author_id
WHERE j.article_id = ? ORDER BY j.position
"""
TAGS = """
SELECT n.id, n.name, '' FROM article_tags j JOIN tags n ON n.id = j.tag_id
WHERE j.article_id = ? ORDER BY j.position
"""
WITNESSES = "SELECT field, source FROM evidence WHERE article_id = ? ORDER BY field"


def article(
    connection: sqlite3.Connection, article_id: int, *, number: int | None = None
) -> FullArticle | None:
    """Read one article with its newest text, or with the revision of that number.

    Returns:
        None if there is no such article, revision, or no text of it yet.

    Raises:
        ArchiveError: SQLite failed.
    """
    with snapshot(connection):
        facts = connection.execute(FACTS, (article_id,)).fetchone()
        revision = connection.execute(REVISION, (article_id, number)).fetchone()
        if facts is None or revision is None:
            return None
        return FullArticle(
            facts=_facts(tuple(facts)),
            revision=_revision(tuple(revision)),
            versions=tuple(
                Version(number=row[0], seen_at=row[1])
                for row in connection.execute(VERSIONS, (article_id,))
            ),
            authors=_names(connection, AUTHORS, article_id),
            tags=_names(connection, TAGS, article_id),
            links=outgoing(connection, article_id, int(revision[0])),
            linking=incoming(connection, article_id),
            images=pictured(connection, article_id).inline,
            notices=noticed(connection, article_id),
            witnesses=tuple(
                Witness(field=row[0], source=row[1])
                for row in connection.execute(WITNESSES, (article_id,))
            ),
            copies=copies(connection, article_id),
        )


def _facts(row: tuple[object, ...]) -> Facts:
    """A row of FACTS, whose columns stand in the order of the record's fields."""
    names = [field.name for field in fields(Facts)]
    values: dict[str, object] = dict(zip(names, row, strict=True))
    return Facts(**values)  # type: ignore[arg-type]


def _revision(row: tuple[object, ...]) -> Revision:
    """A row of REVISION."""
    number, headline, standfirst, body, blocks, *rest = row
    names = ("extractor", "memory", "seen_at", "captured_at", "capture_url")
    of_record = ("capture_file", "capture_offset", "capture_digest")
    values: dict[str, object] = dict(zip((*names, *of_record), rest, strict=True))
    values |= {"number": number, "headline": headline, "standfirst": standfirst}
    return Revision(blocks=_blocks(str(blocks), str(body)), **values)  # type: ignore[arg-type]


def _blocks(stored: str, body: str) -> tuple[Block, ...]:
    """The stored blocks; the body's lines if they cannot be read."""
    try:
        return tuple(_block(item) for item in json.loads(stored))
    except (ValueError, TypeError):
        lines = (line.strip() for line in body.splitlines())
        return tuple(Block(kind="paragraph", text=line) for line in lines if line)


def _block(item: object) -> Block:
    """One stored block.

    Raises:
        ValueError: It is not what migrations.py says of the column.
    """
    match item:
        case ["entry", int(level), str(text), None | str() as at, None | str() as by]:
            return Block(kind="entry", level=level, text=text, at=at, author=by)
        case [str(kind), int(level), str(text)] if kind in KINDS:
            return Block(kind=cast(BlockKind, kind), level=level, text=text)
    raise ValueError(f"not a block: {item!r}")


def _names(
    connection: sqlite3.Connection, sql: str, article_id: int
) -> tuple[Name, ...]:
    """Authors or tags."""
    rows = connection.execute(sql, (article_id,))
    return tuple(Name(name_id=row[0], name=row[1], kind=row[2]) for row in rows)

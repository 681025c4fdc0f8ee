"""An article and a decision go in; rows of articles, revisions and facts come out.

Functions on an open transaction; write.py owns the transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from archive.history.changed import Change
from archive.history.changes import put_change
from archive.identity.succession import lead
from archive.links import put_links
from archive.memory import put_traces
from archive.names import forget_unused, named
from archive.records import Article, Decision, Digests, Image
from archive.remembered import Trace
from archive.stories.copy_index import hashes_of, sign

TABLES = ("article_authors", "article_tags", "images", "notices", "evidence")
"""What is told of an article outside its own row, as of its newest text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """How and when an article's text was cut."""

    site: str
    digests: Digests
    capture_id: int | None
    extractor: str
    """Name and version of what cut it."""
    seen_at: str
    """UTC instant of the capture."""
    memory: int = 0
    """Version of the site memory that it was cut with."""
    profile: str = ""
    """Digest of what the site's profile said to the extractor; empty if unknown."""
    traces: tuple[Trace, ...] = ()
    """The page's lines, for site memory to learn from."""
    paths: tuple[str, ...] = ()
    """Where the page carries its fields, for the same."""
    hinted: tuple[str, ...] = ()
    """Fields that only a route stated: they are no part of what is compared."""
    signature: tuple[int, ...] = ()
    """Hashes of the body, by which copies of it are found."""
    identifiers: tuple[str, ...] = ()
    """What routes call it by, apart from its addresses."""
    keys: Mapping[str, int] = field(default_factory=dict)
    """Addresses of the page, each with the number by which links find it."""


def store(
    db: sqlite3.Connection, article: Article, decision: Decision, cut: Cut
) -> int:
    """Carry out a decision; return the article's id."""
    if decision.displaced:
        holder, address = decision.displaced
        db.execute("UPDATE articles SET url = ? WHERE id = ?", (address, holder))
    if decision.article_id is None:
        return _insert(db, article, decision.url, cut)
    if decision.leads:
        lead(db, decision.article_id, decision.leads, cut.seen_at)
    if decision.outcome == "revised":
        _revise(db, decision.article_id, article, cut, decision.change)
    db.execute(
        "UPDATE articles SET last_seen_at = max(last_seen_at, ?) WHERE id = ?",
        (cut.seen_at, decision.article_id),
    )
    return decision.article_id


def _insert(db: sqlite3.Connection, article: Article, url: str, cut: Cut) -> int:
    columns = _columns(article)
    names = ", ".join(["site", "url", *columns, "first_seen_at", "last_seen_at"])
    values = [cut.site, url, *columns.values(), cut.seen_at, cut.seen_at]
    marks = ", ".join("?" * len(values))
    cursor = db.execute(f"INSERT INTO articles ({names}) VALUES ({marks})", values)  # noqa: S608
    article_id = int(cursor.lastrowid or 0)
    _put_facts(db, article_id, article)
    _point_at(db, article_id, _add_revision(db, article_id, article, cut))
    sign(db, article_id, cut.signature)
    return article_id


def _revise(
    db: sqlite3.Connection,
    article_id: int,
    article: Article,
    cut: Cut,
    change: Change | None,
) -> None:
    revision_id = _add_revision(db, article_id, article, cut)
    if change is not None:
        put_change(db, revision_id, change)
    _update(db, article_id, article, revision_id)
    sign(db, article_id, cut.signature)


def _update(
    db: sqlite3.Connection, article_id: int, article: Article, revision_id: int
) -> None:
    columns = {**_columns(article), "revision_id": revision_id}
    pairs = ", ".join(f"{name} = ?" for name in columns)
    db.execute(
        f"UPDATE articles SET {pairs} WHERE id = ?",  # noqa: S608
        [*columns.values(), article_id],
    )
    _put_facts(db, article_id, article)


def _point_at(db: sqlite3.Connection, article_id: int, revision_id: int) -> None:
    db.execute(
        "UPDATE articles SET revision_id = ? WHERE id = ?", (revision_id, article_id)
    )


def recut(db: sqlite3.Connection, revision_id: int, article: Article, cut: Cut) -> None:
    """Replace the cut of a revision; the article follows if it is its newest."""
    db.execute(
        "UPDATE revisions SET headline = ?, standfirst = ?, body = ?, blocks = ?,"
        " byline = ?, published_on = ?, published_at = ?, access = ?, hinted = ?,"
        " text_digest = ?, body_digest = ?, headline_digest = ?, extractor = ?,"
        " memory = ?, profile = ? WHERE id = ?",
        (
            *_text(article),
            *_stated(article, cut),
            cut.digests.text,
            cut.digests.body,
            cut.digests.headline,
            cut.extractor,
            cut.memory,
            cut.profile,
            revision_id,
        ),
    )
    put_traces(db, revision_id, cut.traces, cut.paths)
    put_links(db, revision_id, article.links)
    row = db.execute("SELECT id FROM articles WHERE revision_id = ?", (revision_id,))
    if found := row.fetchone():
        _update(db, found[0], article, revision_id)
        sign(db, found[0], cut.signature)


def restamp(
    db: sqlite3.Connection, revision_id: int, article: Article, cut: Cut
) -> None:
    """Note what cut a revision that came out as it was, and what its page teaches.

    Neither text nor facts are written: the search index would be made anew.
    """
    db.execute(
        "UPDATE revisions SET hinted = ?, text_digest = ?, body_digest = ?,"
        " extractor = ?, memory = ?, profile = ? WHERE id = ?",
        (
            json.dumps(cut.hinted),
            cut.digests.text,
            cut.digests.body,
            cut.extractor,
            cut.memory,
            cut.profile,
            revision_id,
        ),
    )
    put_traces(db, revision_id, cut.traces, cut.paths)
    row = db.execute("SELECT id FROM articles WHERE revision_id = ?", (revision_id,))
    if found := row.fetchone():
        _put_kinds(db, article)
        if set(hashes_of(db, found[0])) != set(cut.signature):
            sign(db, found[0], cut.signature)


def _text(article: Article) -> tuple[str, str | None, str, str]:
    blocks = [block.row for block in article.blocks]
    written = json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))
    return article.headline, article.standfirst, article.body, written


def _stated(article: Article, cut: Cut) -> tuple[str, str | None, str | None, str, str]:
    """Byline, publication, access and what of the text only a route said."""
    published = article.published
    byline = json.dumps(list(dict.fromkeys(article.authors)), ensure_ascii=False)
    return (
        byline,
        published.on if published else None,
        published.at if published else None,
        article.access,
        json.dumps(cut.hinted),
    )


def _add_revision(
    db: sqlite3.Connection, article_id: int, article: Article, cut: Cut
) -> int:
    cursor = db.execute(
        "INSERT INTO revisions (article_id, number, headline, standfirst, body, blocks,"
        " byline, published_on, published_at, access, hinted,"
        " text_digest, body_digest, headline_digest, capture_id, extractor, memory,"
        " profile, seen_at)"
        " SELECT ?, 1 + count(*), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
        " FROM revisions WHERE article_id = ?",
        (
            article_id,
            *_text(article),
            *_stated(article, cut),
            cut.digests.text,
            cut.digests.body,
            cut.digests.headline,
            cut.capture_id,
            cut.extractor,
            cut.memory,
            cut.profile,
            cut.seen_at,
            article_id,
        ),
    )
    revision_id = int(cursor.lastrowid or 0)
    put_traces(db, revision_id, cut.traces, cut.paths)
    put_links(db, revision_id, article.links)
    return revision_id


def _columns(article: Article) -> dict[str, str | int | None]:
    published, updated, image = article.published, article.updated, article.image
    return {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "published_on": published.on if published else None,
        "published_at": published.at if published else None,
        "published_zone": published.zone if published else None,
        "published_precision": published.precision if published else None,
        "updated_on": updated.on if updated else None,
        "updated_at": updated.at if updated else None,
        "section": article.section,
        "section_path": " > ".join(article.section_path) or None,
        "kind": article.kind,
        "kind_evidence": article.kind_evidence,
        "language": article.language,
        "word_count": sum(len(block.text.split()) for block in article.blocks),
        "image_url": image.url if image else None,
        "image_caption": image.caption if image else None,
        "image_credit": image.credit if image else None,
        "image_licence": image.licence if image else None,
        "access": article.access,
        "access_evidence": article.access_evidence,
    }


def _put_facts(db: sqlite3.Connection, article_id: int, article: Article) -> None:
    former = named(db, article_id)
    for table in TABLES:
        db.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))  # noqa: S608
    _put_names(db, "author", article_id, article.authors)
    _put_kinds(db, article)
    _put_names(db, "tag", article_id, article.tags)
    forget_unused(db, former)
    _put_images(db, article_id, article)
    db.executemany(
        "INSERT INTO notices (article_id, position, kind, text) VALUES (?, ?, ?, ?)",
        [
            (article_id, position, notice.kind, notice.text)
            for position, notice in enumerate(article.notices)
        ],
    )
    db.executemany(
        "INSERT INTO evidence (article_id, field, source) VALUES (?, ?, ?)",
        [(article_id, field, source) for field, source in article.sources.items()],
    )


def _put_kinds(db: sqlite3.Connection, article: Article) -> None:
    db.executemany(
        "UPDATE authors SET kind = ? WHERE name = ?",
        [(kind, name) for name, kind in article.author_kinds.items()],
    )


def _put_images(db: sqlite3.Connection, article_id: int, article: Article) -> None:
    lead = [("lead", article.image)] if article.image else []
    pictures = [*lead, *(("inline", image) for image in article.images)]
    db.executemany(
        "INSERT INTO images (article_id, position, role, url, caption, credit,"
        " licence, after_block) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (article_id, position, role, *_picture(image))
            for position, (role, image) in enumerate(pictures)
        ],
    )


def _picture(image: Image) -> tuple[str, str | None, str | None, str | None, int]:
    return image.url, image.caption, image.credit, image.licence, image.after_block


def _put_names(
    db: sqlite3.Connection, kind: str, article_id: int, names: Iterable[str]
) -> None:
    for position, name in enumerate(dict.fromkeys(names)):
        db.execute(
            f"INSERT INTO {kind}s (name) SELECT ?1 WHERE NOT EXISTS"  # noqa: S608
            f" (SELECT 1 FROM {kind}s WHERE name = ?1)",
            (name,),
        )
        db.execute(
            f"INSERT INTO article_{kind}s (article_id, position, {kind}_id)"  # noqa: S608
            f" SELECT ?, ?, id FROM {kind}s WHERE name = ?",
            (article_id, position, name),
        )

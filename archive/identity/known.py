"""An address, a text or a headline goes in; the articles that have it come out.

Queries on a connection: what the pipelines ask before they decide about a page.
"""

from __future__ import annotations

import sqlite3

from archive.records import Known

KNOWN = """
SELECT a.id, a.site, a.url, a.headline, r.text_digest, r.body_digest,
  a.published_on, {relation}
FROM articles a JOIN revisions r ON r.id = a.revision_id
"""


def known_at(db: sqlite3.Connection, url: str) -> Known | None:
    """The article that a normalised address shows."""
    row = db.execute(
        KNOWN.format(relation="u.relation")
        + "JOIN urls u ON u.article_id = a.id WHERE u.url = ?",
        (url,),
    ).fetchone()
    return _known(row) if row else None


def known(db: sqlite3.Connection, article_id: int) -> Known:
    """An article by its id."""
    row = db.execute(
        KNOWN.format(relation="'fetched'") + "WHERE a.id = ?", (article_id,)
    ).fetchone()
    return _known(row)


def known_with_body(db: sqlite3.Connection, site: str, body_digest: str) -> list[Known]:
    """The articles of a site whose newest text has this body, oldest first.

    The plus keeps SQLite from walking all articles of the site (10 ms a page at 600).
    """
    rows = db.execute(
        KNOWN.format(relation="'fetched'")
        + "WHERE r.body_digest = ? AND +a.site = ? ORDER BY +a.id",
        (body_digest, site),
    )
    return [_known(row) for row in rows]


def known_with_headline(
    db: sqlite3.Connection, site: str, headline_digest: str, day: str | None
) -> list[Known]:
    """The articles of a site with a headline, of a day or one next to it.

    Those whose day is unknown count too, and all if `day` is None; oldest first.
    """
    rows = db.execute(
        KNOWN.format(relation="'fetched'")
        + "WHERE r.headline_digest = ? AND +a.site = ?"
        " AND coalesce(abs(julianday(a.published_on) - julianday(?)) < 1.5, 1)"
        " ORDER BY +a.id",
        (headline_digest, site, day),
    )
    return [_known(row) for row in rows]


def body(db: sqlite3.Connection, article_id: int) -> str:
    """The body of an article's newest text."""
    row = db.execute(
        "SELECT r.body FROM articles a JOIN revisions r ON r.id = a.revision_id"
        " WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    return str(row[0])


def _known(row: tuple[int, str, str, str, str, str, str | None, str]) -> Known:
    article_id, site, url, headline, text, body_digest, published_on, relation = row
    return Known(
        article_id=article_id,
        site=site,
        url=url,
        headline=headline,
        text_digest=text,
        body_digest=body_digest,
        published_on=published_on,
        relation=relation,
    )


def fetched_address(db: sqlite3.Connection, article_id: int) -> str | None:
    """The canonical URL if the article itself was fetched there, else the first one."""
    row = db.execute(
        "SELECT u.url FROM urls u JOIN articles a ON a.id = u.article_id"
        " WHERE a.id = ? AND u.relation = 'fetched'"
        " ORDER BY u.url <> a.url, u.first_seen_at, u.url LIMIT 1",
        (article_id,),
    ).fetchone()
    return str(row[0]) if row else None

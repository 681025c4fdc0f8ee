"""What answered at an article's address goes in; whether it is there comes out, dated.

Functions on an open transaction; write.py owns the transaction. A spell begins with the
fetch that first shows it and lasts until one shows something else.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from archive.identity.succession import ALIVE, lead, pass_on
from archive.records import Article, Fetch, Rejection

State = Literal["here", "gone", "paywalled", "truncated"]
GONE = {404: "HTTP 404: not found", 410: "HTTP 410: gone"}
"""Statuses that say that there is nothing (any more): RFC 9110, 15.5.5 and 15.5.11."""
NOT_FOUND = "not found page"
ELSEWHERE = frozenset(
    ("redirected to the home page", "index page", "no text", "too short", NOT_FOUND)
)
"""Why a page is no article that an article's address redirects to."""
LONELY = f"""
SELECT article_id FROM urls u
WHERE url = ? AND relation = 'fetched' AND article_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM urls o
    WHERE o.article_id = u.article_id AND o.url <> u.url AND {ALIVE})
"""  # noqa: S608 - ours
"""The article of an address, if no other one shows it."""
WALLS = frozenset(("login wall", "paywall"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Spell:
    """How long an article was in a state."""

    state: str
    evidence: str
    url: str
    first_seen_at: str
    last_seen_at: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """What one fetch shows of an article."""

    article_id: int
    state: State
    evidence: str
    url: str
    at: str


def answered(
    db: sqlite3.Connection, fetch: Fetch, article: Article, article_id: int
) -> None:
    """Note what a page shows of an archived article, its text stored by now."""
    held = db.execute(
        "SELECT access FROM articles WHERE id = ?", (article_id,)
    ).fetchone()[0]
    is_less = article.access != "open" and held == "open"
    state: State = "here"
    if is_less and article.access != "open":
        state = article.access
    evidence = article.access_evidence if is_less else None
    note(
        db,
        Sight(
            article_id=article_id,
            state=state,
            evidence=evidence or "the page shows the article",
            url=fetch.final_url or fetch.url,
            at=fetch.at,
        ),
    )


def found_again(db: sqlite3.Connection, fetch: Fetch, article_id: int) -> None:
    """Note that an article that was gone is there at another address, and leads it."""
    row = _current(db, article_id)
    url = fetch.final_url or fetch.url
    fetched = db.execute(
        "SELECT 1 FROM urls WHERE url = ? AND article_id = ? AND relation = 'fetched'",
        (url, article_id),
    ).fetchone()
    if row is None or row[1] != "gone" or fetched is None:
        return
    lead(db, article_id, url, fetch.at)
    evidence = "another address shows the article"
    note(
        db,
        Sight(
            article_id=article_id, state="here", evidence=evidence, url=url, at=fetch.at
        ),
    )


def failed(db: sqlite3.Connection, fetch: Fetch) -> None:
    """Note that an article's address says that there is nothing."""
    if fetch.status in GONE:
        _lost(db, fetch, "gone", GONE[fetch.status])


def rejected(db: sqlite3.Connection, fetch: Fetch, rejection: Rejection) -> None:
    """Note that an article's address shows a page that is no article."""
    is_moved = fetch.final_url not in (None, fetch.url)
    if rejection.reason in WALLS:
        _lost(db, fetch, "paywalled", f"{rejection.reason}: {rejection.detail}")
    elif is_moved and rejection.reason in ELSEWHERE:
        where = f"redirects to {fetch.final_url} ({rejection.reason})"
        _lost(db, fetch, "gone", where)
    elif rejection.reason == NOT_FOUND:
        _lost(db, fetch, "gone", f"{rejection.reason}: {rejection.detail}")


def replaced(db: sqlite3.Connection, fetch: Fetch, url: str) -> None:
    """Note that an article's address leads to another article now."""
    _lost(db, fetch, "gone", f"redirects to {fetch.final_url}, another article", url)


def unmodified(db: sqlite3.Connection, fetch: Fetch, article_id: int) -> None:
    """Note a 304: what the address showed last still stands, unless it was nothing."""
    row = _current(db, article_id)
    if row is not None and row[1] != "gone":
        _last(db, row[0], fetch.at)
    elif row is not None:
        sight = Sight(
            article_id=article_id,
            state="here",
            evidence="HTTP 304: not modified",
            url=fetch.url,
            at=fetch.at,
        )
        note(db, sight)


def _lost(
    db: sqlite3.Connection,
    fetch: Fetch,
    state: State,
    evidence: str,
    url: str | None = None,
) -> None:
    """Note that an address does not show its article, unless another one still does."""
    url = url or fetch.url
    if state == "gone" and pass_on(db, url, fetch.at):
        return
    row = db.execute(LONELY, (url,)).fetchone()
    if row is not None:
        sight = Sight(
            article_id=row[0], state=state, evidence=evidence, url=url, at=fetch.at
        )
        note(db, sight)


def note(db: sqlite3.Connection, sight: Sight) -> None:
    """Begin a spell, or let the current one last; being here begins none by itself."""
    row = _current(db, sight.article_id)
    if row is None and sight.state == "here":
        return
    if row is not None and row[1] == sight.state:
        _last(db, row[0], sight.at)
        return
    db.execute(
        "INSERT INTO states (article_id, state, evidence, url, first_seen_at,"
        " last_seen_at) VALUES (?, ?, ?, ?, ?, ?)",
        (
            sight.article_id,
            sight.state,
            sight.evidence,
            sight.url,
            sight.at,
            sight.at,
        ),
    )


def _current(db: sqlite3.Connection, article_id: int) -> tuple[int, str] | None:
    row: tuple[int, str] | None = db.execute(
        "SELECT id, state FROM states WHERE article_id = ? ORDER BY id DESC LIMIT 1",
        (article_id,),
    ).fetchone()
    return row


def _last(db: sqlite3.Connection, spell_id: int, at: str) -> None:
    db.execute(
        "UPDATE states SET last_seen_at = max(last_seen_at, ?) WHERE id = ?",
        (at, spell_id),
    )


def spells(db: sqlite3.Connection, article_id: int) -> tuple[Spell, ...]:
    """The spells of an article, oldest first; none if it has always been there."""
    rows = db.execute(
        "SELECT state, evidence, url, first_seen_at, last_seen_at FROM states"
        " WHERE article_id = ? ORDER BY id",
        (article_id,),
    )
    names = ("state", "evidence", "url", "first_seen_at", "last_seen_at")
    return tuple(Spell(**dict(zip(names, row, strict=True))) for row in rows)

"""The links of a revision's page go in and come out; addresses get their keys.

Functions on a connection, those that write on an open transaction; write.py owns it.
Where a link leads is never stored: the views of link_tables.py look it up by key, so
that a target may come before or after the link, or move, without anything going stale.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping

from archive.records import Link


def put_links(db: sqlite3.Connection, revision_id: int, links: Iterable[Link]) -> None:
    """Keep the links of the page that a revision was cut from, in place of others."""
    db.execute("DELETE FROM links WHERE revision_id = ?", (revision_id,))
    db.executemany(
        "INSERT INTO links (revision_id, position, role, url, text, key, is_list)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (revision_id, place, one.role, one.url, one.text, one.key, one.is_list)
            for place, one in enumerate(links)
        ],
    )


def page_links(db: sqlite3.Connection, revision_id: int) -> tuple[Link, ...]:
    """The links of the page that a revision was cut from, in its order."""
    rows = db.execute(
        "SELECT role, url, text, key, is_list FROM links"
        " WHERE revision_id = ? ORDER BY position",
        (revision_id,),
    )
    return tuple(
        Link(role=row[0], url=row[1], text=row[2], key=row[3], is_list=bool(row[4]))
        for row in rows
    )


def put_keys(db: sqlite3.Connection, keys: Mapping[str, int]) -> None:
    """Keep the numbers by which links find addresses; those not known are none."""
    db.executemany(
        "UPDATE urls SET key = ? WHERE url = ? AND key IS NOT ?",
        [(key, url, key) for url, key in keys.items()],
    )


def renew_keys(db: sqlite3.Connection, key_of: Callable[[str], int | None]) -> int:
    """Give every article's address its key anew; return how many had another one."""
    rows = db.execute("SELECT url, key FROM urls WHERE article_id IS NOT NULL")
    changed = [(key_of(url), url) for url, key in rows if key_of(url) != key]
    db.executemany("UPDATE urls SET key = ? WHERE url = ?", changed)
    return len(changed)

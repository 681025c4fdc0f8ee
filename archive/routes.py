"""A route's answer goes in; its row, and what to send when it is asked again, come out.

Functions on an open transaction. ETag and Last-Modified are sent back only where a 304
could hide nothing: after a crawl that dealt with everything, and by the same rules.
"""

from __future__ import annotations

import sqlite3
import zlib
from dataclasses import astuple, replace

from archive.records import RouteState


def put_route(
    db: sqlite3.Connection, route: RouteState, *, rules: str, complete: bool
) -> None:
    """Remember a route's answer; a 304 keeps what was known of its entries.

    Args:
        db: An open transaction.
        route: The answer.
        rules: Digest of the rules by which its entries were chosen.
        complete: Whether its crawl dealt with everything that the routes named.
    """
    if not complete:
        route = replace(route, etag=None, last_modified=None, named=None)
    db.execute(
        "INSERT INTO routes (url, site, kind, fetched_at, status, entries, etag,"
        " last_modified, problem, named, rules)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        " ON CONFLICT (url) DO UPDATE SET fetched_at = excluded.fetched_at,"
        " site = excluded.site, kind = excluded.kind, rules = excluded.rules,"
        " status = excluded.status, problem = excluded.problem,"
        " named = coalesce(excluded.named, named),"
        " entries = iif(?12, entries, excluded.entries),"
        " etag = iif(?12, etag, excluded.etag),"
        " last_modified = iif(?12, last_modified, excluded.last_modified)",
        (*astuple(route)[:-1], _packed(route.named), rules, route.is_unchanged),
    )


def named(db: sqlite3.Connection, url: str) -> list[str]:
    """What a route named in the last crawl that left nothing over, in its order."""
    row = db.execute("SELECT named FROM routes WHERE url = ?", (url,)).fetchone()
    if row is None or row[0] is None:
        return []
    return zlib.decompress(row[0]).decode().splitlines()


def ever_named(db: sqlite3.Connection, site: str) -> list[str]:
    """What the routes of a site named when they were last read, each address once."""
    rows = db.execute("SELECT url FROM routes WHERE site = ? ORDER BY url", (site,))
    found = (url for (route,) in rows.fetchall() for url in named(db, route))
    return list(dict.fromkeys(found))


def _packed(named: tuple[str, ...] | None) -> bytes | None:
    """Addresses as they are kept: a sitemap may name 50,000 of them."""
    return None if named is None else zlib.compress("\n".join(named).encode())


def validators(
    db: sqlite3.Connection, url: str, *, kind: str, rules: str
) -> tuple[str | None, str | None]:
    """ETag and Last-Modified of a route's last complete answer, read in the same way.

    Args:
        db: An open transaction.
        url: The route's address.
        kind: How its answer is going to be read.
        rules: Digest of the rules by which its entries are going to be chosen.
    """
    row = db.execute(
        "SELECT etag, last_modified FROM routes"
        " WHERE url = ? AND kind = ? AND rules = ?",
        (url, kind, rules),
    ).fetchone()
    return (row[0], row[1]) if row else (None, None)

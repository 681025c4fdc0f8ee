"""An address goes in; what the archive shows for it, text or reason, comes out."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from archive.snapshot import snapshot


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What is known of an address that has been fetched or claimed."""

    text: str | None
    """Headline, standfirst and body of its article; None if it shows none."""
    rejected: str | None
    """Why its page is no article; None if it was not rejected."""


def shown_at(connection: sqlite3.Connection, url: str) -> Shown | None:
    """What a normalised address shows; None if the archive does not know it."""
    with snapshot(connection):
        row = connection.execute(
            "SELECT r.headline, r.standfirst, r.body, j.reason FROM urls u"
            " LEFT JOIN articles a ON a.id = u.article_id"
            " LEFT JOIN revisions r ON r.id = a.revision_id"
            " LEFT JOIN rejected j ON j.url = u.url WHERE u.url = ?",
            (url,),
        ).fetchone()
    if row is None:
        return None
    headline, standfirst, body, reason = row
    if headline is None:
        return Shown(text=None, rejected=reason)
    lines = (headline, standfirst, body)
    return Shown(text="\n".join(line for line in lines if line), rejected=None)

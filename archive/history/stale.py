"""What is to be cut again goes in; the numbers of its captures come out, by site.

A capture is stale where its cut was made by other rules or from another profile than
today's. What memory has learned since is asked elsewhere (memory.py, `outdated`).
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from archive.records import Maker

Makers = Callable[[str, str], Maker]
"""Name and home page of a site to what cuts its pages today."""

QUERY = """
SELECT c.id, c.site, s.home, coalesce(r.extractor, j.extractor),
  coalesce(r.profile, j.profile)
FROM captures c
JOIN sites s ON s.name = c.site
LEFT JOIN revisions r ON r.capture_id = c.id
LEFT JOIN rejected j ON j.capture_id = c.id
WHERE c.part_of IS NULL AND (r.id IS NOT NULL OR j.url IS NOT NULL)
  AND (:since IS NULL OR c.fetched_at >= :since)
  AND (:until IS NULL OR c.fetched_at < :until)
  AND (:article_id IS NULL OR r.article_id = :article_id)
ORDER BY c.id
"""
"""As QUERY in stored.py, without what is needed to cut: an archive has many."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which captures a re-extraction is asked for."""

    sites: tuple[str, ...] = ()
    """Of these sites; empty for all."""
    since: str | None = None
    """Fetched at this instant or later, UTC, as captures.fetched_at; None for all."""
    until: str | None = None
    """Fetched before this instant; None for all."""
    article_id: int | None = None
    """That an article's revisions were cut from; None for all."""
    everything: bool = False
    """Those too that were cut as they would be today."""

    def with_everything(self) -> Wanted:
        """The same with those that were cut as they would be today."""
        return replace(self, everything=True)


def stale(
    db: sqlite3.Connection, wanted: Wanted, makers: Makers
) -> dict[str, Sequence[int]]:
    """Numbers of the captures to cut again, by site and oldest first.

    Args:
        db: The archive.
        wanted: Which.
        makers: What cuts the pages of a site today.
    """
    today: dict[str, Maker] = {}
    found: dict[str, array[int]] = {}
    values = {
        "since": wanted.since,
        "until": wanted.until,
        "article_id": wanted.article_id,
    }
    for number, site, home, extractor, profile in db.execute(QUERY, values):
        if wanted.sites and site not in wanted.sites:
            continue
        if site not in today:
            today[site] = makers(site, home)
        if wanted.everything or today[site] != Maker(
            extractor=extractor, profile=profile
        ):
            found.setdefault(site, array("q")).append(number)
    return dict(found)

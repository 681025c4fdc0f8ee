"""A crawl's end goes in; what the site's pages teach is learned, and cut again.

While a site is crawled its memory stays as it is; at the end it is learned from all
that is stored, and revisions with a line of which something else is known now are cut
again: every order of arrival ends in the same archive. Nothing is lost by a kill: what
was learned is committed first, and what is still to be cut again is found by the
version of the memory that each revision was cut with.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import signals

from archive import sessions
from archive.due import iso
from archive.errors import ArchiveError
from pipelines import workers
from pipelines.changes.decide import change_of
from pipelines.copies.compare import compare_all
from pipelines.journal import Journal
from pipelines.reextract import ProfileOf, Reextraction
from pipelines.rejoin import rejoin
from pipelines.remember import learn
from pipelines.succeed import succeed
from pipelines.words import words_key

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

    from archive.identity.twins import Born
    from archive.memories import Memories
    from archive.write import Archive
    from crawler.sites.profile import Profile
    from pipelines.workers import Workers

logger = logging.getLogger(__name__)

PIECE = 200
"""Captures that are asked for at once: of a large site not all fit in memory."""


async def settle(
    archive: Archive,
    site: str,
    profile_of: ProfileOf,
    pool: Workers,
    journal: Journal | None = None,
) -> int:
    """Learn of a site, and cut again what was cut before something was learned.

    Args:
        archive: Where the site is.
        site: Which one.
        profile_of: The profile for a site.
        pool: Worker processes.
        journal: Is told what is written before it is.

    Returns:
        How many cuts are other ones now.
    """
    archive.memories.follow_leaders(site)
    changed = await _cut_outdated(archive, site, profile_of, pool, journal)
    learned = learn(archive.memories, site)
    archive.commit()
    changed += await _cut_outdated(archive, site, profile_of, pool, journal)
    await compare_all(archive)
    if learned or changed:
        logger.info("%s: %d lines learned, %d cuts changed", site, learned, changed)
    return changed


async def settle_all(archive: Archive, profile: Profile, pool: Workers) -> None:
    """Settle the memory of a site whose run has ended, and what follows from it."""
    await settle(archive, profile.name, lambda name, home: profile, pool)
    rejoin(archive, profile.name, at=iso(datetime.now(UTC)))
    await succeed(archive, profile, pool)
    # Only here: what an earlier crawl found may have been cited since.
    join_twins(archive.memories, profile.name)
    withdraw_unedited(archive, profile.name)
    archive.commit()
    await compare_all(archive)  # again: of twins there is one text less


def join_twins(memories: Memories, site: str) -> None:
    """Make one what is one article, now that the furniture is out of both."""
    found: dict[tuple[str, str], list[Born]] = defaultdict(list)
    for one in memories.born(site):
        found[words_key(one.headline), one.body_digest].append(one)
    for alike in found.values():
        kept, *others = sorted(alike, key=lambda one: (one.names_itself, one.url))
        if others:
            memories.merge(kept.article_id, [o.article_id for o in others])


def withdraw_unedited(archive: Archive, site: str) -> int:
    """Take back what the last crawl took for edits and has learned to be furniture."""
    withdrawn = 0
    for pair in archive.last_edits(site):
        before, after = archive.text(pair.older), archive.text(pair.newer)
        if not change_of(before, after).is_revision:
            archive.withdraw(pair)
            withdrawn += 1
    if withdrawn:
        archive.memories.recount_last(site)
    return withdrawn


async def _cut_outdated(
    archive: Archive,
    site: str,
    profile_of: ProfileOf,
    pool: Workers,
    journal: Journal | None = None,
) -> int:
    outdated = archive.memories.outdated(site)
    pieces = (outdated[n : n + PIECE] for n in range(0, len(outdated), PIECE))
    stored = (one for ids in pieces for one in archive.captures_of(ids))
    job = Reextraction(archive, pool, profile_of, rewrites=True, journal=journal)
    report = await job.run(stored, lambda report: None)
    for why in report.unreadable:
        logger.warning("%s: not cut again: %s", site, why)
    return report.changed


class Settling:
    """Scrapy adapter of `settle`: at the end of each crawl that was not stopped."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawler.signals.connect(self.ended, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Settling:
        """Wait for the end of a crawl."""
        return cls(crawler)

    async def ended(self, spider: Spider, reason: str) -> None:
        """Settle the site's memory; a stopped crawl leaves that to the next one."""
        if reason == "finished" and hasattr(spider, "crawl_id"):
            await self._settle(spider)

    async def _settle(self, spider: Spider) -> None:
        profile: Profile = spider.profile  # type: ignore[attr-defined]
        archive = sessions.acquire(Path(self.crawler.settings["ARCHIVE"]))
        pool = workers.acquire()
        try:
            await settle_all(archive, profile, pool)
        except ArchiveError as error:
            logger.error("%s: memory could not be kept: %s", profile.name, error)
        finally:
            workers.release()
            sessions.release(archive)

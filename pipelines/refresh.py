"""An article that differs from the archived one goes in; it comes out comparable.

Texts that different extractors, or different memories, cut from one page may differ.
So before a difference is judged, the archived text is cut again from its own capture as
the new one was: what then still differs has changed in the article. This is done before
the address is identified: from there to the store a page is decided in one go.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from archive import sessions
from archive.errors import ArchiveError
from pipelines import workers
from pipelines.identify import digests, place_of
from pipelines.reextract import Reextraction

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from archive.write import Archive
    from crawler.sites.profile import Profile
    from pipelines.draft import Draft
    from pipelines.workers import Workers

logger = logging.getLogger(__name__)


def outdated(draft: Draft, archive: Archive) -> int | None:
    """The revision that has to be cut again before it is compared; None if none has."""
    if draft.article is None:
        return None
    place = place_of(draft, draft.article)
    found = (archive.article_at(url) for url in (place.final, *place.passed))
    known = next((one for one in found if one is not None), None)
    if known is None or known.text_digest == digests(draft.article).text:
        return None
    made = archive.made(known.article_id)
    if (made.maker, made.memory) == (draft.maker, draft.memory):
        return None
    return made.revision_id


async def refresh(
    draft: Draft, archive: Archive, profile: Profile, pool: Workers
) -> None:
    """Cut the archived text again if it was not cut as this one."""
    revision_id = outdated(draft, archive)
    if revision_id is None:
        return
    job = Reextraction(archive, pool, lambda name, home: profile, rewrites=True)
    report = await job.run(archive.captures_of([revision_id]), lambda report: None)
    for why in report.unreadable:
        logger.warning("compared as it was cut before: %s", why)


class RefreshStage:
    """Scrapy adapter of `refresh`."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.archive = sessions.acquire(Path(crawler.settings["ARCHIVE"]))
        self.workers = workers.acquire()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RefreshStage:
        """Share the process's open archive and worker pool."""
        return cls(crawler)

    async def process_item(self, item: Draft) -> Draft:
        """Make one article comparable; where that fails it is compared as it is."""
        profile: Profile = self.crawler.spider.profile  # type: ignore[union-attr]
        try:
            await refresh(item, self.archive, profile, self.workers)
        except ArchiveError as error:
            logger.warning("not cut again: %s", error)
        return item

    def close_spider(self) -> None:
        """Let the archive and the pool go."""
        workers.release()
        sessions.release(self.archive)

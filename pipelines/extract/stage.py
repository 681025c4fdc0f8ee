"""A kept `Draft` goes in; the same with its article cut out comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from archive import sessions
from archive.records import Fetch, Rejection
from pipelines import workers
from pipelines.draft import Draft
from pipelines.errors import ExtractionFailed
from pipelines.extract.learned.memory import Memory
from pipelines.made import maker
from pipelines.remember import memory_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.sites.profile import Profile
    from pipelines.workers import Workers


async def cut_out(
    draft: Draft, profile: Profile, memory: Memory, pool: Workers
) -> Draft:
    """Cut and judge the article in a worker; a failure is noted, never raised."""
    try:
        cut = await pool.extract(draft.page, profile, memory)
    except ExtractionFailed as error:
        return replace(draft, failure=error.why)
    return replace(
        draft,
        fetch=refused(draft.fetch, cut.refusals),
        article=cut.article,
        rejection=cut.rejection,
        lesson=cut.lesson,
        memory=memory.version,
        maker=maker(profile),
        signature=cut.signature,
    )


def refused(fetch: Fetch, refusals: Sequence[Rejection | None]) -> Fetch:
    """A fetch with the further pages marked whose text is not in the article."""
    if not refusals:
        return fetch
    pairs = zip(fetch.parts, refusals, strict=True)
    return replace(fetch, parts=tuple(replace(p, refusal=no) for p, no in pairs))


class ExtractStage:
    """Scrapy adapter of `cut_out`; site memory stays the same during a crawl."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.workers = workers.acquire()
        self._memory: Memory | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ExtractStage:
        """Share this process's worker pool."""
        return cls(crawler)

    async def process_item(self, item: Draft) -> Draft:
        """Cut one page."""
        profile: Profile = self.crawler.spider.profile  # type: ignore[union-attr]
        return await cut_out(item, profile, self.memory(profile.name), self.workers)

    def memory(self, site: str) -> Memory:
        """What the archive remembers of the site, as of its first page."""
        if self._memory is None:
            archive = sessions.acquire(Path(self.crawler.settings["ARCHIVE"]))
            try:
                self._memory = memory_of(archive.memories, site)
            finally:
                sessions.release(archive)
        return self._memory

    def close_spider(self) -> None:
        """Let the pool go."""
        workers.release()

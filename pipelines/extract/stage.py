"""A kept `Draft` goes in; the same with its article cut out comes out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines import workers
from pipelines.draft import Draft
from pipelines.errors import ExtractionFailed

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.sites.profile import Profile
    from pipelines.workers import Workers


async def cut_out(draft: Draft, profile: Profile, pool: Workers) -> Draft:
    """Cut and judge the article in a worker; a failure is noted, never raised."""
    try:
        cut = await pool.extract(draft.page, profile)
    except ExtractionFailed as error:
        return replace(draft, failure=error.why)
    return replace(draft, article=cut.article, rejection=cut.rejection)


class ExtractStage:
    """Scrapy adapter of `cut_out`."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.workers = workers.acquire()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ExtractStage:
        """Share this process's worker pool."""
        return cls(crawler)

    async def process_item(self, item: Draft) -> Draft:
        """Cut one page."""
        profile: Profile = self.crawler.spider.profile  # type: ignore[union-attr]
        return await cut_out(item, profile, self.workers)

    def close_spider(self) -> None:
        """Let the pool go."""
        workers.release()

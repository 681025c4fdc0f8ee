"""A running crawl goes in; a commit at least every half second comes out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import signals

from archive import sessions
from archive.errors import ArchiveError
from archive.write import BATCH_SECONDS

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class Commits:
    """Commits what was recorded while nothing more arrives; stops a crawl that can't."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._task: asyncio.Task[None] | None = None
        crawler.signals.connect(self.start, signal=signals.spider_opened)
        crawler.signals.connect(self.stop, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Commits:
        """Connect to a crawler's signals."""
        return cls(crawler)

    def start(self) -> None:
        """Begin to watch the archive."""
        self.archive = sessions.acquire(Path(self.crawler.settings["ARCHIVE"]))
        self._task = asyncio.get_running_loop().create_task(self._watch())

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(BATCH_SECONDS / 2)
            try:
                self.archive.commit_if_due()
            except ArchiveError as error:
                logger.error("the crawl stops: %s", error)
                engine = self.crawler.engine
                if engine is not None:
                    await engine.close_spider_async(reason="archive unwritable")
                return

    async def stop(self) -> None:
        """End watching and let the archive go."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        sessions.release(self.archive)

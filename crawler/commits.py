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
    from twisted.python.failure import Failure

logger = logging.getLogger(__name__)

UNWRITABLE = "archive unwritable"
"""Reason with which a crawl closes, and the stat that tells what was wrong."""


class Commits:
    """Commits what was recorded, also while nothing more arrives."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._task: asyncio.Task[None] | None = None
        self._ending: asyncio.Task[None] | None = None
        crawler.signals.connect(self.start, signal=signals.spider_opened)
        crawler.signals.connect(self.stop, signal=signals.spider_closed)
        crawler.signals.connect(self.item_failed, signal=signals.item_error)

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
                self.give_up(error)

    def item_failed(self, failure: Failure) -> None:
        """Stop where a stage could not write."""
        if isinstance(failure.value, ArchiveError):
            self.give_up(failure.value)

    def give_up(self, error: ArchiveError) -> None:
        """Stop the crawl: nothing that it fetches could be kept."""
        if self._ending is not None:
            return
        logger.error("the crawl stops: %s", error)
        stats, engine = self.crawler.stats, self.crawler.engine
        assert stats is not None and engine is not None  # noqa: S101 - it crawls
        stats.set_value(UNWRITABLE, error)
        self._ending = asyncio.get_running_loop().create_task(
            engine.close_spider_async(reason=UNWRITABLE)
        )

    async def stop(self) -> None:
        """End watching and let the archive go."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        sessions.release(self.archive)

"""A crawl that is to stop goes in; its end within seconds comes out.

Scrapy waits for every request it has begun, those that wait for their turn included:
with a delay of some seconds that is minutes. Here what has not been sent is given up
at once, and what was sent after a short grace. Given-up addresses are left over, to be
fetched by the next crawl.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from scrapy.core.downloader import Slot
    from scrapy.core.engine import ExecutionEngine
    from scrapy.crawler import Crawler

ABANDON = object()
"""Signal: end the downloads that are under way."""
LOOK_SECONDS = 0.2
GRACE_SECONDS = 3.0
"""How long an answer may still take after the crawl was told to stop."""


class Abandoned(IgnoreRequest):
    """A request given up because the crawl stops; no outcome of its address."""

    def __str__(self) -> str:
        """Say why."""
        return "the crawl was stopped"


def is_stopping(crawler: Crawler) -> bool:
    """Whether a crawl takes nothing more on."""
    engine = crawler.engine
    if engine is None or engine._slot is None:
        return True
    return engine._slot.closing is not None


class Stopping:
    """Watches a crawl, and ends what it has begun once it is to stop."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._task: asyncio.Task[None] | None = None
        crawler.signals.connect(self.start, signal=signals.spider_opened)
        crawler.signals.connect(self.stop, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Stopping:
        """Connect to a crawler's signals."""
        return cls(crawler)

    def start(self) -> None:
        """Begin to watch."""
        self._task = asyncio.get_running_loop().create_task(self._watch())

    async def _watch(self) -> None:
        waited_seconds = 0.0
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            engine = self.crawler.engine
            if engine is None or not is_stopping(self.crawler):
                continue
            give_up_queued(engine)
            waited_seconds += LOOK_SECONDS
            if waited_seconds >= GRACE_SECONDS:
                self.crawler.signals.send_catch_log(signal=ABANDON)

    async def stop(self) -> None:
        """End watching."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task


def give_up_queued(engine: ExecutionEngine) -> None:
    """Fail the requests that wait for their host's turn."""
    for slot in list(engine.downloader.slots.values()):
        _empty(slot)


def _empty(slot: Slot) -> None:
    while slot.queue:
        _, answer = slot.queue.popleft()
        answer.errback(Abandoned())

"""A plan of sites goes in; their crawls, in one process, and their counts come out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable, Sequence

from scrapy.crawler import AsyncCrawlerProcess, AsyncCrawlerRunner

from archive import sessions
from archive.errors import ArchiveError
from cli.plan import Job, Plan, Tally, jobs_of, settings_of
from crawler.commits import UNWRITABLE
from crawler.ending import LIMIT
from pipelines import workers

logger = logging.getLogger(__name__)

TICK_SECONDS = 0.5
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
ENDED = ("finished", "stopped", "failed")

Watcher = Callable[[Sequence[Tally]], None]


def quieten() -> None:
    """Give Scrapy's loggers the root's level again, which its set-up changes."""
    level = max(logging.getLogger().level, logging.INFO)
    for name in ("scrapy", "twisted"):
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    # It prints a traceback where robots.txt cannot be had; our middleware tells that.
    robots = logging.getLogger("scrapy.downloadermiddlewares.robotstxt")
    robots.setLevel(logging.CRITICAL)


def run(plan: Plan, watch: Watcher) -> list[Tally]:
    """Crawl every site of a plan; return their counts.

    Ctrl-C stops it within seconds and loses nothing; a second one stops it at once.

    Args:
        plan: What to crawl.
        watch: Called about twice a second with the counts so far.

    Raises:
        ArchiveLocked: Another process writes the archive.
        ArchiveUnreadable: The archive cannot be opened or made.
        ArchiveWriteError: The archive could not be written; the crawl was stopped.
        MissingContact: A public site is to be crawled and there is no contact.
        InvalidSetting: The contact cannot be used.
    """
    jobs, settings = jobs_of(plan), settings_of(plan)
    shared = sessions.acquire(plan.db)
    workers.acquire().start()
    workers.collect_seldom()
    try:
        process = AsyncCrawlerProcess(settings)
        quieten()
        conductor = Conductor(process, jobs, plan.sites_at_once, watch)
        loop = asyncio.get_event_loop()
        task = loop.create_task(conductor.conduct())
        process._active.add(task)  # so that start() waits for all, not for the first
        task.add_done_callback(process._active.discard)
        for number in STOP_SIGNALS:
            loop.add_signal_handler(number, conductor.stop)
        process.start(install_signal_handlers=False)
        shared.commit()
    finally:
        workers.release()
        sessions.release(shared)
    if task.done() and not task.cancelled():
        task.result()
    if conductor.unwritable:
        raise conductor.unwritable
    conductor.close_books()
    return [job.tally for job in jobs]


class Conductor:
    """Starts the crawls of a run, some at once, and keeps their counts."""

    def __init__(
        self,
        process: AsyncCrawlerRunner,
        jobs: list[Job],
        at_once: int,
        watch: Watcher,
    ) -> None:
        self.process = process
        self.jobs = jobs
        self.watch = watch
        self.unwritable: ArchiveError | None = None
        """What was wrong where the archive could not be written."""
        self._free = asyncio.Semaphore(at_once)
        self._stopped = False
        self._stops: dict[int, asyncio.Task[None]] = {}

    def stop(self) -> None:
        """Stop all crawls; when called again, end the process's loop at once."""
        if self._stopped and isinstance(self.process, AsyncCrawlerProcess):
            self.process._stop_reactor()
        self._stopped = True
        for job in self.jobs:
            if job.tally.state == "crawling":
                job.tally.state = "stopping"
        self._look()
        self._stop_running()

    def _stop_running(self) -> None:
        """Stop the crawls that have begun; one that is just beginning comes later."""
        for number, job in enumerate(self.jobs):
            engine = job.crawler._engine if job.crawler else None
            if engine is not None and engine.running and number not in self._stops:
                loop = asyncio.get_running_loop()
                self._stops[number] = loop.create_task(engine.stop_async())

    def close_books(self) -> None:
        """Give every site that was not ended its last state."""
        for job in self.jobs:
            if job.tally.state not in ENDED:
                job.tally.state = "stopped"

    async def conduct(self) -> None:
        """Run every job, telling the watcher meanwhile."""
        ticker = asyncio.get_running_loop().create_task(self._tick())
        try:
            await asyncio.gather(*(self._one(job) for job in self.jobs))
        finally:
            ticker.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await ticker
            self._look()

    async def _one(self, job: Job) -> None:
        async with self._free:
            if self._stopped:
                job.tally.state = "stopped"
                return
            job.crawler = self.process.create_crawler(job.spider)
            job.began = asyncio.get_running_loop().time()
            job.tally.state = "crawling"
            try:
                await self.process.crawl(job.crawler, **job.arguments)
            except Exception as error:
                logger.debug("%s failed", job.tally.site, exc_info=error)
                job.tally.problems.append(f"{type(error).__name__}: {error}")
                job.tally.state = "failed"
            self._end(job)

    def _end(self, job: Job) -> None:
        self._count(job)
        tally, crawler = job.tally, job.crawler
        job.crawler = None
        if crawler is None or crawler.spider is None:
            return
        tally.problems += getattr(crawler.spider, "problems", [])
        tally.failures += getattr(crawler.spider, "failures", ())
        value = crawler.stats.get_value
        if unwritable := value(UNWRITABLE):
            self.unwritable, self._stopped = unwritable, True
            self._stop_running()
        if tally.state not in ENDED:
            reason = str(value("finish_reason") or "")
            tally.limit = reason if reason.startswith(LIMIT) else ""
            unbegun = "stopped" if reason == "shutdown" else "failed"
            tally.state = getattr(crawler.spider, "finish", None) or unbegun

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            if self._stopped:
                self._stop_running()
            self._look()

    def _look(self) -> None:
        for job in self.jobs:
            if job.crawler is not None:
                self._count(job)
        self.watch([job.tally for job in self.jobs])

    def _count(self, job: Job) -> None:
        tally, spider = job.tally, job.crawler.spider if job.crawler else None
        if job.crawler is None or spider is None:
            return
        stats, frontier = job.crawler.stats, getattr(spider, "frontier", ())
        value = stats.get_value
        tally.found = len(frontier)
        tally.known = getattr(spider, "known", 0)
        tally.routes = len(getattr(spider, "route_states", ()))
        tally.unchanged_routes = getattr(spider, "unchanged_routes", 0)
        tally.stored = value("store/stored", 0) + value("store/revised", 0)
        tally.rejected = value("validate/rejected", 0)
        tally.errors = value("fetch/failed", 0) + value("fetch/disallowed", 0)
        same = value("store/unchanged", 0) + value("store/alias", 0)
        tally.fetched = tally.stored + tally.rejected + tally.errors + same
        tally.seconds = asyncio.get_running_loop().time() - job.began

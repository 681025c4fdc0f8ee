"""A plan of sites goes in; they are crawled in one process, and their counts come out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ada_url import URL
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

import crawler.settings
from archive import sessions
from crawler.addresses import (
    DEFAULT_PORTS,
    is_allowed,
    is_public,
    literal,
    parse_allowed,
)
from crawler.errors import MissingContact
from crawler.settings import user_agent
from crawler.sites.profile import Profile, generic
from crawler.spiders.making import spider_for
from crawler.spiders.web import WebSpider
from pipelines import workers

if TYPE_CHECKING:
    from crawler.spiders.site import SiteSpider

SITES_AT_ONCE = 8
TICK_SECONDS = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What one run is to crawl, and how."""

    db: Path
    profiles: tuple[Profile, ...] = ()
    start_urls: tuple[str, ...] = ()
    """Start pages of sites without a profile."""
    allow_private: tuple[str, ...] = ()
    contact: str = ""
    max_pages: int | None = None
    """Overrides every profile's limit; None keeps them."""
    sites_at_once: int = SITES_AT_ONCE


@dataclass(kw_only=True, slots=True)
class Tally:
    """One site's counts while it is crawled, for the progress display."""

    site: str
    title: str
    state: str = "waiting"
    """waiting, crawling, finished, stopped or failed."""
    found: int = 0
    fetched: int = 0
    stored: int = 0
    rejected: int = 0
    errors: int = 0
    known: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Pages fetched a second."""
        return self.fetched / self.seconds if self.seconds else 0.0


@dataclass(kw_only=True, slots=True)
class Job:
    """One site of a run."""

    spider: type[SiteSpider]
    arguments: dict[str, str]
    tally: Tally
    crawler: Crawler | None = None
    began: float = 0.0


Watcher = Callable[[Sequence[Tally]], None]


def jobs_of(plan: Plan) -> list[Job]:
    """The spiders of a plan, one a site.

    Raises:
        MissingContact: A public site is to be crawled and there is no contact.
        InvalidUrl: A start page's address cannot be read.
    """
    profiles = [(profile, "") for profile in plan.profiles]
    profiles += [(unprofiled(url, plan), url) for url in plan.start_urls]
    if plan.max_pages is not None:
        profiles = [(replace(p, max_pages=plan.max_pages), u) for p, u in profiles]
    if not plan.contact and any(is_live(p, plan) for p, _ in profiles):
        raise MissingContact("CUTTINGS_CONTACT")
    return [
        Job(
            spider=spider_for(profile, WebSpider) if url else spider_for(profile),
            arguments={"start_url": url} if url else {},
            tally=Tally(site=profile.name, title=profile.title),
        )
        for profile, url in profiles
    ]


def unprofiled(url: str, plan: Plan) -> Profile:
    """The profile of a site without one; an own machine needs no delay."""
    profile = generic(url)
    return replace(profile, delay_seconds=0.0) if is_own(profile, plan) else profile


RESERVED = ("localhost", "test", "invalid", "example")
"""Top-level names that never lead to a publisher (RFC 2606, RFC 6761)."""


def is_live(profile: Profile, plan: Plan) -> bool:
    """Whether a crawl would reach a publisher, who must be able to reach us."""
    host = URL(profile.home).hostname.strip("[]").rstrip(".")
    address = literal(host)
    if address is not None:
        return is_public(address)
    return host.split(".")[-1] not in RESERVED and not is_own(profile, plan)


def is_own(profile: Profile, plan: Plan) -> bool:
    """Whether a site lies at an unpublic address that the operator named."""
    parsed = URL(profile.home)
    port = int(parsed.port) if parsed.port else DEFAULT_PORTS[parsed.protocol]
    rules = [parse_allowed(text) for text in plan.allow_private]
    host = parsed.hostname.strip("[]")
    address = literal(host)
    if address is None:
        return any(rule.host == host and rule.port == port for rule in rules)
    return is_allowed(host, port, address, rules)


def settings_of(plan: Plan) -> Settings:
    """Scrapy's settings for a plan."""
    settings = Settings()
    settings.setmodule(crawler.settings, priority="project")
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
    settings.set("ARCHIVE", str(plan.db), priority="cmdline")
    settings.set("ALLOW_PRIVATE", list(plan.allow_private), priority="cmdline")
    settings.set("USER_AGENT", user_agent(plan.contact), priority="cmdline")
    return settings


def quieten() -> None:
    """Give Scrapy's loggers the root's level again, which its set-up changes."""
    level = max(logging.getLogger().level, logging.INFO)
    for name in ("scrapy", "twisted"):
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def run(plan: Plan, watch: Watcher) -> list[Tally]:
    """Crawl every site of a plan; return their counts. Ctrl-C stops it cleanly.

    Args:
        plan: What to crawl.
        watch: Called about twice a second with the counts so far.

    Raises:
        ArchiveLocked: Another process writes the archive.
        ArchiveUnreadable: The archive cannot be opened or made.
        MissingContact: A public site is to be crawled and there is no contact.
    """
    jobs = jobs_of(plan)
    shared = sessions.acquire(plan.db)
    workers.acquire()
    try:
        process = AsyncCrawlerProcess(settings_of(plan))
        quieten()
        conductor = Conductor(process, jobs, plan.sites_at_once, watch)
        loop = asyncio.get_event_loop()
        task = loop.create_task(conductor.conduct())
        process._active.add(task)  # so that start() waits for all, not for the first
        task.add_done_callback(process._active.discard)
        process.start()
        if task.done() and not task.cancelled() and task.exception():
            raise task.exception()  # type: ignore[misc]  # checked just above
    finally:
        workers.release()
        sessions.release(shared)
    return [job.tally for job in jobs]


class Conductor:
    """Starts the crawls of a run, some at once, and keeps their counts."""

    def __init__(
        self,
        process: AsyncCrawlerProcess,
        jobs: list[Job],
        at_once: int,
        watch: Watcher,
    ) -> None:
        self.process = process
        self.jobs = jobs
        self.watch = watch
        self._free = asyncio.Semaphore(at_once)
        self._stopped = False

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
                job.tally.problems.append(f"{type(error).__name__}: {error}")
                job.tally.state = "failed"
            self._end(job)

    def _end(self, job: Job) -> None:
        self._count(job)
        spider = job.crawler.spider if job.crawler else None
        reason = None
        if job.crawler is not None and spider is not None:
            reason = job.crawler.stats.get_value("finish_reason")
        if reason == "shutdown":
            self._stopped = True
        job.tally.problems += getattr(spider, "problems", [])
        if job.tally.state == "crawling":
            job.tally.state = state_of(reason, job.tally)
        job.crawler = None

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
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
        tally.stored = value("store/stored", 0) + value("store/revised", 0)
        tally.rejected = value("validate/rejected", 0)
        tally.errors = value("fetch/failed", 0) + value("fetch/disallowed", 0)
        same = value("store/unchanged", 0) + value("store/alias", 0)
        tally.fetched = tally.stored + tally.rejected + tally.errors + same
        tally.seconds = asyncio.get_running_loop().time() - job.began


def state_of(reason: object, tally: Tally) -> str:
    """How a crawl ended: judged by its counts, not by Scrapy's reason alone."""
    if reason != "finished":
        return "stopped" if reason in ("shutdown", "closespider_timeout") else "failed"
    found_nothing = tally.found == 0 and bool(tally.problems)
    all_failed = tally.fetched > 0 and tally.fetched == tally.errors
    return "failed" if found_nothing or all_failed else "finished"

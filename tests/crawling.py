"""Profiles or start pages go in; a whole crawl inside the test's process comes out.

Everything is as in the command but the outermost layer: Scrapy's download handler that
needs no Twisted reactor, so that one process can run many crawls.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner

from archive import sessions
from archive.database import open_for_reading
from archive.errors import ArchiveWriteError
from cli.plan import Plan, Tally, jobs_of, settings_of
from cli.run import Conductor, quieten
from crawler.sites.load import load_all
from crawler.sites.profile import Profile
from pipelines import workers

HANDLER = "scrapy.core.downloader.handlers._aiohttp.AiohttpDownloadHandler"
IN_PROCESS: Mapping[str, Any] = {
    "TWISTED_REACTOR_ENABLED": False,
    "DOWNLOAD_HANDLERS": {"http": HANDLER, "https": HANDLER},
    "DOWNLOAD_TIMEOUT": 3,
}
_pool: list[workers.Workers] = []
_loop = asyncio.Runner()
"""One event loop for all crawls: what processes share is bound to it."""


def crawl(plan: Plan, settings: Mapping[str, Any] | None = None) -> list[Tally]:
    """Crawl what a plan names, in this process; return the counts of each site."""
    if not _pool:
        _pool.append(workers.acquire())  # its processes serve all tests
        atexit.register(_loop.close)
        atexit.register(workers.release)
    jobs = jobs_of(plan)
    chosen = settings_of(plan)
    for name, value in {**IN_PROCESS, **(settings or {})}.items():
        chosen.set(name, value, priority="cmdline")
    shared = sessions.acquire(plan.db)

    async def conduct() -> None:
        runner = AsyncCrawlerRunner(chosen)
        quieten()
        await Conductor(runner, jobs, plan.sites_at_once, lambda _: None).conduct()

    try:
        _loop.run(conduct())
    finally:
        sessions.release(shared)
    return [job.tally for job in jobs]


def crawl_url(
    db: Path, url: str, *allowed: str, settings: Mapping[str, Any] | None = None
) -> Tally:
    """Crawl a site without a profile; return its counts."""
    plan = Plan(db=db, start_urls=(url,), allow_private=allowed)
    return crawl(plan, settings)[0]


def crawl_site(
    db: Path, profile: Profile, *allowed: str, settings: Mapping[str, Any] | None = None
) -> Tally:
    """Crawl one site by its profile; return its counts."""
    plan = Plan(db=db, profiles=(profile,), allow_private=allowed)
    return crawl(plan, settings)[0]


def profile_of(home: str, **more: Any) -> Profile:
    """A profile made up for a test, without a delay."""
    given: dict[str, Any] = {"name": "weekly", "title": "Weekly", "delay_seconds": 0.0}
    return Profile(home=home, **{**given, **more})


def profiles_in(folder: Path) -> tuple[Profile, ...]:
    """The profiles of a folder; none may be broken."""
    loaded = load_all(folder)
    assert not loaded.problems
    return loaded.profiles


def rows(db: Path, query: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
    """The answer of a query."""
    with closing(open_for_reading(db)) as connection:
        return [tuple(row) for row in connection.execute(query, tuple(values))]


def outcomes(db: Path) -> dict[str, str]:
    """Each address's path with its last outcome and the reason, if there is one."""
    found = rows(db, "SELECT url, outcome, reason FROM fetches ORDER BY crawl_id")
    return {_path(url): f"{out}: {why}" if why else out for url, out, why in found}


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def headlines(db: Path) -> list[str]:
    """The headlines of all articles, sorted."""
    return sorted(row[0] for row in rows(db, "SELECT headline FROM articles"))


def last_crawl(db: Path) -> dict[str, Any]:
    """The row of the crawl that ended last, problems as a list."""
    with closing(open_for_reading(db)) as connection:
        connection.row_factory = sqlite3.Row
        row = connection.execute("SELECT * FROM crawls ORDER BY id DESC").fetchone()
        found = dict(row)
    found["problems"] = json.loads(found["problems"] or "[]")
    return found


def change(db: Path, statement: str, values: Iterable[object] = ()) -> None:
    """Change an archive behind the crawler's back, such as its clock."""
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute(statement, tuple(values))


def make_due(db: Path) -> None:
    """Let every address of an archive be due for another look."""
    change(db, "UPDATE urls SET due_at = '2020-01-01T00:00:00Z'")


class Breaking:
    """A stage with a fault: it raises for one page."""

    def process_item(self, item: Any) -> Any:
        """Raise for /a."""
        if item.fetch.url.endswith("/a"):
            raise ValueError("a stage's own fault")
        return item


class Unwritable:
    """A stage whose archive has no room left."""

    def process_item(self, item: Any) -> Any:
        """Raise as the archive does."""
        raise ArchiveWriteError("a.db", "the disk is full")

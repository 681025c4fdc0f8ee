"""Pages go in, articles come out; the cutting is done in worker processes.

Extraction is CPU work and parses hostile input: it never runs on the event loop, has a
time limit, and a worker that dies or hangs costs its own page only.
"""

from __future__ import annotations

import asyncio
import os
import resource
import signal
from concurrent.futures import Future
from dataclasses import replace
from multiprocessing import get_context

from pebble import ProcessExpired, ProcessPool

from archive.records import Article
from crawler.items import Page
from crawler.sites.profile import Profile
from pipelines.errors import ExtractionFailed
from pipelines.extract import extract

LIMIT_SECONDS = 20.0
"""Longest time for one page; the 95th percentile is a tenth of a second."""
LIMIT_BYTES = 2_000_000_000
"""Most address space of one worker: a page that needs more fails alone."""


def prepare() -> None:
    """Set up a worker process: its memory limit, and Ctrl-C left to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))


def cut(page: Page, profile: Profile) -> Article | None:
    """Run the extractor in a worker; module level, so that it can be sent there."""
    return extract(page, profile)


class Workers:
    """A pool of extracting processes, started at the first page.

    Args:
        count: Number of processes; None for one a core.
    """

    def __init__(self, count: int | None = None) -> None:
        self.count = count or len(os.sched_getaffinity(0))
        self._pool: ProcessPool | None = None

    async def extract(self, page: Page, profile: Profile) -> Article | None:
        """Cut one page.

        Raises:
            ExtractionFailed: The extractor raised, ran out of time or memory, or died.
        """
        lean = replace(page, wire=b"", headers=())
        try:
            return await asyncio.wrap_future(self._schedule(lean, profile))
        except TimeoutError as error:
            why = f"took longer than {LIMIT_SECONDS:.0f} s"
            raise ExtractionFailed(page.url, why) from error
        except ProcessExpired as error:
            raise ExtractionFailed(page.url, "its worker process died") from error
        except Exception as error:
            why = f"{type(error).__name__}: {error}"[:200]
            raise ExtractionFailed(page.url, why) from error

    def _schedule(self, page: Page, profile: Profile) -> Future[Article | None]:
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self.count,
                initializer=prepare,
                context=get_context("spawn"),
            )
        future: Future[Article | None] = self._pool.schedule(
            cut, args=[page, profile], timeout=LIMIT_SECONDS
        )
        return future

    def close(self) -> None:
        """End the processes; pages that are still being cut are lost to this run."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None


_shared: list[tuple[Workers, int]] = []


def acquire() -> Workers:
    """Share the process's one pool; give it back with `release`."""
    workers, users = _shared.pop() if _shared else (Workers(), 0)
    _shared.append((workers, users + 1))
    return workers


def release() -> None:
    """Give the pool back; the last user ends its processes."""
    workers, users = _shared.pop()
    if users > 1:
        _shared.append((workers, users - 1))
    else:
        workers.close()

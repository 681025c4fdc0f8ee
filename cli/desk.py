"""A stored capture goes in; how its page is cut comes out, from a worker process.

Pages are hostile input and cutting is CPU work: the reading room's event loop goes on
answering, a page has a time limit, and a worker that dies costs its own page only.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from archive.browse.cutting import Cut, Uncut
from archive.stored import StoredCapture
from cli.cutting import FAILED, GRACE_SECONDS, cut
from pipelines.workers import prepare

logger = logging.getLogger(__name__)

LIMIT_SECONDS = 10.0
"""Longest time for one page; a reader waits for it."""
TOO_LONG = "Cutting this page took longer than the {limit:g} seconds that it is given."


class Desk:
    """Cuts stored pages in a worker process of its own, started by the first page.

    Args:
        sites_folder: Where the sites' profiles are.
        limit_seconds: Longest time for one page.
    """

    def __init__(self, sites_folder: Path, limit_seconds: float = LIMIT_SECONDS):
        self.sites_folder = sites_folder
        self.limit_seconds = limit_seconds
        self._pool: ProcessPool | None = None

    async def __call__(self, db: Path, stored: StoredCapture) -> Cut | Uncut:
        """Cut one page; whatever goes wrong is told in the answer."""
        try:
            with suppress(BrokenProcessPool):
                return await self._cut(db, stored)
            return await self._cut(db, stored)  # by a new pool
        except TimeoutError:
            why = TOO_LONG.format(limit=self.limit_seconds)
            logger.warning("%s: %s", stored.requested_url, why)
            return Uncut(why=why)
        except ProcessExpired:
            logger.warning("%s: its worker process died", stored.requested_url)
            return Uncut(why=FAILED)
        except Exception:  # the edge: nothing that a page does may end the server
            logger.exception("%s cannot be cut", stored.requested_url)
            return Uncut(why=FAILED)

    async def _cut(self, db: Path, stored: StoredCapture) -> Cut | Uncut:
        pool = self._started()
        future: Future[Cut | Uncut] = pool.schedule(
            cut,
            args=[db, self.sites_folder, stored, self.limit_seconds],
            timeout=self.limit_seconds,
        )
        given_up = 2 * self.limit_seconds + GRACE_SECONDS
        answer = asyncio.wrap_future(future)
        done, _ = await asyncio.wait([answer], timeout=given_up)
        if not done:
            answer.cancel()
            await asyncio.to_thread(self.close)
            raise TimeoutError
        return answer.result()

    def _started(self) -> ProcessPool:
        """The pool; a new one where there is none or the last one broke."""
        if self._pool is None or not self._pool.active:
            self.close()
            self._pool = ProcessPool(
                max_workers=1, initializer=prepare, context=get_context("spawn")
            )
        return self._pool

    def close(self) -> None:
        """End the worker process."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

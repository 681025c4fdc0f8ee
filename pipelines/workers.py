"""Pages go in, articles come out; the cutting is done in worker processes.

Extraction is CPU work and parses hostile input: it never runs on the event loop, has a
time limit, and a worker that dies or hangs costs its own page only. Workers end with
the process that started them, however that ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import itertools
import os
import resource
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait

from pebble import ProcessExpired, ProcessPool

from archive.records import Article, Rejection
from crawler.items import Page
from crawler.sites.profile import Profile
from pipelines.copies.signature import signature
from pipelines.errors import ExtractionFailed
from pipelines.extract.learned.lesson import Cutting, Lesson
from pipelines.extract.learned.memory import NOTHING, Memory
from pipelines.grounds import not_html, problem
from pipelines.join import whole

LIMIT_SECONDS = 20.0
"""Longest time for one page; the 95th percentile is a tenth of a second."""
LIMIT_BYTES = 2_000_000_000
"""Most address space of one worker: a page that needs more fails alone."""
GRACE_SECONDS = 10.0
"""So long after its limit a page is given up even if the pool says nothing: a worker
that is killed while it holds the pool's lock takes the whole pool with it."""

COLLECT_AFTER = (50_000, 20, 100)
"""Thresholds of the garbage collector; the usual 700 cost 9 % of the cutting."""
YOUNG_EVERY, ALL_EVERY = 8, 2_000
"""After so many pages a worker looks for garbage among new objects, among all."""

_cuts = itertools.count(1)
"""Pages that this process has cut."""

Extractor = Callable[[Page, Profile, Memory], Cutting]


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """What a worker says of a page."""

    article: Article | None
    """None if nothing could be cut out."""
    rejection: Rejection | None
    """Why it is no article; None if it is one."""
    lesson: Lesson | None = None
    """What the page teaches of its site; None if nothing could be cut out."""
    refusals: tuple[Rejection | None, ...] = ()
    """For each further page: why its text is not in the article; None if it is."""
    signature: tuple[int, ...] = ()
    """Hashes of the article's body, by which copies of it are found."""


def lean(page: Page) -> Page:
    """A page as a worker needs it, and its further pages."""
    parts = tuple(map(lean, page.parts))
    return replace(page, wire=b"", headers=(), parts=parts)


def prepare() -> None:
    """Set up a worker process: its memory limit, Ctrl-C left to the parent, its end."""
    usual()  # here, where it is no part of the first page's time
    collect_seldom()
    gc.disable()  # `cut` collects
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))
    threading.Thread(target=end_with_parent, daemon=True).start()


def collect_seldom() -> None:
    """Look for garbage less often, and not among what was imported."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def usual() -> Extractor:
    """The extractor; imported where it is used, which is not where pages come in."""
    from pipelines.extract import cutting

    return cutting


def ready() -> None:
    """Do nothing, in a worker that has imported the extractor."""


def end_with_parent() -> None:
    """Wait until the parent is gone, then end this process whatever it is doing."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """What a worker is to do."""

    extractor: Extractor | None
    """What cuts; None for the usual one."""
    page: Page
    profile: Profile
    memory: Memory
    """What has been learned of the page's site."""

    def cut(self, page: Page) -> Cutting:
        """Cut a page of the article."""
        extractor = self.extractor or usual()
        return extractor(page, self.profile, self.memory)


def cut(order: Order, limit_seconds: float) -> Judged:
    """Cut and judge a page in a worker; module level, so that it can be sent there.

    The alarm ends even a worker that holds the interpreter's lock while nobody is left
    to end it; the pool's own limit strikes first.
    """
    signal.setitimer(signal.ITIMER_REAL, limit_seconds + GRACE_SECONDS)
    try:
        return judge(order)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        collect_between(next(_cuts))


def collect_between(cuts: int) -> None:
    """Look for garbage between pages: within one hardly any is, and looking costs 9 %.

    Args:
        cuts: How many pages this process has cut.
    """
    if cuts % ALL_EVERY == 0:
        gc.collect()
    elif cuts % YOUNG_EVERY == 0:
        gc.collect(0)


def judge(order: Order) -> Judged:
    """Cut a page, if it is one at all, and say whether it is an article."""
    page = order.page
    if rejection := not_html(page):
        return Judged(article=None, rejection=rejection)
    found = order.cut(page)
    refusals: tuple[Rejection | None, ...] = ()
    if page.parts:
        joined = whole(found, page, order.cut)
        found, refusals = joined.cutting, joined.refusals
    return Judged(
        article=found.article,
        rejection=problem(page, found.article),
        lesson=found.lesson,
        refusals=refusals,
        signature=signature(found.article.body) if found.article else (),
    )


class Workers:
    """A pool of extracting processes, started by `start` or at the first page.

    Args:
        count: Number of processes; None for one a core.
        limit_seconds: Longest time for one page.
        extractor: What cuts a page, if not the usual one; must be importable in
            another process.
    """

    def __init__(
        self,
        count: int | None = None,
        *,
        limit_seconds: float = LIMIT_SECONDS,
        extractor: Extractor | None = None,
    ) -> None:
        self.count = count or len(os.sched_getaffinity(0))
        self.limit_seconds = limit_seconds
        self.extractor = extractor
        self._pool: ProcessPool | None = None
        # One page being cut and one waiting for each worker: the wait is bounded.
        self._places = asyncio.Semaphore(2 * self.count)

    def start(self) -> None:
        """Start the processes now: what they import takes as long as the routes do."""
        for _ in range(self.count):
            self._started().schedule(ready)

    async def extract(
        self, page: Page, profile: Profile, memory: Memory = NOTHING
    ) -> Judged:
        """Cut one page, with what has been learned of its site.

        Raises:
            ExtractionFailed: The extractor raised, ran out of time or memory, or died.
        """
        order = Order(
            extractor=self.extractor,
            page=lean(page),
            profile=profile,
            memory=memory,
        )
        async with self._places:
            try:
                with contextlib.suppress(BrokenProcessPool):
                    return await self._cut(order)
                return await self._cut(order)  # by a new pool
            except TimeoutError as error:
                why = f"took longer than {self.limit_seconds:g} s"
                raise ExtractionFailed(page.url, why) from error
            except ProcessExpired as error:
                raise ExtractionFailed(page.url, "its worker process died") from error
            except Exception as error:
                why = f"{type(error).__name__}: {error}"[:200]
                raise ExtractionFailed(page.url, why) from error

    async def _cut(self, order: Order) -> Judged:
        pool = self._started()
        future: Future[Judged] = pool.schedule(
            cut,
            args=[order, self.limit_seconds],
            timeout=self.limit_seconds,
        )
        given_up = 2 * self.limit_seconds + GRACE_SECONDS
        answer = asyncio.wrap_future(future)
        try:
            done, _ = await asyncio.wait([answer], timeout=given_up)
        except asyncio.CancelledError:
            answer.cancel()
            raise
        if not done:
            answer.cancel()
            self._end(pool)
            raise TimeoutError
        return answer.result()

    def _started(self) -> ProcessPool:
        """The pool; a new one where there is none or the last one broke."""
        if self._pool is None or not self._pool.active:
            if self._pool is not None:
                self._end(self._pool)
            self._pool = ProcessPool(
                max_workers=self.count,
                initializer=prepare,
                context=get_context("spawn"),
            )
        return self._pool

    def _end(self, pool: ProcessPool) -> None:
        if pool is self._pool:
            self._pool = None
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()

    def close(self) -> None:
        """End the processes; pages that are still being cut are lost to this run."""
        if self._pool is not None:
            self._end(self._pool)


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


@contextlib.contextmanager
def started() -> Iterator[None]:
    """Have the shared pool's processes start now; what they import takes a while."""
    acquire().start()
    try:
        yield
    finally:
        release()

"""Pages that raise, hang or kill their worker cost themselves only."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from archive.records import Article, Block
from crawler.items import Page
from crawler.sites.profile import Profile, generic
from pipelines import workers
from pipelines.copies.signature import signature
from pipelines.errors import ExtractionFailed
from pipelines.extract import NOTHING, Cutting, Memory
from pipelines.workers import Order, Workers, judge

ROOT = Path(__file__).resolve().parent.parent
PROFILE = generic("https://kettle.example/")
PAGE = Page(
    site="kettle",
    crawl_id=1,
    requested_url="https://kettle.example/fine",
    url="https://kettle.example/fine",
    redirects=(),
    status=200,
    reason="OK",
    headers=(("X-Big", "x"),),
    wire=b"wire",
    body=b"<p>Fine.</p>",
    content_type="text/html",
    fetched_at="2026-03-01T09:15:00Z",
)


def page(name: str) -> Page:
    """A page whose address tells `act` what to do."""
    return replace(PAGE, url=f"https://kettle.example/{name}")


def act(page: Page, profile: Profile, memory: Memory = NOTHING) -> Cutting:
    """An extractor that misbehaves as the page's address says."""
    name = page.url.rsplit("/", 1)[1]
    if name == "raise":
        raise ValueError("the page is odd")
    if name == "hang":
        time.sleep(3600)
    if name == "hang-hard":
        re.match(r"(a+)+$", "a" * 60 + "b")  # holds the interpreter's lock
    if name == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "memory":
        bytearray(8_000_000_000)
    assert page.wire == b"" and page.headers == ()  # what a worker need not have
    article = Article(url=page.url, headline=f"{os.getpid()}", blocks=(FINE,))
    return Cutting(article=article, lesson=None)


def order(name: str) -> Order:
    """What a worker is told to do with a page."""
    lean = replace(page(name), wire=b"", headers=())
    return Order(extractor=act, page=lean, profile=PROFILE, memory=NOTHING)


FINE = Block(kind="paragraph", text="Fine.")


def test_what_a_worker_cuts_it_signs() -> None:
    """The hashes by which copies are found are made where the page is cut."""
    body = " ".join(f"word{number}" for number in range(200))

    def fluent(page: Page, profile: Profile, memory: Memory) -> Cutting:
        block = Block(kind="paragraph", text=body)
        article = Article(url=page.url, headline="Fine", blocks=(block,))
        return Cutting(article=article, lesson=None)

    judged = judge(replace(order("fine"), extractor=fluent))
    assert judged.signature == signature(body) != ()


@pytest.fixture
def pool() -> Iterator[Workers]:
    """Two workers with a short limit."""
    pool = Workers(2, limit_seconds=1.0, extractor=act)
    yield pool
    pool.close()


async def outcome(pool: Workers, name: str) -> str:
    """What becomes of one page, as text."""
    try:
        article = (await pool.extract(page(name), PROFILE)).article
    except ExtractionFailed as error:
        assert error.url == page(name).url
        return error.why
    assert article is not None
    return article.body


def outcomes(pool: Workers, *names: str) -> list[str]:
    """What becomes of pages that are cut at the same time."""

    async def all_of_them() -> list[str]:
        return await asyncio.gather(*(outcome(pool, name) for name in names))

    return asyncio.run(all_of_them())


def test_one_bad_page_of_each_kind_costs_itself_only(pool: Workers) -> None:
    """Pages that raise, hang, die or eat memory fail alone; all others are cut."""
    names = ["fine", "raise", "fine", "die", "fine", "memory", "hang", "fine", "fine"]
    found = outcomes(pool, *names)
    assert found == [
        "Fine.",
        "ValueError: the page is odd",
        "Fine.",
        "its worker process died",
        "Fine.",
        "MemoryError: ",
        "took longer than 1 s",
        "Fine.",
        "Fine.",
    ]


def test_a_page_that_holds_the_lock_is_ended(pool: Workers) -> None:
    """A worker stuck inside one long C call is killed at its limit like any other."""
    assert outcomes(pool, "hang-hard", "fine") == ["took longer than 1 s", "Fine."]


def test_workers_killed_while_idle_are_replaced(pool: Workers) -> None:
    """When every waiting worker is killed from outside, the next pages are cut."""
    assert outcomes(pool, "fine", "fine") == ["Fine.", "Fine."]
    for child in workers_of(psutil.Process()):
        child.kill()
    assert outcomes(pool, *["fine"] * 5) == ["Fine."] * 5


def test_a_pool_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the pool itself is stuck, a page fails in time; a new pool takes over."""
    monkeypatch.setattr(workers, "GRACE_SECONDS", 0.1)
    pool = Workers(1, limit_seconds=1.0, extractor=act)
    assert outcomes(pool, "fine") == ["Fine."]
    (child,) = workers_of(psutil.Process())
    child.suspend()
    assert outcomes(pool, "fine") == ["took longer than 1 s"]
    assert outcomes(pool, "fine") == ["Fine."]
    assert not child.is_running()
    pool.close()


def workers_of(process: psutil.Process) -> list[psutil.Process]:
    """The worker processes below a process."""
    return [
        child
        for child in process.children(recursive=True)
        if "spawn_main" in " ".join(child.cmdline())
    ]


def test_the_pool_is_shared_and_ended_by_its_last_user(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every user of a process gets one pool; the last to give it back ends it."""
    monkeypatch.setattr(workers, "_shared", [])
    first, second = workers.acquire(), workers.acquire()
    assert first is second
    workers.release()
    assert workers.acquire() is first
    workers.release()
    workers.release()
    other = workers.acquire()
    workers.release()
    assert other is not first


PARENT = """
import asyncio, sys
sys.path[:0] = [sys.argv[1], sys.argv[2]]
from test_workers import act, outcomes
from pipelines.extract import NOTHING, Cutting, Memory
from pipelines.workers import Order, Workers
if __name__ == "__main__":
    pool = Workers(2, limit_seconds=600.0, extractor=act)
    print(outcomes(pool, "fine", "fine"), flush=True)
    outcomes(pool, "hang", *sys.argv[3:])
"""


@pytest.mark.parametrize("busy", [[], ["hang"]], ids=["one idle", "all busy"])
def test_workers_do_not_outlive_a_killed_parent(
    tmp_path: Path, busy: list[str]
) -> None:
    """When the parent is killed, its workers end, idle or in the middle of a page."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    command = [sys.executable, str(script), str(ROOT), str(ROOT / "tests"), *busy]
    parent = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    assert b"Fine." in parent.stdout.readline()
    children = workers_of(psutil.Process(parent.pid))
    assert len(children) == 2
    parent.kill()
    parent.wait()
    parent.stdout.close()
    _, alive = psutil.wait_procs(children, timeout=20)
    assert alive == []


def test_a_worker_ends_itself_long_after_its_limit() -> None:
    """The alarm ends a page that nobody else ends, whatever the worker is doing."""
    code = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "from pipelines import workers\n"
        "from test_workers import order\n"
        "workers.GRACE_SECONDS = 0.2\n"
        "workers.cut(order('hang-hard'), 0.1)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(ROOT), str(ROOT / "tests")], timeout=60
    )
    assert run.returncode == -signal.SIGALRM


def test_the_alarm_is_taken_back() -> None:
    """After a page that was cut in time no alarm is left running."""
    assert workers.cut(order("fine"), 60.0).article is not None
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)

"""`cuttings demo` has an archive of its own, and leaves nothing running behind it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import psutil
import pytest
from command import ROOT, environment
from crawling import headlines

from cli.children import STOPS, child, patiently, stoppable

OPEN = "The archive demo-archive/archive.db is open at http://127.0.0.1:"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demos of this module keep their archive."""
    return tmp_path_factory.mktemp("demo")


@contextmanager
def demo(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`cuttings demo` as a first user starts it, on free ports; said to `said`."""
    words = [sys.executable, "-m", "cli", "demo", "--port", "0", "--port-base", "0"]
    kept = environment(CUTTINGS_DB=str(folder / "real.db"))
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            words, cwd=folder, env=kept, stdout=said, stderr=said, process_group=0
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def said(folder: Path) -> str:
    """What the demo has said so far."""
    return (folder / "said").read_text(encoding="utf-8")


def wait_until(condition: Callable[[], bool], folder: Path) -> None:
    """Wait for something that comes sooner or later; two minutes are too late."""
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end, said(folder)
        time.sleep(0.05)


def children(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """All processes below one."""
    return psutil.Process(process.pid).children(recursive=True)


def are_gone(processes: list[psutil.Process]) -> bool:
    """Whether none of them runs any more."""
    return not psutil.wait_procs(processes, timeout=30)[1]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_reading_room_ends_with_the_demo(folder: Path, number: int) -> None:
    """Its own archive is crawled and opened; SIGTERM and SIGINT close both at once."""
    with demo(folder) as process:
        wait_until(lambda: OPEN in said(folder) or process.poll() is not None, folder)
        assert process.poll() is None, said(folder)
        below = children(process)
        assert any("datasette" in one.cmdline() for one in below)
        process.send_signal(number)
        assert process.wait(timeout=30) == 0
    assert "closed" in said(folder)
    assert are_gone(below)
    assert len(headlines(folder / "demo-archive" / "archive.db")) >= 150
    assert not (folder / "archive.db").exists()
    assert not (folder / "real.db").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_crawl_ends_with_the_demo(tmp_path: Path, number: int) -> None:
    """A demo stopped while it crawls lets the crawl end in order, with code 130."""
    with demo(tmp_path) as process:
        wait_until(
            lambda: "fetched" in said(tmp_path) or process.poll() is not None, tmp_path
        )
        below = children(process)
        assert any("crawl" in one.cmdline() for one in below)
        process.send_signal(number)
        assert process.wait(timeout=60) == 130, said(tmp_path)
    assert are_gone(below)
    assert "the crawl of the demo ended with exit code 130" in said(tmp_path)
    assert "Traceback" not in said(tmp_path)


def test_the_archive_of_the_demo_is_not_committed() -> None:
    """The demo's folder is among those that git leaves out."""
    assert "demo-archive/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_a_child_ends_with_its_block() -> None:
    """Whatever leaves the block, the process is gone; its code is kept."""
    with pytest.raises(KeyError), child("http.server", ["0"], quiet=True) as process:
        raise KeyError
    assert process.returncode == -signal.SIGTERM
    with child("this", [], quiet=True) as process:
        assert patiently(process) == 0


class _Ending:
    """A process that is told to stop while it ends with some code of its own."""

    def __init__(self, code: int) -> None:
        self.code = code
        self.signals: list[int] = []

    def wait(self) -> int:
        """Be interrupted once, then end."""
        if not self.signals:
            raise KeyboardInterrupt
        return self.code

    def send_signal(self, number: int) -> None:
        """Note the signal."""
        self.signals.append(number)


@pytest.mark.parametrize(
    ("code", "told"), [(0, 130), (-signal.SIGINT, 130), (130, 130), (3, 3)]
)
def test_a_late_signal_stops_all_the_same(code: int, told: int) -> None:
    """Who stops a crawl that was just done has stopped what would come after it."""
    process = _Ending(code)
    assert patiently(cast("subprocess.Popen[bytes]", process)) == told
    assert process.signals == [signal.SIGINT]


@pytest.mark.parametrize("number", STOPS)
def test_signals_to_stop_interrupt(number: signal.Signals) -> None:
    """Inside the block each of them is a KeyboardInterrupt, behind it as before."""
    before = signal.getsignal(number)
    with pytest.raises(KeyboardInterrupt), stoppable():
        signal.raise_signal(number)
    assert signal.getsignal(number) is before


def test_an_ignored_signal_stays_ignored() -> None:
    """What nohup has switched off is not switched on."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stoppable():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)

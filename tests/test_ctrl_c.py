"""Ctrl-C stops a crawl within seconds, in a pipe and in a terminal, without a loss."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from command import cuttings, environment, start, write_profile
from crawling import headlines, last_crawl, rows
from press import Press, Reply, article, feed, press


@contextmanager
def slow_press(folder: Path) -> Iterator[Press]:
    """A title with many articles, a long delay, and one page that never answers."""
    pages = {f"/{n}": article(n) for n in range(1, 15)}
    with press({**pages, "/0": Reply(hangs=30)}) as site:
        site.pages["/feed"] = feed(
            *(site.url(f"/{n}") for n in (1, 2, 0, *range(3, 15)))
        )
        write_profile(folder, "one", site, delay=0.2)
        write_profile(folder, "two", site, delay=0.2)
        yield site


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for something that comes sooner or later; 60 seconds are too late."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def stopped(folder: Path, process: subprocess.Popen[str], site: Press) -> str:
    """Interrupt a crawl in the midst of it; return what it said."""
    wait_until(lambda: len(site.paths()) > 4)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    return errors


def test_ctrl_c_keeps_what_was_fetched(tmp_path: Path) -> None:
    """Stopped with requests waiting, one hanging and a site queued: code 130, no loss.

    The next crawl fetches the rest.
    """
    with slow_press(tmp_path / "sites") as site:
        words = ["crawl", "--sites", tmp_path / "sites", "--db", tmp_path / "a.db"]
        words += ["--allow-private", site.allowed, "--sites-at-once", "1"]
        process = start(*words)
        errors = stopped(tmp_path, process, site)
        fetched = len([path for path in site.paths() if path not in ("/feed", "/0")])
        assert process.returncode == 130, errors
        assert "stopping; Ctrl-C again" in errors
        assert "two: stopped, 0 found" in errors
        assert "Traceback" not in errors
        row = last_crawl(tmp_path / "a.db")
        assert row["finish"] == "stopped"
        assert fetched - 1 <= row["stored"] <= fetched
        assert row["stored"] + row["left_over"] == row["found"] == 15
        assert row["left_over"] >= 5  # what only waited for its turn was given up
        site.pages["/0"] = article(15)
        again = cuttings(*words, "--max-pages", "100", "--json")
    assert again.returncode == 0, again.stderr
    assert len(headlines(tmp_path / "a.db")) == 15


def test_second_ctrl_c_ends_at_once(tmp_path: Path) -> None:
    """A second Ctrl-C does not wait for the page that hangs; what was stored stays."""
    with slow_press(tmp_path / "sites") as site:
        process = start(
            "crawl",
            "one",
            "--sites",
            tmp_path / "sites",
            "--db",
            tmp_path / "a.db",
            "--allow-private",
            site.allowed,
        )
        wait_until(lambda: len(site.paths()) > 4)
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 130, errors
    assert rows(tmp_path / "a.db", "SELECT count(*) FROM articles")[0][0] >= 2


def test_ctrl_c_in_a_terminal(tmp_path: Path) -> None:
    """In a terminal the live table is shown, and Ctrl-C leaves it whole."""
    with slow_press(tmp_path / "sites") as site:
        ours, theirs = pty.openpty()
        words: list[object] = ["crawl", "one", "--allow-private", site.allowed]
        words += ["--sites", tmp_path / "sites", "--db", tmp_path / "a.db"]
        process = subprocess.Popen(
            [sys.executable, "-m", "cli", *map(str, words)],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment(TERM="xterm", LINES="40"),
            start_new_session=True,
        )
        os.close(theirs)
        shown = read_until(ours, process, site)
        process.wait(timeout=30)
    text = shown.decode("utf-8", "replace")
    assert process.returncode == 130, text
    assert "pages/s" in text
    assert "crawling" in text
    assert "stopping" in text
    assert "Traceback" not in text


def read_until(ours: int, process: subprocess.Popen[bytes], site: Press) -> bytes:
    """Read a terminal to its end; press Ctrl-C when some pages have come in."""
    shown, told = b"", False
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:  # the other side has closed
            break
        if not piece:
            break
        shown += piece
        if not told and len(site.paths()) > 4:
            process.send_signal(signal.SIGINT)
            told = True
    os.close(ours)
    return shown

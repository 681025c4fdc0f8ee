"""Pages a second, CPU a page and memory: the naive pipeline and ours, in turn.

    python benchmarks/throughput.py [DIR] [--pages N] [--rounds N]

Both crawl the same pages from one loopback site, whose server is a process of its own
and is not counted. DIR is a folder of real pages as for replay.py; without one the
demo publisher's pages are served. Start-up is part of the time, as it is for a user.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))
sys.path.insert(0, str(ROOT))

from replay import Replay, Served, places, write_profiles  # noqa: E402

from demo import DemoPublisher, truth  # noqa: E402

SAMPLE_SECONDS = 0.05
ADDRESS = "127.0.0.1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One crawl, measured from outside."""

    pages: int
    """Articles stored."""
    seconds: float
    """Wall time of the whole command."""
    cpu_seconds: float
    """User and system time of all its processes."""
    peak_mb: float
    """Most memory of all its processes together, resident, in megabytes."""


def one_site(folder: Path | None, most: int, scratch: Path) -> list[Served]:
    """Up to `most` pages, all on one address."""
    if folder is None:
        files = demo_files(most, scratch)
    else:
        files = [page.file for page in places(folder) if page.file.is_file()]
        files = list(dict.fromkeys(files))
    return [
        Served(id=file.name, site="bench", address=ADDRESS, target=f"/a/{n}", file=file)
        for n, file in enumerate(files[:most])
    ]


def demo_files(most: int, scratch: Path) -> list[Path]:
    """Article pages of the demo publisher's WordPress-like title, as files."""
    files = []
    scale = 1 + most // 60
    with DemoPublisher(scale=scale) as publisher:
        base = publisher.site("girder").base_url
        for one in truth("first", scale):
            if one.site == "girder" and len(files) < most:
                with urllib.request.urlopen(base + one.path) as answer:
                    files.append(scratch / f"{len(files)}.html")
                    files[-1].write_bytes(answer.read())
    return files


def serve(pages: list[Served], port: multiprocessing.Queue[int]) -> None:
    """Serve the pages until the process is ended."""
    port.put(Replay(pages).port)
    time.sleep(3600)


def measure(command: list[str], stored: Callable[[], int]) -> Run:
    """Run a command to its end; its children count too."""
    before = os.times()
    began = time.monotonic()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = 0.0
    watched = psutil.Process(process.pid)
    while process.poll() is None:
        peak = max(peak, resident_mb(watched))
        time.sleep(SAMPLE_SECONDS)
    seconds = time.monotonic() - began
    after = os.times()
    cpu = (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )
    return Run(pages=stored(), seconds=seconds, cpu_seconds=cpu, peak_mb=peak)


def resident_mb(process: psutil.Process) -> float:
    """Resident memory of a process and its children."""
    try:
        family = [process, *process.children(recursive=True)]
        return sum(one.memory_info().rss for one in family) / 1e6
    except psutil.Error:
        return 0.0


def count_articles(db: Path) -> int:
    """Articles in an archive, or in the naive pipeline's table."""
    connection = sqlite3.connect(db)
    try:
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    finally:
        connection.close()


def naive(base: str, scratch: Path) -> Run:
    """Crawl with the naive pipeline."""
    db = scratch / f"naive-{time.monotonic_ns()}.db"
    script = str(ROOT / "benchmarks" / "naive.py")
    command = [sys.executable, script, f"{base}/sitemap.xml", str(db)]
    return measure(command, lambda: count_articles(db))


def ours(base: str, profiles: Path, scratch: Path) -> Run:
    """Crawl with Cuttings."""
    db = scratch / f"ours-{time.monotonic_ns()}" / "archive.db"
    command = [sys.executable, "-m", "cli", "crawl", "--json", "--db", str(db)]
    command += ["--sites", str(profiles)]
    command += ["--allow-private", base.removeprefix("http://")]
    return measure(command, lambda: count_articles(db))


def show(name: str, runs: list[Run]) -> None:
    """Print the median of the runs."""
    median = statistics.median
    print(
        f"{name:8} {median(r.pages for r in runs):6.0f} articles"
        f" {median(r.pages / r.seconds for r in runs):7.1f} pages/s"
        f" {median(1000 * r.cpu_seconds / r.pages for r in runs):7.1f} ms CPU a page"
        f" {max(r.peak_mb for r in runs):6.0f} MB at the most"
    )


def main() -> None:
    """Measure both in turn and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        pages = one_site(options.folder, options.pages, scratch)
        port: multiprocessing.Queue[int] = multiprocessing.Queue()
        server = multiprocessing.Process(target=serve, args=(pages, port), daemon=True)
        server.start()
        number = port.get()
        base = f"http://{ADDRESS}:{number}"
        profiles = scratch / "sites"
        profiles.mkdir()
        write_profiles(pages[:1], number, profiles)
        theirs, mine = [], []
        for _ in range(options.rounds):
            theirs.append(naive(base, scratch))
            mine.append(ours(base, profiles, scratch))
        server.terminate()
    print(f"{len(pages)} pages, {options.rounds} rounds, {os.cpu_count()} cores")
    show("naive", theirs)
    show("cuttings", mine)
    pairs = list(zip(theirs, mine, strict=True))
    speed = [(b.pages / b.seconds) / (a.pages / a.seconds) for a, b in pairs]
    cpu = [(b.cpu_seconds / b.pages) / (a.cpu_seconds / a.pages) for a, b in pairs]
    print(f"pages/s, ours / naive:      {statistics.median(speed):.2f}")
    print(f"CPU a page, ours / naive:   {statistics.median(cpu):.2f}")


if __name__ == "__main__":
    main()

"""Kill a re-extraction of the demo titles again and again; tell what went wrong.

    python benchmarks/kill_recut.py [--kills 100] [--seed 1]

The demo titles are crawled, then their profiles are changed so that nearly every
article is cut otherwise. One copy of the archive is re-extracted undisturbed. Another
is killed (SIGKILL to its whole process group) at moments spread over the whole of the
work, told by the re-cuts that are committed, and started again after each; then it runs
to its end. Both must hold the same, row by row. Exit code 1 if they do not.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive.database import integrity, open_for_writing  # noqa: E402
from benchmarks.kill import Crawl  # noqa: E402
from demo import DemoPublisher  # noqa: E402

POLL_SECONDS = 0.01
JITTER_SECONDS = 0.6
"""Longest random wait between what is awaited and the kill: longer than a batch."""
END_SECONDS = 600.0
INSTANT = re.compile(r'^(INSERT INTO "recuts" VALUES\(\d+,\d+,)\'[^\']+\'')
"""The instant of a re-cut, which no two runs share."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recut:
    """The command on one archive."""

    db: Path
    sites: Path

    def start(self) -> subprocess.Popen[bytes]:
        """Start it in a process group of its own."""
        command = [sys.executable, "-m", "cli", "reextract", "--db", str(self.db)]
        return subprocess.Popen(
            [*command, "--sites", str(self.sites), "--yes"],
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def finish(self) -> int:
        """Run it to its end; returns its exit code."""
        return self.start().wait(END_SECONDS)

    def recuts(self) -> int:
        """How many re-cuts are committed."""
        with closing(sqlite3.connect(self.db, timeout=30)) as connection:
            query = "SELECT count(*) FROM recuts"
            return int(connection.execute(query).fetchone()[0])

    def kill_after(self, recuts: int, extra_seconds: float) -> bool:
        """Start it and kill it once so many re-cuts are committed; whether it lived."""
        process = self.start()
        end = time.monotonic() + END_SECONDS
        while self.recuts() < recuts and process.poll() is None:
            if time.monotonic() > end:
                break
            time.sleep(POLL_SECONDS)
        time.sleep(extra_seconds)
        was_alive = process.poll() is None
        if was_alive:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return was_alive


def change_profiles(sites: Path) -> None:
    """Have every profile cut each third paragraph out."""
    for file in sites.glob("*.toml"):
        text, css = file.read_text(), "css = ['p:nth-of-type(3n)'"
        if "[removals]" in text:
            text = text.replace("\ncss = [", f"\n{css}, ")
        else:
            text += f"\n[removals]\n{css}]\n"
        file.write_text(text)


def held(db: Path) -> set[str]:
    """Every row of an archive, but for the instants of its re-cuts."""
    with closing(open_for_writing(db)) as connection:
        assert integrity(connection) == []
        return {INSTANT.sub(r"\1", line) for line in connection.iterdump()}


def experiment(plain: Recut, hurt: Recut, count: int, seed: int) -> Iterator[str]:
    """Run both; yield what happened, and every difference after "differs: "."""
    code = plain.finish()
    work = plain.recuts()
    yield f"undisturbed: exit code {code}, {work} re-cuts"
    chance = random.Random(seed)
    for number in range(count):
        # Moments rise, so that every part of the work is met.
        moment = work * number // count
        killed = hurt.kill_after(moment, chance.random() * JITTER_SECONDS)
        state = "killed" if killed else "had ended"
        yield f"kill {number + 1}: {state} after {hurt.recuts()} re-cuts"
    yield f"run to its end: exit code {hurt.finish()}"
    wanted, found = held(plain.db), held(hurt.db)
    lines = [f"differs: lost {one[:300]}" for one in sorted(wanted - found)]
    lines += [f"differs: too much {one[:300]}" for one in sorted(found - wanted)]
    yield from lines
    yield f"{len(lines)} differences"


def crawled(folder: Path) -> Path:
    """Crawl the demo titles into an archive of a folder."""
    with DemoPublisher(phase="first") as publisher:
        publisher.profiles(folder / "sites")
        crawl = Crawl(publisher=publisher, sites=folder / "sites", db=folder / "a.db")
        assert crawl.finish() == 0
    return folder / "a.db"


def copied(db: Path, folder: Path) -> Path:
    """Copy an archive that nobody writes, captures and all."""
    folder.mkdir()
    shutil.copytree(db.with_suffix(".captures"), folder / "a.captures")
    return Path(shutil.copy(db, folder / "a.db"))


def main() -> int:
    """Kill, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    code = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        db, sites = crawled(folder), folder / "sites"
        change_profiles(sites)
        plain = Recut(db=copied(db, folder / "plain"), sites=sites)
        hurt = Recut(db=copied(db, folder / "hurt"), sites=sites)
        for line in experiment(plain, hurt, options.kills, options.seed):
            print(line, flush=True)
            code = code or int(line.startswith("differs: "))
    return code


if __name__ == "__main__":
    sys.exit(main())

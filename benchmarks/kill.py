"""Kill a crawl of the demo publisher again and again; tell what the archive lost.

    python benchmarks/kill.py [--times 20] [--seed 1]
    python benchmarks/kill.py --of crawl-with-edits|reextract|backup --times 100

With --of a command is killed and run again, each time from the same state on (see
kill_moments.py). Without it, one crawl runs undisturbed. Another is killed (SIGKILL to
its whole process group) at moments chosen at random over the whole of its work, told by
the requests that the publisher has answered, and started again after each; then it runs
to its end. The two archives must be equal, and `cuttings check` clean. Exit code 1 if
they are not.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.kill_compare import differences  # noqa: E402
from benchmarks.kill_moments import OF, Run  # noqa: E402
from demo import DemoPublisher  # noqa: E402

POLL_SECONDS = 0.002
JITTER_SECONDS = 0.2
"""Longest random wait between the request that is awaited and the kill."""
START_SECONDS = 2.0
"""About the time from the start of a crawl to its first request."""
END_SECONDS = 300.0
"""A crawl that takes longer hangs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Crawl:
    """The command that crawls a running publisher, and the publisher."""

    publisher: DemoPublisher
    sites: Path
    db: Path

    def start(self) -> subprocess.Popen[bytes]:
        """Start it in a process group of its own."""
        command = [sys.executable, "-m", "cli", "crawl", "--db", str(self.db)]
        command += ["--sites", str(self.sites), "--json"]
        for site in self.publisher.sites:
            command += ["--allow-private", site.base_url.split("://")[1]]
        return subprocess.Popen(
            command,
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def finish(self) -> int:
        """Run it to its end; returns its exit code."""
        return self.start().wait(END_SECONDS)

    def requests(self) -> int:
        """How many requests the publisher has answered so far."""
        sites = self.publisher.sites
        return sum(self.publisher.requests(site).total() for site in sites)

    def kill_after(self, requests: int, extra_seconds: float) -> bool:
        """Start it and kill it once so many requests are answered.

        Returns:
            Whether it was killed; a crawl that ended before that was not.
        """
        process = self.start()
        end = time.monotonic() + END_SECONDS
        while self.requests() < requests and process.poll() is None:
            if time.monotonic() > end:
                break
            time.sleep(POLL_SECONDS)
        time.sleep(extra_seconds)
        was_alive = process.poll() is None
        if was_alive:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return was_alive


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """Requests of an undisturbed crawl."""

    first: int
    """Of the first one, which fetches everything."""
    again: int
    """Of the next, which finds nothing new: what every restart asks for anew."""


def kills(crawl: Crawl, count: int, work: Work, chance: random.Random) -> Iterator[str]:
    """Kill a crawl at moments spread over its work; tell of each.

    Args:
        crawl: What to kill.
        count: How often.
        work: What an undisturbed crawl asks for.
        chance: Where the moments come from.
    """
    # Every start asks the routes again and then gets on by some pages, or by none.
    span = work.again + 2 * (work.first - work.again) // count
    for number in range(count):
        crawl.publisher.forget_requests()
        moment = chance.randrange(1, span)
        wait = JITTER_SECONDS
        if number == 0:  # while the archive is being made
            moment, wait = 0, START_SECONDS
        killed = crawl.kill_after(moment, chance.random() * wait)
        state = "killed" if killed else "had ended"
        yield f"kill {number + 1}: {state} after {crawl.requests()} requests"


def experiment(folder: Path, count: int, seed: int) -> Iterator[str]:
    """Run both crawls; yield what happened, and every difference after "differs: "."""
    with DemoPublisher(phase="first") as publisher:
        publisher.profiles(folder / "sites")
        plain, hurt = (
            Crawl(publisher=publisher, sites=folder / "sites", db=folder / name)
            for name in ("plain.db", "hurt.db")
        )
        code = plain.finish()
        first = plain.requests()
        yield f"undisturbed: exit code {code}, {first} requests"
        plain.finish()
        work = Work(first=first, again=plain.requests() - first)
        yield from kills(hurt, count, work, random.Random(seed))
        yield f"run to its end: exit code {hurt.finish()}"
    found = [f"differs: {line}" for line in differences(plain.db, hurt.db)]
    yield from found
    yield f"{len(found)} differences"


def crawl_on(run: Run) -> Iterator[str]:
    """`experiment` as the other trials are started."""
    return experiment(run.folder, run.times, run.seed)


def main() -> int:
    """Kill, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--of", choices=OF, help="what is killed, each time anew")
    parser.add_argument("--times", "--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(f"{options.of or 'crawl'}, {options.times} times, seed {options.seed}")
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        run = Run(folder=Path(folder), times=options.times, seed=options.seed)
        for line in OF.get(options.of, crawl_on)(run):
            print(line, flush=True)
            wrong += line.startswith("differs: ")
    print(f"{wrong} differences in all")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())

"""A command goes in; it is killed at random moments, run again, and judged each time.

Each trial begins with a copy of the same archive. The command is killed (SIGKILL) after
a random part of the time that it takes undisturbed: its main process, its whole process
group, or one of its worker processes, as an operating system does when memory runs out.
Then `cuttings check` must find nothing. The command is run again to its end, and the
archive must be that of an undisturbed run.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive.database import captures_folder  # noqa: E402
from benchmarks.kill_compare import QUERIES, differences, unclean  # noqa: E402
from demo import DemoPublisher  # noqa: E402

VICTIMS = ("main process", "process group", "worker")
END_SECONDS = 300.0
"""A command that takes longer hangs."""
GONE_SECONDS = 60.0
"""So long workers may take to see that their main process is gone."""
OVERDUE = "2020-01-01T00:00:00Z"

PADDING = """
CREATE TABLE padding (block BLOB);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 15000)
INSERT INTO padding SELECT zeroblob(4000) FROM n;
"""
"""60 MB, so that copying takes a good part of a backup's time."""
FAILED = """
(outcome = 'failed'
  OR url IN (SELECT url FROM rejected WHERE reason = 'extraction failed'))
"""
"""Pages whose worker was killed are recorded as such, and due later than a trial."""
OLDER_CUTS = """
UPDATE articles SET section = 'Older', updated_at = NULL, updated_on = NULL;
UPDATE revisions SET extractor = 'older 1', body = body || char(10) || 'An older line',
  blocks = json_insert(blocks, '$[#]', json_array('paragraph', 0, 'An older line'));
"""
"""Stored texts as an older extractor might have cut them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """What is killed, on what, and how it is judged."""

    words: tuple[str, ...]
    """The command line behind `cuttings`."""
    prepare: Callable[[int], None]
    """Puts everything as it is before the command; told the number of the trial."""
    whole: Callable[[], Iterator[str]]
    """What is wrong after a kill."""
    equal: Callable[[], Iterator[str]]
    """What is otherwise than after an undisturbed run."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """How often a command is killed, and where."""

    folder: Path
    times: int
    seed: int
    titles: tuple[str, ...] = ()
    """Of the demo publisher; all where none is named."""


def cuttings(words: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a command in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "cli", *words],
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def seconds_of(words: Sequence[str]) -> float:
    """Run a command to its end; returns how long it took."""
    began = time.monotonic()
    code = cuttings(words).wait(END_SECONDS)
    if code != 0:
        raise SystemExit(f"exit code {code} of cuttings {' '.join(words)}")
    return time.monotonic() - began


def kill_after(words: Sequence[str], seconds: float, victim: str) -> str:
    """Start a command and kill it or a worker of it; say what came of it."""
    process = cuttings(words)
    try:
        return f"had ended with {process.wait(seconds)}"
    except subprocess.TimeoutExpired:
        pass
    below = psutil.Process(process.pid).children(recursive=True)
    if victim == "worker" and below:
        os.kill(below[-1].pid, signal.SIGKILL)
        return f"worker killed, ended with {process.wait(END_SECONDS)}"
    if victim == "main process":
        os.kill(process.pid, signal.SIGKILL)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    _, alive = psutil.wait_procs(below, timeout=GONE_SECONDS)
    for one in alive:
        one.kill()
    return f"killed{f', {len(alive)} workers stayed' if alive else ''}"


def trials(trial: Trial, run: Run, usual: float) -> Iterator[str]:
    """Kill a command so many times; tell of each, and of each fault after "differs"."""
    chance = random.Random(run.seed)
    for number in range(run.times):
        trial.prepare(number)
        moment, victim = chance.random() * usual, VICTIMS[chance.randrange(3)]
        became = kill_after(trial.words, moment, victim)
        yield f"{number + 1}: {victim} at {moment:.3f} s of {usual:.1f}: {became}"
        if "stayed" in became:
            yield f"differs: {became}"
        yield from (f"differs: after the kill: {line}" for line in trial.whole())
        code = cuttings(trial.words).wait(END_SECONDS)
        if code != 0:
            yield f"differs: run again, it ends with exit code {code}"
        yield from (f"differs: {line}" for line in trial.equal())


def placed(source: Path, target: Path) -> None:
    """Copy an archive that nobody has open, in place of what is there."""
    for old in target.parent.glob(f"{target.name}*"):
        old.unlink()
    shutil.rmtree(captures_folder(target), ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
    shutil.copytree(captures_folder(source), captures_folder(target))


def changed(path: Path, script: str) -> None:
    """Change an archive that nobody has open."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        db.executescript(script)


def crawl_words(publisher: DemoPublisher, sites: Path, db: Path) -> tuple[str, ...]:
    """The command line that crawls the titles of a running publisher in a folder."""
    words = ["crawl", "--db", str(db), "--sites", str(sites), "--json"]
    for site in publisher.sites:
        words += ["--allow-private", site.base_url.split("://")[1]]
    return tuple(words)


def profiles(publisher: DemoPublisher, run: Run) -> Path:
    """Write the profiles of the titles that are crawled; returns their folder."""
    folder = run.folder / "sites"
    for written in publisher.profiles(folder):
        if run.titles and written.stem not in run.titles:
            written.unlink()
    return folder


def crawl_with_edits(run: Run) -> Iterator[str]:
    """Kill the crawl that finds the second phase in an archive of the first."""
    base, plain, hurt = (
        run.folder / f"{name}.db" for name in ("base", "plain", "hurt")
    )
    due = f"UPDATE urls SET due_at = '{OVERDUE}' WHERE due_at IS NOT NULL"
    with DemoPublisher(phase="first") as publisher:
        sites = profiles(publisher, run)
        seconds_of(crawl_words(publisher, sites, base))
        changed(base, due)
        publisher.switch("second")
        placed(base, plain)
        usual = seconds_of(crawl_words(publisher, sites, plain))
        yield f"undisturbed: {usual:.1f} s, {counted(plain)}"

        def whole() -> Iterator[str]:
            yield from unclean(hurt)
            changed(hurt, f"{due} AND {FAILED}")

        trial = Trial(
            words=crawl_words(publisher, sites, hurt),
            prepare=lambda number: placed(base, hurt),
            whole=whole,
            equal=lambda: differences(plain, hurt),
        )
        yield from trials(trial, run, usual)


def reextract(run: Run) -> Iterator[str]:
    """Kill the re-extraction of an archive that an older extractor has cut."""
    base, plain, hurt = (
        run.folder / f"{name}.db" for name in ("base", "plain", "hurt")
    )
    with DemoPublisher(phase="first") as publisher:
        sites = profiles(publisher, run)
        words = crawl_words(publisher, sites, base)
        seconds_of(words)
        publisher.switch("second")
        changed(base, f"UPDATE urls SET due_at = '{OVERDUE}'")
        seconds_of(words)
    changed(base, OLDER_CUTS)
    again = ("reextract", "--sites", str(sites), "--json", "--db")
    placed(base, plain)
    usual = seconds_of((*again, str(plain)))
    yield f"undisturbed: {usual:.1f} s, {counted(plain)}"
    trial = Trial(
        words=(*again, str(hurt)),
        prepare=lambda number: placed(base, hurt),
        whole=lambda: unclean(hurt),
        equal=lambda: differences(plain, hurt),
    )
    yield from trials(trial, run, usual)


def backup(run: Run) -> Iterator[str]:
    """Kill backups: every other one is the first, the others have a former one."""
    folder = run.folder
    live, former = folder / "live" / "archive.db", folder / "former" / "archive.db"
    target, first = folder / "backup" / "archive.db", folder / "first.db"
    with DemoPublisher(phase="first") as publisher:
        sites = profiles(publisher, run)
        words = crawl_words(publisher, sites, live)
        seconds_of(words)
        placed(live, first)
        seconds_of(("backup", str(former.parent), "--db", str(live)))
        publisher.switch("second")
        changed(live, f"UPDATE urls SET due_at = '{OVERDUE}'")
        seconds_of(words)
    changed(live, PADDING)
    before = live.read_bytes()
    again = ("backup", str(target.parent), "--db", str(live), "--json")
    usual = seconds_of(again)
    yield f"undisturbed: {usual:.1f} s, {counted(live)}"

    def prepare(number: int) -> None:
        shutil.rmtree(target.parent, ignore_errors=True)
        if number % 2:
            placed(former, target)

    def whole() -> Iterator[str]:
        if live.read_bytes() != before:
            yield "the archive itself is another one"
        yield from unclean(live)
        if target.exists():
            yield from unclean(target)
            found = content(target)
            if found not in (content(first), content(live)):
                yield "the backup is neither the former one nor the new one"

    def equal() -> Iterator[str]:
        yield from differences(live, target)
        left = [one.name for one in target.parent.rglob("*") if "partial" in one.name]
        yield from (f"left behind: {name}" for name in left)

    trial = Trial(words=again, prepare=prepare, whole=whole, equal=equal)
    yield from trials(trial, run, usual)


def content(path: Path) -> list[list[tuple[object, ...]]]:
    """What an archive says, without times."""
    with closing(sqlite3.connect(path)) as db:
        return [sorted(db.execute(query), key=repr) for _, query in QUERIES]


def counted(path: Path) -> str:
    """How many articles and revisions an archive has."""
    with closing(sqlite3.connect(path)) as db:
        articles, revisions = db.execute(
            "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM revisions)"
        ).fetchone()
    return f"{articles} articles, {revisions} revisions"


OF: dict[str, Callable[[Run], Iterator[str]]] = {
    "crawl-with-edits": crawl_with_edits,
    "reextract": reextract,
    "backup": backup,
}

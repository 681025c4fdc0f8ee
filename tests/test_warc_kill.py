"""An import that is killed or stopped loses nothing, and is finished by another one."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from command import SECONDS, cuttings, start
from made_pages import faults, rows
from made_warcs import LATER, Got, body, file, packed, story, url

from archive.database import captures_folder, open_for_reading
from archive.warc.verify import verify

COUNT = 120


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Many articles, ten of them captured again after an edit."""
    edited = [
        Got(
            url=url(f"news/story-{n}"),
            body=body(n).replace(b"two lots", b"three lots"),
            at=LATER,
        )
        for n in range(1, 11)
    ]
    stories = [story(n) for n in range(1, COUNT + 1)]
    return file(tmp_path, "made.warc.gz", packed(*edited, *stories))


def fetched(db: Path) -> int:
    """How many outcomes are committed by now."""
    try:
        with closing(sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)) as reading:
            return int(reading.execute("SELECT count(*) FROM fetches").fetchone()[0])
    except sqlite3.Error:
        return 0  # not made yet


def waited(process: subprocess.Popen[str], is_so: Callable[[], bool]) -> None:
    """Wait until something is so, or the process has ended."""
    end = time.monotonic() + SECONDS
    while not is_so() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.02)


@pytest.mark.parametrize(
    "number", [signal.SIGKILL, signal.SIGINT], ids=["kill", "stop"]
)
def test_an_import_goes_on_where_it_was(
    made: Path, tmp_path: Path, number: signal.Signals
) -> None:
    """Nothing is lost or doubled, each text is there once, every capture is whole."""
    db = tmp_path / "archive.db"
    process = start("import", "warc", made, "--db", db)
    try:
        waited(process, lambda: fetched(db) >= 1)
        os.kill(process.pid, number)
        _, said = process.communicate(timeout=SECONDS)
    finally:
        process.kill()
    if process.returncode == 130:
        assert number == signal.SIGINT
        assert "goes on from there" in said
        assert rows(db, "SELECT DISTINCT finish FROM crawls") == [("stopped",)]
    again = cuttings("import", "warc", made, "--db", db, "--json")
    assert again.returncode == 0, again.stderr
    assert rows(db, "SELECT count(*) FROM articles") == [(COUNT,)]
    assert rows(db, "SELECT count(*) FROM revisions") == [(COUNT + 10,)]
    assert rows(db, "SELECT count(*) FROM captures") == [(COUNT + 10,)]
    newest = "SELECT count(*) FROM articles a JOIN revisions r ON"
    newest += " r.id = a.revision_id AND r.body LIKE '%three lots%'"
    assert rows(db, newest) == [(10,)]
    with closing(open_for_reading(db)) as connection:
        assert not list(verify(connection, captures_folder(db)))
    assert faults(db) == []

"""Commands are killed without warning; what they leave is whole and nothing is lost."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.kill import differences, experiment  # noqa: E402
from benchmarks.kill_moments import OF, VICTIMS, Run, kill_after  # noqa: E402

KILLS = 5
MOMENTS = 3


def test_a_crawl_killed_five_times_ends_equal(tmp_path: Path) -> None:
    """SIGKILL at five moments costs nothing: the archive ends as an undisturbed one."""
    told = list(experiment(tmp_path, KILLS, seed=20260301))
    assert told[0].startswith("undisturbed: exit code 0"), told
    assert sum(": killed after" in line for line in told) >= KILLS - 1, told
    assert told[-2:] == ["run to its end: exit code 0", "0 differences"], told
    articles = count(tmp_path / "hurt.db", "articles")
    assert articles == count(tmp_path / "plain.db", "articles") > 150
    assert count(tmp_path / "hurt.db", "crawls") > 3
    # A comparison that finds nothing must be able to find something.
    with closing(sqlite3.connect(tmp_path / "hurt.db")) as db, db:
        db.execute("UPDATE articles SET section = 'Lost' WHERE id = 1")
    found = list(differences(tmp_path / "plain.db", tmp_path / "hurt.db"))
    assert len(found) == 2 and "Lost" in found[1]


@pytest.mark.parametrize("command", OF)
def test_a_command_killed_at_three_moments_ends_equal(
    tmp_path: Path, command: str
) -> None:
    """After each kill the check is clean; run again, all is as if undisturbed."""
    run = Run(folder=tmp_path, times=MOMENTS, seed=20260301, titles=("girder",))
    told = list(OF[command](run))
    assert told[0].startswith("undisturbed: "), told
    assert [line for line in told if line.startswith("differs")] == []
    assert len(told) == 1 + MOMENTS


@pytest.mark.parametrize("victim", VICTIMS)
def test_a_killed_command_is_gone(victim: str) -> None:
    """A command that is killed before it can do anything leaves no process behind."""
    assert kill_after(["check", "--db", "none.db"], 0.0, victim) == "killed"


def count(db: Path, table: str) -> int:
    """Rows of a table."""
    with closing(sqlite3.connect(db)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

"""Whole archives are cut again: as they are, by other profiles, and half at a time."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import pty
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from command import ROOT, SECONDS, cuttings, environment
from crawling import crawl, profiles_in, rows

from archive.database import open_for_reading
from archive.history.stale import stale
from archive.records import Maker
from archive.write import Archive
from cli.main import main
from cli.plan import Plan
from cli.recut_progress import RecutProgress
from cli.recut_wanted import moment_of, wanted_of
from cli.reextract import KEPT
from cli.reextract import profiles_in as profiles_of
from cli.reextract import reextract as reextract_command
from demo import DemoPublisher
from pipelines.settle import settle
from pipelines.workers import Workers

sys.path.insert(0, str(ROOT))

from benchmarks.kill_recut import Recut, experiment, held

FIELDS = {
    "headline": "SELECT id, headline FROM articles",
    "standfirst": "SELECT id, standfirst FROM articles",
    "body": "SELECT a.id, r.blocks FROM articles a JOIN revisions r"
    " ON r.id = a.revision_id",
    "published": "SELECT id, published_on, published_at FROM articles",
    "published_zone": "SELECT id, published_zone, published_precision FROM articles",
    "updated": "SELECT id, updated_on, updated_at FROM articles",
    "section": "SELECT id, section FROM articles",
    "section_path": "SELECT id, section_path FROM articles",
    "kind": "SELECT id, kind, kind_evidence FROM articles",
    "language": "SELECT id, language FROM articles",
    "access": "SELECT id, access, access_evidence FROM articles",
    "authors": "SELECT article_id, position, name FROM article_authors"
    " JOIN authors ON id = author_id",
    "tags": "SELECT article_id, position, name FROM article_tags"
    " JOIN tags ON id = tag_id",
    "links": """SELECT a.id, l.position, l.role, l.url, l.text FROM links l
        JOIN articles a ON a.revision_id = l.revision_id""",
    "image": "SELECT article_id, url, caption, credit, licence FROM images"
    " WHERE role = 'lead'",
    "images": "SELECT article_id, position, url, caption, credit, licence, after_block"
    " FROM images WHERE role <> 'lead'",
    "notices": "SELECT article_id, position, kind, text FROM notices",
    "evidence": "SELECT article_id, field, source FROM evidence",
}
"""What each field of a report stands for in the archive, asked in another way than the
report is made."""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an archive of one of the demo titles, with its profile."""
    folder = tmp_path_factory.mktemp("demo")
    with DemoPublisher(phase="first") as publisher:
        publisher.profiles(folder / "sites")
        plan = Plan(
            db=folder / "a.db",
            profiles=[p for p in profiles_in(folder / "sites") if p.name == "girder"],
            allow_private=tuple(s.base_url.split("://")[1] for s in publisher.sites),
        )
        crawl(plan)
    assert rows(plan.db, "SELECT count(*) FROM articles")[0][0] > 50
    return folder


@pytest.fixture
def folder(crawled: Path, tmp_path: Path) -> Path:
    """A copy of that folder."""
    return Path(shutil.copytree(crawled, tmp_path / "demo"))


def dump(db: Path) -> list[str]:
    """All that is in an archive."""
    with closing(sqlite3.connect(db)) as connection:
        return list(connection.iterdump())


def reextract(folder: Path, *words: str) -> dict[str, Any]:
    """Run the command; return what it tells."""
    report = folder / "report.jsonl"
    result = cuttings(
        "reextract",
        *("--db", folder / "a.db", "--sites", folder / "sites"),
        *("--json", "--report", report, *words),
    )
    assert result.returncode == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    found["lines"] = [json.loads(one) for one in report.read_text().splitlines()]
    return found


def change_profiles(folder: Path) -> None:
    """Have the profiles cut a paragraph out and state where the section stands."""
    for file in (folder / "sites").glob("*.toml"):
        text, css = file.read_text(), "css = ['p:nth-of-type(3n)'"
        if "[removals]" in text:
            text = text.replace("\ncss = [", f"\n{css}, ")
        else:
            text += f"\n[removals]\n{css}]\n"
        if "[selectors]" not in text:
            text += '\n[selectors]\nsection = "nav a"\n'
        file.write_text(text)


def stated(db: Path) -> dict[str, dict[int, list[tuple[Any, ...]]]]:
    """What an archive says of each article, by field."""
    found: dict[str, dict[int, list[tuple[Any, ...]]]] = {}
    for name, query in FIELDS.items():
        told = found.setdefault(name, {})
        for article_id, *values in sorted(rows(db, query), key=str):
            told.setdefault(article_id, []).append(tuple(values))
    return found


def differing(before: Path, after: Path) -> set[tuple[int, str]]:
    """Articles and fields of which two archives say something else."""
    old, new = stated(before), stated(after)
    return {
        (article_id, name)
        for name in FIELDS
        for article_id in {*old[name], *new[name]}
        if old[name].get(article_id) != new[name].get(article_id)
    }


def test_the_same_version_changes_nothing(folder: Path) -> None:
    """After a crawl nothing is stale; and all of it, cut again, is as it was."""
    before = dump(folder / "a.db")
    assert reextract(folder)["captures"] == 0
    assert dump(folder / "a.db") == before
    found = reextract(folder, "--all")
    assert found["captures"] == found["same"] + found["rejected"] > 50
    assert (found["fields"], found["lines"]) == ({}, [])
    assert dump(folder / "a.db") == before


def test_learning_again_changes_nothing(folder: Path) -> None:
    """What a crawl's end has learned is what all pages together teach."""
    before = dump(folder / "a.db")
    profile_of, pool = profiles_of(folder / "sites"), Workers()

    async def learn(archive: Archive) -> None:
        for (name,) in rows(folder / "a.db", "SELECT name FROM sites"):
            archive.memories.learn_all(name)
            assert await settle(archive, name, profile_of, pool) == 0

    with Archive(folder / "a.db") as archive:
        asyncio.run(learn(archive))
    pool.close()
    assert dump(folder / "a.db") == before


def test_a_dry_run_tells_exactly_what_a_run_then_changes(folder: Path) -> None:
    """By other profiles: both reports are the same, and are what differs in the file;
    the dry run itself, though it learns and compares too, leaves the file as it was."""
    plain = folder / "plain.db"
    shutil.copy(folder / "a.db", plain)
    change_profiles(folder)
    dry = reextract(folder, "--dry-run")
    assert dump(folder / "a.db") == dump(plain)
    real = reextract(folder)
    assert dry == real
    told = {
        (one["article_id"], name) for one in real["lines"] for name in one["fields"]
    }
    assert told == differing(plain, folder / "a.db")
    names = {name for _, name in told}
    assert {"body", "section", "evidence"} <= names
    assert real["fields"] == {
        name: sum(name in one["fields"] for one in real["lines"]) for name in names
    }
    assert real["changed"] + real["rescued"] == len(real["lines"]) > 50


def test_a_second_run_has_nothing_left_to_do(folder: Path) -> None:
    """Each revision says what cut it, so what is cut is not cut again."""
    change_profiles(folder)
    assert reextract(folder)["changed"] > 50
    before = dump(folder / "a.db")
    again = reextract(folder)
    assert (again["lines"], again["rejected"]) == ([], 0)
    assert again["captures"] == again["doubtful"]
    assert dump(folder / "a.db") == before
    everything = reextract(folder, "--all")
    assert (everything["changed"], everything["rescued"]) == (0, 0)
    assert dump(folder / "a.db") == before


def test_ctrl_c_keeps_what_is_cut_and_the_next_run_does_the_rest(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stopped run ends with exit code 130, and both together end as one run does."""
    change_profiles(folder)
    plain = Path(shutil.copytree(folder, tmp_path / "plain"))
    whole = reextract(plain)["captures"]
    cuts = itertools.count(1)

    def stop(progress: RecutProgress) -> None:
        if next(cuts) == 20:
            os.kill(os.getpid(), signal.SIGINT)

    where = ["--db", str(folder / "a.db"), "--sites", str(folder / "sites")]
    with monkeypatch.context() as patch:
        patch.setattr(RecutProgress, "cut", stop)
        result = CliRunner().invoke(main, ["reextract", *where])
    assert result.exit_code == 130
    assert KEPT in result.output and "Traceback" not in result.output
    rest = reextract(folder)["captures"]
    assert 0 < rest < whole
    assert timeless(folder / "a.db") == timeless(plain / "a.db")


def timeless(db: Path) -> set[str]:
    """All that is in an archive, but for the instants of its re-cuts."""
    instant = re.compile(r"^(INSERT INTO \"recuts\" VALUES\(\d+,\d+,)'[^']+'")
    return {instant.sub(r"\1", line) for line in dump(db)}


@pytest.mark.parametrize(("answer", "is_written"), [("n", False), ("y", True)])
def test_on_a_terminal_a_person_is_asked_first(
    folder: Path, answer: str, is_written: bool
) -> None:
    """What changes is shown, and written only if the answer is yes."""
    change_profiles(folder)
    db = folder / "a.db"
    before = dump(db)
    code, told = at_terminal(
        f"{answer}\n",
        *("reextract", "--db", db, "--sites", folder / "sites", "--show", 2),
    )
    assert code == 0, told
    assert "would be changed" in told and "Write this to the archive?" in told
    assert "[-" in told and "more: --report FILE writes all of them" in told
    assert (dump(db) != before) is is_written
    assert ("nothing was written" in told) is not is_written
    assert (reextract(folder)["changed"] == 0) is is_written


def at_terminal(typed: str, *words: object) -> tuple[int, str]:
    """Run the command as a person at a terminal does; exit code and what is told."""
    ours, its = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "cli", *map(str, words)],
        stdin=its,
        stdout=its,
        stderr=its,
        env=environment(TERM="xterm"),
    ) as process:
        os.close(its)
        os.write(ours, typed.encode())
        told = b""
        with contextlib.suppress(OSError):  # so a terminal ends on Linux
            while piece := os.read(ours, 4096):
                told += piece
        code = process.wait(SECONDS)
    os.close(ours)
    return code, told.decode()


def test_captures_are_chosen_by_time_and_article(crawled: Path) -> None:
    """Days and instants, and an article by its number or an address of it."""
    db = crawled / "a.db"
    ((first, last),) = rows(db, "SELECT min(fetched_at), max(fetched_at) FROM captures")
    ((address,),) = rows(db, "SELECT url FROM articles WHERE id = 7")
    every = chosen(db)
    assert every > 50
    for words, captures in (
        ({"since": first}, every),
        ({"since": first[:10]}, every),
        ({"since": "2999-01-01"}, 0),
        ({"until": first}, 0),
        ({"until": last[:10]}, every),
        ({"since": first[:10], "until": "2999-01-01T00:00:00+01:00"}, every),
        ({"article": "7"}, 1),
        ({"article": address}, 1),
    ):
        assert chosen(db, **words) == captures, words


def chosen(db: Path, article: str | None = None, **when: str) -> int:
    """How many captures the command's options choose."""
    context = click.Context(reextract_command)
    options = {one.name: one for one in reextract_command.params}
    read = {n: moment_of(context, options[n], when.get(n)) for n in ("since", "until")}
    wanted = wanted_of(db, article, sites=(), **read).with_everything()
    with closing(open_for_reading(db)) as connection:
        found = stale(connection, wanted, lambda site, home: Maker())
    return sum(map(len, found.values()))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--since", "1 March"), "'1 March' is neither a day such as 2026-03-01"),
        (("--until", "2026-02-30"), "'2026-02-30' is neither a day"),
        (("--until", "9999-12-31"), "is neither a day"),
        (("--since", "2026-03-02", "--until", "2026-03-01"), "nothing lies between"),
        (("--article", "999999"), "the archive has no article 999999"),
        (("--article", "x:y"), "the archive has no article x:y"),
        (("--site", "girder", "--site", "none"), "the archive has no site 'none'"),
    ],
)
def test_what_cannot_be_meant_is_told(
    crawled: Path, words: tuple[str, ...], message: str
) -> None:
    """A wrong day, article or site ends the command with exit code 2."""
    result = CliRunner().invoke(
        main, ["reextract", "--db", str(crawled / "a.db"), *words]
    )
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())


def test_a_site_without_its_profile_is_left_alone(folder: Path) -> None:
    """Whoever forgets --sites loses nothing; general rules have to be asked for."""
    (folder / "sites" / "girder.toml").unlink()
    words = ("reextract", "--db", folder / "a.db", "--sites", folder / "sites")
    result = cuttings(*words, "--dry-run")
    assert result.returncode == 2
    assert "for girder: name the folder with --sites" in result.stderr
    assert cuttings(*words, "--dry-run", "--general-rules").returncode == 0


def test_a_broken_profile_cuts_nothing(folder: Path) -> None:
    """A mistake in a profile ends the command as it ends a crawl: told, exit code 2."""
    file = folder / "sites" / "girder.toml"
    file.write_text("bad_key = 1\n" + file.read_text())
    words = ("reextract", "--db", folder / "a.db", "--sites", folder / "sites")
    result = cuttings(*words, "--site", "girder", "--yes")
    assert result.returncode == 2
    assert "bad_key" in result.stderr


def test_killed_runs_lose_and_double_nothing(folder: Path, tmp_path: Path) -> None:
    """SIGKILL at two moments: the archive ends as that of an undisturbed run."""
    change_profiles(folder)
    plain = Path(shutil.copytree(folder, tmp_path / "plain"))
    runs = [Recut(db=one / "a.db", sites=folder / "sites") for one in (plain, folder)]
    told = list(experiment(*runs, 2, seed=20260301))
    assert told[0].startswith("undisturbed: exit code 0"), told
    assert told[-2:] == ["run to its end: exit code 0", "0 differences"], told
    # A comparison that finds nothing must be able to find something.
    with closing(sqlite3.connect(folder / "a.db")) as db, db:
        db.execute("UPDATE revisions SET profile = 'lost' WHERE id = 1")
    assert len(held(plain / "a.db") ^ held(folder / "a.db")) == 2

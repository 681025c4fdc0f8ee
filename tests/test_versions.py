"""Filled archives of every released version go in; those of this one come out."""

from __future__ import annotations

import ast
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from filled_archive import FOLDER, OBJECTS, dump, fill, load, steps
from made_pages import rows

from archive.check import Depth, check
from archive.checks.file import fresh_schema
from archive.database import open_for_reading, open_for_writing
from archive.errors import ArchiveUnreadable
from archive.write import Archive

ROOT = Path(__file__).resolve().parent.parent
AGAIN = "python tests/filled_archive.py makes it"
PACKAGES = ("archive", "cli", "crawler", "demo", "pipelines")
NOT_FILLED = {"sqlite_sequence", "articles_fts_config"}
OPENERS = {
    "archive/database.py",  # where every connection to an archive is opened
    "archive/backups/backup.py",  # page by page, into a copy that is not yet an archive
    "archive/backups/folder.py",
    "archive/warc/foreign/index.py",  # as the next one
    "pipelines/journal.py",  # a file of SQLite's own, for as long as a run takes
}


def tables(path: Path) -> dict[str, list[str]]:
    """The ordinary tables of a file with their columns."""
    names = rows(path, "SELECT name FROM sqlite_master WHERE type = 'table'")
    return {
        str(name): [
            str(row[0])
            for row in rows(path, f"SELECT name FROM pragma_table_info('{name}')")
        ]
        for (name,) in names
    }


def held(path: Path, table: str, columns: list[str]) -> list[tuple[object, ...]]:
    """These columns of all rows of a table."""
    query = f'SELECT {", ".join(columns)} FROM "{table}"'
    return sorted(rows(path, query), key=repr)


@pytest.mark.parametrize("step", steps())
def test_every_version_has_its_filled_archive(step: str) -> None:
    """A migration cannot be added without an archive of its version to try it on."""
    assert (FOLDER / f"{step}.sql").is_file(), AGAIN


def test_the_newest_filled_archive_is_of_this_schema(tmp_path: Path) -> None:
    """The file of the newest step has exactly the schema that the step makes."""
    path = tmp_path / "archive.db"
    load(FOLDER / f"{steps()[-1]}.sql", path)
    assert dict(rows(path, OBJECTS_BY_KIND)) == fresh_schema(), AGAIN


OBJECTS_BY_KIND = """
SELECT type || ' ' || name, sql FROM sqlite_master
WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
"""


@pytest.mark.parametrize("script", sorted(FOLDER.glob("*.sql")), ids=lambda p: p.stem)
def test_every_table_is_filled(tmp_path: Path, script: Path) -> None:
    """No migration is tried on an empty table."""
    path = tmp_path / "archive.db"
    load(script, path)
    empty = {
        name
        for name in tables(path)
        if not rows(path, f'SELECT 1 FROM "{name}" LIMIT 1')
    }
    assert empty <= NOT_FILLED


@pytest.mark.parametrize("script", sorted(FOLDER.glob("*.sql")), ids=lambda p: p.stem)
def test_every_version_is_brought_up_to_date(tmp_path: Path, script: Path) -> None:
    """From each version: the schema of a fresh file, every row kept, and no fault."""
    path = tmp_path / "archive.db"
    load(script, path)
    columns = {
        name: found
        for name, found in tables(path).items()
        if not name.startswith(("sqlite_", "_sqlite", "articles_fts"))
    }
    before = {name: held(path, name, found) for name, found in columns.items()}
    Archive(path).close()
    assert dict(rows(path, OBJECTS_BY_KIND)) == fresh_schema()
    after = {name: held(path, name, found) for name, found in columns.items()}
    assert after == before
    (fault,) = check(path, Depth(captures=False)).damage
    assert fault.kind == "file of captures that is missing"  # only the SQL is kept


def test_the_dump_of_an_archive_makes_it_again(tmp_path: Path) -> None:
    """What the script writes holds every row of the archive that it was made from."""
    path, again = tmp_path / "archive.db", tmp_path / "again.db"
    fill(path)
    script = tmp_path / "dump.sql"
    script.write_text("\n".join(dump(path)), encoding="utf-8")
    load(script, again)
    assert rows(again, OBJECTS) != []
    for name, columns in tables(path).items():
        if name.startswith(("sqlite_", "articles_fts_")):
            continue
        assert held(again, name, columns) == held(path, name, columns), name


MADE = """
import os, sys
sys.path[:0] = sys.argv[1:2]
from pathlib import Path
from sqlite_utils import Database
from archive import database
from archive.migrations import migrations
left = int(sys.argv[3])
def step(db, sql):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), 9)
    db.execute(sql)
@migrations()
def m999_made(db):
    step(db, "ALTER TABLE articles ADD COLUMN mood TEXT")
    step(db, "UPDATE articles SET mood = 'calm'")
    step(db, "CREATE TABLE moods (name TEXT PRIMARY KEY) STRICT")
    step(db, "INSERT INTO moods SELECT DISTINCT mood FROM articles")
    step(db, "DROP INDEX urls_site")
database.open_for_writing(Path(sys.argv[2])).close()
"""


def migrated(path: Path, count: int) -> int:
    """Bring an archive to a made version in a process that is killed at a step."""
    arguments = [str(ROOT), str(path), str(count)]
    run = subprocess.run([sys.executable, "-c", MADE, *arguments], check=False)
    return run.returncode


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
def test_a_killed_migration_leaves_the_old_version(tmp_path: Path, count: int) -> None:
    """Killed at any statement, the file is as before; the next run does it all."""
    path = tmp_path / "archive.db"
    fill(path)
    before = rows(path, OBJECTS), rows(path, "SELECT * FROM articles")
    assert migrated(path, count) == -9
    assert (rows(path, OBJECTS), rows(path, "SELECT * FROM articles")) == before
    assert check(path, Depth()).damage == ()
    assert migrated(path, 99) == 0
    assert rows(path, "SELECT name FROM moods") == [("calm",)]


def test_a_file_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    """What a later version has made is neither read nor written by this one."""
    path = tmp_path / "archive.db"
    fill(path)
    assert migrated(path, 99) == 0
    before = path.read_bytes()
    openers: tuple[Callable[[Path], object], ...] = (
        open_for_reading,
        open_for_writing,
        Archive,
    )
    for opened in openers:
        with pytest.raises(ArchiveUnreadable, match=r"newer version.*m999_made"):
            opened(path)
    assert path.read_bytes() == before


def test_every_table_is_strict(tmp_path: Path) -> None:
    """All tables of ours are strict: a word never lies where a number should."""
    path = tmp_path / "archive.db"
    fill(path)
    loose = rows(
        path,
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND NOT strict AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    assert loose == [("_sqlite_migrations",)]  # sqlite-utils makes it


def test_foreign_keys_are_on_in_every_connection(tmp_path: Path) -> None:
    """Whoever opens an archive, reading or writing, has its keys checked."""
    path = tmp_path / "archive.db"
    fill(path)
    for opened in (open_for_reading, open_for_writing):
        with closing(opened(path)) as db:
            assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
    with closing(open_for_writing(path)) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE articles SET site = 'nowhere'")


def test_connections_are_opened_in_one_place() -> None:
    """No module of ours opens a connection of its own, but for those listed."""
    found = set()
    for path in (one for name in PACKAGES for one in (ROOT / name).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Attribute)
                and ast.unparse(node) == "sqlite3.connect"
            ):
                found.add(str(path.relative_to(ROOT)))
    assert found == OPENERS

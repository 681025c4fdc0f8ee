"""archive/schema.py: everything is described, and docs/schema.md is current."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from filled_archive import fill
from sqlite_utils import Database

from archive.database import open_for_reading
from archive.migrations import migrations
from archive.schema import Table, describe, main, markdown
from archive.tables.guide import INDEXES, INTRODUCTION, QUESTIONS, Question

DOCUMENT = Path(__file__).parent.parent / "docs" / "schema.md"


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    """An empty archive in memory."""
    db = Database(memory=True)
    migrations.apply(db)
    yield db.conn
    db.close()


def named(connection: sqlite3.Connection, name: str) -> Table:
    """One table's description."""
    return next(table for table in describe(connection) if table.name == name)


def test_everything_is_described(connection: sqlite3.Connection) -> None:
    """Every table and view and every column of each has a description."""
    tables = describe(connection)
    bare = [table.name for table in tables if not table.description]
    bare += [
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if not column.description
    ]
    assert bare == []


def test_every_index_is_described(connection: sqlite3.Connection) -> None:
    """Every index that was made by name says what it is for, and no other is said."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
    made = {row[0] for row in rows if not row[0].startswith("sqlite_")}
    listed = [index for table in describe(connection) for index in table.indexes]
    assert {index.name for index in listed} == made == set(INDEXES)
    assert all(index.description and index.columns for index in listed)


def test_the_diagram_names_every_table(connection: sqlite3.Connection) -> None:
    """What an analyst may ask for stands in the picture of how the tables hang."""
    picture = INTRODUCTION.partition("```text")[2].partition("```")[0]
    names = {one.name for one in describe(connection) if not one.is_internal}
    assert {name for name in names if name not in re.findall(r"\w+", picture)} == set()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with rows in every table."""
    path = tmp_path_factory.mktemp("schema") / "archive.db"
    fill(path)
    return path


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.asks[:30])
def test_worked_queries_have_answers(filled: Path, question: Question) -> None:
    """Each query of the document runs as it stands, read-only, and finds rows."""
    with closing(open_for_reading(filled)) as db:
        assert db.execute(question.sql).fetchall()


def test_no_table_is_left_out(connection: sqlite3.Connection) -> None:
    """All that SQLite lists is described, but for its own tables and FTS5's."""
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
    )
    own = ("articles_fts_", "sqlite_")
    listed = {row[0] for row in rows if not row[0].startswith(own)}
    assert {table.name for table in describe(connection)} == listed


def test_comments_are_read(connection: sqlite3.Connection) -> None:
    """A table's first comment and the comments behind its columns are found."""
    crawls = named(connection, "crawls")
    columns = {column.name: column for column in crawls.columns}
    assert crawls.description.startswith("One row for each site and run.")
    assert columns["left_over"].description.startswith("found but not tried")
    assert columns["site"].refers_to == "sites.name"
    assert columns["id"].is_key
    assert not columns["finished_at"].is_required


def test_an_undescribed_table_shows(connection: sqlite3.Connection) -> None:
    """A table without comments has empty descriptions, so the first test sees it."""
    connection.execute("CREATE TABLE bare (\n  id INTEGER PRIMARY KEY\n)")
    assert named(connection, "bare").description == ""
    assert named(connection, "bare").columns[0].description == ""


def test_document_is_up_to_date(
    connection: sqlite3.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    """docs/schema.md is what `python -m archive.schema` writes."""
    main()
    written = capsys.readouterr().out
    assert written == markdown(connection)
    assert DOCUMENT.read_text(encoding="utf-8") == written

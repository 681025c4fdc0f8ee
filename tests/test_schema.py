"""archive/schema.py: everything is described, and docs/schema.md is current."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.migrations import migrations
from archive.schema import Table, describe, main, markdown

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

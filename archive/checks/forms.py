"""Laws of the form of values: JSON, times, days, and words from fixed lists.

The columns are taken from the schema: a time's name ends in `_at`, a day's in `_on`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from archive.checks.faults import Law
from archive.history.states import State
from archive.records import (
    Access,
    ArticleKind,
    AuthorKind,
    CaptureKind,
    LinkRole,
    NoticeKind,
    Outcome,
    Precision,
)
from archive.schema import Table
from archive.stories.copies import Relation

JSON_LISTS = (
    ("revisions", "blocks"),
    ("revisions", "byline"),
    ("revisions", "hinted"),
    ("captures", "passed"),
    ("captures", "hints"),
    ("crawls", "problems"),
    ("recuts", "fields"),
)
"""Columns that hold a JSON list."""
WORDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("articles", "kind", get_args(ArticleKind)),
    ("articles", "access", get_args(Access)),
    ("articles", "published_precision", get_args(Precision)),
    ("authors", "kind", get_args(AuthorKind)),
    ("links", "role", get_args(LinkRole)),
    ("notices", "kind", get_args(NoticeKind)),
    ("captures", "kind", get_args(CaptureKind)),
    ("copy_pairs", "relation", get_args(Relation)),
    ("fetches", "outcome", get_args(Outcome)),
    ("states", "state", get_args(State)),
)
"""Columns that hold one of a few words."""
INSTANT = "[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:*Z"
DAY = "[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]"
FORMS = {"_at": INSTANT, "_on": DAY, "at": INSTANT}
"""By the end of a column's name, or by all of it."""
FOREIGN = ("_sqlite_migrations",)
"""Tables whose times another library writes."""


def laws(schema: Iterable[Table]) -> Iterator[Law]:
    """The laws of the columns of a schema."""
    tables = {one.name: one for one in schema if one.kind == "table"}
    for table in tables.values():
        if table.name not in FOREIGN:
            yield from _times(table)
    for name, column in JSON_LISTS:
        yield _json(tables[name], column)
    for name, column, words in WORDS:
        yield _words(tables[name], column, words)


def _times(table: Table) -> Iterator[Law]:
    for column in table.columns:
        if form := FORMS.get(column.name[-3:]) or FORMS.get(column.name):
            yield Law(
                kind="time in another form",
                table=table.name,
                query=f"SELECT {key_of(table)}, {column.name} FROM {table.name}"  # noqa: S608
                f" WHERE {column.name} NOT GLOB '{form}'",
                meaning=f"{column.name} is not as this archive writes times: it sorts "
                "and compares wrongly.",
            )


def key_of(table: Table) -> str:
    """The columns that name a row of a table."""
    return ", ".join(one.name for one in table.columns if one.is_key) or "rowid"


def _json(table: Table, column: str) -> Law:
    return Law(
        kind="list that cannot be read",
        table=table.name,
        query=f"SELECT {key_of(table)} FROM {table.name} WHERE"  # noqa: S608
        f" CASE WHEN json_valid({column}) THEN json_type({column})"
        " <> 'array' ELSE 1 END",
        meaning=f"{column} is no JSON list: pages and re-extraction fail on it.",
        is_slow=True,
    )


def _words(table: Table, column: str, words: tuple[str, ...]) -> Law:
    listed = ", ".join(f"'{word}'" for word in words)
    return Law(
        kind="word that is not in the list",
        table=table.name,
        query=f"SELECT {key_of(table)}, {column} FROM {table.name}"  # noqa: S608
        f" WHERE {column} NOT IN ({listed})",
        meaning=f"{column} has a value that this version does not know: filters and "
        "counts leave the row out.",
    )

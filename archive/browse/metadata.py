"""Descriptions of an archive's tables go in; what Datasette shows of them comes out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from archive.schema import Table

if TYPE_CHECKING:
    from datasette.app import Datasette

SORTS = {
    "articles": {"sort_desc": "published_on"},
    "captures": {"sort_desc": "id"},
    "crawls": {"sort_desc": "id"},
    "revisions": {"sort_desc": "id"},
}
"""Newest first where an index serves it."""
LABELS = {
    "articles": "headline",
    "authors": "name",
    "captures": "url",
    "crawls": "started_at",
    "sites": "title",
    "tags": "name",
}
"""What stands for a row where another table points at it."""

SEQUENCE = {
    "description": "The highest id that each table has given out; kept by SQLite.",
    "columns": {"name": "the table", "seq": "the highest id"},
    "hidden": True,
}
"""What is shown of sqlite_sequence, which cannot carry comments and is of no use."""

Described = dict[str, dict[str, Any]]
_known: WeakKeyDictionary[Datasette, dict[str, Described]] = WeakKeyDictionary()
"""Per Datasette instance: database name to its tables' metadata."""


def known(datasette: Datasette) -> dict[str, Described]:
    """Metadata of the archives found so far, by database name."""
    return _known.get(datasette, {})


def remember(datasette: Datasette, name: str, tables: Iterable[Table]) -> None:
    """Keep the descriptions of an archive, and turn facet suggestions off.

    Suggesting facets runs a query for every column of a table page; on an archive it
    was 46 times the cost of the page itself.
    """
    described: Described = {"sqlite_sequence": SEQUENCE}
    described |= {table.name: _table(table) for table in tables}
    _known.setdefault(datasette, {})[name] = described
    datasette._settings["suggest_facets"] = False


def of(datasette: Datasette) -> dict[str, Any]:
    """Metadata as Datasette merges it; new dictionaries, since it writes into them."""
    return {
        "databases": {
            name: {
                "description": "A press-cuttings archive; full_articles is the view "
                "to start with.",
                "tables": {
                    table: entry | {"columns": dict(entry["columns"])}
                    for table, entry in tables.items()
                },
            }
            for name, tables in known(datasette).items()
        }
    }


def _table(table: Table) -> dict[str, Any]:
    """One table's metadata."""
    entry: dict[str, Any] = {
        "description": table.description,
        "columns": {column.name: column.description for column in table.columns},
        **SORTS.get(table.name, {}),
    }
    if table.name in LABELS:
        entry["label_column"] = LABELS[table.name]
    if table.is_internal:
        entry["hidden"] = True
    return entry

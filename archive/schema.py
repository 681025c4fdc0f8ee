"""A connection goes in; its tables, views and columns with their descriptions come out.

The descriptions are the comments of migrations.py, which SQLite keeps in
`sqlite_master`; what cannot carry a comment there is described in MORE and in COLUMNS.
`python -m archive.schema > docs/schema.md` writes the document for analysts.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from dataclasses import dataclass

from sqlite_utils import Database

from archive.migrations import migrations
from archive.tables.guide import INDEXES, guide

MORE = {
    "articles_fts": "Search index (FTS5) over search_source; kept up by triggers.",
    "_sqlite_migrations": "Steps of archive/migrations.py that this file has had.",
}
"""Tables whose SQL cannot carry our comments."""

INTERNAL = frozenset(
    (
        "search_source",
        "copy_hashes",
        "copy_recent",
        "copies_due",
        "revision_lines",
        "revision_paths",
    )
)
"""Tables and views of ours that only the crawler asks."""
COLUMNS = {
    "full_articles": {
        "id": "as articles.id",
        "site": "name of the site, as sites.name",
        "publication": "title of the site, as shown to readers",
        "url": "canonical URL",
        "headline": "as of the newest revision",
        "title": "the headline again, under the name that other tools expect",
        "standfirst": "paragraph under the headline; NULL if it has none",
        "text": "body of the newest revision: plain text, one block a line",
        "published_on": "day of publication in the site's time zone, YYYY-MM-DD",
        "published_at": "instant of publication in UTC; NULL if only the day is known",
        "updated_at": "instant of the last stated update in UTC; NULL if not known",
        "authors": "names in the order of the byline, separated by '; '; NULL if none",
        "section": "section as the site names it",
        "section_path": "sections, broadest first, joined by ' > '; NULL if none",
        "kind": "news, opinion, interview, sponsored …, as articles.kind",
        "access": "open; paywalled or truncated if the page shows a part only",
        "tags": "tags in the order of the page, separated by '; '; NULL if none",
        "language": "BCP 47, lower case",
        "word_count": "words of the body",
        "revision": "number of the newest revision; 1 if the text never changed",
        "first_seen_at": "UTC instant of the first capture",
        "last_seen_at": "UTC instant of the last answer that still had it",
        "state": "here, gone, paywalled or truncated, as of the last fetch; see states",
        "state_since": "UTC instant since when; NULL if it has always been so",
        "story_id": "the story that it is in; NULL if no other article has its text",
    },
    "edits": {
        "revision_id": "the newer of two revisions, as revisions.id",
        "article_id": "whose text, as articles.id",
        "site": "name of the site, as sites.name",
        "url": "canonical URL of the article",
        "number": "number of the revision, 2 or more",
        "seen_at": "UTC instant at which its text was first seen",
        "classes": "what changed, as changes.class, separated by ', '; NULL if nothing "
        "is left of it as the texts are cut today",
        "words_added": "as revisions.words_added",
        "words_removed": "as revisions.words_removed",
        "words_changed": "as revisions.words_changed",
        "headline": "as of this revision",
        "published_on": "day of publication, as articles.published_on",
    },
    "copies": {
        "article_id": "one article, as articles.id",
        "copy_id": "another article with its text or much of it, as articles.id",
        "copy_site": "site of that other article, as sites.name",
        "share": "share of the article's text that the copy has too, 0 to 1",
        "copy_share": "share of the copy's text that the article has too, 0 to 1",
        "relation": "identical, syndicated … as copy_pairs.relation, never none",
        "evidence": "what says so, for a person",
        "first_id": "which of the two was published first, else seen first",
    },
    "article_links": {
        "article_id": "the article that links, as articles.id",
        "site": "its site, as sites.name",
        "headline": "its headline",
        "published_on": "its day of publication, YYYY-MM-DD; NULL if unknown",
        "role": "inline, related, teaser or sponsored, as links.role",
        "position": "order on its page",
        "text": "anchor text",
        "url": "the target's address as written on the page",
        "target_id": "the archived article that the link leads to, as articles.id",
        "target_site": "site of the target, as sites.name",
        "target_headline": "headline of the target",
        "target_published_on": "day on which the target was published; NULL if unknown",
    },
    "link_counts": {
        "article_id": "as articles.id",
        "site": "name of the site, as sites.name",
        "headline": "as of the newest revision",
        "published_on": "day of publication, as articles.published_on",
        "linked_from": "other articles that link to it, in whatever role",
        "linked_from_text": "of these: in their text",
        "linked_from_related": "of these: in a list or pointer to related articles",
        "links_to": "other archived articles that it links to, in whatever role",
    },
    "search_source": {
        "id": "as articles.id",
        "headline": "as of the newest revision",
        "standfirst": "as of the newest revision",
        "body": "body of the newest revision",
        "facets": "words to filter by: site and name without - and _, year and number",
    },
    "articles_fts": {
        "headline": "indexed text of search_source.headline",
        "standfirst": "indexed text of search_source.standfirst",
        "body": "indexed text of search_source.body",
        "facets": "indexed text of search_source.facets",
    },
    "_sqlite_migrations": {
        "id": "grows with time",
        "migration_set": "always cuttings",
        "name": "function in archive/migrations.py",
        "applied_at": "UTC instant at which it was run on this file",
    },
}
"""Columns of views and of the tables in MORE."""

COMMENT = re.compile(r"^\s*(?P<code>.*?)\s*--\s*(?P<comment>.*\S)\s*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of a table or view."""

    name: str
    type: str
    """As declared; empty for a computed column of a view."""
    is_key: bool
    """Part of the primary key."""
    is_required: bool
    """Never NULL."""
    refers_to: str | None
    """"table.column" that its values are rows of; None without a foreign key."""
    description: str
    """Empty if nobody described it, which a test forbids."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Index:
    """One index that was made by name; those of keys are not listed."""

    name: str
    columns: tuple[str, ...]
    is_unique: bool
    description: str
    """Empty if nobody described it, which a test forbids."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """One table or view."""

    name: str
    kind: str
    """table, view or index (a full-text index)."""
    description: str
    """Empty if nobody described it, which a test forbids."""
    columns: tuple[Column, ...]
    is_internal: bool
    """Of no use to analysts: bookkeeping and the search index."""
    indexes: tuple[Index, ...] = ()


def describe(connection: sqlite3.Connection) -> tuple[Table, ...]:
    """All tables and views in the order of migrations.py, without FTS5's own tables."""
    rows = connection.execute(
        "SELECT name, type, sql FROM sqlite_master WHERE type IN ('table', 'view') "
        "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid"
    ).fetchall()
    shadowed = [row[0] for row in rows if _kind(row[1], row[2]) == "index"]
    return tuple(
        _table(connection, name, _kind(kind, sql), sql)
        for name, kind, sql in rows
        if not any(name.startswith(index + "_") for index in shadowed)
    )


def _kind(kind: str, sql: str) -> str:
    return "index" if re.match(r"\s*CREATE VIRTUAL", sql, re.IGNORECASE) else kind


def _table(connection: sqlite3.Connection, name: str, kind: str, sql: str) -> Table:
    """Describe one table or view."""
    own, comments = _comments(sql)
    return Table(
        name=name,
        kind=kind,
        description=own or MORE.get(name, ""),
        columns=_columns(connection, name, comments | COLUMNS.get(name, {})),
        is_internal=name in MORE or name in INTERNAL,
        indexes=_indexes(connection, name),
    )


def _indexes(connection: sqlite3.Connection, table: str) -> tuple[Index, ...]:
    """The indexes of a table that were made by name, in the order of their names."""
    rows = connection.execute(
        "SELECT name, \"unique\" FROM pragma_index_list(?) WHERE origin = 'c'"
        " ORDER BY name",
        (table,),
    ).fetchall()
    return tuple(
        Index(
            name=name,
            columns=tuple(
                row[0]
                for row in connection.execute(
                    "SELECT name FROM pragma_index_info(?)", (name,)
                )
            ),
            is_unique=bool(unique),
            description=INDEXES.get(name, ""),
        )
        for name, unique in rows
    )


def _comments(sql: str) -> tuple[str, dict[str, str]]:
    """The comment on a line of its own, and those behind columns by column."""
    own = ""
    behind: dict[str, str] = {}
    for line in sql.splitlines():
        found = COMMENT.match(line)
        if found is None:
            continue
        if not found["code"]:
            own = own or found["comment"]
        else:
            behind.setdefault(found["code"].split()[0].strip('"'), found["comment"])
    return own, behind


def _columns(
    connection: sqlite3.Connection, table: str, descriptions: dict[str, str]
) -> tuple[Column, ...]:
    """Describe the columns of one table."""
    keys = connection.execute(
        'SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)', (table,)
    )
    refers = {column: f"{other}.{to}" for column, other, to in keys}
    rows = connection.execute(
        'SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (table,)
    )
    return tuple(
        Column(
            name=name,
            type=declared,
            is_key=pk > 0,
            is_required=bool(required or pk),
            refers_to=refers.get(name),
            description=descriptions.get(name, ""),
        )
        for name, declared, required, pk in rows
    )


def markdown(connection: sqlite3.Connection) -> str:
    """The document of a database's tables and views."""
    tables = describe(connection)
    parts = [guide()]
    parts += [_section(table) for table in tables if not table.is_internal]
    parts += [_section(table) for table in tables if table.is_internal]
    return "\n".join(parts)


def _section(table: Table) -> str:
    """One table as a heading, its description and a table of its columns."""
    kind = {"index": "full-text index"}.get(table.kind, table.kind)
    kind = f"internal {kind}" if table.is_internal else kind
    lines = [f"## {table.name}", "", f"{table.description} ({kind})", ""]
    lines += ["| column | type | meaning |", "|---|---|---|"]
    lines += [_line(column) for column in table.columns]
    if table.indexes:
        lines += ["", "Indexes:", ""]
        lines += [_index(one) for one in table.indexes]
    return "\n".join(lines) + "\n"


def _line(column: Column) -> str:
    """One column as a line of a Markdown table."""
    name = f"**{column.name}**" if column.is_key else column.name
    meaning = column.description.replace("|", "\\|")
    if column.refers_to:
        meaning += f" (→ {column.refers_to})"
    required = " NOT NULL" if column.is_required and column.type else ""
    return f"| {name} | {column.type}{required} | {meaning} |"


def _index(index: Index) -> str:
    """One index as a line of a Markdown list."""
    unique = "unique: " if index.is_unique else ""
    return f"- `{index.name}` ({', '.join(index.columns)}): {unique}{index.description}"


def main() -> None:
    """Write the document of an empty archive to standard output."""
    db = Database(memory=True)
    migrations.apply(db)
    sys.stdout.write(markdown(db.conn))
    db.close()


if __name__ == "__main__":
    main()

"""A search plan and a connection go in; ids and counts of matching articles come out.

This is the SQL behind search.py. Only constants of this module are pasted into
statements; every value is bound.
"""

# ruff: noqa: S608

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Sort = Literal["relevance", "newest"]

WINDOW = 20_000
"""Matches ranked and counted at most: both grow with the number of matches, and nobody
turns a thousand pages. docs/decisions.md has the measurement."""
WEIGHTS = "bm25(10.0, 4.0, 1.0, 0.0)"
"""Weight of headline, standfirst, body and facets: a word in the headline is what the
article is about."""
YEAR = "coalesce(substr(a.published_on, 1, 4), '0000')"
BY_DAY = "a.published_on DESC, a.published_at DESC, a.id DESC"
FOUND = "articles_fts CROSS JOIN articles a ON a.id = articles_fts.rowid"
"""CROSS JOIN keeps FTS5 in the lead, so that its order by rank needs no sorting."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A request after its query was read and its sites were looked up."""

    match: str | None
    """FTS5 expression of the words alone; None if only filters were given."""
    sites: tuple[str, ...] = ()
    """Only these sites; empty for all."""
    years: tuple[int, ...] = ()
    """Only these years, 0 for articles without a day; empty for all."""
    nowhere: bool = False
    """Sites were named and the archive has none of them: nothing matches."""

    @property
    def has_filters(self) -> bool:
        """Whether anything narrows the words."""
        return bool(self.sites or self.years or self.nowhere)


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """The matches that are ranked and counted: all, or the newest by article id."""

    count: int
    first_id: int
    """Smallest article id inside."""
    is_all: bool
    """Whether every match is inside."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """Which page of the matches is wanted."""

    sort: Sort
    limit: int
    offset: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """How many matches one site has in one year."""

    site: str
    year: int
    count: int


def window(connection: sqlite3.Connection, plan: Plan, *, filtered: bool) -> Window:
    """Count the newest matches and find where they begin."""
    where, values = _where(plan, filtered=filtered)
    if plan.match is None:
        sql = f"SELECT count(*) FROM articles a WHERE {where}"
        count = connection.execute(sql, values).fetchone()[0]
        return Window(count=count, first_id=0, is_all=True)
    source = FOUND if filtered else "articles_fts"
    sql = (
        "SELECT count(*), min(id) FROM (SELECT articles_fts.rowid AS id "
        f"FROM {source} WHERE {where} ORDER BY articles_fts.rowid DESC LIMIT ?)"
    )
    count, first_id = connection.execute(sql, (*values, WINDOW + 1)).fetchone()
    if count <= WINDOW:
        return Window(count=count, first_id=0, is_all=True)
    return Window(count=WINDOW, first_id=first_id + 1, is_all=False)


def cube(connection: sqlite3.Connection, plan: Plan, inside: Window) -> list[Cell]:
    """Count the matches of the words alone by site and year."""
    where, values = _where(plan, filtered=False)
    source = "articles a"
    if plan.match is not None:
        source, where = FOUND, f"{where} AND articles_fts.rowid >= ?"
        values = [*values, inside.first_id]
    sql = f"SELECT a.site, {YEAR}, count(*) FROM {source} WHERE {where} GROUP BY 1, 2"
    rows = connection.execute(sql, values)
    return [Cell(site=site, year=_year(year), count=n) for site, year, n in rows]


def page(
    connection: sqlite3.Connection, plan: Plan, inside: Window, order: Order
) -> list[int]:
    """The ids of one page of matches, in order."""
    if not inside.count:
        return []
    if plan.match is None:
        sql, values = _by_day("articles a", *_where(plan, filtered=True))
    elif order.sort == "relevance":
        sql, values = _by_rank(plan, inside)
    elif inside.is_all:
        sql, values = _by_day(FOUND, *_where(plan, filtered=True))
    else:
        sql, values = _frequent_by_day(plan)
    rows = connection.execute(sql, (*values, order.limit, order.offset))
    return [row[0] for row in rows]


def _by_rank(plan: Plan, inside: Window) -> tuple[str, list[object]]:
    """Best match first, inside the window."""
    where, values = _where(plan, filtered=plan.has_filters)
    source = FOUND if plan.has_filters else "articles_fts"
    sql = (
        f"SELECT articles_fts.rowid FROM {source} WHERE {where} AND rank MATCH ? "
        "AND articles_fts.rowid >= ? ORDER BY rank LIMIT ? OFFSET ?"
    )
    return sql, [*values, WEIGHTS, inside.first_id]


def _by_day(source: str, where: str, values: list[object]) -> tuple[str, list[object]]:
    """Newest day first, all matches sorted."""
    sql = f"SELECT a.id FROM {source} WHERE {where} ORDER BY {BY_DAY} LIMIT ? OFFSET ?"
    return sql, values


def _frequent_by_day(plan: Plan) -> tuple[str, list[object]]:
    """Newest day first for frequent words: walk back day by day, testing each article.

    With more than WINDOW matches few articles are walked for each that matches, and
    nothing has to be sorted.
    """
    filters = Plan(match=None, sites=plan.sites, years=plan.years, nowhere=plan.nowhere)
    where, values = _where(filters, filtered=True)
    exists = "SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? AND rowid = a.id"
    return _by_day(
        "articles a", f"{where} AND EXISTS ({exists})", [*values, plan.match]
    )


def _where(plan: Plan, *, filtered: bool) -> tuple[str, list[object]]:
    """The condition on articles_fts and articles, with its values.

    The facet words let FTS5 skip most articles; the conditions on `articles` make the
    filter exact, since two sites may share a facet word.
    """
    conditions: list[str] = []
    values: list[object] = []
    if plan.match is not None:
        conditions.append("articles_fts MATCH ?")
        values.append(_narrowed(plan) if filtered else plan.match)
    if filtered and plan.nowhere:
        conditions.append("0")
    if filtered and plan.sites:
        conditions.append(f"a.site IN ({_holders(plan.sites)})")
        values += plan.sites
    if filtered and plan.years:
        conditions.append(f"{YEAR} IN ({_holders(plan.years)})")
        values += [f"{year:04d}" for year in plan.years]
    return " AND ".join(conditions) or "1", values


def _narrowed(plan: Plan) -> str:
    """The FTS5 expression with the facet words of its sites and years."""
    parts = [f"({plan.match})"]
    sites = [f"site{name.replace('-', '').replace('_', '')}" for name in plan.sites]
    for words in (sites, [f"year{year:04d}" for year in plan.years]):
        if words:
            quoted = ('"' + word.replace('"', '""') + '"' for word in words)
            parts.append(f"(facets : ({' OR '.join(quoted)}))")
    return " AND ".join(parts)


def _holders(values: Sequence[object]) -> str:
    """Placeholders for a list of values."""
    return ", ".join("?" * len(values))


def _year(text: str) -> int:
    """A year as a number; 0 where the day is not one we can read."""
    return int(text) if text.isascii() and text.isdigit() else 0

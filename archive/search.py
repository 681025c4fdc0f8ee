"""A search request and a connection go in; one page of ranked hits comes out.

The index is FTS5 over headline, standfirst and body, ranked by BM25; its column
`facets` only narrows. Cost is bounded: of a word that occurs in more than WINDOW
articles only the newest WINDOW matches are ranked and counted, and the result says so.
Only ids that came from the archive are pasted into statements.
"""

# ruff: noqa: S608

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from archive.errors import QueryError
from archive.matches import WINDOW, Cell, Order, Plan, Sort, cube, page, window
from archive.query import Query, parse
from archive.read import bylines
from archive.snapshot import snapshot

MAX_LIMIT = 200
SNIPPET_WORDS = 30

MARK, UNMARK = "\ufdd0", "\ufdd1"
"""Stand around a match in marked text. Unicode reserves both for use inside programs,
so neither a page's text nor an icon font has them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchRequest:
    """What to look for and which page of the result to give."""

    query: str
    """As typed; see query.py for the language."""
    sites: tuple[str, ...] = ()
    """Only these sites; empty for all. Added to those typed as site:."""
    years: tuple[int, ...] = ()
    """Only articles published in these years; UNDATED for those without a day."""
    sort: Sort = "relevance"
    """Best match first, or newest day first."""
    limit: int = 20
    """Hits to return, at most MAX_LIMIT."""
    offset: int = 0
    """Hits to leave out before the first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A run of text that is a match or is none."""

    text: str
    marked: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One article found. Texts named "marked" hold MARK and UNMARK around matches."""

    article_id: int
    site: str
    publication: str
    """Title of the site, as shown to readers."""
    headline: str
    """Marked text."""
    standfirst: str | None
    """Marked text, whole; None if the article has none."""
    snippet: str
    """Marked text: the part of the body with most matches, "…" where it is cut."""
    published_on: str | None
    authors: tuple[str, ...]
    """In the order of the byline."""
    url: str
    """Canonical URL of the original; check its scheme before making a link of it."""
    copies: int
    """Articles on other addresses with exactly the same body."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteCount:
    """How many matches one site has, under the other filters."""

    name: str
    title: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class YearCount:
    """How many matches one year has, under the other filters."""

    year: int
    """UNDATED for articles without a day."""
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchResult:
    """One page of hits with the counts of the whole."""

    hits: tuple[Hit, ...]
    total: int
    """Matches; WINDOW at most."""
    total_is_exact: bool
    """False if there are more than `total`."""
    site_counts: tuple[SiteCount, ...]
    """Most matches first; a chosen site is listed even without matches."""
    year_counts: tuple[YearCount, ...]
    """Newest first, undated last."""
    sites: tuple[str, ...]
    """Sites in force: asked for and typed, as the archive spells them."""
    years: tuple[int, ...]
    """Years in force."""
    note: str | None
    """What the reader should know of this result; None if nothing."""


def search(connection: sqlite3.Connection, request: SearchRequest) -> SearchResult:
    """Find articles.

    Raises:
        QueryError: the query holds nothing to look for, or a filter that means nothing.
        ArchiveError: SQLite failed.
    """
    query = _understood(request)
    with snapshot(connection):
        return _search(connection, request, query)


def segments(marked: str) -> tuple[Segment, ...]:
    """Cut a marked text into runs; stray marks are dropped."""
    runs: list[Segment] = []
    for index, part in enumerate(marked.split(MARK)):
        inside, unmarked, outside = part.partition(UNMARK)
        if index == 0 or not unmarked:
            inside, outside = "", inside + outside
        outside = outside.replace(UNMARK, "")
        runs += [Segment(text=inside, marked=True), Segment(text=outside, marked=False)]
    return tuple(run for run in runs if run.text)


def plain(marked: str) -> str:
    """A marked text without its marks."""
    return marked.replace(MARK, "").replace(UNMARK, "")


def _understood(request: SearchRequest) -> Query:
    """Read the query; an empty one is in order where the request carries filters."""
    if not 1 <= request.limit <= MAX_LIMIT or not 0 <= request.offset < 2**62:
        why = f"the limit must be 1 to {MAX_LIMIT} and the offset 0 or more"
        raise QueryError(request.query, why)
    if not request.query.strip() and (request.sites or request.years):
        return Query(match=None)
    return parse(request.query)


def _search(
    connection: sqlite3.Connection, request: SearchRequest, query: Query
) -> SearchResult:
    """Find articles by a query that has been read."""
    titles = dict(map(tuple, connection.execute("SELECT name, title FROM sites")))
    plan, notes = _planned(request, query, titles)
    everything = window(connection, plan, filtered=False)
    inside = everything
    if plan.has_filters:
        inside = window(connection, plan, filtered=True)
    order = Order(sort=request.sort, limit=request.limit, offset=request.offset)
    cells = cube(connection, plan, everything)
    if not everything.is_all:
        notes.append(_limits(request.sort))
    ids = page(connection, plan, inside, order)
    return SearchResult(
        hits=tuple(_hits(connection, plan, ids, titles)),
        total=inside.count,
        total_is_exact=inside.is_all,
        site_counts=_site_counts(cells, plan, titles),
        year_counts=_year_counts(cells, plan),
        sites=plan.sites,
        years=plan.years,
        note=" ".join((*query.notes, *notes)) or None,
    )


def _limits(sort: Sort) -> str:
    """What a reader should know of a search for very frequent words."""
    what = "the ranking and the counts" if sort == "relevance" else "the counts"
    return (
        f"These words are very frequent: {what} cover the {WINDOW:,} matches archived "
        "last. Add a word, or choose a site or a year, to reach the others."
    )


def _planned(
    request: SearchRequest, query: Query, titles: dict[str, str]
) -> tuple[Plan, list[str]]:
    """Settle sites as the archive spells them; say which it does not have."""
    spelling = {name.lower(): name for name in titles}
    asked = dict.fromkeys(name.lower() for name in (*request.sites, *query.sites))
    known = tuple(spelling[name] for name in asked if name in spelling)
    missing = [name for name in asked if name not in spelling]
    plan = Plan(
        match=query.match,
        sites=known,
        years=tuple(dict.fromkeys((*request.years, *query.years))),
        nowhere=bool(missing) and not known,
    )
    return plan, [f"No site of this archive is called {name!r}." for name in missing]


def _site_counts(
    cells: list[Cell], plan: Plan, titles: dict[str, str]
) -> tuple[SiteCount, ...]:
    """Matches by site under the chosen years."""
    counts = dict.fromkeys(plan.sites, 0)
    for cell in cells:
        if not plan.years or cell.year in plan.years:
            counts[cell.site] = counts.get(cell.site, 0) + cell.count
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        SiteCount(name=name, title=titles.get(name, name), count=count)
        for name, count in ranked
    )


def _year_counts(cells: list[Cell], plan: Plan) -> tuple[YearCount, ...]:
    """Matches by year under the chosen sites."""
    counts = dict.fromkeys(plan.years, 0) if len(plan.years) == 1 else {}
    for cell in cells:
        if plan.sites == () or cell.site in plan.sites:
            counts[cell.year] = counts.get(cell.year, 0) + cell.count
    return tuple(
        YearCount(year=year, count=counts[year])
        for year in sorted(counts, reverse=True)
    )


def _hits(
    connection: sqlite3.Connection, plan: Plan, ids: list[int], titles: dict[str, str]
) -> Iterable[Hit]:
    """Everything a result page shows of the given articles, in their order."""
    listed = ", ".join(str(article_id) for article_id in ids)
    authors = bylines(connection, ids)
    copies = _copies(connection, listed)
    texts = _marked(connection, plan, listed)
    facts = f"SELECT id, site, published_on, url FROM articles WHERE id IN ({listed})"
    rows = {row[0]: row for row in connection.execute(facts)}
    for article_id in ids:
        _, site, published_on, url = rows[article_id]
        headline, standfirst, snippet = texts[article_id]
        yield Hit(
            article_id=article_id,
            site=site,
            publication=titles.get(site, site),
            headline=headline,
            standfirst=standfirst or None,
            snippet=" ".join(snippet.split()),
            published_on=published_on,
            authors=authors.get(article_id, ()),
            url=url,
            copies=copies.get(article_id, 0),
        )


def _copies(connection: sqlite3.Connection, listed: str) -> dict[int, int]:
    """Number of exact copies of those listed articles that have any."""
    rows = connection.execute(
        "SELECT article_id, count(*) FROM copies "
        f"WHERE article_id IN ({listed}) GROUP BY article_id"
    )
    return dict(map(tuple, rows))


def _marked(
    connection: sqlite3.Connection, plan: Plan, listed: str
) -> dict[int, tuple[str, str | None, str]]:
    """Headline, standfirst and snippet of the listed articles, matches marked."""
    if plan.match is None:
        rows = connection.execute(
            "SELECT id, headline, standfirst, substr(body, 1, 200) FROM search_source "
            f"WHERE id IN ({listed})"
        )
    else:
        # For a prefix FTS5 merges the lists of all its words before it can look up one
        # article; the plus makes SQLite do so once for all hits and not for each.
        key = "+rowid" if '" *' in plan.match else "rowid"
        rows = connection.execute(
            "SELECT rowid, highlight(articles_fts, 0, :mark, :unmark), "
            "highlight(articles_fts, 1, :mark, :unmark), "
            "snippet(articles_fts, 2, :mark, :unmark, '…', :words) FROM articles_fts "
            f"WHERE articles_fts MATCH :match AND {key} IN ({listed})",
            {"mark": MARK, "unmark": UNMARK, "words": SNIPPET_WORDS}
            | {"match": plan.match},
        )
    return {row[0]: (row[1], row[2], row[3]) for row in rows}

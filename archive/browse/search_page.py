"""A visit with a query goes in; the search page comes out, with links to narrow it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from datasette import Response

from archive.browse.attached import Visit, page
from archive.browse.paging import Pages, Pairs, address, pages
from archive.errors import QueryError
from archive.matches import Sort
from archive.query import UNDATED
from archive.search import SearchRequest, SearchResult, search

PER_PAGE = 20
SHORT = 12
"""Sites shown before "more"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One site or year to filter by."""

    label: str
    count: int
    href: str
    """Chooses it, or gives it up if it is chosen."""
    chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the address asks for, beside the page number."""

    query: str
    sites: tuple[str, ...]
    years: tuple[int, ...]
    sort: Sort

    @property
    def pairs(self) -> Pairs:
        """The same as the pairs of a query string."""
        pairs = [("q", self.query)] + [("site", name) for name in self.sites]
        pairs += [("year", year_text(year)) for year in self.years]
        return pairs + ([("sort", "newest")] if self.sort == "newest" else [])


@page
async def view(visit: Visit) -> Response:
    """Search, or show how to."""
    asked = _asked(visit)
    context = {"q": asked.query, "asked": asked, "result": None, "error": None}
    if not (asked.query.strip() or asked.sites or asked.years):
        return await visit.render("search", context)
    request = SearchRequest(
        query=asked.query,
        sites=asked.sites,
        years=asked.years,
        sort=asked.sort,
        limit=PER_PAGE,
        offset=(visit.page_number - 1) * PER_PAGE,
    )

    def read(connection: sqlite3.Connection) -> SearchResult:
        return search(connection, request)

    try:
        result = await visit.read(read)
    except QueryError as error:
        return await visit.render("search", context | {"error": error}, status=400)
    return await visit.render("search", context | _shown(visit, asked, result))


def year_text(year: int) -> str:
    """A year as addresses and pages write it."""
    return "undated" if year == UNDATED else str(year)


def _asked(visit: Visit) -> Asked:
    """Read the address; what means nothing is left out."""
    args = visit.request.args
    years = [_year(text) for text in args.getlist("year")]
    return Asked(
        query=args.get("q") or "",
        sites=tuple(dict.fromkeys(filter(None, args.getlist("site")))),
        years=tuple(dict.fromkeys(year for year in years if year is not None)),
        sort="newest" if args.get("sort") == "newest" else "relevance",
    )


def _year(text: str) -> int | None:
    """A year of the address; None if it is none."""
    if text == "undated":
        return UNDATED
    return int(text) if len(text) == 4 and text.isascii() and text.isdigit() else None


def _shown(visit: Visit, asked: Asked, result: SearchResult) -> dict[str, object]:
    """What the template needs of a result."""
    path = str(visit.datasette.urls.path("/-/search"))
    sites = [
        Choice(
            label=site.title,
            count=site.count,
            href=_with(path, asked, sites=_toggled(asked.sites, site.name)),
            chosen=site.name in result.sites,
        )
        for site in result.site_counts
    ]
    years = [
        Choice(
            label=year_text(year.year),
            count=year.count,
            href=_with(path, asked, years=_toggled(asked.years, year.year)),
            chosen=year.year in result.years,
        )
        for year in result.year_counts
    ]
    return {
        "result": result,
        "sites": sites[:SHORT],
        "more_sites": sites[SHORT:],
        "years": years,
        "pages": _pages(visit, asked, result, path),
        "by_relevance": _with(path, asked, sort="relevance"),
        "by_newest": _with(path, asked, sort="newest"),
        "without_filters": _with(path, asked, sites=(), years=()),
    }


def _pages(visit: Visit, asked: Asked, result: SearchResult, path: str) -> Pages:
    """Links to the pages before and after."""
    return pages(
        path, visit.page_number, result.total, pairs=asked.pairs, size=PER_PAGE
    )


def _with(path: str, asked: Asked, **changes: object) -> str:
    """The address of the same search with changes, from its first page."""
    return address(path, replace(asked, **changes).pairs)  # type: ignore[arg-type]


def _toggled(chosen: Sequence[object], value: object) -> tuple[object, ...]:
    """Take a value out of what is chosen, or put it in."""
    if value in chosen:
        return tuple(other for other in chosen if other != value)
    return (*chosen, value)

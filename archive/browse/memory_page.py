"""A visit goes in; the page of what has been learned of a site comes out."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from datasette import Response

from archive.browse.attached import Visit, page
from archive.browse.paging import Pages, pages
from archive.memory import entries
from archive.read import SiteStatus, status
from archive.remembered import Remembered
from archive.snapshot import snapshot

PER_PAGE = 100
VERDICTS = {
    "nav": "the site’s own, left out",
    "teaser": "another article’s, left out",
    "standfirst": "where the standfirst stands",
    "byline": "where the byline stands",
    "text": "the article’s text",
}
"""How a verdict is told, in the order of the totals."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Total:
    """How many lines have one verdict."""

    told: str
    count: int


@page
async def view(visit: Visit) -> Response:
    """Show the lines that a site is remembered by, the most frequent ones first."""

    def read(
        connection: sqlite3.Connection,
    ) -> tuple[SiteStatus, list[Remembered]] | None:
        sites = status(connection, site=unquote(visit.request.url_vars["name"]))
        if not sites:
            return None
        with snapshot(connection):
            return sites[0], entries(connection, sites[0].name)

    found = await visit.read(read)
    if found is None:
        return await visit.missing("There is no site of this name.")
    site, lines = found
    first = (visit.page_number - 1) * PER_PAGE
    context = {
        "site": site,
        "lines": lines[first : first + PER_PAGE],
        "totals": totals(lines),
        "verdicts": VERDICTS,
        "pages": _pages(visit, site, len(lines)),
    }
    return await visit.render("memory", context)


def totals(lines: Sequence[Remembered]) -> list[Total]:
    """How many lines have each verdict; none of those that no line has."""
    counts = Counter[str](line.verdict for line in lines)
    return [
        Total(told=told, count=counts[verdict])
        for verdict, told in VERDICTS.items()
        if counts[verdict]
    ]


def _pages(visit: Visit, site: SiteStatus, total: int) -> Pages:
    """Where the reader stands in the list."""
    path = visit.datasette.urls.path(f"/-/sites/{quote(site.name, safe='')}/memory")
    return pages(str(path), visit.page_number, total, size=PER_PAGE)

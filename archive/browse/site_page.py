"""A visit goes in; one site's page comes out: its state, articles, rejected pages."""

from __future__ import annotations

import sqlite3
from urllib.parse import quote, unquote

from datasette import Response

from archive.browse.attached import Visit, page
from archive.browse.paging import PER_PAGE, pages
from archive.read import (
    ArticleList,
    RejectedPage,
    SiteStatus,
    newest,
    status,
)
from archive.read import rejected as rejected_pages


@page
async def view(visit: Visit) -> Response:
    """How a site stands, and its articles, newest day first."""

    def read(connection: sqlite3.Connection) -> tuple[SiteStatus, ArticleList] | None:
        sites = status(connection, site=_name(visit))
        if not sites:
            return None
        offset = (visit.page_number - 1) * PER_PAGE
        return sites[0], newest(
            connection, site=sites[0].name, limit=PER_PAGE, offset=offset
        )

    found = await visit.read(read)
    if found is None:
        return await visit.missing("There is no site of this name.")
    site, articles = found
    links = pages(_path(visit, site), visit.page_number, articles.total)
    context = {"site": site, "lines": articles.lines, "pages": links}
    return await visit.render("site", context)


@page
async def rejected(visit: Visit) -> Response:
    """The pages of a site that are no articles, with the reasons."""

    def read(
        connection: sqlite3.Connection,
    ) -> tuple[SiteStatus, tuple[RejectedPage, ...]] | None:
        sites = status(connection, site=_name(visit))
        if not sites:
            return None
        offset = (visit.page_number - 1) * PER_PAGE
        return sites[0], rejected_pages(
            connection, sites[0].name, limit=PER_PAGE, offset=offset
        )

    found = await visit.read(read)
    if found is None:
        return await visit.missing("There is no site of this name.")
    site, lines = found
    path = _path(visit, site) + "/rejected"
    links = pages(path, visit.page_number, site.rejected_pages)
    return await visit.render(
        "rejected", {"site": site, "lines": lines, "pages": links}
    )


def _name(visit: Visit) -> str:
    """The site's name from the address."""
    return unquote(visit.request.url_vars["name"])


def _path(visit: Visit, site: SiteStatus) -> str:
    """The address of a site's page."""
    return str(visit.datasette.urls.path(f"/-/sites/{quote(site.name, safe='')}"))

"""A visit goes in; a list of articles comes out: newest, by author, under a tag."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from datasette import Response

from archive.browse.attached import Visit, page
from archive.browse.paging import PER_PAGE, pages
from archive.read import ArticleList, NamedList, authored, tagged
from archive.read import newest as newest_articles


@page
async def newest(visit: Visit) -> Response:
    """All articles, newest day first."""
    found = await visit.read(
        lambda db: newest_articles(db, limit=PER_PAGE, offset=_offset(visit))
    )
    return await _list(visit, "Newest articles", found, "/-/newest")


@page
async def author(visit: Visit) -> Response:
    """Articles by one author."""
    found = await _named(visit, authored)
    if found is None:
        return await visit.missing("There is no author with this number.")
    path = f"/-/authors/{visit.request.url_vars['id']}"
    return await _list(visit, found.name, found.articles, path, kind="Author")


@page
async def tag(visit: Visit) -> Response:
    """Articles under one tag."""
    found = await _named(visit, tagged)
    if found is None:
        return await visit.missing("There is no tag with this number.")
    path = f"/-/tags/{visit.request.url_vars['id']}"
    return await _list(visit, found.name, found.articles, path, kind="Tag")


def _offset(visit: Visit) -> int:
    return (visit.page_number - 1) * PER_PAGE


async def _named(
    visit: Visit, reading: Callable[..., NamedList | None]
) -> NamedList | None:
    """Read the list of the author or tag whose number is in the address."""

    def read(connection: sqlite3.Connection) -> NamedList | None:
        number = int(visit.request.url_vars["id"])
        return reading(connection, number, limit=PER_PAGE, offset=_offset(visit))

    return await visit.read(read)


async def _list(
    visit: Visit, heading: str, found: ArticleList, path: str, *, kind: str = ""
) -> Response:
    """Show one page of a list."""
    full_path = str(visit.datasette.urls.path(path))
    context = {
        "heading": heading,
        "kind": kind,
        "lines": found.lines,
        "pages": pages(full_path, visit.page_number, found.total),
    }
    return await visit.render("list", context)

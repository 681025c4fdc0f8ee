"""The Datasette plugin: hooks that put the reading room over an attached archive.

It acts on the first attached database that holds an archive and stays out of the way
where there is none. Contains no business logic: pages are in the modules beside this
one, and what they show comes from archive.read, archive.full_article, archive.search.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from markupsafe import Markup
from pluggy import HookimplMarker

from archive.browse import (
    article_page,
    attached,
    cells,
    compare_page,
    cut_page,
    dates,
    headers,
    home_page,
    layout,
    links,
    list_pages,
    memory_page,
    metadata,
    search_page,
    site_page,
    story_page,
    style,
)

if TYPE_CHECKING:
    from datasette.app import Datasette

hookimpl = HookimplMarker("datasette")

ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"^/(?P<format>)$", home_page.view),  # the empty group is what IndexView reads
    (r"^/-/search$", search_page.view),
    (r"^/-/newest$", list_pages.newest),
    (r"^/-/articles/(?P<id>\d{1,18})$", article_page.view),
    (r"^/-/articles/(?P<id>\d{1,18})/cut$", cut_page.view),
    (r"^/-/articles/(?P<id>\d{1,18})/compare$", compare_page.view),
    (r"^/-/stories/(?P<id>\d{1,18})$", story_page.view),
    (r"^/-/sites/(?P<name>[^/]+)$", site_page.view),
    (r"^/-/sites/(?P<name>[^/]+)/rejected$", site_page.rejected),
    (r"^/-/sites/(?P<name>[^/]+)/memory$", memory_page.view),
    (r"^/-/authors/(?P<id>\d{1,18})$", list_pages.author),
    (r"^/-/tags/(?P<id>\d{1,18})$", list_pages.tag),
    (r"^/-/cuttings/(?P<sheet>\w+)\.css$", style.view),
]
"""Addresses of the reading room. Datasette keeps /-/ for pages that are no database."""


VALUE_BYTES = 8_000_000
"""Largest text or blob that a query may make or read: time limits do not act inside one
SQL function, and `randomblob(400000000)` took 2 GB of memory. No body is so large."""


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Keep a query from making values that fill the machine's memory."""
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, VALUE_BYTES)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve the reading room's pages."""
    return list(ROUTES)


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Give our templates what turns stored values into readable ones."""
    env.filters["cuttings_day"] = dates.day
    env.filters["cuttings_utc"] = dates.utc
    env.filters["cuttings_web_url"] = links.web_url
    env.filters["cuttings_segments"] = layout.marked


@hookimpl
def startup(datasette: Datasette) -> Callable[[], Awaitable[None]]:
    """Look for an archive once, so that its tables are described from the start."""

    async def look() -> None:
        await attached.find(datasette)

    return look


@hookimpl
def get_metadata(datasette: Datasette) -> dict[str, Any]:
    """Describe every table and column of the archive in Datasette's own pages."""
    return metadata.of(datasette)


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[headers.App], headers.App]:
    """Send security headers with every page."""
    return headers.wrapper(datasette)


@hookimpl
def render_cell(
    row: Any, value: object, column: str, table: str | None, datasette: Datasette
) -> Markup | None:
    """Link articles in Datasette's tables to the page they are read on."""
    return cells.render(datasette, row, value, (table, column))


@hookimpl
def extra_css_urls(
    template: str, database: str | None, datasette: Datasette
) -> list[str]:
    """Keep the descriptions of columns from pushing the rows off the page."""
    if template.startswith("cuttings/") or database not in metadata.known(datasette):
        return []
    return [datasette.urls.path("/-/cuttings/tables.css")]


@hookimpl
def menu_links(datasette: Datasette) -> list[dict[str, str]]:
    """Lead from Datasette's own pages back to the reading room."""
    if not metadata.known(datasette):
        return []
    return [
        {"href": datasette.urls.path("/"), "label": "Reading room"},
        {"href": datasette.urls.path("/-/search"), "label": "Search articles"},
    ]

"""A visit goes in; the home page comes out: sites, newest articles, last crawls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette import Response

from archive.browse.attached import Visit, answer, find
from archive.read import home

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request


async def view(datasette: Datasette, request: Request, send: Any) -> Response:
    """Show the reading room's home, or Datasette's own where no archive is attached."""
    database = await find(datasette)
    if database is None:
        from datasette.views.index import IndexView  # loads this plugin: not before

        stock: Response = await IndexView.as_view(datasette)(request, send)
        return stock
    return await answer(datasette, request, database, _home)


async def _home(visit: Visit) -> Response:
    """Show the archive's home."""
    found = await visit.read(home)
    titles = {site.name: site.title for site in found.sites}
    return await visit.render("home", {"home": found, "titles": titles})

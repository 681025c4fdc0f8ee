"""A visit goes in; the page of a story, its articles in order of time, comes out."""

from __future__ import annotations

import sqlite3

from datasette import Response

from archive.browse.attached import Visit, page
from archive.browse.paging import PER_PAGE, pages
from archive.stories.story import Story, story

RELATIONS = {
    "identical": "word for word the same",
    "syndicated": "syndicated",
    "republished": "republished",
    "excerpt": "excerpt",
    "press_release": "press release",
    "later_version": "later version at a new address",
}
"""Relations as a reader is told them."""


@page
async def view(visit: Visit) -> Response:
    """Show a story; a number that was joined leads to the story's own."""
    number = int(visit.request.url_vars["id"])

    def read(connection: sqlite3.Connection) -> Story | None:
        offset = (visit.page_number - 1) * PER_PAGE
        return story(connection, number, limit=PER_PAGE, offset=offset)

    found = await visit.read(read)
    if found is None:
        return await visit.missing("There is no story with this number.")
    path = str(visit.datasette.urls.path(f"/-/stories/{found.number}"))
    if found.number != number:
        return Response.redirect(path)
    context = {
        "story": found,
        "relations": RELATIONS,
        "pages": pages(path, visit.page_number, found.total),
    }
    return await visit.render("story", context)

"""A request goes in; a visit to the attached archive, and its answer, come out."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from datasette import Response
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import NotFound, Request

from archive.browse import headers, metadata
from archive.errors import ArchiveError
from archive.schema import Table, describe

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

logger = logging.getLogger(__name__)
T = TypeVar("T")

NEEDED = {"sites", "crawls", "articles", "revisions", "rejected", "articles_fts"}
"""A database with these tables is taken for an archive."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """One request to one page of the reading room."""

    datasette: Datasette
    request: Request
    database: Database
    """The archive."""

    async def read(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Run a reading function in a thread of Datasette's, under its time limit."""
        limit = self.datasette.setting("sql_time_limit_ms")

        def limited(connection: sqlite3.Connection) -> T:
            with sqlite_timelimit(connection, limit):
                return function(connection)

        result: T = await self.database.execute_fn(limited)
        return result

    async def render(
        self, template: str, context: dict[str, Any], *, status: int = 200
    ) -> Response:
        """Answer with one of our templates."""
        shared = {"archive_name": self.database.name, "q": "", "page": template}
        html = await self.datasette.render_template(
            f"cuttings/{template}.html", shared | context, request=self.request
        )
        return Response.html(html, status=status, headers=headers.OURS)

    async def missing(self, what: str) -> Response:
        """Answer that something is not in the archive."""
        context = {"heading": "Not in this archive", "message": what}
        return await self.render("message", context, status=404)

    @property
    def page_number(self) -> int:
        """The page asked for, from 1."""
        text = self.request.args.get("page") or ""
        return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1


View = Callable[[Visit], Awaitable[Response]]


def page(view: View) -> Callable[[Datasette, Request], Awaitable[Response]]:
    """Make a Datasette view of a function of a visit.

    Without an archive the page does not exist. What goes wrong in reading becomes a
    page that says so.
    """

    async def shown(datasette: Datasette, request: Request) -> Response:
        database = await find(datasette)
        if database is None:
            raise NotFound("No archive is attached")
        return await answer(datasette, request, database, view)

    return shown


async def answer(
    datasette: Datasette, request: Request, database: Database, view: View
) -> Response:
    """Check that the reader may see the archive, then show the page."""
    if request.method not in ("GET", "HEAD"):
        return Response.text("Method not allowed", status=405)
    for table in ("articles", "revisions"):
        resources: list[Any] = [
            ("view-table", (database.name, table)),
            ("view-database", database.name),
            "view-instance",
        ]
        await datasette.ensure_permissions(request.actor, resources)
    visit = Visit(datasette=datasette, request=request, database=database)
    try:
        return await view(visit)
    except ArchiveError as error:
        slow = isinstance(error.__cause__, sqlite3.Error) and error.__cause__.args == (
            "interrupted",
        )
        message = (
            "This took longer than the server allows. Narrow it down: add a word, or "
            "choose a site or a year."
            if slow
            else f"Please try again; if it stays so, tell the operator: {error}"
        )
        context = {"heading": "This page could not be made", "message": message}
        return await visit.render("message", context, status=503)


async def find(datasette: Datasette) -> Database | None:
    """The first attached database that is an archive; None if none is."""
    for name, database in datasette.databases.items():
        if name != "_internal" and await _is_archive(database):
            if name not in metadata.known(datasette):
                metadata.remember(datasette, name, await _tables(database))
            return database
    return None


async def _tables(database: Database) -> tuple[Table, ...]:
    """The archive's tables; none if it is too damaged to list them."""
    try:
        tables: tuple[Table, ...] = await database.execute_fn(describe)
    except sqlite3.Error as error:
        logger.warning("cannot describe the tables of %s: %s", database.name, error)
        return ()
    return tables


async def _is_archive(database: Database) -> bool:
    """Whether a database has our tables; one that cannot be read has not."""

    def has_tables(connection: sqlite3.Connection) -> bool:
        names = connection.execute("SELECT name FROM sqlite_master").fetchall()
        return {row[0] for row in names} >= NEEDED

    try:
        found: bool = await database.execute_fn(has_tables)
    except sqlite3.Error:
        return False
    return found

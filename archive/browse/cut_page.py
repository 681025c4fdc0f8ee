"""A visit goes in; the page on which one sees how an article was cut comes out."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from datasette import Response

from archive.browse.attached import Visit, page
from archive.browse.cut_lines import groups, legend
from archive.browse.cutting import Cut, Uncut, offered
from archive.full_article import FullArticle, Revision, article
from archive.memory import version
from archive.snapshot import snapshot
from archive.stored import StoredCapture, stored_capture

NOT_OFFERED = (
    "This server can show archived pages but not cut them: it was not started with "
    "“cuttings serve”. Start it that way, or run “cuttings anatomy {id}” beside the "
    "archive."
)
NO_CAPTURE = "The archive has no capture of the page that this text was cut from."
IMPORTED = (
    "The newest text of this article was imported as plain text. There is no page "
    "whose lines could be shown."
)
NO_LINES = "The capture holds no text, so there are no lines to show."
BUSY = "Other pages are being cut at the moment. Please try again in a little while."


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """What the archive holds of the page to show."""

    article: FullArticle
    """With its newest text."""
    stored: StoredCapture | None
    """The newest capture of it that has lines."""
    memory: int
    """Version of what is remembered of the site."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """How a cut of today differs from the text that is stored."""

    fields: tuple[str, ...]
    """Names of those that differ: headline, standfirst, text."""
    gone: tuple[str, ...]
    """Lines of the stored text that would not be in it."""
    new: tuple[str, ...]
    """Lines that would be in it and are not."""


@page
async def view(visit: Visit) -> Response:
    """Show every line of the page that an article's newest text was cut from."""
    article_id = int(visit.request.url_vars["id"])
    where = ("view-table", (visit.database.name, "captures"))
    allowed = [where, ("view-database", visit.database.name), "view-instance"]
    await visit.datasette.ensure_permissions(visit.request.actor, allowed)

    def read(connection: sqlite3.Connection) -> Source | None:
        with snapshot(connection):
            found = article(connection, article_id)
            if found is None:
                return None
            stored = stored_capture(connection, article_id=article_id)
            remembered = version(connection, found.facts.site)
        return Source(article=found, stored=stored, memory=remembered)

    source = await visit.read(read)
    if source is None:
        return await visit.missing("There is no article with this number.")
    facts, revision = source.article.facts, source.article.revision
    context = {"facts": facts, "revision": revision, "memory": source.memory}
    made = await _cut(visit, source)
    if isinstance(made, str):
        busy = {"status": 503} if made is BUSY else {}
        return await visit.render("cut", context | {"problem": made}, **busy)
    return await visit.render("cut", context | _context(revision, made))


async def _cut(visit: Visit, source: Source) -> Cut | str:
    """The page cut again, or what to tell the reader instead."""
    cuts, path = offered(visit.datasette), visit.database.path
    stored, revision = source.stored, source.article.revision
    if revision.capture_file is None:
        return NO_CAPTURE
    if stored is None or not _is_of(stored, revision):
        return IMPORTED
    if cuts is None or path is None:
        return NOT_OFFERED.format(id=source.article.facts.article_id)
    made = await cuts.of(Path(path), stored, source.memory)
    if made is None:
        return BUSY
    if isinstance(made, Uncut):
        return made.why
    return made if made.lines else NO_LINES


def _is_of(stored: StoredCapture, revision: Revision) -> bool:
    """Whether a capture is the one that a revision was cut from."""
    where = (stored.capture.file, stored.capture.offset)
    return where == (revision.capture_file, revision.capture_offset)


def _context(revision: Revision, made: Cut) -> dict[str, object]:
    """What the template shows of a page that was cut."""
    entries = legend(made.lines)
    fields = {revision.headline: "headline", revision.standfirst or "": "standfirst"}
    return {
        "cut": made,
        "groups": list(groups(made.lines, fields)),
        "legend": entries,
        "kept_words": sum(entry.words for entry in entries if entry.place == "text"),
        "all_words": sum(entry.words for entry in entries),
        "difference": difference(revision, made),
    }


def difference(revision: Revision, made: Cut) -> Difference | None:
    """How a cut of today differs from a stored text; None if it does not."""
    before = {
        "headline": revision.headline,
        "standfirst": revision.standfirst or "",
        "text": revision.blocks,
    }
    now = {
        "headline": made.headline or "",
        "standfirst": made.standfirst or "",
        "text": made.blocks,
    }
    differing = tuple(name for name in before if before[name] != now[name])
    if not differing:
        return None
    old, new = (
        Counter(block.text for block in blocks)
        for blocks in (revision.blocks, made.blocks)
    )
    return Difference(
        fields=differing,
        gone=tuple((old - new).elements()),
        new=tuple((new - old).elements()),
    )

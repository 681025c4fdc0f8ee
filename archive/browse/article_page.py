"""A visit goes in; the page to read one article on comes out."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from datasette import Response

from archive.browse.attached import Visit, page
from archive.browse.compare_page import CLASSES
from archive.browse.dates import Shown, day, shown
from archive.browse.layout import with_pictures
from archive.browse.linked import lists
from archive.browse.story_page import RELATIONS
from archive.full_article import FullArticle, article
from archive.history.history import History, history
from archive.records import Notice

KINDS = {
    "news": "News",
    "opinion": "Opinion",
    "interview": "Interview",
    "analysis": "Analysis",
    "review": "Review",
    "sponsored": "Sponsored",
    "press_release": "Press release",
    "live": "Live blog",
    "podcast": "Podcast page",
    "event": "Event promotion",
}
"""Kinds of articles as a reader is told them."""


NOTICES = {
    "correction": "Correction",
    "clarification": "Clarification",
    "update": "Update",
    "editor_note": "Editor’s note",
}
"""Kinds of notices as a reader is told them."""

ACCESS = {
    "paywalled": "The page shows a part of the article only; a wall hides the rest.",
    "truncated": "The page shows a part of the article only: it breaks off.",
}
"""What a reader is told of a page that does not show all."""


ADDRESSES = {
    "fetched": "showed it",
    "redirect": "led to it",
    "canonical": "named by its page",
    "part": "a further page of it",
}
"""How addresses lead to an article, as a reader is told it."""

STATES = {
    "here": "Back again",
    "gone": "Gone from its address",
    "paywalled": "Behind a paywall",
    "truncated": "Cut short",
}
"""States as a reader is told them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A notice as it is shown."""

    label: str
    """Its kind; empty where the text begins with it."""
    text: str


@page
async def view(visit: Visit) -> Response:
    """Show an article, or one of its earlier texts with ?revision=N."""
    number = _revision(visit.request.args.get("revision"))

    def read(connection: sqlite3.Connection) -> tuple[FullArticle, History] | None:
        article_id = int(visit.request.url_vars["id"])
        found = article(connection, article_id, number=number)
        return (found, history(connection, article_id)) if found else None

    read_both = await visit.read(read)
    if read_both is None:
        return await visit.missing("There is no article or revision with this number.")
    found, past = read_both
    facts = found.facts
    context = {
        "article": found,
        "facts": facts,
        "kind": KINDS.get(facts.kind, facts.kind),
        "revision": found.revision,
        "parts": with_pictures(
            found.revision.blocks, found.images if found.is_newest else ()
        ),
        "notices": _notices(found),
        "access": ACCESS.get(facts.access),
        "published": _published(found),
        "updated": shown(
            facts.updated_on,
            facts.updated_at,
            facts.published_zone,
            site_zone=facts.timezone,
        ),
        "link_lists": lists(found),
        "citation": citation(found),
        "history": past,
        "classes": CLASSES,
        "states": STATES,
        "relations_of_urls": ADDRESSES,
        "relations": RELATIONS,
    }
    return await visit.render("article", context)


def citation(found: FullArticle) -> str:
    """How to cite the article, without its address."""
    names = ", ".join(author.name for author in found.authors)
    when = day(found.facts.published_on)
    parts_of_it = [names, f"“{found.revision.headline}”", found.facts.publication, when]
    return ", ".join(part for part in parts_of_it if part)


def _revision(text: str | None) -> int | None:
    """The revision asked for; None for the newest."""
    if text is None or not text.isdecimal() or len(text) > 9:
        return None
    return int(text)


def _published(found: FullArticle) -> Shown | None:
    """When it was published."""
    facts = found.facts
    return shown(
        facts.published_on,
        facts.published_at,
        facts.published_zone,
        site_zone=facts.timezone,
    )


def _notices(found: FullArticle) -> list[Told]:
    """What the newsroom says of the newest text."""
    notices = found.notices if found.is_newest else ()
    return [Told(label=_label(one), text=one.text) for one in notices]


def _label(notice: Notice) -> str:
    """What kind of notice it is; empty where it says so itself."""
    label = NOTICES.get(notice.kind, notice.kind)
    begin = notice.text.lstrip("*([ ").replace("'", "’").casefold()
    return "" if begin.startswith(label.casefold()) else label

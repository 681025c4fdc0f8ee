"""A visit goes in; the page to read one article on comes out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from datasette import Response

from archive.browse.attached import Visit, page
from archive.browse.dates import Shown, day, shown
from archive.browse.layout import parts
from archive.full_article import FullArticle, PageLink, article

ROLES = {
    "related": "Related articles, as the page listed them",
    "inline": "Links in the text",
    "teaser": "Teasers on the page",
    "sponsored": "Sponsored links on the page",
}
"""Headings of the lists of links, in the order of the page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkGroup:
    """The links of one role."""

    heading: str
    links: tuple[PageLink, ...]


@page
async def view(visit: Visit) -> Response:
    """Show an article, or one of its earlier texts with ?revision=N."""
    number = _revision(visit.request.args.get("revision"))

    def read(connection: sqlite3.Connection) -> FullArticle | None:
        article_id = int(visit.request.url_vars["id"])
        return article(connection, article_id, number=number)

    found = await visit.read(read)
    if found is None:
        return await visit.missing("There is no article or revision with this number.")
    facts = found.facts
    context = {
        "article": found,
        "facts": facts,
        "revision": found.revision,
        "parts": parts(found.revision.blocks),
        "published": _published(found),
        "updated": shown(
            facts.updated_on,
            facts.updated_at,
            facts.published_zone,
            site_zone=facts.timezone,
        ),
        "link_groups": _groups(found.links),
        "citation": citation(found),
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


def _groups(links: Iterable[PageLink]) -> list[LinkGroup]:
    """Links by role; a role nobody foresaw gets its own name as heading."""
    roles: dict[str, list[PageLink]] = {role: [] for role in ROLES}
    for link in links:
        roles.setdefault(link.role, []).append(link)
    return [
        LinkGroup(heading=ROLES.get(role, role.capitalize()), links=tuple(found))
        for role, found in roles.items()
        if found
    ]

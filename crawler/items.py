"""What the crawler yields: a `Page` with the hints that the routes gave for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal

from archive.due import iso, parse

RouteKind = Literal["feed", "sitemap", "section", "wordpress", "link"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Hint:
    """What one route said of one URL, as text the route gave: evidence, not truth."""

    route: RouteKind
    """Which kind of route named the URL."""
    source: str
    """The address of the feed, sitemap, section page or API answer."""
    title: str | None = None
    """Plain text, entities decoded, white space folded."""
    published: str | None = None
    """ISO 8601 with offset where the route states one, else a date; None if absent."""
    updated: str | None = None
    """As `published`; a sitemap's lastmod goes here."""
    authors: tuple[str, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    summary: str | None = None
    """Plain text of the feed's description or the teaser; None if absent."""
    guid: str | None = None
    """The feed's guid or the CMS's id; None if absent."""
    is_list: bool = False
    """Whether the address is spelled like that of a category, a tag or an author, or
    like a list's whose further pages its page links to by their numbers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One fetched page on its way to the archive."""

    site: str
    """Name of the site's profile."""
    crawl_id: int
    """Row of `crawls` this fetch belongs to."""
    requested_url: str
    """The address asked for, before redirects."""
    url: str
    """The address that answered."""
    redirects: tuple[str, ...]
    """Every address passed on the way, requested_url first; empty without any."""
    status: int
    reason: str
    """Reason phrase of the status line; may be empty."""
    headers: tuple[tuple[str, str], ...]
    """Response headers in order, as sent (latin-1)."""
    wire: bytes
    """The payload as it was sent, content encoding and all."""
    body: bytes
    """The payload with its content encoding undone."""
    content_type: str | None
    """The Content-Type header; None if the server sent none."""
    fetched_at: str
    """UTC instant of the response, YYYY-MM-DDTHH:MM:SSZ."""
    ip_address: str | None = None
    hints: tuple[Hint, ...] = ()
    parts: tuple[Page, ...] = ()
    """The further pages of the same article, in their order."""
    is_whole: bool = True
    """Whether all its further pages could be had."""


def hint_of(values: dict[str, object]) -> Hint:
    """A hint as capture.origin_of wrote it; fields of other versions are left out."""
    known = {f.name for f in fields(Hint)} & values.keys()
    lists = {k: tuple(v) if isinstance(v := values[k], list) else v for k in known}
    return Hint(**lists)  # type: ignore[arg-type]  # written by capture.origin_of


def newest_change(hints: Iterable[Hint]) -> str | None:
    """The newest change that routes state of a page, a UTC instant; None if none do."""
    return max(filter(None, (instant(h.updated or "") for h in hints)), default=None)


def instant(change: str) -> str:
    """A stated change as the archive stores instants; empty if it is no time."""
    try:
        return iso(parse(change))
    except (ValueError, OverflowError):
        return ""

"""A response for a route's address goes in; its `Listing` and its row come out."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from archive.records import RouteState
from crawler.discover import ROUTES, Answer, Listing
from crawler.fetching import header, is_conditional
from crawler.items import RouteKind
from crawler.settings import VERSION

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.sites.profile import Profile

logger = logging.getLogger(__name__)

MOST_ROUTE_PAGES = 200
"""Answers read of one site's routes in a crawl: ends calendars and endless lists."""


def read_route(response: Response, kind: RouteKind, profile: Profile) -> Listing:
    """Parse a route's answer; what cannot be read is a problem of its listing.

    No parser raises; should one, its route alone fails.
    """
    if response.status == 304 and is_conditional(response):
        return Listing()
    if response.status != 200:
        return Listing(problems=(f"HTTP {response.status}",))
    if not response.body.strip():
        return Listing(problems=("an empty answer",))
    try:
        return ROUTES[kind](answer_of(response), profile)
    except Exception as error:
        logger.exception("the %s %s could not be read", kind, response.url)
        return Listing(problems=(f"{type(error).__name__}: {error}"[:300],))


def rules_of(profile: Profile) -> str:
    """A digest of what decides which addresses that a route names are fetched."""
    patterns = [
        [(pattern.pattern, pattern.flags) for pattern in kind]
        for kind in (profile.article, profile.ignore)
    ]
    stated = [VERSION, profile.home, profile.hosts, *patterns]
    return hashlib.sha256(json.dumps(stated).encode()).hexdigest()[:16]


def answer_of(response: Response) -> Answer:
    """A response as the parsers take it."""
    return Answer(
        url=response.url,
        body=response.body,
        content_type=header(response, "Content-Type"),
        headers={
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        },
    )


def route_state(
    response: Response, listing: Listing, *, site: str, asked: str, at: str
) -> RouteState:
    """What the archive keeps of a route's answer.

    One that names further pages of routes keeps no validators: a 304 in its place
    would hide what these have new, or had to say when they could not be read.

    Args:
        response: The answer.
        listing: What was read from it.
        site: Name of the site.
        asked: The address asked for, before redirects.
        at: UTC instant of the answer.
    """
    is_whole = not (listing.children or listing.next_url)
    return RouteState(
        url=asked,
        site=site,
        kind=response.cb_kwargs["kind"],
        fetched_at=at,
        status=response.status,
        entries=len(listing.entries),
        etag=header(response, "ETag") if is_whole else None,
        last_modified=header(response, "Last-Modified") if is_whole else None,
        problem="; ".join((*listing.problems, *_left_out(listing))) or None,
    )


def _left_out(listing: Listing) -> Iterator[str]:
    """A route's items that named no page: told, but no fault of the crawl."""
    if listing.left_out:
        yield f"{listing.left_out} items repeated or without a usable address"

"""In: what a server sent for a route's address; out: a `Listing` of pages.

`ROUTES` names the parser of each kind of route; all have one signature, so that a
spider needs no special cases. The parsers are pure, and bad input gives problems in
the listing, never an exception.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from crawler.discover.feeds import parse_feed
from crawler.discover.links import parse_links
from crawler.discover.listing import Answer, Entry, Listing
from crawler.discover.sections import parse_section
from crawler.discover.sitemaps import parse_sitemap
from crawler.discover.wordpress import parse_posts
from crawler.items import RouteKind
from crawler.sites.profile import Profile

__all__ = ["ROUTES", "Answer", "Entry", "Listing", "parse"]


def _feed(answer: Answer, profile: Profile) -> Listing:
    return parse_feed(answer.body, answer.url, answer.content_type)


def _sitemap(answer: Answer, profile: Profile) -> Listing:
    return parse_sitemap(answer.body, answer.url)


def _section(answer: Answer, profile: Profile) -> Listing:
    return parse_section(answer.body, answer.url, profile, answer.content_type)


def _wordpress(answer: Answer, profile: Profile) -> Listing:
    names = {name.lower(): value for name, value in answer.headers.items()}
    total = names.get("x-wp-totalpages", "").strip()
    pages = int(total) if total.isdecimal() and len(total) < 8 else None
    return parse_posts(answer.body, answer.url, pages)


def _link(answer: Answer, profile: Profile) -> Listing:
    return parse_links(answer.body, answer.url, profile, answer.content_type)


ROUTES: Mapping[RouteKind, Callable[[Answer, Profile], Listing]] = {
    "feed": _feed,
    "sitemap": _sitemap,
    "section": _section,
    "wordpress": _wordpress,
    "link": _link,
}
"""The parser of each kind of route."""


def parse(route: RouteKind, answer: Answer, profile: Profile) -> Listing:
    """The pages that an answer of that kind of route names."""
    return ROUTES[route](answer, profile)

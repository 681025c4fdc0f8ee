"""In: bytes that may be a feed or a sitemap; out: what they say of pages, or None.

For answers that nobody asked for as a route: what they are is told by their content.
"""

from __future__ import annotations

import re

from crawler.discover.feeds import parse_feed
from crawler.discover.listing import Listing
from crawler.discover.sitemaps import parse_sitemap
from crawler.items import Hint

HEAD_BYTES = 4_096
_SITEMAP = re.compile(rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_FEED = re.compile(rb"<(?:[\w-]+:)?(?:rss|feed|RDF)[\s>]")
_JSON_FEED = re.compile(rb"\"https?://jsonfeed\.org/version/")


def read_route(
    body: bytes, url: str, content_type: str | None
) -> list[tuple[str, Hint]] | None:
    """The pages that a feed or sitemap names, with what it says; None if it is none."""
    head = body[:HEAD_BYTES]
    listing: Listing | None = None
    if body.startswith(b"\x1f\x8b") or _SITEMAP.search(head):
        listing = parse_sitemap(body, url)
    elif _FEED.search(head) or _JSON_FEED.search(head):
        listing = parse_feed(body, url, content_type)
    if listing is None:
        return None
    return [(entry.url, entry.hint) for entry in listing.entries]

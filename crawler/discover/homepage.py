"""In: a start page and its headers; out: the routes it declares.

For a crawl without a profile. A page declares its routes in `link` elements, in Link
headers (RFC 8288) and, for readers, in plain links that say that they lead to a feed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from crawler.discover.pages import base_of, read_page, tokens
from crawler.sites.schema import WORDPRESS_QUERY
from crawler.urls import join, same_site

FEED_TYPES = frozenset(
    [
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/rss+xml",
    ]
)
# https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/
WORDPRESS_REL = "https://api.w.org/"
MAX_HEADER_CHARS = 8_000

_COMMENTS = re.compile(r"/comments?/|comments?\b", re.IGNORECASE)
# What publishing systems call their feed, where a plain link leads to it.
_FEED = re.compile(
    r"/(?:feeds?|rss|atom)(?:/?|/(?:rss2?|atom|rdf)/?|/(?:index|all|posts|news)\.\w+)$|"
    r"/(?:feed|rss2?|atom|index\.(?:rss|atom|rdf))(?:\.(?:xml|json|rss|php))?$",
    re.IGNORECASE,
)
_LINK_VALUE = re.compile(
    r"<([^<>]{1,2000})>((?:\s*;\s*[\w-]+\s*=\s*(?:\"[^\"]*\"|[^\s;,\"]+))*)"
)
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)
_SITEMAP = re.compile(r"/[\w-]*sitemap[\w-]*\.xml(?:\.gz)?$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Routes:
    """Addresses of routes that a page declares, each once, in its order."""

    feeds: tuple[str, ...] = ()
    """Those declared as such; only without any, those that plain links lead to."""
    sitemaps: tuple[str, ...] = ()
    """Addresses on the same site that are declared or named as sitemaps."""
    wordpress: tuple[str, ...] = ()
    """Posts collections with their query."""


def find_routes(
    page: bytes | etree._Element,
    url: str,
    content_type: str | None = None,
    *,
    link_header: str = "",
) -> Routes:
    """The feeds, sitemaps and WordPress API that a page declares.

    Args:
        page: The start page.
        url: Its address.
        content_type: Its Content-Type header; None if unknown.
        link_header: Its Link headers, joined by commas.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for address in _api_roots(link_header, url):
        found["wordpress"].append(_posts(address))
    tree = read_page(page, content_type) if isinstance(page, bytes) else page
    if tree is not None:
        _collect(tree, url, found)
    return Routes(
        feeds=tuple(dict.fromkeys(found["feed"] or found["linked feed"])),
        sitemaps=tuple(dict.fromkeys(found["sitemap"])),
        wordpress=tuple(dict.fromkeys(found["wordpress"])),
    )


def _collect(tree: etree._Element, url: str, found: dict[str, list[str]]) -> None:
    """Add the routes that the elements of a page declare."""
    base = base_of(tree, url)
    for element in tree.iter("link", "a"):
        address = join(base, element.get("href") or "")
        kind = _kind(element, address, url) if address else None
        if address and kind:
            found[kind].append(_posts(address) if kind == "wordpress" else address)


def _kind(element: etree._Element, address: str, url: str) -> str | None:
    """ "feed", "linked feed", "sitemap", "wordpress", or None for any other link."""
    rel = tokens(element, "rel")
    if element.tag == "link" and WORDPRESS_REL in rel:
        return "wordpress"
    if "alternate" in rel and _is_feed(element, address):
        return "feed"
    if not same_site(address, url):
        return None
    if "sitemap" in rel or _SITEMAP.search(address):
        return "sitemap"
    if element.tag == "a" and _FEED.search(address) and not _COMMENTS.search(address):
        return "linked feed"
    return None


def _api_roots(link_header: str, url: str) -> Iterator[str]:
    """The API roots that Link headers name."""
    for value in _LINK_VALUE.finditer(link_header[:MAX_HEADER_CHARS]):
        rel = _REL.search(value[2])
        if rel and WORDPRESS_REL in (rel[1] or rel[2]).lower().split():
            address = join(url, value[1])
            if address:
                yield address


def _is_feed(element: etree._Element, address: str) -> bool:
    """Whether an alternate is a feed of articles, not of comments."""
    kind = (element.get("type") or "").partition(";")[0].strip().lower()
    label = f"{address} {element.get('title') or ''}"
    return kind in FEED_TYPES and not _COMMENTS.search(label)


def _posts(root: str) -> str:
    """The posts collection under an API's root, in either of its two forms."""
    if "rest_route=" in root:
        return f"{root.rstrip('/')}/wp/v2/posts&{WORDPRESS_QUERY}"
    return f"{root.rstrip('/')}/wp/v2/posts?{WORDPRESS_QUERY}"

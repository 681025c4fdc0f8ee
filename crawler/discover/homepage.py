"""In: a site's home page; out: the routes it declares, for a crawl without profile."""

from __future__ import annotations

import re
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

_COMMENTS = re.compile(r"/comments?/|comments?\b", re.IGNORECASE)
_SITEMAP = re.compile(r"/[\w-]*sitemap[\w-]*\.xml(?:\.gz)?$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Routes:
    """Addresses of routes that a page declares, each once, in its order."""

    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    """Addresses on the same site that are declared or named as sitemaps."""
    wordpress: tuple[str, ...] = ()
    """Posts collections with their query."""


def find_routes(
    page: bytes | etree._Element, url: str, content_type: str | None = None
) -> Routes:
    """The feeds, sitemaps and WordPress API that a page declares."""
    tree = read_page(page, content_type) if isinstance(page, bytes) else page
    if tree is None:
        return Routes()
    base = base_of(tree, url)
    found: dict[str, list[str]] = {"feed": [], "sitemap": [], "wordpress": []}
    for element in tree.iter("link", "a"):
        address = join(base, element.get("href") or "")
        kind = _kind(element, address, url) if address else None
        if address and kind:
            found[kind].append(_posts(address) if kind == "wordpress" else address)
    return Routes(
        feeds=tuple(dict.fromkeys(found["feed"])),
        sitemaps=tuple(dict.fromkeys(found["sitemap"])),
        wordpress=tuple(dict.fromkeys(found["wordpress"])),
    )


def _kind(element: etree._Element, address: str, url: str) -> str | None:
    """ "feed", "sitemap", "wordpress", or None for any other link."""
    rel = tokens(element, "rel")
    if element.tag == "link" and WORDPRESS_REL in rel:
        return "wordpress"
    if element.tag == "link" and "alternate" in rel and _is_feed(element, address):
        return "feed"
    if same_site(address, url) and ("sitemap" in rel or _SITEMAP.search(address)):
        return "sitemap"
    return None


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

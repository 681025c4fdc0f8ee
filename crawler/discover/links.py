"""In: a page; out: the links that a crawl may follow from it.

Links with rel=nofollow, to files that are no pages and to anything but http(s) are
left out. Which of the rest are wanted is for the profile to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from crawler.discover.listing import Entry, Listing, unique
from crawler.discover.pages import base_of, read_page, text_of, tokens
from crawler.items import Hint
from crawler.sites.profile import Profile
from crawler.urls import join

# Endings of what is never an HTML page. XML is here: feeds are found elsewhere.
_FILE = re.compile(
    r"\.(?:7z|aac|apk|avi|avif|bin|bmp|bz2|css|csv|dmg|docx?|eot|epub|exe|flac|flv|gif|"
    r"gz|heic|ico|ics|iso|jar|jpe?g|js|json|m4[av]|mkv|mobi|mov|mp[34]|mpe?g|msi|odt|"
    r"og[agv]|otf|pdf|pkg|png|pps|pptx?|psd|rar|rss|rtf|svgz?|swf|tar|tgz|tiff?|ttf|"
    r"txt|vcf|wav|web[mp]|wm[av]|woff2?|xlsx?|xml|xz|zip)$",
    re.IGNORECASE,
)
MAX_LINKS = 5_000
MAX_ANCHORS = 20_000


@dataclass(frozen=True, kw_only=True, slots=True)
class PageLink:
    """A link of a page that may be followed."""

    url: str
    """Absolute http(s) address in WHATWG spelling, without fragment."""
    text: str | None
    """The longest anchor text that leads there, folded; None if all are empty."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """An `a` or `area` element and where it leads."""

    element: etree._Element
    url: str
    """Absolute http(s) address in WHATWG spelling, without fragment."""


def page_links(
    page: bytes | etree._Element, url: str, content_type: str | None = None
) -> tuple[PageLink, ...]:
    """The links of a page in their order, each address once, at most 5,000."""
    tree = read_page(page, content_type) if isinstance(page, bytes) else page
    if tree is None:
        return ()
    texts: dict[str, str] = {}
    for anchor in islice(anchors(tree, url), MAX_ANCHORS):
        text = text_of(anchor.element) or ""
        if len(text) > len(texts.setdefault(anchor.url, "")):
            texts[anchor.url] = text
    found = islice(texts.items(), MAX_LINKS)
    return tuple(PageLink(url=address, text=text or None) for address, text in found)


def anchors(tree: etree._Element, url: str) -> Iterator[Anchor]:
    """Every link of a tree that may be followed, repeated ones too."""
    base = base_of(tree, url)
    for element in tree.iter("a", "area"):
        href = element.get("href")
        if not href or href.startswith("#") or "nofollow" in tokens(element, "rel"):
            continue
        address = join(base, href)
        if address is None:
            continue
        address = address.partition("#")[0]
        if not is_file(address):
            yield Anchor(element=element, url=address)


def is_file(url: str) -> bool:
    """Whether an address ends like a file that is no page."""
    return _FILE.search(url.partition("?")[0]) is not None


def parse_links(
    body: bytes, url: str, profile: Profile, content_type: str | None = None
) -> Listing:
    """The links of a page that the profile wants, as a route's listing."""
    found = page_links(body, url, content_type)
    entries = unique(
        Entry(
            url=link.url,
            hint=Hint(route="link", source=url, title=link.text),
        )
        for link in found
        if profile.wants(link.url)
    )
    return Listing(entries=entries)

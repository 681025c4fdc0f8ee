"""In: the bytes of an HTML page; out: its tree and the addresses of its links."""

from __future__ import annotations

import re

from lxml import etree
from w3lib.encoding import html_to_unicode

from crawler.discover.text import fold
from crawler.urls import join, same_site

MAX_BYTES = 10 * 2**20

_SCRIPTS = ("script", "style", "noscript", "template")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def read_page(body: bytes, content_type: str | None = None) -> etree._Element | None:
    """The element tree of a page, its first 10 MB; None if it holds no element."""
    body = body[:MAX_BYTES]
    try:
        _, text = html_to_unicode(content_type, body)
    except (LookupError, ValueError):  # a charset that names no codec of texts
        text = body.decode("utf-8", "replace")
    text = _XML_DECLARATION.sub("", text.replace("\0", ""))
    # Without huge_tree libxml2 drops all that lies deeper than 256 elements, which
    # unclosed tags on real pages reach; with it the limit is 2,048.
    parser = etree.HTMLParser(
        encoding="utf-8",
        recover=True,
        no_network=True,
        remove_comments=True,
        huge_tree=True,
    )
    return etree.fromstring(text.encode("utf-8", "replace"), parser)


def base_of(tree: etree._Element, url: str) -> str:
    """What links are relative to: the page's `base`, if it is of the same site."""
    for element in tree.iter("base"):
        stated = join(url, element.get("href") or "")
        if stated and same_site(stated, url):
            return stated
        break
    return url


def tokens(element: etree._Element, attribute: str) -> frozenset[str]:
    """The lower-case words of an attribute such as `rel` or `class`."""
    return frozenset((element.get(attribute) or "").lower().split())


def text_of(element: etree._Element) -> str | None:
    """The text a reader sees in an element, folded; None if there is none."""
    pieces = element.xpath(
        ".//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]"
    )
    return fold(" ".join(map(str, pieces)))

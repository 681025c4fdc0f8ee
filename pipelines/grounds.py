"""A cut page goes in; why it is no article comes out, or nothing if it is one.

The rules of validate.py. They parse hostile pages and run where the extractor does, in
a worker process.
"""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import islice
from math import ceil
from urllib.parse import parse_qsl, urlsplit

from lxml import html

from archive.records import Article, Rejection
from crawler.errors import InvalidUrl
from crawler.items import Page
from crawler.urls import canonical
from pipelines.extract.decode import decode
from pipelines.extract.tree import parse
from pipelines.teasers import teasers
from pipelines.walls import wall

MAGIC = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG image",
    b"\xff\xd8\xff": "JPEG image",
    b"GIF8": "GIF image",
    b"RIFF": "WebP image",
    b"PK\x03\x04": "ZIP",
    b"\x1f\x8b": "gzip",
}
"""First bytes that no HTML has, whatever the Content-Type says."""
OTHER_TYPES = re.compile(
    r"^(image|audio|video|font)/|^application/(pdf|zip|json|ld\+json|rss|atom|octet-str"
    r"eam$|javascript)|^text/(css|javascript|csv)"
)
MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|article|div|p|title|meta)\b", re.I)
SNIFF_BYTES = 4096
LEAST_WORDS = 30
"""A shorter body is an article only where the page itself says that it is one."""
LEAST_STATED_WORDS = 15
LIST_PARAMETERS = frozenset(
    {"author", "cat", "category", "feed", "lang", "m"}
    | {"page", "paged", "q", "s", "search", "tag"}
)
"""Parameters that turn a home page into a list, mostly WordPress's."""
SHORT_WORDS = 120
"""Bodies up to this length are held against the page's links: where there is hardly
any text, extractors take the navigation for it."""
LONG_WORDS = 250
"""A longer text is no wall or error page, whatever it says."""
WORD_CHARS = 12
"""Characters in which there is nearly always a word."""
LINKED_SHARE = 0.5
LEAST_LINKED = 4
"""A text of so many blocks that are links from end to end is a list of links."""
LINKED_HEADING = re.compile(
    r"<h[1-6]\b[^>]*>\s*(?:<(?!/|a\b)[^>]*>\s*){0,4}<a\b"
    r"|<a\b[^>]*>\s*(?:<(?!/|h[1-6]\b)[^>]*>\s*){0,4}<h[1-6]\b",
    re.I,
)
"""A heading that begins with a link, or is in one: a page with few of them, which
costs a tenth of parsing it to find out, is no list of teasers."""
TEASED_SHARE = 2 / 3
LABEL_CHARS = 500
"""Longest text of a link that is looked at, and the most links: this runs on the event
loop, and no page may hold it."""
MOST_LINKS = 5000
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")


def not_html(page: Page) -> Rejection | None:
    """Reject what no extractor should see: other formats and empty answers."""
    start = page.body[:SNIFF_BYTES].lstrip()
    if not start:
        return Rejection(reason="empty page", detail="the answer has no content")
    for magic, kind in MAGIC.items():
        if start.startswith(magic):
            return Rejection(reason="not HTML", detail=f"the bytes are {kind}")
    content_type = (page.content_type or "").strip().lower()
    if OTHER_TYPES.search(content_type) and not MARKUP.search(start):
        return Rejection(reason="not HTML", detail=f"Content-Type {content_type[:80]}")
    return None


def problem(page: Page, article: Article | None) -> Rejection | None:
    """Say why a page is no article; None if it is one."""
    if rejection := not_html(page):
        return rejection
    if article is None or not article.blocks:
        return Rejection(
            reason="no text",
            detail="no block of text was found on the page",
            title=article.headline if article else None,
        )
    for check in (_elsewhere, _wall, _index, _short):
        if rejection := check(page, article):
            return rejection
    return None


def _reject(reason: str, detail: str, article: Article) -> Rejection:
    return Rejection(reason=reason, detail=detail, title=article.headline or None)


def _elsewhere(page: Page, article: Article) -> Rejection | None:
    """An address that redirects to the home page shows no article any more."""
    if page.redirects and is_front(page.url):
        return _reject("redirected to the home page", page.url, article)
    return None


def is_front(url: str) -> bool:
    """Whether an address is a site's home page or a list made by it.

    An article may stand at the root too, told by a parameter: /?p=123.
    """
    with suppress(InvalidUrl):
        url = canonical(url)
    parts = urlsplit(url)
    names = {name for name, _ in parse_qsl(parts.query)}
    return parts.path.strip("/") == "" and names <= LIST_PARAMETERS


def words(text: str) -> int:
    """Words of a text; each character of a script without spaces counts as one."""
    return len(WORD.findall(text))


def has_more(text: str, count: int) -> bool:
    """Whether a text has more words than so many; a long one is not read to its end."""
    return words(text[: count * WORD_CHARS]) > count or words(text) > count


def _wall(page: Page, article: Article) -> Rejection | None:
    if is_stated(article) or has_more(article.body, LONG_WORDS):
        return None
    return wall(page, article)


def is_stated(article: Article) -> bool:
    """Whether the page itself states that it is an article, by its date."""
    return article.sources.get("published") in {
        "json-ld",
        "open graph",
        "meta",
        "microdata",
        "profile",
    }


def _index(page: Page, article: Article) -> Rejection | None:
    anchors = {link.text for link in article.links}
    linked = [block for block in article.blocks if block.text in anchors]
    if len(linked) >= LEAST_LINKED:
        share = sum(words(b.text) for b in linked) / max(1, words(article.body))
        if share >= LINKED_SHARE:
            detail = f"{share:.0%} of the words are links"
            return _reject("index page", detail, article)
    if is_stated(article):
        return None
    if is_front(page.url):
        return _reject("index page", "the address is the home page", article)
    if any(hint.is_list for hint in page.hints):
        return _reject("index page", "the address is a list's", article)
    return _teasers(page, article)


def _teasers(page: Page, article: Article) -> Rejection | None:
    """A list of teasers: its paragraphs stand each under the linked title of a page."""
    texts = [block.text for block in article.blocks if block.kind != "subhead"]
    if len(texts) < LEAST_LINKED:
        return None
    text = decode(page.body, page.content_type)
    if sum(1 for _ in LINKED_HEADING.finditer(text)) < LEAST_LINKED:
        return None
    least = max(LEAST_LINKED, ceil(len(set(texts)) * TEASED_SHARE))
    found = teasers(parse(text), texts, least=least)
    if found.headings < least:
        return None
    detail = f"{found.headings} linked titles over {found.paragraphs} paragraphs"
    return _reject("index page", detail, article)


def _short(page: Page, article: Article) -> Rejection | None:
    if has_more(article.body, SHORT_WORDS):
        return None
    links = anchors(page)
    count = sum(own_words(b.text, links, article.headline) for b in article.blocks)
    least = LEAST_STATED_WORDS if is_stated(article) else LEAST_WORDS
    if count < least:
        return _reject("too short", f"{count} words that are no links", article)
    return None


def anchors(page: Page) -> list[str]:
    """The texts of a page's links, the longest first."""
    tree = parse(decode(page.body, page.content_type))
    if tree is None:
        return []
    found = {label(link) for link in islice(tree.iter("a"), MOST_LINKS)}
    return sorted(found - {""}, key=lambda text: (-len(text), text))


def label(link: html.HtmlElement) -> str:
    """The text of a link on one line; empty where it is too long for a title."""
    parts: list[str] = []
    size = 0
    for text in link.itertext():
        parts.append(text)
        size += len(text)
        if size > LABEL_CHARS:
            return ""
    return " ".join("".join(parts).split())


def own_words(text: str, links: list[str], headline: str) -> int:
    """Words of a block that say something.

    The headline again, or a block that is mostly links, says nothing: the extractor
    has taken navigation for text. A paragraph with links in it counts whole.
    """
    if text.strip().casefold() == headline.strip().casefold():
        return 0
    total = words(text)
    for link in links:
        if link in text:
            text = re.sub(rf"(?<!\w){re.escape(link)}(?!\w)", " ", text)
    return total if words(text) >= total * LINKED_SHARE else 0

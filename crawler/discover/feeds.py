"""In: the bytes of a feed; out: a `Listing` of its items. Never raises on bad input.

RSS, Atom, RDF and CDF are read by feedparser, JSON Feed by `jsonfeed.py`. Entity
declarations are cut out first, so none is ever expanded or fetched.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import feedparser

from crawler.discover.dates import iso
from crawler.discover.jsonfeed import parse_json_feed
from crawler.discover.listing import Entry, Listing, unique
from crawler.discover.text import fold, plain, unescaped
from crawler.items import Hint
from crawler.urls import join

MAX_ITEMS = 5_000
LARGE_BYTES = 200_000
# feedparser takes 40 µs for a tag, so this bounds its time, not its memory.
MAX_TAGS = 300_000

_DOCTYPE = re.compile(
    rb"<!DOCTYPE[^\[>]*(?:\[(?:[^\]\"'<]|<!--.*?-->|"
    rb"<(?!!--)(?:[^>\"']|\"[^\"]*\"|'[^']*')*+>|\"[^\"]*\"|'[^']*')*+\]\s*)?>",
    re.IGNORECASE | re.DOTALL,
)
_ITEM = re.compile(rb"<(?:[\w-]+:)?(?:item|entry)[\s>]")
# Whole article bodies: no hint needs them, and they are most of a large feed.
_BULK = {
    name: re.compile(rb"<" + name + rb"(?:\s[^<>]*[^/<>])?>")
    for name in (b"content:encoded", b"content", b"media:content")
}
# https://developer.wordpress.org/reference/functions/the_generator/
_WORDPRESS = re.compile(r"^https?://(?:\w+\.)?wordpress\.(?:org|com)/", re.IGNORECASE)
_PAGED = re.compile(r"[?&]paged=(\d{1,6})(?=&|$)")
_EMAIL = re.compile(r"\S+@\S+")


def parse_feed(body: bytes, url: str, content_type: str | None = None) -> Listing:
    """The items of a feed, at most 5,000, links resolved against the feed's address.

    Args:
        content_type: the Content-Type header, for its charset; None if unknown.
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return parse_json_feed(body, url, MAX_ITEMS)
    problems: list[str] = []
    try:
        parsed = _read(_lightened(body, problems), url, content_type)
    # feedparser is not strict about what it raises; this is the edge that holds it.
    except Exception as error:
        return Listing(problems=(f"feed cannot be read: {error!r:.200}",))
    items = parsed["entries"]
    if not parsed.get("version") and not items:
        problems.append("no feed: neither RSS, Atom, RDF, CDF nor JSON Feed")
    entries = unique(_entries(items[:MAX_ITEMS], parsed.get("version") or "", url))
    return Listing(
        entries=entries,
        next_url=_next(parsed.get("feed", {}), url),
        guessed_next=_paged(parsed.get("feed", {}), url) if entries else None,
        left_out=len(items) - len(entries),
        problems=tuple(problems),
    )


def _lightened(body: bytes, problems: list[str]) -> bytes:
    """The feed without entity declarations and, if it is large, without its bulk."""
    head = body[:100_000]
    if b"<!ENTITY" in head.upper():
        problems.append("entity declarations ignored")
        body = _DOCTYPE.sub(b"", head, count=1) + body[100_000:]
    if len(body) <= LARGE_BYTES:
        return body
    for name in _BULK:
        body = _without(body, name)
    for number, match in enumerate(_ITEM.finditer(body)):
        if number == MAX_ITEMS:
            problems.append(f"only the first {MAX_ITEMS:,} items read")
            body = body[: match.start()]
            break
    pieces = body.split(b"<", MAX_TAGS)
    if len(pieces) <= MAX_TAGS:
        return body
    problems.append(f"only the first {MAX_TAGS:,} tags read")
    return b"<".join(pieces[:-1])


def _without(body: bytes, name: bytes) -> bytes:
    """The feed without every whole element of that name; one pass over the bytes."""
    kept, at = [], 0
    while begin := _BULK[name].search(body, at):
        close = body.find(b"</" + name, begin.end())
        after = body.find(b">", close)
        if close < 0 or after < 0:
            break
        kept.append(body[at : begin.start()])
        at = after + 1
    return b"".join([*kept, body[at:]])


def _read(body: bytes, url: str, content_type: str | None) -> Mapping[str, Any]:
    headers = {"content-location": url}
    if content_type:
        headers["content-type"] = content_type
    parsed: Mapping[str, Any] = feedparser.parse(
        io.BytesIO(body),
        response_headers=headers,
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    return parsed


def _entries(items: list[dict[str, Any]], version: str, url: str) -> list[Entry]:
    found = []
    for item in items:
        if address := _address(item, version, url):
            found.append(Entry(url=address, hint=_hint(item, version, url)))
    return found


def _address(item: dict[str, Any], version: str, url: str) -> str | None:
    """The item's page: what FeedBurner hid, its link, or a guid that is an address."""
    guid = _string(item, "id") or ""
    stated = (
        _string(item, "feedburner_origlink"),
        _alternate(item) if version.startswith("atom") else None,
        _string(item, "link"),
        guid if guid.startswith(("http://", "https://")) else None,
    )
    for value in stated:
        if value and value.strip() and (address := join(url, value)):
            return address
    return None


def _alternate(item: dict[str, Any]) -> str | None:
    """The first link to the item itself; feedparser's own choice is the last."""
    for link in dict.get(item, "links") or ():
        if link.get("rel") == "alternate" and link.get("href"):
            return str(link["href"])
    return None


def _hint(item: dict[str, Any], version: str, url: str) -> Hint:
    published, updated = _date(item, "published"), _date(item, "updated")
    if not version.startswith("atom"):
        # feedparser calls dc:date "updated"; outside Atom it is the date of the item.
        published = published or updated
    return Hint(
        route="feed",
        source=url,
        title=_title(item, version),
        published=published,
        updated=updated,
        authors=_authors(item),
        tags=_tags(item),
        summary=plain(_string(item, "summary")),
        guid=fold(_string(item, "id")),
    )


def _string(item: dict[str, Any], name: str) -> str | None:
    # dict.get, because feedparser's own get warns where "updated" is missing.
    value = dict.get(item, name)
    return value if isinstance(value, str) else None


def _date(item: dict[str, Any], name: str) -> str | None:
    return iso(_string(item, name))


def _title(item: dict[str, Any], version: str) -> str | None:
    detail = dict.get(item, "title_detail") or {}
    text = _string(item, "title")
    if version.startswith("atom") and detail.get("type") == "text/plain":
        return unescaped(text)
    return plain(text)


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    named = [detail.get("name") for detail in dict.get(item, "authors") or () if detail]
    if not any(named):
        named = [_string(item, "author")]
    names = [plain(name) for name in named if isinstance(name, str)]
    return tuple(
        dict.fromkeys(name for name in names if name and not _EMAIL.fullmatch(name))
    )


def _tags(item: dict[str, Any]) -> tuple[str, ...]:
    terms = [
        plain(tag.get("label") or tag.get("term"))
        for tag in dict.get(item, "tags") or ()
    ]
    return tuple(dict.fromkeys(term for term in terms if term))


def _next(feed: Mapping[str, Any], url: str) -> str | None:
    """The next page of a feed that RFC 5005 has cut into pages."""
    for link in dict.get(dict(feed), "links") or ():
        if link.get("rel") == "next":
            return join(url, link.get("href") or "")
    return None


def _paged(feed: Mapping[str, Any], url: str) -> str | None:
    """The next page of a WordPress feed, which answers 404 where there is none."""
    generator = _string(dict(feed), "generator") or ""
    if not _WORDPRESS.search(generator):
        return None
    page = _PAGED.search(url)
    if page:
        return f"{url[: page.start(1)]}{int(page[1]) + 1}{url[page.end(1) :]}"
    return f"{url}{'&' if '?' in url else '?'}paged=2"

"""In: the bytes of a JSON Feed (jsonfeed.org, 1.0 and 1.1); out: a `Listing`."""

from __future__ import annotations

import json
from typing import Any

from crawler.discover.dates import iso
from crawler.discover.listing import Entry, Listing, unique
from crawler.discover.text import fold, plain
from crawler.items import Hint
from crawler.urls import join


def parse_json_feed(body: bytes, url: str, max_items: int) -> Listing:
    """The items of a JSON Feed; what is no such feed gives a problem, no exception."""
    try:
        feed = json.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        return Listing(problems=(f"feed is not JSON: {error!s:.200}",))
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return Listing(problems=("JSON without a list of items: no JSON Feed",))
    problems: tuple[str, ...] = ()
    if len(items) > max_items:
        problems = (f"only the first {max_items:,} items read",)
    entries = unique(
        Entry(url=address, hint=_hint(item, feed, url))
        for item in items[:max_items]
        if isinstance(item, dict) and (address := _address(item, url))
    )
    return Listing(
        entries=entries,
        next_url=join(url, text) if (text := _text(feed, "next_url")) else None,
        left_out=len(items) - len(entries),
        problems=problems,
    )


def _text(values: dict[str, Any], name: str) -> str | None:
    value = values.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _address(item: dict[str, Any], url: str) -> str | None:
    guid = _text(item, "id") or ""
    own = _text(item, "url") or _text(item, "external_url")
    if own is None and guid.startswith(("http://", "https://")):
        own = guid
    return join(url, own) if own else None


def _hint(item: dict[str, Any], feed: dict[str, Any], url: str) -> Hint:
    guid = item.get("id")
    return Hint(
        route="feed",
        source=url,
        title=plain(_text(item, "title")),
        published=iso(_text(item, "date_published")),
        updated=iso(_text(item, "date_modified")),
        authors=_authors(item) or _authors(feed),
        tags=_tags(item),
        summary=plain(_text(item, "summary")),
        guid=fold(str(guid)) if isinstance(guid, str | int) else None,
    )


def _authors(values: dict[str, Any]) -> tuple[str, ...]:
    """The names of `authors` (1.1) or `author` (1.0)."""
    listed = values.get("authors")
    if not isinstance(listed, list):
        listed = [values.get("author")]
    names = [plain(_text(one, "name")) for one in listed if isinstance(one, dict)]
    return tuple(dict.fromkeys(name for name in names if name))


def _tags(item: dict[str, Any]) -> tuple[str, ...]:
    listed = item.get("tags")
    tags = listed if isinstance(listed, list) else []
    texts = [plain(tag) for tag in tags if isinstance(tag, str)]
    return tuple(dict.fromkeys(text for text in texts if text))

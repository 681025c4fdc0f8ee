"""In: an answer of WordPress's posts collection (wp/v2); out: a `Listing` of posts."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawler.discover.dates import iso
from crawler.discover.listing import Entry, Listing, unique
from crawler.discover.text import fold, plain
from crawler.items import Hint
from crawler.urls import join

# The name under which WordPress files a post whose author chose no category.
_NO_CATEGORY = "uncategorized"
_PAGE = re.compile(r"(?<=[?&]page=)\d+")


def parse_posts(body: bytes, url: str, total_pages: int | None = None) -> Listing:
    """The posts of one answer and the address of the next.

    Args:
        total_pages: the X-WP-TotalPages header; None if the server sent none, which
            ends the route at the first page that is not full.
    """
    try:
        posts = json.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        return Listing(problems=(f"posts are not JSON: {error!s:.200}",))
    if not isinstance(posts, list):
        message = posts.get("message") if isinstance(posts, dict) else None
        return Listing(
            problems=(f"no list of posts: {message or 'other JSON'!s:.200}",)
        )
    entries = unique(
        Entry(url=address, hint=_hint(post, url))
        for post in posts
        if isinstance(post, dict) and (address := join(url, _text(post, "link") or "#"))
        if _text(post, "link")
    )
    return Listing(
        entries=entries,
        next_url=_next(url, len(posts), total_pages),
        left_out=len(posts) - len(entries),
    )


def _next(url: str, posts: int, total_pages: int | None) -> str | None:
    query = parse_qs(urlsplit(url).query)
    page = _number(query.get("page"), 1)
    if total_pages is None:
        more = posts > 0 and posts >= _number(query.get("per_page"), 10)
    else:
        more = page < total_pages
    if not more:
        return None
    if _PAGE.search(url):
        return _PAGE.sub(str(page + 1), url)
    return f"{url}{'&' if '?' in url else '?'}page={page + 1}"


def _number(values: list[str] | None, default: int) -> int:
    text = values[-1] if values else ""
    return int(text) if text.isdecimal() and len(text) < 8 else default


def _text(values: dict[str, Any], name: str) -> str | None:
    """A string, or the `rendered` string of an object."""
    value = values.get(name)
    if isinstance(value, dict):
        value = value.get("rendered")
    return value if isinstance(value, str) and value.strip() else None


def _hint(post: dict[str, Any], url: str) -> Hint:
    sections = _terms(post, "category")
    return Hint(
        route="wordpress",
        source=url,
        title=plain(_text(post, "title")),
        published=_instant(post, "date"),
        updated=_instant(post, "modified"),
        authors=_names(_embedded(post, "author")),
        section=sections[0] if sections else None,
        tags=_terms(post, "post_tag"),
        summary=plain(_text(post, "excerpt")),
        guid=fold(_text(post, "guid")) or _id(post),
    )


def _instant(post: dict[str, Any], name: str) -> str | None:
    """The `_gmt` field as an instant; without it, the day of the local field."""
    if stated := _text(post, f"{name}_gmt"):
        zone = "" if re.search(r"(?:Z|[+-]\d\d:?\d\d)$", stated) else "+00:00"
        if found := iso(stated + zone):
            return found
    return iso(_text(post, name))


def _id(post: dict[str, Any]) -> str | None:
    return str(post["id"]) if isinstance(post.get("id"), int) else None


def _embedded(post: dict[str, Any], name: str) -> list[Any]:
    embedded = post.get("_embedded")
    found = embedded.get(name) if isinstance(embedded, dict) else None
    return found if isinstance(found, list) else []


def _names(values: list[Any]) -> tuple[str, ...]:
    """The names of embedded objects; what the server could not embed has none."""
    names = [plain(_text(value, "name")) for value in values if isinstance(value, dict)]
    return tuple(dict.fromkeys(name for name in names if name))


def _terms(post: dict[str, Any], taxonomy: str) -> tuple[str, ...]:
    groups = [group for group in _embedded(post, "wp:term") if isinstance(group, list)]
    terms = [
        term
        for group in groups
        for term in group
        if isinstance(term, dict) and term.get("taxonomy") == taxonomy
    ]
    return tuple(name for name in _names(terms) if name.lower() != _NO_CATEGORY)

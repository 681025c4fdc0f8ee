"""A page goes in; what its site calls it, apart from its addresses, comes out.

Feeds give guids, systems number their posts, and many pages state a short address made
of that number (`rel=shortlink`). All of these stay when an address changes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from crawler.errors import InvalidUrl
from crawler.items import Page
from crawler.urls import canonical, join, path_and_query
from pipelines.draft import Draft

LONGEST = 300
"""Characters of an identifier."""
HEAD = 100_000
"""Bytes in which a page's head is looked for."""
LINK = re.compile(rb"<link\b[^>]*\brel\s*=\s*[\"']?shortlink\b[^>]*>", re.IGNORECASE)
HREF = re.compile(rb"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)


def identifiers_of(draft: Draft) -> tuple[str, ...]:
    """What routes and the page itself call it, its own addresses left out."""
    fetch = draft.fetch
    own = {fetch.url, *fetch.passed, fetch.final_url}
    names = (hint.guid for hint in draft.page.hints)
    found = (name for name in (*names, *short_links(draft.page)) if name)
    return tuple(
        dict.fromkeys(
            name for name in found if len(name) <= LONGEST and _address(name) not in own
        )
    )


def short_links(page: Page) -> Iterator[str]:
    """The short address that a page states in its head, normalised; never the home."""
    if (link := LINK.search(page.body, 0, HEAD)) and (found := HREF.search(link[0])):
        href = next(filter(None, found.groups()), b"").decode("utf-8", "replace")
        url = _address(join(page.url, html.unescape(href)) or "")
        if url is not None and path_and_query(url) != "/":
            yield url


def _address(name: str) -> str | None:
    """The address that an identifier is; None if it is none."""
    try:
        return canonical(name)
    except InvalidUrl:
        return None

"""The first page of an article goes in; it comes out with the further ones there are.

As a crawl joins them, but for what no file has: a page that is missing is no failure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from archive.warc.foreign.index import Entry, Index
from crawler.items import Page
from pipelines.warc.pages import NotRead, Pages

MOST_PARTS = 20
MOST_BYTES = 20_000_000
"""Pages, and bytes, of one article: as in crawler/spiders/parts.py."""


class Walk(Protocol):
    """An article that goes on, page by page."""

    following: str | None
    """Normalised address of its next page; None at its end."""

    def take(self, page: Page) -> bool:
        """Add the page that lies at `following`; False if it is another article's."""


Begin = Callable[[Page], Walk | None]
"""Begins to walk from a page whose article goes on; None for any other page."""


def goes_nowhere(page: Page) -> Walk | None:
    """Join nothing."""


@dataclass(kw_only=True, slots=True)
class Joiner:
    """Joins the pages of articles in one round."""

    pages: Pages
    begin: Begin
    number: int
    """Of the round."""
    joined: set[str] = field(default_factory=set)
    """Addresses of further pages that have been joined."""

    def whole(self, page: Page) -> Page:
        """A page with its further pages.

        Raises:
            NotRead: The archive has a further page of it that is in no file: the text
                that is archived is the better one.
        """
        walk = self.begin(page)
        parts: list[Page] = []
        size = len(page.body)
        while walk is not None and (url := walk.following) is not None:
            part = self._part(url)
            if part is None:
                self._check_missing(url)
                break
            size += len(part.body)
            if len(parts) + 1 >= MOST_PARTS or size > MOST_BYTES or not walk.take(part):
                break
            self.joined.add(url)
            parts.append(part)
        return replace(page, parts=tuple(parts)) if parts else page

    def _part(self, url: str) -> Page | None:
        entry = self._index.page_at(url, self.number)
        if entry is None or url in self.joined:
            return None
        try:
            return replace(self.pages.page(entry), hints=())
        except NotRead:
            return None

    def _check_missing(self, url: str) -> None:
        seen = self.pages.archive.seen(url)
        if seen is not None and seen.part_of is not None:
            raise NotRead(f"its page {url} is in no file"[:300])

    @property
    def _index(self) -> Index:
        return self.pages.index

    def is_joined(self, entry: Entry) -> bool:
        """Whether an entry's page has been joined to its article."""
        return entry.url in self.joined

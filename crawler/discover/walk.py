"""In: pages of an article, one by one; out: whether each belongs to it, and the next.

For pages that somebody has already: what a crawl asks for (spiders/parts.py) is looked
up by who calls this.
"""

from __future__ import annotations

from lxml import etree

from crawler.discover.continued import (
    Face,
    face_of,
    goes_on,
    may_be_paged,
    next_part,
)
from crawler.discover.numbered import canonical_or
from crawler.discover.pages import read_page
from crawler.items import Page


class Walk:
    """An article that goes on, page by page; `begun` makes one."""

    def __init__(self, first: Page, face: Face, following: str) -> None:
        self.following: str | None = canonical_or(following)
        """Normalised address of its next page; None at its end."""
        self._first = first
        self._face = face
        self._paragraphs = set(face.paragraphs)
        self._is_blank = False

    def take(self, page: Page) -> bool:
        """Add the page that lies at `following`; False if it is another article's."""
        self.following = None
        tree = read_page(page.body, page.content_type)
        if tree is None:
            return False
        face = face_of(tree, page.url)
        if not goes_on(self._face, face, first_url=self._first.url, url=page.url):
            return False
        # As in a crawl: not beyond what repeats, nor beyond two pages without text.
        adds = face.paragraphs - self._paragraphs
        was_blank, self._is_blank = self._is_blank, not face.paragraphs
        self._paragraphs |= adds
        if adds or (self._is_blank and not was_blank):
            found = next_part(tree, page.url, begun=True)
            self.following = canonical_or(found) if found else None
        return True


def begun(page: Page) -> Walk | None:
    """The walk of a page whose article goes on; None for any other page."""
    tree = _paged(page.body, page.url, page.content_type)
    following = next_part(tree, page.url) if tree is not None else None
    if tree is None or following is None:
        return None
    return Walk(page, face_of(tree, page.url), following)


def next_page(body: bytes, url: str, content_type: str | None) -> str | None:
    """Normalised address at which the article on a page goes on; None if it ends."""
    tree = _paged(body, url, content_type)
    following = next_part(tree, url) if tree is not None else None
    return canonical_or(following) if following else None


def _paged(body: bytes, url: str, content_type: str | None) -> etree._Element | None:
    """The tree of a page whose article may go on; parsing takes milliseconds."""
    return read_page(body, content_type) if may_be_paged(body, url) else None

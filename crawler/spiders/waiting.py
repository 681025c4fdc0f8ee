"""Addresses go in; those whose page may belong to another one wait until that has come.

No page is read here: parts.py says what belongs to what.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler.discover.numbered import spots, stems_of_numbered
from crawler.fetching import ARTICLE_OUTCOMES
from crawler.frontier import Target
from crawler.spiders.books import Books
from crawler.urls import is_dressed

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

    from archive.records import Seen
    from crawler.items import Page


@dataclass(frozen=True, kw_only=True, slots=True)
class Left:
    """A page that waits for the one it belongs to."""

    target: Target
    first: str
    """Normalised address of the other page."""
    is_twin: bool = False
    """Whether it is a view of the other page, not a further page."""


class Waiting(Books):
    """Puts off what may belong to another page: a base of the spiders."""

    parts: set[str]
    """Normalised addresses taken, or being taken, as further pages."""
    broken: set[str]
    """First pages of articles of which a page could not be had."""
    walked: set[str]
    """Addresses whose page has come in this crawl."""
    forced: set[str]
    """Addresses asked for because of a page that belongs to theirs."""
    alone: set[str]
    """Addresses whose page is taken as it comes."""
    passed_over: set[str]
    """Addresses that were counted as known."""
    late: list[Target]
    """What is looked at when all else is done."""
    left: dict[str, Left]
    early: dict[str, Page]
    """Further pages that came before their article asked for them."""
    fetches: int

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Waiting:
        """Begin with nothing waiting."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        assert isinstance(spider, Waiting)  # noqa: S101 - cls is one
        spider.parts, spider.broken, spider.walked = set(), set(), set()
        spider.forced, spider.alone, spider.passed_over = set(), set(), set()
        spider.late, spider.left, spider.early = [], {}, {}
        spider.fetches = 0
        return spider

    @abstractmethod
    def request(self, target: Target, headers: dict[str, str]) -> Request:
        """The request for a page."""

    @abstractmethod
    def visit(self, target: Target) -> Iterator[Request]:
        """Request one address, unless it is known and not due or over the limit."""

    @abstractmethod
    def is_due(self, seen: Seen, target: Target) -> bool:
        """Whether to fetch an address again."""

    def is_taken(self, target: Target) -> bool:
        """Whether an address is dealt with by way of another one."""
        return target.url in self.parts or target.url in self.forced

    def pass_over(self, url: str) -> None:
        """Count an address as known."""
        self.known += 1
        self.passed_over.add(url)

    def take_back(self, url: str) -> None:
        """Count an address as known no longer: it is going to be fetched after all."""
        if url in self.passed_over:
            self.passed_over.discard(url)
            self.known -= 1

    def put_off(self, targets: Iterable[Target]) -> Iterator[Target]:
        """Give out targets; those that may belong to another page are kept for late.

        Further pages of what is named too, and addresses spelled like other views.
        """
        waiting = list(targets)
        numbered = {one.url: stems_of_numbered(one.url) for one in waiting}
        some = any(numbered.values())
        stems = {spot.stem for t in waiting if some for spot in spots(t.url)[:1]}
        for target in waiting:
            seen = self.archive.seen(target.url)
            belongs = bool(seen and seen.part_of) or is_dressed(target.url)
            if belongs or numbered[target.url] & stems:
                self.late.append(target)
            else:
                yield target

    def late_requests(self) -> Iterator[Request]:
        """Requests for what was put off, as far as no article has taken it."""
        late, self.late = self.late, []
        for target in late:
            seen = self.archive.seen(target.url)
            if self.is_taken(target):
                continue
            if seen is None or seen.part_of is None:
                yield from self.visit(target)
            elif self.is_due(seen, target):
                self.left[target.url] = Left(target=target, first=seen.part_of)
            else:
                self.pass_over(target.url)

    def left_requests(self) -> Iterator[Request]:
        """Requests for pages that others wait for; then for what nobody has taken."""
        asked: list[str] = []
        for url, left in list(self.left.items()):
            if url not in self.parts and self.must_ask(left, asked):
                asked.append(left.first)
                continue
            del self.left[url]
            self.early.pop(url, None)
            if url in self.parts:
                continue
            if left.first in self.broken and not left.is_twin:
                reason = f"the pages before it could not all be had: {left.first}"
                self.fail(self.fetch_of(left.target, None), reason[:300])
                continue
            self.alone.add(url)
            yield self.request(left.target, {})
        for first in dict.fromkeys(asked):
            yield self.force(first)

    def must_ask(self, left: Left, asked: Container[str]) -> bool:
        """Whether the page that another one belongs to has yet to be fetched."""
        if left.first in self.walked:
            return False
        return left.first in asked or left.first not in self.forced

    def force(self, url: str) -> Request:
        """Request a page whether it is due or not."""
        self.forced.add(url)
        self.frontier.add(url)
        self.take_back(url)
        self.fetches += 1
        return self.request(Target(url=url), {})

    def leads_article(self, url: str) -> bool:
        """Whether an address showed an article by itself, not a further page of one."""
        seen = self.archive.seen(url)
        return self.shows_article(url) and seen is not None and seen.part_of is None

    def shows_article(self, url: str) -> bool:
        """Whether an address showed an article when it was last fetched."""
        seen = self.archive.seen(url)
        return seen is not None and seen.outcome in ARTICLE_OUTCOMES

"""A site's profile goes in; requests and `Page` items come out. Nothing is extracted.

First every route is asked, then every article that a route named is fetched once. What
is seen already is decided by the archive, never by Scrapy's job folder: a killed crawl
starts again from what was stored.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response

from archive.errors import ArchiveError
from archive.records import Seen
from crawler.fetching import (
    ARTICLE_OUTCOMES,
    conditional_headers,
    failure_reason,
    is_conditional,
    is_refusal,
    page_of,
)
from crawler.frontier import Target, is_due
from crawler.items import Page, hint_of
from crawler.middlewares.guard import AlreadyAnswered
from crawler.spiders.books import utc_now
from crawler.spiders.routed import Routed
from crawler.stopping import Abandoned
from crawler.urls import canonical
from crawler.vanished import vanished

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure


FEWEST_MOVED = 3
"""Articles led by new addresses from which on their site has moved."""


class SiteSpider(Routed):
    """Crawls one site by its profile; subclasses are made by profiles.py."""

    name = "site"

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SiteSpider:
        """Connect the signals that feed a crawl."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        assert isinstance(spider, SiteSpider)  # noqa: S101 - cls is one
        spider.answered = set()
        spider.taken_away, spider.visited = set(), set()
        spider.again = []
        spider.has_added_due = False
        crawler.signals.connect(spider.feed, signal=signals.spider_idle)
        crawler.signals.connect(spider.item_failed, signal=signals.item_error)
        return spider

    answered: set[str]
    """Addresses whose page came by way of a redirect."""
    taken_away: set[str]
    """Addresses to look at again: the routes no longer name them, or see question."""
    visited: set[str]
    """Addresses that were asked for."""
    again: list[tuple[str, Target]]
    """What is to be fetched again, with the time of the last fetch."""
    has_added_due: bool

    @classmethod
    def update_settings(cls, settings: Any) -> None:
        """Take the delays from the profile; one of 0 stands for an own machine."""
        super().update_settings(settings)
        delay = cls.profile.delay_seconds
        settings.set("AUTOTHROTTLE_ENABLED", delay > 0, priority="spider")
        settings.set("DOWNLOAD_DELAY", delay, priority="spider")
        settings.set("AUTOTHROTTLE_START_DELAY", delay, priority="spider")

    async def start(self) -> AsyncIterator[Request]:
        """Ask every route of the profile."""
        self.begin()
        for start in self.profile.starts:
            for request in self.ask(start.route, start.url):
                yield request

    def feed(self) -> None:
        """When the routes are done, request every article they named, and due ones."""
        if not hasattr(self, "crawl_id"):
            return
        if not self.has_added_due:
            self.has_added_due = True
            self.add_due()
        requests = [r for target in self.firsts() for r in self.visit(target)]
        if not requests:
            self.again.sort(key=lambda pair: pair[0])
            again, self.again = self.again, []
            requests = [r for _, target in again for r in self.visit(target)]
        requests = requests or [*self.late_requests()] or [*self.left_requests()]
        requests = requests or [*self.question()]
        engine = self.crawler.engine
        assert engine is not None  # noqa: S101 - a signal has an engine
        for request in requests:
            engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def add_due(self) -> None:
        """Add what is due, and what the routes no longer name, to the frontier."""
        for url in self.archive.due(self.profile.name, now=utc_now()):
            if self.wanted(url) or self.shows_article(url):
                self.frontier.add(url)
        for url in vanished(self.readings):
            if self.leads_article(url):
                self.taken_away.add(url)
                self.frontier.add(url)

    def question(self) -> Iterator[Request]:
        """Requests for addresses of articles that were found at another one, too.

        The site may have moved them: then the former address is none any more. If it
        has moved several, whatever its routes named before is asked.
        """
        found = self.archive.unasked(self.crawl_id)
        named = {url for reading in self.readings for url in reading.named}
        if len(self.archive.successors(self.profile.name)) >= FEWEST_MOVED:
            found += self.archive.ever_named(self.profile.name)
        found = [url for url in found if url not in named and self.leads_article(url)]
        found += filter(self.wanted, self.archive.unfetched(self.crawl_id))
        for url in found:
            if url not in self.visited:
                self.taken_away.add(url)
                self.take_back(url)
                self.frontier.add(url)
                yield from self.visit(Target(url=url))
                self.visited.add(url)

    def firsts(self) -> Iterator[Target]:
        """The new targets in their order; what is due again is put off until the end.

        Otherwise what a limit leaves over would be left over in every crawl.
        """
        for target in self.put_off(self.in_order(self.frontier.untaken())):
            seen = self.archive.seen(target.url)
            if seen and seen.fetched_at and self.waits(seen, target):
                self.again.append((seen.fetched_at, target))
            else:
                yield target

    def waits(self, seen: Seen, target: Target) -> bool:
        """Whether an address that was fetched before is due, after all new ones."""
        return self.is_due(seen, target)

    def in_order(self, targets: Iterable[Target]) -> Iterable[Target]:
        """The targets in the order in which they are to be fetched: as named."""
        return targets

    def visit(self, target: Target) -> Iterator[Request]:
        """Request one address, unless it is known and not due or over the limit."""
        if self.is_taken(target) or target.url in self.visited:
            return
        seen = self.archive.seen(target.url)
        if seen and seen.fetched_at and not self.is_due(seen, target):
            self.pass_over(target.url)
            return
        if self.fetches >= self.profile.max_pages:
            return
        self.fetches += 1
        self.visited.add(target.url)
        headers = {}
        if seen and seen.outcome in ARTICLE_OUTCOMES:
            headers = conditional_headers(seen.etag, seen.last_modified)
        yield self.request(target, headers)

    def is_due(self, seen: Seen, target: Target) -> bool:
        """Whether to fetch an address again."""
        if target.url in self.taken_away:
            return True
        return is_due(seen, target, now=utc_now(), stamped=self.stamped)

    def request(self, target: Target, headers: dict[str, str]) -> Request:
        """The request for a page."""
        return Request(
            target.url,
            callback=self.parse_page,
            errback=self.page_failed,
            headers=headers,
            dont_filter=True,
            cb_kwargs={"target": target},
        )

    def note_redirect(self, request: Request) -> None:
        """Keep that a page came by way of a redirect: it is its last address's too."""
        if "target" in request.cb_kwargs:
            self.answered.add(canonical(request.url))

    def is_answered(self, request: Request) -> bool:
        """Whether a redirect has brought a request's page in this crawl already."""
        target = request.cb_kwargs.get("target")
        return target is not None and target.url in self.answered

    def parse_page(self, response: Response, target: Target) -> Iterator[Any]:
        """Turn an answer into a `Page`; what is no page becomes an outcome."""
        if response.status == 304 and is_conditional(response):
            self.archive.unmodified(self.fetch_of(target, response.status))
            self.count("store/unchanged")
        elif response.status != 200:
            self.fail(self.fetch_of(target, response.status), f"HTTP {response.status}")
        else:
            yield from self.arrived(self.page(response, target), target)

    def page(self, response: Response, target: Target) -> Page:
        """The `Page` of a whole answer.

        A page that was rejected keeps what routes said of it: they may answer 304 now.
        """
        hints = self.frontier.hints(target.url, canonical(response.url))
        if not hints:
            hints = tuple(map(hint_of, self.archive.former_hints(target.url)))
        return page_of(
            response,
            site=self.profile.name,
            crawl_id=self.crawl_id,
            requested_url=target.url,
            hints=hints,
        )

    def page_failed(self, failure: Failure) -> None:
        """Record that an address brought no answer, and why."""
        request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        target = request.cb_kwargs["target"]
        if isinstance(failure.value, AlreadyAnswered):
            self.known += 1
            return
        if isinstance(failure.value, Abandoned):
            return  # left over, for the next crawl
        self.fail(
            self.fetch_of(target, None),
            failure_reason(failure.value),
            disallowed=is_refusal(failure.value),
        )

    def item_failed(self, item: Any, response: Response, failure: Failure) -> None:
        """Record a page that a stage could not deal with (see also commits.py)."""
        page = getattr(item, "page", item)  # of a Draft, or the Page itself
        if not isinstance(page, Page) or isinstance(failure.value, ArchiveError):
            return
        reason = f"could not be stored: {failure_reason(failure.value)}"
        self.fail(self.fetch_of_item(page), reason)

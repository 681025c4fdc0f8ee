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
from crawler.discover import Listing
from crawler.errors import InvalidUrl
from crawler.fetching import (
    ARTICLE_OUTCOMES,
    conditional_headers,
    failure_reason,
    is_conditional,
    is_refusal,
    page_of,
)
from crawler.frontier import Target, is_due, is_stamped
from crawler.items import Page, RouteKind
from crawler.middlewares.guard import AlreadyAnswered
from crawler.routes import MOST_ROUTE_PAGES, read_route, route_state
from crawler.spiders.books import utc_now
from crawler.spiders.parts import Parts
from crawler.stopping import Abandoned
from crawler.urls import canonical, same_site

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure


PRIORITY_ROUTE = 10


class SiteSpider(Parts):
    """Crawls one site by its profile; subclasses are made by profiles.py."""

    name = "site"

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SiteSpider:
        """Connect the signals that feed a crawl."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        assert isinstance(spider, SiteSpider)  # noqa: S101 - cls is one
        spider.routes_asked = set()
        spider.answered = set()
        spider.stamped = set()
        spider.again = []
        spider.has_added_due = False
        crawler.signals.connect(spider.feed, signal=signals.spider_idle)
        crawler.signals.connect(spider.item_failed, signal=signals.item_error)
        return spider

    routes_asked: set[str]
    answered: set[str]
    """Addresses whose page came by way of a redirect."""
    stamped: set[str]
    """Sitemaps whose times of change are no news."""
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
            for request in self.ask(start.route, start.url, set()):
                yield request

    def ask(self, kind: RouteKind, url: str, chain: set[str]) -> Iterator[Request]:
        """Request a route's address, unless it was asked in this crawl.

        Args:
            kind: How its answer is read.
            url: The address.
            chain: What the earlier pages of the same route named; added to.
        """
        if url in self.routes_asked:
            return
        if len(self.routes_asked) >= MOST_ROUTE_PAGES:
            self.left_out_routes += 1
            return
        self.routes_asked.add(url)
        etag, last_modified = self.archive.route(url, kind=kind, rules=self.rules)
        yield Request(
            url,
            callback=self.parse_route,
            errback=self.route_failed,
            headers=conditional_headers(etag, last_modified),
            priority=PRIORITY_ROUTE,
            dont_filter=True,
            cb_kwargs={"kind": kind, "asked": url, "chain": chain},
        )

    def parse_route(
        self, response: Response, kind: RouteKind, asked: str, chain: set[str]
    ) -> Iterator[Request]:
        """Add what a route names to the frontier, and follow its next pages."""
        listing = read_route(response, kind, self.profile)
        self.remember_route(response, asked, listing)
        if response.status == 304:
            return
        news = self.take(listing, chain)
        for child in listing.children:
            if self.may_ask(child, response.url):
                yield from self.ask(kind, child, set())
        if listing.next_url and news and self.may_ask(listing.next_url, response.url):
            yield from self.ask(kind, listing.next_url, chain)
        elif listing.guessed_next and news:
            self.set_aside(kind, listing.guessed_next, chain)

    def set_aside(self, kind: RouteKind, url: str, chain: set[str]) -> None:
        """Leave a route's page that nothing names: a profile names what there is."""

    def may_ask(self, url: str, named_by: str) -> bool:
        """Whether a route's further address is the site's, or of the route's host."""
        return self.owns(url) or same_site(url, named_by)

    def take(self, listing: Listing, chain: set[str]) -> bool:
        """Add entries to the frontier; return whether the next page is worth asking.

        It is when this page named anything that the pages before it did not and,
        where the last crawl left nothing over, that the archive does not know. One
        page without any entry is followed too.
        """
        if not listing.entries:
            alone = "no entries" not in chain
            chain.add("no entries")
            return alone
        news = False
        if is_stamped((entry.hint for entry in listing.entries), now=utc_now()):
            self.stamped.add(listing.entries[0].hint.source)
        for entry in listing.entries:
            if not self.wanted(entry.url):
                continue
            self.frontier.add(entry.url, (entry.hint,))
            if entry.url not in chain:
                chain.add(entry.url)
                news = news or not (self.was_complete and self.is_known(entry.url))
        return news

    def is_known(self, url: str) -> bool:
        """Whether the archive has fetched an address before."""
        seen = self.archive.seen(canonical(url))
        return seen is not None and seen.fetched_at is not None

    def wanted(self, url: str) -> bool:
        """Whether an address that a route named is to be fetched."""
        try:
            return self.profile.wants(url)
        except InvalidUrl:
            return False

    def remember_route(self, response: Response, asked: str, listing: Listing) -> None:
        """Keep a route's validators and count for the end of the crawl."""
        for problem in listing.problems:
            self.problem(f"{response.cb_kwargs['kind']} {asked}: {problem}")
        state = route_state(
            response, listing, site=self.profile.name, asked=asked, at=utc_now()
        )
        self.route_states.append(state)

    def route_failed(self, failure: Failure) -> None:
        """Note that a route could not be read; the others go on."""
        request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        if isinstance(failure.value, Abandoned):
            return
        asked = request.cb_kwargs["asked"]
        self.problem(f"{asked}: {failure_reason(failure.value)}")

    def feed(self) -> None:
        """When the routes are done, request every article they named, and due ones."""
        if not hasattr(self, "crawl_id"):
            return
        if not self.has_added_due:
            self.has_added_due = True
            for url in self.archive.due(self.profile.name, now=utc_now()):
                if self.wanted(url) or self.shows_article(url):
                    self.frontier.add(url)
        requests = [r for target in self.firsts() for r in self.visit(target)]
        if not requests:
            self.again.sort(key=lambda pair: pair[0])
            again, self.again = self.again, []
            requests = [r for _, target in again for r in self.visit(target)]
        requests = requests or [*self.late_requests()] or [*self.left_requests()]
        engine = self.crawler.engine
        assert engine is not None  # noqa: S101 - a signal has an engine
        for request in requests:
            engine.crawl(request)
        if requests:
            raise DontCloseSpider

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
        if self.is_taken(target):
            return
        seen = self.archive.seen(target.url)
        if seen and seen.fetched_at and not self.is_due(seen, target):
            self.pass_over(target.url)
            return
        if self.fetches >= self.profile.max_pages:
            return
        self.fetches += 1
        headers = {}
        if seen and seen.outcome in ARTICLE_OUTCOMES:
            headers = conditional_headers(seen.etag, seen.last_modified)
        yield self.request(target, headers)

    def is_due(self, seen: Seen, target: Target) -> bool:
        """Whether to fetch an address again."""
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
        """The `Page` of a whole answer."""
        return page_of(
            response,
            site=self.profile.name,
            crawl_id=self.crawl_id,
            requested_url=target.url,
            hints=self.frontier.hints(target.url, canonical(response.url)),
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

"""A site's profile goes in; requests and `Page` items come out. Nothing is extracted.

First every route is asked, then every article that a route named is fetched once. What
is seen already is decided by the archive, never by Scrapy's job folder: a killed crawl
starts again from what was stored.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response

from archive.due import iso
from archive.records import CrawlEnd, Fetch, RouteState, Site
from archive.sessions import acquire, release
from crawler.discover import ROUTES, Answer, Listing
from crawler.errors import InvalidUrl
from crawler.fetching import (
    ARTICLE_OUTCOMES,
    conditional_headers,
    failure_reason,
    header,
    is_refusal,
    page_of,
)
from crawler.frontier import Frontier, Target
from crawler.items import Page, RouteKind
from crawler.sites.profile import Profile
from crawler.urls import canonical

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

    from archive.write import Archive

logger = logging.getLogger(__name__)

MOST_ROUTE_PAGES = 200
"""Answers read of one site's routes in a crawl: ends calendars and endless lists."""
PRIORITY_ROUTE = 10


def utc_now() -> str:
    """The current instant as the archive stores it."""
    return iso(datetime.now(UTC))


class SiteSpider(Spider):
    """Crawls one site by its profile; subclasses are made by profiles.py."""

    name = "site"
    profile: ClassVar[Profile]
    archive: Archive
    crawl_id: int

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SiteSpider:
        """Connect the signals that begin, feed and end a crawl."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.frontier = Frontier()
        spider.routes_asked = set()
        spider.route_states = []
        spider.problems = []
        spider.known = 0
        spider.fetches = 0
        crawler.signals.connect(spider.feed, signal=signals.spider_idle)
        crawler.signals.connect(spider.end, signal=signals.spider_closed)
        return spider

    frontier: Frontier
    routes_asked: set[str]
    route_states: list[RouteState]
    problems: list[str]
    known: int
    fetches: int

    @classmethod
    def update_settings(cls, settings: Any) -> None:
        """Take the delays from the profile."""
        super().update_settings(settings)
        delay = cls.profile.delay_seconds
        settings.set("DOWNLOAD_DELAY", delay, priority="spider")
        settings.set("AUTOTHROTTLE_START_DELAY", delay, priority="spider")

    def begin(self) -> None:
        """Open the archive and note that the crawl began."""
        self.archive = acquire(Path(self.settings["ARCHIVE"]))
        profile = self.profile
        site = Site(
            name=profile.name,
            title=profile.title,
            home=profile.home,
            language=profile.language,
            timezone=profile.timezone,
            verified=profile.verified,
        )
        self.crawl_id = self.archive.begin_crawl(site, now=utc_now())
        self.was_complete = self.archive.was_complete(profile.name)

    was_complete: bool

    async def start(self) -> AsyncIterator[Request]:
        """Ask every route of the profile."""
        self.begin()
        for start in self.profile.starts:
            for request in self.ask(start.route, start.url, set()):
                yield request

    def owns(self, url: str) -> bool:
        """Whether an address is on this site (for redirects, see guard.py)."""
        return self.profile.owns(url)

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
            self.problem(f"more than {MOST_ROUTE_PAGES} route pages; left out {url}")
            return
        self.routes_asked.add(url)
        etag, last_modified = self.archive.route(url)
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
        if response.status == 304:
            self.remember_route(response, kind, asked, Listing())
            return
        if response.status != 200:
            listing = Listing(problems=(f"HTTP {response.status}",))
        else:
            listing = self.read_route(response, kind)
        news = self.take(listing, chain)
        self.remember_route(response, kind, asked, listing)
        for child in listing.children:
            yield from self.ask(kind, child, set())
        if listing.next_url and news:
            yield from self.ask(kind, listing.next_url, chain)

    def read_route(self, response: Response, kind: RouteKind) -> Listing:
        """Parse a route's answer; what the parser cannot read is a problem."""
        answer = Answer(
            url=response.url,
            body=response.body,
            content_type=header(response, "Content-Type"),
            headers={
                name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
                for name, values in response.headers.items()
            },
        )
        return ROUTES[kind](answer, self.profile)

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

    def remember_route(
        self, response: Response, kind: RouteKind, asked: str, listing: Listing
    ) -> None:
        """Keep a route's validators and count for the end of the crawl."""
        for problem in listing.problems:
            self.problem(f"{kind} {asked}: {problem}")
        self.route_states.append(
            RouteState(
                url=asked,
                site=self.profile.name,
                kind=kind,
                fetched_at=utc_now(),
                status=response.status,
                entries=len(listing.entries),
                etag=header(response, "ETag"),
                last_modified=header(response, "Last-Modified"),
                problem="; ".join(listing.problems) or None,
            )
        )

    def route_failed(self, failure: Failure) -> None:
        """Note that a route could not be read; the others go on."""
        request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        asked = request.cb_kwargs.get("asked", request.url)
        self.problem(f"{asked}: {failure_reason(failure.value)}")

    def problem(self, text: str) -> None:
        """Record what went wrong with a route."""
        logger.warning("%s: %s", self.name, text)
        self.problems.append(text[:500])

    def feed(self) -> None:
        """When the routes are done, request every article they named, and due ones."""
        if not hasattr(self, "crawl_id"):
            return
        if not self.fetches:
            for url in self.archive.due(self.profile.name, now=utc_now()):
                self.frontier.add(url)
        requests = [r for target in self.frontier.untaken() for r in self.visit(target)]
        engine = self.crawler.engine
        assert engine is not None  # noqa: S101 - a signal has an engine
        for request in requests:
            engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def visit(self, target: Target) -> Iterator[Request]:
        """Request one address, unless it is known and not due or over the limit."""
        seen = self.archive.seen(target.url)
        fetched = seen.fetched_at if seen else None
        if seen and fetched and not self.is_due(seen.due_at, fetched, target):
            self.known += 1
            return
        if self.fetches >= self.profile.max_pages:
            return
        self.fetches += 1
        headers = {}
        if seen and seen.outcome in ARTICLE_OUTCOMES:
            headers = conditional_headers(seen.etag, seen.last_modified)
        yield Request(
            target.url,
            callback=self.parse_page,
            errback=self.page_failed,
            headers=headers,
            dont_filter=True,
            cb_kwargs={"target": target},
        )

    def is_due(self, due_at: str | None, fetched_at: str, target: Target) -> bool:
        """Whether to look again: the time has come, or a route says it changed."""
        if due_at is not None and due_at <= utc_now():
            return True
        changes = [hint.updated for hint in target.hints if hint.updated]
        return any(_is_later(change, fetched_at) for change in changes)

    def parse_page(self, response: Response, target: Target) -> Iterator[Any]:
        """Turn an answer into a `Page`; what is no page becomes an outcome."""
        if response.status == 304:
            self.archive.unmodified(self.fetch_of(target, response.status))
            self.count("store/unchanged")
        elif response.status != 200:
            reason = f"HTTP {response.status}"
            self.archive.fail(self.fetch_of(target, response.status), reason)
            self.count("fetch/failed")
        else:
            yield self.page(response, target)

    def page(self, response: Response, target: Target) -> Page:
        """The `Page` of a whole answer."""
        return page_of(
            response,
            site=self.profile.name,
            crawl_id=self.crawl_id,
            requested_url=target.url,
            hints=self.frontier.hints(target.url),
        )

    def page_failed(self, failure: Failure) -> None:
        """Record that an address brought no answer, and why."""
        request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        target = request.cb_kwargs["target"]
        disallowed = is_refusal(failure.value)
        reason = failure_reason(failure.value)
        self.archive.fail(self.fetch_of(target, None), reason, disallowed=disallowed)
        self.count("fetch/disallowed" if disallowed else "fetch/failed")

    def fetch_of(self, target: Target, status: int | None) -> Fetch:
        """The ledger's record of one request."""
        return Fetch(
            crawl_id=self.crawl_id,
            site=self.profile.name,
            url=target.url,
            at=utc_now(),
            status=status,
        )

    def count(self, outcome: str) -> None:
        """Increment one `stage/outcome` stat."""
        stats = self.crawler.stats
        if stats is not None:
            stats.inc_value(outcome)

    def end(self, spider: Spider, reason: str) -> None:
        """Note how the crawl ended and let the archive go."""
        if not hasattr(self, "crawl_id"):
            return
        stats = self.crawler.stats
        requests = stats.get_value("downloader/request_count", 0) if stats else 0
        end = CrawlEnd(
            finish="finished" if reason == "finished" else "stopped",
            found=len(self.frontier),
            known=self.known,
            requests=int(requests or 0),
            problems=tuple(dict.fromkeys(self.problems)),
            routes=tuple(self.route_states),
        )
        self.archive.end_crawl(self.crawl_id, end, now=utc_now())
        release(self.archive)


def _is_later(change: str, fetched_at: str) -> bool:
    """Whether a route's stated change lies after a fetch; a bare day does not."""
    try:
        moment = datetime.fromisoformat(change)
    except ValueError:
        return False
    return moment.tzinfo is not None and iso(moment) > fetched_at

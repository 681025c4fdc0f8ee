"""A site's routes go in; requests for them, and the addresses that they name, come out.

Routes are feeds, sitemaps, pages of sections and APIs. What is fetched of what they
name is for site.py and web.py to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http import Response

from crawler.discover import Listing
from crawler.errors import InvalidUrl
from crawler.fetching import conditional_headers, failure_reason
from crawler.frontier import is_stamped
from crawler.items import Hint, RouteKind
from crawler.routes import MOST_ROUTE_PAGES, read_route, route_state
from crawler.spiders.books import utc_now
from crawler.spiders.parts import Parts
from crawler.stopping import Abandoned
from crawler.urls import canonical, same_site
from crawler.vanished import Reading

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

PRIORITY_ROUTE = 10


class Routed(Parts):
    """Reads a site's routes: a base of the spiders."""

    routes_asked: set[str]
    stamped: set[str]
    """Sitemaps whose times of change are no news."""
    readings: list[Reading]
    """The routes, as far as this crawl has read them."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Routed:
        """Begin with nothing read."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        assert isinstance(spider, Routed)  # noqa: S101 - cls is one
        spider.routes_asked, spider.stamped, spider.readings = set(), set(), []
        return spider

    def ask(
        self, kind: RouteKind, url: str, reading: Reading | None = None
    ) -> Iterator[Request]:
        """Request a route's address, unless it was asked in this crawl.

        Args:
            kind: How its answer is read.
            url: The address.
            reading: What the route's earlier pages named; None if this is the first.
        """
        if url in self.routes_asked:
            return
        if len(self.routes_asked) >= MOST_ROUTE_PAGES:
            self.left_out_routes += 1
            return
        self.routes_asked.add(url)
        if reading is None:
            reading = Reading(kind=kind)
            self.readings.append(reading)
        etag, last_modified = self.archive.route(url, kind=kind, rules=self.rules)
        yield Request(
            url,
            callback=self.parse_route,
            errback=self.route_failed,
            headers=conditional_headers(etag, last_modified),
            priority=PRIORITY_ROUTE,
            dont_filter=True,
            cb_kwargs={"kind": kind, "asked": url, "reading": reading},
        )

    def parse_route(
        self, response: Response, kind: RouteKind, asked: str, reading: Reading
    ) -> Iterator[Request]:
        """Add what a route names to the frontier, and follow its next pages."""
        listing = read_route(response, kind, self.profile)
        before = self.archive.named(asked)
        if response.status == 304:
            self.remember_route(response, asked, listing)
            reading.named.update(dict.fromkeys(before))
            return
        reading.before += before
        wanted = self.wanted_of(listing)
        self.remember_route(response, asked, listing, tuple(wanted))
        news = self.take(wanted, reading) if listing.entries else reading.may_go_on()
        for child in listing.children:
            if self.may_ask(child, response.url):
                yield from self.ask(kind, child)
        if listing.next_url and news and self.may_ask(listing.next_url, response.url):
            yield from self.ask(kind, listing.next_url, reading)
        elif listing.guessed_next and news:
            self.set_aside(kind, listing.guessed_next, reading)

    def set_aside(self, kind: RouteKind, url: str, reading: Reading) -> None:
        """Leave a route's page that nothing names: a profile names what there is."""

    def may_ask(self, url: str, named_by: str) -> bool:
        """Whether a route's further address is the site's, or of the route's host."""
        return self.owns(url) or same_site(url, named_by)

    def wanted_of(self, listing: Listing) -> dict[str, list[Hint]]:
        """The normalised addresses that an answer names and the profile wants."""
        if is_stamped((entry.hint for entry in listing.entries), now=utc_now()):
            self.stamped.add(listing.entries[0].hint.source)
        found: dict[str, list[Hint]] = {}
        for entry in listing.entries:
            if self.wanted(entry.url):
                found.setdefault(canonical(entry.url), []).append(entry.hint)
        return found

    def take(self, entries: dict[str, list[Hint]], reading: Reading) -> bool:
        """Add entries to the frontier; return whether the next page is worth asking.

        It is when this page named anything that the pages before it did not and,
        where the last crawl left nothing over, that the archive does not know.
        """
        news = False
        for url, hints in entries.items():
            self.frontier.add(url, hints)
            if url not in reading.named:
                reading.named[url] = None
                news = news or not (self.was_complete and self.is_known(url))
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
        self,
        response: Response,
        asked: str,
        listing: Listing,
        named: tuple[str, ...] | None = None,
    ) -> None:
        """Keep a route's validators and what it named for the end of the crawl."""
        for problem in listing.problems:
            self.problem(f"{response.cb_kwargs['kind']} {asked}: {problem}")
        state = route_state(
            response, listing, site=self.profile.name, asked=asked, at=utc_now()
        )
        if not listing.problems:
            state = replace(state, named=named)
        self.route_states.append(state)

    def route_failed(self, failure: Failure) -> None:
        """Note that a route could not be read; the others go on."""
        request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        if isinstance(failure.value, Abandoned):
            return
        asked = request.cb_kwargs["asked"]
        self.problem(f"{asked}: {failure_reason(failure.value)}")

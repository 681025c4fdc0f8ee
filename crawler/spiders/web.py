"""A start page's address goes in; requests and `Page` items of its host come out.

For sites without a profile: general rules find the routes, and links are followed on
the same host, to a bounded depth and number. Every page is a candidate; which of them
are articles is decided by the pipelines.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http import Response

from crawler.discover.homepage import find_routes
from crawler.discover.links import page_links
from crawler.fetching import header
from crawler.frontier import Target
from crawler.items import Hint, RouteKind
from crawler.spiders.site import SiteSpider
from crawler.urls import origin

if TYPE_CHECKING:
    from twisted.python.failure import Failure

MOST_DEPTH = 3
"""Links followed from the start page or from what a route named."""
MOST_LINKED = 200
"""Pages fetched because a link led to them; ends session ids, filters and calendars."""
HTML_TYPES = ("html", "xml", "text/plain", "octet-stream")
USUAL_SITEMAP = "/sitemap.xml"


class WebSpider(SiteSpider):
    """Crawls one host from a start page, without a profile."""

    start_urls: tuple[str, ...]  # type: ignore[assignment]  # a list in Scrapy
    linked = 0
    guessed: str | None = None
    """A route that nobody named: that it does not exist is no problem."""

    async def start(self) -> AsyncIterator[Request]:
        """Fetch the start pages, as candidates and for their links and routes.

        They are fetched in every crawl: what is new is found there.
        """
        self.begin()
        for url in self.start_urls:
            self.frontier.add(url)
        for target in self.frontier.untaken():
            self.fetches += 1
            yield self.request(target, {})

    def note_sitemaps(self, urls: tuple[str, ...]) -> None:
        """Ask the sitemaps that robots.txt names, or else the usual one."""
        engine = self.crawler.engine
        assert engine is not None  # noqa: S101 - robots.txt was fetched
        own = [url for url in urls if self.owns(url)]
        if not own:
            self.guessed = origin(self.profile.home) + USUAL_SITEMAP
            own = [self.guessed]
        for url in own:
            for request in self.ask("sitemap", url, set()):
                engine.crawl(request)

    def parse_route(
        self, response: Response, kind: RouteKind, asked: str, chain: set[str]
    ) -> Iterator[Request]:
        """As for a site; a guessed route that does not exist is passed over."""
        if asked == self.guessed and response.status in (403, 404, 410):
            return
        yield from super().parse_route(response, kind, asked, chain)

    def route_failed(self, failure: Failure) -> None:
        """As for a site; a guessed route may fail."""
        request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        if request.cb_kwargs["asked"] != self.guessed:
            super().route_failed(failure)

    def visit(self, target: Target) -> Iterator[Request]:
        """As for a site; pages that only links led to have a limit of their own."""
        for request in super().visit(target):
            if target.depth:
                if self.linked >= MOST_LINKED:
                    self.fetches -= 1
                    return
                self.linked += 1
            yield request

    def parse_page(self, response: Response, target: Target) -> Iterator[Any]:
        """Yield the page, and requests for what it links to."""
        yield from super().parse_page(response, target)
        if response.status != 200 or not self.may_hold_links(response):
            return
        if target.depth == 0 and not target.hints:
            yield from self.discover(response)
        if target.depth < MOST_DEPTH:
            self.follow(response, target.depth + 1)

    def follow(self, response: Response, depth: int) -> None:
        """Add what a page links to to the frontier."""
        for link in page_links(response.body, response.url):
            if self.wanted(link.url):
                hint = Hint(route="link", source=response.url, title=link.text or None)
                self.frontier.add(link.url, (hint,), depth=depth)

    def discover(self, response: Response) -> Iterator[Request]:
        """Ask the routes that a start page names."""
        routes = find_routes(response.body, response.url)
        starts: tuple[tuple[RouteKind, tuple[str, ...]], ...] = (
            ("feed", routes.feeds),
            ("wordpress", routes.wordpress),
            ("sitemap", routes.sitemaps),
        )
        for kind, urls in starts:
            for url in urls:
                if self.owns(url):
                    yield from self.ask(kind, url, set())

    def may_hold_links(self, response: Response) -> bool:
        """Whether a response is worth looking through for links."""
        content_type = (header(response, "Content-Type") or "html").lower()
        return any(kind in content_type for kind in HTML_TYPES)

"""A start page's address goes in; requests and `Page` items of its host come out.

For sites without a profile: general rules find the routes, and links are followed on
the same host, to a bounded depth and number. Every page is a candidate; which of them
are articles is decided by the pipelines.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawler.discover.homepage import find_routes
from crawler.discover.links import page_links
from crawler.fetching import header
from crawler.frontier import Target
from crawler.items import Hint, RouteKind
from crawler.spiders.site import SiteSpider

MOST_DEPTH = 3
"""Links followed from the start page or from what a route named."""
MOST_LINKED = 200
"""Pages fetched because a link led to them; ends session ids, filters and calendars."""
HTML_TYPES = ("html", "xml", "text/plain", "octet-stream")


class WebSpider(SiteSpider):
    """Crawls one host from a start page, without a profile."""

    start_url: str
    linked = 0

    async def start(self) -> AsyncIterator[Request]:
        """Fetch the start page, as a candidate and for its links and routes."""
        self.begin()
        self.frontier.add(self.start_url)
        for target in self.frontier.untaken():
            for request in self.visit(target):
                yield request

    def note_sitemaps(self, urls: tuple[str, ...]) -> None:
        """Ask the sitemaps that robots.txt names."""
        engine = self.crawler.engine
        assert engine is not None  # noqa: S101 - robots.txt was fetched
        for url in urls:
            if self.owns(url):
                for request in self.ask("sitemap", url, set()):
                    engine.crawl(request)

    def visit(self, target: Target) -> Iterator[Request]:
        """As for a site; pages that only links led to have a limit of their own."""
        if target.depth:
            if self.linked >= MOST_LINKED:
                return
            self.linked += 1
        yield from super().visit(target)

    def parse_page(self, response: Response, target: Target) -> Iterator[Any]:
        """Yield the page, and requests for what it links to."""
        yield from super().parse_page(response, target)
        if response.status != 200 or not self.may_hold_links(response):
            return
        if target.depth == 0 and not target.hints:
            yield from self.discover(response)
        if target.depth < MOST_DEPTH:
            for link in page_links(response.body, response.url):
                if not self.wanted(link.url):
                    continue
                hint = Hint(route="link", source=response.url, title=link.text or None)
                self.frontier.add(link.url, (hint,), depth=target.depth + 1)

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

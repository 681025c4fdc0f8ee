"""A start page's address goes in; requests and `Page` items of its host come out.

For sites without a profile: general rules find the routes, the pages of lists are
turned, and links are followed on the same host, to a bounded depth and number. Every
page is a candidate; which of them are articles is decided by the pipelines.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response

from archive.records import Seen
from crawler.discover.continued import next_part
from crawler.discover.homepage import Routes, find_routes
from crawler.discover.links import page_links
from crawler.discover.next_page import following_list, is_paged
from crawler.discover.pages import read_page
from crawler.discover.sections import parse_section
from crawler.fetching import header
from crawler.frontier import Target
from crawler.items import Hint, Page, RouteKind
from crawler.lists import is_list, is_term
from crawler.spiders.site import SiteSpider
from crawler.urls import canonical, origin
from crawler.vanished import Reading

if TYPE_CHECKING:
    from lxml import etree
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

MOST_DEPTH = 3
"""Links followed from the start page or from what a route named."""
MOST_LINKED = 200
"""Pages fetched because only a link led to them; ends session ids, filters and
calendars. What a route, a list or a start page names has the site's limit alone."""
MOST_LISTS = 100
"""Pages of lists turned in a crawl, all lists together; ends those without end."""
HTML_TYPES = ("html", "xml", "text/plain", "octet-stream")
USUAL_SITEMAP = "/sitemap.xml"
DATED = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])/(?:(\d\d)/)?")
"""The day or month of an article in its address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Front:
    """A page that was read for its links."""

    tree: etree._Element
    url: str
    """The address that answered."""
    target: Target


class WebSpider(SiteSpider):
    """Crawls one host from a start page, without a profile."""

    start_urls: tuple[str, ...]  # type: ignore[assignment]  # a list in Scrapy
    linked = 0
    starts: frozenset[str] = frozenset()
    """Normalised addresses of the start pages."""
    lists: set[str]
    """Normalised addresses of the pages of lists that were turned to."""
    guessed: set[str]
    """Routes that nobody named: that one does not exist is no problem."""
    aside: list[tuple[str, Reading]]
    """Guessed pages of feeds, each with what the earlier pages named."""
    fronts: list[Front]
    """Start pages that were read, until the routes have said what they name."""
    held: list[Target]
    """Addresses that wait until the pages of lists have been turned."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> WebSpider:
        """Begin with nothing found."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        assert isinstance(spider, WebSpider)  # noqa: S101 - cls is one
        spider.lists, spider.guessed = set(), set()
        spider.aside, spider.fronts, spider.held = [], [], []
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Fetch the start pages, as candidates and for their links and routes.

        They are fetched in every crawl: what is new is found there.
        """
        self.begin()
        for url in self.start_urls:
            self.frontier.add(url)
        targets = list(self.frontier.untaken())
        self.starts = frozenset(target.url for target in targets)
        for target in targets:
            self.fetches += 1
            yield self.request(target, {})

    def note_sitemaps(self, urls: tuple[str, ...]) -> None:
        """Ask the sitemaps that robots.txt names, or else the usual one."""
        engine = self.crawler.engine
        assert engine is not None  # noqa: S101 - robots.txt was fetched
        own = [url for url in urls if self.owns(url)]
        if not own:
            own = [origin(self.profile.home) + USUAL_SITEMAP]
            self.guessed.update(own)
        for url in own:
            for request in self.ask("sitemap", url):
                engine.crawl(request)

    def parse_route(
        self, response: Response, kind: RouteKind, asked: str, reading: Reading
    ) -> Iterator[Request]:
        """As for a site; a guessed route that does not exist is passed over."""
        if asked in self.guessed and response.status in (403, 404, 410):
            return
        yield from super().parse_route(response, kind, asked, reading)

    def route_failed(self, failure: Failure) -> None:
        """As for a site; a guessed route may fail."""
        request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        if request.cb_kwargs["asked"] not in self.guessed:
            super().route_failed(failure)

    def set_aside(self, kind: RouteKind, url: str, reading: Reading) -> None:
        """Keep a feed's guessed next page until it is known whether it is needed."""
        if (
            kind == "feed"
            and self.owns(url)
            and len(reading.named) < self.profile.max_pages
        ):
            self.aside.append((url, reading))

    def feed(self) -> None:
        """As for a site; before that, older pages of feeds where no API tells more."""
        aside, self.aside = self.aside, []
        engine = self.crawler.engine
        assert engine is not None  # noqa: S101 - a signal has an engine
        if not self.has_posts():
            self.guessed.update(url for url, _ in aside)
            asked = [r for url, told in aside for r in self.ask("feed", url, told)]
            for request in asked:
                engine.crawl(request)
            if asked:
                raise DontCloseSpider
        fronts, self.fronts = self.fronts, []
        for front in fronts:
            self.look(front)
        super().feed()

    def has_posts(self) -> bool:
        """Whether a WordPress API has answered: it tells more than the feeds."""
        return any(s.kind == "wordpress" and s.entries for s in self.route_states)

    def in_order(self, targets: Iterable[Target]) -> Iterable[Target]:
        """Pages of lists; when all are turned articles, the newest first; other lists.

        What a list says of an article is known before it is fetched, in whatever order
        answers come. Where the site's limit cuts, the rest is left to the next crawl.
        """
        waiting = [*self.held, *targets]
        turned = [target for target in waiting if target.url in self.lists]
        if turned:
            self.held = [target for target in waiting if target.url not in self.lists]
            return turned
        self.held = []
        waiting.sort(key=newest, reverse=True)
        return sorted(waiting, key=lambda target: is_list(target.url))

    def is_due(self, seen: Seen, target: Target) -> bool:
        """As for a site; a list's page that was turned to is always looked at."""
        return target.url in self.lists or super().is_due(seen, target)

    def waits(self, seen: Seen, target: Target) -> bool:
        """As for a site; a list's page names what is new, so it comes first."""
        return target.url not in self.lists and super().waits(seen, target)

    def visit(self, target: Target) -> Iterator[Request]:
        """As for a site; pages that only links led to have a limit of their own."""
        for request in super().visit(target):
            if self.is_linked(target):
                if self.linked >= MOST_LINKED:
                    self.fetches -= 1
                    return
                self.linked += 1
            yield request

    def is_linked(self, target: Target) -> bool:
        """Whether nothing but links led to an address."""
        routes = {hint.route for hint in target.hints}
        return target.depth > 0 and routes <= {"link"} and target.url not in self.lists

    def parse_page(self, response: Response, target: Target) -> Iterator[Any]:
        """Yield the page, and requests for what it links to."""
        tree = self.read(response)
        if tree is not None and lists_articles(tree, response.url):
            hint = Hint(route="link", source=response.url, is_list=True)
            self.frontier.add(target.url, (hint,))
        yield from super().parse_page(response, target)
        if tree is None:
            return
        front = Front(tree=tree, url=response.url, target=target)
        if target.url in self.starts:
            link = b", ".join(response.headers.getlist("Link")).decode("latin-1")
            yield from self.discover(find_routes(tree, response.url, link_header=link))
            self.fronts.append(front)
        else:
            self.look(front)

    def look(self, page: Front) -> None:
        """Add what a page lists and links to to the frontier."""
        if page.target.url not in self.paged:
            self.turn(page.tree, page.url, page.target)
        self.follow(page.tree, page.url, page.target.depth + 1)

    def read(self, response: Response) -> etree._Element | None:
        """The tree of a page that may hold links; None for any other answer."""
        content_type = header(response, "Content-Type")
        kind = (content_type or "html").lower()
        if response.status != 200 or not any(one in kind for one in HTML_TYPES):
            return None
        return read_page(response.body, content_type)

    def discover(self, routes: Routes) -> Iterator[Request]:
        """Ask the routes that a start page names."""
        starts: tuple[tuple[RouteKind, tuple[str, ...]], ...] = (
            ("feed", routes.feeds),
            ("wordpress", routes.wordpress),
            ("sitemap", routes.sitemaps),
        )
        for kind, urls in starts:
            for url in urls:
                if self.owns(url):
                    yield from self.ask(kind, url)

    def turn(self, tree: etree._Element, url: str, target: Target) -> None:
        """Add what a list or a start page names, and the next page while it is news."""
        following = following_list(tree, url)
        if following is None and target.url not in self.lists | self.starts:
            return
        listing = parse_section(tree, url, self.profile)
        onward = canonical(following) if following else ""
        wanted = (entry for entry in listing.entries if self.wanted(entry.url))
        entries = [entry for entry in wanted if canonical(entry.url) != onward]
        named = [canonical(entry.url) for entry in entries]
        news = [u for u in named if u not in self.frontier and not self.is_known(u)]
        for entry, address in zip(entries, named, strict=True):
            told = {hint.route for hint in self.frontier.hints(address)}
            hints = () if "section" in told else (entry.hint,)
            self.frontier.add(entry.url, hints, depth=target.depth + 1)
        if following and news and len(self.lists) < MOST_LISTS:
            self.lists.add(canonical(following))
            self.frontier.add(following, depth=target.depth)

    def look_at_part(self, tree: etree._Element, page: Page, target: Target) -> None:
        """Follow what a further page of an article links to."""
        self.follow(tree, page.url, target.depth + 1)

    def follow(self, tree: etree._Element, url: str, depth: int) -> None:
        """Add what a page links to to the frontier."""
        if depth > MOST_DEPTH:
            return
        for link in page_links(tree, url):
            if self.wanted(link.url) and canonical(link.url) not in self.frontier:
                hint = Hint(route="link", source=url, title=link.text or None)
                self.frontier.add(link.url, (hint,), depth=depth)


def lists_articles(tree: etree._Element, url: str) -> bool:
    """Whether a page is one of a list, by its address and the numbers it links to.

    Those may be the numbers of an article's pages.
    """
    is_numbered = is_list(url) and is_paged(tree, url)
    return is_term(url) or (is_numbered and next_part(tree, url) is None)


def newest(target: Target) -> str:
    """The latest day that a route or the address itself states; empty without any."""
    stated = [day for hint in target.hints for day in (hint.published, hint.updated)]
    found = DATED.search(target.url)
    if found and not any(stated):
        stated.append("-".join(part for part in found.groups() if part))
    return max((day[:10] for day in stated if day), default="")

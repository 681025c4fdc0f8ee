"""Pages go in; articles on several pages come out as one `Page` with its parts.

Where an article goes on, its first page is held back until the further ones have come,
each from the page before it. A further page that comes by itself, and a page that says
that it is another one's AMP, print or mobile view, wait for that other page: it does
not matter which of them a route names, nor in which order they answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from scrapy import Request

from archive.records import Fetch
from crawler.discover.continued import (
    Face,
    canonical_of,
    face_of,
    first_parts,
    goes_on,
    may_be_paged,
    next_part,
)
from crawler.discover.numbered import canonical_or
from crawler.discover.pages import read_page
from crawler.fetching import (
    failure_reason,
    is_refusal,
    page_of,
)
from crawler.frontier import Target
from crawler.items import Page
from crawler.spiders.waiting import Left, Waiting
from crawler.stopping import Abandoned
from crawler.urls import is_dressed, is_twin, is_view_host

if TYPE_CHECKING:
    from lxml import etree
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure


MOST_PARTS = 20
"""Pages of one article, the first included; ends those that go on for ever."""
MOST_BYTES = 20_000_000
"""Of the pages of one article, which are held until all have come; and of the further
pages that came before their article asked for them. More of these are fetched again."""
PRIORITY_PART = 5
"""Before any other article: what has been begun is held in memory."""
GONE = (404, 410)
HEAD_BYTES = 2_000
AMP = re.compile(rb"<html\b[^>]*\s(?:amp|\xe2\x9a\xa1)[\s=>]", re.IGNORECASE)
"""AMP documents are marked so (amp.dev, "Required markup")."""
TOO_MANY = f"an article's pages after the first {MOST_PARTS} are not fetched"
TOO_LARGE = f"an article's pages after the first {MOST_BYTES:,} bytes are not fetched"


@dataclass(kw_only=True, slots=True)
class Chain:
    """An article whose pages are being fetched."""

    target: Target
    """Of its first page."""
    page: Page
    """Its first page."""
    face: Face
    paragraphs: set[int]
    """What they hold, as in `Face`."""
    parts: list[Page] = field(default_factory=list)
    is_blank: bool = False
    """Whether its last page shows no running text."""

    def grows_by(self, face: Face) -> bool:
        """Add what a page shows; return whether to go on from there.

        Not where it shows again what was shown before, nor from the second page in a
        row without running text: that is a gallery, or a list after all.
        """
        adds = face.paragraphs - self.paragraphs
        was_blank, self.is_blank = self.is_blank, not face.paragraphs
        self.paragraphs |= adds
        return bool(adds) or (self.is_blank and not was_blank)


class Parts(Waiting):
    """Joins the pages of articles: a base of the spiders."""

    paged: set[str]
    """Addresses of pages that belong to an article of several, or seem to."""
    further: int
    """Further pages asked for; from the site's limit on no more article is begun."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Parts:
        """Begin with nothing joined."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        assert isinstance(spider, Parts)  # noqa: S101 - cls is one
        spider.paged, spider.further = set(), 0
        return spider

    def owns(self, url: str) -> bool:
        """Whether an address is on this site (for redirects, see guard.py)."""
        return self.profile.owns(url)

    def arrived(self, page: Page, target: Target) -> Iterator[Any]:
        """Yield a page that has come, or what has to come before it."""
        final = canonical_or(page.url)
        self.walked |= {target.url, final}
        if target.url in self.parts:  # the article that asked for it may not want it
            self.left[target.url] = Left(target=target, first=target.url)
            return
        tree = self.tree_of(page)
        left = self.belonging(page, target, tree)
        if left is not None:
            self.left[target.url] = left
            self.paged.add(target.url)
            if not left.is_twin and weight([page, *self.early.values()]) < MOST_BYTES:
                self.early[target.url] = page
            return
        following = next_part(tree, page.url) if tree is not None else None
        if tree is None or following is None:
            yield page
            return
        self.paged.add(target.url)
        if self.further >= self.profile.max_pages:
            self.broken |= {target.url, final}
            return  # left over whole, for the next crawl
        face = face_of(tree, page.url)
        chain = Chain(
            target=target,
            page=page,
            face=face,
            paragraphs=set(face.paragraphs),
        )
        yield from self.follow_on(chain, following)

    def belonging(
        self, page: Page, target: Target, tree: etree._Element | None
    ) -> Left | None:
        """What a page waits for; None if it is taken as it comes."""
        if tree is None or target.url in self.alone:
            return None
        stated = canonical_of(tree, page.url)
        if stated and (is_twin(stated, page.url) or is_amp(page.body)):
            first = canonical_or(stated)
            is_other = first not in (target.url, canonical_or(page.url))
            if is_other and self.owns(first) and not self.shows_article(first):
                return Left(target=target, first=first, is_twin=True)
        found = [canonical_or(url) for url in first_parts(tree, page.url)]
        own = [url for url in found if self.owns(url) and url != target.url]
        known = [u for u in own if u in self.frontier or self.shows_article(u)]
        for first in (*known, *own):
            return Left(target=target, first=first)
        return None

    def follow_on(self, chain: Chain, following: str) -> Iterator[Any]:
        """Ask for the next page of an article, or end it where there are too many."""
        url = canonical_or(following)
        self.parts.add(url)
        if len(chain.parts) + 1 >= MOST_PARTS:
            yield from self.gap(chain, url, TOO_MANY, disallowed=True)
        elif weight([chain.page, *chain.parts]) > MOST_BYTES:
            yield from self.gap(chain, url, TOO_LARGE, disallowed=True)
        elif url in self.early:
            yield from self.take_part(chain, url, self.early.pop(url))
        else:
            self.fetches += 1
            self.further += 1
            yield Request(
                url,
                callback=self.parse_part,
                errback=self.part_failed,
                priority=PRIORITY_PART,
                dont_filter=True,
                cb_kwargs={"chain": chain, "asked": url},
            )

    def parse_part(self, response: Response, chain: Chain, asked: str) -> Iterator[Any]:
        """Add an answer to its article; what is no page is a gap."""
        if response.status != 200:
            reason = f"HTTP {response.status}"
            yield from self.gap(chain, asked, reason, status=response.status)
            return
        page = page_of(
            response,
            site=self.profile.name,
            crawl_id=self.crawl_id,
            requested_url=asked,
            hints=(),
        )
        yield from self.take_part(chain, asked, page)

    def take_part(self, chain: Chain, asked: str, page: Page) -> Iterator[Any]:
        """Add a page to its article, if it shows it, and go on from there.

        A page of another article is none of its pages; whoever names it fetches it.
        One that shows no text that was not shown before is the last.
        """
        tree = read_page(page.body, page.content_type)
        if tree is None:
            yield from self.gap(chain, asked, "it holds no HTML", status=page.status)
            return
        face = face_of(tree, page.url)
        if not goes_on(chain.face, face, first_url=chain.page.url, url=page.url):
            self.parts.discard(asked)
            yield from self.finish_chain(chain)
            return
        chain.parts.append(page)
        self.look_at_part(tree, page, chain.target)
        goes_further = chain.grows_by(face)
        following = next_part(tree, page.url, begun=True) if goes_further else None
        if following is None:
            yield from self.finish_chain(chain)
        else:
            yield from self.follow_on(chain, following)

    def look_at_part(self, tree: etree._Element, page: Page, target: Target) -> None:
        """Follow no link of a further page: a profile names what there is."""

    def part_failed(self, failure: Failure) -> Iterator[Any]:
        """End an article of which a page brought no answer."""
        request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        if isinstance(failure.value, Abandoned):
            return  # the whole article is left over, for the next crawl
        yield from self.gap(
            request.cb_kwargs["chain"],
            request.cb_kwargs["asked"],
            failure_reason(failure.value),
            disallowed=is_refusal(failure.value),
        )

    def gap(
        self,
        chain: Chain,
        url: str,
        reason: str,
        *,
        status: int | None = None,
        disallowed: bool = False,
    ) -> Iterator[Page]:
        """Record that a page of an article could not be had, and store the rest of it.

        Where the archive has that page, and it is not gone for good, the text that is
        archived is the better one: then the whole article counts as failed.
        """
        seen = self.archive.seen(url)
        self.frontier.add(url)
        self.broken |= {chain.target.url, canonical_or(chain.page.url)}
        missing = self.fetch_of(Target(url=url), status)
        self.fail(missing, reason, disallowed=disallowed)
        if seen and seen.part_of and status not in GONE:
            first = self.fetch_of(chain.target, chain.page.status)
            self.fail(first, f"its page {url} could not be had: {reason}"[:300])
            return
        yield from self.finish_chain(chain, is_whole=False)

    def finish_chain(self, chain: Chain, *, is_whole: bool = True) -> Iterator[Page]:
        """Give an article on, with all its pages that could be had."""
        for part in chain.parts:
            self.frontier.add(part.requested_url)
        yield replace(chain.page, parts=tuple(chain.parts), is_whole=is_whole)

    def fetch_of_item(self, page: Page) -> Fetch:
        """The ledger's record of a page and of its further pages."""
        parts = tuple(self.fetch_of_item(part) for part in page.parts)
        target = Target(url=page.requested_url)
        return replace(self.fetch_of(target, page.status), parts=parts)

    def tree_of(self, page: Page) -> etree._Element | None:
        """The tree of a page that may belong to others; None for any other page.

        Parsing takes milliseconds, and hardly any page needs it.
        """
        is_view = is_dressed(page.url) or is_view_host(page.url) or is_amp(page.body)
        if is_view or may_be_paged(page.body, page.url):
            return read_page(page.body, page.content_type)
        return None


def weight(pages: Iterable[Page]) -> int:
    """Bytes of pages."""
    return sum(len(page.body) for page in pages)


def is_amp(body: bytes) -> bool:
    """Whether a page says that it is an AMP document."""
    return bool(AMP.search(body[:HEAD_BYTES]))

"""What a crawl of one site does goes in; its rows in the archive and its end come out.

No request is made here: site.py and web.py say what is fetched.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy import Spider, signals

from archive.due import iso
from archive.errors import ArchiveError
from archive.records import CrawlEnd, Fetch, RouteState, Site
from archive.sessions import acquire, release
from crawler.commits import UNWRITABLE
from crawler.ending import Course, Finish, Overrun, finish_of, limits_met
from crawler.frontier import Frontier, Target
from crawler.items import newest_change
from crawler.routes import rules_of
from crawler.sites.profile import Profile, generic

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from archive.write import Archive

logger = logging.getLogger(__name__)

MOST_PROBLEMS = 100
OUTCOME_STATS = (
    "store/stored",
    "store/revised",
    "store/unchanged",
    "store/alias",
    "validate/rejected",
    "fetch/failed",
    "fetch/disallowed",
)


def utc_now() -> str:
    """The current instant as the archive stores it."""
    return iso(datetime.now(UTC))


class Books(Spider):
    """Keeps the books of one site's crawl: a base of the spiders."""

    name = "books"
    profile: ClassVar[Profile]
    archive: Archive
    crawl_id: int
    was_complete: bool
    """Whether the crawl before this one left nothing over."""
    rules: str
    """Digest of what decides which addresses are fetched."""
    frontier: Frontier
    route_states: list[RouteState]
    problems: list[str]
    known: int
    left_out_routes: int
    """Further pages of routes that were too many."""
    starts: frozenset[str] = frozenset()
    """Normalised addresses of the pages that somebody named to start from."""
    failed_starts: set[str]
    finish: Finish | None = None
    """How the crawl ended; None until then, or if it never began."""
    failures: tuple[str, ...] = ()
    """Why pages were not had, the most frequent reasons."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Books:
        """Begin with empty books, and close them with the crawl."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.frontier = Frontier()
        spider.route_states = []
        spider.problems = []
        spider.failed_starts = set()
        spider.known = 0
        spider.left_out_routes = 0
        crawler.signals.connect(spider.end, signal=signals.spider_closed)
        return spider

    def begin(self) -> None:
        """Open the archive and note that the crawl began."""
        self.archive = acquire(Path(self.settings["ARCHIVE"]))
        try:
            self.note_beginning()
        except ArchiveError as error:
            release(self.archive)
            self.problem(f"the crawl could not begin: {error}")
            if self.crawler.stats is not None:
                self.crawler.stats.set_value(UNWRITABLE, error)
            raise

    def note_beginning(self) -> None:
        """Note that the crawl began; take over what the site has without a profile."""
        profile = self.profile
        site = Site(
            name=profile.name,
            title=profile.title,
            home=profile.home,
            language=profile.language,
            timezone=profile.timezone,
            verified=profile.verified,
        )
        self.rules = rules_of(profile)
        crawl_id = self.archive.begin_crawl(site, now=utc_now())
        former = generic(profile.home)
        self.archive.adopt(former.name, title=former.title, into=profile.name)
        self.was_complete = self.archive.was_complete(profile.name, rules=self.rules)
        self.crawl_id = crawl_id

    def problem(self, text: str) -> None:
        """Record what went wrong with a route."""
        logger.warning("%s: %s", self.name, text)
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(text[:500])

    def fail(self, fetch: Fetch, reason: str, *, disallowed: bool = False) -> None:
        """Record that an address brought no page, and why."""
        self.archive.fail(fetch, reason, disallowed=disallowed)
        self.count("fetch/disallowed" if disallowed else "fetch/failed")
        if fetch.url in self.starts:
            self.failed_starts.add(fetch.url)

    def fetch_of(self, target: Target, status: int | None) -> Fetch:
        """The ledger's record of one request."""
        return Fetch(
            crawl_id=self.crawl_id,
            site=self.profile.name,
            url=target.url,
            at=utc_now(),
            status=status,
            stated_at=newest_change(target.hints),
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
        seconds = self.settings.getfloat("CLOSESPIDER_TIMEOUT")
        self.problems[:0] = limits_met(reason, seconds, self.overrun())
        try:
            self.archive.end_crawl(self.crawl_id, self.ending(reason), now=utc_now())
            with suppress(ArchiveError):  # told by whoever gives the archive back
                failed = self.archive.failed_pages(self.crawl_id)
                self.failures = tuple(map(str, failed))
        finally:
            release(self.archive)

    def overrun(self) -> Overrun:
        """What was too much for this crawl."""
        return Overrun(routes=self.left_out_routes, addresses=self.frontier.turned_away)

    def ending(self, reason: str) -> CrawlEnd:
        """How the crawl ended, as the archive keeps it."""
        stats = self.crawler.stats
        requests = stats.get_value("downloader/request_count", 0) if stats else 0
        self.finish = finish_of(self.course(reason))
        return CrawlEnd(
            finish=self.finish,
            found=len(self.frontier),
            known=self.known,
            requests=int(requests or 0),
            problems=tuple(dict.fromkeys(self.problems)),
            routes=tuple(self.route_states),
            rules=self.rules,
        )

    def course(self, reason: str) -> Course:
        """What the crawl came to."""
        stats = self.crawler.stats
        counts = stats.get_stats() if stats else {}
        outcomes = {name: counts.get(name, 0) for name in OUTCOME_STATS}
        return Course(
            reason=reason,
            found=len(self.frontier),
            known=self.known,
            tried=sum(outcomes.values()),
            failed=outcomes["fetch/failed"] + outcomes["fetch/disallowed"],
            has_problems=bool(self.problems),
            unchanged_routes=self.unchanged_routes,
            has_lost_starts=bool(self.starts) and self.failed_starts >= self.starts,
        )

    @property
    def unchanged_routes(self) -> int:
        """Routes that answered 304."""
        return sum(state.is_unchanged for state in self.route_states)

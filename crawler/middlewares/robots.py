"""Requests go in; those that robots.txt forbids are refused, and its delay is kept.

Follows RFC 9309: an answer of 4xx allows everything (2.3.1.3), an unreachable file or
5xx forbids everything (2.3.1.4), of a long file at least 500 KiB count (2.5).
Crawl-delay is not in the RFC; publishers state it, so it is obeyed.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from protego import Protego
from scrapy import signals
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.fetching import UNREADABLE
from crawler.middlewares.guard import RefusedRequest
from crawler.stopping import Abandoned

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)

LIMIT_BYTES = 512 * 1024
"""RFC 9309, 2.5 asks for 500 KiB at least."""


class UnreadableRobots:
    """Stands for a robots.txt that could not be read: nothing is allowed (2.3.1.4).

    Args:
        error: What went wrong; the reason that is recorded with each URL.
    """

    def __init__(self, error: Exception) -> None:
        why = " ".join((str(error) or type(error).__name__).split())
        self.error: IgnoreRequest = RefusedRequest(f"{UNREADABLE}: {why[:250]}")
        if isinstance(error, Abandoned):
            self.error = error

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        """Forbid everything."""
        return False


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware with RFC 9309's answers to errors and with Crawl-delay."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._received: dict[Request, int] = {}
        self._too_slow: dict[str, str] = {}
        crawler.signals.connect(self._count_bytes, signal=signals.bytes_received)
        crawler.signals.connect(self._parsed, signal=signals.robots_parsed)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Check one request.

        Raises:
            RefusedRequest: robots.txt forbids it, or could not be read.
        """
        if isinstance(rp, UnreadableRobots):
            raise rp.error
        too_slow = self._too_slow.get(urlparse_cached(request).netloc)
        if too_slow:
            raise RefusedRequest(too_slow)
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            raise RefusedRequest("forbidden by robots.txt") from error

    async def _parse_robots(
        self, response: Response, netloc: str, request: Request
    ) -> None:
        if response.status >= 500:
            raise RefusedRequest(f"HTTP {response.status}")
        body = response.body if response.status == 200 else b""
        body = body[:LIMIT_BYTES].removeprefix(b"\xef\xbb\xbf")
        body = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        await super()._parse_robots(response.replace(body=body), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        """Forbid everything where the file could not be read."""
        logger.warning("robots.txt of %s could not be read: %s", netloc, exc)
        waiting = self._parsers[netloc]
        unreadable = UnreadableRobots(exc)
        self._parsers[netloc] = unreadable  # type: ignore[assignment]  # a stand-in
        waiting.callback(unreadable)  # type: ignore[arg-type, union-attr]

    def _count_bytes(self, data: bytes, request: Request, spider: Spider) -> None:
        if request.callback is not NO_CALLBACK:
            return
        self._received[request] = self._received.get(request, 0) + len(data)
        if self._received[request] > LIMIT_BYTES:
            raise StopDownload(fail=False)

    def _parsed(self, robotparser: Any, request: Request) -> None:
        agent = self._robotstxt_useragent or self._default_useragent
        delay = robotparser.crawl_delay(agent)
        if delay and delay > 0:
            self._slow_down(request, float(delay))
        note = getattr(self.crawler.spider, "note_sitemaps", None)
        if note is not None and isinstance(robotparser.rp, Protego):
            note(tuple(robotparser.rp.sitemaps))

    def _slow_down(self, request: Request, delay_seconds: float) -> None:
        """Set the host's download slot to the delay, one request at a time."""
        if delay_seconds > self.crawler.settings.getfloat("CRAWL_DELAY_MOST_SECONDS"):
            why = f"robots.txt asks for {delay_seconds:g} s between requests"
            self._too_slow[urlparse_cached(request).netloc] = why
            return
        engine = self.crawler.engine
        assert engine is not None  # noqa: S101 - a request is under way
        downloader = engine.downloader
        key = downloader.get_slot_key(request)
        own = self.crawler.settings.getfloat("DOWNLOAD_DELAY")
        delay = max(delay_seconds, own)
        downloader.per_slot_settings[key] = {"delay": delay, "concurrency": 1}
        slot = downloader.slots.get(key)
        if slot is not None:
            slot.delay, slot.concurrency = max(slot.delay, delay), 1
        logger.info(
            "robots.txt of %s asks for %.2f s between requests", key, delay_seconds
        )

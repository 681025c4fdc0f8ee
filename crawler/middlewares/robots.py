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

from crawler.middlewares.guard import RefusedRequest

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
        why: The reason that is recorded with each URL.
    """

    def __init__(self, why: str) -> None:
        self.why = f"robots.txt could not be read: {why}"

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        """Forbid everything."""
        return False


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware with RFC 9309's answers to errors and with Crawl-delay."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._received: dict[Request, int] = {}
        crawler.signals.connect(self._count_bytes, signal=signals.bytes_received)
        crawler.signals.connect(self._parsed, signal=signals.robots_parsed)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Check one request.

        Raises:
            RefusedRequest: robots.txt forbids it, or could not be read.
        """
        if isinstance(rp, UnreadableRobots):
            raise RefusedRequest(rp.why)
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
        unreadable = UnreadableRobots(str(exc) or type(exc).__name__)
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
        if delay:
            self._slow_down(request, float(delay))
        note = getattr(self.crawler.spider, "note_sitemaps", None)
        if note is not None and isinstance(robotparser.rp, Protego):
            note(tuple(robotparser.rp.sitemaps))

    def _slow_down(self, request: Request, delay_seconds: float) -> None:
        """Set the host's download slot to the delay, one request at a time."""
        engine = self.crawler.engine
        assert engine is not None  # noqa: S101 - a request is under way
        downloader = engine.downloader
        key = downloader.get_slot_key(request)
        settings = {"delay": delay_seconds, "concurrency": 1, "jitter": 0}
        downloader.per_slot_settings[key] = settings
        slot = downloader.slots.get(key)
        if slot is not None and slot.delay < delay_seconds:
            slot.delay, slot.concurrency, slot.jitter = delay_seconds, 1, 0.0
        logger.info(
            "robots.txt of %s asks for %.2f s between requests", key, delay_seconds
        )

"""Answers that ask for patience go in; the same requests come out after the wait.

429 and 503 may carry Retry-After (RFC 9110, 10.2.3), which Scrapy does not read. The
whole host pauses for as long as the server asks, not only the one address.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.utils.asyncio import call_later
from scrapy.utils.httpobj import urlparse_cached

from crawler.middlewares.guard import RefusedRequest
from crawler.stopping import LOOK_SECONDS, Abandoned, is_stopping

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

logger = logging.getLogger(__name__)

PATIENCE_STATUSES = (429, 503)
BACKOFF_SECONDS = 1.0
"""First wait where the server does not say how long; doubled at each retry."""


def retry_after_seconds(header: str | None, *, now: datetime) -> float | None:
    """Read a Retry-After header; None if absent or senseless."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


class BackoffMiddleware(RetryMiddleware):
    """Scrapy's retries, with Retry-After obeyed and the host left alone meanwhile."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Scrapy's own
        self._paused_until: dict[str, float] = {}

    async def process_request(self, request: Request) -> None:
        """Hold a request back while its host has asked for a pause.

        Raises:
            RefusedRequest: The pause is longer than a crawl may wait.
            Abandoned: The crawl was stopped meanwhile.
        """
        host = urlparse_cached(request).netloc
        while (wait := self._paused_until.get(host, 0.0) - time.monotonic()) > 0:
            if wait > self._most_seconds:
                asked = math.ceil(wait)
                raise RefusedRequest(f"the server asked for a pause of {asked} s")
            if is_stopping(self.crawler):
                raise Abandoned
            await asyncio.sleep(min(wait, LOOK_SECONDS))

    @property
    def _most_seconds(self) -> float:
        return self.crawler.settings.getfloat("RETRY_AFTER_MOST_SECONDS")

    def process_response(  # type: ignore[override]  # Scrapy passes spider on
        self, request: Request, response: Response
    ) -> Request | Response:
        """Retry what Scrapy would, after the pause the server asks for."""
        answer = super().process_response(request, response)
        if response.status in PATIENCE_STATUSES:
            self._pause(request, response)
        return answer

    def _pause(self, request: Request, response: Response) -> None:
        header = response.headers.get("Retry-After")
        text = header.decode("latin-1") if header else None
        wait = retry_after_seconds(text, now=datetime.now(UTC))
        if wait is None:
            wait = BACKOFF_SECONDS * 2 ** request.meta.get("retry_times", 0)
        host = urlparse_cached(request).netloc
        until = time.monotonic() + wait
        if until > self._paused_until.get(host, 0.0):
            self._paused_until[host] = until
            self._hold_queue(request, min(wait, self._most_seconds))
        logger.info("%s asked for a pause of %.0f s", host, wait)

    def _hold_queue(self, request: Request, wait_seconds: float) -> None:
        """Keep back what waits for its turn in the host's download slot already."""
        engine = self.crawler.engine
        assert engine is not None  # noqa: S101 - a response has come in
        downloader = engine.downloader
        slot = downloader.slots.get(downloader.get_slot_key(request))
        if slot is None:
            return
        if slot.latercall:
            slot.latercall.cancel()
        slot.latercall = call_later(wait_seconds, downloader._latercall, slot)

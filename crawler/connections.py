"""Requests go in; responses whose headers have a bounded size come out, while it runs.

Scrapy's own HTTP handler with two things added: a limit for the head of a response
(Scrapy limits bodies only), and an end for downloads under way when a crawl is stopped.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)

from crawler.stopping import ABANDON, Abandoned

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred
    from twisted.internet.interfaces import IAddress
    from twisted.web._newclient import Request as SentRequest
    from twisted.web.iweb import IResponse

HEAD_LIMIT_BYTES = 262_144
"""Chrome's limit for all headers of a response; servers send a few thousand."""


class HeadTooLong(Exception):
    """The headers of a response have no end in sight."""


class _Parser(_LenientHTTPClientParser):
    """Counts what it reads before the body."""

    head_bytes = 0

    def lineReceived(self, line: bytes) -> None:
        self.head_bytes += len(line)
        if self.head_bytes > HEAD_LIMIT_BYTES:
            raise HeadTooLong(f"headers of more than {HEAD_LIMIT_BYTES} bytes")
        super().lineReceived(line)


class _Protocol(_LenientHTTP11ClientProtocol):
    """Scrapy's protocol with the counting parser; it swaps the class likewise."""

    def request(self, request: SentRequest) -> Deferred[IResponse]:
        answer = super().request(request)
        self._parser.__class__ = _Parser
        return answer


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _Protocol:
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory
        self._under_way: set[asyncio.Task[Response]] = set()
        crawler.signals.connect(self.abandon, signal=ABANDON)

    async def download_request(self, request: Request) -> Response:
        """Download one response.

        Raises:
            Abandoned: The crawl was stopped meanwhile.
        """
        task = asyncio.ensure_future(super().download_request(request))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        await asyncio.wait({task})
        if task.cancelled():
            raise Abandoned
        return task.result()

    def abandon(self) -> None:
        """End every download that is under way."""
        for task in tuple(self._under_way):
            task.cancel()

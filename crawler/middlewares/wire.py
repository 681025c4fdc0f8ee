"""Responses as sent go in; the same with their content coding undone come out.

Takes the place of Scrapy's HttpCompressionMiddleware: the bytes as sent are kept for
the capture, and a payload that ends early is fetched again, never taken for whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import get_retry_request

from archive.warc.payloads import ACCEPT_ENCODING, PayloadError, decode
from crawler.middlewares.guard import RefusedRequest

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

WIRE = "wire"
"""Key of request.meta that holds the payload as sent."""


class WireMiddleware:
    """Keeps the payload as sent and decodes it within limits."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.limit_bytes = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> WireMiddleware:
        """Build it; the limit is the setting DOWNLOAD_MAXSIZE."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Offer the codings that can be undone."""
        request.headers.setdefault("Accept-Encoding", ACCEPT_ENCODING)

    def process_response(
        self, request: Request, response: Response
    ) -> Response | Request:
        """Decode a response.

        Raises:
            RefusedRequest: It cannot be decoded, after retries.
        """
        request.meta[WIRE] = response.body
        codings = b",".join(response.headers.getlist("Content-Encoding"))
        if not codings:
            return response
        try:
            body = decode(
                response.body, codings.decode("latin-1"), limit_bytes=self.limit_bytes
            )
        except PayloadError as error:
            return self._again(request, error)
        return response.replace(body=body)

    def _again(self, request: Request, error: PayloadError) -> Request:
        spider = self.crawler.spider
        assert spider is not None  # noqa: S101 - a response has a spider
        retry = get_retry_request(request, spider=spider, reason=str(error))
        if retry is None:
            raise RefusedRequest(str(error)) from error
        return retry

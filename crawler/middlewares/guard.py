"""Requests go in; those to private addresses and other sites are refused.

Every request passes here, those for robots.txt and of redirects included. A host is
resolved before it is allowed, and the resolver that the connection uses (resolver.py)
checks again, so that a name whose answer changes in between gains nothing.
"""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import ada_url
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.addresses import (
    DEFAULT_PORTS,
    Address,
    is_public,
    literal,
    parse_allowed,
    refused,
)
from crawler.errors import MissingContact, PrivateAddress
from crawler.urls import MAX_CHARS

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class RefusedRequest(IgnoreRequest):
    """A request that policy forbids; its text is the reason that is recorded."""


class AlreadyAnswered(IgnoreRequest):
    """A request whose answer this crawl has already, by way of a redirect."""


class GuardMiddleware:
    """Refuses private addresses, other schemes and redirects that leave the site."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        allowed = crawler.settings.getlist("ALLOW_PRIVATE")
        self.allowed = tuple(parse_allowed(text) for text in allowed)
        self.contact = str(crawler.settings.get("CONTACT") or "")
        self._public: dict[str, tuple[Address, ...]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        """Build it from the setting ALLOW_PRIVATE, a list of HOST:PORT."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass.

        Raises:
            RefusedRequest: It may not be sent; the text says why.
            AlreadyAnswered: It need not be sent.
        """
        host, port = self._target(request.url)
        self._check_site(request)
        addresses = await self._resolve(host)
        address = refused(host, port, addresses, self.allowed)
        if address is not None:
            raise RefusedRequest(str(PrivateAddress(request.url, str(address))))
        self._check_reading(request, host)
        if not self.contact and any(map(is_public, addresses)):
            raise RefusedRequest(str(MissingContact("CUTTINGS_CONTACT")))

    def process_response(self, request: Request, response: Response) -> Response:
        """Note that a redirect brought a page, before another request for it passes."""
        note = getattr(self.crawler.spider, "note_redirect", None)
        if note and response.status == 200 and request.meta.get("redirect_urls"):
            note(request)
        return response

    def _check_reading(self, request: Request, host: str) -> None:
        """What connects reads an address more simply: it must read the same host."""
        simple = (urlparse_cached(request).hostname or "").strip("[]").rstrip(".")
        if simple != host and literal(simple) != (literal(host) or host):
            raise RefusedRequest(f"refused to fetch an ambiguous host: {simple[:200]}")

    def _target(self, url: str) -> tuple[str, int]:
        try:
            parsed = ada_url.URL(url)
        except ValueError as error:
            raise RefusedRequest("malformed address") from error
        if len(url) > MAX_CHARS:
            raise RefusedRequest(f"an address of {len(url)} characters is not fetched")
        if parsed.protocol not in DEFAULT_PORTS:
            raise RefusedRequest(f"scheme {parsed.protocol} is not fetched")
        if parsed.username or parsed.password:
            raise RefusedRequest("addresses with a user name are not fetched")
        port = int(parsed.port) if parsed.port else DEFAULT_PORTS[parsed.protocol]
        return parsed.hostname.strip("[]").rstrip("."), port

    def _check_site(self, request: Request) -> None:
        spider = self.crawler.spider
        if request.callback is NO_CALLBACK:
            return  # robots.txt may lie elsewhere (RFC 9309, 2.3.1.2)
        if request.meta.get("redirect_urls"):
            owns = getattr(spider, "owns", None)
            if owns is not None and not owns(request.url):
                raise RefusedRequest(f"redirected to another site: {request.url[:200]}")
            return
        is_answered = getattr(spider, "is_answered", None)
        if is_answered is not None and is_answered(request):
            raise AlreadyAnswered

    async def _resolve(self, host: str) -> tuple[Address, ...]:
        found = literal(host)
        if found is not None:
            return (found,)
        if host not in self._public:
            loop = asyncio.get_running_loop()
            try:
                answers = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            except (OSError, UnicodeError):
                return ()  # the download reports the name error, and retries it
            addresses = tuple(
                dict.fromkeys(
                    found
                    for answer in answers
                    if (found := literal(str(answer[4][0]).split("%")[0]))
                )
            )
            if not all(is_public(address) for address in addresses):
                return addresses
            self._public[host] = addresses
        return self._public[host]

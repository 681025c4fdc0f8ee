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

from crawler.addresses import (
    DEFAULT_PORTS,
    Address,
    is_public,
    literal,
    parse_allowed,
    refused,
)
from crawler.errors import PrivateAddress

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class RefusedRequest(IgnoreRequest):
    """A request that policy forbids; its text is the reason that is recorded."""


class GuardMiddleware:
    """Refuses private addresses, other schemes and redirects that leave the site."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        allowed = crawler.settings.getlist("ALLOW_PRIVATE")
        self.allowed = tuple(parse_allowed(text) for text in allowed)
        self._public: dict[str, tuple[Address, ...]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        """Build it from the setting ALLOW_PRIVATE, a list of HOST:PORT."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass.

        Raises:
            RefusedRequest: It may not be sent; the text says why.
        """
        host, port = self._target(request.url)
        self._check_site(request)
        addresses = await self._resolve(host)
        address = refused(host, port, addresses, self.allowed)
        if address is not None:
            raise RefusedRequest(str(PrivateAddress(request.url, str(address))))

    def _target(self, url: str) -> tuple[str, int]:
        try:
            parsed = ada_url.URL(url)
        except ValueError as error:
            raise RefusedRequest("malformed address") from error
        if parsed.protocol not in DEFAULT_PORTS:
            raise RefusedRequest(f"scheme {parsed.protocol} is not fetched")
        if parsed.username or parsed.password:
            raise RefusedRequest("addresses with a user name are not fetched")
        port = int(parsed.port) if parsed.port else DEFAULT_PORTS[parsed.protocol]
        return parsed.hostname.strip("[]").rstrip("."), port

    def _check_site(self, request: Request) -> None:
        if not request.meta.get("redirect_urls"):
            return
        owns = getattr(self.crawler.spider, "owns", None)
        if owns is not None and not owns(request.url):
            raise RefusedRequest(f"redirected to another site: {request.url[:200]}")

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

"""Host names go in; their addresses come out, unpublic ones only where allowed.

The second half of middlewares/guard.py: what the connection itself resolves is checked
too (DNS rebinding). Ports are the middleware's business; here a host that was named
with any port may be unpublic.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

from crawler.addresses import Allowed, is_public, parse_allowed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's caching resolver that refuses unpublic addresses."""

    allowed: tuple[Allowed, ...] = ()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        """Build it from the setting ALLOW_PRIVATE, a list of HOST:PORT."""
        resolver = super().from_crawler(crawler, reactor)
        allowed = crawler.settings.getlist("ALLOW_PRIVATE")
        resolver.allowed = tuple(parse_allowed(text) for text in allowed)
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        """Resolve a name; fails with DNSLookupError for an unpublic address."""
        return super().getHostByName(name, timeout).addCallback(self._check, name)

    def _check(self, found: str, name: str) -> str:
        address = ipaddress.ip_address(found)
        if is_public(address) or any(r.names(name, address) for r in self.allowed):
            return found
        raise DNSLookupError(f"{name} is {found}, which is not a public address")

"""Hosts and ports go in; whether the crawler may connect to them comes out.

Guards against server-side request forgery: a page must not be able to send the crawler
to a private, loopback or otherwise unpublic address, by whatever spelling. What is
public is decided by the IANA registries that Python's ipaddress follows.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.errors import CrawlerError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
DEFAULT_PORTS = {"http:": 80, "https:": 443}
# https://www.iana.org/assignments/ipv6-unicast-address-assignments: all that is
# routed lies here; ::/96 (IPv4-compatible) and the rest of IPv6 do not.
GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
# RFC 6052, 2.1: the last four bytes are an IPv4 address.
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowed:
    """One exception that the operator named with --allow-private."""

    host: str | None
    """Host name in lower case; None where a network was named."""
    network: Network | None
    """Address or network; None where a host name was named."""
    port: int

    def names(self, host: str, address: Address) -> bool:
        """Whether this names a host, or the address it leads to; ports aside."""
        if self.network is None:
            return self.host == host.lower()
        return address.version == self.network.version and address in self.network


class InvalidAllowance(CrawlerError):
    """An --allow-private value that names no host and port."""

    def __init__(self, text: str) -> None:
        """Keep the value as given."""
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        """Show the value and the form it should have."""
        return (
            f"--allow-private {self.text!r} is not HOST:PORT; "
            "write for example localhost:8080, [::1]:8080 or 127.0.0.0/8:8080"
        )


def parse_allowed(text: str) -> Allowed:
    """Read HOST:PORT, ADDRESS:PORT or NETWORK:PORT.

    Raises:
        InvalidAllowance: It has another form.
    """
    host, _, port = text.strip().rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or int(port) > 65_535:
        raise InvalidAllowance(text)
    host = host.strip("[]").rstrip(".").lower()
    try:
        network = ipaddress.ip_network(host, strict=False)
    except ValueError:
        if "/" in host or ":" in host:
            raise InvalidAllowance(text) from None
        return Allowed(host=host, network=None, port=int(port))
    return Allowed(host=None, network=network, port=int(port))


def is_public(address: Address) -> bool:
    """Whether an address is globally reachable unicast."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast
    inner = inside(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and address in GLOBAL_UNICAST


def inside(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address to which an IPv6 address leads; None if to none."""
    if address in TRANSLATED:
        return ipaddress.IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour


def literal(host: str) -> Address | None:
    """The address that a host spells out; None for a name."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def is_allowed(
    host: str, port: int, address: Address, allowed: Iterable[Allowed]
) -> bool:
    """Whether an unpublic address was named by the operator."""
    return any(rule.port == port and rule.names(host, address) for rule in allowed)


def refused(
    host: str, port: int, addresses: Iterable[Address], allowed: Iterable[Allowed]
) -> Address | None:
    """The first address that must not be connected to; None if all may."""
    rules = tuple(allowed)
    for address in addresses:
        if not is_public(address) and not is_allowed(host, port, address, rules):
            return address
    return None

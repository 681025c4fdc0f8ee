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


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowed:
    """One exception that the operator named with --allow-private."""

    host: str | None
    """Host name in lower case; None where a network was named."""
    network: Network | None
    """Address or network; None where a host name was named."""
    port: int


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
    host = host.strip("[]").lower()
    try:
        network = ipaddress.ip_network(host, strict=False)
    except ValueError:
        if "/" in host or ":" in host:
            raise InvalidAllowance(text) from None
        return Allowed(host=host, network=None, port=int(port))
    return Allowed(host=None, network=network, port=int(port))


def is_public(address: Address) -> bool:
    """Whether an address is globally reachable unicast."""
    mapped = getattr(address, "ipv4_mapped", None) or getattr(
        address, "sixtofour", None
    )
    if mapped is not None:
        return is_public(mapped)
    return address.is_global and not address.is_multicast


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
    return any(
        rule.port == port
        and (
            rule.host == host.lower()
            or (
                rule.network is not None
                and address.version == rule.network.version
                and address in rule.network
            )
        )
        for rule in allowed
    )


def refused(
    host: str, port: int, addresses: Iterable[Address], allowed: Iterable[Allowed]
) -> Address | None:
    """The first address that must not be connected to; None if all may."""
    rules = tuple(allowed)
    for address in addresses:
        if not is_public(address) and not is_allowed(host, port, address, rules):
            return address
    return None

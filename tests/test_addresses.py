"""Which addresses are public, which exceptions an operator may name."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.resolver import dnscache
from twisted.internet.error import DNSLookupError

from crawler.addresses import (
    InvalidAllowance,
    is_allowed,
    is_public,
    literal,
    parse_allowed,
    refused,
)
from crawler.resolver import GuardedResolver

PRIVATE = (
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
)
PUBLIC = (
    "1.1.1.1",
    "93.184.215.14",
    "2606:4700::1111",
    "::ffff:1.1.1.1",
    "64:ff9b::101:101",
    "2002:101:101::",
)


@pytest.mark.parametrize("text", PRIVATE)
def test_unpublic_addresses_are_seen_as_such(text: str) -> None:
    """No private, loopback, local, reserved or documentation address is public."""
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses_are_seen_as_such(text: str) -> None:
    """Routed addresses are public, in IPv6's ways of writing IPv4 too."""
    assert is_public(ipaddress.ip_address(text))


@given(st.ip_addresses(v=4))
def test_mapping_into_ipv6_changes_no_verdict(address: ipaddress.IPv4Address) -> None:
    """An IPv4 address is as public as each IPv6 address that leads to it."""
    for form in (f"::ffff:{address}", f"64:ff9b::{address}"):
        assert is_public(ipaddress.ip_address(form)) == is_public(address)


@pytest.mark.parametrize(
    ("text", "host", "network", "port"),
    [
        ("localhost:8080", "localhost", None, 8080),
        ("LOCALHOST.:80", "localhost", None, 80),
        ("127.0.0.1:1", None, "127.0.0.1/32", 1),
        ("[::1]:443", None, "::1/128", 443),
        ("10.0.0.0/8:8000", None, "10.0.0.0/8", 8000),
    ],
)
def test_exceptions_are_read(
    text: str, host: str | None, network: str | None, port: int
) -> None:
    """A host name, an address or a network with a port is an exception."""
    found = parse_allowed(text)
    assert (found.host, found.port) == (host, port)
    assert (str(found.network) if found.network else None) == network


@pytest.mark.parametrize("text", ["", "localhost", ":80", "a:b", "a:70000", "a/b:1"])
def test_senseless_exceptions_are_refused(text: str) -> None:
    """What names no host and port is refused with an example of the right form."""
    with pytest.raises(InvalidAllowance, match=r"is not HOST:PORT; write for example"):
        parse_allowed(text)


def test_exception_holds_for_its_host_and_port_only() -> None:
    """Another port, or another name of the same address, is not let through."""
    home = ipaddress.ip_address("127.0.0.1")
    rules = [parse_allowed("localhost:8080")]
    assert is_allowed("localhost", 8080, home, rules)
    assert not is_allowed("localhost", 8081, home, rules)
    assert not is_allowed("127.0.0.1", 8080, home, rules)


def test_exception_for_a_network_holds_inside_it() -> None:
    """A network covers its addresses, of its own IP version."""
    rules = [parse_allowed("10.0.0.0/8:80")]
    assert is_allowed("x.example", 80, ipaddress.ip_address("10.9.9.9"), rules)
    assert not is_allowed("x.example", 80, ipaddress.ip_address("11.0.0.1"), rules)
    assert not is_allowed("x.example", 80, ipaddress.ip_address("fd00::1"), rules)


def test_one_private_answer_among_public_ones_is_refused() -> None:
    """A name that also resolves to a private address is refused for that one."""
    answers = [ipaddress.ip_address(text) for text in ("1.1.1.1", "192.168.0.9")]
    assert str(refused("x.example", 80, answers, [])) == "192.168.0.9"
    assert refused("x.example", 80, answers[:1], []) is None


def test_literal_knows_names_from_addresses() -> None:
    """A host name is no address; brackets do not matter."""
    assert literal("example.org") is None
    assert literal("[::1]") == ipaddress.ip_address("::1")


def _resolver(*allowed: str) -> GuardedResolver:
    resolver = GuardedResolver(None, 10, 1.0)  # type: ignore[arg-type]  # no reactor
    resolver.allowed = tuple(parse_allowed(text) for text in allowed)
    return resolver


def _resolved(resolver: GuardedResolver, name: str, answer: str) -> list[object]:
    """What the connection gets for a name whose DNS answer is known already."""
    dnscache[name] = answer
    found: list[object] = []
    resolver.getHostByName(name).addBoth(found.append)
    del dnscache[name]
    return found


def test_connection_to_a_public_answer_is_made() -> None:
    """The resolver of the connection hands public answers on."""
    assert _resolved(_resolver(), "ok.example", "1.1.1.1") == ["1.1.1.1"]


def test_connection_to_a_private_answer_is_refused() -> None:
    """A name that turns private between check and connection leads nowhere."""
    found = _resolved(_resolver(), "turned.example", "127.0.0.1")
    assert isinstance(getattr(found[0], "value", None), DNSLookupError)
    assert "turned.example is 127.0.0.1" in str(found[0])


def test_connection_to_a_named_host_is_made() -> None:
    """A host that the operator named may be private."""
    named = _resolver("intranet.example:80", "10.0.0.0/8:80")
    assert _resolved(named, "intranet.example", "127.0.0.1") == ["127.0.0.1"]
    assert _resolved(named, "other.example", "10.1.1.1") == ["10.1.1.1"]

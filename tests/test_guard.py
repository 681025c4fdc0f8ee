"""Requests that may not be sent are not: by spelling, by answer of DNS, by redirect."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from crawling import crawl_site, crawl_url, last_crawl, outcomes, profile_of, rows
from press import article, feed, links, press, redirect, robots, sitemap, sitemap_index
from scrapy import Request
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import Settings

from crawler.middlewares.guard import (
    AlreadyAnswered,
    GuardMiddleware,
    RefusedRequest,
)


def guard(
    *allowed: str, contact: str = "a@b.example", **spider: Any
) -> GuardMiddleware:
    """A guard of a made-up crawl."""
    settings = Settings({"ALLOW_PRIVATE": list(allowed), "CONTACT": contact})
    crawler = SimpleNamespace(settings=settings, spider=SimpleNamespace(**spider))
    return GuardMiddleware(crawler)  # type: ignore[arg-type]  # all that it uses


def refusal(middleware: GuardMiddleware, url: str, **request: Any) -> str | None:
    """Why a request is refused; None if it may be sent."""
    try:
        asyncio.run(middleware.process_request(Request(url, **request)))
    except RefusedRequest as error:
        return str(error)
    return None


def answering(monkeypatch: pytest.MonkeyPatch, **answers: list[str]) -> None:
    """Put names and their addresses at the edge, where the system is asked."""

    async def getaddrinfo(self: Any, host: str, *_: Any, **__: Any) -> list[Any]:
        if host not in answers:
            raise socket.gaierror(-2, "unknown")
        return [(0, 0, 0, "", (address, 0)) for address in answers[host]]

    loop = asyncio.new_event_loop()
    monkeypatch.setattr(type(loop), "getaddrinfo", getaddrinfo)
    loop.close()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://0/",
        "http://0.0.0.0:8080/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1./",
        "http://①②⑦.0.0.1/",
        "http://localhost/",
        "http://LOCALHOST/",
        "http://localhost./",
    ],
)
def test_private_address_is_refused_however_it_is_spelled(url: str) -> None:
    """Decimal, octal, short, mapped, wide and named spellings are all seen through."""
    assert "is not a public address" in (refusal(guard(), url) or "")


def test_public_address_passes() -> None:
    """A public address is let through."""
    assert refusal(guard(), "https://1.1.1.1/") is None


def test_named_port_passes_and_other_ports_do_not() -> None:
    """An exception holds for its port only, the scheme's own port included."""
    ours = guard("localhost:8080", "127.0.0.1:80", "[::1]:80")
    assert refusal(ours, "http://localhost:8080/x") is None
    assert refusal(ours, "http://127.0.0.1/") is None
    for url in ("http://localhost:8081/", "http://[::1]:8080/", "https://127.0.0.1/"):
        assert "is not a public address" in (refusal(ours, url) or "")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://user@1.1.1.1/", "user name"),
        ("http://localhost:8080@127.0.0.1/", "user name"),
        ("http://1.1.1.1:80%40x/", "malformed|Port"),
        ("file:///etc/passwd", "scheme file: is not fetched"),
        ("ftp://1.1.1.1/", "scheme ftp: is not fetched"),
        ("http://[::bad/", "malformed|Invalid"),
        ("http://1.1.1.1/" + "a" * 9000, "9015 characters"),
    ],
)
def test_other_forms_are_refused(url: str, reason: str) -> None:
    """Credentials, other schemes, malformed and endless addresses are refused."""
    try:
        why = refusal(guard(), url) or ""
    except ValueError as error:  # Scrapy itself refuses to make such a request
        why = str(error)
    assert any(part in why for part in reason.split("|"))


def test_host_that_is_read_in_two_ways_is_refused() -> None:
    """A host that our parser and the connection read differently is refused."""
    assert "ambiguous host" in (refusal(guard(), "http:///1.1.1.1/x") or "")
    assert "ambiguous host" in (refusal(guard(), "http://1.1/") or "")


def test_name_with_a_private_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A public name that DNS leads to a private address is refused."""
    answering(monkeypatch, **{"rebind.example": ["1.1.1.1", "10.0.0.5"]})
    assert "10.0.0.5 is not a public" in (
        refusal(guard(), "http://rebind.example/") or ""
    )


def test_name_with_public_answers_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads to public addresses only is let through."""
    answering(monkeypatch, **{"press.example": ["1.1.1.1", "2606:4700::1111"]})
    assert refusal(guard(), "http://press.example/") is None


def test_unknown_name_is_left_to_the_download() -> None:
    """A name that does not resolve is reported by the download, not here."""
    assert refusal(guard(), "http://no-such-host.invalid/") is None


def test_public_address_without_contact_is_refused() -> None:
    """Whatever started the crawl, publishers are not asked without a contact."""
    nobody = guard("localhost:80", contact="")
    assert "CUTTINGS_CONTACT" in (refusal(nobody, "https://1.1.1.1/") or "")
    assert refusal(nobody, "http://localhost/") is None


def test_redirect_to_another_site_is_refused() -> None:
    """A redirect may not leave the site; the first request may."""
    ours = guard(owns=lambda url: "1.1.1.1" in url, is_answered=lambda request: False)
    meta = {"redirect_urls": ["http://1.1.1.1/"]}
    assert "another site" in (refusal(ours, "http://8.8.8.8/", meta=meta) or "")
    assert refusal(ours, "http://1.1.1.1/y", meta=meta) is None
    assert refusal(ours, "http://8.8.8.8/") is None


def test_redirect_of_robots_may_leave_the_site() -> None:
    """robots.txt may be redirected to another host (RFC 9309), to no private one."""
    ours = guard(owns=lambda url: False)
    meta = {"redirect_urls": ["http://1.1.1.1/robots.txt"]}
    robots_request = {"meta": meta, "callback": NO_CALLBACK}
    assert refusal(ours, "http://8.8.8.8/robots.txt", **robots_request) is None
    assert refusal(ours, "http://127.0.0.1/robots.txt", **robots_request)


def test_answered_address_is_not_asked_again() -> None:
    """What a redirect has brought already is not fetched a second time."""
    ours = guard(owns=lambda url: True, is_answered=lambda request: True)
    with pytest.raises(AlreadyAnswered):
        asyncio.run(ours.process_request(Request("http://1.1.1.1/")))


def test_redirect_to_a_private_port_is_not_followed(tmp_path: Path) -> None:
    """In a whole crawl a redirect to another port of this machine is not requested."""
    with press({"/": article(1)}) as secret, press() as site:
        site.pages = {"/": links("/a"), "/a": redirect(secret.url("/"))}
        crawl_url(tmp_path / "a.db", site.url(), site.allowed)
    assert secret.asked == []
    assert "redirected to another site" in outcomes(tmp_path / "a.db")["/a"]


def test_routes_that_name_private_addresses_fetch_none(tmp_path: Path) -> None:
    """Feeds, sitemaps and their children cannot send the crawler to other ports."""
    with press({"/": article(1)}) as secret, press({"/a": article(2)}) as site:
        site.pages["/feed"] = feed(secret.url("/"), site.url("/a"))
        site.pages["/map"] = sitemap_index(secret.url("/map.xml"), site.url("/c.xml"))
        site.pages["/c.xml"] = sitemap(secret.url("/x"))
        profile = profile_of(
            site.url(), feeds=(site.url("/feed"),), sitemaps=(site.url("/map"),)
        )
        crawl_site(tmp_path / "a.db", profile, site.allowed)
    assert secret.asked == []
    assert sorted(outcomes(tmp_path / "a.db")) == ["/a"]


def test_route_at_a_private_address_is_a_problem_of_its_own(tmp_path: Path) -> None:
    """A profile's route that may not be fetched is told; the others go on."""
    with press({"/a": article(1)}) as site, press() as secret:
        site.pages["/feed"] = feed(site.url("/a"))
        routes = (secret.url("/feed"), site.url("/feed"))
        profile = profile_of(site.url(), feeds=routes)
        tally = crawl_site(tmp_path / "a.db", profile, site.allowed)
    assert tally.stored == 1
    assert secret.asked == []
    assert "is not a public address" in last_crawl(tmp_path / "a.db")["problems"][0]


def test_robots_at_a_private_address_forbids_the_site(tmp_path: Path) -> None:
    """robots.txt that redirects into the private network counts as unreadable."""
    with press({"/robots.txt": robots("")}) as secret, press({"/": article(1)}) as site:
        site.pages["/robots.txt"] = redirect(secret.url("/robots.txt"))
        crawl_url(tmp_path / "a.db", site.url(), site.allowed)
    assert secret.asked == []
    assert rows(tmp_path / "a.db", "SELECT outcome FROM fetches") == [("disallowed",)]

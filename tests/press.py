"""A table of answers goes in; a small server on loopback comes out, for the tests."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

WORDS = (
    "The council told its suppliers that the contract would be let in two lots, and "
    "that bids for the smaller one are due before the bridge at number {number} opens."
)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the server says to one request."""

    body: bytes | str = b""
    status: int = 200
    content_type: str | None = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    hangs: float = 0.0
    """Seconds before it answers."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    """Names in lower case."""
    at: float
    """On the monotonic clock, in seconds."""


Answer = Reply | Callable[[Asked], Reply]


@dataclass(kw_only=True)
class Press:
    """A publication at one address of this machine."""

    port: int
    pages: dict[str, Answer] = field(default_factory=dict)
    """Path and query to the answer; anything else is 404."""
    asked: list[Asked] = field(default_factory=list)

    @property
    def allowed(self) -> str:
        """What --allow-private must say for it."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        """An absolute address."""
        return f"http://127.0.0.1:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, in order, robots.txt left out."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def gaps(self) -> list[float]:
        """Seconds between one request and the next."""
        times = [one.at for one in self.asked]
        return [after - before for before, after in pairwise(times)]


def article(number: int = 1, *, extra: str = "") -> Reply:
    """An article's page; its text is its own for each number."""
    text = "".join(
        f"<p>{WORDS.format(number=number * 10 + i)}</p>" for i in range(number % 3 + 4)
    )
    return Reply(
        body=f"<!DOCTYPE html><html lang=en><head><title>Story {number}</title>"
        '<meta property="article:published_time" content="2026-03-0'
        f'{number % 9 + 1}T09:30:00+00:00"></head><body><main><article>'
        f"<h1>Story {number}</h1>{text}</article></main>{extra}</body></html>"
    )


def links(*paths: str, head: str = "") -> Reply:
    """A page that only links to others."""
    items = "".join(f'<li><a href="{path}">See {path}</a></li>' for path in paths)
    return Reply(
        body=f"<html><head><title>Front</title>{head}</head><body><ul>{items}</ul></body>"
    )


def feed(*addresses: str) -> Reply:
    """An RSS feed of these absolute addresses."""
    items = "".join(
        f"<item><title>Feed title {number}</title><link>{address}</link></item>"
        for number, address in enumerate(addresses)
    )
    text = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
    return Reply(body=text, content_type="application/rss+xml")


def sitemap(*addresses: str, lastmod: str = "2026-01-01T00:00:00Z") -> Reply:
    """A sitemap of these absolute addresses."""
    items = "".join(
        f"<url><loc>{address}</loc><lastmod>{lastmod}</lastmod></url>"
        for address in addresses
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    text = f'<?xml version="1.0"?><urlset xmlns="{space}">{items}</urlset>'
    return Reply(body=text, content_type="application/xml")


def sitemap_index(*addresses: str) -> Reply:
    """A sitemap index of these absolute addresses."""
    items = "".join(f"<sitemap><loc>{one}</loc></sitemap>" for one in addresses)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    text = f'<?xml version="1.0"?><sitemapindex xmlns="{space}">{items}</sitemapindex>'
    return Reply(body=text, content_type="application/xml")


def redirect(location: str, status: int = 302) -> Reply:
    """A redirect."""
    return Reply(status=status, headers=(("Location", location),))


def robots(text: str) -> Reply:
    """A robots.txt."""
    return Reply(body=text, content_type="text/plain")


def once(first: Reply, then: Reply) -> Callable[[Asked], Reply]:
    """One answer to the first request, another to all later ones."""
    left = [first]

    def answer(asked: Asked) -> Reply:
        return left.pop() if left else then

    return answer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    press: Press

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(path=self.path, headers=headers, at=time.monotonic())
        self.press.asked.append(asked)
        answer = self.press.pages.get(self.path, Reply(status=404, body="<h1>No</h1>"))
        reply = answer if isinstance(answer, Reply) else answer(asked)
        time.sleep(reply.hangs)
        self.send(reply)

    def send(self, reply: Reply) -> None:
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        self.send_response(reply.status)
        names = [name.lower() for name, _ in reply.headers]
        if reply.content_type:
            self.send_header("Content-Type", reply.content_type)
        if "content-length" not in names:
            self.send_header("Content-Length", str(len(body)))
        for name, value in reply.headers:
            self.send_header(name, value)
        self.end_headers()
        if reply.status != 304:
            self.wfile.write(body)
        if ("Connection", "close") in reply.headers:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves early is no error."""


@contextmanager
def press(pages: Mapping[str, Answer] | None = None) -> Iterator[Press]:
    """Serve a publication while the block lasts."""
    handler = type("Handler", (_Handler,), {})
    server = _Server(("127.0.0.1", 0), handler)
    publication = Press(port=server.server_address[1], pages=dict(pages or {}))
    handler.press = publication  # type: ignore[attr-defined]  # made just above
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}
    )
    thread.start()
    try:
        yield publication
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

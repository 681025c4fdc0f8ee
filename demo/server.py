"""Titles in, a running HTTP server on loopback out; one thread serves them all.

Speaks as much of HTTP/1.1 as crawlers need: keep-alive, pipelining, HEAD and answers
with a stated length. Every fault ends the connection, so that no client waits for more.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from datetime import UTC, datetime
from email.utils import format_datetime

from demo.site import Answer, Request, Site

LONGEST_HEAD = 65_536
"""Bytes of a request's head; more is refused."""


class Connection(asyncio.Protocol):
    """One client's connection to one title."""

    def __init__(self, site: Site, open_ones: set[Connection]) -> None:
        self.site = site
        self.open_ones = open_ones
        self.buffer = b""
        self.transport: asyncio.Transport | None = None
        self.done = False
        """True once no further request will be answered."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember the connection, to close it with the server."""
        if isinstance(transport, asyncio.Transport):
            self.transport = transport
            self.open_ones.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self.open_ones.discard(self)

    def data_received(self, data: bytes) -> None:
        """Answer every request that has come in whole."""
        self.buffer += data
        while self.transport and not self.done and b"\r\n\r\n" in self.buffer:
            head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            self._serve(self.transport, head.decode("latin-1"))
        if self.transport and not self.done and len(self.buffer) > LONGEST_HEAD:
            self._refuse(self.transport, "431 Request Header Fields Too Large")

    def _serve(self, transport: asyncio.Transport, head: str) -> None:
        request = parse(head)
        if request is None:
            self._refuse(transport, "400 Bad Request")
            return
        answer = self.site.answer(request)
        if answer.fault in ("hang", "reset"):
            self.done = True
            if answer.fault == "reset":
                _reset(transport)
            return
        ends = answer.fault is not None or _wants_end(request)
        transport.write(_bytes(answer, ends))
        if ends:
            self._close(transport)

    def _refuse(self, transport: asyncio.Transport, status: str) -> None:
        transport.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
        self._close(transport)

    def _close(self, transport: asyncio.Transport) -> None:
        self.done = True
        transport.close()

    def abort(self) -> None:
        """Drop the connection at once, for the end of the server."""
        if self.transport:
            self.transport.abort()


def parse(head: str) -> Request | None:
    """Request line and headers, or None if they are not HTTP."""
    first, *lines = head.split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[1].startswith("/"):
        return None
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    headers["http-version"] = words[2]
    return Request(method=words[0], target=words[1], headers=headers)


def _wants_end(request: Request) -> bool:
    """A client may ask for it; a form's body is never read, so its end is due too."""
    if request.method not in ("GET", "HEAD"):
        return True
    said = request.headers.get("connection", "").lower()
    if request.headers["http-version"] == "HTTP/1.0":
        return said != "keep-alive"
    return said == "close"


def _bytes(answer: Answer, ends: bool) -> bytes:
    date = format_datetime(datetime.now(UTC), usegmt=True)
    rest = (
        f"\r\nDate: {date}\r\nConnection: {'close' if ends else 'keep-alive'}\r\n\r\n"
    )
    return answer.head + rest.encode() + answer.body


def _reset(transport: asyncio.Transport) -> None:
    """Close with RST in place of FIN: linger on, for no time at all."""
    raw = transport.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


class Server:
    """Serves bound sockets in a background thread until it is stopped."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._open: set[Connection] = set()
        self._thread = threading.Thread(
            target=self._run, name="demo-publisher", daemon=True
        )
        self._servers: list[asyncio.Server] = []

    def start(self, bound: list[tuple[Site, socket.socket]]) -> None:
        """Begin to serve each title on its socket."""
        self._thread.start()
        for site, listener in bound:
            asyncio.run_coroutine_threadsafe(
                self._listen(site, listener), self._loop
            ).result()

    def stop(self) -> None:
        """Close all connections, also those left hanging, and end the thread."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    async def _listen(self, site: Site, listener: socket.socket) -> None:
        self._servers.append(
            await self._loop.create_server(
                lambda: Connection(site, self._open), sock=listener
            )
        )

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        for connection in list(self._open):
            connection.abort()
        # One more turn of the loop lets the transports close their sockets.
        await asyncio.sleep(0)

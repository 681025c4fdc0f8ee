"""A request in, the bytes of its answer out: one title, as its server sees it.

Pages are made once and kept; what is counted is every request, as it was asked.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote, urlencode

from demo import carton, girder, townhall, wordpress
from demo.edition import Edition, edition
from demo.faults import ONCE, Fault, spoilt
from demo.model import Phase
from demo.moved_site import move_edition
from demo.moved_site import routes as moved_routes
from demo.moving import Move
from demo.newsroom import Newsroom
from demo.resources import Resource, Routes

ROUTES: dict[str, Callable[[Edition], Routes]] = {
    "townhall": townhall.routes,
    "girder": girder.routes,
    "carton": carton.routes,
}
ZIPPING = "girder"
"""The title whose server compresses pages for clients that accept it."""
State = Phase | Move
"""What a title's answers depend on."""
MISSING = Resource(status=404, body=b"<h1>Page not found</h1>")


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """The parts of a request that matter to the answer."""

    method: str
    target: str
    """Path and query as sent."""
    headers: Mapping[str, str]
    """Names in lower case."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """Head and body, and what goes wrong with them on the way."""

    head: bytes
    body: bytes
    fault: Fault | None = None


@dataclass(kw_only=True)
class Site:
    """One title at one address."""

    name: str
    room: Newsroom
    base_url: str
    crawl_delay: float | None
    phase: Phase
    move: Move | None = None
    """For the title that moves: what it has been through; None for any other."""
    counts: Counter[str] = field(default_factory=Counter)
    faults: dict[str, Fault] = field(default_factory=dict)
    _shown: dict[State, tuple[Edition, Routes]] = field(default_factory=dict)
    _made: dict[tuple[State, str], Resource] = field(default_factory=dict)
    _packed: dict[bytes, bytes] = field(default_factory=dict)

    def answer(self, request: Request) -> Answer:
        """Count the request and answer it."""
        self.counts[request.target] += 1
        if request.method not in ("GET", "HEAD"):
            return _plain(Resource(status=405, headers=(("Allow", "GET, HEAD"),)))
        target = normal_target(request.target)
        fault = self.faults.get(target)
        if fault in ONCE:
            del self.faults[target]
        resource = self.resource(target)
        if fault:
            return self._faulty(spoilt(resource, fault), fault)
        if unchanged(resource, request.headers):
            return _plain(resource, status=304)
        return self._full(resource, request)

    def resource(self, target: str) -> Resource:
        """The right answer for a normal target, made at the first request for it."""
        key = (self.move or self.phase, target)
        if key not in self._made:
            self._made[key] = self._make(target)
        return self._made[key]

    def _make(self, target: str) -> Resource:
        shown, routes = self._edition()
        if target in routes:
            return routes[target]()
        path, _, query = target.partition("?")
        if self.name == "girder" and path.startswith(wordpress.ROOT):
            return wordpress.answer(shown, path, dict(_pairs(query))) or MISSING
        return MISSING

    def _edition(self) -> tuple[Edition, Routes]:
        state = self.move or self.phase
        if state not in self._shown:
            shown, made = self._put_together()
            routes = {normal_target(path): builder for path, builder in made.items()}
            self._shown[state] = (shown, routes)
        return self._shown[state]

    def _put_together(self) -> tuple[Edition, Routes]:
        if self.move:
            shown = move_edition(self.move, self.base_url)
            return shown, moved_routes(self.move, shown)
        shown = edition(
            self.room,
            self.name,
            self.phase,
            base_url=self.base_url,
            crawl_delay=self.crawl_delay,
        )
        return shown, ROUTES[self.name](shown)

    def _full(self, resource: Resource, request: Request) -> Answer:
        accepted = request.headers.get("accept-encoding", "")
        body, extra = resource.body, ""
        if self.name == ZIPPING and "gzip" in accepted and _is_text(resource):
            if body not in self._packed:
                self._packed[body] = gzip.compress(body, mtime=0)
            body, extra = self._packed[body], "Content-Encoding: gzip\r\n"
        head = _head(resource, resource.status, f"{extra}Content-Length: {len(body)}")
        return Answer(head=head, body=b"" if request.method == "HEAD" else body)

    def _faulty(self, resource: Resource, fault: Fault) -> Answer:
        length = f"Content-Length: {len(resource.body)}"
        body = resource.body
        if fault == "truncate":
            body = body[: len(body) // 2]
        return Answer(
            head=_head(resource, resource.status, length), body=body, fault=fault
        )


def normal_target(target: str) -> str:
    """Path and query in one spelling, without the parameters that only track."""
    path, _, query = target.partition("?")
    kept = sorted(
        (name, value)
        for name, value in _pairs(query)
        if not name.startswith("utm_") and name != "replytocom"
    )
    return unquote(path) + ("?" + urlencode(kept) if kept else "")


def unchanged(resource: Resource, headers: Mapping[str, str]) -> bool:
    """Whether the client's copy is still good; an ETag outweighs a date."""
    if resource.status != 200:
        return False
    tags = headers.get("if-none-match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return resource.etag in known or "*" in known
    since = headers.get("if-modified-since")
    if since is None or resource.modified is None:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except ValueError:
        return False
    return resource.modified.replace(microsecond=0) <= _aware(moment)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)


def _is_text(resource: Resource) -> bool:
    return not resource.content_type.startswith(("image/", "application/gzip"))


def _plain(resource: Resource, status: int | None = None) -> Answer:
    """An answer without a body."""
    length = "" if status == 304 else "Content-Length: 0"
    return Answer(head=_head(resource, status or resource.status, length), body=b"")


def _head(resource: Resource, status: int, length: str) -> bytes:
    lines = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        f"Content-Type: {resource.content_type}",
    ]
    if resource.status == 200:
        lines.append(f"ETag: {resource.etag}")
        lines.append("Vary: Accept-Encoding")
    if resource.modified:
        lines.append(
            f"Last-Modified: {format_datetime(resource.modified, usegmt=True)}"
        )
    lines += [f"{name}: {value}" for name, value in resource.headers]
    lines += [length] if length else []
    return "\r\n".join(lines).encode("latin-1")

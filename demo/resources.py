"""What a title answers: bytes, type, ETag and Last-Modified of one address."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

HTML = "text/html; charset=utf-8"
BARE_HTML = "text/html"
"""For the title that leaves the encoding to a meta element."""
XML = "application/xml; charset=utf-8"
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, kw_only=True, slots=True)
class Resource:
    """One answer, before a server puts its own headers to it."""

    status: int = 200
    content_type: str = HTML
    body: bytes = b""
    modified: datetime | None = None
    """Becomes Last-Modified; None for what has no date."""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def etag(self) -> str:
        """A strong validator: the body's own digest."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


Builder = Callable[[], Resource]
Routes = dict[str, Builder]
"""Path and query to what makes the answer; see `server.normal_target`."""


def html(text: str, modified: datetime | None = None, status: int = 200) -> Resource:
    """A page in UTF-8."""
    return Resource(status=status, body=text.encode(), modified=modified)


def soup(text: str, modified: datetime | None = None, status: int = 200) -> Resource:
    """A page in windows-1252 that says so in a meta element only."""
    return Resource(
        status=status,
        content_type=BARE_HTML,
        body=text.encode("cp1252"),
        modified=modified,
    )


def xml(text: str, modified: datetime | None, kind: str = XML) -> Resource:
    """A feed or a map of a site, with its XML declaration put in front."""
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'
    return Resource(body=body.encode(), content_type=kind, modified=modified)


def as_json(data: object, modified: datetime | None, kind: str = JSON) -> Resource:
    """JSON with its characters as they are."""
    body = json.dumps(data, ensure_ascii=False).encode()
    return Resource(body=body, content_type=kind, modified=modified)


def moved(location: str) -> Resource:
    """A permanent redirect."""
    return Resource(
        status=301, content_type="text/plain", headers=(("Location", location),)
    )


def text(body: str) -> Resource:
    """Plain text, such as robots.txt."""
    return Resource(body=body.encode(), content_type="text/plain; charset=utf-8")


def png() -> Resource:
    """The smallest grey picture; every image address answers with it."""
    return Resource(body=_PNG, content_type="image/png")


_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63680000008200817762e9b10000000049454e44ae426082"
)

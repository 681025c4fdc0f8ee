"""Scrapy's responses and failures go in; `Page` items and plain reasons come out."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest

from archive.due import iso
from crawler.items import Hint, Page
from crawler.middlewares.guard import RefusedRequest
from crawler.middlewares.wire import WIRE

if TYPE_CHECKING:
    from scrapy.http import Response

ARTICLE_OUTCOMES = frozenset(["stored", "revised", "unchanged", "alias"])
"""Outcomes after which a conditional request makes sense."""


def header(response: Response, name: str) -> str | None:
    """The first value of a response header; None if absent."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def conditional_headers(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """Request headers that ask for a 304 where nothing changed (RFC 9110, 13.1)."""
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}


def is_conditional(response: Response) -> bool:
    """Whether a response answers a conditional request."""
    sent = response.request.headers if response.request else {}
    return "If-None-Match" in sent or "If-Modified-Since" in sent


def page_of(
    response: Response,
    *,
    site: str,
    crawl_id: int,
    requested_url: str,
    hints: tuple[Hint, ...],
) -> Page:
    """Make the `Page` of a whole answer."""
    meta = response.meta
    address = getattr(response, "ip_address", None)
    return Page(
        site=site,
        crawl_id=crawl_id,
        requested_url=requested_url,
        url=response.url,
        redirects=tuple(meta.get("redirect_urls", ())),
        status=response.status,
        reason=_phrase(response.status),
        headers=tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ),
        wire=meta.get(WIRE, response.body),
        body=response.body,
        content_type=header(response, "Content-Type"),
        fetched_at=iso(datetime.now(UTC)),
        ip_address=str(address) if address else None,
        hints=hints,
    )


def _phrase(status: int) -> str:
    """The registered reason phrase: Scrapy does not hand on the one sent."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def is_refusal(error: BaseException | None) -> bool:
    """Whether a request was refused by robots.txt or by policy, not by the network."""
    reason = str(error).removeprefix(f"{UNREADABLE}: ")
    return isinstance(error, RefusedRequest) and reason.startswith(REFUSALS)


UNREADABLE = "robots.txt could not be read"
"""How the reasons begin where nobody knows what is allowed; a failure by itself."""
REFUSALS = (
    "forbidden by robots.txt",
    "robots.txt asks for",
    "refused to",
    "CUTTINGS_CONTACT",
)
"""How the reasons begin that are rules of the site or ours, and no failure."""


def failure_reason(error: BaseException | None) -> str:
    """A failure in plain words, one line, at most 300 characters."""
    if isinstance(error, IgnoreRequest) and str(error):
        return str(error)[:300]
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__)
    name = name.removeprefix("Download ").removesuffix(" Error").lower()
    detail = " ".join(str(error).split())
    return f"{name}: {detail}"[:300] if detail else name

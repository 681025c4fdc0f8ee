"""In: nothing; out: the records that every route parser takes and gives back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crawler.items import Hint


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a server sent for the address of a route."""

    url: str
    """The address that answered, after redirects."""
    body: bytes
    """The payload with its content encoding undone."""
    content_type: str | None = None
    """The Content-Type header; None if the server sent none."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Response headers; names are compared without case."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One page that a route named."""

    url: str
    """Absolute http(s) address in WHATWG spelling, not yet canonical."""
    hint: Hint
    """What the route said of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """What one answer of a route holds."""

    entries: tuple[Entry, ...] = ()
    """The pages, in the route's order, each address once."""
    next_url: str | None = None
    """Address of the route's next page; None if there is none or it is unknown."""
    guessed_next: str | None = None
    """Address of a next page that nothing names, but that the software which made the
    route has; it may not exist."""
    children: tuple[str, ...] = ()
    """Addresses of further sitemaps, each once."""
    left_out: int = 0
    """Items that gave no entry: without a usable address, or repeating one."""
    problems: tuple[str, ...] = ()
    """What could not be read or was left out, in words; empty if all went well."""


def unique(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries in their order, the first of each address kept."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.url, entry)
    return tuple(found.values())

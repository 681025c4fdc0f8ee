"""A page number and a total go in; links to the pages before and after come out."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

PER_PAGE = 30

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pages:
    """Where a reader stands in a list."""

    number: int
    """From 1."""
    first: int
    """Number of the first line on the page, from 1."""
    last: int
    """Number of the last line on the page."""
    total: int
    previous: str | None
    """Address of the page before; None on the first."""
    next: str | None
    """Address of the page after; None on the last."""


def pages(
    path: str, number: int, total: int, *, pairs: Pairs | None = None, size: int = 0
) -> Pages:
    """Work out the links of page `number` of a list of `total` lines."""
    size = size or PER_PAGE
    first = (number - 1) * size + 1

    def link(target: int) -> str:
        return address(path, [*(pairs or []), ("page", str(target))])

    return Pages(
        number=number,
        first=first,
        last=max(first - 1, min(total, number * size)),
        total=total,
        previous=link(number - 1) if number > 1 else None,
        next=link(number + 1) if number * size < total else None,
    )


def address(path: str, pairs: Pairs) -> str:
    """A path with its query; the first page needs no number."""
    kept = [pair for pair in pairs if pair != ("page", "1")]
    return f"{path}?{urlencode(kept)}" if kept else path

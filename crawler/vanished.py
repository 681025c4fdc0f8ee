"""What a route named before and names now goes in; what has vanished from it comes out.

A feed shows the newest articles and drops the oldest; what is missing between others
that are still there has been taken away. Such an address is looked at again at once:
it may be gone, or lead to where its article lives now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from crawler.items import RouteKind

FEW = 5
"""Addresses that a sitemap may lose in any place."""
MOST_GAP = 2
"""Addresses side by side that a list may lose."""
FEW_OF = 20
"""Or one in so many, if that is more: what has more taken away at one end is a window
that moves on, as a sitemap of the news of two days does."""


@dataclass(kw_only=True, slots=True)
class Reading:
    """One route as a crawl reads it, page by page."""

    kind: RouteKind
    named: dict[str, None] = field(default_factory=dict)
    """The normalised addresses of its entries, in order."""
    before: list[str] = field(default_factory=list)
    """What the pages that were read had named when they were last read, in order."""
    was_empty: bool = False
    """Whether one of its pages had no entry."""

    def may_go_on(self) -> bool:
        """Whether to go on behind a page without any entry: once."""
        alone, self.was_empty = not self.was_empty, True
        return alone


def vanished(readings: Iterable[Reading]) -> list[str]:
    """The addresses that routes no longer name, in the order in which they stood.

    Args:
        readings: All routes of one crawl: what another one names has only moved.
    """
    readings = list(readings)
    named = {url for reading in readings for url in reading.named}
    lost = (url for reading in readings for url in _lost(reading))
    return [url for url in dict.fromkeys(lost) if url not in named]


def _lost(reading: Reading) -> Sequence[str]:
    """What is missing from a route though its neighbours are there."""
    before, now = reading.before, reading.named
    still = [place for place, url in enumerate(before) if url in now]
    if not still:
        return ()
    if reading.kind != "sitemap":  # the newest stand first
        return _gaps(before[: still[-1]], now)
    missing = _missing(before, now)
    if len(missing) <= max(FEW, len(before) // FEW_OF):
        return missing
    return _missing(before[still[0] : still[-1]], now)


def _gaps(before: Sequence[str], now: Collection[str]) -> list[str]:
    """What is missing from a list in places, not in a stretch: a box at its foot stands
    while the oldest articles above it go."""
    stretches = (list(one) for _, one in groupby(before, key=now.__contains__))
    short = (one for one in stretches if one[0] not in now and len(one) <= MOST_GAP)
    return [url for stretch in short for url in stretch]


def _missing(before: Sequence[str], now: Collection[str]) -> list[str]:
    return [url for url in before if url not in now]

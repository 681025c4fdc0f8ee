"""What the routes named goes in; the addresses to fetch, each once, come out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from archive.due import iso, parse
from archive.records import Seen
from crawler.errors import InvalidUrl
from crawler.items import Hint, instant
from crawler.urls import canonical

MOST_HINTS = 8
"""Hints kept for one address: more routes than this say nothing new."""
FEWEST_STAMPED = 3
"""Entries of a route from which on equal times of change are no coincidence."""
MAKING = timedelta(minutes=10)
"""Longest time that the making of one sitemap is taken to last."""
MOST_TARGETS = 100_000
"""Addresses of one crawl, about 70 MB; ends sitemaps without end."""


@dataclass(kw_only=True, slots=True)
class Target:
    """One address to fetch and what was said of it."""

    url: str
    """Normalised address."""
    depth: int = 0
    """Links followed from a start page; 0 for what a route named."""
    hints: list[Hint] = field(default_factory=list)


class Frontier:
    """The addresses of one crawl, in the order in which they were first named."""

    def __init__(self) -> None:
        self._targets: dict[str, Target] = {}
        self._taken = 0
        self.turned_away = 0
        """Addresses that were too many, repeated ones counted again."""

    def __len__(self) -> int:
        return len(self._targets)

    def __contains__(self, url: str) -> bool:
        return url in self._targets

    def add(self, url: str, hints: Iterable[Hint] = (), *, depth: int = 0) -> bool:
        """Name an address; return whether it is new to this crawl.

        An address that cannot be normalised, or is one too many, is not added and is
        not new.
        """
        try:
            url = canonical(url)
        except InvalidUrl:
            return False
        target = self._targets.get(url)
        is_new = target is None
        if target is None:
            if len(self._targets) >= MOST_TARGETS:
                self.turned_away += 1
                return False
            target = self._targets[url] = Target(url=url, depth=depth)
        for hint in hints:
            if len(target.hints) < MOST_HINTS and hint not in target.hints:
                target.hints.append(hint)
        return is_new

    def hints(self, *urls: str) -> tuple[Hint, ...]:
        """What the routes said of a page so far, under any of its addresses."""
        targets = (self._targets.get(url) for url in urls)
        found = (hint for target in targets if target for hint in target.hints)
        return tuple(dict.fromkeys(found))

    def untaken(self) -> Iterator[Target]:
        """Give out every address that was not given out before."""
        for target in list(self._targets.values())[self._taken :]:
            self._taken += 1
            yield target


def is_due(
    seen: Seen, target: Target, *, now: str, stamped: Collection[str] = ()
) -> bool:
    """Whether to look again: the time has come, or a route says it changed.

    A change counts if it lies after the last fetch, or after the newest that a route
    had stated by then: what goes online today may be dated yesterday. One for a time to
    come is none yet; what was fetched is not fetched again for the same statement.

    Args:
        seen: What the archive knows of an address that was fetched.
        target: What the routes said of it.
        now: UTC instant, as the archive stores it.
        stamped: Routes whose stated changes do not count, see `is_stamped`.
    """
    if seen.due_at is not None and seen.due_at <= now:
        return True
    changes = [h.updated for h in target.hints if h.updated and h.source not in stamped]
    return any(
        _is_news(change, seen) and not _is_later(change, now) for change in changes
    )


def _is_news(change: str, seen: Seen) -> bool:
    """Whether a stated change is later than what was fetched, or than was stated."""
    if _is_later(change, seen.fetched_at or ""):
        return True
    return seen.stated_at is not None and instant(change) > seen.stated_at


def is_stamped(hints: Iterable[Hint], *, now: str) -> bool:
    """Whether a route states the time at which it was made as every page's change.

    Then (nearly) all its changes lie within minutes of the newest one.
    """
    stated = [hint.updated for hint in hints if hint.updated]
    past = sorted(
        at for text in stated if not _is_later(text, now) and (at := instant(text))
    )
    if len(past) < FEWEST_STAMPED:
        return False
    newest = parse(past[-1])
    return parse(past[len(past) // 10]) >= newest - MAKING


def _is_later(change: str, fetched_at: str) -> bool:
    """Whether a route's stated change lies after a fetch; a bare day from the next."""
    try:
        moment = datetime.fromisoformat(change)
    except ValueError:
        return False
    if moment.tzinfo is None:
        return change[:10] > fetched_at[:10]
    return iso(moment) > fetched_at

"""What the routes named goes in; the addresses to fetch, each once, come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from crawler.errors import InvalidUrl
from crawler.items import Hint
from crawler.urls import canonical

MOST_HINTS = 8
"""Hints kept for one address: more routes than this say nothing new."""


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

    def __len__(self) -> int:
        return len(self._targets)

    def __contains__(self, url: str) -> bool:
        return url in self._targets

    def add(self, url: str, hints: Iterable[Hint] = (), *, depth: int = 0) -> bool:
        """Name an address; return whether it is new to this crawl.

        An address that cannot be normalised is not added and is not new.
        """
        try:
            url = canonical(url)
        except InvalidUrl:
            return False
        target = self._targets.get(url)
        is_new = target is None
        if target is None:
            target = self._targets[url] = Target(url=url, depth=depth)
        for hint in hints:
            if len(target.hints) < MOST_HINTS and hint not in target.hints:
                target.hints.append(hint)
        return is_new

    def hints(self, url: str) -> tuple[Hint, ...]:
        """What the routes said of an address so far."""
        target = self._targets.get(url)
        return tuple(target.hints) if target else ()

    def untaken(self) -> Iterator[Target]:
        """Give out every address that was not given out before."""
        targets = list(self._targets.values())
        while self._taken < len(targets):
            self._taken += 1
            yield targets[self._taken - 1]

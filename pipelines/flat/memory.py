"""What is known of a site before its text is read; contains no business logic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .lines import key


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """A site's known lines, as `key` spells them."""

    furniture: frozenset[str] = frozenset()
    """Lines that stand on other pages of the site too."""
    titles: frozenset[str] = frozenset()
    """Headlines of the site's other articles."""

    def without(self, headline: str) -> Memory:
        """The same for the page of that headline, which is no other article's."""
        return replace(self, titles=self.titles - {key(headline)})


NOTHING = Memory()
"""Of a site that nothing is known of."""


def memory_of(furniture: Iterable[str] = (), titles: Iterable[str] = ()) -> Memory:
    """Remember lines as they stand on pages."""
    return Memory(
        furniture=frozenset(filter(None, map(key, furniture))),
        titles=frozenset(filter(None, map(key, titles))),
    )

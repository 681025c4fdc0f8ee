"""An article's id goes in; its text, read, with who else holds its parts, comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from archive.copies import Text
from pipelines.copies.verify import Reading, Side, read, side, standing_words

STANDING = 4
"""So many other articles, none of them near, hold what is standing text."""
NEAR, NEAR_ON_SITE = 0.5, 0.8
"""Share of the smaller one's hashes that makes two articles near, on two sites and on
one, where frames are shared."""
CANDIDATE = 0.25
"""The same for two articles to be compared."""


class Index(Protocol):
    """What comparing asks of the archive."""

    def text(self, article_id: int) -> Text:
        """The newest text of an article, and what is known of it."""

    def site(self, article_id: int) -> str:
        """Which site an article is of."""

    def size(self, article_id: int) -> int:
        """How many hashes stand for an article's newest text."""

    def holders(self, article_id: int) -> dict[int, list[int] | None]:
        """For each hash of an article the others that hold it; None for very many."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """An article among all that hold a part of its text."""

    article_id: int
    holders: dict[int, list[int] | None]
    """For each of its hashes the others that hold it; None for very many."""
    shelf: Shelf
    """What it was taken from."""

    @cached_property
    def counts(self) -> Counter[int]:
        """Other articles, with how many of its hashes they hold."""
        return Counter(
            other for found in self.holders.values() if found for other in found
        )

    @cached_property
    def text(self) -> Text:
        """The article."""
        return self.shelf.index.text(self.article_id)

    @cached_property
    def reading(self) -> Reading:
        """Its text, read."""
        return read(self.text.body)

    @cached_property
    def standing(self) -> frozenset[int]:
        """Its hashes that are standing text: too many hold them that are not near."""
        return frozenset(
            one
            for one, found in self.holders.items()
            if found is None or self._is_standing(found)
        )

    def _is_standing(self, found: list[int]) -> bool:
        if len(found) < STANDING:
            return False
        return sum(not self._is_near(other) for other in found) >= STANDING

    def _is_near(self, other: int) -> bool:
        same_site = self.shelf.site(other) == self.shelf.site(self.article_id)
        return self.estimate(other) >= (NEAR_ON_SITE if same_site else NEAR)

    def estimate(self, other: int) -> float:
        """Share of the smaller one's hashes that both hold, 0 to 1."""
        least = min(len(self.holders), self.shelf.size(other))
        return self.counts[other] / least if least else 0.0

    def candidates(self) -> list[int]:
        """Articles that its text must be compared with."""
        return [one for one in self.counts if self.estimate(one) >= CANDIDATE]

    @cached_property
    def standing_words(self) -> bytearray:
        """For each word of its text 1 where it is standing text."""
        return standing_words(self.reading, self.standing)

    def side(self, other: Profile) -> Side:
        """What of it another article holds."""
        return side(self.reading, other.reading, self.standing_words)


class Shelf:
    """The profiles that one round of comparing needs, each made once."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._profiles: dict[int, Profile] = {}
        self._sites: dict[int, str] = {}
        self._sizes: dict[int, int] = {}

    def profile(self, article_id: int) -> Profile:
        """An article's profile."""
        if article_id not in self._profiles:
            self._profiles[article_id] = Profile(
                article_id=article_id,
                holders=self.index.holders(article_id),
                shelf=self,
            )
        return self._profiles[article_id]

    def profiles(self, article_ids: Iterable[int]) -> Iterator[Profile]:
        """The profiles of articles."""
        return map(self.profile, article_ids)

    def site(self, article_id: int) -> str:
        """Which site an article is of."""
        if article_id not in self._sites:
            self._sites[article_id] = self.index.site(article_id)
        return self._sites[article_id]

    def size(self, article_id: int) -> int:
        """How many hashes stand for an article's text."""
        if article_id not in self._sizes:
            self._sizes[article_id] = self.index.size(article_id)
        return self._sizes[article_id]

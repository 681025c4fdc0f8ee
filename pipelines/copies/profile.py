"""An article's id goes in; its text, read, with who else holds its parts, comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from archive.stories.copies import Text
from pipelines.copies.verify import Reading, Side, read, side, standing_words

STANDING = 4
"""So many other articles, none of them near, hold what is standing text."""
NEAR, NEAR_ON_SITE = 0.5, 0.8
"""Share of the smaller one's hashes that makes two articles near, on two sites and on
one, where frames are shared."""
CANDIDATE = 0.25
"""The same for two articles to be compared, where few hold most of what they share."""
FEW = 3 * STANDING
"""So many others are few. A hash that more hold does not lead to where a piece was
taken from; until then a further one may make it standing text."""
WHOLE = 0.9
"""Share of its hashes that makes an article held as a whole."""

MOST_KEPT = 150
"""Profiles that are kept at a time; the text of one takes about 100 kB."""


class Index(Protocol):
    """What comparing asks of the archive."""

    def text(self, article_id: int) -> Text:
        """The newest text of an article, and what is known of it."""

    def site(self, article_id: int) -> str:
        """Which site an article is of."""

    def sizes(self, article_ids: Collection[int]) -> dict[int, int]:
        """How many hashes stand for the newest text of each of some articles."""

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
    def estimates(self) -> dict[int, float]:
        """For each other article the share of the smaller one's hashes in common."""
        sizes, own = self.shelf.sizes(self.counts), len(self.holders)
        return {
            other: count / min(own, sizes[other])
            for other, count in self.counts.items()
        }

    @cached_property
    def standing(self) -> frozenset[int]:
        """Its hashes that are standing text: too many hold them that are not near."""
        near = {other for other in self.counts if self._is_near(other)}
        return frozenset(
            one
            for one, found in self.holders.items()
            if found is None
            or (len(found) >= STANDING and len(set(found) - near) >= STANDING)
        )

    def _is_near(self, other: int) -> bool:
        found = self.estimates[other]
        if found < NEAR or found >= NEAR_ON_SITE:
            return found >= NEAR
        return self.shelf.site(other) != self.shelf.site(self.article_id)

    @cached_property
    def rare(self) -> Counter[int]:
        """Other articles, with how many of its hashes they hold that few hold."""
        return Counter(
            other
            for found in self.holders.values()
            if found and len(found) <= FEW
            for other in found
        )

    def holds(self, other: int) -> bool:
        """Whether nearly all of another article is in it."""
        return self.counts[other] >= WHOLE * self.shelf.sizes([other])[other]

    def candidates(self) -> list[int]:
        """Articles that its text must be compared with."""
        return [
            other
            for other, found in self.estimates.items()
            if found >= NEAR
            or (found >= CANDIDATE and 2 * self.rare[other] >= self.counts[other])
        ]

    @cached_property
    def standing_words(self) -> bytearray:
        """For each word of its text 1 where it is standing text."""
        return standing_words(self.reading, self.standing)

    def side(self, other: Profile) -> Side:
        """What of it another article holds."""
        key = (self.article_id, other.article_id)
        if key not in self.shelf.sides:
            made = side(self.reading, other.reading, self.standing_words)
            self.shelf.sides[key] = made
        return self.shelf.sides[key]


class Shelf:
    """The profiles that one round of comparing needs, each made once."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.sides: dict[tuple[int, int], Side] = {}
        """What of one article another one holds, by their ids."""
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

    def trim(self) -> None:
        """Forget the profiles, if they take too much memory."""
        if len(self._profiles) > MOST_KEPT:
            self._profiles.clear()
            self.sides.clear()

    def site(self, article_id: int) -> str:
        """Which site an article is of."""
        if article_id not in self._sites:
            self._sites[article_id] = self.index.site(article_id)
        return self._sites[article_id]

    def sizes(self, article_ids: Iterable[int]) -> Mapping[int, int]:
        """How many hashes stand for the text of each of some articles."""
        new = [one for one in article_ids if one not in self._sizes]
        if new:
            self._sizes |= self.index.sizes(new)
        return self._sizes

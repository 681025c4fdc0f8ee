"""A seed goes in; made articles with the word frequencies of real ones come out.

Words are drawn by Zipf's law; stock phrases, a site's standing text and copies of
earlier articles are mixed in, so that an index meets what it meets in real archives.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

WORDS, PHRASES, SITES = 40_000, 400, 40
MEAN_WORDS, LEAST_WORDS, MOST_WORDS = 480, 60, 3_000
COPIES = 0.06
"""Share of articles that are copies of one among the last RECENT."""
RECENT = 2_000
STOCK = 0.15
"""Share of sentences that begin with a stock phrase."""
STANDING = 0.3
"""Share of articles that end with their site's standing text."""
SYLLABLES = [
    a + b
    for a in "bcdfglmnprstvw"
    for b in ("a", "e", "i", "o", "u", "an", "er", "is", "on")
]


@dataclass(frozen=True, kw_only=True, slots=True)
class MadeText:
    """One made article."""

    number: int
    """From 1, in the order of publication."""
    site: str
    headline: str
    body: str
    copy_of: int | None
    """Number of the article that it is a copy of."""
    edit: str = ""
    """What was done to the copy."""


class Writer:
    """A source of made articles, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.words = self._vocabulary()
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(WORDS)))
        self.phrases = [" ".join(self._draw(4 + n % 7)) for n in range(PHRASES)]
        self.phrase_weights = list(accumulate(1 / (n + 1) for n in range(PHRASES)))
        self.standing = [self._paragraph(30) for _ in range(SITES)]
        self.recent: deque[MadeText] = deque(maxlen=RECENT)
        self.sources: dict[int, int] = {}
        """For each copy the number of the article that it is a copy of."""

    def _vocabulary(self) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < WORDS:
            length = self.chance.choice((1, 2, 2, 3, 3, 4))
            word = "".join(self.chance.choices(SYLLABLES, k=length))
            found[word] = None
        return list(found)

    def _draw(self, count: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self.weights, k=count)

    def _paragraph(self, count: int) -> str:
        """Sentences of about so many words."""
        sentences: list[str] = []
        while count > 0:
            length = self.chance.randint(7, 29)
            words = self._draw(length)
            if self.chance.random() < STOCK:
                words[:0] = self.chance.choices(
                    self.phrases, cum_weights=self.phrase_weights
                )
            sentences.append(" ".join(words).capitalize() + ".")
            count -= length
        return " ".join(sentences)

    def articles(self, count: int) -> Iterator[MadeText]:
        """Yield so many further articles."""
        start = self.recent[-1].number + 1 if self.recent else 1
        for number in range(start, start + count):
            copies = self.recent and self.chance.random() < COPIES
            made = self._copy(number) if copies else self._new(number)
            self.recent.append(made)
            if made.copy_of is not None:
                self.sources[number] = made.copy_of
            yield made

    def _new(self, number: int) -> MadeText:
        length = int(self.chance.lognormvariate(6.0, 0.55))
        length = max(LEAST_WORDS, min(MOST_WORDS, length))
        lines = [self._paragraph(55) for _ in range(max(1, length // 55))]
        site = self.chance.randrange(SITES)
        if self.chance.random() < STANDING:
            lines.append(self.standing[site])
        return MadeText(
            number=number,
            site=f"site-{site}",
            headline=" ".join(self._draw(8)).capitalize(),
            body="\n".join(lines),
            copy_of=None,
        )

    def _copy(self, number: int) -> MadeText:
        source = self.chance.choice(self.recent)
        lines = source.body.splitlines()
        edit = self.chance.choice(("whole", "half", "intro", "advertised"))
        if edit == "half":
            lines = lines[: max(1, len(lines) // 2)]
        elif edit == "intro":
            lines = [self._paragraph(45), *lines]
        elif edit == "advertised":
            at = len(lines) // 2
            lines = [*lines[:at], self._paragraph(25), *lines[at:]]
        site = (
            int(source.site.split("-")[1]) + 1 + self.chance.randrange(SITES - 1)
        ) % SITES
        return MadeText(
            number=number,
            site=f"site-{site}",
            headline=source.headline,
            body="\n".join(lines),
            copy_of=source.number,
            edit=edit,
        )

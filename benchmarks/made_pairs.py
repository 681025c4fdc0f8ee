"""Real article texts go in; 200 made pairs of them, copies and none, come out.

Copies: cut to half, with a new introduction, with advertisements put in, a quarter as
an excerpt, and all of it with one word of twenty changed. No copies: a round-up that
takes a quarter of two articles each, and editions of a column in one frame of half
their length. Every second copy has a headline of its own. The texts are publishers':
they are read from the shared measuring data and kept nowhere.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from made_archive import Made

SEED = 20260301
EACH, ROUND_UPS, COLUMNS = 25, 20, 35
"""Pairs of each kind of copy; round-ups, two pairs each; pairs of editions."""
LEAST_WORDS, MOST_WORDS = 160, 1_500
CHANGED = 0.05
"""Share of the words that a mixed copy changes."""
INTRO_WORDS, ADVERT_WORDS = 60, 25

Edit = Callable[["Source", random.Random], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class MadePair:
    """Two articles, and whether they are one text."""

    kind: str
    one: str
    """Name of one of them."""
    other: str
    same: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A text that edits are made of."""

    words: list[str]
    spare: list[str]
    """Words of a text that is used for nothing else."""


@dataclass(kw_only=True, slots=True)
class Collection:
    """Articles and pairs as they are made."""

    articles: list[Made] = field(default_factory=list)
    pairs: list[MadePair] = field(default_factory=list)

    def add(self, kind: str, text: str, headline: str, *, site: str = "") -> str:
        """Add an article; return its name."""
        name = f"{kind.replace(' ', '-')}-{len(self.articles)}"
        site = site or f"title-{len(self.articles) % 23}"
        made = Made(name=name, site=site, headline=headline, text=text)
        self.articles.append(made)
        return name


def texts(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Headlines of real articles, and words with what follows them; none twice.

    Args:
        folder: The shared data of extraction.
    """
    seen: set[str] = set()
    with (folder / "dev" / "truth.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            words = re.findall(r"\S+\s*", row.get("body") or "")
            lead = " ".join("".join(words[:20]).split())
            if LEAST_WORDS <= len(words) <= MOST_WORDS and lead not in seen:
                seen.add(lead)
                yield row.get("title") or lead, words


def half(source: Source, chance: random.Random) -> str:
    """The first half."""
    return "".join(source.words[: len(source.words) // 2])


def intro(source: Source, chance: random.Random) -> str:
    """All, after an introduction of its own."""
    return "".join([*source.spare[:INTRO_WORDS], *source.words])


def adverts(source: Source, chance: random.Random) -> str:
    """All, with three advertisements put in."""
    words = list(source.words)
    for number in range(3):
        at = chance.randrange(len(words))
        start = number * ADVERT_WORDS
        words[at:at] = source.spare[start : start + ADVERT_WORDS]
    return "".join(words)


def quarter(source: Source, chance: random.Random) -> str:
    """A quarter in a row, anywhere."""
    length = len(source.words) // 4
    start = chance.randrange(len(source.words) - length)
    return "".join(source.words[start : start + length])


def mixed(source: Source, chance: random.Random) -> str:
    """Half of it with an introduction and one word of twenty changed."""
    words = [
        chance.choice(source.spare) if chance.random() < CHANGED else word
        for word in source.words[: len(source.words) // 2]
    ]
    return "".join([*source.spare[: INTRO_WORDS // 2], *words])


EDITS: dict[str, Edit] = {
    "cut to half": half,
    "new introduction": intro,
    "advertisements": adverts,
    "quarter": quarter,
    "mixed": mixed,
}


def collection(folder: Path) -> Collection:
    """Make all articles and pairs of the shared data of extraction."""
    chance = random.Random(SEED)
    found = sorted(texts(folder))
    chance.shuffle(found)
    made, stock = Collection(), iter(found)
    for kind, edit in EDITS.items():
        for number in range(EACH):
            _copy(made, stock, (kind, edit), own_headline=bool(number % 2))
    for _ in range(ROUND_UPS):
        _round_up(made, stock)
    for number in range(COLUMNS):
        _column(made, stock, number)
    return made


Stock = Iterator[tuple[str, list[str]]]


def _copy(
    made: Collection, stock: Stock, how: tuple[str, Edit], *, own_headline: bool
) -> None:
    kind, edit = how
    headline, words = next(stock)
    other, spare = next(stock)
    source = Source(words=words, spare=spare)
    original = made.add(kind, "".join(words), headline)
    text = edit(source, random.Random(len(made.articles)))
    copy = made.add(kind, text, other if own_headline else headline)
    made.pairs.append(MadePair(kind=kind, one=original, other=copy, same=True))


def _round_up(made: Collection, stock: Stock) -> None:
    pieces, names = [], []
    for _ in range(2):
        headline, words = next(stock)
        names.append(made.add("quoted", "".join(words), headline))
        pieces += words[: len(words) // 4]
    headline, spare = next(stock)
    text = "".join([*spare[:15], *pieces, *spare[15:30]])
    quoting = made.add("round-up", text, headline)
    for name in names:
        pair = MadePair(kind="two quoted", one=name, other=quoting, same=False)
        made.pairs.append(pair)


def _column(made: Collection, stock: Stock, number: int) -> None:
    _, frame = next(stock)
    names = []
    for day in ("3 May", "10 May"):
        _, words = next(stock)
        length = min(len(frame), len(words)) // 2
        text = "".join([*frame[:length], *words[: int(1.1 * length)]])
        headline = f"What moved the market, {day}"
        names.append(made.add("column", text, headline, site=f"column-{number}"))
    pair = MadePair(kind="column frame", one=names[0], other=names[1], same=False)
    made.pairs.append(pair)

"""Two texts go in; how much of each is in the other, word by word, comes out.

The index only says which texts to look at. A word is shared if it stands in a run of
five words that the other text has too. Words inside quotation marks, and standing text
that many other articles carry, are told apart: neither makes a copy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from pipelines.copies.signature import MOST_WORDS, Sampled, sample
from pipelines.sameness import SHINGLE_WORDS

OPENING, CLOSING = "“„«", "”»"
MARKS = re.compile(r'[“„«”»"]')
WORD = re.compile(r"\w+")
TOKENS = re.compile(r'\w+|[“„«”»"]')
LEAST_OWN = 15
"""Words besides standing text below which a text is nothing but standing text, and is
compared as it is."""

Shingle = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A text, read for comparison."""

    words: list[str]
    """Folded as `sameness.words_key` folds them."""
    quoted: bytearray
    """For each word, 1 inside quotation marks."""
    shingles: list[Shingle]
    """Every run of five words, in order."""
    known: frozenset[Shingle]
    """The same, for looking up."""

    @cached_property
    def sampled(self) -> list[Sampled]:
        """The runs that the index holds."""
        return sample(self.words)


def read(text: str) -> Reading:
    """Read a text for comparison."""
    words, quoted = _words(unicodedata.normalize("NFKC", text).casefold())
    words, quoted = words[:MOST_WORDS], quoted[:MOST_WORDS]
    runs = (words[start:] for start in range(SHINGLE_WORDS))
    shingles = list(zip(*runs, strict=False))
    return Reading(
        words=words,
        quoted=quoted,
        shingles=shingles,
        known=frozenset(shingles),
    )


def _words(folded: str) -> tuple[list[str], bytearray]:
    """Words, and which of them are quoted; a quotation ends with its line."""
    words: list[str] = []
    quoted = bytearray()
    for line in folded.splitlines():
        if MARKS.search(line):
            _quoting(line, words, quoted)
        else:
            words += WORD.findall(line)
            quoted.extend(bytes(len(words) - len(quoted)))
    return words, quoted


def _quoting(line: str, words: list[str], quoted: bytearray) -> None:
    """Add the words of a line with quotation marks."""
    inside = False
    for piece in TOKENS.findall(line):
        if piece in OPENING:
            inside = True
        elif piece in CLOSING:
            inside = False
        elif piece == '"':
            inside = not inside
        else:
            words.append(piece)
            quoted.append(inside)


def standing_words(reading: Reading, standing: Set[int]) -> bytearray:
    """For each word 1 where it is standing text: the sampled run nearest to it is.

    Args:
        reading: A text.
        standing: The hashes that too many other texts hold.
    """
    length = len(reading.words)
    if not standing:
        return bytearray(length)
    middles = [one.position + SHINGLE_WORDS // 2 for one in reading.sampled]
    ends = [(left + right) // 2 + 1 for left, right in pairwise(middles)]
    marks, start = bytearray(), 0
    for one, end in zip(reading.sampled, [*ends, length], strict=True):
        marks += bytes([one.hash in standing]) * (end - start)
        start = end
    return marks if length - sum(marks) >= LEAST_OWN else bytearray(length)


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One of two texts, compared with the other."""

    covered: bytearray
    """For each word 1 where it is shared, standing text or not."""
    own: int
    """Its words without standing text."""
    shared: int
    """Of these, the words that the other text has too."""
    spoken: int
    """Its own words that are not inside quotation marks."""
    spoken_shared: int
    """Of these, the words that the other text has too."""
    containment: float
    """Share of its runs of five words that the other text has too, 0 to 1, standing
    text left out."""

    @property
    def share(self) -> float:
        """Share of its own words that the other text has too, 0 to 1."""
        return self.shared / self.own if self.own else 0.0

    @property
    def spoken_share(self) -> float:
        """The same of what is not inside quotation marks."""
        return self.spoken_shared / self.spoken if self.spoken else self.share


def side(reading: Reading, other: Reading, standing: bytearray) -> Side:
    """Compare a text with another one.

    Args:
        reading: The text.
        other: The other one.
        standing: Its words that are standing text.
    """
    covered = bytearray(len(reading.words))
    mark, runs, found = b"\1" * SHINGLE_WORDS, 0, 0
    for at, shingle in enumerate(reading.shingles):
        if standing[at]:
            continue
        runs += 1
        if shingle in other.known:
            found += 1
            covered[at : at + SHINGLE_WORDS] = mark
    kinds = list(zip(covered, standing, reading.quoted, strict=True))
    return Side(
        covered=covered,
        own=len(standing) - sum(standing),
        shared=sum(1 for shared, stands, _ in kinds if shared and not stands),
        spoken=sum(1 for _, stands, said in kinds if not (stands or said)),
        spoken_shared=sum(
            1 for shared, stands, said in kinds if shared and not (stands or said)
        ),
        containment=found / runs if runs else 0.0,
    )


def longest(marks: bytearray) -> tuple[int, int]:
    """Where the longest run of marked words starts, and how many they are."""
    best = start = 0
    length = 0
    for marked, run in groupby(marks):
        count = sum(1 for _ in run)
        if marked and count > length:
            best, length = start, count
        start += count
    return best, length

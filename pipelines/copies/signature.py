"""A text without furniture goes in; the hashes that the index of copies holds come out.

FracMinHash: of all runs of five words those are taken whose hash is in the lowest
sixteenth, so that two texts that share a passage share its hashes wherever it stands.
A stretch in which chance takes none gives its lowest one: whatever holds 36 words in a
row of another text shares a hash with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from pipelines.sameness import SHINGLE_WORDS
from pipelines.words import words_key

MOST_WORDS = 20_000
"""Words that are read of a text; no article is longer, and a damaged page may be."""
LOWEST = bytes([256 // 16])
"""Hashes below this first byte are taken: one of sixteen."""
STRETCH = 32
"""Runs of five words of which at least one is taken, the lowest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sampled:
    """One run of five words that the index holds."""

    position: int
    """Number of its first word, from 0."""
    hash: int
    """64 bits, signed."""


def sample(words: list[str]) -> list[Sampled]:
    """The runs of five words of a text that stand for it, in its order."""
    digests = [
        blake2b(" ".join(run).encode("utf-8", "surrogatepass"), digest_size=8).digest()
        for run in zip(*(words[start:] for start in range(SHINGLE_WORDS)), strict=False)
    ]
    return [
        Sampled(position=at, hash=int.from_bytes(digests[at], "big", signed=True))
        for at in taken(digests)
    ]


def taken(digests: list[bytes]) -> list[int]:
    """Places of the digests that are low, and of the lowest between far ones."""
    low = [at for at, digest in enumerate(digests) if digest < LOWEST]
    found, before = set(low), -1
    for at in [*low, len(digests)]:
        for start in range(before + 1, at - STRETCH + 1):
            found.add(min(range(start, start + STRETCH), key=digests.__getitem__))
        before = at
    if not found and digests:
        found.add(min(range(len(digests)), key=digests.__getitem__))
    return sorted(found)


def signature(text: str) -> tuple[int, ...]:
    """The distinct hashes of a text; none of one with fewer than five words."""
    words = words_key(text).split()[:MOST_WORDS]
    return tuple(sorted({one.hash for one in sample(words)}))

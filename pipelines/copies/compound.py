"""Two articles that share a text go in; whether one is made of several comes out.

A round-up holds pieces of articles that have nothing in common. Whoever takes it for a
copy of one of them joins their stories. So before two articles are copies, the rest of
either is looked for in a third one that has nothing of what the two share.
"""

from __future__ import annotations

from collections import Counter

from pipelines.copies.profile import FEW, Profile
from pipelines.copies.relation import like
from pipelines.copies.verify import Side, longest
from pipelines.sameness import SHINGLE_WORDS

LEAST_RUN = 25
"""Words in a row that are a piece of another article, not a phrase."""
LEAST_PIECE = 0.08
"""Share of the text that such a piece must be."""
LEAST_BESIDE = 0.3
"""The same where the headlines are alike: a copy may add some of another article."""
COMMON = 0.2
"""Share of what the two have in common below which a third has nothing of it."""
FRAME_WORDS = 60
"""Longest piece that pieces of one site may begin or end with alike."""
THIRDS = 12
"""So many third articles are read at most, those with most of the rest first."""


def second_source(one: Profile, other: Profile, shared: Side) -> Profile | None:
    """A third article that has much of what the other one has not; None without any.

    Args:
        one: The article that may be put together.
        other: The article it shares a text with.
        shared: What of the one the other has.
    """
    rest = _rest(one, shared)
    if sum(rest) < max(LEAST_RUN, LEAST_PIECE * shared.own):
        return None
    alike = like(one.text.headline, other.text.headline)
    least = LEAST_BESIDE if alike else LEAST_PIECE
    for third in one.shelf.profiles(_thirds(one, other, rest)):
        if _is_source(one, third, shared, least=least):
            return third
    return None


def _rest(one: Profile, shared: Side) -> bytearray:
    """For each word 1 where it is neither shared nor standing text."""
    kinds = zip(shared.covered, one.standing_words, strict=True)
    return bytearray(not (covered or stands) for covered, stands in kinds)


def _thirds(one: Profile, other: Profile, rest: bytearray) -> list[int]:
    """The articles that hold most of the rest."""
    held: Counter[int] = Counter()
    lowest: dict[int, int] = {}
    for run in one.reading.sampled:
        holders = one.holders.get(run.hash) or ()
        if len(holders) > FEW or not rest[run.position + SHINGLE_WORDS // 2]:
            continue
        for third in holders:
            held[third] += 1
            lowest[third] = min(run.hash, lowest.get(third, run.hash))
    del held[other.article_id]
    # By their hashes, not their numbers: no order of arrival may matter.
    return sorted(held, key=lambda third: (-held[third], lowest[third]))[:THIRDS]


def _is_source(one: Profile, third: Profile, shared: Side, *, least: float) -> bool:
    """Whether the third has a piece of the one, and nothing of what is shared."""
    found = one.side(third)
    common = sum(a and b for a, b in zip(found.covered, shared.covered, strict=True))
    if common > COMMON * sum(shared.covered):
        return False
    start, length = longest(found.covered)
    if length < LEAST_RUN or length < least * found.own:
        return False
    return not _is_frame(one, third, (start, length))


def _is_frame(one: Profile, third: Profile, run: tuple[int, int]) -> bool:
    """Whether a piece stands at the same end of two articles of one site."""
    start, length = run
    if one.text.site != third.text.site or length > FRAME_WORDS:
        return False
    words, others = one.reading.words, third.reading.words
    piece = words[start : start + length]
    at_head = start == 0 and others[:length] == piece
    return at_head or (start + length == len(words) and others[-length:] == piece)

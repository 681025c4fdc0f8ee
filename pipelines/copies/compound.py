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
"""Share of the text that such pieces must be."""
LEAST_OF_REST = 0.3
"""Share of what the two have not in common that such pieces are in what is made of
several; a single passage may stand anywhere."""
LEAST_BESIDE = 0.3
"""The same where the headlines are alike: a copy may add some of another article."""
COMMON = 0.2
"""Share of what the two have in common below which a third has nothing of it."""
FRAME_WORDS = 60
"""Longest piece that pieces of one site may begin or end with alike."""
THIRDS = 12
"""So many third articles are read at most, those with most of the rest first."""


def other_source(one: Profile, other: Profile, shared: Side) -> Profile | None:
    """Whose pieces are much of what the other one has not; None without any.

    Args:
        one: The article that may be made of several.
        other: The article it shares a text with.
        shared: What of the one the other has.

    Returns:
        The third article that has most of it; there may be more.
    """
    if _is_before(one, other):
        return None
    rest = _rest(one, shared)
    alike = like(one.text.headline, other.text.headline)
    least = (LEAST_BESIDE if alike else LEAST_PIECE) * shared.own
    if sum(rest) < max(LEAST_RUN, least):
        return None
    pieces, sources = bytearray(len(rest)), []
    for third in one.shelf.profiles(_thirds(one, other, rest)):
        if piece := _piece(one, third, shared):
            pieces = bytearray(a or b for a, b in zip(pieces, piece, strict=True))
            sources.append(third)
    enough = max(least, LEAST_OF_REST * sum(rest))
    return sources[0] if sources and sum(pieces) >= enough else None


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


def _piece(one: Profile, third: Profile, shared: Side) -> bytearray | None:
    """The words of the one that are a third's, where that has nothing of the shared."""
    found = one.side(third).covered
    common = sum(a and b for a, b in zip(found, shared.covered, strict=True))
    run = longest(found)
    if common > COMMON * sum(shared.covered) or run[1] < LEAST_RUN:
        return None
    if _is_before(one, third) or _is_frame(one, third, run):
        return None
    return found


def _is_before(one: Profile, other: Profile) -> bool:
    """Whether an article is of an earlier day: nothing is made of later pieces."""
    mine, theirs = one.text.published_on, other.text.published_on
    return mine is not None and theirs is not None and mine < theirs


def _is_frame(one: Profile, third: Profile, run: tuple[int, int]) -> bool:
    """Whether a piece stands at the same end of two articles of one site."""
    start, length = run
    if one.text.site != third.text.site or length > FRAME_WORDS:
        return False
    words, others = one.reading.words, third.reading.words
    piece = words[start : start + length]
    at_head = start == 0 and others[:length] == piece
    return at_head or (start + length == len(words) and others[-length:] == piece)

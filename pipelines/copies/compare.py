"""Articles that are due go in; the pairs and stories that they make come out.

What is found depends on the texts that are archived and not on their order: where an
article could change what was found of others, they are compared again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Protocol

from archive.errors import ArchiveWriteError
from archive.stories.copies import Pair
from archive.stories.copy_index import VERY_MANY
from pipelines.copies.compound import other_source
from pipelines.copies.profile import FEW, STANDING, Index, Profile, Shelf
from pipelines.copies.relation import Verdict, first, refusal, relation

if TYPE_CHECKING:
    from archive.write import Archive

logger = logging.getLogger(__name__)

ROUND = 25
"""Articles of one round: between two of them other work may be done."""


class Copies(Index, Protocol):
    """What comparing asks of the archive, and tells it."""

    def due(self, *, limit: int) -> list[int]:
        """Articles whose texts are new or changed since they were compared."""

    def which_are_due(self, article_ids: Collection[int]) -> set[int]:
        """Those of some articles that are due."""

    def which_are_paired(self, article_ids: Collection[int]) -> set[int]:
        """Those of some articles that have been compared with any, copies or not."""

    def holders_of(self, hash_: int) -> list[int]:
        """Articles that hold a hash, at most one more than very many."""

    def put(self, article_id: int, pairs: Iterable[Pair]) -> None:
        """Replace what was found of an article; its stories follow."""

    def done(self, article_ids: Iterable[int]) -> None:
        """Note that articles have been compared."""


def compare_round(copies: Copies, *, limit: int = ROUND) -> int:
    """Compare the next articles that are due; return how many they were."""
    due = copies.due(limit=limit)
    shelf = Shelf(copies)
    concerned = dict.fromkeys(due)
    for profile in shelf.profiles(due):
        concerned |= dict.fromkeys(sorted(touched(profile, copies)))
    for profile in shelf.profiles(concerned):
        copies.put(profile.article_id, pairs_of(profile))
        shelf.trim()
    copies.done(due)
    return len(due)


def touched(profile: Profile, copies: Copies) -> set[int]:
    """Articles of which something else may be found now that this one is there.

    Only of those that have been compared with any: what two others share is as it was.
    """
    found: set[int] = set()
    beside: set[int] = set()
    for one, holders in profile.holders.items():
        if holders is not None and len(holders) < STANDING:
            beside.update(holders)
        else:
            found |= _crossed(one, holders, copies)
    paired = copies.which_are_paired(found | beside)
    return {one for one in paired if one in found or not profile.holds(one)}


def _crossed(hash_: int, holders: list[int] | None, copies: Copies) -> set[int]:
    """Those that held a hash before, while what it says of them may change."""
    before = set(copies.holders_of(hash_) if holders is None else holders)
    most = VERY_MANY if holders is None else FEW + 1
    if len(before) > most:
        before -= copies.which_are_due(before)
    return before if len(before) <= most else set()


def pairs_of(profile: Profile) -> list[Pair]:
    """What an article and those that its text must be compared with are.

    A text that cannot be compared is told of, and does not keep the others.
    """
    found: list[Pair] = []
    for other in profile.shelf.profiles(sorted(profile.candidates())):
        try:
            found.append(pair(profile, other))
        except ArchiveWriteError:
            raise
        except Exception:
            ids = profile.article_id, other.article_id
            logger.exception("articles %d and %d could not be compared", *ids)
    return found


def pair(one: Profile, other: Profile) -> Pair:
    """What two articles are to each other."""
    # Judged in the order of their addresses, so that no order of arrival matters.
    left, right = sorted((one, other), key=lambda profile: profile.text.url)
    verdict = judged(left, right)
    one, other = sorted((one, other), key=lambda profile: profile.article_id)
    return Pair(
        article_id=one.article_id,
        other_id=other.article_id,
        share=round(one.side(other).containment, 3),
        other_share=round(other.side(one).containment, 3),
        relation=verdict.relation,
        evidence=verdict.evidence,
        first_id=first(left.text, right.text).article_id,
    )


def judged(one: Profile, other: Profile) -> Verdict:
    """The relation of two articles, or why they have none."""
    sides = one.side(other), other.side(one)
    why = refusal(one.text, other.text, sides) or compound(one, other)
    if why is not None:
        return Verdict(relation="none", evidence=why)
    return relation(one.text, other.text, sides)


def compound(one: Profile, other: Profile) -> str | None:
    """Why two articles that share a text are no copies for a third one's sake."""
    for left, right in ((one, other), (other, one)):
        if third := other_source(left, right, left.side(right)):
            return (
                f"“{left.text.headline}” also holds a piece of “{third.text.headline}”"
            )
    return None


async def compare_all(archive: Archive) -> int:
    """Compare all that is due, letting other work be done; return how many it was."""
    count = 0
    while found := compare_round(archive.copies):
        count += found
        archive.commit_if_due()
        await asyncio.sleep(0)
    archive.commit()
    return count


def compare_now(archive: Archive) -> None:
    """Compare all that is due where no other work waits."""
    while compare_round(archive.copies):
        archive.commit_if_due()
    archive.commit()

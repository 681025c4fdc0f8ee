"""An archive goes in; all of it that is not cut by today's rules is, site by site.

What memory learns from new cuts may change others: a site is cut, learned from and cut
again until nothing changes any more. Each cut is written together with the name of what
made it, so a run that was killed or stopped goes on where its last commit was: what is
cut is not stale any more, and a site that has not been learned from yet says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.history.stale import Wanted
from pipelines.copies.compare import compare_all
from pipelines.journal import Difference, Journal
from pipelines.made import maker
from pipelines.reextract import ProfileOf, Reextraction, Report
from pipelines.settle import settle

if TYPE_CHECKING:
    from archive.stored import StoredCapture
    from archive.write import Archive
    from pipelines.workers import Workers

PIECE = 100
"""Captures that are asked for at once."""
MOST_ROUNDS = 5
"""Memory is learned so often from one site; twice is the rule."""


@dataclass(kw_only=True, slots=True)
class Outcome:
    """What a re-extraction did to an archive."""

    captures: int = 0
    """Read again; = same + changed - learned + rescued + doubtful + rejected + those
    that are unreadable."""
    same: int = 0
    """Cuts that came out as they were."""
    changed: int = 0
    """Revisions that are other ones than before the run."""
    learned: int = 0
    """Of these: only for what memory learned from the new cuts."""
    rescued: int = 0
    """Rejected pages that are articles now."""
    doubtful: int = 0
    """Articles that today's rules would reject; left as they are."""
    rejected: int = 0
    """Rejected pages that still are no articles."""
    unreadable: list[str] = field(default_factory=list)
    """Captures that could not be read, or whose cut was not taken, and why."""
    fields: Counter[str] = field(default_factory=Counter)
    """How often each field changed."""
    sites: Counter[str] = field(default_factory=Counter)
    """How many revisions and rejected pages changed on each site."""

    def add(self, report: Report) -> None:
        """Count what became of a site's captures."""
        self.captures += report.captures
        self.same += report.same + report.changed
        self.rescued += report.rescued
        self.doubtful += report.doubtful
        self.rejected += report.rejected
        self.unreadable += report.unreadable

    def count(self, difference: Difference) -> None:
        """Count what differs."""
        self.sites[difference.site] += 1
        if difference.outcome != "changed":
            return
        self.changed += 1
        self.learned += difference.learned
        self.same -= not difference.learned
        self.fields.update(list(difference.fields))


@dataclass(frozen=True, kw_only=True, slots=True)
class Listener:
    """Who is told of a run while it goes on."""

    begun: Callable[[str, int], None] = lambda site, captures: None
    """A site, and how many of its captures are to be cut; the first call says all
    sites' together, for a site without a name."""
    cut: Callable[[], None] = lambda: None
    """One capture has been cut."""
    learning: Callable[[str], None] = lambda site: None
    """All of a site's have been, and memory learns from them."""
    differs: Callable[[Difference], None] = lambda difference: None
    """What differs, after all that concerns its site has been done."""


class Recutting:
    """One re-extraction.

    Args:
        archive: What is cut again.
        pool: Worker processes.
        profile_of: The profile for a site.
        listener: Who is told.
    """

    def __init__(
        self,
        archive: Archive,
        pool: Workers,
        profile_of: ProfileOf,
        listener: Listener | None = None,
    ) -> None:
        self.archive = archive
        self.pool = pool
        self.profile_of = profile_of
        self.listener = listener or Listener()
        self.outcome = Outcome()
        self._written: set[str] = set()

    async def run(self, wanted: Wanted, sites: Sequence[str]) -> Outcome:
        """Cut again what is wanted and stale.

        Args:
            wanted: Which captures.
            sites: The sites they are of; one that an earlier run did not learn from to
                its end is learned from now.
        """
        stale = self.archive.stale(wanted, lambda *of: maker(self.profile_of(*of)))
        self.listener.begun("", sum(map(len, stale.values())))
        for site in sites:
            await self._site(site, stale.get(site, ()))
        await compare_all(self.archive)
        self.archive.commit()
        return self.outcome

    async def _site(self, site: str, numbers: Sequence[int]) -> None:
        self.listener.begun(site, len(numbers))
        journal = Journal(self._begin)
        job = Reextraction(self.archive, self.pool, self.profile_of, journal=journal)
        try:
            await job.run(self._captures(numbers), lambda _: self.listener.cut())
            self.outcome.add(job.report)
            journal.learning = True
            await self._learn(site, journal)
            for difference in journal.differences(self.archive):
                self.outcome.count(difference)
                self.listener.differs(difference)
        finally:
            journal.close()

    def _captures(self, numbers: Sequence[int]) -> Iterator[StoredCapture]:
        for start in range(0, len(numbers), PIECE):
            yield from self.archive.captures_at(numbers[start : start + PIECE])

    def _begin(self, site: str) -> None:
        """Before the first cut of a site is written: it will have to be learned from,
        by another run if this one ends before."""
        if site not in self._written:
            self._written.add(site)
            self.archive.memories.learn_all(site)

    async def _learn(self, site: str, journal: Journal) -> None:
        memories = self.archive.memories
        if not memories.is_to_learn_all(site) and not memories.outdated(site):
            return
        self._written.add(site)
        self.listener.learning(site)
        for _ in range(MOST_ROUNDS):
            memories.learn_all(site)
            if not await settle(
                self.archive, site, self.profile_of, self.pool, journal
            ):
                break

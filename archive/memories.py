"""What an open archive remembers of its sites: one place to ask it and to tell it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from archive import memory
from archive.identity import twins
from archive.identity.leaders import follow_leaders
from archive.identity.twins import Born, Lost
from archive.ledger import recount
from archive.remembered import Holder, Remembered, Verdict

Opener = Callable[[], AbstractContextManager[sqlite3.Connection]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """When a site's articles were published."""

    known: tuple[str, ...]
    """Of each article whose day is known, in order."""
    articles: int
    """All of them."""


class Memories:
    """The memories of an archive's sites.

    Args:
        reading: Opens what a connection is read in.
        writing: Opens what a connection is written in.
    """

    def __init__(self, reading: Opener, writing: Opener) -> None:
        self._reading = reading
        self._writing = writing

    def entries(self, site: str) -> list[Remembered]:
        """What is remembered of a site, the most frequent lines first."""
        with self._reading() as db:
            return memory.entries(db, site)

    def version(self, site: str) -> int:
        """Version of a site's memory; 0 where nothing has been learned."""
        with self._reading() as db:
            return memory.version(db, site)

    def owners(self, site: str) -> dict[int, frozenset[int]]:
        """For each teaser, the headlines of the articles that its words are of."""
        with self._reading() as db:
            return memory.owners(db, site)

    def holders(self, site: str, *, least: int) -> list[tuple[int, tuple[Holder, ...]]]:
        """Lines of `least` pages that may be judged otherwise since the last time."""
        with self._reading() as db:
            return list(memory.holders(db, site, least=least))

    def path_holders(self, site: str) -> list[tuple[str, tuple[Holder, ...]]]:
        """Paths that may be judged otherwise since the last time."""
        with self._reading() as db:
            return list(memory.path_holders(db, site))

    def days(self, site: str) -> Days:
        """When a site's articles were published."""
        with self._reading() as db:
            known, articles = memory.days(db, site)
        return Days(known=tuple(known), articles=articles)

    def texts(self, site: str, line: int) -> list[str]:
        """Texts of a site that show a line."""
        with self._reading() as db:
            return memory.line_texts(db, line, site)

    def learned(self, site: str, found: Iterable[Remembered]) -> int:
        """Keep what every page of a site teaches; return how many verdicts changed."""
        with self._writing() as db:
            changed = memory.put(db, site, found)
            memory.set_learned(db, site)
        return changed

    def overrule(self, site: str, line: int, text: str, verdict: Verdict) -> int:
        """Keep a person's verdict on a line; return how many articles show it."""
        with self._writing() as db:
            articles = memory.held_by(db, site, line)
            entry = Remembered(
                line=line,
                text=text,
                verdict=verdict,
                articles=articles,
                decided_by="person",
            )
            memory.put(db, site, [entry])
        return articles

    def leave_to_machine(self, site: str, line: int) -> bool:
        """Take a person's verdict back; return whether there was one."""
        with self._writing() as db:
            return memory.leave_to_machine(db, site, line)

    def keep_as_cut(self, revision_id: int, version: int) -> None:
        """Note that a revision, cut with a version of memory, stays as it is."""
        with self._writing() as db:
            memory.keep_as_cut(db, revision_id, version)

    def learn_all(self, site: str) -> None:
        """Have memory learned from all pages of a site the next time."""
        with self._writing() as db:
            memory.learn_all(db, site)

    def is_to_learn_all(self, site: str) -> bool:
        """Whether that has been asked for and not been done yet."""
        with self._reading() as db:
            return memory.is_to_learn_all(db, site)

    def follow_leaders(self, site: str) -> None:
        """Have new articles of several addresses cut from the leading one's page."""
        with self._writing() as db:
            follow_leaders(db, site)

    def born(self, site: str) -> list[Born]:
        """The articles that the last crawl of a site found."""
        with self._reading() as db:
            return twins.born(db, site)

    def lost(self, site: str) -> list[Lost]:
        """The articles that the last crawl of a site found gone."""
        with self._reading() as db:
            return twins.lost(db, site)

    def move(self, article_id: int, found: Born, at: str) -> None:
        """Have an article that was lost live on where another one was found."""
        with self._writing() as db:
            twins.move(db, article_id, found, at)

    def merge(self, kept: int, others: Iterable[int]) -> None:
        """Make articles that the last crawl of a site found one of them."""
        with self._writing() as db:
            twins.merge(db, kept, others)

    def recount_last(self, site: str) -> None:
        """Count the outcomes of a site's last crawl again."""
        with self._writing() as db:
            last = "SELECT max(id) FROM crawls WHERE site = ?"
            crawl_id = db.execute(last, (site,)).fetchone()[0]
            recount(db, crawl_id)

    def outdated(self, site: str) -> list[int]:
        """Revisions that were cut before something of theirs was learned."""
        with self._reading() as db:
            return memory.outdated(db, site)

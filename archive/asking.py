"""The questions that pipelines and crawler put to an archive that is open for writing.

Each is one query inside the open transaction: it sees what was stored a moment before.
"""

from __future__ import annotations

import sqlite3
from abc import abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager

from archive import arrivals, imports, ledger, routes, stored
from archive.failures import failed_pages
from archive.history import changes, recuts, stale
from archive.history.changed import Text
from archive.history.changes import Made, Pair
from archive.history.recuts import Place
from archive.history.stale import Makers, Wanted
from archive.identity import known, succession
from archive.identity.identifiers import called
from archive.identity.leaders import is_new
from archive.records import Capture, FailedPages, Known, Seen
from archive.stored import StoredCapture, StoredCut
from archive.warc import capture_rows


class Asking:
    """What can be asked of an open archive; write.py opens it."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Open what a query is run in."""

    def seen(self, url: str) -> Seen | None:
        """What is known of a normalised address."""
        with self._reading() as db:
            return ledger.seen(db, url)

    def was_complete(self, site: str, *, rules: str) -> bool:
        """Whether the crawl of a site before the one under way left nothing over."""
        with self._reading() as db:
            return ledger.was_complete(db, site, rules=rules)

    def failed_pages(self, crawl_id: int) -> tuple[FailedPages, ...]:
        """Why pages of a crawl were not had, the most frequent reasons."""
        with self._reading() as db:
            return failed_pages(db, crawl_id)

    def due(self, site: str, *, now: str) -> list[str]:
        """Addresses of a site's articles that are due for another look."""
        with self._reading() as db:
            return ledger.due_urls(db, site, now=now)

    def route(
        self, url: str, *, kind: str, rules: str
    ) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of a route's last complete answer, read alike."""
        with self._reading() as db:
            return routes.validators(db, url, kind=kind, rules=rules)

    def named(self, route: str) -> list[str]:
        """What a route named in the last crawl that left nothing over."""
        with self._reading() as db:
            return routes.named(db, route)

    def former_hints(self, url: str) -> list[dict[str, object]]:
        """What routes said of a rejected page when it was fetched."""
        with self._reading() as db:
            return capture_rows.hints_of_rejected(db, url)

    def ever_named(self, site: str) -> list[str]:
        """What the routes of a site named when they were last read."""
        with self._reading() as db:
            return routes.ever_named(db, site)

    def article_at(self, url: str) -> Known | None:
        """The article that a normalised address shows."""
        with self._reading() as db:
            return known.known_at(db, url)

    def article(self, article_id: int) -> Known:
        """An article with the digests of its newest text."""
        with self._reading() as db:
            return known.known(db, article_id)

    def is_new(self, article_id: int, crawl_id: int) -> bool:
        """Whether a crawl itself found an article."""
        with self._reading() as db:
            return is_new(db, article_id, crawl_id)

    def made(self, article_id: int) -> Made:
        """How an article's newest text was made."""
        with self._reading() as db:
            return changes.made(db, article_id)

    def text(self, revision_id: int) -> Text:
        """What an article said in one revision."""
        with self._reading() as db:
            return changes.text(db, revision_id)

    def neighbours(self, revision_id: int) -> list[Pair]:
        """A revision with those next to it."""
        with self._reading() as db:
            return changes.neighbours(db, revision_id)

    def last_edits(self, site: str) -> list[Pair]:
        """The revisions that the last crawl of a site made, with those before."""
        with self._reading() as db:
            return changes.last_edits(db, site)

    def article_with_headline(
        self, site: str, headline_digest: str, day: str | None
    ) -> list[Known]:
        """The articles of a site with a headline, of about a day, oldest first."""
        with self._reading() as db:
            return known.known_with_headline(db, site, headline_digest, day)

    def articles_called(self, site: str, names: Iterable[str]) -> list[Known]:
        """The articles of a site that routes called by any of some names."""
        with self._reading() as db:
            return [known.known(db, one) for one in called(db, site, names)]

    def unasked(self, crawl_id: int) -> list[str]:
        """Leading addresses that a crawl has to ask: it found their articles anew."""
        with self._reading() as db:
            return succession.unasked(db, crawl_id)

    def unfetched(self, crawl_id: int) -> list[str]:
        """Addresses to which articles that a crawl looked at say they have moved."""
        with self._reading() as db:
            return succession.unfetched(db, crawl_id)

    def successors(self, site: str) -> list[StoredCapture]:
        """Captures of addresses that lead their articles since a site's last crawl."""
        with self._reading() as db:
            found = succession.successors(db, site)
            return stored.captures_at(db, found)

    def body(self, article_id: int) -> str:
        """The body of an article's newest text."""
        with self._reading() as db:
            return known.body(db, article_id)

    def article_with_body(self, site: str, body_digest: str) -> list[Known]:
        """The articles of a site whose newest text has this body, oldest first."""
        with self._reading() as db:
            return known.known_with_body(db, site, body_digest)

    def stored_captures(self, site: str | None = None) -> list[StoredCapture]:
        """Every capture that became a revision or was rejected, oldest first."""
        with self._reading() as db:
            return stored.stored_captures(db, site=site)

    def part_captures(self, capture_id: int) -> list[StoredCapture]:
        """The captures of the further pages of an article, in their order."""
        with self._reading() as db:
            return stored.part_captures(db, capture_id)

    def captures_of(self, revisions: Iterable[int]) -> list[StoredCapture]:
        """The captures that revisions were cut from, oldest first."""
        with self._reading() as db:
            return stored.captures_of(db, revisions)

    def stored_cut(self, revision_id: int) -> StoredCut:
        """What the archive holds of one revision."""
        with self._reading() as db:
            return stored.stored_cut(db, revision_id)

    def place_of(self, revision_id: int) -> Place:
        """Where a revision is found."""
        with self._reading() as db:
            return recuts.place_of(db, revision_id)

    def stale(self, wanted: Wanted, makers: Makers) -> dict[str, Sequence[int]]:
        """Captures that were cut otherwise than today, by site and oldest first."""
        with self._reading() as db:
            return stale.stale(db, wanted, makers)

    def captures_at(self, numbers: Sequence[int]) -> list[StoredCapture]:
        """Captures by their numbers, oldest first."""
        with self._reading() as db:
            return stored.captures_at(db, numbers)

    def has_capture(self, site: str, url: str, digest: str) -> bool:
        """Whether these very bytes have been kept for a site's address."""
        with self._reading() as db:
            return imports.has_capture(db, site, url, digest)

    def is_arrived(self, one: arrivals.Arrival) -> bool:
        """Whether a foreign capture has been taken, or noted, before."""
        with self._reading() as db:
            return arrivals.is_known(db, one)

    def is_late(self, one: arrivals.Arrival, *, is_page: bool) -> bool:
        """Whether an address has answered since a foreign capture of it."""
        with self._reading() as db:
            return arrivals.is_late(db, one, is_page=is_page)

    def newest_at(self, article_id: int) -> str | None:
        """When an article's newest text was first seen; None if it is no page's."""
        with self._reading() as db:
            return arrivals.newest_at(db, article_id)

    def referred(self, address: str, *, digest: str, at: str) -> Capture | None:
        """The capture that a foreign record refers to."""
        with self._reading() as db:
            return arrivals.referred(db, address, digest=digest, at=at)

    def is_unsettled(self, site: str) -> bool:
        """Whether the last run of a site was cut off before its end."""
        with self._reading() as db:
            return arrivals.is_unsettled(db, site)

    def headlines(self, site: str) -> list[str]:
        """The headlines of a site's articles."""
        with self._reading() as db:
            return imports.headlines(db, site)

    def furniture(self, site: str) -> list[str]:
        """The lines that are remembered as none of a site's articles'."""
        with self._reading() as db:
            return imports.furniture(db, site)

    def is_crawled(self, article_id: int) -> bool:
        """Whether an article's newest text was cut from what a server sent."""
        with self._reading() as db:
            return imports.is_crawled(db, article_id)

    def fetched_address(self, article_id: int) -> str | None:
        """The address at which an article is fetched, the canonical one if possible."""
        with self._reading() as db:
            return known.fetched_address(db, article_id)

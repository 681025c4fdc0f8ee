"""The one writer: captures and what became of their pages go in, archive.db comes out.

Everything happens on one connection inside one open transaction that `commit` ends, so
that a decision sees what was stored a moment before. `commit` first makes the captures
durable and then the rows that point at them: no row is ever without its bytes.

Where the disk or SQLite refuses a write, the open batch is rolled back and every later
write fails with the same reason: a run that cannot keep what it fetches must end, and
must not end as if all were well. A row that only contradicts the schema costs its own
page.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive import arrivals, articles, ledger
from archive.asking import Asking
from archive.database import (
    BUSY_SECONDS,
    WriteLock,
    captures_folder,
    checkpoint,
    open_for_writing,
)
from archive.due import iso
from archive.errors import ArchiveUnreadable, ArchiveWriteError, RowRefused
from archive.history import changes, recuts, states
from archive.history.changed import Change
from archive.history.changes import Pair
from archive.identity.adoption import adopt
from archive.identity.identifiers import put_identifiers
from archive.identity.twins import merge
from archive.links import put_keys, renew_keys
from archive.memories import Memories
from archive.records import (
    UNKNOWN_MAKER,
    Article,
    CrawlEnd,
    Decision,
    Fetch,
    Maker,
    Origin,
    Outcome,
    Rejection,
    Site,
)
from archive.stories.copies import Copies
from archive.warc import capture_rows
from archive.warc.captures import ROTATE_BYTES, Answer, CaptureFiles

BATCH_ROWS = 100
"""Commit after this many pages: 50,000 rows/s against 2,300 with one commit each."""
BATCH_SECONDS = 0.5
"""Commit a page at the latest this long after it was recorded."""
OWN_FAULT = (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError)
"""Errors of the row that is written, not of the file it is written to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How an archive batches, waits and rotates."""

    batch_rows: int = BATCH_ROWS
    """Pages in one transaction."""
    batch_seconds: float = BATCH_SECONDS
    """Longest time that a page waits for its commit."""
    busy_seconds: float = BUSY_SECONDS
    """How long a write waits for another connection."""
    rotate_bytes: int = ROTATE_BYTES
    """Size at which a WARC file is full."""


class Archive(Asking):
    """An archive open for writing; use as a context manager or call `close`.

    Args:
        path: archive.db; made if absent, with its captures folder beside it.
        limits: How it batches, waits and rotates.

    Raises:
        ArchiveLocked: Another process writes it.
        ArchiveUnreadable: It cannot be opened or made.
    """

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        self.path = path.resolve()
        self.limits = limits or Limits()
        self._lock = WriteLock(self.path)
        try:
            self._db = open_for_writing(
                self.path, busy_seconds=self.limits.busy_seconds
            )
            self.captures = self._capture_files()
        except ArchiveUnreadable:
            self._lock.discard()
            raise
        except BaseException:
            self._lock.release()
            raise
        self._failure: ArchiveWriteError | None = None
        self._pending = 0
        self._pending_since = 0.0
        self._held = 0
        """Blocks under way in which nothing may be committed."""
        self._crawling: dict[int, str] = {}
        """The crawls under way, each with the name of its site."""
        self.memories = Memories(self._reading, self._writing)
        self.copies = Copies(self._reading, self._writing)

    def _capture_files(self) -> CaptureFiles:
        try:
            return CaptureFiles(
                captures_folder(self.path),
                capture_rows.capture_ends(self._db),
                rotate_bytes=self.limits.rotate_bytes,
            )
        except (OSError, sqlite3.Error) as error:
            self._db.close()
            raise ArchiveUnreadable(str(self.path), str(error)) from error

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
            return
        with suppress(ArchiveWriteError):
            self.close()

    @contextmanager
    def _writing(self, *, pages: int = 0) -> Iterator[sqlite3.Connection]:
        """Run one change inside the open transaction, beginning one if needed."""
        self._refuse_if_failed()
        try:
            if not self._db.in_transaction:
                self._db.execute("BEGIN IMMEDIATE")
                self._pending_since = time.monotonic()
            self._db.execute("SAVEPOINT change")
            try:
                yield self._db
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK TO change")
                raise
            finally:
                if self._db.in_transaction:
                    self._db.execute("RELEASE change")
        except OWN_FAULT as error:
            raise RowRefused(str(self.path), str(error)) from error
        except sqlite3.Error as error:
            raise self._failed(error) from error
        self._pending += pages
        if self._pending >= self.limits.batch_rows:
            self.commit()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Run one query inside the open transaction."""
        try:
            yield self._db
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def _refuse_if_failed(self) -> None:
        if self._failure is not None:
            raise ArchiveWriteError(str(self.path), self._failure.why)

    def _failed(self, error: Exception) -> ArchiveWriteError:
        """Give the batch up; from now on no write is accepted."""
        self._failure = ArchiveWriteError(str(self.path), str(error))
        with suppress(sqlite3.Error):
            self.rollback()
        return self._failure

    def commit(self) -> None:
        """Make everything recorded so far durable, captures first.

        Raises:
            ArchiveWriteError: The disk or SQLite refused; the batch is rolled back.
        """
        self._refuse_if_failed()
        if self._held or not self._db.in_transaction:
            return
        try:
            self.captures.sync()
            self._db.execute("COMMIT")
        except (OSError, sqlite3.Error) as error:
            raise self._failed(error) from error
        self._pending = 0

    def commit_if_due(self) -> None:
        """Commit if the oldest uncommitted page has waited long enough.

        Raises:
            ArchiveWriteError: As `commit`, or an earlier write failed.
        """
        self._refuse_if_failed()
        waited = time.monotonic() - self._pending_since
        if self._db.in_transaction and waited >= self.limits.batch_seconds:
            self.commit()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Keep all that is done inside, or nothing: no commit falls between."""
        with self._writing():
            self._held += 1
            try:
                yield
            finally:
                self._held -= 1

    @contextmanager
    def trial(self) -> Iterator[Callable[[], None]]:
        """Do something without keeping it, unless the function that is given is called.

        Until the block ends nothing is committed: other processes read the archive as
        it was, and a process that dies leaves it so.
        """
        self.commit()
        kept: list[bool] = []
        self._held += 1
        try:
            yield lambda: kept.append(True)
        except BaseException:
            kept.clear()
            raise
        finally:
            self._held -= 1
            if kept:
                self.commit()
            else:
                self.rollback()

    def rollback(self) -> None:
        """Forget everything since the last commit."""
        self.captures.rollback()
        self._pending = 0
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def close(self) -> None:
        """Commit, fold the write-ahead log into the file and release the lock.

        Raises:
            ArchiveWriteError: Something recorded was not kept, now or earlier.
        """
        try:
            self.commit()
            self.captures.close()
            checkpoint(self._db)
        except OSError as error:
            raise self._failed(error) from error
        finally:
            self.captures.rollback()
            self._db.close()
            self._lock.release()

    def begin_crawl(self, site: Site, *, now: str) -> int:
        """Note that a crawl of a site has begun; return its id."""
        with self._writing() as db:
            ledger.put_site(db, site)
            crawl_id = ledger.begin_crawl(db, site.name, now=now)
        self.commit()
        self._crawling[crawl_id] = site.name
        return crawl_id

    def adopt(self, former: str, *, title: str, into: str) -> bool:
        """Give all of a site to another one; return whether there was any.

        A site that is being crawled keeps what it has.
        """
        if former in self._crawling.values():
            return False
        with self._writing() as db:
            adopted = adopt(db, former, title=title, into=into)
        self.commit()
        return adopted

    def begin_import(self, site: Site, *, now: str) -> int:
        """Note that an import has begun; a site that is known stays as it is."""
        with self._writing() as db:
            if not ledger.has_site(db, site.name):
                ledger.put_site(db, site)
            return ledger.begin_crawl(db, site.name, now=now, kind="import")

    def end_crawl(self, crawl_id: int, end: CrawlEnd, *, now: str) -> None:
        """Note how a crawl ended; its counts are taken from `fetches`.

        Raises nothing: what cannot be written now is raised by `close`, so that every
        crawl of a run ends in order. The crawl's row then stays as a killed run's.
        """
        self._crawling.pop(crawl_id, None)
        with suppress(ArchiveWriteError):
            with self._writing() as db:
                ledger.end_crawl(db, crawl_id, end, now=now)
            self.commit()

    def keep(self, site: str, answer: Answer, origin: Origin) -> int:
        """Keep the bytes of a response or an imported text; return its row's id."""
        self._refuse_if_failed()
        try:
            capture = self.captures.append(answer)
        except OSError as error:
            raise self._failed(error) from error
        with self._writing() as db:
            return capture_rows.put_capture(db, site, capture, origin)

    def store(
        self, fetch: Fetch, article: Article, decision: Decision, cut: articles.Cut
    ) -> int:
        """Carry out a decision about an article; return the article's id."""
        with self._writing(pages=1) as db:
            if decision.article_id is not None and decision.absorbs is not None:
                merge(db, decision.article_id, [decision.absorbs])
            article_id = articles.store(db, article, decision, cut)
            ledger.put_article_fetch(db, fetch, article_id, decision)
            put_identifiers(db, fetch.site, article_id, cut.identifiers, fetch.at)
            put_keys(db, cut.keys)
            if decision.outcome in ("revised", "unchanged"):
                states.answered(db, fetch, article, article_id)
            elif decision.outcome == "alias":
                states.found_again(db, fetch, article_id)
            # A page that is rescued after its crawl's end is counted with its row.
            ledger.recount(db, fetch.crawl_id)
        return article_id

    def reject(
        self, fetch: Fetch, rejection: Rejection, maker: Maker = UNKNOWN_MAKER
    ) -> None:
        """Record that a captured page is no article, and what found that."""
        with self._writing(pages=1) as db:
            ledger.reject(db, fetch, rejection, maker)

    def judge_again(
        self, capture_id: int, rejection: Rejection, maker: Maker
    ) -> Rejection | None:
        """Record why a page that stays rejected is no article by today's rules.

        Returns:
            What was recorded before, where it was something else.
        """
        with self._writing(pages=1) as db:
            return recuts.judge_again(db, capture_id, rejection, maker)

    def fail(self, fetch: Fetch, reason: str, *, disallowed: bool = False) -> None:
        """Record that a URL brought no usable answer."""
        with self._writing(pages=1) as db:
            ledger.fail(db, fetch, reason, disallowed=disallowed)

    def unmodified(self, fetch: Fetch) -> None:
        """Record a 304: the article at the address still stands as it was."""
        with self._writing(pages=1) as db:
            ledger.unmodified(db, fetch)

    def note(self, fetch: Fetch, outcome: Outcome, reason: str | None = None) -> None:
        """Record the fetch of an import, and nothing of what its address shows."""
        with self._writing(pages=1) as db:
            arrivals.note(db, fetch, outcome, reason)

    def redirected(self, fetch: Fetch) -> None:
        """Record that an address of an import led to an archived article."""
        with self._writing(pages=1) as db:
            arrivals.redirect(db, fetch)

    def recut(self, revision_id: int, article: Article, cut: articles.Cut) -> None:
        """Replace a revision's cut by a newer extractor's, and record that."""
        now = iso(datetime.now(UTC))
        with self._writing(pages=1) as db:
            if recuts.note(db, revision_id, article, cut, now):
                articles.recut(db, revision_id, article, cut)
            else:
                articles.restamp(db, revision_id, article, cut)

    def renew_keys(self, key_of: Callable[[str], int | None]) -> int:
        """Give addresses the keys of today's rule; return how many had another one."""
        with self._writing() as db:
            return renew_keys(db, key_of)

    def put_change(self, revision_id: int, change: Change) -> None:
        """Keep what a revision changed against the one before it."""
        with self._writing() as db:
            changes.put_change(db, revision_id, change)

    def withdraw(self, pair: Pair) -> None:
        """Take back a revision of the last crawl that turned out to be none."""
        with self._writing() as db:
            changes.withdraw(db, pair)

    def recount(self, crawl_id: int) -> None:
        """Count a crawl's outcomes again, after a page of it was taken back."""
        with self._writing() as db:
            ledger.recount(db, crawl_id)

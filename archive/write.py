"""The one writer: captures and what became of their pages go in, archive.db comes out.

Everything happens on one connection inside one open transaction that `commit` ends, so
that a decision sees what was stored a moment before. `commit` first makes the captures
durable and then the rows that point at them: no row is ever without its bytes.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive import articles, ledger
from archive.captures import Answer, CaptureFiles
from archive.database import WriteLock, captures_folder, checkpoint, open_for_writing
from archive.errors import ArchiveWriteError
from archive.records import (
    Article,
    CrawlEnd,
    Decision,
    Digests,
    Fetch,
    Known,
    Origin,
    Rejection,
    Seen,
    Site,
)
from archive.stored import StoredCapture, stored_captures

BATCH_ROWS = 100
"""Commit after this many pages: 50,000 rows/s against 2,300 with one commit each."""
BATCH_SECONDS = 0.5
"""Commit a page at the latest this long after it was recorded."""


class Archive:
    """An archive open for writing; use as a context manager or call `close`.

    Args:
        path: archive.db; made if absent, with its captures folder beside it.

    Raises:
        ArchiveLocked: Another process writes it.
        ArchiveUnreadable: It cannot be opened or made.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path.resolve()
        self._lock = WriteLock(path)
        try:
            self._db = open_for_writing(path)
            self.captures = CaptureFiles(
                captures_folder(path), ledger.capture_ends(self._db)
            )
        except BaseException:
            self._lock.release()
            raise
        self._pending = 0
        self._pending_since = 0.0

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _writing(self, *, pages: int = 0) -> Iterator[sqlite3.Connection]:
        """Run one change inside the open transaction, beginning one if needed."""
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
        except sqlite3.Error as error:
            raise ArchiveWriteError(str(self.path), str(error)) from error
        self._pending += pages
        if self._pending >= BATCH_ROWS:
            self.commit()

    def commit(self) -> None:
        """Make everything recorded so far durable, captures first.

        Raises:
            ArchiveWriteError: The disk or SQLite refused; the batch is rolled back.
        """
        if not self._db.in_transaction:
            return
        try:
            self.captures.sync()
            self._db.execute("COMMIT")
        except (OSError, sqlite3.Error) as error:
            self.rollback()
            raise ArchiveWriteError(str(self.path), str(error)) from error
        self._pending = 0

    def commit_if_due(self) -> None:
        """Commit if the oldest uncommitted page waits longer than BATCH_SECONDS."""
        waited = time.monotonic() - self._pending_since
        if self._db.in_transaction and waited >= BATCH_SECONDS:
            self.commit()

    def rollback(self) -> None:
        """Forget everything since the last commit."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self.captures.rollback()
        self._pending = 0

    def close(self) -> None:
        """Commit, fold the write-ahead log into the file and release the lock."""
        try:
            self.commit()
            self.captures.close()
            checkpoint(self._db)
        finally:
            self._db.close()
            self._lock.release()

    def begin_crawl(self, site: Site, *, now: str) -> int:
        """Note that a crawl of a site has begun; return its id."""
        with self._writing() as db:
            ledger.put_site(db, site)
            crawl_id = ledger.begin_crawl(db, site.name, now=now)
        self.commit()
        return crawl_id

    def end_crawl(self, crawl_id: int, end: CrawlEnd, *, now: str) -> None:
        """Note how a crawl ended; its counts are taken from `fetches`."""
        with self._writing() as db:
            ledger.end_crawl(db, crawl_id, end, now=now)
        self.commit()

    def keep(self, site: str, answer: Answer, origin: Origin) -> int:
        """Keep a response's bytes; return the id of its row."""
        try:
            capture = self.captures.append(answer)
        except OSError as error:
            self.rollback()
            raise ArchiveWriteError(str(self.path), str(error)) from error
        with self._writing() as db:
            return ledger.put_capture(db, site, capture, origin)

    def store(
        self, fetch: Fetch, article: Article, decision: Decision, cut: articles.Cut
    ) -> int:
        """Carry out a decision about an article; return the article's id."""
        with self._writing(pages=1) as db:
            article_id = articles.store(db, article, decision, cut)
            ledger.put_article_fetch(db, fetch, article_id, decision)
        return article_id

    def reject(self, fetch: Fetch, rejection: Rejection) -> None:
        """Record that a captured page is no article."""
        with self._writing(pages=1) as db:
            ledger.reject(db, fetch, rejection)

    def fail(self, fetch: Fetch, reason: str, *, disallowed: bool = False) -> None:
        """Record that a URL brought no usable answer."""
        with self._writing(pages=1) as db:
            ledger.fail(db, fetch, reason, disallowed=disallowed)

    def unmodified(self, fetch: Fetch) -> None:
        """Record a 304: the article at the address still stands as it was."""
        with self._writing(pages=1) as db:
            ledger.unmodified(db, fetch)

    def recut(self, revision_id: int, article: Article, digests: Digests) -> None:
        """Replace a revision's cut by a newer extractor's; its number stays."""
        with self._writing(pages=1) as db:
            articles.recut(db, revision_id, article, digests)

    def seen(self, url: str) -> Seen | None:
        """What is known of a normalised address."""
        return ledger.seen(self._db, url)

    def was_complete(self, site: str) -> bool:
        """Whether the crawl of a site before the one under way left nothing over."""
        return ledger.was_complete(self._db, site)

    def due(self, site: str, *, now: str) -> list[str]:
        """Addresses of a site's articles that are due for another look."""
        return ledger.due_urls(self._db, site, now=now)

    def route(self, url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of a route's last complete answer."""
        return ledger.route_validators(self._db, url)

    def article_at(self, url: str) -> Known | None:
        """The article that a normalised address shows."""
        return articles.known_at(self._db, url)

    def article_with_body(self, site: str, body_digest: str) -> list[Known]:
        """The articles of a site whose newest text has this body, oldest first."""
        return articles.known_with_body(self._db, site, body_digest)

    def stored_captures(self, site: str | None = None) -> list[StoredCapture]:
        """Every capture that became a revision or was rejected, oldest first."""
        return stored_captures(self._db, site=site)

    def fetched_address(self, article_id: int) -> str | None:
        """An address at which the article itself was fetched, the first one."""
        return articles.fetched_address(self._db, article_id)

"""Stored captures go in; what a newer extractor cuts out of them replaces the old cut.

The same stages as a crawl's, without a network. A page that was rejected and is an
article by today's rules is archived; an article that today's rules would reject is
reported and left as it is: nothing is ever deleted.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

from archive import captures
from archive.errors import CaptureUnreadable, RowRefused
from archive.payloads import PayloadError, decode
from archive.records import Article, Fetch
from archive.recuts import changed_fields
from archive.stored import StoredCapture
from crawler.errors import InvalidUrl
from crawler.items import Hint, Page
from crawler.sites.profile import Profile
from crawler.urls import canonical
from pipelines.changes.retell import retell
from pipelines.deduplicate import deduplicate
from pipelines.draft import Draft
from pipelines.extract.learned.memory import Memory
from pipelines.extract.stage import cut_out
from pipelines.flat.again import cut_again
from pipelines.flat.importing import fetch_of as imported
from pipelines.flat.memory import memory_of as memory_of_texts
from pipelines.identify import cut_of, with_identity
from pipelines.remember import memory_of
from pipelines.revise import with_revision
from pipelines.store import store
from pipelines.validate import check

if TYPE_CHECKING:
    from archive.write import Archive
    from pipelines.workers import Workers

LIMIT_BYTES = 10 * 1024 * 1024
"""As DOWNLOAD_MAXSIZE: what was not too large to fetch is not too large to read."""


@dataclass(kw_only=True, slots=True)
class Report:
    """What a re-extraction did, or with dry_run would do.

    captures = same + changed + rescued + doubtful + rejected + unreadable.
    """

    captures: int = 0
    same: int = 0
    changed: int = 0
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


ProfileOf = Callable[[str, str], Profile]
"""Site name and home page to the profile to use."""


def page_of(stored: StoredCapture, answer: captures.Answer) -> Page:
    """Rebuild the `Page` of a capture.

    Raises:
        PayloadError: Its content coding cannot be undone.
    """
    codings = answer.header("content-encoding") or ""
    body = decode(answer.payload, codings, limit_bytes=LIMIT_BYTES)
    passed = tuple(json.loads(stored.passed))
    return Page(
        site=stored.site,
        crawl_id=stored.crawl_id,
        requested_url=stored.requested_url,
        url=answer.url,
        redirects=passed,
        status=answer.status,
        reason=answer.reason,
        headers=answer.headers,
        wire=answer.payload,
        body=body,
        content_type=answer.header("content-type"),
        fetched_at=answer.fetched_at,
        ip_address=answer.ip_address,
        hints=tuple(_hint(values) for values in json.loads(stored.hints)),
    )


def _hint(values: dict[str, object]) -> Hint:
    """A hint as capture.origin_of wrote it; fields of other versions are left out."""
    known = {f.name for f in fields(Hint)} & values.keys()
    lists = {k: tuple(v) if isinstance(v := values[k], list) else v for k in known}
    return Hint(**lists)  # type: ignore[arg-type]  # written by capture.origin_of


def fetch_of(stored: StoredCapture, page: Page) -> Fetch:
    """The ledger's record of the fetch that brought a capture."""
    return Fetch(
        crawl_id=stored.crawl_id,
        site=stored.site,
        url=stored.requested_url,
        at=page.fetched_at,
        final_url=canonical(page.url),
        passed=tuple(canonical(url) for url in page.redirects),
        status=page.status,
        capture_id=stored.capture_id,
    )


def draft_of(stored: StoredCapture, archive: Archive) -> Draft:
    """The draft of a capture, and of those of the further pages of its article.

    Raises:
        CaptureUnreadable: A capture is missing or damaged.
        PayloadError: A content coding cannot be undone.
        InvalidUrl: An address cannot be read.
    """
    folder, further = archive.captures.folder, archive.part_captures(stored.capture_id)
    page = page_of(stored, captures.read(folder, stored.capture))
    parts = tuple(page_of(one, captures.read(folder, one.capture)) for one in further)
    fetches = tuple(map(fetch_of, further, parts))
    return Draft(
        page=replace(page, parts=parts),
        fetch=replace(fetch_of(stored, page), parts=fetches),
    )


class Reextraction:
    """One run over stored captures.

    Args:
        archive: Where the captures are and the cuts go.
        pool: Worker processes.
        profile_of: The profile for a site.
        dry_run: Report only.
        rewrites: Write cuts that are the same too: their evidence may not be.
    """

    def __init__(
        self,
        archive: Archive,
        pool: Workers,
        profile_of: ProfileOf,
        *,
        dry_run: bool = False,
        rewrites: bool = False,
    ) -> None:
        self.rewrites = rewrites
        self.archive = archive
        self.pool = pool
        self.profile_of = profile_of
        self.dry_run = dry_run
        self.report = Report()
        self._memories: dict[str, Memory] = {}

    async def run(
        self, stored: Sequence[StoredCapture], told: Callable[[Report], None]
    ) -> Report:
        """Cut every capture again, in order; `told` hears of each."""
        async for capture, draft in self._drafts(stored):
            self.report.captures += 1
            try:
                if draft is not None:
                    self._take(capture, draft)
                if draft is not None and draft.failure is None:
                    self._done(capture)
            except RowRefused as error:
                self.report.unreadable.append(f"{capture.requested_url}: {error}")
            told(self.report)
        self.archive.commit()
        return self.report

    async def _drafts(
        self, stored: Iterable[StoredCapture]
    ) -> AsyncIterator[tuple[StoredCapture, Draft | None]]:
        """Cut ahead by a few captures, give the drafts out in order."""
        waiting: list[tuple[StoredCapture, asyncio.Task[Draft | None]]] = []
        try:
            for capture in stored:
                waiting.append((capture, asyncio.create_task(self._draft(capture))))
                if len(waiting) >= 4 * self.pool.count:
                    first, task = waiting.pop(0)
                    yield first, await task
            while waiting:
                first, task = waiting.pop(0)
                yield first, await task
        finally:
            for _, task in waiting:
                task.cancel()

    async def _draft(self, stored: StoredCapture) -> Draft | None:
        try:
            if stored.capture.kind == "resource":
                return self._text(stored)
            draft = draft_of(stored, self.archive)
        except (CaptureUnreadable, PayloadError, InvalidUrl) as error:
            self.report.unreadable.append(f"{stored.requested_url}: {error}")
            return None
        profile = self.profile_of(stored.site, stored.home)
        return await cut_out(draft, profile, self._memory(stored.site), self.pool)

    def _text(self, stored: StoredCapture) -> Draft:
        """Cut a text that was imported, as flat/ reads it."""
        answer = captures.read(self.archive.captures.folder, stored.capture)
        page = page_of(replace(stored, hints="[]"), answer)
        draft = Draft(page=page, fetch=imported(page, stored.capture_id))
        remembered = memory_of_texts(
            furniture=self.archive.furniture(stored.site),
            titles=self.archive.headlines(stored.site),
        )
        profile = self.profile_of(stored.site, stored.home)
        return cut_again(draft, profile, stored.hints, remembered)

    def _memory(self, site: str) -> Memory:
        """A site's memory, as it was when the first of its captures was read."""
        if site not in self._memories:
            self._memories[site] = memory_of(self.archive.memories, site)
        return self._memories[site]

    def _done(self, stored: StoredCapture) -> None:
        """Note that a revision has been cut with what is remembered now."""
        version = self._memory(stored.site).version
        if stored.revision_id is not None and not self.dry_run:
            self.archive.memories.keep_as_cut(stored.revision_id, version)

    def _take(self, stored: StoredCapture, draft: Draft) -> None:
        rejection = check(draft)
        if stored.revision_id is None:
            if rejection is None:
                self._rescue(draft)
                self.report.rescued += 1
            else:
                self.report.rejected += 1
        elif rejection is not None or draft.article is None:
            self.report.doubtful += 1
        else:
            self._recut(stored.revision_id, draft, draft.article)

    def _recut(self, revision_id: int, draft: Draft, article: Article) -> None:
        names = changed_fields(article, self.archive.stored_cut(revision_id))
        if (names or self.rewrites) and not self.dry_run:
            self.archive.recut(revision_id, article, cut_of(draft, article))
            retell(self.archive, revision_id)
        if not names:
            self.report.same += 1
            return
        self.report.changed += 1
        self.report.fields.update(names)

    def _rescue(self, draft: Draft) -> None:
        if self.dry_run or draft.article is None:
            return
        draft = with_identity(draft, draft.article, self.archive)
        draft = with_revision(deduplicate(draft, self.archive), self.archive)
        store(draft, self.archive)
        self.archive.recount(draft.fetch.crawl_id)

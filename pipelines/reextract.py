"""Stored captures go in; what a newer extractor cuts out of them replaces the old cut.

The same stages as a crawl's, without a network. A page that was rejected and is an
article by today's rules is archived; an article that today's rules would reject is
reported and left as it is: nothing is ever deleted.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from archive.errors import CaptureUnreadable, RowRefused
from archive.history.recuts import changed_fields
from archive.records import Article, Fetch, Rejection
from archive.stored import StoredCapture
from archive.warc import captures
from archive.warc.payloads import PayloadError, decode
from crawler.errors import InvalidUrl
from crawler.items import Page, hint_of
from crawler.sites.profile import Profile
from crawler.urls import canonical
from pipelines.changes.retell import retell
from pipelines.deduplicate import deduplicate
from pipelines.draft import Draft
from pipelines.extract.learned.memory import Memory
from pipelines.extract.stage import cut_out
from pipelines.flat.again import cut_again
from pipelines.flat.importing import fetch_of as imported
from pipelines.flat.memory import Memory as MemoryOfTexts
from pipelines.flat.memory import memory_of as memory_of_texts
from pipelines.identify import cut_of, with_identity
from pipelines.journal import Journal
from pipelines.made import maker
from pipelines.remember import memory_of
from pipelines.revise import with_revision
from pipelines.store import store
from pipelines.validate import check

if TYPE_CHECKING:
    from archive.write import Archive
    from pipelines.workers import Workers

LIMIT_BYTES = 10 * 1024 * 1024
"""As DOWNLOAD_MAXSIZE: what was not too large to fetch is not too large to read."""
AHEAD = 4
"""Captures that are read ahead for each worker: on 400 real pages a worker had another
one waiting 98 % of the time, and no more with 8, 16 or 32."""


@dataclass(kw_only=True, slots=True)
class Report:
    """What a run over captures did.

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
        hints=tuple(hint_of(values) for values in json.loads(stored.hints)),
    )


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
        rewrites: Note of every cut that it is of today's memory, whatever it was of.
        journal: Is told what is written before it is.
    """

    def __init__(
        self,
        archive: Archive,
        pool: Workers,
        profile_of: ProfileOf,
        *,
        rewrites: bool = False,
        journal: Journal | None = None,
    ) -> None:
        self.rewrites = rewrites
        self.journal = journal or Journal()
        self.archive = archive
        self.pool = pool
        self.profile_of = profile_of
        self.report = Report()
        self._memories: dict[str, Memory] = {}
        self._texts: dict[str, MemoryOfTexts] = {}

    async def run(
        self, stored: Iterable[StoredCapture], told: Callable[[Report], None]
    ) -> Report:
        """Cut every capture again, in order; `told` hears of each."""
        async for capture, draft in self._drafts(stored):
            self.report.captures += 1
            try:
                if draft is not None:
                    self._take(capture, draft)
            except RowRefused as error:
                self.report.unreadable.append(f"{capture.requested_url}: {error}")
            self.archive.commit_if_due()
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
                if len(waiting) >= AHEAD * self.pool.count:
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
        profile = self.profile_of(stored.site, stored.home)
        draft = Draft(
            page=page, fetch=imported(page, stored.capture_id), maker=maker(profile)
        )
        if stored.site not in self._texts:
            self._texts[stored.site] = memory_of_texts(
                furniture=self.archive.furniture(stored.site),
                titles=self.archive.headlines(stored.site),
            )
        return cut_again(draft, profile, stored.hints, self._texts[stored.site])

    def _memory(self, site: str) -> Memory:
        """A site's memory, as it was when the first of its captures was read."""
        if site not in self._memories:
            self._memories[site] = memory_of(self.archive.memories, site)
        return self._memories[site]

    def _take(self, stored: StoredCapture, draft: Draft) -> None:
        rejection = check(draft)
        if stored.revision_id is None:
            if rejection is None:
                self._rescue(draft)
                self.report.rescued += 1
            else:
                self._reject(stored, draft, rejection)
                self.report.rejected += 1
        elif rejection is not None or draft.article is None:
            self._leave(stored.revision_id, draft)
            self.report.doubtful += 1
        else:
            self._recut(stored, draft, draft.article)

    def _reject(
        self, stored: StoredCapture, draft: Draft, rejection: Rejection
    ) -> None:
        """Note why a page is still none; what failed may not fail the next time."""
        if draft.failure is not None:
            return
        before = self.archive.judge_again(stored.capture_id, rejection, draft.maker)
        if before is not None:
            self.journal.judge(stored, before, rejection)

    def _leave(self, revision_id: int, draft: Draft) -> None:
        """Keep what would be rejected, and have it not cut again for what is known."""
        if self.rewrites and draft.failure is None:
            version = self._memory(draft.page.site).version
            self.archive.memories.keep_as_cut(revision_id, version)

    def _recut(self, stored: StoredCapture, draft: Draft, article: Article) -> None:
        assert stored.revision_id is not None  # noqa: S101 - _take has looked
        before = self.archive.stored_cut(stored.revision_id)
        names = changed_fields(article, before)
        if names or self.rewrites or stored.maker != draft.maker:
            self.journal.note(before if names else None, stored.site)
            with self.archive.together():
                cut = cut_of(draft, article)
                self.archive.recut(stored.revision_id, article, cut)
                retell(self.archive, stored.revision_id)
        if not names:
            self.report.same += 1
            return
        self.report.changed += 1
        self.report.fields.update(names)

    def _rescue(self, draft: Draft) -> None:
        if draft.article is None:
            return
        draft = with_identity(draft, draft.article, self.archive)
        draft = with_revision(deduplicate(draft, self.archive), self.archive)
        self.journal.note(None, draft.page.site)
        with self.archive.together():
            article_id = store(draft, self.archive)
            self.archive.recount(draft.fetch.crawl_id)
        self.journal.rescue(draft.page.site, article_id, draft.fetch.url)

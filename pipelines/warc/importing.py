"""An index of foreign WARC files goes in; the stages archive it, without a network.

Round for round: in each an address comes up once, as in a crawl, and each ends as a
crawl of its sites ends. A capture and what became of it are recorded in one
transaction: what was killed goes on where it was when it is started again.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from archive.arrivals import Arrival
from archive.errors import ArchiveError, RowRefused
from archive.records import CrawlEnd, Rejection, Site
from crawler.items import Page
from pipelines.capture import fetch_of as fetched
from pipelines.capture import keep
from pipelines.deduplicate import deduplicate
from pipelines.draft import Draft
from pipelines.extract.stage import cut_out
from pipelines.identify import with_identity
from pipelines.refresh import refresh
from pipelines.remember import memory_of
from pipelines.revise import with_revision
from pipelines.settle import settle_all
from pipelines.store import store
from pipelines.validate import check
from pipelines.warc.job import Job, Report, Run, Waiting
from pipelines.warc.pages import NotRead, fetch_of
from pipelines.warc.parts import Joiner

if TYPE_CHECKING:
    from archive.warc.foreign.index import Entry

logger = logging.getLogger(__name__)

LATE = "older than what the archive has of this address"
KNOWN, JOINED = "known", "joined"
AHEAD = 4
"""Pages read for each worker before they are stored, in the order of the files."""


class WarcImport:
    """One import; `run` does it all."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.archive = job.archive
        self.report = Report()
        self._runs: dict[str, Run] = {}
        self._known: Counter[str] = Counter()
        self._found: dict[str, int] = {}
        self._done = 0
        self._changed: set[str] = set()
        """Sites with a new text in this round."""
        self._joiner = self._joiner_of(0)

    def _joiner_of(self, number: int) -> Joiner:
        return Joiner(pages=self.job.pages, begin=self.job.begin, number=number)

    async def run(self) -> Report:
        """Take every record of the index; what is known is left as it is."""
        everything = self.job.pages.index.sites()
        total = sum(everything.values())
        for number in range(1, self.job.pages.index.rounds + 1):
            self._found = self.job.pages.index.sites(number)
            self._joiner = self._joiner_of(number)
            try:
                async for waiting in self._ahead(number):
                    await self._take(waiting)
                    self.archive.commit_if_due()
                    self._done += 1
                    self.job.told(self._done, total)
            except BaseException:
                self._end("stopped")
                raise
            self._end("finished")
            await self._settle(self._changed)
            self._changed = set()
        await self._settle(
            {s for s in everything if self.archive.is_unsettled(s)}  # killed before
        )
        return self.report

    async def _ahead(self, number: int) -> AsyncIterator[Waiting]:
        """Begin to cut a few pages ahead, give the records out in order."""
        waiting: list[Waiting] = []
        try:
            for entry in self.job.pages.index.round(number):
                waiting.append(self._begin(entry))
                if len(waiting) >= AHEAD * self.job.pool.count:
                    yield waiting.pop(0)
            while waiting:
                yield waiting.pop(0)
        finally:
            for one in waiting:
                if one.draft is not None:
                    one.draft.cancel()

    def _begin(self, entry: Entry) -> Waiting:
        """Look at a record; a page that is new is read and given to a worker."""
        page: Page | None = None
        try:
            if entry.kind == "revisit":
                entry, page = self.job.pages.referred(entry)
            if self.archive.is_arrived(_arrival(entry)):
                return Waiting(entry=entry, why=KNOWN)
            if entry.kind != "page":
                return Waiting(entry=entry)
            run = self._run(entry.site)
            if self._joiner.is_joined(entry):
                return Waiting(entry=entry, why=JOINED)
            page = self._joiner.whole(page or self.job.pages.page(entry))
        except NotRead as error:
            return self._refused(entry, error.why)
        except ArchiveError:
            raise
        except Exception as error:  # one record must not stop the others
            logger.exception("%s could not be read", entry.url)
            why = f"could not be read: {type(error).__name__}"
            return self._refused(entry, why)
        page = in_run(page, run.crawl_id)
        fetch = replace(
            fetched(page, 0),
            passed=self.job.pages.index.passed(entry.url),
            parts=tuple(fetched(part, 0) for part in page.parts),
        )
        draft = Draft(page=page, fetch=fetch)
        return Waiting(entry=entry, draft=asyncio.create_task(self._cut(draft, run)))

    def _refused(self, entry: Entry, why: str) -> Waiting:
        """A page that turned out to be none, perhaps in an earlier import too."""
        entry = replace(entry, kind="refused", note=why)
        is_known = self.archive.is_arrived(_arrival(entry))
        return Waiting(entry=entry, why=KNOWN if is_known else "")

    async def _cut(self, draft: Draft, run: Run) -> Draft:
        if self._is_late(draft):
            return draft
        profile = self.job.sites.profile(draft.fetch.site)
        return await cut_out(draft, profile, run.memory, self.job.pool)

    def _is_late(self, draft: Draft) -> bool:
        fetch = draft.fetch
        one = Arrival(
            site=fetch.site, url=fetch.url, address=draft.page.url, at=fetch.at
        )
        return self.archive.is_late(one, is_page=True)

    def _run(self, name: str) -> Run:
        """A site's run of this round, begun with its first new record."""
        if name not in self._runs:
            profile = self.job.sites.profile(name)
            site = Site(
                name=profile.name,
                title=profile.title,
                home=profile.home,
                language=profile.language,
                timezone=profile.timezone,
                verified=profile.verified,
            )
            crawl_id = self.archive.begin_import(site, now=self.job.now)
            memory = memory_of(self.archive.memories, name)
            self._runs[name] = Run(crawl_id=crawl_id, memory=memory)
            self.report.sites.add(name)
        return self._runs[name]

    async def _take(self, waiting: Waiting) -> None:
        """Archive one record, and count what became of it."""
        entry = waiting.entry
        if waiting.why == JOINED:
            return  # told with its article
        if waiting.why == KNOWN:
            self._known[entry.site] += 1
            self.report.outcomes["known"] += 1
            return
        run = self._run(entry.site)
        try:
            if waiting.draft is None:
                outcome, reason = self._answer(entry, run)
            else:
                outcome, reason = await self._page(await waiting.draft)
        except RowRefused as error:
            outcome, reason = self._failed(entry, run, str(error))
        except ArchiveError:
            raise
        except Exception as error:  # as in pipelines/stage.py
            logger.exception("%s could not be stored", entry.url)
            why = f"{type(error).__name__}: {error}"[:300]
            outcome, reason = self._failed(entry, run, why)
        self.report.outcomes[outcome] += 1
        if outcome in ("stored", "revised"):
            self._changed.add(entry.site)
        if reason:
            self.report.reasons[reason] += 1

    def _failed(self, entry: Entry, run: Run, why: str) -> tuple[str, str]:
        self.archive.fail(fetch_of(entry, run.crawl_id), why)
        return "failed", "could not be stored"

    def _answer(self, entry: Entry, run: Run) -> tuple[str, str]:
        """Record an answer that is no page: a redirect, a 304, a failure."""
        fetch = fetch_of(entry, run.crawl_id)
        is_late = self.archive.is_late(_arrival(entry), is_page=False)
        if entry.kind == "redirect":
            return self._redirect(entry, run)
        if entry.kind == "unmodified" and self.archive.article_at(entry.url):
            if is_late:
                self.archive.note(fetch, "unchanged", LATE)
            else:
                self.archive.unmodified(fetch)
            return "unchanged", ""
        reason = entry.note if entry.kind == "refused" else "HTTP 304 of no known page"
        is_rejected = reason.startswith("truncated")
        if is_late:
            self.archive.note(fetch, "rejected" if is_rejected else "failed", reason)
        elif is_rejected:
            name, _, detail = reason.partition(": ")
            self.archive.reject(fetch, Rejection(reason=name, detail=detail or name))
        else:
            self.archive.fail(fetch, reason)
        return "rejected" if is_rejected else "failed", reason

    def _redirect(self, entry: Entry, run: Run) -> tuple[str, str]:
        """An address that led elsewhere is one of the article that stands there."""
        target = self.job.pages.index.target(entry.note)
        fetch = replace(fetch_of(entry, run.crawl_id), final_url=target)
        if self.archive.article_at(target) is not None:
            self.archive.redirected(fetch)
            return "alias", ""
        reason = f"HTTP {entry.status}: leads to {target}, which is no known article"
        self.archive.note(replace(fetch, final_url=None), "failed", reason[:300])
        return "failed", f"HTTP {entry.status}: leads to no known article"

    async def _page(self, draft: Draft) -> tuple[str, str]:
        """Archive a page: its bytes and what became of it, in one go."""
        if self._is_late(draft):
            fetch = self._kept(draft).fetch
            for one in (fetch, *fetch.parts):
                self.archive.note(one, "unchanged", LATE)
            self.report.outcomes["unchanged"] += len(fetch.parts)
            return "unchanged", LATE
        profile = self.job.sites.profile(draft.fetch.site)
        rejection = check(draft)
        if rejection is None:
            await refresh(draft, self.archive, profile, self.job.pool)
        # From here on nothing else is done in between.
        draft = self._kept(draft)
        for part in draft.fetch.parts:
            is_taken = rejection is None and part.refusal is None
            self.report.outcomes["alias" if is_taken else "rejected"] += 1
        if rejection is not None:
            self.archive.reject(replace(draft.fetch, passed=()), rejection)
            return "rejected", rejection.reason
        assert draft.article is not None  # noqa: S101 - it was not rejected
        draft = with_identity(draft, draft.article, self.archive)
        draft = with_revision(deduplicate(draft, self.archive), self.archive)
        draft = self._modest(draft)
        store(draft, self.archive)
        assert draft.decision is not None  # noqa: S101 - it was stored by it
        return draft.decision.outcome, ""

    def _kept(self, draft: Draft) -> Draft:
        """Keep the bytes of a page, with the time at which somebody got them."""
        fetch = keep(draft.page, self.archive).fetch
        pairs = zip(fetch.parts, draft.fetch.parts, strict=True)
        parts = tuple(replace(now, refusal=cut.refusal) for now, cut in pairs)
        fetch = replace(fetch, passed=draft.fetch.passed, parts=parts)
        return replace(draft, fetch=fetch)

    def _modest(self, draft: Draft) -> Draft:
        """An older capture never becomes the newest text, at whatever address."""
        decision = draft.decision
        assert decision is not None  # noqa: S101 - it was identified
        if decision.outcome != "revised" or decision.article_id is None:
            return draft
        if (self.archive.newest_at(decision.article_id) or "") <= draft.fetch.at:
            return draft
        is_new = self.archive.article_at(draft.fetch.url) is None
        outcome: Literal["alias", "unchanged"] = "alias" if is_new else "unchanged"
        decision = replace(decision, outcome=outcome, change=None)
        return replace(draft, decision=decision)

    def _end(self, finish: Literal["finished", "stopped"]) -> None:
        """Complete the rows of a round, one for each site."""
        problems = tuple(self.job.found.problems[:100])
        for name, run in self._runs.items():
            end = CrawlEnd(
                finish=finish,
                found=self._found[name],
                known=self._known[name],
                requests=0,
                problems=problems,
            )
            self.archive.end_crawl(run.crawl_id, end, now=self.job.now)
        self._runs, self._known = {}, Counter()

    async def _settle(self, names: set[str]) -> None:
        """Learn from what a round has brought, as at a crawl's end."""
        for name in sorted(names):
            await settle_all(self.archive, self.job.sites.profile(name), self.job.pool)


def in_run(page: Page, crawl_id: int) -> Page:
    """A page, and its further pages, as ones of a run."""
    parts = tuple(replace(part, crawl_id=crawl_id) for part in page.parts)
    return replace(page, crawl_id=crawl_id, parts=parts)


def _arrival(entry: Entry) -> Arrival:
    return Arrival(
        site=entry.site,
        url=entry.url,
        address=entry.address,
        at=entry.at,
        digest=entry.digest if entry.kind == "page" else "",
    )

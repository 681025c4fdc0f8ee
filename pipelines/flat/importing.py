"""Documents that were read go in; the stages archive them, without a network.

The same stages as a crawl's, behind a capture of its own kind: a WARC `resource` record
with the text as it was given. A text is never newer evidence than a page: where the
archive has the article from its site, the import adds an address, never a revision.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from archive.errors import RowRefused
from archive.records import CrawlEnd, Fetch, Origin, Rejection, Site
from archive.warc.captures import Answer, digest_of
from crawler.items import Page
from crawler.sites.profile import Profile
from pipelines.copies.compare import compare_now
from pipelines.deduplicate import deduplicate
from pipelines.draft import Draft
from pipelines.identify import with_identity
from pipelines.made import maker
from pipelines.revise import with_revision
from pipelines.store import store

from .learning import joined
from .memory import NOTHING, Memory, memory_of
from .prepare import UNKNOWN, Candidate

if TYPE_CHECKING:
    from archive.write import Archive


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of one document."""

    name: str
    """As in `fetches`, or "known" for one whose text had been imported before."""
    reason: str | None = None
    """Why, for what was rejected."""
    article_id: int | None = None


class Import:
    """One run; ends with `end`.

    Args:
        archive: Where the texts go.
        now: The instant of the import, UTC.
        learned: What the run's own documents tell of their sites.
    """

    def __init__(
        self,
        archive: Archive,
        *,
        now: str,
        learned: Mapping[str, Memory] | None = None,
    ) -> None:
        self.archive = archive
        self.now = now
        self._learned = learned or {}
        self._runs: dict[str, int] = {}
        self._found: Counter[str] = Counter()
        self._known: Counter[str] = Counter()
        self._memories: dict[str, Memory] = {}

    def memory_of(self, site: str) -> Memory:
        """What was known of a site when the run began, and what the run has told."""
        if site not in self._memories:
            kept = NOTHING
            if site != UNKNOWN.name:
                kept = memory_of(
                    furniture=self.archive.furniture(site),
                    titles=self.archive.headlines(site),
                )
            learned = self._learned.get(site, NOTHING)
            self._memories[site] = joined(kept, learned)
        return self._memories[site]

    def take(self, candidate: Candidate) -> Outcome:
        """Archive one document."""
        site = candidate.site.name
        self._found[site] += 1
        if self._is_known(candidate):
            self._known[site] += 1
            return Outcome(name="known")
        page = replace(
            candidate.page, crawl_id=self._run(candidate.site), fetched_at=self.now
        )
        try:
            return self._archived(candidate, page)
        except RowRefused as error:
            self.archive.fail(fetch_of(page, None), str(error))
            return Outcome(name="failed", reason=str(error))

    def _is_known(self, candidate: Candidate) -> bool:
        """Whether these very bytes have been imported for that address."""
        page = candidate.page
        digest = digest_of(page.wire)
        return bool(page.wire) and self.archive.has_capture(page.site, page.url, digest)

    def _run(self, site: Profile) -> int:
        """The run's row for a site, begun with its first new document."""
        if site.name not in self._runs:
            row = Site(
                name=site.name,
                title=site.title,
                home=site.home,
                language=site.language,
                timezone=site.timezone if site.home else None,
                verified=site.verified,
            )
            self._runs[site.name] = self.archive.begin_import(row, now=self.now)
        return self._runs[site.name]

    def _archived(self, candidate: Candidate, page: Page) -> Outcome:
        capture_id = None
        if page.wire:
            origin = origin_of(candidate)
            capture_id = self.archive.keep(page.site, answer_of(page), origin)
        fetch = fetch_of(page, capture_id)
        made = maker(candidate.site)
        draft = Draft(page=page, fetch=fetch, article=candidate.article, maker=made)
        if candidate.rejection is not None or candidate.article is None:
            nothing = Rejection(reason="no text", detail="nothing could be cut out")
            rejection = candidate.rejection or nothing
            self.archive.reject(fetch, rejection, made)
            return Outcome(name="rejected", reason=why(rejection))
        draft = with_identity(draft, candidate.article, self.archive)
        draft = self._modest(
            with_revision(deduplicate(draft, self.archive), self.archive)
        )
        article_id = store(draft, self.archive)
        assert draft.decision  # noqa: S101
        return Outcome(name=draft.decision.outcome, article_id=article_id)

    def _modest(self, draft: Draft) -> Draft:
        """Leave the text of an article that was cut from its own page as it is."""
        decision = draft.decision
        if decision is None or decision.outcome != "revised":
            return draft
        if decision.article_id is None or not self.archive.is_crawled(
            decision.article_id
        ):
            return draft
        return replace(draft, decision=replace(decision, outcome="unchanged"))

    def end(self, finish: Literal["finished", "stopped"] = "finished") -> None:
        """Find copies of what was imported; complete the rows, one for each site."""
        compare_now(self.archive)
        for site, crawl_id in self._runs.items():
            end = CrawlEnd(
                finish=finish,
                found=self._found[site],
                known=self._known[site],
                requests=0,
            )
            self.archive.end_crawl(crawl_id, end, now=self.now)


def why(rejection: Rejection) -> str:
    """A rejection for a person."""
    return f"{rejection.reason}: {rejection.detail}"


def answer_of(page: Page) -> Answer:
    """The text to keep."""
    return Answer(
        url=page.url,
        status=page.status,
        reason="",
        headers=page.headers,
        payload=page.wire,
        fetched_at=page.fetched_at,
        kind="resource",
    )


def fetch_of(page: Page, capture_id: int | None) -> Fetch:
    """The ledger's record of an imported document; no server answered."""
    return Fetch(
        crawl_id=page.crawl_id,
        site=page.site,
        url=page.url,
        at=page.fetched_at,
        final_url=page.url,
        capture_id=capture_id,
        imported=True,
    )


def origin_of(candidate: Candidate) -> Origin:
    """Which file a text came from and how it was read, for re-extraction."""
    hint = {
        "route": "import",
        "source": candidate.file,
        "document": candidate.number,
        "format": candidate.format,
    }
    return Origin(hints=json.dumps([hint], ensure_ascii=False))

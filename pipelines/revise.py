"""An article the archive knows goes in; whether its text has changed comes out.

Only the address at which the article lives can change its text. Its other addresses may
show the same piece with other furniture: taking turns, they would make a new revision
of every fetch. Neither has an article changed in the crawl that found it, at however
many addresses: which of its pages is cut is decided when that ends (settle.py).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from archive.records import Decision, Digests, Known
from pipelines.draft import Draft
from pipelines.stage import ArchiveStage


class Texts(Protocol):
    """What revise asks of the archive."""

    def article(self, article_id: int) -> Known:
        """An article with the digests of its newest text."""

    def article_at(self, url: str) -> Known | None:
        """The article that an address shows."""

    def fetched_address(self, article_id: int) -> str | None:
        """The address at which an article is fetched, the canonical one if possible."""

    def is_new(self, article_id: int, crawl_id: int) -> bool:
        """Whether a crawl itself found an article."""


def revise(
    decision: Decision, found: Digests, known: Known, *, is_new: bool, leads: bool
) -> Decision:
    """Turn `unchanged` into `revised` or `alias` by the text.

    Args:
        decision: Of identify: `unchanged`.
        found: Digests of the text just cut.
        known: The article as the archive has it.
        is_new: Whether the answering address is new to the archive.
        leads: Whether the article lives at the answering address.
    """
    if known.text_digest == found.text:
        return replace(decision, outcome="alias") if is_new else decision
    return replace(decision, outcome="revised" if leads else "alias")


def with_revision(draft: Draft, archive: Texts) -> Draft:
    """Decide whether the text of an archived article is a new revision."""
    assert draft.cut and draft.decision  # noqa: S101
    decision, article_id = draft.decision, draft.decision.article_id
    if decision.outcome != "unchanged" or article_id is None:
        return draft
    final = draft.fetch.final_url or draft.fetch.url
    known, is_new = archive.article(article_id), archive.article_at(final) is None
    # A new address of an archived article is where a redirect has moved it to.
    leads = is_new or final in (known.url, archive.fetched_address(article_id))
    leads = leads and not archive.is_new(article_id, draft.fetch.crawl_id)
    found = draft.cut.digests
    decision = revise(decision, found, known, is_new=is_new, leads=leads)
    return replace(draft, decision=decision)


class ReviseStage(ArchiveStage[Draft]):
    """Scrapy adapter of `with_revision`."""

    def stage(self, item: Draft) -> Draft:
        """Decide about one article."""
        return with_revision(item, self.archive)

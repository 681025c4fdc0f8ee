"""An article the archive knows goes in; whether its text has changed comes out."""

from __future__ import annotations

from dataclasses import replace

from archive.records import Decision, Digests, Known
from pipelines.draft import Draft
from pipelines.stage import ArchiveStage


def revise(decision: Decision, found: Digests, known: Known | None) -> Decision:
    """Turn `unchanged` into `revised` where the text differs from the newest revision.

    Args:
        decision: Of identify and deduplicate.
        found: Digests of the text just cut.
        known: What the answering address showed before; None if it is new.
    """
    if decision.outcome != "unchanged" or decision.article_id is None:
        return decision
    if known is None or known.article_id != decision.article_id:
        return replace(decision, outcome="alias")
    if known.text_digest == found.text:
        return decision
    return replace(decision, outcome="revised")


class ReviseStage(ArchiveStage):
    """Scrapy adapter of `revise`."""

    def process_item(self, item: Draft) -> Draft:
        """Decide whether this is a new revision."""
        assert item.cut and item.decision  # noqa: S101
        known = self.archive.article_at(item.fetch.final_url or item.fetch.url)
        decision = revise(item.decision, item.cut.digests, known)
        return replace(item, decision=decision)

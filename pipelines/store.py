"""A decided `Draft` goes in; rows of archive.db come out."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from pipelines.draft import Draft
from pipelines.stage import ArchiveStage

if TYPE_CHECKING:
    from archive.write import Archive

logger = logging.getLogger(__name__)


def store(draft: Draft, archive: Archive) -> int:
    """Carry the decision out; return the article's id."""
    assert draft.article and draft.decision and draft.cut  # noqa: S101
    return archive.store(draft.fetch, draft.article, draft.decision, draft.cut)


class StoreStage(ArchiveStage[Draft]):
    """Scrapy adapter of `store`."""

    def stage(self, item: Draft) -> Draft:
        """Store one article and count what became of it."""
        store(item, self.archive)
        assert item.decision  # noqa: S101
        self.count(f"store/{item.decision.outcome}")
        for part in item.fetch.parts:
            self.count("validate/rejected" if part.refusal else "store/alias")
        logger.info("%s %s", item.decision.outcome, item.fetch.url)
        return item

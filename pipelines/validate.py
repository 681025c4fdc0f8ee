"""A draft with its article goes in; it comes out, or is recorded as no article.

A rejected page keeps its capture and gets a row in `rejected` with the reason and the
evidence, so that a better rule can take it back by re-extraction. The rules are in
grounds.py and have been applied where the article was cut.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import DropItem

from archive.records import Rejection
from pipelines.draft import Draft
from pipelines.grounds import not_html
from pipelines.stage import ArchiveStage

if TYPE_CHECKING:
    from archive.write import Archive


def check(draft: Draft) -> Rejection | None:
    """The rejection of a draft; an extractor that failed is a reason too."""
    if draft.failure:
        failed = Rejection(reason="extraction failed", detail=draft.failure)
        return not_html(draft.page) or failed
    return draft.rejection


def reject(draft: Draft, rejection: Rejection, archive: Archive) -> None:
    """Record a rejection."""
    archive.reject(draft.fetch, rejection, draft.maker)


class ValidateStage(ArchiveStage[Draft]):
    """Scrapy adapter of `check`."""

    def stage(self, item: Draft) -> Draft:
        """Let an article pass; record and drop what is none."""
        rejection = check(item)
        if rejection is None:
            return item
        reject(item, rejection, self.archive)
        for _ in (item.fetch, *item.fetch.parts):
            self.count("validate/rejected")
        raise DropItem(f"{rejection.reason} ({rejection.detail}): {item.fetch.url}")

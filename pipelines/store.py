"""A decided `Draft` goes in; rows of archive.db come out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from archive.records import Decision, Fetch
from pipelines.draft import Draft
from pipelines.extract.targets import address_key
from pipelines.stage import ArchiveStage

if TYPE_CHECKING:
    from archive.write import Archive

logger = logging.getLogger(__name__)


def store(draft: Draft, archive: Archive) -> int:
    """Carry the decision out; return the article's id."""
    assert draft.article and draft.decision and draft.cut  # noqa: S101
    addresses = {*_addresses(draft.fetch), *_named(draft.decision)}
    keys = {url: key for url in addresses if (key := address_key(url)) is not None}
    cut = replace(draft.cut, keys=keys)
    return archive.store(draft.fetch, draft.article, draft.decision, cut)


def _addresses(fetch: Fetch) -> Iterator[str]:
    """The addresses of a fetch, and of those of the article's further pages."""
    yield from (fetch.url, *fetch.passed, fetch.final_url or fetch.url)
    for part in fetch.parts:
        yield from _addresses(part)


def _named(decision: Decision) -> Iterator[str]:
    """The addresses that a decision gives to an article."""
    yield from filter(None, (decision.url, decision.claimed, decision.leads))


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

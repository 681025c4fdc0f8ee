"""A new article goes in; the archived one with the very same text comes out, if any.

On one site the same headline over the same body is one article at two addresses. On
another site it is a copy: an article of its own, which the view `copies` joins by the
digest of its body, whichever of the two arrived first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from archive.records import Article, Decision, Known
from pipelines.draft import Draft
from pipelines.identify import words_key
from pipelines.stage import ArchiveStage


def same_text(article: Article, candidates: Iterable[Known]) -> Known | None:
    """The candidate, all with the article's body, that has its headline too."""
    headline = words_key(article.headline)
    for known in candidates:
        if words_key(known.headline) == headline:
            return known
    return None


def as_alias(decision: Decision, known: Known) -> Decision:
    """The decision for a further address of an archived article."""
    return Decision(outcome="alias", article_id=known.article_id, url=known.url)


class DeduplicateStage(ArchiveStage):
    """Scrapy adapter of `same_text`."""

    def process_item(self, item: Draft) -> Draft:
        """Make a new article an alias where the site has it already."""
        assert item.article and item.cut and item.decision  # noqa: S101
        if item.decision.article_id is not None or item.decision.displaced:
            return item
        candidates = self.archive.article_with_body(
            item.cut.site, item.cut.digests.body
        )
        known = same_text(item.article, candidates)
        if known is None:
            return item
        return replace(item, decision=as_alias(item.decision, known))

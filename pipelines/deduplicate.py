"""A new article goes in; the archived one with the very same text comes out, if any.

On one site the same headline over the same body is one article at two addresses. On
another site it is a copy: an article of its own, which pipelines/copies finds and joins
in a story, whichever of the two arrived first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from archive.records import Article, Decision, Known
from pipelines.draft import Draft
from pipelines.stage import ArchiveStage
from pipelines.words import words_key


def same_text(article: Article, candidates: Iterable[Known]) -> Known | None:
    """The candidate, all with the article's body, that has its headline too."""
    headline = words_key(article.headline)
    for known in candidates:
        if words_key(known.headline) == headline:
            return known
    return None


def as_alias(decision: Decision, known: Known) -> Decision:
    """The decision for a further address of an archived article."""
    return replace(
        decision,
        outcome="alias",
        article_id=known.article_id,
        url=known.url,
        claimed=None,
    )


class Texts(Protocol):
    """What deduplicate asks of the archive."""

    def article_with_body(self, site: str, body_digest: str) -> list[Known]:
        """The articles of a site that have this body, oldest first."""


def deduplicate(draft: Draft, archive: Texts) -> Draft:
    """Make a new article an alias where the site has it already."""
    assert draft.article and draft.cut and draft.decision  # noqa: S101
    if draft.decision.article_id is not None:
        return draft
    candidates = archive.article_with_body(draft.cut.site, draft.cut.digests.body)
    known = same_text(draft.article, candidates)
    if known is None:
        return draft
    return replace(draft, decision=as_alias(draft.decision, known))


class DeduplicateStage(ArchiveStage[Draft]):
    """Scrapy adapter of `deduplicate`."""

    def stage(self, item: Draft) -> Draft:
        """Look for one article's text."""
        return deduplicate(item, self.archive)

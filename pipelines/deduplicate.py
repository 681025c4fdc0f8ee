"""An article at a new address goes in; the archived one that it is comes out, if any.

On one site the same headline over the same body is one article at two addresses; so is
the same headline of the same day over nearly the same body, for a site that moves
to another system rarely gets every word over. On another site it is a copy: an article
of its own, which pipelines/copies finds and joins in a story, whichever arrived first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from archive.records import Article, Decision, Known
from pipelines.draft import Draft
from pipelines.sameness import NEARLY, is_alike
from pipelines.stage import ArchiveStage
from pipelines.words import words_key


def same_text(article: Article, candidates: Iterable[Known]) -> Known | None:
    """The candidate, all with the article's body, that has its headline too."""
    headline = words_key(article.headline)
    for known in candidates:
        if words_key(known.headline) == headline:
            return known
    return None


def same_piece(
    article: Article, candidates: Iterable[Known], archive: Texts
) -> Known | None:
    """The first candidate with nearly the article's body; all have its headline."""
    for known in candidates:
        body = archive.body(known.article_id)
        if is_alike(article.body, body, least=NEARLY):
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

    def article_with_headline(
        self, site: str, headline_digest: str, day: str | None
    ) -> list[Known]:
        """The articles of a site with a headline, of about a day, oldest first."""

    def body(self, article_id: int) -> str:
        """The body of an article's newest text."""


def deduplicate(draft: Draft, archive: Texts) -> Draft:
    """Make a new article an alias where the site has it already."""
    assert draft.article and draft.cut and draft.decision  # noqa: S101
    if draft.decision.article_id is not None:
        return draft
    article, site, digests = draft.article, draft.cut.site, draft.cut.digests
    known = same_text(article, archive.article_with_body(site, digests.body))
    if known is None:
        day = article.published.on if article.published else None
        alike = archive.article_with_headline(site, digests.headline, day)
        known = same_piece(article, alike, archive)
    if known is None:
        return draft
    return replace(draft, decision=as_alias(draft.decision, known))


class DeduplicateStage(ArchiveStage[Draft]):
    """Scrapy adapter of `deduplicate`."""

    def stage(self, item: Draft) -> Draft:
        """Look for one article's text."""
        return deduplicate(item, self.archive)

"""An article the archive knows goes in; whether its text has changed comes out.

Only the address at which the article lives can change its text. Its other addresses may
show the same piece with other furniture: taking turns, they would make a new revision
of every fetch. Neither has an article changed in the crawl that found it, at however
many addresses: which of its pages is cut is decided when that ends (settle.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from archive.history.changed import Text
from archive.history.changes import Made
from archive.records import Decision, Known
from pipelines.changes.decide import change_of
from pipelines.changes.text import text_of
from pipelines.draft import Draft
from pipelines.stage import ArchiveStage

SHOWN = 0.9
"""A page behind a wall that shows less than this share of the archived words."""


class Texts(Protocol):
    """What revise asks of the archive."""

    def article(self, article_id: int) -> Known:
        """An article with the digests of its newest text."""

    def article_at(self, url: str) -> Known | None:
        """The article that an address shows."""

    def fetched_address(self, article_id: int) -> str | None:
        """The address at which an article is fetched, the canonical one if possible."""

    def made(self, article_id: int) -> Made:
        """How an article's newest text was made."""

    def text(self, revision_id: int) -> Text:
        """What an article said in one revision."""

    def is_new(self, article_id: int, crawl_id: int) -> bool:
        """Whether a crawl itself found an article."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sides:
    """An article as the archive has it and as its page shows it now."""

    before: Text
    after: Text

    @property
    def hides(self) -> bool:
        """Whether the page shows less than it did: the archived text stays."""
        if self.after.access == "open" or self.before.access != "open":
            return False
        shown, had = (len(t.body.split()) for t in (self.after, self.before))
        return shown < had * SHOWN


def revise(
    decision: Decision, sides: Sides | None, *, is_known: bool, is_new: bool
) -> Decision:
    """Turn `unchanged` into `revised` or `alias` by the text.

    Args:
        decision: Of identify: `unchanged`.
        sides: What to compare; None if the article does not live at this address.
        is_known: Whether the archive has this very text.
        is_new: Whether the answering address is new to the archive.
    """
    same = replace(decision, outcome="alias") if is_new else decision
    if sides is None:
        return same if is_known else replace(decision, outcome="alias")
    change = change_of(sides.before, sides.after)
    if not change.is_revision or sides.hides:
        return same
    return replace(decision, outcome="revised", change=change)


def with_revision(draft: Draft, archive: Texts) -> Draft:
    """Decide whether the text of an archived article is a new revision."""
    assert draft.cut and draft.decision and draft.article  # noqa: S101
    decision, article_id = draft.decision, draft.decision.article_id
    if decision.outcome != "unchanged" or article_id is None:
        return draft
    final = draft.fetch.final_url or draft.fetch.url
    known, is_new = archive.article(article_id), archive.article_at(final) is None
    # A new address of an archived article is where a redirect has moved it to.
    own = (known.url, archive.fetched_address(article_id), decision.leads)
    leads = is_new or final in own
    leads = leads and not archive.is_new(article_id, draft.fetch.crawl_id)
    decision = revise(
        decision,
        _sides(draft, archive, article_id) if leads else None,
        is_known=known.text_digest == draft.cut.digests.text,
        is_new=is_new,
    )
    return replace(draft, decision=decision)


def _sides(draft: Draft, archive: Texts, article_id: int) -> Sides:
    """What is archived and what was just cut."""
    assert draft.cut and draft.article  # noqa: S101
    now = text_of(draft.article, hinted=draft.cut.hinted, seen_at=draft.fetch.at)
    before = archive.text(archive.made(article_id).revision_id)
    return Sides(before=before, after=now)


class ReviseStage(ArchiveStage[Draft]):
    """Scrapy adapter of `with_revision`."""

    def stage(self, item: Draft) -> Draft:
        """Decide about one article."""
        return with_revision(item, self.archive)

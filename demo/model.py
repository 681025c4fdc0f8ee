"""The records of the demo publisher: what its newsroom writes and its pages show.

Contains no business logic beyond `as_of`, which applies a correction.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

Phase = Literal["first", "second"]
BlockKind = Literal[
    "paragraph", "subhead", "quote", "list_item", "numbered_item", "table_row"
]
ExtraKind = Literal[
    "index", "video", "gallery", "login", "removed", "search", "about", "print"
]

LONDON = ZoneInfo("Europe/London")
PHASES: tuple[Phase, ...] = ("first", "second")
AS_OF: dict[Phase, datetime] = {
    "first": datetime(2023, 10, 31, 18, 0, tzinfo=UTC),
    "second": datetime(2023, 11, 14, 18, 0, tzinfo=UTC),
}
"""The moment at which each phase looks at the newsroom; no clock is ever read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One block of an article's body, with the kinds of `archive.records.Block`."""

    kind: BlockKind
    text: str
    """On one line; the cells of a table row are separated by " | "."""
    level: int = 0
    """2 for a subhead, 1 for the head row of a table, otherwise 0."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Author:
    """A writer as the byline names them."""

    name: str
    role: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """The lead image; an empty string stands for what the page does not say."""

    path: str
    caption: str
    credit: str
    licence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """What an author hands in, before a title makes an article of it."""

    headline: str
    standfirst: str | None
    blocks: tuple[Block, ...]
    section: str
    tags: tuple[str, ...]
    picture: Picture | None
    feature: bool
    """True for a study or an inquiry rather than a piece of news."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """What the second phase says instead of the first."""

    headline: str
    blocks: tuple[Block, ...]
    updated: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One piece of journalism on one title."""

    site: str
    number: int
    """The id the title's own system gives it; rises with the date."""
    path: str
    """Canonical path and query, percent-encoded."""
    aliases: tuple[str, ...]
    """Other paths that lead to the same article."""
    headline: str
    standfirst: str | None
    blocks: tuple[Block, ...]
    authors: tuple[Author, ...]
    published: datetime
    """UTC, to the minute."""
    updated: datetime | None
    section: str
    tags: tuple[str, ...]
    picture: Picture | None
    phase: Phase
    """The phase in which it first appears."""
    dup_of: tuple[str, str] | None
    """Site and path of the article this text was taken over from."""
    correction: Correction | None

    def as_of(self, phase: Phase) -> Article:
        """The article as it stands in a phase."""
        if self.correction is None or phase == "first":
            return self
        return replace(
            self,
            headline=self.correction.headline,
            blocks=self.correction.blocks,
            updated=self.correction.updated,
        )

    @property
    def changed(self) -> datetime:
        """The moment of the last change that the title admits to."""
        return self.updated or self.published


@dataclass(frozen=True, kw_only=True, slots=True)
class Extra:
    """A page that looks near enough to an article and is none."""

    path: str
    kind: ExtraKind
    title: str
    published: datetime

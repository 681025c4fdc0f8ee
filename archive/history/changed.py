"""What a revision changed: records that pipelines/changes makes, archive/ keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ChangeClass = Literal[
    "headline", "standfirst", "byline", "date", "correction", "figure", "name",
    "quotation", "typo", "wording", "added", "removed", "wholesale",
]  # fmt: skip
"""What sort of change it is; docs/revisions.md says how each is told."""
Sure = Literal["certain", "likely", "weak"]
"""How sure the class is; a name is told by its capitals, which say little in German."""
Field = Literal["headline", "standfirst", "body", "byline", "published"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One block of a text, as far as comparing needs it."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """What an article said at one time."""

    headline: str | None
    """None where no page states it: what a feed said is no part of the article."""
    standfirst: str | None
    """None where it has none, or only a route gave it."""
    blocks: tuple[Passage, ...] = ()
    byline: tuple[str, ...] | None = ()
    """Names in order; empty where a page names nobody, None where only a route did."""
    published_on: str | None = None
    """Day of publication, YYYY-MM-DD; None where the page does not say."""
    updated_on: str | None = None
    """Day of the last update as the page states it."""
    seen_on: str | None = None
    """Day of the fetch."""
    language: str | None = None
    """BCP 47."""
    access: str = "open"
    """How much of the article the page shows."""

    @property
    def body(self) -> str:
        """The body on one line."""
        return " ".join(block.text for block in self.blocks)


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One thing that changed, and the words that show it."""

    kind: ChangeClass
    field: Field
    before: str | None
    """The words that went; None if none did."""
    after: str | None
    """The words that came; None if none did."""
    sure: Sure = "certain"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """How one text of an article differs from the one before."""

    is_revision: bool
    """Whether the article itself changed."""
    evidence: tuple[Evidence, ...] = ()
    """In the order of the fields and of the text; several may be of one class."""
    words_added: int = 0
    """Words of headline, standfirst and body that came."""
    words_removed: int = 0
    words_changed: int = 0
    """Of words that took each other's place the larger number, and all others."""

    @property
    def classes(self) -> tuple[ChangeClass, ...]:
        """The classes that hold, each once."""
        return tuple(dict.fromkeys(one.kind for one in self.evidence))


SAME = Change(is_revision=False)

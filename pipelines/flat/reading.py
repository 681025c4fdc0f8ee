"""What a reader of one format makes of a document; contains no business logic."""

from __future__ import annotations

from dataclasses import dataclass

from .sheet import Labelled


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What a document says of itself, as it stands there."""

    headline: str = ""
    standfirst: str | None = None
    bylines: tuple[str, ...] = ()
    """Lines that name who wrote it."""
    published: str | None = None
    """The text that states when it was published."""
    updated: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    """As the press database names it, such as "English" or "en"."""
    publication: str | None = None
    """The title that printed it; None where the document does not say."""
    identifier: str | None = None
    """The press database's number for it."""
    url: str | None = None
    """The page's address, where the document states it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One article's part of a file."""

    number: int
    """Counted from 1 in its file."""
    first_line: int
    """Where it begins in the file, counted from 0."""
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A document with every line labelled."""

    format: str
    """Which reader read it; see formats.py."""
    labelled: tuple[Labelled, ...]
    facts: Facts

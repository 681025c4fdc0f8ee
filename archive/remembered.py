"""Records of site memory: what pages show of their site, and what is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal


class Place(IntEnum):
    """Where on a page a line stood, as site memory counts it."""

    RUNNING = 0
    """In the running text, among other lines."""
    APART = 1
    """Taken for text, but in a box of its own."""
    POINTER = 2
    """Taken for text, but much of it is a link, or it is a label over nothing."""
    SUBHEAD = 3
    """Taken for text, as a subhead over text."""
    HEADLINE = 4
    STANDFIRST = 5
    DESCRIPTION = 6
    """In the page's head, where search engines read what the page is about."""
    AGREED = 7
    """Of HABIT only: a route's summary of the article is that description."""
    DISAGREED = 8
    """Of HABIT only: the two are different."""


HABIT = 0
"""Stands, in place of a line's number, for the description in a page's head: whether
it is the standfirst is a habit of the site."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Trace:
    """One line of a page, as cut without site memory."""

    line: int
    """Number of its words, see pipelines/extract/text.py; 64 bits, signed."""
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """An article that shows a line."""

    article: int
    """Its id: all of its revisions count as one."""
    title: int
    """Number of its headline: copies of an article count as one."""
    place: Place
    on: str | None
    """Day of its publication; None if unknown."""


Verdict = Literal["nav", "teaser", "text", "standfirst", "byline"]
"""What a remembered line is: the site's, another article's, or text after all. Of
HABIT and of paths: the field that is there."""
Judge = Literal["machine", "person"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Remembered:
    """A line that site memory has an opinion of; the columns of `memory`."""

    line: int
    text: str
    """As it stood on one of the pages."""
    verdict: Verdict
    articles: int
    """Different articles that hold it in what was taken for their text."""
    first_on: str | None = None
    """Day of publication of the first of them; None if no day is known."""
    last_on: str | None = None
    decided_by: Judge = "machine"

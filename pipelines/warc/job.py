"""What an import of WARC files works with and hands on; contains no business logic."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.draft import Draft
from pipelines.extract.learned.memory import Memory
from pipelines.warc.parts import Begin, goes_nowhere
from pipelines.warc.scan import Found

if TYPE_CHECKING:
    from archive.warc.foreign.index import Entry
    from archive.write import Archive
    from pipelines.warc.pages import Pages
    from pipelines.warc.sites import Sites
    from pipelines.workers import Workers


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """What an import works with."""

    archive: Archive
    pool: Workers
    pages: Pages
    sites: Sites
    found: Found
    now: str
    """UTC instant of the import."""
    begin: Begin = goes_nowhere
    """Finds out whether an article goes on at another page."""
    told: Callable[[int, int], None] = lambda done, total: None
    """Called with the records done and the records in all."""


@dataclass(kw_only=True, slots=True)
class Run:
    """One site's part of a round."""

    crawl_id: int
    memory: Memory
    known: int = 0


@dataclass(kw_only=True, slots=True)
class Waiting:
    """A record whose turn comes when those before it are stored."""

    entry: Entry
    draft: asyncio.Task[Draft] | None = None
    """None for what is no page."""
    why: str = ""
    """Why there is none."""


@dataclass(kw_only=True, slots=True)
class Report:
    """What became of the records."""

    outcomes: Counter[str] = field(default_factory=Counter)
    """As in `fetches`, and "known" for what had been taken before."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Of what was rejected or failed."""
    sites: set[str] = field(default_factory=set)

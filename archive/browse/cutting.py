"""A stored capture goes in; the labelled lines of its page come out, cut elsewhere.

The archive does not know how a page is cut. Who starts Datasette offers a `Cutter`
(`cuttings serve` does); here its answers are kept for a while, and asked for one at a
time: anybody may open the page, and cutting is work.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from archive.records import Block
from archive.stored import StoredCapture

if TYPE_CHECKING:
    from datasette.app import Datasette

MOST_KEPT = 32
"""Answers kept; a long one is half a megabyte."""
KEPT_SECONDS = 300.0
"""After so long a page is cut again: profiles and site memory change."""
MOST_ASKED = 4
"""Pages being cut and waiting at one time; who comes later is told to come again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of a page."""

    role: str
    """What it is, as docs/anatomy.md lists them."""
    rule: str
    """The rule that decided."""
    kept: bool
    """Whether it is part of the article's text."""
    text: str
    """Its text on one line; never empty."""
    level: int
    """As in `Block`; 0 for what was left out."""
    path: str
    """XPath of the element that holds it."""
    links: tuple[tuple[str, str], ...] = ()
    """Target, absolute where it could be resolved, and text of each link in it."""
    page: int = 1
    """On which page of the article it stands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """A page as it is cut today."""

    lines: tuple[Line, ...]
    """In the order of the page; of an article on several pages, page after page."""
    more: int
    """Further lines, which are too many to show."""
    headline: str | None
    """None where nothing could be cut out."""
    standfirst: str | None
    blocks: tuple[Block, ...]
    """The body."""
    extractor: str
    """Name and version of what cut it."""
    pages: int = 1
    """Pages that the article is on."""
    lacks_profile: bool = False
    """Whether the site has a profile that could not be found here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Uncut:
    """Why a page could not be cut."""

    why: str
    """For a reader; names no path of this machine."""


Cutter = Callable[[Path, StoredCapture], Awaitable[Cut | Uncut]]
"""Cuts a capture of the archive at a path; never raises, and never blocks the loop."""


Key = tuple[Path, int, int]
"""An archive's file, a capture's number, and the version of its site's memory."""


class Cuts:
    """The last answers of a cutter, and those that are being made.

    Args:
        cutter: What cuts a page.
        now: A clock in seconds that never goes back.
    """

    def __init__(self, cutter: Cutter, now: Callable[[], float] = time.monotonic):
        self._cutter = cutter
        self._now = now
        self._turn = asyncio.Semaphore(1)
        self._kept: OrderedDict[Key, tuple[float, Cut | Uncut]]
        self._kept = OrderedDict()
        self._asked: dict[Key, asyncio.Task[Cut | Uncut]] = {}

    async def of(
        self, db: Path, stored: StoredCapture, memory: int
    ) -> Cut | Uncut | None:
        """How a page is cut; None while too many others are being cut.

        Args:
            db: The archive's file.
            stored: The page's capture.
            memory: Version of what is remembered of the site: a person who overrules
                a line wants to see what comes of it.
        """
        key = (db, stored.capture_id, memory)
        at, kept = self._kept.get(key, (0.0, None))
        if kept is not None and self._now() - at < KEPT_SECONDS:
            self._kept.move_to_end(key)
            return kept
        if key not in self._asked:
            if len(self._asked) >= MOST_ASKED:
                return None
            task = asyncio.create_task(self._make(key, stored))
            task.add_done_callback(lambda _: self._asked.pop(key, None))
            self._asked[key] = task
        return await asyncio.shield(self._asked[key])

    async def _make(self, key: Key, stored: StoredCapture) -> Cut | Uncut:
        """Cut when it is this page's turn, and keep what came out."""
        async with self._turn:
            made = await self._cutter(key[0], stored)
        self._kept.pop(key, None)
        self._kept[key] = (self._now(), made)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return made


_offered: WeakKeyDictionary[Datasette, Cuts] = WeakKeyDictionary()


def offer(datasette: Datasette, cutter: Cutter) -> None:
    """Let a Datasette's reading room show how pages are cut."""
    _offered[datasette] = Cuts(cutter)


def offered(datasette: Datasette) -> Cuts | None:
    """What was offered to a Datasette; None where it was started without."""
    return _offered.get(datasette)

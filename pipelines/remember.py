"""What a site's stored pages show goes in; what the site is remembered by comes out.

Memory is learned at the end of a crawl (settle.py), from what the archive holds by
then: it does not depend on the order in which pages came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from archive.remembered import HABIT, Place, Remembered
from pipelines.extract.learned.memory import (
    LEAST_ARTICLES,
    Calendar,
    Memory,
    Opinion,
    by_field,
    is_telling,
    judge,
    judge_path,
)
from pipelines.extract.text import number

if TYPE_CHECKING:
    from archive.memories import Memories


DESCRIPTION = "(the description in a page's head)"
"""What stands in the list for HABIT."""


SHARED = "(a description in the head of several pages)"
"""What stands in the list for such a description, whose words are in no text."""


def line_of(text: str) -> int:
    """Number of a line as the list of what is remembered spells it."""
    return HABIT if text == DESCRIPTION else number(text)


def memory_of(memories: Memories, site: str) -> Memory:
    """The memory that pages of a site are cut with."""
    version = memories.version(site)
    if not version:
        return Memory()
    found = memories.entries(site)
    return recalled(found, memories.owners(site), version)


def recalled(
    found: Iterable[Remembered], owners: dict[int, frozenset[int]], version: int
) -> Memory:
    """The memory that an archive's entries make.

    Args:
        found: What is remembered.
        owners: For each teaser, the numbers of the headlines that it belongs to.
        version: The memory's version.
    """
    entries = list(found)
    # A person's word holds on every page; 0 is no page's headline.
    anyone = frozenset((0,))
    return Memory(
        furniture={e.line: e.articles for e in entries if e.verdict == "nav"},
        teasers={
            e.line: anyone if e.decided_by == "person" else owners.get(e.line, anyone)
            for e in entries
            if e.verdict == "teaser"
        },
        paths=by_field({e.text: e.articles for e in entries if _carries(e)}),
        describes=any(e.line == HABIT and e.verdict == "standfirst" for e in entries),
        version=version,
    )


def _carries(entry: Remembered) -> bool:
    """Whether an entry is a path at which a field stands."""
    return entry.line != HABIT and entry.verdict in ("standfirst", "byline")


def learn(memories: Memories, site: str) -> int:
    """Learn from the pages stored since memory was last learned.

    Returns:
        How many lines are judged otherwise than before.
    """
    known = {entry.line: entry for entry in memories.entries(site)}
    days = memories.days(site)
    calendar = Calendar(days=days.known, articles=days.articles)
    found: list[Remembered] = []
    for line, holders in memories.holders(site, least=LEAST_ARTICLES):
        before, opinion = known.get(line), judge(line, holders, calendar)
        if opinion.verdict == "text" and before is None:
            continue
        text = before.text if before else _text(memories, site, line)
        if not text and any(one.place is Place.DESCRIPTION for one in holders):
            text = SHARED
        if text and (opinion.verdict != "teaser" or is_telling(text)):
            found.append(_entry(line, text, opinion))
    found += _paths(memories, site, calendar)
    return memories.learned(site, found)


def _paths(memories: Memories, site: str, calendar: Calendar) -> Iterator[Remembered]:
    known = {entry.line for entry in memories.entries(site)}
    for path, holders in memories.path_holders(site):
        opinion, line = judge_path(path, holders, calendar), number(path)
        if opinion.verdict != "text" or line in known:
            yield _entry(line, path, opinion)


def _text(memories: Memories, site: str, line: int) -> str:
    """How a line is spelled on one of the pages; empty if it cannot be found."""
    if line == HABIT:
        return DESCRIPTION
    return _spelled(memories.texts(site, line), line)


def _spelled(texts: Iterable[str], line: int) -> str:
    """The line of a text that has a number; empty if none has."""
    lines = (line for text in texts for line in text.split("\n"))
    return next((text for text in lines if number(text) == line), "")


def _entry(line: int, text: str, opinion: Opinion) -> Remembered:
    return Remembered(
        line=line,
        text=text,
        verdict=opinion.verdict,
        articles=opinion.articles,
        first_on=opinion.first_on,
        last_on=opinion.last_on,
    )

"""A box or a line of a live blog in, the time that it shows and the instant out.

What a reader sees may be "21 minutes ago", which is no time: then the machine's time
beside it is told as a clock, and where there is none, nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice, pairwise

from archive.records import Moment

from ..dated.clocks import Time, read
from ..dated.dates import Stated, parse
from ..dated.moments import ASSUMED, Clock, moment
from ..lines.layout import Box, Leaf
from ..text import field
from ..tree import text_of

_HALF = r"[ap]\.?\s?m\b\.?"
CLOCK = re.compile(
    rf"(?<![\d:.,/+\-])(?P<hour>[01]?\d|2[0-3])\s?[:.h]\s?(?P<minute>[0-5]\d)"
    rf"(?![\d%])(?:[:.](?P<second>[0-5]\d))?(?:\s?(?P<half>{_HALF}))?"
    rf"|(?<![\d:.,/+\-])(?P<hour2>1[0-2]|[1-9])\s?(?P<half2>{_HALF})",
    re.I,
)
"""A time of day; nothing else in the line may be glued to it."""
_AFTER = re.compile(
    r"^[\s,]*(?:\(?(?:(?i:uhr|hrs?|h)|GMT|BST|UTC|CES?T|EE?S?T|[ECMP][DS]?T|IST|AES?DT|"
    r"AEST|SAST)\)?\b\)?)?[\s.:|–—\-•·]*",
)
"""What may stand between a time and the text that it introduces."""
_SPAN = (
    r"(?:\d{1,3}|an?|one|just)\s*(?:s|m|h|d|secs?|seconds?|mins?|minutes?|hrs?|hours?|"
    r"days?|now)"
)
_RELATIVE = re.compile(
    rf"^\W*(?:(?:updated|posted|published|aktualisiert)\W+)?(?:{_SPAN}(?:\s+ago|\W*$)|"
    r"(?:vor|il y a|hace|há|sedan)\s+\d{1,3}\s*\w+|\d{1,3}\s*\w+\s+(?:geleden|fa|sedan|"
    r"temu|önce)\b)",
    re.I,
)
"""How long ago something was, at the beginning of a line."""
_ATTRIBUTES = (
    "datetime", "data-datetime", "data-timestamp", "data-time", "data-utc",
    "data-utc-time", "data-published", "data-published-at", "data-date",
    "data-livestamp", "data-created", "data-post-date", "content",
)  # fmt: skip
_DEEP = 60
"""How many elements inside a box are asked for such an attribute."""
_LINES = 5
"""How many lines of a box are its head."""
LABEL_CHARS = 60
"""A line of so many characters holds a time, a name or a label, and no text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamp:
    """The time of an entry."""

    shown: str
    """The clock as printed, or as the machine's time has it; empty without either."""
    stated: Stated | None
    """Day and time as stated; None where no day is."""
    time: Time | None = None
    """The clock that is shown."""
    line: int | None = None
    """Index of the line that shows it, or how long ago it was; None where none does."""
    unseen: bool = False
    """Whether the page shows no clock to its readers."""


def stamp(box: Box, leaves: Sequence[Leaf]) -> Stamp | None:
    """Return the time of an entry that stands in a box; None if it has none.

    Args:
        box: The box of the entry.
        leaves: All lines of the page.
    """
    said = _machine(box)
    head = range(box.start, min(box.end, box.start + _LINES))
    for index in head:
        text = leaves[index].text
        found = CLOCK.match(text) or (
            CLOCK.search(text) if len(text) <= LABEL_CHARS else None
        )
        if found is not None and (time := _time(found)) is not None:
            own = said or parse(text[:LABEL_CHARS])
            return Stamp(shown=found[0].strip(), stated=own, time=time, line=index)
    if said is None or said.clock is None:
        return None
    return unseen(said, head, leaves)


def unseen(stated: Stated | None, head: Iterable[int], leaves: Sequence[Leaf]) -> Stamp:
    """Return the time of an entry of which no clock is shown.

    Args:
        stated: What the markup or structured data states.
        head: Indices of the entry's first lines.
        leaves: All lines of the page.
    """
    line = next((n for n in head if is_relative(leaves[n].text)), None)
    time = stated.clock if stated is not None else None
    return Stamp(shown="", stated=stated, time=time, line=line, unseen=True)


def leading(text: str) -> tuple[Stamp, str] | None:
    """Return the time that a line begins with, and the rest of the line."""
    found = CLOCK.match(text)
    time = _time(found) if found is not None else None
    if found is None or time is None:
        return None
    rest = text[found.end() :]
    gone = _AFTER.match(rest)
    rest = rest[gone.end() :] if gone is not None else rest
    return Stamp(shown=found[0].strip(), stated=None, time=time), rest


def is_relative(text: str) -> bool:
    """Whether a short line tells how long ago something was."""
    return len(text) <= LABEL_CHARS and _RELATIVE.search(text) is not None


def _time(found: re.Match[str]) -> Time | None:
    part = found.groupdict()
    hour = part["hour"] or part["hour2"]
    half = part["half"] or part["half2"]
    return read(hour, part["minute"] or "0", part["second"], half)


def _machine(box: Box) -> Stated | None:
    """Return the first instant that the box's markup states."""
    return next(filter(None, map(parse, _written(box))), None)


def _written(box: Box) -> Iterator[str]:
    for element in islice(box.element.iter("*"), _DEEP):
        for name in _ATTRIBUTES if element.attrib else ():
            text = element.get(name)
            is_own = name != "content" or "date" in (element.get("itemprop") or "")
            if text and is_own and any(c.isdigit() for c in text):
                yield field(text)
        if element.tag == "time":
            yield text_of(element, LABEL_CHARS)


def instant(stated: Stated | None, published: Moment | None, zone: str | None) -> str:
    """Return the UTC instant of a stated time; empty where it cannot be known.

    Args:
        stated: What the entry states.
        published: When the page says it was published, whose offset its times share.
        zone: The site's zone; None if unknown.
    """
    if stated is None or stated.clock is None:
        return ""
    offset = _offset(published)
    if stated.offset_minutes is None and zone is None and offset is None:
        return ""
    told = moment(stated, Clock(zone=zone, seen_offset_minutes=offset))
    return told.at or ""


def local_clock(
    stated: Stated | None, published: Moment | None, zone: str | None
) -> str:
    """Return a stated time as the site's clock shows it; empty without one.

    An instant in UTC is put into the site's own time, where that is known.
    """
    if stated is None or stated.clock is None:
        return ""
    hours, minutes, _ = stated.clock
    if stated.offset_minutes == 0:
        naive = replace(stated, offset_minutes=None)
        there = moment(naive, Clock(zone=zone, seen_offset_minutes=_offset(published)))
        real = instant(stated, published, zone)
        ahead = datetime.fromisoformat(real) - datetime.fromisoformat(there.at or real)
        minutes = (60 * hours + minutes + round(ahead.total_seconds() / 60)) % 1440
        hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}"


def _offset(published: Moment | None) -> int | None:
    """Return the offset in which the page states its own publication."""
    name = published.zone if published is not None else None
    if name is None or name == ASSUMED or name[:1] not in "+-":
        return None
    hours, minutes = int(name[1:3]), int(name[4:6])
    return (-1 if name[0] == "-" else 1) * (60 * hours + minutes)


def on_day(
    stamps: Sequence[Stamp], published: Moment | None, last: Moment | None
) -> list[Stated | None]:
    """Return what clocks alone mean where the page proves that all are of one day.

    That is so where it was published and last changed on one day, and the clocks run
    one way.

    Args:
        stamps: Every entry's time, in the order of the page.
        published: When the page was published.
        last: When it was last changed.
    """
    nothing: list[Stated | None] = [None] * len(stamps)
    if published is None or last is None or published.on != last.on:
        return nothing
    day = parse(published.on)
    times = [one.time for one in stamps if one.time is not None]
    if day is None or len(times) != len(stamps):
        return nothing
    rising = all(a <= b for a, b in pairwise(times))
    falling = all(a >= b for a, b in pairwise(times))
    if not (rising or falling):
        return nothing
    return [replace(day, clock=time) for time in times]

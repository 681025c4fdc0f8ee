"""A labelled page that is a live blog in, its timed entries out.

An entry stands in a box of its own, one of several of a kind that each hold a time and
text, or begins with a line that begins with a time. The order is the page's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from archive.records import Block, Moment

from ..classes import roles
from ..dated.dates import Stated, parse
from ..lines.body import body
from ..lines.layout import Layout, Leaf
from ..structured.typed import Update
from ..text import key
from ..tree import names_of, text_of
from .live_clock import (
    CLOCK,
    LABEL_CHARS,
    instant,
    is_relative,
    leading,
    local_clock,
    on_day,
)
from .live_places import Place, places

_HEADLINE_CHARS = 200
_NAME_CHARS = 60
_TEXT_CHARS = 40
_DEEP = 40
"""How many elements of an entry are asked who wrote it."""
_BY = re.compile(r"^(?:by|von|par|por|di|door|av|af|autor:?)\s+", re.I)
_NAME = re.compile(r"^[^\W\d_][^\d@:/|.?!]*$")
_FURNITURE = frozenset(("share", "related", "comments", "newsletter", "sponsored"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One entry of a live blog and the lines of the page that it is made of."""

    start: int
    """Index of its first line."""
    end: int
    """Index after its last line."""
    block: Block
    """What begins it in the article's body."""
    gone: frozenset[int] = frozenset()
    """Lines that are told in that block, or are no text."""
    rest: tuple[int, str] | None = None
    """A line that begins with the time, and what it says after it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What the page says of its entries beside their lines."""

    updates: tuple[Update, ...] = ()
    published: Moment | None = None
    updated: Moment | None = None
    zone: str | None = None
    """The site's zone; None if unknown."""
    least: int = 2
    """How many entries there must be."""


def entries(layout: Layout, told: Told) -> tuple[Entry, ...]:
    """Return the entries of a live blog in the order of the page, and mark their lines.

    Args:
        layout: A labelled page that says that it is live.
        told: What its structured data says of its entries and its times.
    """
    found = places(layout, told.updates, told.least)
    days = on_day([one.stamp for one in found], told.published, told.updated)
    made: list[Entry | None] = []
    for one, day in zip(found, days, strict=True):
        stamp = replace(one.stamp, stated=one.stamp.stated or day)
        made.append(_read(layout, replace(one, stamp=stamp), told))
    return tuple(entry for entry in made if entry is not None)


def told_only(told: Told, shown: str) -> Iterator[Block]:
    """Yield the entries that only structured data holds, where the page shows none.

    Args:
        told: What the page says of its entries and its times.
        shown: The text that the page shows.
    """
    known = key(shown) if told.updates else ""
    for one in told.updates:
        lines = one.body.splitlines()
        if not lines or key(lines[0]) in known:
            continue
        stated = parse(one.at)
        time = local_clock(stated, told.published, told.zone)
        title = one.headline if key(one.headline) != key(lines[0]) else ""
        if text := _text(time, title):
            at = instant(stated, told.published, told.zone) or None
            yield Block(kind="entry", text=text, at=at, author=one.author or None)
        yield from (Block(kind="paragraph", text=line) for line in lines)


def blocks(layout: Layout, found: Sequence[Entry]) -> Iterator[Block]:
    """Yield the article's blocks, each entry begun by its own."""
    cursor = 0
    for entry in found:
        yield from body(_lines(layout, layout.leaves[cursor : entry.start]))
        yield entry.block
        yield from body(_lines(layout, list(_inside(layout, entry))))
        cursor = entry.end
    yield from body(_lines(layout, layout.leaves[cursor:]))


def _lines(layout: Layout, leaves: list[Leaf]) -> Layout:
    return Layout(boxes=layout.boxes, leaves=leaves)


def _inside(layout: Layout, entry: Entry) -> Iterator[Leaf]:
    """Yield an entry's own lines; the item that it stands in is no list."""
    for index in range(entry.start, entry.end):
        if index in entry.gone:
            continue
        leaf = layout.leaves[index]
        if entry.rest is not None and entry.rest[0] == index:
            kind = "paragraph" if leaf.kind == "table_row" else leaf.kind
            leaf = replace(leaf, text=entry.rest[1], kind=kind)
        yield _unlisted(leaf, entry) if leaf.kind.endswith("item") else leaf


def _unlisted(leaf: Leaf, entry: Entry) -> Leaf:
    """Return an item as it is without the list whose items are entries."""
    items = [box for box in leaf.box.chain() if box.tag == "li"]
    around = [b for b in items if b.start <= entry.start and b.end >= entry.end]
    if len(around) == len(items):
        return replace(leaf, kind="paragraph", level=0)
    return replace(leaf, level=max(0, leaf.level - len(around)))


def _read(layout: Layout, place: Place, told: Told) -> Entry | None:
    """Read an entry's head, and mark its lines; None where there is nothing to tell."""
    leaves, line = layout.leaves, place.stamp.line
    author = (place.update.author if place.update is not None else "") or _author(place)
    head = list(_head(place, leaves, author))
    _restore(place, leaves)
    title = _title(place, head, leaves)
    text = _text(_shown(place, told), leaves[title].text if title is not None else "")
    if not text:
        return None
    byline = next((n for n in head if n != title and _is_name(leaves[n], author)), None)
    gone = {n for n in head if n in (byline, title) or _is_time(leaves[n])}
    if title is None and line is not None and place.rest is None:
        gone.add(line)
    _mark(leaves, gone, title if title is not None else line)
    at = instant(_stated(place), told.published, told.zone) or None
    return Entry(
        start=place.start,
        end=place.end,
        block=Block(kind="entry", text=text, at=at, author=author or None),
        gone=frozenset(gone),
        rest=(line, place.rest) if line is not None and place.rest else None,
    )


def _stated(place: Place) -> Stated | None:
    """Return the time that structured data states of an entry, else the markup."""
    stated = parse(place.update.at) if place.update is not None else None
    return stated or place.stamp.stated


def _shown(place: Place, told: Told) -> str:
    """Return the clock that the page shows, else the machine's in the site's time."""
    if not place.stamp.unseen:
        return place.stamp.shown
    return local_clock(_stated(place), told.published, told.zone)


def _title(place: Place, head: Sequence[int], leaves: Sequence[Leaf]) -> int | None:
    """Return the index of the entry's headline; bold text alone is none."""
    title = next((n for n in head if _is_headline(leaves[n])), None)
    if title is None or leaves[title].kind == "subhead":
        return title
    over = any(leaf.role == "body" for leaf in leaves[title + 1 : place.end])
    return title if over else None


def _restore(place: Place, leaves: Sequence[Leaf]) -> None:
    """Take lines for text that structured data has in the entry's text."""
    known = key(place.update.body) if place.update is not None else ""
    for leaf in leaves[place.start : place.end] if known else ():
        if (
            leaf.role != "body"
            and leaf.chars >= _TEXT_CHARS
            and key(leaf.text) in known
        ):
            leaf.role, leaf.rule = "body", "in the entry's text, says structured data"


def _head(place: Place, leaves: Sequence[Leaf], author: str) -> Iterator[int]:
    """Yield the lines of an entry before its text."""
    for index in range(place.start, place.end):
        leaf = leaves[index]
        is_short = leaf.chars <= LABEL_CHARS and leaf.box.tag != "p"
        is_head = leaf.kind == "subhead" or leaf.bold or _is_time(leaf)
        is_head = is_head or _is_name(leaf, author)
        is_line = place.rest is not None and index == place.stamp.line
        if leaf.role == "body" and (is_line or not (is_head or is_short)):
            return
        yield index


def _is_headline(leaf: Leaf) -> bool:
    """Whether a line of an entry's head is its headline."""
    if _is_time(leaf) or leaf.chars > _HEADLINE_CHARS or leaf.box.hints & _FURNITURE:
        return False
    if leaf.kind == "subhead":
        return True
    return leaf.role == "body" and leaf.bold


def _is_time(leaf: Leaf) -> bool:
    """Whether a line tells a time and nothing else."""
    begun = leading(leaf.text)
    return (begun is not None and not begun[1]) or is_relative(leaf.text)


def _author(place: Place) -> str:
    """Return who wrote an entry, where something in it is named as saying so."""
    elements = place.box.element.iter("*") if place.box is not None else ()
    for element in islice(elements, _DEEP):
        if "author" in (element.get("rel") or element.get("itemprop") or "") or (
            "byline" in roles(names_of(element))
        ):
            text = _BY.sub("", text_of(element, 2 * _NAME_CHARS)).strip(" ,|·")
            if 0 < len(text) <= _NAME_CHARS and _NAME.match(text):
                return text
    return ""


def _is_name(leaf: Leaf, author: str) -> bool:
    """Whether a line says who wrote the entry and nothing else."""
    return bool(author) and _BY.sub("", leaf.text).strip(" ,|·") == author


def _text(shown: str, headline: str) -> str:
    """Return what begins an entry: its time and its headline."""
    if not shown or CLOCK.match(headline):
        return headline or shown
    return f"{shown} {headline}".strip()


def _mark(leaves: Sequence[Leaf], gone: Collection[int], begins: int | None) -> None:
    """Mark the lines that begin an entry."""
    for index in gone:
        leaves[index].role, leaves[index].rule = "byline", "head of an entry"
    if begins is not None:
        leaves[begins].role, leaves[begins].rule = "body", "begins an entry"

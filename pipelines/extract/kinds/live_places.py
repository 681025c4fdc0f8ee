"""A labelled live blog in, the places and times of its entries out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from ..dated.dates import parse
from ..lines.layout import Box, Layout, Leaf
from ..structured.typed import Update
from ..text import key
from .live_clock import LABEL_CHARS, Stamp, is_relative, leading, stamp, unseen

_HOLDERS = frozenset(
    ("div", "article", "section", "li", "dd", "tr", "td", "aside", "blockquote")
)
_DIGITS = re.compile(r"\d+")
_LEAST_TIMED = 0.6
"""Share of the boxes of a kind that must show a time."""
_LEAST_CHARS = 0.3
"""Share of the page's text that the entries must hold."""
_MOST_ENTRIES = 2_000
_SAME_CHARS = 40
"""Two texts that begin with so many equal characters are the same."""
_DAY = 6
"""How many entries a day of a live blog has at the least, where it has several."""
_DEEP = 30
_LINES = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where an entry stands, and its time."""

    start: int
    """Index of its first line."""
    end: int
    """Index after its last line."""
    stamp: Stamp
    update: Update | None = None
    """What structured data says of it."""
    rest: str | None = None
    """What the line that begins with the time says after it; None where that line
    holds nothing else, or is a heading."""
    box: Box | None = None
    """What it stands in; None where only its lines are known."""


def places(layout: Layout, updates: Sequence[Update], least: int) -> list[Place]:
    """Return where the entries stand, in the order of the page.

    Args:
        layout: The page.
        updates: What structured data says of entries.
        least: How many entries there must be.
    """
    sums = _sums(layout)
    known = _Known(updates)
    found = _boxed(layout, known, sums)
    flowing = _flowing(layout, known)
    if len(flowing) > len(found):
        found = flowing
    chars = sum(sums[one.end] - sums[one.start] for one in found)
    if len(found) < least or chars < _LEAST_CHARS * sums[-1]:
        return []
    return found[:_MOST_ENTRIES]


class _Known:
    """Entries as structured data has them, by all that tells them apart."""

    def __init__(self, updates: Sequence[Update]) -> None:
        self.by_id: Mapping[str, Update] = {
            one.url.rpartition("#")[2]: one for one in updates if "#" in one.url
        }
        self.by_text: dict[str, Update] = {}
        for one in updates:
            for text in (one.headline, one.body):
                if words := _beginning(text):
                    self.by_text.setdefault(words, one)

    def of(self, box: Box, leaves: Sequence[Leaf]) -> Update | None:
        """Return the entry that stands in a box."""
        if self.by_id:
            for element in islice(box.element.iter("*"), _DEEP):
                if (name := element.get("id")) and name in self.by_id:
                    return self.by_id[name]
        return self.among(leaves[box.start : min(box.end, box.start + _LINES)])

    def among(self, leaves: Iterable[Leaf]) -> Update | None:
        """Return the entry that one of the lines begins."""
        for leaf in leaves:
            begun = leading(leaf.text)
            for text in (leaf.text, begun[1] if begun is not None else ""):
                if found := self.by_text.get(_beginning(text)):
                    return found
        return None


def _beginning(text: str) -> str:
    """Return what two forms of a text share: the words it begins with."""
    return key(text[: 2 * _SAME_CHARS])[:_SAME_CHARS]


def _sums(layout: Layout) -> list[int]:
    """Return, for every line and the end, how many characters of text come before."""
    sums = [0]
    for leaf in layout.leaves:
        sums.append(sums[-1] + (leaf.chars if leaf.role == "body" else 0))
    return sums


def _boxed(layout: Layout, known: _Known, sums: Sequence[int]) -> list[Place]:
    """Return the entries in boxes of one kind, of that kind which holds most text."""
    best: list[Place] = []
    most = 0
    kind: list[Box] = []
    for boxes in _kinds(layout, sums):
        full = [box for box in boxes if sums[box.end] > sums[box.start]]
        found = [p for box in full if (p := _place(box, layout.leaves, known))]
        if len(found) < max(2, _LEAST_TIMED * len(full)):
            continue
        chars = sum(sums[one.end] - sums[one.start] for one in found)
        if chars > most:
            best, most, kind = found, chars, boxes
    rest = _rescued(kind, best, layout.leaves, known)
    return sorted((*best, *rest), key=lambda place: place.start)


def _rescued(
    boxes: Sequence[Box], found: Sequence[Place], leaves: Sequence[Leaf], known: _Known
) -> Iterator[Place]:
    """Yield entries among the others whose few words were not taken for text."""
    taken = {one.start for one in found}
    for box in boxes:
        if box.start in taken or not found[0].start < box.start < found[-1].end:
            continue
        place = _place(box, leaves, known)
        lost = [x for x in leaves[box.start : box.end] if _is_short_text(x)]
        if place is None or not lost:
            continue
        for leaf in lost:
            leaf.role, leaf.rule = "body", "in an entry"
        yield place


def _is_short_text(leaf: Leaf) -> bool:
    """Whether a line may be the text of an entry of few words."""
    if leaf.role != "nav" or leaf.linked or leaf.box.hints:
        return False
    begun = leading(leaf.text)
    return bool(begun[1] if begun is not None else not is_relative(leaf.text))


def _place(box: Box, leaves: Sequence[Leaf], known: _Known) -> Place | None:
    """Return the entry that stands in a box; None where nothing tells its time."""
    update = known.of(box, leaves)
    shown = stamp(box, leaves) or (_stated(box, update, leaves) if update else None)
    if shown is None:
        return None
    line = leaves[shown.line] if shown.line is not None else None
    rest = None
    if line is not None and line.role == "body" and line.kind != "subhead":
        begun = leading(line.text)
        rest = begun[1] or None if begun is not None and not line.bold else None
    return Place(
        start=box.start, end=box.end, stamp=shown, update=update, rest=rest, box=box
    )


def _stated(box: Box, update: Update, leaves: Sequence[Leaf]) -> Stamp:
    """Return the time of an entry that shows none but in structured data."""
    head = range(box.start, min(box.end, box.start + _LINES))
    return unseen(parse(update.at), head, leaves)


def _kinds(layout: Layout, sums: Sequence[int]) -> Iterator[list[Box]]:
    """Yield boxes of one tag and name, none inside another, if any of them has text."""
    alike: dict[tuple[str, str], list[Box]] = defaultdict(list)
    for box in layout.boxes:
        if box.tag in _HOLDERS and box.end > box.start:
            alike[box.tag, _name(box)].append(box)
    for boxes in alike.values():
        boxes = boxes[:_MOST_ENTRIES]
        if not any(sums[box.end] > sums[box.start] for box in boxes):
            continue
        single = list(_single(boxes))
        if len(single) > 1:
            yield single


def _name(box: Box) -> str:
    """Return what boxes of one kind have in common: the first name, without numbers."""
    names = (box.element.get("class") or "").split()
    return _DIGITS.sub("", names[0]) if names else ""


def _single(boxes: Sequence[Box]) -> Iterator[Box]:
    """Yield the boxes that hold at most one other, and are in none that is yielded."""
    after = 0
    for number, box in enumerate(boxes):
        inner = [one for one in boxes[number + 1 : number + 3] if one.index < box.last]
        if len(inner) <= 1 and box.index >= after:
            after = box.last
            yield box


def _flowing(layout: Layout, known: _Known) -> list[Place]:
    """Return the entries that begin with a line that begins with a time."""
    begun: list[tuple[int, Stamp, str]] = []
    for index, leaf in enumerate(layout.leaves):
        found = leading(leaf.text)
        if found is not None and _may_begin(layout, index, found[1]):
            begun.append((index, *found))
    if not _runs_one_way([at for _, at, _ in begun]):
        return []
    ends = [*(index for index, _, _ in begun[1:]), _end(layout)]
    made = []
    for (index, at, rest), end in zip(begun, ends, strict=True):
        leaf = layout.leaves[index]
        is_whole = leaf.kind == "subhead" or leaf.bold
        shown = replace(at, line=index, stated=parse(leaf.text[:LABEL_CHARS]))
        text = None if is_whole else rest or None
        update = known.among(layout.leaves[index : min(end, index + 3)])
        made.append(Place(start=index, end=end, stamp=shown, update=update, rest=text))
    return made


def _may_begin(layout: Layout, index: int, rest: str) -> bool:
    """Whether a line that begins with a time may begin an entry: text comes next."""
    leaf = layout.leaves[index]
    if leaf.role == "body":
        return bool(rest) or _is_before_text(layout, index)
    return not rest and _is_before_text(layout, index)


def _is_before_text(layout: Layout, index: int) -> bool:
    for leaf in layout.leaves[index + 1 : index + 5]:
        if leading(leaf.text) is not None:
            return False
        if leaf.role == "body":
            return True
    return False


def _end(layout: Layout) -> int:
    """Return the index after the page's last line of text."""
    kept = [n for n, leaf in enumerate(layout.leaves) if leaf.role == "body"]
    return kept[-1] + 1 if kept else 0


def _runs_one_way(stamps: Sequence[Stamp]) -> bool:
    """Whether clocks go one way, but for midnights."""
    times = [one.time for one in stamps if one.time is not None]
    steps = [(b > a) - (b < a) for a, b in pairwise(times)]
    wrong = min(steps.count(1), steps.count(-1))
    return len(times) > 1 and wrong <= max(1, len(times) // _DAY)

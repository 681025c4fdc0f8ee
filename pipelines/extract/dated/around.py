"""Material and headline in, the texts that may state a date, by where they stand, out.

Nothing from a block of other posts, of related links or of comments is among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from ..fields.titles import Headline
from ..material import Material
from ..survey import spine_of
from .dateplaces import is_led, is_prose, of_others
from .datewords import (
    CHANGE,
    DATE,
    DATELINE_CHARS,
    LABEL,
    SENTENCE,
    dateline,
    has_year,
    rank_of,
)

_NO_DATELINE = frozenset({"title", "option", "script", "style", "select"})
_BEFORE, _AFTER = 60, 80
"""How many elements around the headline a line with a date may stand."""
_ANYWHERE = 20_000
_STRINGS = etree.XPath("descendant::text()", smart_strings=False)
_BLANKS = " \t\r\n\xa0"


class _Text(NamedTuple):
    """A text with a year in it, as long as it is."""

    position: int
    """Place of its element in document order."""
    text: str
    element: HtmlElement
    is_tail: bool
    """Whether it follows the element instead of standing in it."""


class _Line(NamedTuple):
    """A short text with a year in it."""

    text: str
    rank: int
    """DATE or CHANGE of datewords.py."""
    is_before: bool
    """Whether it stands before the headline."""
    source: _Text
    """The text that it is taken from."""


class Around:
    """The texts around a page's headline: walked once, and asked several questions."""

    def __init__(self, material: Material, title: Headline | None) -> None:
        self.material = material
        self.title = title
        self._place = title.position if title and title.position >= 0 else 0

    def written(self) -> Iterator[str]:
        """Yield short texts that are dates and stand around the headline."""
        return self._dates_of(self._near_lines)

    def changes(self) -> Iterator[str]:
        """Yield short texts after the headline that state the day of a change."""
        return self._changes_of(self._near_lines)

    def anywhere(self) -> Iterator[str]:
        """Yield short texts of the whole page that are dates, those of changes last."""
        last = self._place + _ANYWHERE
        lines = list(self._lines(t for t in self._everywhere if t.position <= last))
        yield from self._dates_of(lines)
        yield from self._changes_of(lines)

    def sentences(self) -> Iterator[str]:
        """Yield longer texts with a year in them that follow the headline."""
        for position, text, element, _ in self._near:
            if self._place <= position < self._place + _AFTER:
                line = dateline(text, False)
                is_told = line and rank_of(line) == SENTENCE
                if is_told and not of_others(element, self._spine):
                    yield line

    def labelled(self) -> Iterator[str]:
        """Yield the text that says itself when the page was published, if one does."""
        labelled = (t.text for t in self._everywhere if LABEL.match(t.text))
        found = {text[:DATELINE_CHARS] for text in labelled}
        found = {text for text in found if has_year(text)}
        if len(found) == 1:
            yield from found

    @cached_property
    def strings(self) -> list[str]:
        """All that the page says, one raw string after another, none of them blank."""
        raw = (text.strip(_BLANKS) for text in _STRINGS(self.material.root))
        return [text for text in raw if text]

    @cached_property
    def _spine(self) -> frozenset[HtmlElement]:
        return spine_of(self.title.element if self.title else None)

    @cached_property
    def _near(self) -> list[_Text]:
        first = max(0, self._place - _BEFORE)
        return list(_dated(self.material.root, first, self._place + _AFTER + 1))

    @cached_property
    def _everywhere(self) -> list[_Text]:
        return list(_dated(self.material.root, 0, None))

    @cached_property
    def _near_lines(self) -> list[_Line]:
        return list(self._lines(self._near))

    def _lines(self, texts: Iterable[_Text]) -> Iterator[_Line]:
        """Yield those texts that are no sentences, whosever dates they state."""
        for source in texts:
            position, text, element, is_tail = source
            tag = element.tag
            if tag in _NO_DATELINE:
                continue
            line = dateline(text, not is_tail and tag == "a")
            rank = rank_of(line) if line else SENTENCE
            if rank == SENTENCE:
                continue
            if rank == DATE and not is_tail and is_led(element):
                rank = CHANGE
            yield _Line(line, rank, position < self._place, source)

    def _dates_of(self, lines: Sequence[_Line]) -> Iterator[str]:
        """Yield the dates after the headline, then those before it, nearest first."""
        dates = [line for line in lines if line.rank == DATE]
        after = (line for line in dates if not line.is_before)
        before = (line for line in reversed(dates) if line.is_before)
        return (line.text for line in chain(after, before) if self._is_own(line))

    def _changes_of(self, lines: Iterable[_Line]) -> Iterator[str]:
        changes = (x for x in lines if x.rank == CHANGE and not x.is_before)
        return (line.text for line in changes if self._is_own(line))

    def _is_own(self, line: _Line) -> bool:
        """Whether a line is of no other block, and no piece of a paragraph."""
        _, text, element, is_tail = line.source
        holder = element.getparent() if is_tail else element
        is_whole = line.text == text.strip()
        return not of_others(holder, self._spine) and not (
            is_whole and is_prose(line.text, element, holder)
        )


def _dated(root: HtmlElement, first: int, end: int | None) -> Iterator[_Text]:
    """Yield the texts with a year of the elements from one place to before another."""
    for position, element in enumerate(islice(root.iter("*"), first, end), first):
        text, tail = element.text, element.tail
        if text and not text.isspace() and has_year(text):
            yield _Text(position, text, element, is_tail=False)
        if tail and not tail.isspace() and has_year(tail):
            yield _Text(position, tail, element, is_tail=True)

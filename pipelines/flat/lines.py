"""A text goes in; its lines with their shapes come out: bullets, cells, stops."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipelines.extract.text import fold
from pipelines.extract.text import key as folded_key

_BULLET = re.compile(r"^(?:[-*•·▪■●◦‣›»–—]|\(?\d{1,2}[.)])\s+(?=\S)")
_STOP = re.compile(r"[.!?。！？][\"'”’»“)\]]*(?:\s*\[\d{1,3}\])*$")
_CUT = re.compile(r"(?:\.\.\.|…|\[(?:…|\.\.\.)\])[\"'”’»)\]]*$")
_SENTENCE_END = re.compile(r"[.!?][\"'”’»)\]]*\s+(?=[\"'“‘«„(]*[^\W\d_a-zß-öø-ÿ])")
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_CELLS = re.compile(r"\t| \| | {3,}")
LONG_WORDS = 12
"""A line with a full stop and so many words is a paragraph wherever it stands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of a text that is not empty."""

    number: int
    """Its place in the text, counted from 0, empty lines included."""
    text: str
    """As it stands there, white space folded."""
    content: str
    """The text without the bullet or number of a list."""
    bullet: str
    """That bullet or number; empty without one."""
    key: str
    """The words, folded, for comparison."""
    words: int
    """How many there are."""
    cells: tuple[str, ...]
    """The cells of a table row or of a bar of links; one for any other line."""

    @property
    def is_cut(self) -> bool:
        """Whether it breaks off with an ellipsis, as teasers do."""
        return bool(_CUT.search(self.text))

    @property
    def has_stop(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_STOP.search(self.text)) and not self.is_cut

    @property
    def sentences(self) -> int:
        """How many sentences it seems to hold."""
        return len(_SENTENCE_END.findall(self.text)) + 1

    @property
    def is_paragraph(self) -> bool:
        """Whether it can only be prose: a long sentence, or several."""
        long = self.words >= LONG_WORDS
        ended = self.has_stop or self.text.endswith(":")
        return ended and (long or (self.sentences > 1 and self.words > 5))

    @property
    def is_title(self) -> bool:
        """Whether it could be a title or a link: short, without a full stop."""
        ends = self.text.rstrip("\"'”’»)")[-1:]
        return 0 < self.words <= 30 and ends not in ".!:;," and not self.is_cut

    @property
    def is_capitals(self) -> bool:
        """Whether it is written in capitals only."""
        return self.text.isupper() and self.words > 0


@lru_cache(maxsize=4_096)
def key(text: str) -> str:
    """What two spellings of a line share: its words, folded."""
    return folded_key(text)


@lru_cache(maxsize=2)
def lines_of(text: str) -> tuple[Line, ...]:
    """Cut a text into lines; empty ones are counted and left out.

    Kept while one document is read, since each format's reader asks for them.
    """
    found = []
    for number, raw in enumerate(text.splitlines()):
        folded = fold(raw)
        if folded:
            found.append(line_of(number, raw, folded))
    return tuple(found)


def line_of(number: int, raw: str, folded: str) -> Line:
    """One line, measured."""
    bullet = _BULLET.match(folded)
    content = folded[bullet.end() :] if bullet else folded
    cells = tuple(filter(None, (fold(cell) for cell in _CELLS.split(raw.strip()))))
    return Line(
        number=number,
        text=folded,
        content=content,
        bullet=bullet[0].strip() if bullet else "",
        key=key(folded),
        words=len(_WORD.findall(content)),
        cells=cells,
    )

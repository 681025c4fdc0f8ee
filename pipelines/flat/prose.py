"""The text of a press database's document goes in; its lines labelled come out.

Databases print what the page had, furniture and all: the same rules cut it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .lines import Line, lines_of
from .memory import Memory
from .paragraphs import unwrapped
from .runs import Runs
from .sheet import Labelled, Sheet
from .text_lines import label_text


def label_prose(lines: Sequence[Line], memory: Memory) -> list[Labelled]:
    """Label lines of which it is known that the article's text begins with them."""
    if not lines:
        return []
    rows = [""] * (lines[-1].number + 1)
    for line in lines:
        rows[line.number] = line.text
    sheet = Sheet(lines_of(unwrapped("\n".join(rows), lines, least=2)), memory)
    Runs(sheet, 0).label()
    label_text(sheet, 0)
    return [found for found in sheet.found if found is not None]


def give(lines: Iterable[Line], role: str, rule: str) -> list[Labelled]:
    """Give lines one role."""
    return [Labelled(line=line, role=role, rule=rule) for line in lines]


def said(lines: Iterable[Line]) -> str:
    """The text of lines, as one."""
    return " ".join(line.text for line in lines)

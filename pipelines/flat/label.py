"""Lines and a site's memory go in; the same lines with their roles come out."""

from __future__ import annotations

from .head import label_head
from .lines import lines_of
from .memory import NOTHING, Memory
from .runs import Runs
from .sheet import Labelled, Sheet
from .text_lines import label_text


def label(text: str, memory: Memory = NOTHING) -> tuple[Labelled, ...]:
    """Label every line of a flattened page.

    Args:
        text: The page's text.
        memory: What is known of its site.
    """
    sheet = Sheet(lines_of(text), memory)
    start = label_head(sheet)
    Runs(sheet, start).label()
    label_text(sheet, start)
    return tuple(found for found in sheet.found if found is not None)

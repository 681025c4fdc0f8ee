"""A table element in, its rows out, or the news that it only places things."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from ..tree import text_of

_PROSE_CHARS = 120
_ROWS = 12
"""Rows that are looked at to tell a header row."""
_CELLS = frozenset({"td", "th"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row of a data table."""

    text: str
    """Its cells, separated by " | "."""
    head: bool
    linked: int
    """Characters inside links."""
    links: tuple[tuple[str, str], ...]
    """Target and text of each link, as written."""


def is_layout(table: HtmlElement) -> bool:
    """Whether a table only places things on the page.

    One that holds another table does, one of a single column, and one with a cell of
    several paragraphs: the cells of real tables are short.
    """
    if table.get("role") == "presentation" or table.find(".//table") is not None:
        return True
    if table.find(".//h1") is not None or table.find(".//td[2]") is None:
        return True
    return any(_is_prose(cell) for cell in table.iter("td"))


def _is_prose(cell: HtmlElement) -> bool:
    """Whether a cell holds running text: two long paragraphs or as many breaks."""
    paragraphs = [p for p in cell.iter("p") if _chars(p) >= _PROSE_CHARS]
    breaks = [
        b for b in cell.iter("br") if b.tail and len(b.tail.strip()) >= _PROSE_CHARS
    ]
    return len(paragraphs) + len(breaks) >= 2


def rows(table: HtmlElement) -> Iterator[Row]:
    """Yield the rows that hold any text."""
    cells = [[c for c in row if c.tag in _CELLS] for row in table.iter("tr")]
    headed = _is_headed(cells[:_ROWS])
    for number, row in enumerate(cells):
        texts = [text_of(cell) for cell in row]
        if not any(texts):
            continue
        anchors = [a for cell in row for a in cell.iter("a") if a.get("href")]
        links = tuple((a.get("href") or "", text_of(a, 500)) for a in anchors)
        yield Row(
            text=" | ".join(texts).strip(" |"),
            head=all(c.tag == "th" for c in row) or (headed and number == 0),
            linked=sum(len(text) for _, text in links),
            links=links,
        )


def _is_headed(cells: list[list[HtmlElement]]) -> bool:
    """Whether the first row is a header: bold, or words above figures."""
    if len(cells) < 2 or len(cells[0]) < 2:
        return False
    named = not any(map(_has_digit, cells[0]))
    figures = all(len(row) > 1 and all(map(_has_digit, row[1:])) for row in cells[1:])
    return all(map(_is_bold, cells[0])) or (named and figures)


def _has_digit(cell: HtmlElement) -> bool:
    return any(c.isdigit() for text in cell.itertext() for c in text)


def _is_bold(cell: HtmlElement) -> bool:
    bold = next(cell.iter("b", "strong"), None)
    return bold is not None and _chars(bold) == _chars(cell)


def _chars(element: HtmlElement) -> int:
    return sum(map(len, element.itertext()))

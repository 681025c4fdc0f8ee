"""A copy of the article's region in, the same without furniture out; it is changed."""

from __future__ import annotations

from lxml.html import HtmlElement

from .classes import Role, roles
from .phrases import LINK_LEAD, RELATED_LABEL
from .tree import drop, names_of, text_of

_OUT: frozenset[Role] = frozenset(
    ("related", "share", "newsletter", "comments", "sponsored", "nav", "legal",
     "footer")
)  # fmt: skip
_BOXES = (
    "div",
    "section",
    "aside",
    "ul",
    "ol",
    "p",
    "nav",
    "footer",
    "form",
    "span",
    "figure",
)
_LABELS = ("h2", "h3", "h4", "h5", "h6", "p", "div", "strong", "b", "span")
_WORDY: frozenset[Role] = frozenset(("related", "comments"))
"""Furniture that may hold prose of its own."""
_MAX_PROSE = 300
"""Characters outside links that other furniture may hold."""
_MAX_SHARE = 0.3
"""No box that holds more of the region's text than this goes for its name alone."""
_LINKED = 0.7
_SUBHEAD_CHARS = 90
_ROWS = 12


def prune(root: HtmlElement) -> None:
    """Take furniture out of a tree: named boxes, labels, lines of links.

    What trafilatura would misread is put into the shape that it reads right.
    """
    _free_quotes(root)
    _unwrap_layout(root)
    for table in root.iter("table"):
        _mark_header(table)
    for element in list(root.iter("b", "strong")):
        _promote(element)
    whole = _chars(root)
    for element in list(root.iter(*_BOXES)):
        hints = roles(names_of(element)) & _OUT
        if hints and _is_furniture(element, hints, whole):
            drop(element)
    for element in list(root.iter(*_LABELS)):
        _drop_label(element)
    for element in list(root.iter("p", "li", "div", "h4", "h3")):
        if _points_elsewhere(element):
            drop(element)


def _is_furniture(element: HtmlElement, hints: frozenset[Role], whole: int) -> bool:
    """Whether a box is what its name says: not most of the text, nor prose."""
    chars = _chars(element)
    if chars > _MAX_SHARE * whole:
        return False
    return bool(hints & _WORDY) or chars - _linked(element) <= _MAX_PROSE


def _free_quotes(root: HtmlElement) -> None:
    """Turn figures that hold a quotation or a table into plain containers.

    trafilatura takes every figure for a picture.
    """
    for figure in list(root.iter("figure")):
        if figure.find(".//blockquote") is not None and figure.find(".//img") is None:
            figure.tag = "div"
            for caption in list(figure.iter("figcaption")):
                drop(caption)


def _unwrap_layout(root: HtmlElement) -> None:
    """Turn tables that only place things on the page into plain containers.

    A table is one of those if it holds another table or if a cell of it holds
    paragraphs; the cells of real tables are short.
    """
    layout = [table for table in root.iter("table") if _is_layout(table)]
    for table in layout:
        for part in list(
            table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th")
        ):
            if next(part.iterancestors("table"), table) in layout or part is table:
                part.tag = "div"


def _is_layout(table: HtmlElement) -> bool:
    if table.get("role") == "presentation" or table.find(".//table") is not None:
        return True
    return any(_is_prose(cell) for cell in table.iter("td"))


def _is_prose(cell: HtmlElement) -> bool:
    """Whether a cell holds running text: two long paragraphs or as many breaks."""
    paragraphs = [p for p in cell.iter("p") if _chars(p) >= 120]
    breaks = [b for b in cell.iter("br") if b.tail and len(b.tail.strip()) >= 120]
    return len(paragraphs) + len(breaks) >= 2


def _mark_header(table: HtmlElement) -> None:
    """Make header cells of a first row that is bold, or words above figures."""
    rows = [list(row.iterchildren("td")) for row in list(table.iter("tr"))[:_ROWS]]
    if len(rows) < 2 or len(rows[0]) < 2:
        return
    named = not any(_has_digit(cell) for cell in rows[0])
    figures = all(len(row) > 1 and all(map(_has_digit, row[1:])) for row in rows[1:])
    if all(map(_is_bold, rows[0])) or (named and figures):
        for cell in rows[0]:
            cell.tag = "th"


def _has_digit(cell: HtmlElement) -> bool:
    return any(c.isdigit() for text in cell.itertext() for c in text)


def _is_bold(cell: HtmlElement) -> bool:
    bold = next(cell.iter("b", "strong"), None)
    return bold is not None and _chars(bold) == _chars(cell)


def _promote(bold: HtmlElement) -> None:
    """Make a subhead of a line that is bold as a whole and ends no sentence."""
    text = "".join(bold.itertext()).strip()
    if not 3 <= len(text) <= _SUBHEAD_CHARS or text[-1] in ".,;:!?…”\"')":
        return
    parent, before, after = bold.getparent(), bold.getprevious(), bold.getnext()
    if (bold.tail or "").strip() or parent is None:
        return
    alone = before is None and after is None and not (parent.text or "").strip()
    if alone and parent.tag == "p" and parent.getnext() is not None:
        parent.tag, bold.tag = "h2", "span"
    elif _is_break(before) and _is_break(after) and not (before.tail or "").strip():
        bold.tag = "h2"


def _is_break(element: HtmlElement | None) -> bool:
    return element is not None and element.tag == "br"


def _drop_label(element: HtmlElement) -> None:
    """Drop a label such as "Related content" and the list of links it announces."""
    if len(element) > 3 or _chars(element) > 60:
        return
    text = text_of(element, 100)
    if not RELATED_LABEL.match(text):
        return
    follower = element.getnext()
    if follower is not None and _is_links(follower):
        drop(follower)
        drop(element)
    elif follower is None and element.tag in ("h2", "h3", "h4", "h5", "h6"):
        parent = element.getparent()
        after = parent.getnext() if parent is not None else None
        if after is not None and _is_links(after):
            drop(after)
            drop(element)


def _is_links(element: HtmlElement) -> bool:
    """Whether an element holds hardly anything but links."""
    whole = _chars(element)
    return (
        _linked(element) > 0 and _linked(element) >= _LINKED * whole and whole < 3_000
    )


def _points_elsewhere(element: HtmlElement) -> bool:
    """Whether an element is one line that leads to another article."""
    first = element.text or (element[0].text if len(element) else "") or ""
    if not first.strip() and len(element) and len(element[0]):
        first = element[0][0].text or ""
    if not first.strip() or _chars(element) > 250:
        return False
    text = text_of(element, 300)
    return bool(LINK_LEAD.match(text)) and _linked(element) >= 0.5 * len(text)


def _chars(element: HtmlElement) -> int:
    return sum(map(len, element.itertext()))


def _linked(element: HtmlElement) -> int:
    return sum(len(t) for a in element.iter("a") for t in a.itertext())

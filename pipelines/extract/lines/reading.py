"""A parsed page in, its text lines in reading order and the boxes around them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement

from archive.records import BlockKind

from ..classes import Role, roles
from ..tree import names_of
from .layout import Box, Layout, Leaf
from .tables import is_layout, rows

BOXES = frozenset(
    ("body", "div", "section", "article", "main", "aside", "header", "footer", "nav",
     "form", "fieldset", "ul", "ol", "li", "dl", "dt", "dd", "menu", "table", "caption",
     "thead", "tbody", "tfoot", "tr", "td", "th", "p", "h1", "h2", "h3", "h4", "h5",
     "h6", "blockquote", "figure", "figcaption", "center", "details", "summary",
     "address", "pre", "noscript", "hgroup", "dir", "frameset", "noframes")
)  # fmt: skip
"""Elements that begin and end a line."""
CONTROLS = frozenset({"button", "select", "option", "textarea", "label", "datalist"})
"""Elements whose text is the page's, never the article's."""
_SUBHEADS = {f"h{n}": max(n, 2) for n in range(1, 7)}
_NO_HINTS: frozenset[Role] = frozenset()
_APART: frozenset[Role] = frozenset(
    ("related", "share", "newsletter", "comments", "sponsored", "nav", "legal",
     "footer", "caption", "credit")
)  # fmt: skip
"""Roles by which even an inline element is a box, read apart from the line it is in."""
_UNSEEN = re.compile(r"display\s*:\s*none", re.I)
_LINKED, _BOLD, _BREAK = 1, 2, 4
_MAX_DEPTH = 180
"""Deeper elements are read without boxes; Python's recursion stops at 1,000."""
_ANCHORS = frozenset("#¶§🔗⚓")
"""Texts of links that headings carry to themselves."""
_SOFT_HYPHEN = "\xad"
"""Where a word may be parted; no part of the word."""
_SENTENCE_END = tuple(".!?…:。")
_CLOSERS = "'\"’”»)]"
_LINE_CHARS = 60
"""A line this long before a break is wrapped, unless it ends a sentence."""
_BOLD_SHARE = 0.95
_MIN_CHARS = 60
_MIN_OWN_CHARS = 40
"""Running text has so many characters in all and outside links."""


@dataclass(slots=True)
class _Line:
    """Text that is being collected until the line ends."""

    pieces: list[str]
    marks: list[int]
    links: list[tuple[str, list[str]]]
    marked: int = 0
    """All marks of its pieces."""


def read_layout(body: HtmlElement) -> Layout:
    """Read a page's body."""
    reader = _Reader()
    reader.read(body, None, 0)
    for leaf in reader.leaves:
        leaf.running = _running(leaf)
        leaf.box.chars += leaf.chars
        leaf.box.linked += leaf.linked
        leaf.box.running += leaf.running
    for box in reversed(reader.boxes):
        parent = box.parent
        if parent is not None:
            parent.chars += box.chars
            parent.linked += box.linked
            parent.running += box.running
    return Layout(boxes=reader.boxes, leaves=reader.leaves)


def _running(leaf: Leaf) -> int:
    """Characters of a leaf that are running text, not a label, a title or a link."""
    if leaf.kind in ("subhead", "table_row") or leaf.chars < _MIN_CHARS:
        return 0
    own = leaf.chars - leaf.linked
    return own if own >= _MIN_OWN_CHARS else 0


class _Reader:
    """Walks a tree once and writes down its boxes and leaves."""

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.leaves: list[Leaf] = []
        self.line = _Line([], [], [])
        self.mark = 0
        self.href = ""

    def read(self, element: HtmlElement, parent: Box | None, depth: int) -> None:
        """Read an element as a box."""
        tag = element.tag
        kind, level = _kind(element, tag, parent)
        hints, boxes, leaves = _hints(element, tag), self.boxes, self.leaves
        box = Box(element, tag, hints, parent, kind, level, len(boxes), len(leaves))
        boxes.append(box)
        if parent is not None:
            parent.inner.append(box)
        if tag == "table" and not is_layout(element):
            self._table(element, box)
        else:
            self._inside(element, box, depth)
            if self.line.pieces:
                self._flush(box)
        box.last, box.end = len(boxes), len(leaves)

    def _inside(self, element: HtmlElement, box: Box, depth: int) -> None:
        """Read what an element holds into the line, or as boxes of their own."""
        if depth > _MAX_DEPTH:
            self._flat(element, box)
            return
        if text := element.text:
            self._put(text)
        for child in element:
            tag = child.tag
            if tag in BOXES:
                if self.line.pieces:
                    self._flush(box)
                self.read(child, box, depth + 1)
            elif tag == "br":
                self._put("", _BREAK)
            elif tag in CONTROLS or (tag != "a" and _is_apart(child)):
                self._apart(child, box, depth + 1)
            else:
                self._inline(child, tag, box, depth + 1)
            if tail := child.tail:
                self._put(tail)

    def _inline(self, element: HtmlElement, tag: str, box: Box, depth: int) -> None:
        mark, href = self.mark, self.href
        if tag == "a" and (target := element.get("href")):
            if box.kind == "subhead" and (element.text or "").strip() in _ANCHORS:
                return
            self.mark |= _LINKED
            self.href = target
            self.line.links.append((target, []))
        elif tag in ("b", "strong"):
            self.mark |= _BOLD
        self._inside(element, box, depth)
        self.mark, self.href = mark, href

    def _flat(self, element: HtmlElement, box: Box) -> None:
        """Read what lies too deep: its lines, without the boxes around them."""
        for event, node in etree.iterwalk(element, events=("start", "end")):
            if node.tag in BOXES or node.tag == "br":
                self._flush(box)
            if event == "end" and node is element:
                return
            if piece := node.text if event == "start" else node.tail:
                self._put(piece)

    def _apart(self, element: HtmlElement, box: Box, depth: int) -> None:
        """Read an element as a box while the line around it goes on after it."""
        line, self.line = self.line, _Line([], [], [])
        self.read(element, box, depth)
        self.line = line

    def _put(self, text: str, mark: int = 0) -> None:
        line = self.line
        if not line.pieces and not mark and text.isspace():
            return
        mark |= self.mark
        line.pieces.append(text)
        line.marks.append(mark)
        line.marked |= mark
        if mark & _LINKED and line.links:
            line.links[-1][1].append(text)

    def _flush(self, box: Box) -> None:
        """End the line; it is a leaf, or several where there are breaks in it."""
        line = self.line
        if not line.pieces:
            return
        self.line = _Line([], [], [])
        if self.mark & _LINKED:
            self.line.links.append((self.href, []))
        if not (line.marked or line.links):
            if text := _folded(line.pieces):
                self.leaves.append(Leaf(box, box.kind, box.level, text))
            return
        lines = list(_lines(line))
        links = tuple([(href, _folded(texts)) for href, texts in line.links])
        broken = len(lines) > 1
        for text, linked, bold in lines:
            own = links
            if broken:
                own = tuple(link for link in links if link[1] and link[1] in text)
            leaf = Leaf(box, box.kind, box.level, text, linked, bold, own, broken)
            self.leaves.append(leaf)

    def _table(self, element: HtmlElement, box: Box) -> None:
        for row in rows(element):
            leaf = Leaf(box=box, kind="table_row", level=int(row.head), text=row.text)
            leaf.linked, leaf.links = row.linked, row.links
            self.leaves.append(leaf)


def _hints(element: HtmlElement, tag: str) -> frozenset[Role]:
    """Return what an element's names and attributes say of it."""
    names = names_of(element)
    if tag in _SUBHEADS and "-" in (element.get("id") or ""):
        names = element.get("class") or ""  # such an id repeats the heading's words
    hints = roles(names) if names else _NO_HINTS
    style = element.get("style")
    unseen = style is not None and _UNSEEN.search(style) is not None
    if unseen or element.get("hidden") is not None:
        return hints | {"hidden"}
    return hints


def _is_apart(element: HtmlElement) -> bool:
    """Whether an inline element has a name by which it is no part of its line."""
    if not element.get("class"):
        return False
    return not roles(names_of(element)).isdisjoint(_APART)


def _kind(element: HtmlElement, tag: str, parent: Box | None) -> tuple[BlockKind, int]:
    """Return the kind and level of the lines directly inside an element."""
    if parent is None:
        return "paragraph", 0
    kind, level = parent.kind, parent.level
    if tag in _SUBHEADS:
        return "subhead", _SUBHEADS[tag]
    if tag == "li":
        above = element.getparent()
        numbered = above is not None and above.tag == "ol"
        depth = level + 1 if kind.endswith("item") else 0
        return ("numbered_item" if numbered else "list_item"), depth
    if tag == "blockquote" and kind == "paragraph":
        return "quote", 0
    return kind, level


def _folded(pieces: list[str]) -> str:
    """Return the pieces on one line; the parser has taken controls out already."""
    return " ".join("".join(pieces).replace(_SOFT_HYPHEN, "").split())


def _lines(line: _Line) -> Iterator[tuple[str, int, bool]]:
    """Yield text, linked characters and boldness of each line, wrapped ones joined."""
    if not line.marked & _BREAK:
        part = _part(line.pieces, line.marks)
        if part[0]:
            yield part
        return
    cuts = [n for n, mark in enumerate(line.marks) if mark & _BREAK]
    last: tuple[str, int, bool] | None = None
    for before, after in pairwise((-1, *cuts, len(line.marks))):
        span = slice(before + 1, after)
        part = _part(line.pieces[span], line.marks[span])
        if last is None or (part[0] and _ends(last[0], part[0])) or not part[0]:
            if last is not None:
                yield last
            last = part if part[0] else None
        else:
            last = (f"{last[0]} {part[0]}", last[1] + part[1], last[2] and part[2])
    if last is not None:
        yield last


def _part(pieces: list[str], marks: list[int]) -> tuple[str, int, bool]:
    """Return text, linked characters and boldness of one line."""
    text = _folded(pieces)
    if len(pieces) == 1:
        mark = marks[0]
        return text, len(text) if mark & _LINKED else 0, bool(mark & _BOLD)
    linked = bold = 0
    for piece, mark in zip(pieces, marks, strict=True):
        if mark:
            size = len(piece.strip())
            linked += size * (mark & _LINKED)
            bold += size * ((mark & _BOLD) >> 1)
    return text, min(linked, len(text)), bold >= len(text) * _BOLD_SHARE


def _ends(line: str, following: str) -> bool:
    """Whether a line before a break is a paragraph of its own, not a wrapped one."""
    if following[0].islower():
        return False
    return len(line) < _LINE_CHARS or line.rstrip(_CLOSERS).endswith(_SENTENCE_END)

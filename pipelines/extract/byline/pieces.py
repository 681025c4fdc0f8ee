"""A heading in, the strings that stand beside it out, with the elements they are in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from ..text import fold
from .byline_words import AFTER, BEFORE, LONG_TEXT


class Piece(NamedTuple):
    """One string beside the headline and the element that it belongs to."""

    text: str
    owner: HtmlElement


def pieces_by(heading: HtmlElement) -> Iterator[Piece]:
    """Yield the strings after the heading to the first paragraph, then those before."""
    paragraphs = 0
    for count, (element, text) in enumerate(_after(heading)):
        paragraphs += len(text) > LONG_TEXT
        if count > 2 * AFTER or paragraphs > 1:
            break
        if text:
            yield Piece(text, element)
    node: HtmlElement | None = heading
    for _ in range(BEFORE):
        node = None if node is None else previous(node)
        if node is None or node.tag in ("body", "head"):
            return
        if isinstance(node.tag, str) and (text := fold(node.text or "")):
            yield Piece(text[:400], node)


def _after(heading: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Yield what follows a heading in document order, with the element it is in."""
    node = heading
    while (parent := node.getparent()) is not None and node.tag != "body":
        if node.tail:
            yield parent, fold(node.tail[:1000])
        for sibling in node.itersiblings():
            yield from _within(sibling)
            if sibling.tail:
                yield parent, fold(sibling.tail[:1000])
        node = parent


def _within(element: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the strings inside an element, in order, with the element each is in."""
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            text = node.text
            yield node, fold(text[:1000]) if text else ""
        elif node is not element and node.tail:
            parent = node.getparent()
            yield (node if parent is None else parent), fold(node.tail[:1000])


def previous(node: HtmlElement) -> HtmlElement | None:
    """Return the element before a node in document order, innermost last one first."""
    before = node.getprevious()
    return node.getparent() if before is None else last_in(before)


def last_in(node: HtmlElement) -> HtmlElement:
    """Return the last element within a node in document order; itself where empty."""
    while len(node):
        node = node[-1]
    return node

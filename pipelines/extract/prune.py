"""A copy of the article's region in, the same without furniture out; it is changed."""

from __future__ import annotations

from collections.abc import Iterable

from lxml.html import HtmlElement

from .classes import Role, roles
from .phrases import LINK_LEAD, RELATED_LABEL
from .tree import drop, names_of, select_all, text_of

_OUT: frozenset[Role] = frozenset(
    ("related", "share", "newsletter", "comments", "sponsored", "nav", "legal", "footer")
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


def prune(root: HtmlElement, removals: Iterable[str]) -> None:
    """Take furniture out of a tree: removals, named boxes, lines of links."""
    for element in select_all(root, removals):
        drop(element)
    _free_quotes(root)
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


def _is_furniture(
    element: HtmlElement, hints: frozenset[Role], whole: int
) -> bool:
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
        0 < _linked(element) and _linked(element) >= _LINKED * whole and whole < 3_000
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

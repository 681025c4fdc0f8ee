"""A page's text in, one parsed tree out, and the few questions all steps ask of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HtmlProcessingInstruction

from .text import fold, storable

_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r")) + b"\x7f"
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_NONCHARACTER = re.compile(rb"\xef(?:\xbf[\xbe\xbf]|\xbb\xbf)")
"""U+FFFE, U+FFFF and the byte order mark."""
_CONTROL_REFERENCE = re.compile(
    rb"&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|7f|d[89a-f][0-9a-f]{2}|fff[ef])"
    rb"|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|127))(?![0-9a-f]);?",
    re.I,
)
_PAGE_END = re.compile(rb"</(?:body|html)\b[^<>]*>", re.I)
_NAMES_CHARS = 300
_SPACING = frozenset({"br", "p", "div", "li", "td", "th", "tr", "h1", "h2", "h3"})


def _parser() -> etree.HTMLParser:
    """Return a parser that asks no Python code for each node's class.

    lxml.html's own lookup costs a call a node; this one gives the same classes.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    parser.set_element_class_lookup(
        etree.ElementDefaultClassLookup(
            element=HtmlElement,
            comment=HtmlComment,
            entity=HtmlEntity,
            pi=HtmlProcessingInstruction,
        )
    )
    return parser


_PARSER = _parser()


def _parsable(text: str) -> bytes:
    """Return the text's bytes without what lxml would stumble over.

    Control characters: trafilatura sets texts again, and lxml refuses them when it
    does. Early ends of body and page: libxml2 drops what follows, browsers show it.
    """
    data = text.encode("utf-8", "replace").translate(None, _CONTROLS)
    if b"\xc2" in data:
        data = _C1.sub(_readable, data)
    if b"\xef" in data:
        data = _NONCHARACTER.sub(b"", data)
    data = _PAGE_END.sub(b"", data)
    return _CONTROL_REFERENCE.sub(b"", data) if b"&#" in data else data


def _readable(control: re.Match[bytes]) -> bytes:
    """Return a C1 control as `text.storable` has it."""
    return storable(control[0].decode("utf-8")).encode("utf-8")


def parse(text: str) -> HtmlElement | None:
    """Return the root element; None where there is nothing to parse."""
    data = _parsable(text)
    if not data.strip():
        return None
    try:
        root = etree.fromstring(data, _PARSER)
    except (etree.LxmlError, ValueError):
        return None
    return root if root is not None and isinstance(root.tag, str) else None


@lru_cache(maxsize=4096)
def _selector(css: str) -> CSSSelector | None:
    """Compile a CSS selector once; None if it is not one."""
    try:
        return CSSSelector(css, translator="html")
    except (SelectorError, etree.XPathError):
        return None


def select(root: HtmlElement, selectors: Iterable[str]) -> list[HtmlElement]:
    """Return the elements of the first selector that finds any."""
    for css in selectors:
        chosen = _selector(css)
        found = chosen(root) if chosen is not None else []
        if found:
            return list(found)
    return []


def text_of(element: HtmlElement, limit: int = 20_000) -> str:
    """Return the element's text on one line, blocks and breaks kept apart."""
    if not len(element):
        return fold((element.text or "")[:limit])
    return fold("".join(_pieces(element, limit)))


def _pieces(element: HtmlElement, limit: int) -> Iterator[str]:
    """Yield the strings of an element, with a space where a block begins or ends."""
    left = limit
    for event, node in etree.iterwalk(element, events=("start", "end")):
        piece = node.text if event == "start" else node.tail
        if node.tag in _SPACING:
            yield " "
        if event == "end" and node is element:
            return
        if piece:
            yield piece[:left]
            left -= len(piece)
            if left <= 0:
                return


def names_of(element: HtmlElement) -> str:
    """Return the class and id names of an element, for `classes.roles`."""
    names, identity = element.get("class"), element.get("id")
    if identity is None:
        return names[:_NAMES_CHARS] if names else ""
    return f"{names or ''} {identity}"[:_NAMES_CHARS]


def drop(element: HtmlElement) -> None:
    """Take an element out of its tree, keeping the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)


def select_all(root: HtmlElement, selectors: Iterable[str]) -> list[HtmlElement]:
    """Return the elements of every selector."""
    chosen = (_selector(css) for css in selectors)
    return [e for selector in chosen if selector is not None for e in selector(root)]

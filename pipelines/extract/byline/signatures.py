"""A page's tree in, the bylines that it shows away from its headline out.

Labelled lines anywhere on the page, a name in the last line below the text, and the
only person to whose page the links lead.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from ..classes import roles
from ..text import fold, key
from ..tree import names_of, text_of
from .byline_words import (
    AUTHOR_PAGE,
    BY_NAMES,
    LABEL,
    LABELLED,
    LONG_TEXT,
    SHARED,
    may_label,
)
from .bylines import posted_by
from .people import is_full_name, kind_of, people

_HOLDERS = (
    "p", "div", "span", "em", "i", "strong", "b", "h2", "h3", "h4", "h5", "small",
    "cite", "td", "li", "a", "br", "time",
)  # fmt: skip
"""Elements whose own strings may be a byline."""
_RIGHTS = re.compile(r"^©\s*(?:(?:19|20)\d\d\b)?")
_RIGHT = re.compile(r"\bright\b")
_MOST_BREAKS = 4
_MOST_LINE_CHARS = 400
_MOST_NAME_WORDS = 4
_MOST_NAME_CHARS = 60
_SIGNING = frozenset({"p", "em", "i", "strong", "b"})
_LINES = frozenset({"p", "div", "td", "li", "section", "article", "body"})


def signed(root: HtmlElement) -> list[str]:
    """Return the names of the first line of the page that a label makes a byline."""
    signature = ""
    for element in root.iter(*_HOLDERS):
        own, after, name = element.text, element.tail, ""
        if own and not own.isspace():
            name = _labelled_by(element, own, is_tail=False)
        if not name and after and not after.isspace():
            name = _labelled_by(element, after, is_tail=True)
        if name and not in_comments(element):
            return [name]
        if not signature and element.tag in _SIGNING:
            signature = _signature(element)
    return [signature] if signature else []


def _labelled_by(element: HtmlElement, text: str, *, is_tail: bool) -> str:
    """Return the names that an element's text, or what follows it, says it is by."""
    if len(text) >= _MOST_LINE_CHARS or not may_label(text):
        return ""
    line = fold(text)
    match = LABELLED.match(line)
    names = match.group(1) if match else _whole(line) or posted_by(line)
    return names or _next(element, line, is_tail)


def _next(element: HtmlElement, line: str, is_tail: bool) -> str:
    """Return the name in the string after one that is only a label."""
    if not LABEL.match(line):
        return ""
    name, holder = _following(element, is_tail)
    if kind_of(name) == "organisation":
        return ""
    is_label = line.endswith((":", "："))
    if is_tail and not is_label:
        return ""
    is_marked = is_label or line.endswith("y") or element.tag in ("strong", "b")
    if is_full_name(name) and (is_marked or _is_all(element, f"{line} {name}")):
        return name
    return name if holder is not None and _is_person_link(holder) else ""


def _following(element: HtmlElement, is_tail: bool) -> tuple[str, HtmlElement | None]:
    """Return the next string after an element's text or tail, and who holds it."""
    inside = () if is_tail else islice(element.iterdescendants(), _MOST_BREAKS)
    start = [(node, node.text) for node in inside]
    after = [] if is_tail else [(None, element.tail)]
    for sibling in islice(element.itersiblings(), _MOST_BREAKS):
        after += [(node, node.text) for node in islice(sibling.iter(), _MOST_BREAKS)]
        after.append((None, sibling.tail))
    for holder, text in (*start, *after):
        name = fold((text or "")[:80]).strip(" ,;:|")
        if name:
            return name, holder
    return "", None


def _is_all(element: HtmlElement, words: str) -> bool:
    """Whether the line that an element stands in holds these words and no others."""
    return key(text_of(_block(element), 200)) == key(words)


def _block(element: HtmlElement) -> HtmlElement:
    """Return the element of a line's own that encloses another, or is it."""
    block = element
    while block.tag not in _LINES and (parent := block.getparent()) is not None:
        block = parent
    return block


def _is_person_link(element: HtmlElement) -> bool:
    """Whether an element is a link to the page of somebody with a short name."""
    href = element.get("href") or ""
    return (
        element.tag == "a"
        and AUTHOR_PAGE.search(href) is not None
        and SHARED.search(href) is None
        and len(text_of(element, 60).split()) <= _MOST_NAME_WORDS
    )


def _signature(element: HtmlElement) -> str:
    """Return the name that an element is in the last line below an article's text."""
    start = (element.text or "").lstrip(" –—-©\n\t\xa0")
    is_odd = not start and element.tag != "p"
    if is_odd or len(start) > _MOST_NAME_CHARS or start[:1].islower():
        return ""
    line = text_of(element, 2 * _MOST_NAME_CHARS)
    name = _RIGHTS.sub("", line).strip(" –—-")
    if not is_full_name(name) or kind_of(name) != "person":
        return ""
    block = _block(element)
    before, after = block.getprevious(), block.getnext()
    is_last = after is None or after.tag not in ("p", "ul", "ol", "blockquote")
    signs = (
        key(text_of(block, 200)) == key(line)
        and before is not None
        and before.tag == "p"
        and len(text_of(before, 400)) >= LONG_TEXT
        and (is_last or _RIGHT.search(_shape(block)) is not None)
        and not in_comments(block)
    )
    return name if signs else ""


def _shape(element: HtmlElement) -> str:
    """Return what an element says of its place on the line."""
    return f"{element.get('align')} {element.get('style')} {element.get('class')}"


def profiled(root: HtmlElement) -> list[str]:
    """Return the only person to whose page links outside readers' comments lead."""
    found: dict[str, str] = {}
    for link in root.iter("a"):
        href = link.get("href") or ""
        if "/author" not in href or not AUTHOR_PAGE.search(href):
            continue
        if SHARED.search(href):
            continue
        text = text_of(link, 60)
        if is_full_name(text):
            found.setdefault(href.rstrip("/").rsplit("/", 1)[-1], text)
    return list(found.values()) if len(found) == 1 else []


def _whole(line: str) -> str:
    """Return the names of a line that is a byline and nothing else."""
    match = BY_NAMES.match(line)
    if match is None or match.end() < len(line) - 1:
        return ""
    names = people([match.group(1)], frozenset())
    return "" if any(kind_of(n) == "organisation" for n in names) else match.group(1)


def in_comments(element: HtmlElement) -> bool:
    """Whether an element stands among readers' comments."""
    enclosing = (element, *element.iterancestors())
    return any(
        "comments" in roles(names_of(e))
        for e in enclosing
        if e.tag not in ("html", "body", "main")
    )

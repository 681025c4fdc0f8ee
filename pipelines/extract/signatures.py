"""A page's tree in, the bylines that it shows away from its headline out.

Labelled lines anywhere on the page, a name in the last line below the text, and the
only person to whose page the links lead.
"""

from __future__ import annotations

from lxml.html import HtmlElement

from .bylines import AUTHOR_PAGE, BY, BY_NAMES, LABEL, LABELLED, LONG_TEXT, SHARED
from .classes import roles
from .people import is_full_name
from .text import fold
from .tree import names_of, text_of

_SIGNING = frozenset({"p", "em", "i", "strong", "b"})
_LINES = frozenset({"p", "div", "td", "li", "section", "article", "body"})


def signed(root: HtmlElement) -> list[str]:
    """Return the names of the first line of the page that a label makes a byline."""
    signature = ""
    for element in root.iter("p", "div", "span", "em", "i", "strong", "b", "h4", "h5"):
        name = _labelled_by(element)
        if name and not in_comments(element):
            return [name]
        if not signature and element.tag in _SIGNING and _is_signature(element):
            signature = fold(element.text or "")
    return [signature] if signature else []


def _labelled_by(element: HtmlElement) -> str:
    """Return the names that an element's own strings say it is by."""
    for text in (element.text, element.tail):
        if not text or len(text) >= 400 or not BY.search(text[:90]):
            continue
        line = fold(text)
        match = LABELLED.match(line)
        names = match.group(1) if match else _whole(line) or _next(element, line)
        if names:
            return names
    return ""


def _next(element: HtmlElement, line: str) -> str:
    """Return the name in the string after one that is only a label."""
    if not line.rstrip().endswith((":", "y")) and element.tag not in ("strong", "b"):
        return ""
    if line != fold(element.text or "") or not LABEL.match(line):
        return ""
    after = element[0].text if len(element) else element.tail
    name = fold((after or "")[:60]).strip(" ,;:|")
    return name if is_full_name(name) else ""


def _is_signature(element: HtmlElement) -> bool:
    """Whether an element is a name in the last line below an article's text."""
    text = element.text
    if not text or not 5 < len(text) < 60:
        return False
    name = fold(text)
    if not is_full_name(name):
        return False
    block = element
    while block.tag not in _LINES:
        parent = block.getparent()
        if parent is None:
            return False
        block = parent
    before, after = block.getprevious(), block.getnext()
    return (
        fold("".join(block.itertext())[:200]) == name
        and before is not None
        and before.tag == "p"
        and len(text_of(before, 400)) >= LONG_TEXT
        and (after is None or after.tag not in ("p", "ul", "ol", "blockquote"))
        and not in_comments(block)
    )


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
    return match.group(1) if match and match.end() >= len(line) - 1 else ""


def in_comments(element: HtmlElement) -> bool:
    """Whether an element stands among readers' comments."""
    enclosing = (element, *element.iterancestors())
    return any(
        "comments" in roles(names_of(e))
        for e in enclosing
        if e.tag not in ("html", "body", "main")
    )

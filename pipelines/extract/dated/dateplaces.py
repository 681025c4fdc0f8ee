"""Elements that hold a date in, whether it is the page's own date out."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from ..classes import Role, roles
from ..survey import in_furniture
from ..tree import names_of, text_of
from .datewords import DATELINE_CHARS, LED, LONG_WORD, has_year

_LEAD_DEPTH, _LEAD_CHARS = 2, 60
_LISTED = 6
"""How many items of a list are looked at."""
_BOX_DEPTH, _SMALL_CHARS, _TITLE_CHARS = 12, 240, 28
_PARAGRAPHS = frozenset({"p", "div", "li", "dd", "blockquote", "td"})
_INLINE = frozenset(
    ("a", "abbr", "b", "cite", "em", "font", "i", "mark", "q", "s", "small", "span",
     "strong", "sub", "sup", "time", "u")
)  # fmt: skip
_CHILDREN = 100
"""How many pieces of a paragraph are looked at."""
_FACT_WORDS = 8
"""How many words a line of facts holds that ends like a sentence."""
_ENDED = re.compile(r"[.!?…。][\"'”’»)]*$")
_OPENING_WORDS = 3
"""How many words a date may have around it at the beginning of a paragraph."""
_FACT_DEPTH = 2
"""How many levels around a date hold nothing but facts."""
_OTHERS = frozenset({"nav", "noscript", "template", "blockquote"})
_OTHERS_ROLES: frozenset[Role] = frozenset(("related", "comments", "newsletter", "nav"))
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})


def of_others(element: HtmlElement | None, spine: frozenset[HtmlElement]) -> bool:
    """Whether a date stands in a link, list or block of others, or in furniture.

    A small block without a heading or a title to click on holds facts of the page's
    own article, whatever its class says.
    """
    if element is None or in_title_link(element) or is_listed(element):
        return True
    if next(element.iterancestors("blockquote"), None) is not None:
        return True
    if not in_furniture(element, spine):
        return False
    box = element
    for _ in range(_BOX_DEPTH):
        if "comments" in roles(names_of(box)):
            return True
        parent = box.getparent()
        if parent is None or not in_furniture(parent, spine):
            return not _is_small(box)
        box = parent
    return True


def is_fact(element: HtmlElement, spine: frozenset[HtmlElement]) -> bool:
    """Whether a date stands among facts, in no block of other posts."""
    if in_title_link(element) or is_listed(element):
        return False
    node, level = element.getparent(), 0
    while node is not None and node not in spine:
        if node.tag in _OTHERS or roles(names_of(node)) & _OTHERS_ROLES:
            return False
        if level < _FACT_DEPTH and not _is_small(node):
            return False
        node, level = node.getparent(), level + 1
    return True


def in_title_link(element: HtmlElement) -> bool:
    """Whether an element is part of a link whose text is a title, so another's."""
    link = element if element.tag == "a" else next(element.iterancestors("a"), None)
    return link is not None and not is_short(link, _TITLE_CHARS)


def is_listed(element: HtmlElement) -> bool:
    """Whether a date stands in a list whose items each have one: those of posts."""
    item = next(element.iterancestors("li"), None)
    parent = item.getparent() if item is not None else None
    items = islice(parent.iterchildren("li"), _LISTED) if parent is not None else ()
    return sum(has_year(text_of(li, DATELINE_CHARS)) for li in items) > 2


def _is_small(box: HtmlElement) -> bool:
    """Whether a block holds a few facts and nothing to read or to go to."""
    if not is_short(box, _SMALL_CHARS):
        return False
    if any(node.tag in _HEADINGS for node in box.iter("*")):
        return False
    return all(is_short(link, _TITLE_CHARS) for link in box.iter("a"))


def is_short(element: HtmlElement, limit: int) -> bool:
    """Whether an element shows at most so many characters."""
    if not len(element):
        return len((element.text or "").strip()) <= limit
    chars = 0
    for text in element.itertext():
        chars += len(text.strip())
        if chars > limit:
            return False
    return True


def is_led(element: HtmlElement) -> bool:
    """Whether the words in front of an element say that a day of a change follows."""
    for _ in range(_LEAD_DEPTH):
        previous, parent = element.getprevious(), element.getparent()
        if previous is not None:
            short = is_short(previous, _LEAD_CHARS)
            lead = (previous.tail or "").strip() or (text_of(previous) if short else "")
        else:
            lead = (parent.text or "").strip() if parent is not None else ""
        if lead or parent is None or previous is not None:
            return LED.search(lead[-_LEAD_CHARS:]) is not None
        element = parent
    return False


def is_prose(text: str, element: HtmlElement, holder: HtmlElement | None) -> bool:
    """Whether a text is a piece of a longer paragraph, between links and emphasis.

    Args:
        text: The element's own text or what follows it.
        element: The element.
        holder: Itself, or what the text that follows it stands in.
    """
    paragraph = holder
    while paragraph is not None and paragraph.tag in _INLINE:
        paragraph = paragraph.getparent()
    if paragraph is None or paragraph.tag not in _PARAGRAPHS or not _is_told(paragraph):
        return False
    inner = element if holder is element else None
    after = element.getnext() if inner is None else next(inner.iterchildren(), None)
    if (inner is None and _is_break(element)) or _is_break(after):
        return False
    if inner is not None and _is_line(inner, paragraph):
        return False
    pieces = islice(paragraph.itertext(), _CHILDREN)
    first = next((piece for piece in pieces if piece.strip()), "")
    opens = first.strip() == text and element.tag != "a"
    return not opens or len(LONG_WORD.findall(text)) > _OPENING_WORDS


def _is_break(element: HtmlElement | None) -> bool:
    return element is not None and element.tag == "br"


def _is_line(element: HtmlElement, paragraph: HtmlElement) -> bool:
    """Whether a line break stands before or after an element within a paragraph."""
    while element is not paragraph:
        before, after = element.getprevious(), element.getnext()
        if _is_break(after) and not (element.tail or "").strip():
            return True
        if before is not None and _is_break(before) and not (before.tail or "").strip():
            return True
        element = element.getparent()
    return False


def _is_told(paragraph: HtmlElement) -> bool:
    """Whether a paragraph tells something in sentences."""
    children = islice(paragraph, _CHILDREN)
    if any(child.tag not in _INLINE for child in children if child.tag != "br"):
        return False
    if not is_short(paragraph, _SMALL_CHARS):
        return True
    said = text_of(paragraph, _SMALL_CHARS * 2)
    return bool(_ENDED.search(said)) and len(LONG_WORD.findall(said)) > _FACT_WORDS

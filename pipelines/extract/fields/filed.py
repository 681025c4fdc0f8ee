"""Material in, the labels of the lists that the article says it is filed under out.

Read from where links lead: publishing systems spell the addresses of their lists of
articles alike, whatever a theme calls the line that holds the links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Literal

from lxml.html import HtmlElement

from ..classes import FURNITURE, roles
from ..material import Material
from ..survey import is_box, spine_of
from ..text import field
from ..tree import names_of, text_of
from .titles import Headline

Kind = Literal["category", "tag"]
_ENDING = r"/(?:[^/?#]{1,80}/){0,2}[^/?#]{1,80}/?(?:[?#].*)?$"
_ADDRESSES: dict[Kind, re.Pattern[str]] = {
    "category": re.compile(
        rf"/(?:categor(?:y|ies)|sections?|rubri(?:k|que|ek)|kategorie){_ENDING}", re.I
    ),
    "tag": re.compile(
        rf"/(?:tags?|topics?|keywords?|themen?|schlagwort|etiquetas?){_ENDING}", re.I
    ),
}
_OUT = frozenset(("nav", "aside", "noscript", "template", "menu"))
_FRAME = frozenset(("html", "body", "main"))
_MOST_LINKS = 20
"""A longer line of tags is a cloud of all that the site has."""
_MOST_OTHER_CHARS = 40
"""Text that may stand beside the links of a line: "Tags:", "Filed under", commas."""
_MOST_LINE_CHARS = 5_000
_MAX_LABEL_CHARS = 80
_NEAR = 60
"""How many elements from the headline a line may stand where no article element is."""


def filed_under(material: Material, title: Headline | None, kind: Kind) -> list[str]:
    """Return the labels of the article's own line of such links; empty without one.

    Args:
        material: The page.
        title: Its headline; without one that is shown nothing is near it.
        kind: Links to what kind of list.
    """
    if title is None or title.element is None:
        return []
    for line in _lines(material, title, title.element, kind):
        labels = [field(text_of(link, _MAX_LABEL_CHARS * 2)) for link in line]
        labels = [label for label in labels if 0 < len(label) <= _MAX_LABEL_CHARS]
        if labels:
            return labels
    return []


def _lines(
    material: Material, title: Headline, heading: HtmlElement, kind: Kind
) -> Iterator[list[HtmlElement]]:
    """Yield the article's lines of links to such lists, in document order."""
    links = _links_to(_outermost(heading), kind)
    if not links:
        return
    spine = spine_of(heading)
    near = None
    if not any(element.tag == "article" for element in spine):
        near = _near(material, title)
    seen: set[HtmlElement] = set()
    for link in links:
        line = _line_of(link)
        if line is None or line in seen or (near is not None and link not in near):
            continue
        seen.add(line)
        held = _links_to(line, kind)
        if len(held) <= _MOST_LINKS and _is_line(line) and _is_own(line, spine):
            yield held


def _outermost(heading: HtmlElement) -> HtmlElement:
    """Return the widest block around the headline: what is outside is not its own."""
    blocks = [e for e in heading.iterancestors() if e.tag not in ("html", "body")]
    return blocks[-1] if blocks else heading


def _near(material: Material, title: Headline) -> frozenset[HtmlElement]:
    """Return the elements that stand around the headline."""
    first = max(0, title.position - _NEAR)
    return frozenset(islice(material.root.iter("*"), first, title.position + _NEAR))


def _links_to(root: HtmlElement, kind: Kind) -> list[HtmlElement]:
    """Return the links in an element that lead to such lists."""
    return [a for a in root.iter("a") if _is_list(kind, a.get("href") or "")]


@lru_cache(maxsize=4_096)
def _is_list(kind: Kind, address: str) -> bool:
    """Whether an address is a list's; a site's pages repeat most of theirs."""
    return _ADDRESSES[kind].search(address) is not None


def _line_of(link: HtmlElement) -> HtmlElement | None:
    """Return what holds a link and its neighbours: of a list item, the whole list."""
    line = link.getparent()
    for _ in range(3):
        if line is None or line.tag not in ("li", "span", "b", "strong", "em"):
            return line
        line = line.getparent()
    return line


def _is_line(line: HtmlElement) -> bool:
    """Whether a line holds little beside its links."""
    linked = sum(len(text_of(link, 200)) + 1 for link in line.iter("a"))
    return len(text_of(line, _MOST_LINE_CHARS)) - linked <= _MOST_OTHER_CHARS


def _is_own(line: HtmlElement, spine: frozenset[HtmlElement]) -> bool:
    """Whether a line stands with the article, in no box of other things."""
    node: HtmlElement | None = line
    while node is not None and node not in spine:
        if node.tag in _OUT or (node.tag == "article" and node is not line):
            return False
        is_named = node.tag not in _FRAME and node.tag != "footer"
        if is_named and roles(names_of(node)) & FURNITURE and is_box(node):
            return False
        node = node.getparent()
    return node is not None and node.tag not in ("html", "body")

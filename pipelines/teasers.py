"""A page's tree and the paragraphs cut from it go in; how many are teasers comes out.

On a list page each paragraph stands under the linked heading of another page. On an
article page such headings stand in blocks of their own, away from the text. Of 1,718
real article pages half of the paragraphs or more stand under four different linked
headings on three, two of them with a stated date; of 115 list pages on 109.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml import html

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
HOLDERS = frozenset(["p", "div", "li", "td", "dd", "span", "section"])
MOST_CHILDREN = 6
"""An element with more children than this holds blocks and is none itself."""
LINKED_SHARE = 0.8
"""A heading is linked if so much of its text is inside links."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Teasers:
    """How the paragraphs of a page stand to its linked headings."""

    headings: int
    """Different linked headings that stand over a paragraph."""
    paragraphs: int
    """Paragraphs in all."""


def teasers(
    tree: html.HtmlElement | None, paragraphs: Iterable[str], least: int = 1
) -> Teasers:
    """Count the linked headings that stand next above a paragraph.

    Args:
        tree: The page; None has no headings.
        paragraphs: The texts cut from it, each on one line.
        least: A page with fewer linked headings than this counts as having none.
    """
    wanted = set(paragraphs)
    found = Teasers(headings=0, paragraphs=len(wanted))
    if tree is None:
        return found
    return replace(found, headings=_headings(tree, wanted, least))


def _headings(tree: html.HtmlElement, wanted: set[str], least: int) -> int:
    linked = {h: folded(h) for h in tree.iter(*HEADINGS) if is_linked(h)}
    if len(set(linked.values())) < least:
        return 0
    over: set[str] = set()
    last = ""
    for element in tree.iter(*HEADINGS, *HOLDERS):
        if element.tag in HEADINGS:
            last = linked.get(element, "")
        elif wanted and len(element) < MOST_CHILDREN:
            text = folded(element)
            if text in wanted:
                wanted.discard(text)
                over.add(last)
    return len(over - {""})


def is_linked(heading: html.HtmlElement) -> bool:
    """Whether a heading is a link, or inside one."""
    parent = heading.getparent()
    if parent is not None and parent.tag == "a":
        return True
    linked = sum(len(folded(link)) for link in heading.iter("a"))
    return linked > 0 and linked >= LINKED_SHARE * len(folded(heading))


def folded(element: html.HtmlElement) -> str:
    """The text of an element on one line."""
    return " ".join(element.text_content().split())

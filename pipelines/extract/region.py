"""A page's tree in, the element that encloses the article's text out.

Text is weighed where it stands (paragraphs and other elements with text of their own,
links not counted) and every enclosing element weighs the sum. From the body downward
the heaviest child is followed as long as it holds nearly everything. What trafilatura
then has to read is a fraction of the page, and what stands beside it cannot leak in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from lxml.html import HtmlElement

from .survey import in_furniture

_TEXTUAL = ("p", "div", "td", "li", "blockquote", "section", "article", "span", "font")
_INLINE = frozenset(
    (
        "br",
        "a",
        "b",
        "i",
        "em",
        "strong",
        "span",
        "p",
        "font",
        "u",
        "sup",
        "sub",
        "abbr",
    )
)
_LEAVES = frozenset(
    ("p", "ul", "ol", "dl", "blockquote", "span", "td", "li", "tr", "tbody", "font")
)
_MIN_CHARS = 60
_MIN_OWN_CHARS = 40
_SHARE = 0.85
"""Share of an element's weight that a child must hold to be followed."""
_INNER_SHARE = 0.2
"""Share that a container named as the article must hold to be preferred."""
_STRICT_SHARE = 0.4
"""Below this share of the text outside furniture, class names are not believed."""

_CONTAINERS = ("article", "div", "main", "section", "td")
_RANKS = (
    re.compile(r"(?:^|\s)(?:articleBody|article-content-body)(?:\s|$)"),
    re.compile(r"(?:^|\s)(?:hentry|h-entry|single-post)(?:\s|$)"),
    re.compile(
        r"(?:article|entry|post|story)[-_]{0,2}(?:content|body|text|entry)|body-?text"
        r"|(?:^|\s)(?:post|entry)(?:\s|$)",
        re.I,
    ),
    re.compile(
        r"(?:^|\s)(?:article|story|text)(?:\s|$)|fulltext"
        r"|(?:theme|blog|section|page|field|single)-(?:content|body)|main-column",
        re.I,
    ),
    re.compile(
        r"(?:^|\s)content(?:\s|$)|content[-_]+(?:main|body)|main-?content", re.I
    ),
    re.compile(r"^\s*main", re.I),
)
"""Names of containers that hold an article, the most telling first."""
_TAGS: dict[int, tuple[str, ...]] = {1: ("article",), 5: ("main",)}
_MOST, _EQUAL = 0.8, 0.5
_PART = 0.5
"""Share of the least weight that makes a container of the same name a rival."""
Weights = dict[HtmlElement, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """Where the article's text stands."""

    element: HtmlElement
    chars: int
    """Characters of running text in it, links not counted."""


def region(root: HtmlElement, spine: frozenset[HtmlElement]) -> Region | None:
    """Return the element around the article's text; None if the page has none.

    Args:
        root: The page's tree.
        spine: The headline's element and what encloses it.
    """
    body = root.find("body")
    weights = _weigh(root, spine)
    if body is None or not weights.get(body):
        return None
    found = _descend(body, weights)
    named = _named(found, weights, spine)
    if named is not None:
        found = _descend(named, weights)
    return Region(element=found, chars=weights[found])


def _weigh(root: HtmlElement, spine: frozenset[HtmlElement]) -> Weights:
    """Return how many characters of running text stand below each element.

    Text in furniture counts only where hardly any would be left without it: there
    the class names must be misleading.
    """
    strict: Weights = defaultdict(int)
    loose: Weights = defaultdict(int)
    for element in root.iter(*_TEXTUAL):
        chars = _chars(element)
        if not chars:
            continue
        enclosing = [element, *element.iterancestors()]
        for node in enclosing:
            loose[node] += chars
        if not in_furniture(element, spine):
            for node in enclosing:
                strict[node] += chars
    return strict if strict[root] > _STRICT_SHARE * loose[root] else loose


def _chars(element: HtmlElement) -> int:
    """Return the length of an element's own running text; 0 for a short one."""
    if element.tag == "p":
        chars = sum(map(len, element.itertext()))
    else:
        chars = len((element.text or "").strip())
        chars += sum(
            len(child.tail.strip())
            for child in element
            if child.tail and child.tag in _INLINE
        )
    if chars < _MIN_CHARS:
        return 0
    chars -= sum(len(text) for a in element.iter("a") for text in a.itertext())
    return chars if chars >= _MIN_OWN_CHARS else 0


def _descend(element: HtmlElement, weights: Weights) -> HtmlElement:
    """Follow the child that holds nearly all of the text, as deep as one does."""
    while True:
        heaviest = max(element, key=lambda c: weights.get(c, 0), default=None)
        if (
            heaviest is None
            or heaviest.tag in _LEAVES
            or weights.get(heaviest, 0) < _SHARE * weights[element]
        ):
            return element
        element = heaviest


def _named(
    found: HtmlElement, weights: Weights, spine: frozenset[HtmlElement]
) -> HtmlElement | None:
    """Return the container inside that its name makes the article's, if any.

    Several of one name are parts of an article, unless one of them holds most of the
    text or the headline too.
    """
    least = _INNER_SHARE * weights[found]
    ranked: dict[int, list[HtmlElement]] = defaultdict(list)
    for element in found.iter(*_CONTAINERS):
        if element is not found and weights.get(element, 0) >= _PART * least:
            ranked[_rank(element)].append(element)
    own = len(_RANKS) if found.tag == "body" else _rank(found)
    for rank in range(min(own + 1, len(_RANKS))):
        outer = [e for e in ranked[rank] if not _inside(e, ranked[rank])]
        whole = [
            e
            for e in outer
            if len(outer) == 1 or e in spine or weights[e] >= _MOST * weights[found]
        ]
        needed = least if rank < own else _EQUAL * weights[found]
        if whole and weights[whole[0]] >= needed:
            return whole[0]
    return None


def _inside(element: HtmlElement, others: list[HtmlElement]) -> bool:
    return any(ancestor in others for ancestor in element.iterancestors())


def _rank(element: HtmlElement) -> int:
    """Return which of the ranks of names an element has; their number for none."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if "articlebody" in (element.get("itemprop") or "").lower():
        return 0
    for rank, pattern in enumerate(_RANKS):
        if pattern.search(names) or (element.tag in _TAGS.get(rank, ())):
            return rank
    return len(_RANKS)

"""A layout in, the standfirst's line out: the paragraph that stands under the headline.

Looked for between the headline and the first line of text, by name, by what the page's
description says, and by standing there alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile

from lxml.html import HtmlElement

from ..claims import Claim
from ..classes import Role
from ..text import key
from ..tree import names_of
from .known import is_head, is_same
from .layout import Box, Layout, Leaf, mark
from .phrases import said

_NAMES = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|leadin|intro\w*|excerpt|description|documentdescription"
    r"|summary|abstract|teaser|chapo|entradilla|bajada|sumario|vorspann|ingress|perex|deck|dek"
    r"|standfirst|sub-?(?:head\w*|title|deck)|strapline|kicker-text|snippet|snipet)"
    r"(?:$|[\s_-])",
    re.I,
)
"""Class words of a standfirst where it stands under the headline; elsewhere some of
them name teasers."""
_OF_OTHERS = re.compile(
    r"image|photo|picture|slide|gallery|media|video|related|recommend", re.I
)
"""Names of boxes whose text is about a picture or another article."""
_OF_LINES = re.compile(
    r"\d{1,2}:\d\d ?(?:[ap]\.?m\b|[A-Z]{2,4}\b|Uhr)|\b(?:photo|foto)", re.I
)
"""Words of lines about the time or the picture, in short ones."""
_LINE_CHARS = 120
_OF_PEOPLE = re.compile(
    r"\S+(?: \S+){0,2} is an? .{0,60}\b(?:journalist|author|writer|editor|reporter)\b"
)
"""How a line begins that says who the author is."""
_HEADS = frozenset({"h1", "h2", "h3", "h4"})
_DISTANCE = 14
"""How many lines after the headline it may stand."""
_CHARS = (40, 700)
_ALONE_CHARS = 80
_BETWEEN_CHARS = 30
_SAME_CHARS = 40
_NO: frozenset[Role] = frozenset(
    ("caption", "credit", "byline", "bio", "share", "newsletter", "comments", "nav",
     "legal", "sponsored", "paywall", "tags", "hidden", "sidebar", "inset")
)  # fmt: skip
_KINDS = ("paragraph", "subhead")
_LEAD_CHARS = 100
_LEAD_DISTANCE = 40
"""How many lines below the headline the box around the text may begin."""
_NO_LEAD: frozenset[Role] = frozenset(
    (
        "caption",
        "credit",
        "byline",
        "bio",
        "related",
        "hidden",
        "inset",
        "sidebar",
        "date",
        "tags",
        "share",
    )
)
_FRAMES = frozenset({"figure", "aside", "nav", "footer", "form", "noscript"})


def underhead(
    layout: Layout,
    around: Box,
    spine: frozenset[HtmlElement],
    descriptions: Sequence[str],
) -> Leaf | None:
    """Return the standfirst's line; None if the page shows none.

    Args:
        layout: The page; lines before the text have no roles yet.
        around: The box around the article's text.
        spine: The headline's element and what encloses it.
        descriptions: What the page's metadata says the article is about.
    """
    leaves = layout.leaves
    title = headline_line(leaves, spine)
    if title is None:
        return None
    near = leaves[title + 1 : title + 1 + _DISTANCE]
    told = [key(text) for text in descriptions if len(text) >= _SAME_CHARS]
    between = _between(leaves, title, around)
    if between is not None and between.chars >= _ALONE_CHARS:
        return between
    headline = key(leaves[title].text)
    alone: list[Leaf] = []
    for number, leaf in enumerate(near, title + 1):
        may_be = _may_be(leaf, around) and not is_same(leaf.text, headline)
        if may_be and (_is_named(leaf, spine) or _is_told(leaf, told)):
            return leaf
        if number >= around.start and leaf.running and not leaf.box.furniture:
            break  # what follows the first paragraph is text
        if may_be and number < around.start and _is_alone(leaf, around):
            alone.append(leaf)
    if not alone:
        outside = leaves[title + 1 : around.start][:_LEAD_DISTANCE]
        alone = [x for x in outside if _is_far(x, around, spine)][:1]
    return alone[0] if len(alone) == 1 else between


def find_lead(layout: Layout, around: Box, spine: frozenset[HtmlElement]) -> None:
    """Mark paragraphs between the headline and the box around the rest as text."""
    title = headline_line(layout.leaves, spine)
    if title is None or not title < around.start <= title + _LEAD_DISTANCE:
        return
    rows: dict[Box, list[Leaf]] = defaultdict(list)
    for leaf in layout.leaves[title + 1 : around.start]:
        placed = leaf.box.tag == "p" or leaf.box.parent is around.parent
        own = placed and leaf.running >= max(_LEAD_CHARS, leaf.linked)
        if own and not leaf.box.furniture:
            rows[leaf.box.parent or leaf.box].append(leaf)
    for holder, leads in rows.items():
        many = len(leads) > 1 or holder is around.parent or leads[0].chars > _CHARS[1]
        if many and not any(_leads_not(box) for box in own_boxes(leads[0], around)):
            mark(leads, "body", "between headline and text")


def _leads_not(box: Box) -> bool:
    """Whether a box says that its paragraphs are not the beginning of the text."""
    return bool(box.hints & _NO_LEAD) or box.tag == "figure"


def standing(layout: Layout) -> Claim[str] | None:
    """Return the standfirst of a labelled layout."""
    found = next((x for x in layout.leaves if x.role == "standfirst"), None)
    return Claim(value=found.text, witness="html") if found else None


def headline_line(leaves: Sequence[Leaf], spine: frozenset[HtmlElement]) -> int | None:
    """Return the index of the headline's last line; None where it has none.

    Lines that stand directly in what encloses the headline are not its own.
    """
    found, deepest = None, -1
    for number, leaf in enumerate(leaves):
        box: Box | None = leaf.box
        if leaf.box.element not in spine:
            box = leaf.box.parent  # what is marked up inside a heading is the heading
            if box is None or box.tag not in _HEADS or box.element not in spine:
                continue
        if box is not None and box.index >= deepest:
            found, deepest = number, box.index
    return found


def _may_be(leaf: Leaf, around: Box, least: int = _CHARS[0]) -> bool:
    most = _CHARS[1]
    if not least <= leaf.chars <= most or leaf.kind not in _KINDS:
        return False
    if leaf.linked > leaf.chars / 2 or is_head(leaf.text, "paragraph", "", set()):
        return False
    if leaf.chars < _LINE_CHARS and _OF_LINES.search(leaf.text):
        return False
    if _OF_PEOPLE.match(leaf.text) or said(leaf.text):
        return False
    return not any(_is_other(box) for box in own_boxes(leaf, around))


def _is_other(box: Box) -> bool:
    """Whether a box says that it holds something else than a standfirst."""
    leads_on = "related" in box.hints and box.linked
    return bool(box.hints & _NO or leads_on or box.tag in _FRAMES)


def own_boxes(leaf: Leaf, around: Box) -> Iterator[Box]:
    """Return the boxes around a line, up to those that hold the article's text too.

    What encloses the whole article says nothing of one of its lines.
    """
    return takewhile(
        lambda box: box.start > around.start or box.end < around.end, leaf.box.chain()
    )


def _is_far(leaf: Leaf, around: Box, spine: frozenset[HtmlElement]) -> bool:
    """Whether a line that stands further down is named as a standfirst, and whole."""
    whole = not leaf.text.endswith(("...", "…"))
    return whole and _may_be(leaf, around) and _is_named(leaf, spine)


def _between(leaves: Sequence[Leaf], title: int, around: Box) -> Leaf | None:
    """Return the one line that stands between the headline and the byline."""
    after = leaves[title + 1 : title + 3]
    if len(after) < 2 or not _may_be(after[0], around, _BETWEEN_CHARS):
        return None
    names = frozenset[Role](("byline", "date"))
    named = any(box.hints & names for box in own_boxes(after[1], around))
    told = is_head(after[1].text, after[1].kind, "", set())
    whole = is_same(after[0].text, key(leaves[title].text)) or after[0].linked
    return after[0] if (named or told) and not whole else None


def _is_alone(leaf: Leaf, around: Box) -> bool:
    """Whether a line may be the standfirst for standing there, whatever its name."""
    if leaf.chars < _ALONE_CHARS or leaf.box.tag not in ("p", "h2", "h3", "h4"):
        return False
    return not any(
        _OF_OTHERS.search(names_of(b.element)) for b in own_boxes(leaf, around)
    )


def _is_named(leaf: Leaf, spine: frozenset[HtmlElement]) -> bool:
    """Whether the line's boxes, up to the headline's, are named as a standfirst."""
    for box in takewhile(lambda box: box.element not in spine, leaf.box.chain()):
        if box.end - box.start > 4:
            return False
        names = names_of(box.element)
        if _OF_OTHERS.search(names):
            return False
        if _NAMES.search(names):
            return True
    return False


def _is_told(leaf: Leaf, told: Sequence[str]) -> bool:
    """Whether the page's metadata describes the article with this line."""
    words = key(leaf.text)
    return any(words == one or one.startswith(words) for one in told)

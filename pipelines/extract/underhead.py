"""A layout in, the standfirst's line out: the paragraph that stands under the headline.

Looked for between the headline and the first line of text, by name, by what the page's
description says, and by standing there alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from .claims import Claim
from .classes import Role
from .layout import Box, Layout, Leaf
from .text import key
from .tree import names_of

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
_DISTANCE = 14
"""How many lines after the headline it may stand."""
_CHARS = (40, 700)
_ALONE_CHARS = 80
_SAME_CHARS = 40
_NO: frozenset[Role] = frozenset(
    ("caption", "credit", "byline", "bio", "share", "newsletter", "comments", "nav",
     "legal", "sponsored", "paywall", "tags", "hidden", "sidebar", "inset")
)  # fmt: skip
_KINDS = ("paragraph", "subhead")
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
    title = [n for n, x in enumerate(leaves) if x.box.element in spine]
    if not title:
        return None
    outside = [x for x in leaves[title[-1] + 1 : around.start] if _may_be(x)]
    near = leaves[title[-1] + 1 : title[-1] + 1 + _DISTANCE]
    told = [key(text) for text in descriptions if len(text) >= _SAME_CHARS]
    for leaf in near:
        if _may_be(leaf) and (_is_named(leaf, spine) or _is_told(leaf, told)):
            return leaf
    alone = [x for x in outside if x in near and x.chars >= _ALONE_CHARS]
    if len(alone) == 1 and alone[0].box.tag in ("p", "h2", "h3", "h4"):
        return alone[0]
    return None


def standing(layout: Layout) -> Claim[str] | None:
    """Return the standfirst of a labelled layout."""
    found = next((x for x in layout.leaves if x.role == "standfirst"), None)
    return Claim(value=found.text, witness="html") if found else None


def _may_be(leaf: Leaf) -> bool:
    least, most = _CHARS
    if not least <= leaf.chars <= most or leaf.kind not in _KINDS:
        return False
    if leaf.linked > leaf.chars / 2:
        return False
    return not any(b.hints & _NO or b.tag in _FRAMES for b in leaf.box.chain())


def _is_named(leaf: Leaf, spine: frozenset[HtmlElement]) -> bool:
    """Whether the line's boxes, up to the headline's, are named as a standfirst."""
    for box in leaf.box.chain():
        if box.element in spine:
            return False
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

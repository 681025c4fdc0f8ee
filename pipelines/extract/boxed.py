"""A page's boxes in, the roles of those that show by tag, name or shape what they are.

Each rule looks at boxes inside the article's ground and gives all their lines one role.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from .classes import Role
from .layout import Box, Layout, LineRole, mark

_NAMED: dict[Role, LineRole] = {
    "related": "related",
    "share": "share",
    "newsletter": "newsletter",
    "comments": "comments",
    "sponsored": "sponsored",
    "nav": "nav",
    "legal": "legal",
    "footer": "legal",
    "sidebar": "teaser",
    "hidden": "nav",
    "inset": "teaser",
    "bio": "byline",
    "toolbar": "nav",
    "tags": "tags",
    "paywall": "paywall",
}
"""Roles that a class name may give a box, and what its lines then are."""
_WORDY = frozenset({"related", "inset", "bio"})
"""Furniture that may hold prose of its own."""
_TRAILING = frozenset({"comments", "toolbar"})
"""Furniture that may be longer than the article."""
_TAGGED: dict[str, LineRole] = {
    "aside": "teaser", "footer": "legal", "form": "newsletter", "nav": "nav",
    "menu": "nav", "noscript": "nav", "button": "nav", "select": "nav",
    "option": "nav", "textarea": "nav", "label": "nav", "datalist": "nav",
    "figcaption": "caption",
}  # fmt: skip
_EMBED = re.compile(r"twitter-|instagram-media|tiktok-embed|fb-post|bluesky-embed")
"""Class names that the code for embedding a post brings along."""
_EMBEDS = ("blockquote", "div")
_MAX_PROSE = 300
"""Characters outside links that furniture which is not wordy may hold."""
_MAX_SHARE = 0.3
"""No box with more of the ground's text than this goes for its name alone."""
_LEAST_LEFT = 0.5
"""Share of the running text that must be left when a wordy box is taken out."""
_LEAST_CHARS = 400
"""The same in characters, for furniture that may be longer than the article."""
_PROSE_CHARS = 60
_LINKED = 0.15
"""Share of links that tells teasers with their first words from prose."""
_CAPTION_CHARS = 900
_FIGURE_CHARS = 300
_DENSE = 0.7
"""Share of links at which a box is a list of links."""
_DENSE_TAGS = frozenset(
    ("ul", "ol", "table", "div", "section", "dl", "td", "header", "p", "tr", "tbody",
     "center")
)  # fmt: skip
_CARD_TAGS = frozenset({"div", "li", "article", "section", "td", "tr"})
_CARD_CHARS = 600
_TITLE_CHARS = 15
_TITLE_SHARE = 0.8
_LEAST_CARDS = 3
_ROW_SHARE = 0.8
HOLDERS = frozenset(
    ("div", "section", "article", "main", "td", "aside", "header", "body", "center",
     "th", "form", "details", "dl", "fieldset", "address")
)  # fmt: skip
"""Boxes in which lines stand side by side with others."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What a box is, and why."""

    role: LineRole
    rule: str


def name_boxes(layout: Layout, around: Box) -> None:
    """Mark boxes that their tag or their class names give away."""
    number = around.index + 1
    while number < around.last:
        box = layout.boxes[number]
        verdict = _verdict(box, around)
        if verdict is None:
            number += 1
            continue
        mark(layout.leaves[box.start : box.end], verdict.role, verdict.rule)
        number = box.last


def name_frame(layout: Layout, around: Box) -> None:
    """Mark what stands outside the article's ground by the innermost name around it."""
    for leaf in (*layout.leaves[: around.start], *layout.leaves[around.end :]):
        if leaf.role:
            continue
        for box in leaf.box.chain():
            named = next((h for h in sorted(box.hints) if h in _NAMED), None)
            role = _NAMED[named] if named else _TAGGED.get(box.tag)
            if role is not None:
                mark([leaf], role, f"class {named}" if named else f"<{box.tag}>")
                break


def _verdict(box: Box, around: Box) -> Verdict | None:
    for hint in sorted(box.hints & _NAMED.keys()):
        if _is_named_rightly(box, around, hint):
            return Verdict(role=_NAMED[hint], rule=f"class {hint}")
    if box.chars > _MAX_SHARE * around.chars:
        return None
    if box.tag in _TAGGED:
        return Verdict(role=_TAGGED[box.tag], rule=f"<{box.tag}>")
    if box.tag in ("blockquote", "div") and _EMBED.search(
        box.element.get("class") or ""
    ):
        return Verdict(role="related", rule="embedded post")
    if box.tag == "figure" and box.running < _FIGURE_CHARS and not _holds_text(box):
        return Verdict(role="caption", rule="<figure>")
    if {"caption", "credit"} & box.hints and box.chars < _CAPTION_CHARS:
        return Verdict(role="caption", rule="class caption")
    return None


def _is_named_rightly(box: Box, around: Box, hint: Role) -> bool:
    """Whether a box is what its name says: not most of the text, nor prose."""
    if any(outer.tag == "pre" for outer in box.chain()):
        return False
    left = around.running - box.running
    if hint == "related" and left >= _LEAST_CHARS and box.linked >= _LINKED * box.chars:
        return True
    if hint in _TRAILING:
        return left >= _LEAST_CHARS
    if hint == "related" and not box.linked and box.running >= _PROSE_CHARS:
        return False  # a teaser leads somewhere
    if hint in _WORDY:
        return left >= _LEAST_LEFT * around.running
    prose = box.chars - box.linked
    return box.chars <= _MAX_SHARE * around.chars and prose <= _MAX_PROSE


def _holds_text(figure: Box) -> bool:
    """Whether a figure is a quotation or a table rather than a picture."""
    element = figure.element
    quoted = element.find(".//blockquote") is not None
    tabled = element.find(".//table") is not None
    return (quoted or tabled) and element.find(".//img") is None


def find_link_lists(layout: Layout, around: Box) -> None:
    """Mark boxes that hold hardly anything but links."""
    number = around.index + 1
    while number < around.last:
        box = layout.boxes[number]
        if (
            box.linked
            and box.tag in _DENSE_TAGS
            and _DENSE * box.chars <= box.linked
            and box.chars <= _MAX_SHARE * around.chars
        ):
            mark(layout.leaves[box.start : box.end], "teaser", "mostly links")
            number = box.last
        else:
            number += 1


def find_cards(layout: Layout, around: Box) -> None:
    """Mark rows of boxes of one name that each hold a linked title and a few words."""
    for box in layout.boxes[around.index : around.last]:
        for row in _rows(box):
            cards = [card for card in row if _is_card(layout, card)]
            if len(cards) < _LEAST_CARDS or len(cards) < _ROW_SHARE * len(row):
                continue
            for card in cards:
                leaves = layout.leaves[card.start : card.end]
                mark(leaves, "teaser", "one of a row of cards")


def _rows(box: Box) -> Iterator[list[Box]]:
    """Yield the boxes inside that share a tag and a class, enough to be a row."""
    if len(box.inner) < _LEAST_CARDS:
        return
    rows: dict[tuple[str, str], list[Box]] = defaultdict(list)
    for inner in box.inner:
        if inner.tag in _CARD_TAGS:
            rows[inner.tag, inner.element.get("class") or ""].append(inner)
    yield from (row for row in rows.values() if len(row) >= _LEAST_CARDS)


def _is_card(layout: Layout, box: Box) -> bool:
    """Whether a box is the teaser of another page: a linked title, then few words."""
    leaves = layout.leaves[box.start : box.end]
    if not leaves or box.chars > _CARD_CHARS or box.linked < _TITLE_CHARS:
        return False
    if len(leaves) == 1 and box.linked < _DENSE * box.chars:
        return False
    return any(
        leaf.linked >= _TITLE_SHARE * leaf.chars and leaf.chars >= _TITLE_CHARS
        for leaf in leaves
    )


def find_strays(layout: Layout, around: Box) -> None:
    """Mark short lines in boxes that hold no running text."""
    for leaf in layout.leaves[around.start : around.end]:
        if leaf.role or leaf.running or leaf.kind not in ("paragraph", "subhead"):
            continue
        if leaf.box.tag == "pre":
            continue
        holder = next((b for b in leaf.box.chain() if b.tag in HOLDERS), None)
        if holder is None or holder is around or holder.running:
            continue
        if leaf.kind == "paragraph" or holder.end - holder.start > 1:
            mark([leaf], "nav", "no running text around")

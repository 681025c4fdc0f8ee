"""A page's boxes in, the roles of those that show by tag, name or shape what they are.

Each rule looks at boxes inside the article's ground and gives all their lines one role.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from ..classes import Role
from ..tree import names_of
from .layout import Box, Layout, Leaf, LineRole, mark
from .phrases import BYLINE, said

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
_VAGUE = frozenset({"nav", "legal", "teaser"})
"""Roles of boxes of many kinds of lines, whose own words say more."""
_WORDY = frozenset({"related", "inset", "bio"})
"""Furniture that may hold prose of its own."""
_TEXT_TAGS = frozenset({"p", "ul", "ol", "li", "blockquote", "h2", "h3", "h4"})
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
_MOST_SAID: dict[Role, int] = {"newsletter": 400, "paywall": 900}
"""Furniture that says more: what a letter is about, what subscribers get."""
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
_PICTURED = re.compile(r"image|photo|picture|figure|foto|bild|\bimg", re.I)
_PICTURE_BOXES = 3
_PICTURED_CHARS = 300
_NAMED_CHARS = 200
_MENU_SPACES = 1.5
"""Spaces in the text of a link, on average, that tell a title from a menu's word."""
_DENSE = 0.7
"""Share of links at which a box is a list of links."""
_DENSE_TAGS = frozenset(
    ("ul", "ol", "table", "div", "section", "dl", "td", "header", "p", "tr", "tbody",
     "center")
)  # fmt: skip
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


_BY_NAME = {
    hint: Verdict(role=role, rule=f"class {hint}") for hint, role in _NAMED.items()
}
_BY_TAG = {tag: Verdict(role=role, rule=f"<{tag}>") for tag, role in _TAGGED.items()}
_CAPTION = Verdict(role="caption", rule="class caption")


def name_boxes(layout: Layout, around: Box) -> None:
    """Mark boxes that their tag or their class names give away."""
    number = around.index + 1
    while number < around.last:
        box = layout.boxes[number]
        verdict = _verdict(box, around)
        if verdict is None:
            number += 1
            continue
        leaves = layout.leaves[box.start : box.end]
        if verdict.role in _VAGUE and "hidden" not in box.hints:
            _listen(leaves)
        mark(leaves, verdict.role, verdict.rule)
        number = box.last


def _listen(leaves: Sequence[Leaf]) -> None:
    """Mark the lines of a box of many kinds of lines by their own words."""
    for leaf in leaves:
        told = said(leaf.text) if not (leaf.role or leaf.linked) else None
        if told is not None:
            mark([leaf], *told)


def name_frame(layout: Layout, around: Box) -> None:
    """Mark what stands outside the article's ground by the innermost name around it.

    Where that is the name of a box of many kinds of lines, a line's own words count.
    """
    verdicts: dict[int, Verdict | None] = {}
    for leaf in (*layout.leaves[: around.start], *layout.leaves[around.end :]):
        if leaf.role:
            continue
        named = _innermost(leaf.box, verdicts)
        if named is None or named.role in _VAGUE:
            _listen([leaf])
        if named is not None:
            mark([leaf], named.role, named.rule)


def _innermost(box: Box, verdicts: dict[int, Verdict | None]) -> Verdict | None:
    """Return what the innermost named box around says; each box is asked once."""
    asked: list[Box] = []
    found: Verdict | None = None
    for outer in box.chain():
        if outer.index in verdicts:
            found = verdicts[outer.index]
            break
        asked.append(outer)
        found = _name(outer)
        if found is not None:
            break
    verdicts.update((outer.index, found) for outer in asked)
    return found


def _name(box: Box) -> Verdict | None:
    """Return what a box outside the article is by its name or its tag."""
    if not box.hints and box.tag not in _TAGGED:
        return None
    if "caption" in box.hints and box.chars < _FIGURE_CHARS:
        return _CAPTION
    named = min(box.hints & _NAMED.keys(), default=None)
    return _BY_NAME[named] if named is not None else _BY_TAG.get(box.tag)


def _verdict(box: Box, around: Box) -> Verdict | None:
    for hint in sorted(box.hints & _NAMED.keys()) if box.hints else ():
        if _is_named_rightly(box, around, hint):
            return _BY_NAME[hint]
    if box.chars > _MAX_SHARE * around.chars:
        return None
    if box.tag in _TAGGED:
        return _BY_TAG[box.tag]
    if box.tag in ("blockquote", "div") and _EMBED.search(
        box.element.get("class") or ""
    ):
        return Verdict(role="related", rule="embedded post")
    if box.tag == "figure" and box.running < _FIGURE_CHARS and not _holds_text(box):
        return Verdict(role="caption", rule="<figure>")
    if {"caption", "credit"} & box.hints and box.chars < _CAPTION_CHARS:
        return _CAPTION
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
        enough = _LEAST_LEFT * around.running
        return left >= (min(enough, _LEAST_CHARS) if hint == "bio" else enough)
    if hint == "paywall" and box.tag in _TEXT_TAGS:
        return False  # what is behind the wall, not the wall
    if hint == "sidebar" and box.tag == "aside" and left >= _LEAST_CHARS:
        return True
    prose = box.chars - box.linked
    most = _MOST_SAID.get(hint, _MAX_PROSE)
    return box.chars <= _MAX_SHARE * around.chars and prose <= most


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
            leaves = layout.leaves[box.start : box.end]
            role = _role_of_links(leaves)
            mark(leaves, "byline" if _is_byline(leaves) else role, "mostly links")
            number = box.last
        else:
            number += 1


def _role_of_links(leaves: Sequence[Leaf]) -> LineRole:
    """Return what a list of links is: titles are teasers, single words a menu."""
    texts = [text for leaf in leaves for _, text in leaf.links if text]
    spaces = sum(text.count(" ") for text in texts)
    return "teaser" if spaces >= _MENU_SPACES * len(texts) else "nav"


def _is_byline(leaves: Sequence[Leaf]) -> bool:
    """Whether the only line of a box is worded, or named next to it, as a byline."""
    if len(leaves) != 1 or leaves[0].kind != "paragraph":
        return False
    named = any(
        {"byline", "date"} & box.hints for box in islice(leaves[0].box.chain(), 2)
    )
    return named or BYLINE.match(leaves[0].text) is not None


def find_pictured(layout: Layout, around: Box) -> None:
    """Mark the line that shares a box with a picture and with nothing else."""
    for leaf in layout.leaves[around.start : around.end]:
        if leaf.role or leaf.kind != "paragraph" or leaf.box.tag not in ("div", "p"):
            continue
        for box in islice(leaf.box.chain(), _PICTURE_BOXES):
            most = 2 if box.element.attrib else 1  # a caption and a credit
            if box.end - box.start > most or box.chars > _PICTURED_CHARS:
                break
            if box.tag != "div" or box.element.find(".//img") is None:
                continue
            named = leaf.chars <= _NAMED_CHARS and _PICTURED.search(
                names_of(box.element)
            )
            if leaf.box.tag == "div" or named:
                mark([leaf], "caption", "beside a picture")
                break


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
        if _is_one_of_many(holder):
            continue
        if leaf.kind == "paragraph" or not _heads(layout, leaf, holder):
            role: LineRole = "byline" if _is_byline([leaf]) else "nav"
            mark([leaf], role, "no running text around")


def _heads(layout: Layout, subhead: Leaf, holder: Box) -> bool:
    """Whether a subhead stands alone in its box or right above a list or a table."""
    inside = layout.leaves[holder.start : holder.end]
    if len(inside) == 1:
        return True
    below = inside[inside.index(subhead) + 1 :]
    following = next((leaf for leaf in below if leaf.kind != "subhead"), subhead)
    return following.kind not in ("paragraph", "subhead") and not (
        following.role or following.linked
    )


def _is_one_of_many(box: Box) -> bool:
    """Whether a box is a paragraph's: one line, beside others like it that are text."""
    outer = box
    while outer.parent is not None and outer.parent.end - outer.parent.start == 1:
        outer = outer.parent
    box = outer if outer.element.get("class") else box
    parent, element = box.parent, box.element
    if parent is None or box.end - box.start > 1 or not parent.running:
        return False
    name = element.get("class")
    alike = [
        other.running > 0
        for other in parent.inner
        if other.tag == box.tag
        and other.end - other.start == 1
        and other.element.get("class") == name
    ]
    many = any(alike) if not element.attrib else 2 * sum(alike) >= len(alike)
    return many and element.find(".//img") is None

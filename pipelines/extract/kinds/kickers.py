"""A labelled layout and its headline in, the labels beside it that name a kind out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from archive.records import ArticleKind

from ..fields.titles import Headline
from ..lines.layout import Box, Layout, Leaf
from ..survey import spine_of
from ..text import key, shorten
from ..tree import names_of
from .genre_words import LABELS, PAID, SECTION_ONLY, SURE

_BEFORE, _BEHIND = 4, 6
"""How many lines before and behind the headline such a label may stand."""
_APART = 8
"""A box that holds both begins at most so many lines before the headline."""
_LABEL_CHARS = 80
_MOST_PARTS, _MENU_LINKS = 4, 3
"""A line of more parts, or of so many links, is a menu."""
_PARTS = re.compile(r"\s*[|•·/,›»]\s*|\s[–—-]\s")
_OUT = frozenset(("nav", "footer", "aside", "form", "button", "select", "figure"))
_ADVERTS = re.compile(
    r"(?<![a-z])(?:ads?|advert\w*|dfp|mpu|adslot|adunit|taboola|outbrain|werbung)"
    r"(?![a-z])|related|share|comments?(?![a-z])|newsletter|teaser|menu|navbar",
    re.I,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kicker:
    """A label beside the headline."""

    kind: ArticleKind
    evidence: str


def kickers(layout: Layout, title: Headline | None) -> list[Kicker]:
    """Return the labels beside the headline that name a kind, in their order."""
    leaves = layout.leaves
    shown = _shown(leaves, title) if title is not None else []
    if not shown:
        return []
    first, last = shown[0], shown[-1]
    found: list[Kicker] = []
    for index in range(max(0, first - _BEFORE), first):
        if _is_beside(leaves[index], leaves[first], first):
            found.extend(_named(leaves[index], is_before=True))
    for leaf in leaves[last + 1 : last + 1 + _BEHIND]:
        if leaf.running:
            break
        if _is_beside(leaf, leaves[first], first):
            found.extend(_named(leaf, is_before=False))
    return found


def _shown(leaves: Sequence[Leaf], title: Headline) -> list[int]:
    """Return the indices of the lines that show the headline."""
    spine, words = spine_of(title.element), key(title.text)
    return [
        index
        for index, leaf in enumerate(leaves)
        if leaf.box.element is title.element
        or (leaf.box.element in spine and key(leaf.text) == words)
    ]


def _is_beside(leaf: Leaf, headline: Leaf, index: int) -> bool:
    """Whether a line stands with the headline, and in no box of other things."""
    if leaf.chars > _LABEL_CHARS:
        return False
    around = frozenset(headline.box.chain())
    own = list(takewhile(lambda box: box not in around, leaf.box.chain()))
    both = own[-1].parent if own else leaf.box
    if both is None or index - both.start > _APART:
        return False
    return not any(map(_is_of_others, own))


def _is_of_others(box: Box) -> bool:
    """Whether a box holds an advertisement, a menu or what nobody sees."""
    if box.tag in _OUT or "hidden" in box.hints or _is_menu(box):
        return True
    return _ADVERTS.search(names_of(box.element)) is not None


def _is_menu(box: Box) -> bool:
    """Whether a box is a list of several links."""
    return box.tag in ("ul", "ol") and len(box.inner) > 3


def _named(leaf: Leaf, *, is_before: bool) -> Iterator[Kicker]:
    """Yield the kinds that a line names."""
    is_kicker = any(
        "section" in box.hints for box in (leaf.box, leaf.box.parent) if box
    )
    if PAID.search(leaf.text):
        yield Kicker(kind="sponsored", evidence=_told(leaf.text))
    parts = _PARTS.split(leaf.text)
    is_menu = len(parts) > _MOST_PARTS or len(leaf.links) >= _MENU_LINKS
    for part in parts if not is_menu else ():
        name = key(part)
        kind = LABELS.get(name)
        if kind not in SURE or (name in SECTION_ONLY and not is_kicker):
            continue
        if is_before or is_kicker or kind == "sponsored":
            yield Kicker(kind=kind, evidence=_told(part))


def _told(text: str) -> str:
    return f"label “{shorten(text, 60)}” beside the headline"

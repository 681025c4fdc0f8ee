"""A page's boxes in, the teasers of other articles that show by their shape out.

A teaser is a card: a linked title, a picture perhaps, and a few words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from .layout import Box, Layout, Leaf, mark

_CARD_TAGS = frozenset({"div", "li", "article", "section", "td", "tr"})
_CARD_CHARS = 600
_TITLE_CHARS = 15
_TITLE_SHARE = 0.8
_TITLE_WORDS = 4
_CARD_BOXES = 3
_CARD_NAMES = re.compile(
    r"(?:^|[\s_-])(?:card|teaser|summary-item|post-preview|preview-card)(?:$|[\s_-])",
    re.I,
)
_NUMBERED = re.compile(r"\d+[.):]\s")
_LEAST_CARDS = 3
_LEAST_GALLERY = 6
_LISTED_CHARS = 200
"""An article's item says more than a teaser, which has so many characters at most."""
_MOST_PROSE = 400
"""A box with more running text is a part of an article, and so are those like it."""
_ROW_SHARE = 0.8
_ROW_CHARS = 30
"""Boxes of a row with less text are its heading or a line between."""
_DENSE = 0.7
"""Share of links at which one line is a link and no text."""
_MOST_SINGLE = 0.3
"""Share of the running text at which single cards are the article."""
_MOST_LISTED = 0.5
"""The same for a row of them."""


def find_cards(layout: Layout, around: Box) -> None:
    """Mark rows of boxes of one name that each hold a linked title and a few words."""
    for box in layout.boxes[around.index : around.last]:
        for row in _rows(box):
            if _is_gallery(layout, row):
                for card in row:
                    leaves = layout.leaves[card.start : card.end]
                    mark(leaves, "teaser", "one of many cards without titles")
            cards = [card for card in row if _is_card(layout, card)]
            full = [box for box in row if box.chars >= _ROW_CHARS]
            if len(cards) < _LEAST_CARDS or len(cards) < _ROW_SHARE * len(full):
                continue
            if _are_parts(cards):
                continue
            prose = sum(card.running for card in cards)
            if prose > max(_MOST_LISTED * around.running, _LISTED_CHARS * len(cards)):
                continue  # an article that is a list of things to be had elsewhere
            for card in cards:
                leaves = layout.leaves[card.start : card.end]
                mark(leaves, "teaser", "one of a row of cards")


def find_single_cards(layout: Layout, around: Box) -> None:
    """Mark boxes that are a teaser each, unless together they are the article."""
    singles: list[Box] = []
    number = around.index + 1
    while number < around.last:
        box = layout.boxes[number]
        number += 1
        if box.tag in _CARD_TAGS and _is_single(layout, box):
            singles.append(box)
            number = box.last
    if sum(box.running for box in singles) > _MOST_SINGLE * around.running:
        return
    for box in singles:
        mark(layout.leaves[box.start : box.end], "teaser", "a card by itself")


def find_titles(layout: Layout, around: Box) -> None:
    """Mark titles of other articles, and their first words, below the article."""
    below = [leaf for leaf in layout.leaves[around.end :] if not leaf.role]
    mark_titles(below)
    for leaf in below:
        for box in islice(leaf.box.chain(), _CARD_BOXES):
            inside = layout.leaves[box.start : box.end]
            if box.chars <= _CARD_CHARS and any(x.role == "teaser" for x in inside):
                mark([leaf], "teaser", "stands with a title that leads elsewhere")


def mark_titles(leaves: Iterable[Leaf]) -> None:
    """Mark lines that are titles of other articles: links of several words."""
    for leaf in leaves:
        words = leaf.text.count(" ") + 1
        if leaf.linked >= _TITLE_SHARE * leaf.chars and words >= _TITLE_WORDS:
            mark([leaf], "teaser", "a title that leads elsewhere")


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


def _is_single(layout: Layout, box: Box) -> bool:
    """Whether a box is a card: a linked title, few words, and two links to one page.

    The picture or the words "read more" lead where the title does.
    """
    if not box.linked or box.end - box.start < 2 or box.chars > _CARD_CHARS:
        return False
    if not _is_card(layout, box) or box.running > _LISTED_CHARS:
        return False
    if _NUMBERED.match(layout.leaves[box.start].text):
        return False  # an item of a list that the article is
    targets = [a.get("href") for a in box.element.iter("a")]
    named = _CARD_NAMES.search(box.element.get("class") or "") is not None
    return len(targets) >= 2 - named and len(set(targets)) == 1


def _is_gallery(layout: Layout, row: Sequence[Box]) -> bool:
    """Whether a row is of boxes called cards that have no titles: people, praise."""
    named = "card" in (row[0].element.get("class") or "").lower()
    if not named or len(row) < _LEAST_GALLERY:
        return False
    leaves = layout.leaves[row[0].start : row[-1].end]
    titled = any(leaf.kind == "subhead" or leaf.bold or leaf.linked for leaf in leaves)
    return not titled and all(box.chars <= _CARD_CHARS for box in row)


def _are_parts(cards: Sequence[Box]) -> bool:
    """Whether boxes without a name of their own are too long to be teasers."""
    named = cards[0].element.get("class")
    return not named and any(card.running > _MOST_PROSE for card in cards)

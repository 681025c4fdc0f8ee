"""Material in, the page's layout with the role of each line out, and its rule.

The rules run in a fixed order, from what the page's own markup says to what a line's
words and place say; the first that knows a line decides. What no rule knows is text.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from .boxed import find_cards, find_link_lists, find_strays, name_boxes, name_frame
from .ground import enclosing, ground
from .known import Known
from .layout import Box, Layout, Leaf, mark
from .lined import (
    find_echoes,
    find_ending,
    find_fields,
    find_head,
    find_lead,
    find_next_article,
    find_related,
    find_tail,
    promote,
    read_phrases,
)
from .material import Material
from .memory import NOTHING, Memory
from .reading import read_layout
from .survey import spine_of
from .text import key
from .titles import Headline
from .tree import select
from .underhead import underhead
from .witness import believe, hear

_MIN_CHARS = 200
_MIN_SHARE = 0.4
"""Share of the ground's running text that the rules must leave."""
_MOST_SELECTED = 20


def dissect(
    material: Material, title: Headline | None, known: Known, memory: Memory = NOTHING
) -> Layout | None:
    """Return the page's lines with their roles; None for a page without a body."""
    root = material.root.find("body")
    if root is None:
        return None
    layout = read_layout(root)
    chosen = select(material.root, material.profile.selectors.get("body", ()))
    spine = spine_of(title.element if title else None)
    if chosen:
        mark_others(layout, chosen[:_MOST_SELECTED])
        around = enclosing(layout, chosen[:_MOST_SELECTED])
    else:
        around = ground(layout, spine)
    around = around or layout.boxes[0]
    if not known.standfirst:
        under = underhead(layout, around, spine, descriptions(material))
        mark([under] if under else [], "standfirst", "under the headline")
    recall(layout.leaves[around.start : around.end], memory)
    label(layout, around, spine, known)
    needed = max(_MIN_CHARS, _MIN_SHARE * around.running)
    found = _chars(layout)
    if found < needed and not chosen:
        verdict = hear(material.root)
        if len(verdict) > found:
            believe(layout.leaves, verdict)
    return layout


def recall(leaves: Sequence[Leaf], memory: Memory) -> None:
    """Mark the lines that are remembered as the site's own."""
    for leaf in leaves if memory.furniture else ():
        pages = memory.furniture.get(key(leaf.text), 0)
        if pages:
            mark([leaf], "nav", f"the same on {pages} articles of the site")


def descriptions(material: Material) -> list[str]:
    """Return what the page's metadata says the article is about."""
    names = ("og:description", "description", "twitter:description")
    return [*(material.meta(name) for name in names), material.linked.description]


def mark_others(layout: Layout, chosen: list[HtmlElement]) -> None:
    """Mark the lines that lie in none of the elements the profile names."""
    wanted = frozenset(chosen)
    for leaf in layout.leaves:
        if not any(box.element in wanted for box in leaf.box.chain()):
            mark([leaf], "nav", "not in the profile's selector")


def label(
    layout: Layout, around: Box, spine: frozenset[HtmlElement], known: Known
) -> None:
    """Give every line its role.

    Args:
        layout: The page; its lines are changed.
        around: The box around the article's text.
        spine: The headline's element and what encloses it.
        known: What the page's fields already hold.
    """
    leaves = layout.leaves[around.start : around.end]
    find_fields(layout.leaves[: around.start], known)
    find_lead(layout, around, spine)
    name_boxes(layout, around)
    read_phrases(leaves)
    find_related(leaves)
    find_link_lists(layout, around)
    find_cards(layout, around)
    find_strays(layout, around)
    promote(leaves)
    find_next_article(leaves, known)
    find_ending(leaves)
    find_head(leaves, known)
    find_tail(leaves, known)
    find_echoes(leaves)
    mark(leaves, "body", "in the article")
    mark([x for x in layout.leaves if x.box.element in spine], "headline", "headline")
    name_frame(layout, around)
    find_related(layout.leaves)
    mark(layout.leaves, "nav", "outside the article")


def _chars(layout: Layout) -> int:
    return sum(leaf.chars for leaf in layout.leaves if leaf.role == "body")

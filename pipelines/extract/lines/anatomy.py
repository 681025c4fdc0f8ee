"""Material in, the page's layout with the role of each line out, and its rule.

The rules run in a fixed order, from what the page's own markup says to what a line's
words and place say; the first that knows a line decides. What no rule knows is text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from ..fields.titles import Headline
from ..material import Material
from ..survey import spine_of
from ..text import key
from ..tree import select
from .boxed import (
    find_link_lists,
    find_pictured,
    find_strays,
    name_boxes,
    name_frame,
)
from .cards import find_cards, find_single_cards, find_titles
from .ground import enclosing, ground
from .known import Known
from .layout import Box, Layout, mark
from .lined import (
    OVER_EVENTS,
    find_echoes,
    find_ending,
    find_fields,
    find_head,
    find_next_article,
    find_related,
    find_tail,
    promote,
    read_phrases,
)
from .reading import read_layout
from .underhead import find_lead, headline_line, underhead
from .witness import believe, hear

_MIN_CHARS = 200
_MIN_SHARE = 0.4
"""Share of the ground's running text that the rules must leave."""
_MOST_SELECTED = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """A page as it is read, before its lines have roles."""

    layout: Layout
    around: Box
    """The box around the article's text."""
    spine: frozenset[HtmlElement]
    """The headline's element and what encloses it."""
    chosen: tuple[HtmlElement, ...]
    """What the profile says the text is in; empty where it does not say."""


def frame_of(material: Material, title: Headline | None) -> Frame | None:
    """Read a page's lines; None for a page without a body."""
    root = material.root.find("body")
    if root is None:
        return None
    layout = read_layout(root)
    found = select(material.root, material.profile.selectors.get("body", ()))
    chosen = tuple(found[:_MOST_SELECTED])
    spine = spine_of(title.element if title else None)
    around = enclosing(layout, list(chosen)) if chosen else ground(layout, spine)
    return Frame(
        layout=layout,
        around=around or layout.boxes[0],
        spine=spine,
        chosen=chosen,
    )


def dissect(frame: Frame, material: Material, known: Known) -> None:
    """Give a page's lines their roles; lines that have one keep it."""
    layout, around = frame.layout, frame.around
    known_lines = [leaf for leaf in layout.leaves if leaf.role]
    if frame.chosen:
        mark_others(layout, around, frame.chosen)
    if not known.standfirst:
        under = underhead(layout, around, frame.spine, descriptions(material))
        mark([under] if under else [], "standfirst", "under the headline")
    label(layout, around, frame.spine, known)
    others = sum(leaf.running for leaf in layout.leaves if leaf.rule == OVER_EVENTS)
    needed = max(_MIN_CHARS, _MIN_SHARE * (around.running - others))
    found = _chars(layout)
    if found < needed and not frame.chosen:
        verdict = hear(material.root)
        if len(verdict) > found:
            roles = [(leaf, leaf.role, leaf.rule) for leaf in known_lines]
            believe(layout.leaves, verdict)
            for leaf, role, rule in roles:
                leaf.role, leaf.rule = role, rule
            for leaf in layout.leaves:
                if leaf.role == "body" and key(leaf.text) == key(known.headline):
                    leaf.role, leaf.rule = "headline", "headline"


def descriptions(material: Material) -> list[str]:
    """Return what the page's metadata says the article is about."""
    names = ("og:description", "description", "twitter:description")
    return [*(material.meta(name) for name in names), material.linked.description]


def mark_others(layout: Layout, around: Box, chosen: Iterable[HtmlElement]) -> None:
    """Mark the lines that lie in none of the elements the profile names.

    Links to other articles are told from the rest: they are kept as links.
    """
    wanted = frozenset(chosen)
    others = [
        leaf
        for leaf in layout.leaves
        if not any(box.element in wanted for box in leaf.box.chain())
    ]
    find_related(others)
    find_titles(layout, around)
    mark(others, "nav", "not in the profile's selector")


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
    find_single_cards(layout, around)
    find_pictured(layout, around)
    find_strays(layout, around)
    promote(leaves)
    find_next_article(leaves, known)
    find_ending(leaves)
    find_head(leaves, known)
    find_tail(leaves, known)
    find_echoes(leaves)
    mark(leaves, "body", "in the article")
    title = headline_line(layout.leaves, spine)
    own = layout.leaves[title].box if title is not None else None
    mark([x for x in layout.leaves if x.box is own], "headline", "headline")
    name_frame(layout, around)
    find_related(layout.leaves)
    find_titles(layout, around)
    mark(layout.leaves, "nav", "outside the article")


def _chars(layout: Layout) -> int:
    return sum(leaf.chars for leaf in layout.leaves if leaf.role == "body")

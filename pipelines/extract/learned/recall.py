"""A labelled page and what is remembered of its site in; what that changes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from archive.records import Article

from ..byline.people import people
from ..claims import Claim
from ..fields import hinted
from ..fields.titles import Headline
from ..lines.layout import Layout, Leaf, LineRole, mark
from ..material import Material
from ..text import key, number
from .fieldpaths import line_at
from .lesson import Aside, asides, kept, named_in
from .memory import Memory, is_telling

_STANDFIRST_CHARS = (40, 700)
_BYLINE_CHARS = 160
_CARRIED = "where the site's pages carry it"
_NAMES = "names another article of the site"
_BESIDE = "beside the words of another article of the site"
_ROUND_UP_SHARE = 0.4
"""A page that tells so much under other articles' headlines is a round-up of them."""
_CUT_OFF = ("\u2026", "...")


@dataclass(frozen=True, kw_only=True, slots=True)
class Recalled:
    """What memory knows of a page."""

    marks: tuple[tuple[Leaf, LineRole, str], ...] = ()
    """Lines with the role that they have, and why."""
    claims: dict[str, Claim[str] | Claim[tuple[str, ...]]] = field(default_factory=dict)
    """Fields of `Article` that no other witness names."""


def recalled(
    layout: Layout, article: Article, memory: Memory, headline: int
) -> Recalled:
    """Return what memory knows of a page that was labelled without it.

    Args:
        layout: The labelled page.
        article: What was cut out of it.
        memory: Of the page's site.
        headline: Number of the page's headline.
    """
    marks: list[tuple[Leaf, LineRole, str]] = []
    for leaf in layout.leaves:
        why = memory.why(leaf.text, headline) if leaf.role == "body" else None
        if why is not None:
            marks.append((leaf, *why))
    marks += _pointing(layout, memory, headline)
    claims: dict[str, Claim[str] | Claim[tuple[str, ...]]] = {}
    for leaf, role, claim in _carried(layout, article, memory):
        marks.append((leaf, role, _CARRIED))
        claims["standfirst" if role == "standfirst" else "authors"] = claim
    return Recalled(marks=tuple(marks), claims=claims)


def _pointing(
    layout: Layout, memory: Memory, headline: int
) -> Iterator[tuple[Leaf, LineRole, str]]:
    """Yield the lines that are known by the words of another article in or by them."""
    if not memory.furniture and not memory.teasers:
        return
    for leaf, place in kept(layout):
        if any(memory.why(part, headline) for part in named_in(leaf, place)):
            yield leaf, "teaser", _NAMES
    beside = set(_beside(layout, memory, headline))
    text = sum(leaf.chars for leaf in layout.leaves if leaf.role == "body")
    if sum(leaf.chars for leaf in beside) < _ROUND_UP_SHARE * text:
        yield from ((x, "teaser", _BESIDE) for x in layout.leaves if x in beside)


def _beside(layout: Layout, memory: Memory, headline: int) -> Iterator[Leaf]:
    """Yield what stands under the words of other articles in boxes of their own."""
    for aside in asides(layout):
        for leaf in aside.own:
            role = _known(leaf, memory, headline)
            for other in _told(aside, leaf) if role else ():
                if role == "teaser" or other.text.endswith(_CUT_OFF):
                    yield other


def _known(leaf: Leaf, memory: Memory, headline: int) -> Literal["nav", "teaser", ""]:
    """What a line of some words is known for; it may have been left out before."""
    if leaf.role == "headline" or not is_telling(leaf.text):
        return ""
    line = number(leaf.text)
    if memory.teasers.get(line, frozenset()) - {headline}:
        return "teaser"
    return "nav" if line in memory.furniture else ""


def _told(aside: Aside, heading: Leaf) -> Iterator[Leaf]:
    """Yield the text under a heading, and the labels above it."""
    is_under = False
    for leaf in aside.lines:
        is_under = is_under or leaf is heading
        if (
            leaf.role == "body"
            and leaf is not heading
            and (is_under or not leaf.running)
        ):
            yield leaf


def _carried(
    layout: Layout, article: Article, memory: Memory
) -> Iterator[tuple[Leaf, LineRole, Claim[str] | Claim[tuple[str, ...]]]]:
    """Yield the lines where the site's pages carry fields that this one lacks."""
    leaf = None
    if not article.standfirst:
        leaf = line_at(layout, memory.paths.get("standfirst", {}))
    least, most = _STANDFIRST_CHARS
    if leaf is not None and least <= leaf.chars <= most:
        yield leaf, "standfirst", Claim(value=leaf.text, witness="memory")
    leaf = None
    if not article.authors:
        leaf = line_at(layout, memory.paths.get("byline", {}))
    if leaf is not None and leaf.chars <= _BYLINE_CHARS:
        names = people([leaf.text], frozenset((key(article.headline),)))
        if names:
            yield leaf, "byline", Claim(value=names, witness="memory")


def relabel(layout: Layout, found: Recalled) -> None:
    """Take all roles back but those that are remembered."""
    for leaf in layout.leaves:
        leaf.role, leaf.rule = "", ""
    for leaf, role, why in found.marks:
        mark([leaf], role, why)


def described(
    article: Article, material: Material, title: Headline | None, memory: Memory
) -> Article:
    """Add the standfirst that the site is known to give in the page's head."""
    if article.standfirst or not memory.describes:
        return article
    lines = [block.text for block in article.blocks]
    told = hinted.described(material, title, lines, memory.furniture)
    if told is None:
        return article
    sources = {**article.sources, "standfirst": told.witness}
    return replace(article, standfirst=told.value, sources=sources)

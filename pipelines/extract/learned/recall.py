"""A labelled page and what is remembered of its site in; what that changes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from archive.records import Article

from ..byline.people import people
from ..claims import Claim
from ..fields import hinted
from ..fields.titles import Headline
from ..lines.layout import Layout, Leaf, LineRole, mark
from ..material import Material
from ..text import key
from .fieldpaths import line_at
from .memory import Memory

_STANDFIRST_CHARS = (40, 700)
_BYLINE_CHARS = 160
_CARRIED = "where the site's pages carry it"


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
    claims: dict[str, Claim[str] | Claim[tuple[str, ...]]] = {}
    for leaf, role, claim in _carried(layout, article, memory):
        marks.append((leaf, role, _CARRIED))
        claims["standfirst" if role == "standfirst" else "authors"] = claim
    return Recalled(marks=tuple(marks), claims=claims)


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

"""A site's cut pages in, what repeats on them out; a line in, whether it is remembered.

A line that several different articles of a site hold is the site's, not the article's.
What is learned depends on the set of pages only, never on their order, and a further
page can only add to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from archive.records import Article, BlockKind

from .text import key

_LEAST_ARTICLES = 3
"""Different articles that must hold a line before it is taken for the site's."""
_LEAST_SUBHEADS = 6
"""The same for subheads: columns share "What happens next" and the like."""
_KINDS: frozenset[BlockKind] = frozenset(("paragraph", "subhead", "quote", "list_item"))
"""Rows of tables and numbered items repeat for good reasons."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """What has been learned of a site from its own pages."""

    furniture: Mapping[str, int] = field(default_factory=dict)
    """`text.key` of a line that is no article's, and on how many articles it stood."""


NOTHING = Memory()


def learn(articles: Iterable[Article]) -> Memory:
    """Return what repeats on a site's articles, as cut without memory.

    Pages of one headline count as one article: copies and further addresses of a text
    must not make its sentences look like furniture.
    """
    seen: dict[tuple[str, BlockKind], set[str]] = defaultdict(set)
    for article in articles:
        title = key(article.headline)
        for block in article.blocks:
            if block.kind in _KINDS and (line := key(block.text)):
                seen[line, block.kind].add(title)
    counts: dict[str, int] = {}
    for (line, kind), titles in seen.items():
        least = _LEAST_SUBHEADS if kind == "subhead" else _LEAST_ARTICLES
        if len(titles) >= least:
            counts[line] = max(counts.get(line, 0), len(titles))
    return Memory(furniture=dict(sorted(counts.items())))

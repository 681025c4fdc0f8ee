"""All documents of a run go in; for each site, what they tell of each other comes out.

A line that stands on several pages of a site is the site's and no article's; a line
that is the headline of another article leads there. What is learned depends on the set
of documents only, never on their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from .lines import key
from .memory import Memory
from .prepare import Candidate

LEAST_PAGES = 3
"""Pages of different headlines that must hold a line before it is taken for the
site's."""


def learn(candidates: Iterable[Candidate]) -> dict[str, Memory]:
    """Learn from documents that were read without memory; sites by their names."""
    titles: dict[str, set[str]] = defaultdict(set)
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in candidates:
        if one.reading is None or one.article is None:
            continue
        site, title = one.site.name, key(one.article.headline)
        titles[site].add(title)
        if one.format == "page":
            for found in one.reading.labelled:
                seen[site, found.line.key].add(title)
    repeated: dict[str, set[str]] = defaultdict(set)
    for (site, line), pages in seen.items():
        if line and len(pages) >= LEAST_PAGES:
            repeated[site].add(line)
    return {
        site: Memory(
            furniture=frozenset(repeated[site]), titles=frozenset(titles[site] - {""})
        )
        for site in titles
    }


def joined(one: Memory, two: Memory) -> Memory:
    """What both memories hold."""
    return Memory(
        furniture=one.furniture | two.furniture, titles=one.titles | two.titles
    )

"""A crawl's end goes in; articles that were lost and found again are made one.

A site that moves may give an article another headline on the way and edit its text; its
former address then leads nowhere, or to what looks like another article. Where an
article went and one of its day with nearly its text came in the same crawl, it moved.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pipelines.sameness import is_alike

if TYPE_CHECKING:
    from archive.identity.twins import Born, Lost
    from archive.write import Archive

LONG = 60
"""Words of a text: a shorter one may be what stands before a wall."""


def rejoin(archive: Archive, site: str, *, at: str) -> int:
    """Make one what a site's last crawl has lost and found; return how many.

    Args:
        archive: The archive.
        site: Name of the site.
        at: UTC instant at which this is done.
    """
    by_day: dict[str, list[Born]] = defaultdict(list)
    lost = archive.memories.lost(site)
    for found in archive.memories.born(site) if lost else ():
        if found.published_on:
            by_day[found.published_on].append(found)
    joined = 0
    for one in lost:
        born = by_day.get(one.published_on or "", [])
        alike = [found for found in born if _is_same(one, found, archive)]
        if len(alike) == 1:
            archive.memories.move(one.article_id, alike[0], at)
            born.remove(alike[0])
            joined += 1
    return joined


def _is_same(lost: Lost, found: Born, archive: Archive) -> bool:
    """Whether the text of an article that came is that of one that went."""
    before, after = archive.body(lost.article_id), archive.body(found.article_id)
    return len(before.split()) >= LONG and is_alike(before, after)

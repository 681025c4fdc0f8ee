"""A crawl's end goes in; articles that were lost and found again are made one.

A site that moves may give an article another headline on the way and edit its text; its
former address then leads nowhere, or to what looks like another article. Where an
article went and one of its day with nearly its text came in the same crawl, it moved.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from pipelines.sameness import NEARLY, is_alike
from pipelines.words import words_key

if TYPE_CHECKING:
    from archive.identity.twins import Born, Lost
    from archive.write import Archive

FIGURES = re.compile(r"\d+")
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
    pairs = [
        (one, found)
        for one in lost
        for found in by_day.get(one.published_on or "", ())
        if _is_same(one, found, archive)
    ]
    went = Counter(one.article_id for one, _ in pairs)
    came = Counter(found.article_id for _, found in pairs)
    sure = [
        (one, found)
        for one, found in pairs
        if went[one.article_id] == came[found.article_id] == 1
    ]
    for one, found in sure:
        archive.memories.move(one.article_id, found, at)
    return len(sure)


def _is_same(lost: Lost, found: Born, archive: Archive) -> bool:
    """Whether the text of an article that came is that of one that went.

    Under another headline nearly every word has to be the same, and not the figures of
    the headlines alone may differ: numbered notices stand in one frame.
    """
    before, after = archive.body(lost.article_id), archive.body(found.article_id)
    titles = [words_key(one.headline) for one in (lost, found)]
    if titles[0] == titles[1]:
        return is_alike(before, after)
    if len({FIGURES.sub("", title) for title in titles}) == 1:
        return False
    is_long = len(before.split()) >= LONG
    return is_long and is_alike(before, after, least=NEARLY)

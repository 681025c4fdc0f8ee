"""A capture of the archive goes in; its pages with every line labelled come out.

`cuttings anatomy` and the reading room cut here, by the same rules and with the same
memory as a crawl.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from archive.database import captures_folder, open_for_reading
from archive.memories import Memories
from archive.records import Article
from archive.stored import StoredCapture, part_captures
from archive.warc import captures
from crawler.items import Page
from crawler.sites.profile import Profile
from pipelines.extract import NOTHING, Anatomy, Cutting, Memory, Part, anatomy
from pipelines.join import whole
from pipelines.reextract import page_of
from pipelines.remember import memory_of

REPEATS = "left out where the pages are joined"
"""Why a line of one page is not in the text of all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Labelled:
    """All pages of an article, and what was made of them."""

    pages: tuple[Anatomy, ...]
    """At least one; a line that is kept is in the article's text."""
    article: Article | None
    """None where the first page holds no text at all."""


def from_capture(db: Path, stored: StoredCapture, profile: Profile) -> Labelled:
    """Label a stored page and the further ones of its article.

    Raises:
        CaptureUnreadable: A record is missing or damaged.
        PayloadError: A content coding cannot be undone.
        ArchiveUnreadable: The archive cannot be opened, or is of another version.
    """
    with closing(open_for_reading(db)) as connection:
        all_of_them = [stored, *part_captures(connection, stored.capture_id)]
        memory = remembered(connection, stored.site)
    folder = captures_folder(db)
    pages = [page_of(one, captures.read(folder, one.capture)) for one in all_of_them]
    return labelled(pages, profile, memory)


def remembered(connection: sqlite3.Connection, site: str) -> Memory:
    """What an archive remembers of a site."""

    def opened() -> AbstractContextManager[sqlite3.Connection]:
        return nullcontext(connection)

    return memory_of(Memories(opened, opened), site)


def labelled(
    pages: Sequence[Page], profile: Profile, memory: Memory = NOTHING
) -> Labelled:
    """Label every line of an article's pages.

    Args:
        pages: At least one, in their order.
        profile: What is known of their site.
        memory: What has been learned of it.
    """
    first, *further = (anatomy(page, profile, memory) for page in pages)
    if not further:
        return Labelled(pages=(first,), article=first.article)
    cuts = (Cutting(article=one.article, lesson=None) for one in (first, *further))
    page = replace(pages[0], parts=tuple(pages[1:]))
    joined = whole(next(cuts), page, lambda _: next(cuts)).cutting.article
    found = tuple(_joined((first, *further), joined))
    return Labelled(pages=found, article=joined)


def _joined(pages: Sequence[Anatomy], article: Article | None) -> Iterator[Anatomy]:
    """Yield pages on which no line is kept that the article has not."""
    left = _lines(article)
    for page in pages:
        own = _lines(page.article)
        yield replace(page, parts=tuple(_marked(page.parts, own - left)))
        left -= own


def _lines(article: Article | None) -> Counter[str]:
    """The lines of an article's text, and how often each is in it."""
    return Counter(block.text for block in article.blocks) if article else Counter()


def _marked(parts: Iterable[Part], dropped: Counter[str]) -> Iterator[Part]:
    """Yield a page's lines; those that were dropped are not kept."""
    for part in parts:
        if part.kept and dropped[part.text] > 0:
            dropped[part.text] -= 1
            yield replace(part, kept=False, rule=REPEATS)
        else:
            yield part

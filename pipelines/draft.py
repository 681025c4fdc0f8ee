"""What a stage hands to the next; contains no business logic."""

from __future__ import annotations

from dataclasses import dataclass

from archive.articles import Cut
from archive.records import UNKNOWN_MAKER, Article, Decision, Fetch, Maker, Rejection
from crawler.items import Page
from pipelines.extract.learned.lesson import Lesson


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A page on its way to the archive; each stage fills the field it answers for."""

    page: Page
    fetch: Fetch
    """The ledger's record of the fetch; its capture is kept already."""
    article: Article | None = None
    """Set by extract; None if nothing could be cut out."""
    rejection: Rejection | None = None
    """Set by extract, where the rules of grounds.py are applied."""
    failure: str | None = None
    """Set by extract where it could not be run to its end."""
    lesson: Lesson | None = None
    """Set by extract: what the page teaches of its site."""
    memory: int = 0
    """Set by extract: version of the site memory that the article was cut with."""
    maker: Maker = UNKNOWN_MAKER
    """Set by extract: what cut it."""
    signature: tuple[int, ...] = ()
    """Set by extract: hashes of the body; none for a text that no worker cut."""
    cut: Cut | None = None
    """Set by identify: digests and origin of the text."""
    decision: Decision | None = None
    """Set by identify, deduplicate and revise in turn."""

"""What the Scrapy adapters of the stages share; contains no business logic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Self

from archive import sessions

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from archive.write import Archive


class ArchiveStage:
    """A stage that uses the archive that the setting ARCHIVE names."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.archive: Archive = sessions.acquire(Path(crawler.settings["ARCHIVE"]))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Share the process's open archive."""
        return cls(crawler)

    def close_spider(self) -> None:
        """Let the archive go."""
        sessions.release(self.archive)

    def count(self, outcome: str) -> None:
        """Increment one `stage/outcome` stat."""
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value(outcome)

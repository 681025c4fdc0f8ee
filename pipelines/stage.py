"""What the Scrapy adapters of the stages share; contains no business logic.

The edge of every stage is here: whatever one page makes go wrong is recorded as the
outcome of its address, and the crawl goes on. An archive that cannot be written is no
page's fault; the crawl ends by crawler/commits.py, and the page is left over.
"""

from __future__ import annotations

import logging
from abc import abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from scrapy.exceptions import DropItem

from archive import sessions
from archive.errors import ArchiveWriteError
from archive.records import Fetch
from crawler.items import Page
from pipelines.draft import Draft

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from archive.write import Archive

logger = logging.getLogger(__name__)
Item = TypeVar("Item", Page, Draft)


def fetch_of(item: Page | Draft) -> Fetch:
    """The ledger's record of the fetch behind an item, as far as it has come."""
    if isinstance(item, Draft):
        return item.fetch
    return Fetch(
        crawl_id=item.crawl_id,
        site=item.site,
        url=item.requested_url,
        at=item.fetched_at,
        status=item.status,
    )


class ArchiveStage(Generic[Item]):
    """A stage that uses the archive that the setting ARCHIVE names."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.archive: Archive = sessions.acquire(Path(crawler.settings["ARCHIVE"]))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Share the process's open archive."""
        return cls(crawler)

    @abstractmethod
    def stage(self, item: Item) -> Draft:
        """Do the stage's work on one item."""

    def process_item(self, item: Item) -> Draft:
        """Run the stage; an item that makes it fail is recorded and dropped."""
        try:
            return self.stage(item)
        except DropItem:
            raise
        except ArchiveWriteError as error:
            raise DropItem(f"not kept ({error.why}): {fetch_of(item).url}") from error
        except Exception as error:
            fetch = fetch_of(item)
            logger.exception("%s failed on %s", type(self).__name__, fetch.url)
            raise self._failed(fetch, error) from error

    def _failed(self, fetch: Fetch, error: Exception) -> DropItem:
        why = f"{type(error).__name__}: {error}"[:300]
        try:
            self.archive.fail(fetch, f"{type(self).__name__}: {why}")
        except ArchiveWriteError as refusal:
            return DropItem(f"not kept ({refusal.why}): {fetch.url}")
        self.count("fetch/failed")
        return DropItem(f"failed ({why}): {fetch.url}")

    def close_spider(self) -> None:
        """Let the archive go."""
        sessions.release(self.archive)

    def count(self, outcome: str) -> None:
        """Increment one `stage/outcome` stat."""
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value(outcome)

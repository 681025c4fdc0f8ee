"""A fetched `Page` goes in; a `Draft` whose bytes are kept comes out."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from archive.records import Fetch, Origin
from archive.warc.captures import Answer
from crawler.items import Page, newest_change
from crawler.urls import canonical
from pipelines.draft import Draft
from pipelines.stage import ArchiveStage

if TYPE_CHECKING:
    from archive.write import Archive


def answer_of(page: Page) -> Answer:
    """The response to keep: the bytes as they were sent."""
    return Answer(
        url=page.url,
        status=page.status,
        reason=page.reason,
        headers=page.headers,
        payload=page.wire,
        fetched_at=page.fetched_at,
        ip_address=page.ip_address,
    )


def fetch_of(page: Page, capture_id: int) -> Fetch:
    """The ledger's record of a page that was fetched and kept.

    No validators are kept of an article of which a page is missing: a 304 to its first
    page would hide that the missing one can be had by now.
    """
    headers = {name.lower(): value for name, value in page.headers}
    return Fetch(
        crawl_id=page.crawl_id,
        site=page.site,
        url=page.requested_url,
        at=page.fetched_at,
        final_url=canonical(page.url),
        passed=tuple(canonical(url) for url in page.redirects),
        status=page.status,
        capture_id=capture_id,
        etag=headers.get("etag") if page.is_whole else None,
        last_modified=headers.get("last-modified") if page.is_whole else None,
        stated_at=newest_change(page.hints),
    )


def origin_of(page: Page, *, part_of: int | None = None) -> Origin:
    """How the page was come by, for re-extraction.

    Args:
        page: The page.
        part_of: The capture of its article's first page; None if it is that itself.
    """
    hints = [asdict(hint) for hint in page.hints]
    return Origin(
        passed=json.dumps(page.redirects),
        hints=json.dumps(hints, separators=(",", ":")),
        part_of=part_of,
    )


def keep(page: Page, archive: Archive) -> Draft:
    """Keep the bytes of a page and of its further pages, before anything is cut."""
    first = archive.keep(page.site, answer_of(page), origin_of(page))
    parts = tuple(
        fetch_of(
            part,
            archive.keep(part.site, answer_of(part), origin_of(part, part_of=first)),
        )
        for part in page.parts
    )
    return Draft(page=page, fetch=replace(fetch_of(page, first), parts=parts))


class CaptureStage(ArchiveStage[Page]):
    """Scrapy adapter of `keep`."""

    def stage(self, item: Page) -> Draft:
        """Keep one page."""
        return keep(item, self.archive)

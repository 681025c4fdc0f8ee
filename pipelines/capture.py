"""A fetched `Page` goes in; a `Draft` whose bytes are kept comes out."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from archive.captures import Answer
from archive.records import Fetch, Origin
from crawler.items import Page
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
    """The ledger's record of a page that was fetched and kept."""
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
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
    )


def origin_of(page: Page) -> Origin:
    """How the page was come by, for re-extraction."""
    hints = [asdict(hint) for hint in page.hints]
    return Origin(
        passed=json.dumps(page.redirects),
        hints=json.dumps(hints, separators=(",", ":")),
    )


def keep(page: Page, archive: Archive) -> Draft:
    """Keep a page's bytes, before anything is parsed."""
    capture_id = archive.keep(page.site, answer_of(page), origin_of(page))
    return Draft(page=page, fetch=fetch_of(page, capture_id))


class CaptureStage(ArchiveStage[Page]):
    """Scrapy adapter of `keep`."""

    def stage(self, item: Page) -> Draft:
        """Keep one page."""
        return keep(item, self.archive)

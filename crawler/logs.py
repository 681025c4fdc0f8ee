"""Scrapy's log events go in; short ones without page contents come out."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.http import Response
    from scrapy.logformatter import LogFormatterResult


class ShortLog(LogFormatter):
    """A dropped page is an outcome like another, told in one line."""

    def crawled(  # type: ignore[override]  # None is documented
        self, request: Request, response: Response, spider: Spider
    ) -> LogFormatterResult | None:
        """Leave the line out: stages tell what became of a page."""
        return None

    def scraped(  # type: ignore[override]  # None is documented
        self, item: Any, response: Any, spider: Spider
    ) -> LogFormatterResult | None:
        """Leave the line out: store tells."""
        return None

    def dropped(
        self, item: Any, exception: BaseException, response: Any, spider: Spider
    ) -> LogFormatterResult:
        """Tell the reason without printing the page."""
        return {
            "level": logging.INFO,
            "msg": "rejected: %(exception)s",
            "args": {"exception": exception},
        }

    def item_error(
        self, item: Any, exception: BaseException, response: Any, spider: Spider
    ) -> LogFormatterResult:
        """Tell the error without printing the page."""
        url = getattr(getattr(item, "fetch", item), "url", "?")
        return {
            "level": logging.ERROR,
            "msg": "%(url)s could not be stored: %(exception)s",
            "args": {"url": url, "exception": exception},
        }

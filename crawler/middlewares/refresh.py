"""Pages go in; those that send their reader on at once come out as redirects.

A page that reloads itself, to show later news, or that moves on after a while, is a
page like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware

from crawler.errors import InvalidUrl
from crawler.urls import canonical

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.http import Response


class RefreshMiddleware(MetaRefreshMiddleware):
    """Scrapy's middleware, but for pages that lead back to where they came from."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Follow a refresh that leads on."""
        try:
            onward = super().process_response(request, response)
            leads_on = onward is not response and canonical(onward.url) not in {
                canonical(url)
                for url in (request.url, *request.meta.get("redirect_urls", ()))
            }
        except (ValueError, InvalidUrl):  # it leads nowhere
            return response
        return onward if leads_on else response

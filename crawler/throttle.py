"""Latencies go in, delays come out: Scrapy's AutoThrottle that keeps a stated delay.

AutoThrottle lowers a slot's delay towards the latency, and would undo what robots.txt
asked for; here a slot with a stated delay never goes below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.extensions.throttle import AutoThrottle

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.http import Response


class Throttle(AutoThrottle):
    """AutoThrottle with a floor for each slot."""

    def _response_downloaded(
        self, response: Response, request: Request, spider: Spider
    ) -> None:
        super()._response_downloaded(response, request, spider)
        key, slot = self._get_slot(request, spider)
        engine = self.crawler.engine
        if engine is None or key is None or slot is None:
            return
        stated = engine.downloader.per_slot_settings.get(key, {})
        slot.delay = max(slot.delay, stated.get("delay", 0.0))

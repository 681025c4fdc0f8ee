"""Latencies go in, delays come out: Scrapy's AutoThrottle that keeps a stated delay.

AutoThrottle lowers a slot's delay towards the latency, and would undo what robots.txt
asked for; here a slot with a stated delay never goes below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.extensions.throttle import AutoThrottle

if TYPE_CHECKING:
    from scrapy.core.downloader import Slot
    from scrapy.http import Response


class Throttle(AutoThrottle):
    """AutoThrottle with a floor for each slot."""

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        engine = self.crawler.engine
        stated = engine.downloader.per_slot_settings if engine else {}
        key = response.request.meta.get("download_slot") if response.request else None
        floor = stated.get(key or "", {}).get("delay", 0.0)
        slot.delay = max(slot.delay, floor)

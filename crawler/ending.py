"""What a crawl came to goes in; how it ended, and the limits that it met, come out.

Judged here and nowhere else: the archive, the terminal and the exit code all tell it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from crawler.frontier import MOST_TARGETS
from crawler.routes import MOST_ROUTE_PAGES

Finish = Literal["finished", "stopped", "failed"]

LIMIT = "closespider_"
"""Prefix of Scrapy's reasons for the settings that limit a crawl."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """What a crawl came to."""

    reason: str
    """Scrapy's: finished, shutdown, closespider_…, or one of ours."""
    found: int = 0
    known: int = 0
    tried: int = 0
    """Addresses that have an outcome."""
    failed: int = 0
    """Of these: failed or forbidden."""
    has_problems: bool = False
    """Whether anything went wrong with a route."""
    unchanged_routes: int = 0
    """Routes that answered 304."""
    has_lost_starts: bool = False
    """Whether none of the start pages that somebody named could be had."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Overrun:
    """What was left out of a crawl because there was too much of it."""

    routes: int = 0
    """Further pages of routes."""
    addresses: int = 0
    """Addresses that were too many."""


def finish_of(course: Course) -> Finish:
    """How a crawl ended: judged by what it came to, not by Scrapy's reason alone."""
    if course.reason == "shutdown" or course.reason.startswith(LIMIT):
        return "stopped"
    if course.reason != "finished" or course.has_lost_starts:
        return "failed"
    read_nothing = course.has_problems and not course.unchanged_routes
    if course.found == 0:
        return "failed" if read_nothing else "finished"
    all_failed = 0 < course.tried == course.failed and not course.known
    return "failed" if all_failed else "finished"


def limits_met(reason: str, seconds: float, overrun: Overrun) -> Iterator[str]:
    """Name the limits that ended a crawl or left something out of it.

    Args:
        reason: Scrapy's reason for the end.
        seconds: The time that a crawl may take.
        overrun: What was left out.
    """
    if reason == "closespider_timeout":
        yield f"stopped after {seconds:g} s (CUTTINGS_CRAWL_SECONDS)"
    elif reason.startswith(LIMIT):
        yield f"stopped by the setting {reason.upper()}"
    if overrun.routes:
        yield (
            f"more than {MOST_ROUTE_PAGES} pages of routes; "
            f"{overrun.routes} more were left out"
        )
    if overrun.addresses:
        yield f"more than {MOST_TARGETS} addresses; the rest was left out"

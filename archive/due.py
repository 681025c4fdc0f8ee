"""When an address was published and fetched goes in; when to look again comes out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

STEPS = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
    timedelta(days=30),
    timedelta(days=180),
)
"""Ages at which an article is looked at again: most corrections come within a day."""
REJECTED = timedelta(days=7)
FAILED = timedelta(hours=1)
FAILED_MOST = timedelta(days=30)


def parse(instant: str) -> datetime:
    """Read a stored instant or day as an aware datetime."""
    found = datetime.fromisoformat(instant)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def iso(moment: datetime) -> str:
    """Write an aware datetime as the archive stores instants: UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def article_due(*, born_at: str, now: str) -> str:
    """When an article's page is due again.

    Args:
        born_at: Publication, or the first sight of it, whichever is earlier.
        now: The fetch that just ended.
    """
    origin, fetched = min(parse(born_at), parse(now)), parse(now)
    for step in STEPS:
        if origin + step > fetched + STEPS[0] / 2:
            return iso(origin + step)
    return iso(fetched + STEPS[-1])


def rejected_due(now: str) -> str:
    """When a page that was no article is looked at again."""
    return iso(parse(now) + REJECTED)


def failed_due(now: str, failures: int) -> str:
    """When a failed address is tried again: doubled from an hour, 30 days at most."""
    return iso(parse(now) + min(FAILED * 2 ** min(failures - 1, 12), FAILED_MOST))

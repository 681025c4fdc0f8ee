"""When an address was published and fetched goes in; when to look again comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
QUIET_STEPS = (STEPS[2], STEPS[4], STEPS[5], STEPS[6])
"""Of a site that never edits: a day, a week, a month, half a year."""
BUSY_STEPS = (
    *STEPS[:2],
    timedelta(hours=12),
    STEPS[2],
    timedelta(days=2),
    *STEPS[3:5],
    timedelta(days=14),
    STEPS[5],
    timedelta(days=90),
    STEPS[6],
)
"""Of a site that edits much: half-way between, too."""
OLD = 50
"""An edit's second round begins with steps of at least this part of the age."""
CRAWLS = 50
"""How many of a site's last crawls tell its habit."""
ENOUGH_LOOKS = 100
"""Looks at known articles before a site is said to edit much or never."""
QUIET = 0.002
BUSY = 0.05
"""Edits a look."""
REJECTED = timedelta(days=7)
FAILED = timedelta(hours=1)
FAILED_MOST = timedelta(days=30)


@dataclass(frozen=True, kw_only=True, slots=True)
class Habit:
    """How often a site edits what it has published."""

    looks: int = 0
    """Fetches of known articles in its last crawls."""
    edits: int = 0
    """Of these, with another text."""

    @property
    def steps(self) -> tuple[timedelta, ...]:
        """The ages at which its articles are looked at."""
        if self.looks < ENOUGH_LOOKS:
            return STEPS
        share = self.edits / self.looks
        if share < QUIET:
            return QUIET_STEPS
        return BUSY_STEPS if share > BUSY else STEPS


def parse(instant: str) -> datetime:
    """Read a stored instant or day as an aware datetime."""
    found = datetime.fromisoformat(instant)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def iso(moment: datetime) -> str:
    """Write an aware datetime as the archive stores instants: UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def article_due(
    *,
    born_at: str,
    now: str,
    edited_at: str | None = None,
    habit: Habit | None = None,
) -> str:
    """When an article's page is due again.

    An article that was edited comes round as if it were born anew, but for the steps
    that are short beside its age: one that changes at every look is not fetched hourly
    for ever.

    Args:
        born_at: Publication, or the first sight of it, whichever is earlier.
        now: The fetch that just ended.
        edited_at: When its newest text was first seen; None if it is the only one.
        habit: How often its site edits what it has published.
    """
    steps = (habit or Habit()).steps
    origin, fetched = min(parse(born_at), parse(now)), parse(now)
    found = _after(origin, fetched, steps)
    if edited_at is not None:
        edited = min(max(parse(edited_at), origin), fetched)
        least = (edited - origin) / OLD
        found = min(found, _after(edited, fetched, [s for s in steps if s >= least]))
    return iso(found)


def _after(origin: datetime, fetched: datetime, steps: Sequence[timedelta]) -> datetime:
    """The first step that lies ahead of a fetch; behind the last, that long on."""
    for step in steps:
        if origin + step > fetched + STEPS[0] / 2:
            return origin + step
    return fetched + STEPS[-1]


def rejected_due(now: str) -> str:
    """When a page that was no article is looked at again."""
    return iso(parse(now) + REJECTED)


def failed_due(now: str, failures: int) -> str:
    """When a failed address is tried again: doubled from an hour, 30 days at most."""
    return iso(parse(now) + min(FAILED * 2 ** min(failures - 1, 12), FAILED_MOST))

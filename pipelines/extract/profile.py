"""What extraction reads of a site's profile, and which one holds for a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol, runtime_checkable

_WEB_BEGAN = date(1990, 1, 1)
"""A page that was fetched earlier is one of which nobody knows when."""


class SiteProfile(Protocol):
    """The part of a site's profile that extraction uses (`crawler.sites.Profile`)."""

    @property
    def name(self) -> str:
        """The profile's name."""

    @property
    def title(self) -> str:
        """The publication's name as it is displayed."""

    @property
    def home(self) -> str:
        """The address of the home page."""

    @property
    def language(self) -> str | None:
        """BCP 47 language of the site; None if unknown."""

    @property
    def timezone(self) -> str | None:
        """IANA name of the zone of the site's naive times; None or "UTC" if unknown."""

    @property
    def selectors(self) -> Mapping[str, tuple[str, ...]]:
        """Field name to CSS selectors, tried in order."""

    @property
    def removals(self) -> tuple[str, ...]:
        """CSS selectors of what never belongs to an article."""


@runtime_checkable
class Dated(Protocol):
    """A profile that knows older templates of its site."""

    def as_of(self, day: date) -> SiteProfile:
        """The profile for a page that was fetched on a day."""


def of_its_day(profile: SiteProfile, fetched_at: str) -> SiteProfile:
    """Return the profile that holds for a page.

    Args:
        profile: Of the page's site.
        fetched_at: When the page was fetched; where that is unknown, or before there
            were pages, the profile holds as it is.
    """
    try:
        day = date.fromisoformat(fetched_at[:10])
    except ValueError:
        return profile
    if day < _WEB_BEGAN or not isinstance(profile, Dated):
        return profile
    return profile.as_of(day)

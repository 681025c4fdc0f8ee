"""What extraction reads of a site's profile; contains no business logic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


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

"""In: checked facts about one site; out: `Profile`, which other parts ask.

A profile is data: frozen, picklable, without access to files or network.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from crawler.errors import InvalidUrl
from crawler.items import RouteKind
from crawler.urls import canonical, host, origin, path_and_query, same_site

DEFAULT_DELAY_SECONDS = 1.0
DEFAULT_MAX_PAGES = 500

Selectors = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """A page and a phrase that its article must contain."""

    url: str
    """Absolute http(s) address of an article."""
    contains: str
    """A short phrase, compared with white space folded."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DatedSelectors:
    """The selectors of an older template."""

    until: date
    """The last day on which the site served pages in that template."""
    selectors: Selectors
    """Field name to CSS selectors, tried in order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Start:
    """One address from which a crawl of the site begins."""

    route: RouteKind
    """What kind of answer is expected there."""
    url: str
    """Absolute http(s) address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """What we state of one site; everything not stated is left to general rules."""

    name: str
    """Stem of the profile's file, of a-z, 0-9, "_" and "-"."""
    title: str
    """The publication's name as it writes it."""
    home: str
    """Absolute http(s) address of the home page; its host is the site's host."""
    language: str | None = None
    """BCP 47, lower case, such as "en-gb"; None if not stated."""
    timezone: str = "UTC"
    """IANA name of the zone in which the site's own dates are meant."""
    delay_seconds: float = DEFAULT_DELAY_SECONDS
    """Least time between two requests to the site, 0 or more."""
    max_pages: int = DEFAULT_MAX_PAGES
    """Most article pages that one crawl fetches, 1 or more."""
    verified: bool = False
    """Whether somebody has seen this profile work on the live site."""
    source: str = ""
    """Where the profile's statements come from."""
    disabled: bool = False
    """Whether crawls without named sites leave it out."""
    hosts: tuple[str, ...] = ()
    """Further hosts that belong to the site, lower case, without port."""
    feeds: tuple[str, ...] = ()
    """Absolute addresses of RSS, Atom, RDF or JSON feeds."""
    sitemaps: tuple[str, ...] = ()
    """Absolute addresses of sitemaps or sitemap indexes."""
    sections: tuple[str, ...] = ()
    """Absolute addresses of pages that list articles."""
    wordpress: tuple[str, ...] = ()
    """Absolute addresses of WordPress posts collections, with their query."""
    article: tuple[re.Pattern[str], ...] = ()
    """One of these is found in path and query of every article; empty: no rule."""
    ignore: tuple[re.Pattern[str], ...] = ()
    """None of these is found in path and query of an article."""
    selectors: Selectors = field(default_factory=dict)
    """Field name to CSS selectors of the current template, tried in order."""
    dated: tuple[DatedSelectors, ...] = ()
    """Selectors of older templates, earliest `until` first."""
    removals: tuple[str, ...] = ()
    """CSS selectors of what is cut out of a page before extraction."""
    checks: tuple[Check, ...] = ()
    """Known pages with a phrase each."""

    @property
    def starts(self) -> tuple[Start, ...]:
        """Every address a crawl begins with, in the order the routes are tried."""
        kinds: tuple[tuple[RouteKind, tuple[str, ...]], ...] = (
            ("feed", self.feeds),
            ("wordpress", self.wordpress),
            ("sitemap", self.sitemaps),
            ("section", self.sections),
        )
        return tuple(Start(route=kind, url=url) for kind, urls in kinds for url in urls)

    def owns(self, url: str) -> bool:
        """Whether an address is on the site: its home's host or a listed one."""
        if same_site(url, self.home):
            return True
        try:
            return bool(self.hosts) and host(url) in self.hosts
        except InvalidUrl:
            return False

    def wants(self, url: str) -> bool:
        """Whether an address looks like an article of this site."""
        if not self.owns(url):
            return False
        spelling = canonical(url)
        if spelling == canonical(self.home):
            return False
        target = path_and_query(spelling)
        if any(pattern.search(target) for pattern in self.ignore):
            return False
        return not self.article or any(p.search(target) for p in self.article)

    def selectors_for(self, day: date | None) -> Selectors:
        """The selectors for a page of that day; None asks for the current ones.

        Fields that an older template does not state keep the current selectors.
        """
        if day is not None:
            for old in self.dated:
                if day <= old.until:
                    return {**self.selectors, **old.selectors}
        return self.selectors

    def as_of(self, day: date) -> Profile:
        """The profile for a page that was fetched on a day: with its selectors."""
        return replace(self, selectors=self.selectors_for(day)) if self.dated else self


def generic(url: str) -> Profile:
    """A profile for a crawl without one, from its start page's address alone.

    Raises:
        InvalidUrl: the address is no http(s) address.
    """
    start = origin(url)
    bare = start.partition("://")[2].removeprefix("www.")
    return Profile(
        name=_name(bare),
        title=bare,
        home=start + "/",
        source="made from the start page's address",
    )


def _name(place: str) -> str:
    """A name that no other host and port has: "-" is doubled, "." becomes "-"."""
    name, _, port = place.rpartition(":") if place[-1].isdigit() else (place, "", "")
    name, port = (name, f"_{port}") if name and port.isdigit() else (place, "")
    spelled = name.replace("-", "--").replace(".", "-").strip("[]").replace(":", "-")
    safe = re.sub(r"[^a-z0-9_-]", "_", spelled)
    return (safe if re.search("[a-z0-9]", safe) else "site") + port

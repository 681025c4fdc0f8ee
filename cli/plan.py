"""What a user asked for goes in; one job for each site of the run comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ada_url import URL

import crawler.settings
from crawler.addresses import (
    DEFAULT_PORTS,
    Allowed,
    is_allowed,
    is_public,
    literal,
    parse_allowed,
)
from crawler.errors import MissingContact
from crawler.settings import user_agent
from crawler.sites.profile import Profile, generic

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import Settings

    from crawler.spiders.site import SiteSpider

SITES_AT_ONCE = 8
RESERVED = ("localhost", "test", "invalid", "example")
"""Top-level names that never lead to a publisher (RFC 2606, RFC 6761)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What one run is to crawl, and how."""

    db: Path
    profiles: tuple[Profile, ...] = ()
    start_urls: tuple[str, ...] = ()
    """Start pages of sites without a profile."""
    allow_private: tuple[str, ...] = ()
    contact: str = ""
    max_pages: int | None = None
    """Overrides every profile's limit; None keeps them."""
    sites_at_once: int = SITES_AT_ONCE
    broken: tuple[str, ...] = ()
    """Profiles that were left out, each with what is wrong with it."""


@dataclass(kw_only=True, slots=True)
class Tally:
    """One site's counts while it is crawled, for the progress display."""

    site: str
    title: str
    is_trial: bool = False
    """Whether it is tried from a start page, without a profile."""
    state: str = "waiting"
    """waiting, crawling, stopping, finished, stopped or failed."""
    found: int = 0
    fetched: int = 0
    stored: int = 0
    rejected: int = 0
    errors: int = 0
    known: int = 0
    seconds: float = 0.0
    routes: int = 0
    """Feeds, sitemaps, section pages and API answers that were read."""
    unchanged_routes: int = 0
    """Of these: answered 304; what they name is not counted as found."""
    problems: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    """Why pages were not had, the most frequent reasons with an address each."""
    limit: str = ""
    """The setting that stopped the crawl; empty if none did."""

    @property
    def rate(self) -> float:
        """Pages fetched a second."""
        return self.fetched / self.seconds if self.seconds else 0.0


@dataclass(kw_only=True, slots=True)
class Job:
    """One site of a run."""

    spider: type[SiteSpider]
    arguments: dict[str, tuple[str, ...]]
    tally: Tally
    crawler: Crawler | None = None
    began: float = 0.0


def jobs_of(plan: Plan) -> list[Job]:
    """The spiders of a plan, one a site.

    Raises:
        MissingContact: A public site is to be crawled and there is no contact.
        InvalidUrl: A start page's address cannot be read.
    """
    from crawler.spiders.making import spider_for  # Scrapy takes a while to load
    from crawler.spiders.web import WebSpider

    starts: dict[str, list[str]] = {}
    unprofiled: dict[str, Profile] = {}
    for url in plan.start_urls:
        profile = generic(url)
        unprofiled[profile.name] = profile
        starts.setdefault(profile.name, []).append(url)
    profiles = [limited(one, plan) for one in plan.profiles]
    others = [limited(quickened(one, plan), plan) for one in unprofiled.values()]
    if not plan.contact and any(is_live(p, plan) for p in (*profiles, *others)):
        raise MissingContact("CUTTINGS_CONTACT")
    return [
        *(job_of(spider_for(profile), {}) for profile in profiles),
        *(
            job_of(spider_for(one, WebSpider), {"start_urls": tuple(starts[one.name])})
            for one in others
        ),
    ]


def job_of(spider: type[SiteSpider], arguments: dict[str, tuple[str, ...]]) -> Job:
    """The job of one spider, not yet begun."""
    profile = spider.profile
    trial = "start_urls" in arguments
    tally = Tally(site=profile.name, title=profile.title, is_trial=trial)
    return Job(spider=spider, arguments=arguments, tally=tally)


def limited(profile: Profile, plan: Plan) -> Profile:
    """A profile with the plan's number of pages in place of its own."""
    if plan.max_pages is None:
        return profile
    return replace(profile, max_pages=plan.max_pages)


def quickened(profile: Profile, plan: Plan) -> Profile:
    """A site without a profile; one on an own machine needs no delay."""
    return replace(profile, delay_seconds=0.0) if is_own(profile, plan) else profile


def addresses_of(profile: Profile) -> tuple[str, ...]:
    """Where a crawl of a site goes."""
    return (profile.home, *(start.url for start in profile.starts))


def is_live(profile: Profile, plan: Plan) -> bool:
    """Whether a crawl would reach a publisher, who must be able to reach us."""
    rules = [parse_allowed(text) for text in plan.allow_private]
    return any(leads_out(url, rules) for url in addresses_of(profile))


def leads_out(url: str, rules: Sequence[Allowed]) -> bool:
    """Whether an address may lead to somebody else's machine."""
    host = URL(url).hostname.strip("[]").rstrip(".")
    address = literal(host)
    if address is not None:
        return is_public(address)
    return host.split(".")[-1] not in RESERVED and not is_named(url, rules)


def is_own(profile: Profile, plan: Plan) -> bool:
    """Whether a site and its routes lie where the operator named them as private."""
    rules = [parse_allowed(text) for text in plan.allow_private]
    return all(is_named(url, rules) for url in addresses_of(profile))


def is_named(url: str, rules: Sequence[Allowed]) -> bool:
    """Whether an address's host and port were named with --allow-private."""
    parsed = URL(url)
    port = int(parsed.port) if parsed.port else DEFAULT_PORTS[parsed.protocol]
    host = parsed.hostname.strip("[]").rstrip(".")
    address = literal(host)
    if address is None:
        return any(rule.host == host and rule.port == port for rule in rules)
    return is_allowed(host, port, address, rules)


def settings_of(plan: Plan) -> Settings:
    """Scrapy's settings for a plan."""
    from scrapy.settings import Settings

    settings = Settings()
    settings.setmodule(crawler.settings, priority="project")
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
    settings.set("ARCHIVE", str(plan.db), priority="cmdline")
    settings.set("ALLOW_PRIVATE", list(plan.allow_private), priority="cmdline")
    settings.set("CONTACT", plan.contact, priority="cmdline")
    settings.set("USER_AGENT", user_agent(plan.contact), priority="cmdline")
    return settings

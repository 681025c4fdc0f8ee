"""One title in one phase at one address: what its pages, feeds and maps draw upon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from demo.model import AS_OF, LONDON, Article, Extra, Phase
from demo.newsroom import Newsroom
from demo.vocabulary import Section, Trade, trade

NEWEST = 20
"""Entries of a feed and of a news sitemap."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """What a title shows in a phase."""

    site: str
    phase: Phase
    base_url: str
    """Without a slash at its end."""
    articles: tuple[Article, ...]
    """As they stand in the phase, newest first."""
    extras: tuple[Extra, ...]
    crawl_delay: float | None
    """Seconds, for the title whose robots.txt states one."""

    @property
    def trade(self) -> Trade:
        """The title's vocabulary, which holds its name."""
        return trade(self.site)

    @property
    def title(self) -> str:
        """The publication's name."""
        return self.trade.title

    @property
    def sections(self) -> tuple[Section, ...]:
        """The title's beats."""
        return self.trade.sections

    @property
    def as_of(self) -> datetime:
        """The moment the phase stands for."""
        return AS_OF[self.phase]

    @property
    def newest(self) -> tuple[Article, ...]:
        """What feeds list."""
        return self.articles[:NEWEST]

    def url(self, path: str) -> str:
        """Absolute address of a path on this title."""
        return self.base_url + path

    def in_section(self, name: str) -> tuple[Article, ...]:
        """The articles of one section, newest first."""
        return tuple(one for one in self.articles if one.section == name)

    def earlier(self, article: Article, count: int) -> list[Article]:
        """Older articles of the same section, or of any while there are too few."""
        others = self._others(article)
        near = [one for one in others if one.number < article.number]
        same = [one for one in near if one.section == article.section]
        rest = [one for one in near if one.section != article.section]
        return (same + rest or others[::-1])[:count]

    def later(self, article: Article, count: int) -> list[Article]:
        """Articles that came out after this one, some of them years after.

        Only first-phase articles, so that the page stays as it is in both phases.
        """
        others = [one for one in self._others(article) if one.phase == "first"]
        after = [one for one in others if one.number > article.number]
        step = max(1, len(after) // count)
        return (after[article.number % step :: step] or others)[:count]

    def _others(self, article: Article) -> list[Article]:
        return [one for one in self.articles if one.headline != article.headline]


def edition(
    room: Newsroom,
    site: str,
    phase: Phase,
    *,
    base_url: str,
    crawl_delay: float | None = None,
) -> Edition:
    """Put together what a site shows in a phase."""
    shown = [
        article.as_of(phase)
        for article in room.articles
        if article.site == site and article.phase in ("first", phase)
    ]
    return Edition(
        site=site,
        phase=phase,
        base_url=base_url,
        articles=tuple(reversed(shown)),
        extras=room.extras[site],
        crawl_delay=crawl_delay,
    )


def local(moment: datetime) -> datetime:
    """A UTC instant as the clocks in London show it."""
    return moment.astimezone(LONDON)

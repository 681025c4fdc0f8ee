"""The newsroom in, ground truth out: what a crawl of the demo must find, and must not.

Everything stated here stands on a page, in a feed or in the API of its title. Compare
furniture by whole lines: a line such as "Data and mapping" may well be three words of
somebody's sentence.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from demo import carton_pages, girder_pages, townhall_pages
from demo.edition import Edition, edition
from demo.model import Article, Block, ExtraKind, Phase
from demo.newsroom import COUNTS, newsroom
from demo.sheet import Furniture, Lead, Sheet

PAGES: dict[str, Callable[[Edition, Article, Sheet], str]] = {
    "townhall": townhall_pages.article_page,
    "girder": girder_pages.article_page,
    "carton": carton_pages.article_page,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpectedImage:
    """The lead image; each part None where the page does not give it."""

    path: str
    caption: str | None
    credit: str | None
    licence: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpectedCorrection:
    """What the second phase says in place of the first."""

    headline: str
    blocks: tuple[Block, ...]
    updated: str
    """UTC, YYYY-MM-DDTHH:MM:SSZ."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpectedArticle:
    """One article that the archive must hold exactly once."""

    site: str
    path: str
    """Canonical path and query, percent-encoded; the address is the site's base and
    this."""
    aliases: tuple[str, ...]
    """Other paths at which the same article answers, or from which it is reached."""
    headline: str
    standfirst: str | None
    blocks: tuple[Block, ...]
    authors: tuple[str, ...]
    """Names only; empty where the page names nobody."""
    published: str
    """UTC, YYYY-MM-DDTHH:MM:SSZ, always a whole minute."""
    updated: str | None
    """As `published`; None where the page states none or the moment of publication."""
    section: str
    tags: tuple[str, ...]
    image: ExpectedImage | None
    furniture: tuple[Furniture, ...]
    """Lines of the page, with their roles, that must be no line of the text."""
    pull_quote: str | None
    """A sentence of the body that the page shows twice and the text must hold once."""
    leads: tuple[Lead, ...]
    """Links of the page to other articles of the title."""
    dup_of: tuple[str, str] | None
    """Site and path of the article whose text this one repeats word for word."""
    phase: Phase
    """The phase in which it first appears."""
    correction: ExpectedCorrection | None
    """What changes in the second phase; None for all but a few."""

    @property
    def body_lines(self) -> tuple[str, ...]:
        """The text of the body, one block a line."""
        return tuple(block.text for block in self.blocks)

    @property
    def furniture_lines(self) -> tuple[str, ...]:
        """The words of the furniture without their roles."""
        return tuple(line.text for line in self.furniture)


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpectedOther:
    """A page that must not become an article."""

    site: str
    path: str
    kind: ExtraKind


@cache
def truth(phase: Phase = "second", scale: int = 1) -> tuple[ExpectedArticle, ...]:
    """All articles as they stand in a phase, corrections applied, oldest first."""
    return tuple(
        _expected(shown, article)
        for site in COUNTS
        for shown in (edition(newsroom(scale=scale), site, phase, base_url=""),)
        for article in reversed(shown.articles)
    )


def non_articles() -> tuple[ExpectedOther, ...]:
    """Pages that look like articles, or are fetched on the way, and are none."""
    extras = [
        ExpectedOther(site=site, path=extra.path, kind=extra.kind)
        for site, pages in newsroom().extras.items()
        for extra in pages
    ]
    fronts = [ExpectedOther(site=site, path="/", kind="index") for site in COUNTS]
    return (*extras, *fronts)


def write_truth(file: Path, phase: Phase = "second") -> int:
    """Write JSON Lines, articles then other pages; returns the number of lines."""
    rows = [{"article": asdict(one)} for one in truth(phase)]
    rows += [{"other": asdict(one)} for one in non_articles()]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def _expected(shown: Edition, article: Article) -> ExpectedArticle:
    sheet = Sheet()
    PAGES[article.site](shown, article, sheet)
    return ExpectedArticle(
        site=article.site,
        path=article.path,
        aliases=article.aliases,
        headline=article.headline,
        standfirst=article.standfirst,
        blocks=article.blocks,
        authors=tuple(author.name for author in article.authors),
        published=_utc(article.published),
        updated=_utc(article.updated) if article.updated else None,
        section=article.section,
        tags=article.tags,
        image=_image(article),
        furniture=tuple(sheet.lines),
        pull_quote=sheet.pull_quote,
        leads=tuple(sheet.leads),
        dup_of=article.dup_of,
        phase=article.phase,
        correction=_correction(article),
    )


def _image(article: Article) -> ExpectedImage | None:
    picture = article.picture
    if picture is None:
        return None
    return ExpectedImage(
        path=picture.path,
        caption=picture.caption or None,
        credit=picture.credit or None,
        licence=picture.licence or None,
    )


def _correction(article: Article) -> ExpectedCorrection | None:
    change = article.correction
    if change is None:
        return None
    return ExpectedCorrection(
        headline=change.headline,
        blocks=change.blocks,
        updated=_utc(change.updated),
    )


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"

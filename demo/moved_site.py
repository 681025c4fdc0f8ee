"""A move and an address of the title in, all that the title answers after it out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from demo import dated, townhall
from demo.addresses import section_slug
from demo.edition import Edition
from demo.extras import extras_of
from demo.model import Article
from demo.moving import MOVING, PHASES, Era, Move, MovedArticle, moved_articles
from demo.resources import Resource, Routes, html, moved
from demo.sheet import Sheet
from demo.townhall_pages import article_page

OLD_ROUTES = {
    "/rss.xml": "/feed/",
    "/news-sitemap.xml": "/wp-sitemap.xml",
}
"""Where a careful editor sends those who ask for the old feed and map."""


def move_edition(move: Move, base_url: str) -> Edition:
    """What the title shows in its present system."""
    made = _edition(move, move.now, base_url)
    if move.eras[-2:] != ("numbered", "slugs"):
        return made
    plain = (replace(one, aliases=(one.path,)) for one in made.articles)
    return replace(made, articles=tuple(plain))  # numbers are old addresses now


def routes(move: Move, edition: Edition) -> Routes:
    """Every address of the present system, and those of the systems before it."""
    made = dated.routes(edition) if move.now == "dated" else _drupal(edition)
    for old in move.eras[:-1]:  # a newer system's answer takes an older one's place
        shown = _edition(move, old, edition.base_url)
        for article in moved_articles(move):
            if old in article.shown:
                made.update(_old(move, article, shown, article.shown[old]))
    if move.now == "dated" and move.answers != "gone":
        made.update(_old_lists(edition))
    return made


def _edition(move: Move, era: Era, base_url: str) -> Edition:
    shown = [one.shown[era] for one in moved_articles(move) if era in one.shown]
    return Edition(
        site=MOVING,
        phase=PHASES[era],
        base_url=base_url,
        articles=tuple(reversed(shown)),
        extras=() if era == "dated" else extras_of(MOVING),
        crawl_delay=None,
    )


def _drupal(edition: Edition) -> Routes:
    """The old system; where an article has one address only, that shows the page."""
    made = townhall.routes(edition)
    for article in edition.articles:
        made[article.path] = partial(_page, edition, article)
    return made


def _page(edition: Edition, article: Article) -> Resource:
    return html(article_page(edition, article, Sheet()), article.changed)


def _old(move: Move, article: MovedArticle, shown: Edition, before: Article) -> Routes:
    """What the addresses of an article in an earlier system answer now."""
    answers = move.answer_of(article)
    paths = (before.path, *before.aliases)
    if answers == "both":
        page = replace(before, path=article.path(move.now) or before.path)
        return dict.fromkeys(paths, partial(_page, shown, page))
    if answers == "home":
        found = replace(moved(shown.url("/")), status=302)
        return dict.fromkeys(paths, lambda: found)
    if answers == "gone":
        return {}
    return {
        path: partial(moved, shown.url(target))
        for path in paths
        if (target := _target(move, article, path))
    }


def _target(move: Move, article: MovedArticle, path: str) -> str | None:
    """Where a careful editor sends those who ask for an old address.

    One number in three leads by way of the slug, as redirects pile up over the years;
    what was dropped leads to its section, or nowhere.
    """
    slug = article.path("slugs")
    if slug != path and "slugs" in move.eras[:-1] and not article.number % 3:
        return slug
    if article.path(move.now):
        return article.path(move.now)
    section = section_slug(article.shown["slugs"].section)
    return f"/category/{section}/" if article.number % 2 else None


def _old_lists(edition: Edition) -> Routes:
    """The old feed, map and lists of sections lead to the new ones."""
    pairs = dict(OLD_ROUTES)
    for section in edition.sections:
        name = section_slug(section.name)
        pairs[f"/section/{name}"] = f"/category/{name}/"
    return {old: partial(moved, edition.url(new)) for old, new in pairs.items()}

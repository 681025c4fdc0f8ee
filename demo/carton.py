"""An edition in, every address of Carton & Kettle out: PHP pages made of tables.

Sections go by number and have a "Next page" link; a page past the end shows the first
one with status 200, as such scripts do.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from demo.addresses import FEED_TAIL, FRONT_TAIL
from demo.carton_pages import article_page, page, section_path
from demo.edition import Edition, local
from demo.feeds import json_feed
from demo.model import Article, Extra
from demo.resources import Resource, Routes, png, soup, text
from demo.sheet import Frame, Sheet, safe
from demo.sitemaps import Entry, entries, sitemap

PER_PAGE = 12
UNMAPPED = 6
"""The oldest articles, which the map does not list: only sections lead to them."""


def routes(edition: Edition) -> Routes:
    """Every address of the title and what makes its answer."""
    made: Routes = {
        "/robots.txt": lambda: text(_robots(edition)),
        "/feed.json": lambda: json_feed(edition, edition.newest, _feed_link),
        "/sitemap.xml": lambda: sitemap(edition, _mapped(edition)),
        "/": partial(_front, edition),
    }
    for section in edition.sections:
        path = section_path(edition, section.name)
        listed = edition.in_section(section.name)
        made.update(_lists(edition, path, section.name, listed))
    for article in edition.articles:
        made[article.path] = partial(_article, edition, article)
        made[f"/print.php?id={article.number}"] = partial(_print, article)
        if article.picture:
            made[article.picture.path] = png
    for extra in edition.extras:
        made[extra.path] = partial(_extra, edition, extra)
    return made


def _robots(edition: Edition) -> str:
    delay = edition.crawl_delay
    line = f"Crawl-delay: {delay}\n" if delay is not None else ""
    return (
        "User-agent: *\nDisallow: /print.php\nDisallow: /mail.php\n"
        f"Disallow: /search.php\n{line}\nSitemap: {edition.url('/sitemap.xml')}\n"
    )


def _feed_link(article: Article) -> str:
    return f"{article.path}&{FEED_TAIL}"


def _mapped(edition: Edition) -> list[Entry]:
    pages = [one for one in edition.extras if one.kind in ("video", "removed", "about")]
    return [
        *entries(edition.articles[:-UNMAPPED]),
        *((one.path, one.published) for one in pages),
    ]


def _article(edition: Edition, article: Article) -> Resource:
    """The page; its right-hand column makes it as new as the newest story."""
    newest = max(one.changed for one in (article, *edition.articles[:5]))
    return soup(article_page(edition, article, Sheet()), newest)


def _print(article: Article) -> Resource:
    """The text by itself, at an address that robots.txt forbids."""
    lines = "<br><br>\n".join(safe(block.text) for block in article.blocks)
    return soup(
        f"<HTML><BODY><b>{safe(article.headline)}</b><br>{lines}</BODY></HTML>",
        article.changed,
    )


def _front(edition: Edition) -> Resource:
    rows = "".join(
        _row(article, f"{article.path}&{FRONT_TAIL}") for article in edition.newest
    )
    rows += "".join(
        f'<tr><td><a href="{one.path}">{safe(one.title)}</a></td></tr>'
        for one in edition.extras
        if one.kind == "gallery"
    )
    frame = Frame(title="Front page", content=f"<table>{rows}</table>")
    newest = max(article.changed for article in edition.newest)
    return soup(page(edition, Sheet(), frame), newest)


def _row(article: Article, path: str) -> str:
    shown = local(article.published)
    return (
        f'<tr><td><a href="{safe(path)}"><b>{safe(article.headline)}</b></a><br>'
        f'<font size="1">{shown.day} {shown:%B %Y}</font><br>'
        f'<font size="2">{safe(article.standfirst or "")}</font></td></tr>'
    )


def _lists(
    edition: Edition, path: str, name: str, articles: Sequence[Article]
) -> Routes:
    last = max(1, -(-len(articles) // PER_PAGE))
    made: Routes = {}
    for number in range(1, last + 1):
        build = partial(_list_page, edition, (path, name), articles, (number, last))
        made[f"{path}&p={number}"] = build
    made[path] = made[f"{path}&p=1"]
    made[f"{path}&p={last + 1}"] = made[path]
    return made


def _list_page(
    edition: Edition,
    heading: tuple[str, str],
    articles: Sequence[Article],
    numbers: tuple[int, int],
) -> Resource:
    path, name = heading
    number, last = numbers
    shown = articles[(number - 1) * PER_PAGE : number * PER_PAGE]
    rows = "".join(_row(article, article.path) for article in shown)
    following = f"{safe(path)}&amp;p={number + 1}"
    link = f'<a href="{following}">Next page &gt;&gt;</a>' if number < last else ""
    frame = Frame(
        title=name,
        content=f'<font size="4">{safe(name)}</font><table>{rows}</table>{link}',
    )
    newest = max(article.changed for article in shown)
    return soup(page(edition, Sheet(), frame), newest)


def _extra(edition: Edition, extra: Extra) -> Resource:
    """A page with a line or two, a form, or the excuse of a story taken down."""
    words = {
        "video": "Film: two minutes.",
        "gallery": "Picture 1 of 6 &gt;&gt;",
        "removed": "Sorry, this story is no longer on our site.",
        "about": "Carton &amp; Kettle is a made-up title of the demo publisher.",
        "login": '<form method="post">Name <input name="n"> Password '
        '<input type="password" name="p"></form>',
    }[extra.kind]
    frame = Frame(
        title=extra.title,
        content=f'<font size="5"><b>{safe(extra.title)}</b></font><br>{words}',
    )
    return soup(page(edition, Sheet(), frame), extra.published)

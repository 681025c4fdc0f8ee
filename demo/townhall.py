"""An edition in, every address of Townhall Circuit out: an old Drupal, much patched.

The same article answers at `/content/<id>` and at its slug, for one in three by way of
a redirect; lists have a numbered pager whose first page is page 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from demo.addresses import section_slug
from demo.edition import Edition, local
from demo.feeds import rss
from demo.model import Article, Extra
from demo.resources import Builder, Resource, Routes, html, moved, png, text
from demo.sheet import Frame, Sheet, safe
from demo.sitemaps import news_sitemap
from demo.townhall_pages import article_page, page

PER_PAGE = 10


def routes(edition: Edition) -> Routes:
    """Every address of the title and what makes its answer."""
    made: Routes = {
        "/robots.txt": lambda: text(_robots(edition)),
        "/rss.xml": lambda: rss(edition, edition.newest, _feed_link),
        "/news-sitemap.xml": lambda: news_sitemap(edition, _feed_link),
        "/user/login": lambda: html(_login(edition)),
    }
    made.update(_lists(edition, "/", "Latest", edition.articles, edition.extras))
    for section in edition.sections:
        path = f"/section/{section_slug(section.name)}"
        made.update(
            _lists(edition, path, section.name, edition.in_section(section.name), ())
        )
    for article in edition.articles:
        made.update(_article_routes(edition, article))
    for extra in edition.extras:
        if extra.kind != "login":
            made[extra.path] = partial(_extra, edition, extra)
    return made


def _article_routes(edition: Edition, article: Article) -> Routes:
    """The slug shows the page; the number shows it too, or leads to the slug."""
    page: Builder = partial(_article, edition, article)
    numbered = article.aliases[0]
    made: Routes = {article.path: page, numbered: page}
    if article.number % 3 == 0:
        made[numbered] = lambda: moved(edition.url(article.path))
    if article.picture:
        made[article.picture.path] = png
    return made


def _feed_link(article: Article) -> str:
    """Feeds name every fourth article by its number."""
    return article.aliases[0] if article.number % 4 == 0 else article.path


def _robots(edition: Edition) -> str:
    return (
        "User-agent: *\nDisallow: /user/register\nDisallow: /print/\n\n"
        f"Sitemap: {edition.url('/news-sitemap.xml')}\n"
    )


def _article(edition: Edition, article: Article) -> Resource:
    return html(article_page(edition, article, Sheet()), article.changed)


def _lists(
    edition: Edition,
    path: str,
    name: str,
    articles: Sequence[Article],
    extras: Sequence[Extra],
) -> Routes:
    """A list of articles in pages with a numbered pager, the first being page 0."""
    last = (len(articles) - 1) // PER_PAGE
    return {
        f"{path}?page={number}" if number else path: partial(
            _list_page, edition, (path, name), (articles, extras), (number, last)
        )
        for number in range(last + 1)
    }


def _list_page(
    edition: Edition,
    heading: tuple[str, str],
    content: tuple[Sequence[Article], Sequence[Extra]],
    numbers: tuple[int, int],
) -> Resource:
    path, name = heading
    articles, extras = content
    number, last = numbers
    shown = articles[number * PER_PAGE : (number + 1) * PER_PAGE]
    rows = [_row(article) for article in shown]
    if number == last:
        rows += [
            f'<div class="views-row"><h3><a href="{one.path}">{safe(one.title)}</a>'
            "</h3></div>"
            for one in extras
            if one.kind in ("video", "gallery", "removed")
        ]
    body = (
        f'<h1 class="title">{safe(name)}</h1>\n<div class="view-content">'
        + "\n".join(rows)
        + f"</div>\n{_pager(path, number, last)}"
    )
    newest = max(article.changed for article in shown)
    return html(page(edition, Sheet(), Frame(title=name, content=body)), newest)


def _row(article: Article) -> str:
    return (
        f'<div class="views-row"><h3><a href="{article.path}">'
        f"{safe(article.headline)}</a></h3>"
        f'<span class="date">{local(article.published):%d/%m/%Y}</span>'
        f"<p>{safe(article.standfirst or '')}</p></div>"
    )


def _pager(path: str, number: int, last: int) -> str:
    links = [
        f'<li class="pager-current">{one + 1}</li>'
        if one == number
        else f'<li><a href="{path}?page={one}">{one + 1}</a></li>'
        if one
        else f'<li><a href="{path}">1</a></li>'
        for one in range(last + 1)
    ]
    return f'<ul class="pager">{"".join(links)}</ul>' if last else ""


def _login(edition: Edition) -> str:
    form = (
        "<h1>Log in</h1><form method='post'><label>Email <input name='name'></label>"
        "<label>Password <input type='password' name='pass'></label></form>"
        "<p>Enter your address and password to read on.</p>"
    )
    return page(edition, Sheet(), Frame(title="Log in", content=form))


def _extra(edition: Edition, extra: Extra) -> Resource:
    """A page with a line or two, or the excuse of an article taken down."""
    words = {
        "video": "<p>Watch the film above.</p>",
        "gallery": "<p>1 of 12</p><p>Next picture</p>",
        "removed": "<p>The page you were looking for has been taken down.</p>",
        "about": "<p>Townhall Circuit is a made-up title of the demo publisher.</p>",
    }[extra.kind]
    body = f'<h1 class="title">{safe(extra.title)}</h1><div>{words}</div>'
    return html(
        page(edition, Sheet(), Frame(title=extra.title, content=body)), extra.published
    )

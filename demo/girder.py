"""An edition in, every address of Girder & Sleeper out: a WordPress site.

Posts have dated addresses, lists have `rel=next`, feeds are paged, maps come as an
index with one child in gzip, and the REST API lists what `wordpress.py` makes of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from demo.addresses import FEED_TAIL, section_slug
from demo.edition import NEWEST, Edition, local
from demo.feeds import atom, rss
from demo.girder_pages import article_page, author_path, column_path, page
from demo.model import Article, Author, Extra
from demo.resources import Resource, Routes, html, moved, png, text
from demo.sheet import Frame, Sheet, safe
from demo.sitemaps import entries, sitemap, sitemap_index, zipped

PER_PAGE = 8


def routes(edition: Edition) -> Routes:
    """Every address of the title but its API, and what makes its answer."""
    made: Routes = {"/robots.txt": lambda: text(_robots(edition))}
    made.update(_lists(edition, "/", edition.title, edition.articles))
    for section in edition.sections:
        path = f"/category/{section_slug(section.name)}/"
        listed = edition.in_section(section.name)
        made.update(_lists(edition, path, section.name, listed))
    made.update(_column(edition))
    made.update(_authors(edition))
    made.update(_feeds(edition))
    made.update(_maps(edition))
    for article in edition.articles:
        made.update(_article_routes(edition, article))
    for extra in edition.extras:
        made[extra.path] = partial(_extra, edition, extra)
    return made


def _robots(edition: Edition) -> str:
    return (
        "User-agent: *\nDisallow: /wp-admin/\nDisallow: /*replytocom=\n\n"
        f"Sitemap: {edition.url('/sitemap_index.xml')}\n"
    )


def _article_routes(edition: Edition, article: Article) -> Routes:
    to_page = partial(moved, edition.url(article.path))
    made: Routes = {
        article.path: partial(_article, edition, article),
        article.aliases[0]: to_page,
        article.aliases[1]: to_page,
    }
    if article.picture:
        made[article.picture.path] = png
    return made


def _article(edition: Edition, article: Article) -> Resource:
    """The page; its block of latest posts makes it as new as the newest of them."""
    words = article_page(edition, article, Sheet())
    return html(words, max(article.changed, _newest(edition.articles[:6])))


def _newest(articles: Sequence[Article]) -> datetime:
    return max(one.changed for one in articles)


def _column(edition: Edition) -> Routes:
    """The column's page, which each of its editions claims to be."""
    column = edition.trade.column
    if column is None:
        return {}
    listed = [one for one in edition.articles if one.headline == column.headline]
    return _lists(edition, column_path(edition), column.headline, listed)


def _authors(edition: Edition) -> Routes:
    made: Routes = {}
    people = {author for one in edition.articles for author in one.authors}
    for author in sorted(people, key=lambda one: (one.name, one.role)):
        made.update(
            _lists(edition, author_path(author), author.name, _by(edition, author))
        )
    return made


def _by(edition: Edition, author: Author) -> list[Article]:
    return [
        article
        for article in edition.articles
        if author.name in {one.name for one in article.authors}
    ]


def _feeds(edition: Edition) -> Routes:
    """RSS in pages of twenty, the first of them at /feed/ itself, and Atom."""
    made: Routes = {}
    for start in range(0, len(edition.articles), NEWEST):
        number = start // NEWEST + 1
        listed = edition.articles[start : start + NEWEST]
        made[f"/feed/?paged={number}"] = partial(_rss, edition, listed)
    made["/feed/"] = made["/feed/?paged=1"]
    made["/feed/atom/"] = lambda: atom(edition, edition.newest, _feed_link)
    return made


def _rss(edition: Edition, listed: Sequence[Article]) -> Resource:
    return rss(edition, listed, _feed_link, terms=True)


def _feed_link(article: Article) -> str:
    return f"{article.path}?{FEED_TAIL}"


def _maps(edition: Edition) -> Routes:
    """An index of three maps, the oldest half of the posts as gzip."""
    half = len(edition.articles) // 2
    new, old = edition.articles[:half], edition.articles[half:]
    pages = [(one.path, one.published) for one in edition.extras if one.kind != "login"]
    children = [
        ("/post-sitemap1.xml.gz", _newest(old)),
        ("/post-sitemap2.xml", _newest(new)),
        ("/page-sitemap.xml", max(moment for _, moment in pages)),
    ]
    return {
        "/sitemap_index.xml": lambda: sitemap_index(edition, children),
        "/post-sitemap1.xml.gz": lambda: zipped(sitemap(edition, entries(old))),
        "/post-sitemap2.xml": lambda: sitemap(edition, entries(new)),
        "/page-sitemap.xml": lambda: sitemap(edition, pages),
    }


def _lists(
    edition: Edition, path: str, name: str, articles: Sequence[Article]
) -> Routes:
    """A list in pages, `page/2/` and so on; past the end there is nothing."""
    last = max(1, -(-len(articles) // PER_PAGE))
    made: Routes = {}
    for number in range(1, last + 1):
        shown = articles[(number - 1) * PER_PAGE : number * PER_PAGE]
        following = f"{path}page/{number + 1}/" if number < last else None
        here = path if number == 1 else f"{path}page/{number}/"
        made[here] = partial(_list_page, edition, name, shown, following)
    return made


def _list_page(
    edition: Edition, name: str, shown: Sequence[Article], following: str | None
) -> Resource:
    rows = "\n".join(_row(article) for article in shown)
    older = following and (
        f'<nav class="navigation"><a class="next" rel="next" href="{following}">'
        "Older posts</a></nav>"
    )
    frame = Frame(
        title=name,
        content=f'<h1 class="page-title">{safe(name)}</h1>{rows}{older or ""}',
        head=f'<link rel="next" href="{edition.url(following)}">' if following else "",
    )
    return html(page(edition, Sheet(), frame), _newest(shown))


def _row(article: Article) -> str:
    shown = local(article.published)
    return (
        f'<article class="post hentry"><h2 class="entry-title"><a href="{article.path}"'
        f' rel="bookmark">{safe(article.headline)}</a></h2><time class="entry-date"'
        f' datetime="{shown.isoformat()}">{shown:%d.%m.%Y}</time>'
        f"<p>{safe(article.standfirst or article.blocks[0].text[:160] + '…')}</p>"
        "</article>"
    )


def _extra(edition: Edition, extra: Extra) -> Resource:
    """A page with a line or two, a form, or the excuse of an article taken down."""
    words = {
        "video": "<p>Press play to watch.</p>",
        "gallery": "<p>Picture 1 of 9</p>",
        "removed": "<p>It is no longer available. Try the search instead.</p>",
        "about": "<p>Girder &amp; Sleeper is a made-up title of the demo.</p>",
        "login": "<form method='post'><label>User name <input name='log'></label>"
        "<label>Password <input type='password' name='pwd'></label></form>",
    }[extra.kind]
    heading = f'<h1 class="entry-title">{safe(extra.title)}</h1>'
    frame = Frame(
        title=extra.title,
        content=f'<article class="post hentry">{heading}<div class="entry-content">'
        f"{words}</div></article>",
    )
    return html(page(edition, Sheet(), frame), extra.published)

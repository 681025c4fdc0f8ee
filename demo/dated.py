"""An edition in, every address of the moved Townhall Circuit out: a young WordPress.

Posts have dated addresses, lists have `page/2/`, maps come as an index with children,
and the REST API is closed. What the addresses of earlier systems answer is for
`moved_site.py` to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from demo.addresses import section_slug
from demo.dated_pages import article_page, page
from demo.edition import Edition, local
from demo.feeds import rss
from demo.model import Article
from demo.resources import Resource, Routes, html, moved, png, text
from demo.sheet import Frame, Sheet, safe
from demo.sitemaps import entries, sitemap, sitemap_index

PER_PAGE = 12


def routes(edition: Edition) -> Routes:
    """Every address of the title as it is now and what makes its answer."""
    made: Routes = {
        "/robots.txt": lambda: text(_robots(edition)),
        "/feed/": lambda: _feed(edition),
        "/about/": lambda: html(_about(edition)),
    }
    made.update(_maps(edition))
    made.update(_lists(edition, "/", edition.title, edition.articles))
    for section in edition.sections:
        path = f"/category/{section_slug(section.name)}/"
        listed = edition.in_section(section.name)
        made.update(_lists(edition, path, section.name, listed))
    for article in edition.articles:
        made[article.path] = partial(_article, edition, article)
        to_page = partial(moved, edition.url(article.path))
        made[article.path.rstrip("/")] = made[article.aliases[0]] = to_page
        if article.picture:
            made[article.picture.path] = png
    return made


def _robots(edition: Edition) -> str:
    return (
        "User-agent: *\nDisallow: /wp-admin/\n\n"
        f"Sitemap: {edition.url('/wp-sitemap.xml')}\n"
    )


def _article(edition: Edition, article: Article) -> Resource:
    return html(article_page(edition, article, Sheet()), article.changed)


def _feed(edition: Edition) -> Resource:
    """RSS whose guids are the posts' short addresses, as WordPress writes them."""
    made = rss(edition, edition.newest, lambda one: one.path, terms=True)
    short = edition.url("/?p=").encode()
    return replace(made, body=made.body.replace(f"{edition.site}-".encode(), short))


def _maps(edition: Edition) -> Routes:
    half = len(edition.articles) // 2
    parts = (edition.articles[half:], edition.articles[:half])
    children = [
        (f"/wp-sitemap-posts-post-{number}.xml", max(one.changed for one in part))
        for number, part in enumerate(parts, 1)
    ]
    made: Routes = {"/wp-sitemap.xml": lambda: sitemap_index(edition, children)}
    for (path, _), part in zip(children, parts, strict=True):
        made[path] = partial(sitemap, edition, entries(part))
    return made


def _lists(
    edition: Edition, path: str, name: str, articles: Sequence[Article]
) -> Routes:
    last = max(1, -(-len(articles) // PER_PAGE))
    made: Routes = {}
    for number in range(1, last + 1):
        shown = articles[(number - 1) * PER_PAGE : number * PER_PAGE]
        following = f"{path}page/{number + 1}/" if number < last else ""
        here = f"{path}page/{number}/" if number > 1 else path
        made[here] = partial(_list_page, edition, name, shown, following)
    return made


def _list_page(
    edition: Edition, name: str, shown: Sequence[Article], following: str
) -> Resource:
    cards = "\n".join(_card(article) for article in shown)
    older = following and (
        f'<a class="wp-block-query-pagination-next" rel="next" href="{following}">'
        "Older</a>"
    )
    content = (
        f'<h1 class="wp-block-query-title">{safe(name)}</h1>'
        f'<ul class="wp-block-post-template">{cards}</ul>{older}'
    )
    newest = max(article.changed for article in shown)
    return html(page(edition, Sheet(), Frame(title=name, content=content)), newest)


def _card(article: Article) -> str:
    shown = local(article.published)
    return (
        f'<li class="wp-block-post"><h2><a href="{article.path}">'
        f"{safe(article.headline)}</a></h2><span>{shown.day} {shown:%B %Y}</span></li>"
    )


def _about(edition: Edition) -> str:
    words = "<p>Townhall Circuit is a made-up title of the demo publisher.</p>"
    content = f'<h1 class="wp-block-post-title">Who we are</h1>{words}'
    return page(edition, Sheet(), Frame(title="Who we are", content=content))

"""An edition in, its maps out: plain, index with a gzip child, and news sitemap."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from datetime import datetime

from demo.edition import Edition, local
from demo.feeds import LinkOf
from demo.model import Article
from demo.resources import Resource, xml
from demo.sheet import safe

_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
Entry = tuple[str, datetime]
"""Path and last change."""


def entries(articles: Sequence[Article]) -> list[Entry]:
    """Canonical paths of articles with the moment of their last change."""
    return [(one.path, one.changed) for one in articles]


def sitemap(edition: Edition, listed: Sequence[Entry]) -> Resource:
    """A plain map of addresses."""
    rows = "\n".join(
        f"<url><loc>{safe(edition.url(path))}</loc>"
        f"<lastmod>{local(changed).isoformat()}</lastmod></url>"
        for path, changed in listed
    )
    return xml(f"<urlset {_SPACE}>\n{rows}\n</urlset>", max(one for _, one in listed))


def zipped(resource: Resource) -> Resource:
    """The same map as a gzip file, as its address promises."""
    return Resource(
        body=gzip.compress(resource.body, mtime=0),
        content_type="application/gzip",
        modified=resource.modified,
    )


def sitemap_index(edition: Edition, children: Sequence[Entry]) -> Resource:
    """A map of maps."""
    rows = "\n".join(
        f"<sitemap><loc>{edition.url(path)}</loc>"
        f"<lastmod>{changed.isoformat()}</lastmod></sitemap>"
        for path, changed in children
    )
    text = f"<sitemapindex {_SPACE}>\n{rows}\n</sitemapindex>"
    return xml(text, max(changed for _, changed in children))


def news_sitemap(edition: Edition, link_of: LinkOf) -> Resource:
    """The newest articles with title and date, in the form of a news sitemap."""
    rows = "\n".join(_news(edition, one, link_of(one)) for one in edition.newest)
    newest = max(one.changed for one in edition.newest)
    return xml(f"<urlset {_SPACE} {_NEWS}>\n{rows}\n</urlset>", newest)


def _news(edition: Edition, article: Article, path: str) -> str:
    changed = (
        f"<lastmod>{local(article.updated).isoformat()}</lastmod>"
        if article.updated
        else ""
    )
    return (
        f"<url><loc>{edition.url(path)}</loc>{changed}<news:news><news:publication>"
        f"<news:name>{safe(edition.title)}</news:name>"
        "<news:language>en</news:language></news:publication>"
        f"<news:publication_date>{local(article.published).isoformat()}"
        f"</news:publication_date><news:title>{safe(article.headline)}</news:title>"
        "</news:news></url>"
    )

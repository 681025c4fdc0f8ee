"""An edition's newest articles in; RSS, Atom and JSON Feed out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from email.utils import format_datetime

from demo.edition import Edition, local
from demo.model import Article
from demo.resources import Resource, as_json, xml
from demo.sheet import safe

LinkOf = Callable[[Article], str]
_SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom"'
)


def rss(
    edition: Edition,
    articles: Sequence[Article],
    link_of: LinkOf,
    *,
    terms: bool = False,
) -> Resource:
    """RSS 2.0.

    Args:
        edition: The title in its phase.
        articles: What the feed lists, newest first.
        link_of: Gives the path that the feed names an article by.
        terms: Whether section and tags are listed together, as WordPress does.
    """
    items = "\n".join(
        _item(edition, one, link_of(one)).replace(
            "</item>", f"{_terms(one) if terms else ''}</item>"
        )
        for one in articles
    )
    text = f"""<rss version="2.0" {_SPACES}>
<channel><title>{safe(edition.title)}</title>
<link>{edition.url("/")}</link>
<description>The newest from {safe(edition.title)}</description>
<language>en-gb</language>
{items}
</channel></rss>"""
    newest = max((one.changed for one in articles), default=None)
    return xml(text, newest, "application/rss+xml; charset=utf-8")


def _item(edition: Edition, article: Article, path: str) -> str:
    creators = "".join(
        f"<dc:creator>{safe(author.name)}</dc:creator>" for author in article.authors
    )
    about = article.standfirst or article.blocks[0].text[:200] + "…"
    return (
        f"<item><title>{safe(article.headline)}</title>"
        f"<link>{safe(edition.url(path))}</link>"
        f'<guid isPermaLink="false">{article.site}-{article.number}</guid>'
        f"<pubDate>{format_datetime(local(article.published))}</pubDate>{creators}"
        f"<description>{safe(about)}</description></item>"
    )


def _terms(article: Article) -> str:
    return "".join(
        f"<category>{safe(word)}</category>"
        for word in (article.section, *article.tags)
    )


def atom(edition: Edition, articles: Sequence[Article], link_of: LinkOf) -> Resource:
    """Atom 1.0, with the moment of the last change of each entry."""
    newest = max(one.changed for one in articles)
    entries = "\n".join(_entry(edition, one, link_of(one)) for one in articles)
    text = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
<title>{safe(edition.title)}</title>
<id>{edition.url("/")}</id>
<link rel="alternate" href="{edition.url("/")}"/>
<updated>{newest.isoformat()}</updated>
{entries}
</feed>"""
    return xml(text, newest, "application/atom+xml; charset=utf-8")


def _entry(edition: Edition, article: Article, path: str) -> str:
    people = "".join(
        f"<author><name>{safe(author.name)}</name></author>"
        for author in article.authors
    )
    summary = article.standfirst or article.blocks[0].text[:200] + "…"
    return (
        f"<entry><title>{safe(article.headline)}</title>"
        f'<link rel="alternate" href="{safe(edition.url(path))}"/>'
        f"<id>tag:{article.site}.example,2018:{article.number}</id>"
        f"<published>{article.published.isoformat()}</published>"
        f"<updated>{article.changed.isoformat()}</updated>{people}"
        f'<category term="{safe(article.section)}"/>'
        f"<summary>{safe(summary)}</summary></entry>"
    )


def json_feed(
    edition: Edition, articles: Sequence[Article], link_of: LinkOf
) -> Resource:
    """JSON Feed 1.1."""
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": edition.title,
        "home_page_url": edition.url("/"),
        "language": "en-GB",
        "items": [_json_item(edition, one, link_of(one)) for one in articles],
    }
    newest = max(one.changed for one in articles)
    return as_json(data, newest, "application/feed+json; charset=utf-8")


def _json_item(edition: Edition, article: Article, path: str) -> dict[str, object]:
    item: dict[str, object] = {
        "id": str(article.number),
        "url": edition.url(path),
        "title": article.headline,
        "summary": article.standfirst or article.blocks[0].text[:200] + "…",
        "date_published": local(article.published).isoformat(),
        "authors": [{"name": author.name} for author in article.authors],
        "tags": list(article.tags),
    }
    if article.updated:
        item["date_modified"] = local(article.updated).isoformat()
    return item

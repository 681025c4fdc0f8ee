"""Pieces of markup in, the day of publication of a small page that holds them out."""

from __future__ import annotations

from reader import Site, page

from archive.records import Article
from pipelines.extract import extract

TEXT = "".join(
    f"<p>Sentence {number} tells of the new lock, in enough words to be a paragraph."
    "</p>"
    for number in range(6)
)
HEAD = "<h1>A new lock for the canal</h1>"


def cut(
    body: str,
    head: str = "",
    url: str = "https://press.example/a",
    language: str = "en-gb",
) -> Article:
    """Return the article of a page with this head and body."""
    markup = f"<html lang='{language}'><head>{head}</head><body>{body}</body></html>"
    article = extract(page(markup, url=url), Site())
    assert article is not None
    return article


def day(
    body: str,
    head: str = "",
    url: str = "https://press.example/a",
    language: str = "en-gb",
) -> str | None:
    """Return the day of publication of such a page; None where none is found."""
    published = cut(body, head, url, language).published
    return published.on if published else None


def linked(published: str, updated: str = "") -> str:
    """Return a script that states when an article was published and changed."""
    return (
        '<script type="application/ld+json">{"@type": "NewsArticle", '
        f'"headline": "A new lock for the canal", "datePublished": "{published}", '
        f'"dateModified": "{updated or published}"}}</script>'
    )

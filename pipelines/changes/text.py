"""An article as it was cut goes in; what is compared of it comes out."""

from __future__ import annotations

from collections.abc import Collection

from archive.history.changed import Passage, Text
from archive.records import Article


def text_of(
    article: Article, *, hinted: Collection[str] = (), seen_at: str | None = None
) -> Text:
    """What an article says.

    Args:
        article: As it was cut.
        hinted: Fields that only a route stated, under their names in `sources`.
        seen_at: UTC instant of the fetch.
    """
    published = article.published if "published" not in hinted else None
    return Text(
        headline=None if "headline" in hinted else article.headline,
        standfirst=None if "standfirst" in hinted else article.standfirst,
        blocks=tuple(Passage(kind=b.kind, text=b.text) for b in article.blocks),
        byline=None if "authors" in hinted else article.authors,
        published_on=published.on if published else None,
        updated_on=article.updated.on if article.updated else None,
        seen_on=seen_at[:10] if seen_at else None,
        language=article.language,
        access=article.access,
    )

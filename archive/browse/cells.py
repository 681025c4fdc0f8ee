"""A cell of a Datasette table goes in; a link to the article comes out, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from archive.browse import metadata

if TYPE_CHECKING:
    from datasette.app import Datasette

ID_COLUMNS = {
    ("articles", "headline"): "id",
    ("full_articles", "headline"): "id",
    ("full_articles", "title"): "id",
    ("article_links", "headline"): "article_id",
    ("article_links", "target_headline"): "target_id",
    ("link_counts", "headline"): "article_id",
    ("copies", "article_id"): "article_id",
    ("copies", "copy_id"): "copy_id",
    ("copy_pairs", "article_id"): "article_id",
    ("copy_pairs", "other_id"): "other_id",
}
"""Cells that name an article, and the column that holds its id."""


def render(
    datasette: Datasette, row: Any, value: object, place: tuple[str | None, str]
) -> Markup | None:
    """Link a cell of the archive's tables; None leaves it to Datasette."""
    table, column = place
    id_column = ID_COLUMNS.get((table or "", column))
    if id_column is None or not metadata.known(datasette):
        return None
    try:
        article_id = row[id_column]
    except (KeyError, IndexError):
        return None
    href = datasette.urls.path(f"/-/articles/{article_id}")
    return Markup('<a href="{}">{}</a>').format(href, value)

"""An article with its text in, the same with what stands around its text out.

The pictures need to know which lines are the article's, so they are found after it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from archive.records import Article

from ..fields.titles import Headline
from ..lines.layout import Layout
from ..material import Material
from ..picture.images import pictures
from .access import access
from .notices import notices


def completed(
    article: Article, material: Material, title: Headline | None, layout: Layout | None
) -> Article:
    """Add the article's pictures and notices, and how much of it the page shows."""
    shown = pictures(material, title, layout)
    values: dict[str, Any] = {"images": shown.inline}
    sources: dict[str, str] = dict(article.sources)
    if shown.lead is not None:
        values["image"], sources["image"] = shown.lead.value, shown.lead.witness
    if shown.inline:
        sources["images"] = "html"
    if layout is not None:
        told = access(material, layout, article.blocks)
        values |= {"access": told.access, "access_evidence": told.evidence}
        sources |= {"access": told.witness} if told.evidence else {}
        values["notices"] = notices(layout)
        sources |= {"notices": "html"} if values["notices"] else {}
    return replace(article, **values, sources=sources)

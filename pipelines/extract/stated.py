"""What the witnesses of a page say of each field in, the article out.

Every field is asked of several witnesses (the profile's selectors, JSON-LD, Open
Graph, meta, microdata, the markup, what the routes said) and carries the one that was
believed in `Article.sources`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive.records import Article

from .byline.authors import authors
from .byline.people import kind_of
from .claims import Claim
from .dated.published import dates
from .fields import hinted
from .fields.address import address
from .fields.labels import language, section, tags
from .fields.titles import Headline
from .kinds.classified import classified, with_unseen
from .lines.body import body
from .lines.known import Known
from .lines.layout import Layout
from .lines.links import links
from .lines.standfirst import standfirst
from .lines.underhead import standing
from .material import Material
from .notes.complete import completed

Claims = Mapping[str, Claim[Any] | None]
"""Field of `Article` to what is believed of it; None where nobody says anything."""


def claims_of(material: Material, title: Headline | None) -> Claims:
    """Ask the witnesses of every field that does not depend on the text."""
    spoken = language(material)
    told = dates(material, title, spoken.value if spoken else None)
    return {
        "url": address(material),
        "headline": Claim(value=title.text, witness=title.witness) if title else None,
        "standfirst": standfirst(material, title),
        "authors": authors(material, title),
        "published": told.published,
        "updated": told.updated,
        "section": section(material, title),
        "tags": tags(material, title),
        "language": spoken,
    }


def known_of(claims: Claims) -> Known:
    """Return what the body must not repeat."""
    values = {name: claim.value for name, claim in claims.items() if claim}
    return Known(
        headline=values.get("headline", ""),
        standfirst=values.get("standfirst", ""),
        authors=values.get("authors", ()),
    )


def article_of(
    material: Material,
    title: Headline | None,
    claims: Claims,
    layout: Layout | None = None,
) -> Article | None:
    """Put the article together; None where the page holds no text at all.

    Args:
        material: The page.
        title: Its headline.
        claims: What its witnesses say.
        layout: Its labelled lines; None for a page without a body.
    """
    shown_links = links(layout, material) if layout is not None else None
    told_of: Claims = {**claims, "links": shown_links}
    stated = {name: c for name, c in told_of.items() if c is not None}
    blocks = tuple(body(layout)) if layout is not None else ()
    if "standfirst" not in stated:
        shown = standing(layout) if layout is not None else None
        told = shown or hinted.standfirst(material, title, [b.text for b in blocks])
        stated |= {"standfirst": told} if told is not None else {}
    values: dict[str, Any] = {name: claim.value for name, claim in stated.items()}
    if not blocks and not values.get("headline"):
        return None
    values["author_kinds"] = {name: kind_of(name) for name in values.get("authors", ())}
    sources = {name: claim.witness for name, claim in stated.items()}
    if blocks:
        sources["body"] = "text"
    return Article(**{"headline": "", **values}, blocks=blocks, sources=sources)


def completed_by_text(
    article: Article,
    material: Material,
    title: Headline | None,
    layout: Layout | None = None,
) -> Article:
    """Add what can only be told once the text is known."""
    filed = classified(article, material, title, layout)
    return with_unseen(completed(filed, material, title, layout), material)

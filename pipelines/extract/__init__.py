"""A page and its site's profile in, the article cut out of it out; no network, no I/O.

Every field is asked of several witnesses (the profile's selectors, JSON-LD, Open
Graph, meta, microdata, the markup, what the routes said) and carries the one that was
believed in `Article.sources`.
"""

from __future__ import annotations

from typing import Any

from archive.records import Article
from crawler.items import Page

from . import hinted
from .address import address
from .anatomy import dissect
from .authors import authors
from .body import body
from .claims import Claim
from .dissection import Anatomy, Part, parts
from .images import image
from .known import Known
from .labels import language, section, tags
from .layout import Layout
from .links import links
from .material import gather
from .memory import NOTHING, Memory, learn
from .profile import SiteProfile
from .published import dates
from .standfirst import standfirst
from .titles import Headline, headline
from .underhead import standing

__all__ = [
    "Anatomy",
    "Memory",
    "Part",
    "SiteProfile",
    "anatomy",
    "extract",
    "learn",
]


def extract(
    page: Page, profile: SiteProfile, memory: Memory = NOTHING
) -> Article | None:
    """Cut the article out of a page; None only where the page holds no text at all.

    Args:
        page: The page as it was fetched.
        profile: What is known of its site.
        memory: What has been learned of its site.
    """
    return _cut(page, profile, memory)[0]


def anatomy(page: Page, profile: SiteProfile, memory: Memory = NOTHING) -> Anatomy:
    """Label every line of a page; the article is what the labels say it is."""
    article, layout = _cut(page, profile, memory)
    shown = tuple(parts(layout)) if layout is not None else ()
    return Anatomy(page=page, article=article, parts=shown)


def _cut(
    page: Page, profile: SiteProfile, memory: Memory
) -> tuple[Article | None, Layout | None]:
    material = gather(page, profile)
    if material is None:
        return None, None
    title = headline(material)
    spoken = language(material)
    told = dates(material, title, spoken.value if spoken else None)
    claims: dict[str, Claim[Any] | None] = {
        "url": address(material),
        "headline": _claim(title),
        "standfirst": standfirst(material, title),
        "authors": authors(material, title),
        "published": told.published,
        "updated": told.updated,
        "section": section(material, title),
        "tags": tags(material, title),
        "language": spoken,
        "image": image(material, title),
    }
    layout = dissect(material, title, _known(claims), memory)
    if layout is not None:
        claims["links"] = links(layout, page.url)
        claims["standfirst"] = claims["standfirst"] or standing(layout)
    stated = {name: c for name, c in claims.items() if c is not None}
    values = {name: claim.value for name, claim in stated.items()}
    values.setdefault("headline", "")
    blocks = tuple(body(layout)) if layout is not None else ()
    if "standfirst" not in stated:
        summary = hinted.standfirst(material, title, [b.text for b in blocks])
        if summary is not None:
            stated["standfirst"], values["standfirst"] = summary, summary.value
    if not blocks and not values["headline"]:
        return None, layout
    sources = {name: claim.witness for name, claim in stated.items()}
    if blocks:
        sources["body"] = "text"
    return Article(**values, blocks=blocks, sources=sources), layout


def _known(claims: dict[str, Claim[Any] | None]) -> Known:
    """Return what the body must not repeat."""
    values = {name: claim.value for name, claim in claims.items() if claim}
    return Known(
        headline=values.get("headline", ""),
        standfirst=values.get("standfirst", ""),
        authors=values.get("authors", ()),
    )


def _claim(title: Headline | None) -> Claim[str] | None:
    return Claim(value=title.text, witness=title.witness) if title else None

"""An article with its text in, the same filed by kind and section out.

A live blog's text is cut into its entries here, since that it is one is its kind.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from archive.records import Article, Block

from ..claims import Claim
from ..fields.titles import Headline
from ..lines.layout import Layout
from ..material import Material
from .genre import NEWS, Said, genre
from .genre_shape import near_text
from .kickers import kickers
from .live import Told, blocks, entries, told_only
from .live_signs import is_called, is_declared
from .section_path import section_path

_LEAST_DECLARED, _LEAST_CALLED = 2, 3
"""How many entries a page must have that says it is live as data, and in words."""


def classified(
    article: Article, material: Material, title: Headline | None, layout: Layout | None
) -> Article:
    """Add the article's kind, its path of sections and the entries of a live blog."""
    values: dict[str, Any] = {}
    sources = dict(article.sources)
    section = _section(article)
    path = section_path(material, title, section)
    if path is not None:
        values["section_path"], sources["section_path"] = path.value, path.witness
        if section is None:
            section = Claim(value=path.value[-1], witness=path.witness)
            values["section"], sources["section"] = section.value, section.witness
    live = _live(article, material, title, layout)
    if live is not None:
        values["blocks"] = live
    said = Said(
        material=material,
        title=title,
        near=tuple(kickers(layout, title)) if layout is not None else (),
        lines=tuple(near_text(layout)) if layout is not None else (),
        sections=_sections(section, path),
        entries=sum(1 for block in live or () if block.kind == "entry"),
    )
    told = genre(said)
    values |= {"kind": told.kind, "kind_evidence": told.evidence}
    if told is not NEWS:
        sources["kind"] = told.witness
    return replace(article, **values, sources=sources)


def _section(article: Article) -> Claim[str] | None:
    if article.section is None:
        return None
    return Claim(value=article.section, witness=article.sources["section"])  # type: ignore[arg-type]  # put there as a Witness


def _sections(
    section: Claim[str] | None, path: Claim[tuple[str, ...]] | None
) -> tuple[Claim[str], ...]:
    """Return the sections, the narrowest first."""
    names = path.value if path is not None else ()
    others = [Claim(value=n, witness=path.witness) for n in names[::-1] if path]
    return (section, *others) if section is not None else tuple(others)


def _live(
    article: Article, material: Material, title: Headline | None, layout: Layout | None
) -> tuple[Block, ...] | None:
    """Return the blocks of a live blog; None for a page that is none."""
    declared = is_declared(material)
    if layout is None or not (declared or is_called(material, title, layout)):
        return None
    least = _LEAST_DECLARED if declared else _LEAST_CALLED
    found = entries(layout, _told(article, material, least))
    return tuple(blocks(layout, found)) if found else None


def _told(article: Article, material: Material, least: int) -> Told:
    return Told(
        updates=material.linked.typed.updates,
        published=article.published,
        updated=article.updated,
        zone=material.timezone,
        least=least,
    )


def with_unseen(article: Article, material: Material) -> Article:
    """Add a live blog's entries, where scripts show what only structured data holds."""
    if any(block.kind == "entry" for block in article.blocks):
        return article
    told = _told(article, material, _LEAST_DECLARED)
    unseen = tuple(told_only(told, article.body)) if told.updates else ()
    if not unseen:
        return article
    sources = dict(article.sources)
    sources.setdefault("body", "json-ld")
    return replace(article, blocks=(*article.blocks, *unseen), sources=sources)

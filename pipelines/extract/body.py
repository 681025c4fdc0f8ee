"""Material in, the body's blocks out: trafilatura run over the article's region.

The fast pass comes first; the full cascade, at three times the cost, runs over the
whole page only where the region gave too little (docs/decisions.md has the figures).
"""

from __future__ import annotations

import logging
from copy import copy

from lxml.etree import LxmlError, SubElement, _Element
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from archive.records import Block

from .blocks import blocks
from .material import Material
from .prune import prune
from .region import Region, region
from .survey import spine_of
from .titles import Headline
from .tree import empty_page, select

logger = logging.getLogger(__name__)

_PARTS = frozenset({"body", "td", "th", "tr", "tbody", "font", "span", "li"})
"""What cannot stand by itself and becomes a plain container."""
_MIN_CHARS = 200
_MIN_SHARE = 0.5
"""Share of the region's running text that the fast pass must bring back."""


def cut(material: Material, title: Headline | None) -> list[Block]:
    """Return the blocks of the article's body; empty if there is no text."""
    chosen = select(material.root, material.profile.selectors.get("body", ()))
    if chosen:
        found = _extract(_framed(chosen[:20]), fast=True)
        if found:
            return found
    around = region(material.root, spine_of(title.element if title else None))
    if around is None:
        return _extract(copy(material.root), fast=False)
    found = _extract(_framed([around.element]), fast=True)
    if not _enough(found, around):
        fuller = _extract(copy(material.root), fast=False)
        if _chars(fuller) > _chars(found):
            return fuller
    return found


def _enough(found: list[Block], around: Region) -> bool:
    """Whether the fast pass brought back what the region promised."""
    return _chars(found) >= max(_MIN_CHARS, _MIN_SHARE * around.chars)


def _framed(elements: list[HtmlElement]) -> HtmlElement:
    """Return a page that holds copies of the elements as its article and nothing else.

    trafilatura looks for an article's container first; the property names it.
    """
    page = empty_page()
    article = SubElement(page.find("body"), "article", {"itemprop": "articleBody"})
    for element in elements:
        twin = copy(element)
        twin.tail = None
        if twin.tag in _PARTS:
            twin.tag = "div"
        article.append(twin)
    prune(article)
    return page


def _extract(tree: HtmlElement, *, fast: bool) -> list[Block]:
    """Run trafilatura on a tree that it may change."""
    options = Extractor(fast=fast, comments=False, tables=True, output_format="python")
    try:
        document = bare_extraction(tree, options=options)
        body: _Element | None = getattr(document, "body", None)
        return blocks(body) if body is not None else []
    except (LxmlError, ValueError, TypeError, AttributeError, RecursionError) as error:
        logger.debug("trafilatura failed: %s", error)
        return []


def _chars(found: list[Block]) -> int:
    return sum(len(block.text) for block in found)

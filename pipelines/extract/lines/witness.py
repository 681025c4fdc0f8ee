"""A page's tree in, trafilatura's verdict on which lines are the article out.

Its full cascade costs three times what reading the layout does, so it is heard only
where our own rules found too little text (docs/decisions.md has the figures).
"""

from __future__ import annotations

import logging
from copy import copy

from lxml.etree import LxmlError, iterwalk
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from ..text import key
from .layout import Leaf

logger = logging.getLogger(__name__)

_MIN_CHARS = 20
"""A shorter line must be a line of the verdict, not a part of one."""

_MOST_TABLES = 50
_MOST_DEPTH = 500
_MOST_ELEMENTS = 40_000
"""Deeper or larger pages are not put to it: its time grows with the cube of the depth
at which tables stand in tables."""
_CERTAIN = frozenset(
    ("headline", "standfirst", "byline", "comments", "related", "share", "newsletter")
)
"""Roles that the rules give for better reasons than a verdict on the whole page."""


def hear(root: HtmlElement) -> str:
    """Return the lines that trafilatura takes for the article.

    Empty if it fails, and for a page of a depth or size that would hold it up.
    """
    if not _is_fit(root):
        return ""
    options = Extractor(fast=True, comments=False, tables=True, output_format="python")
    try:
        document = bare_extraction(copy(root), options=options)
    except (LxmlError, ValueError, TypeError, AttributeError, RecursionError) as error:
        logger.debug("trafilatura failed: %s", error)
        return ""
    text = getattr(document, "text", None)
    return text if isinstance(text, str) else ""


def _is_fit(root: HtmlElement) -> bool:
    """Whether a page is neither so deep nor so large that reading it takes long."""
    depth = tables = elements = 0
    for event, element in iterwalk(root, events=("start", "end")):
        step = 1 if event == "start" else -1
        depth += step
        tables += step if element.tag == "table" else 0
        elements += event == "start"
        if tables > _MOST_TABLES or depth > _MOST_DEPTH or elements > _MOST_ELEMENTS:
            return False
    return True


def believe(leaves: list[Leaf], verdict: str) -> None:
    """Give the lines that the verdict names the role of text, and no other line."""
    lines = [key(line) for line in verdict.splitlines()]
    known, whole = frozenset(lines), "\n".join(lines)
    for leaf in leaves:
        if leaf.role in _CERTAIN:
            continue
        words = key(leaf.text)
        named = words in known or (len(words) >= _MIN_CHARS and words in whole)
        if named and words:
            leaf.role, leaf.rule = "body", "trafilatura's verdict"
        elif leaf.role == "body":
            leaf.role, leaf.rule = "nav", "not in trafilatura's verdict"

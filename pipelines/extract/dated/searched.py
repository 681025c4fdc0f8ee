"""Material in, the day that htmldate finds in the whole page out: the last resort."""

from __future__ import annotations

import logging
import re
import warnings
from copy import copy
from datetime import date

from htmldate import find_date
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from ..classes import Role, roles
from ..material import Material
from ..survey import is_box
from ..tree import drop, names_of
from .dateplaces import in_title_link, is_listed
from .dates import parse

logger = logging.getLogger(__name__)

_ISO_SHAPE = re.compile(r"\s*\d{4}-\d\d-\d\d")
_OTHERS: frozenset[Role] = frozenset(("related", "comments"))
_YEAR_ONLY = "-01-01"
"""How htmldate ends where it found a year and nothing else."""


def searched(material: Material, latest: date) -> str | None:
    """Return the day as YYYY-MM-DD; None where htmldate finds none or fails."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # dateutil warns of zones it ignores
            found = find_date(
                _without_others(material),
                original_date=True,
                extensive_search=False,
                url=material.page.url or None,
                max_date=latest.isoformat(),
            )
    except (ValueError, TypeError, OverflowError, AttributeError, LxmlError) as error:
        logger.debug("htmldate failed on %s: %s", material.page.url, error)
        return None
    return str(found) if found and not found.endswith(_YEAR_ONLY) else None


def _without_others(material: Material) -> HtmlElement:
    """Return a copy of the page without the blocks whose dates are other posts'."""
    root = copy(material.root)
    for element in list(root.iter("meta", "time")):
        stated = element.get("content") or element.get("datetime") or ""
        if _ISO_SHAPE.match(stated) and parse(stated) is None:
            drop(element)  # htmldate makes the first of the month of 2026-02-30
    for element in list(root.iter("div", "section", "aside", "ul", "ol")):
        hints = roles(names_of(element)) & _OTHERS
        if hints and (is_box(element) or "comments" in hints):
            _drop_unless_headed(element)
    times = [e for e in root.iter("time") if in_title_link(e) or is_listed(e)]
    for element in times:
        drop(element)
    return root


def _drop_unless_headed(element: HtmlElement) -> None:
    """Take an element out unless the page's own heading lies in it."""
    if next(element.iter("h1"), None) is None:
        drop(element)

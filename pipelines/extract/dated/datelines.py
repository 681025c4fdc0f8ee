"""Material in, what its elements for dates, its title and its address state out.

Nothing from a block of other posts, of related links or of comments is among it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml.html import HtmlElement

from ..fields.titles import Headline
from ..material import Material
from ..survey import Sight, in_furniture, spine_of
from ..tree import names_of, text_of
from .dateplaces import is_fact, is_led, is_short, of_others
from .datewords import DATELINE_CHARS, UPDATE_WORD, has_year

_URL_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:"
    r"(?P<mark>[/\-_.])(?P<month>0?[1-9]|1[0-2]|[a-z]{3})(?P=mark)"
    r"(?P<day>0?[1-9]|[12]\d|3[01])"
    r"|(?P<month2>0[1-9]|1[0-2])(?P<day2>0[1-9]|[12]\d|3[01]))(?!\d)"
)
_URL_MONTH = re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>0[1-9]|1[0-2])/")
_URL_DAY_LAST = re.compile(
    r"(?<!\d)(?P<day>0?[1-9]|[12]\d|3[01])(?P<mark>[\-_.])"
    r"(?P<month>0?[1-9]|1[0-2])(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)"
)
_NEAR = 60
"""How many elements after the headline its marked date may stand."""


def texts(element: HtmlElement) -> Iterator[str]:
    """Yield what an element says of a date: attributes first, then its text."""
    exact = element if element.tag == "time" else next(element.iter("time"), element)
    for attribute in ("datetime", "content", "data-datetime", "title"):
        value = exact.get(attribute)
        if value and any(c.isdigit() for c in value):
            yield value
    if is_short(element, DATELINE_CHARS):
        yield text_of(element)


def shown(
    material: Material, title: Headline | None, near: int | None = _NEAR
) -> Iterator[str]:
    """Yield the dates shown beside the headline, never those of other blocks.

    Args:
        material: The page.
        title: Its headline.
        near: How many elements away a date may stand; None for any distance.
    """
    spine = spine_of(title.element if title else None)
    survey = material.survey
    sights = [*survey.tags.get("time", ()), *survey.marked.get("date", ())]
    for sight in sorted(sights, key=lambda s: _distance(s, title)):
        if near is not None and _distance(sight, title) > near:
            return
        if _is_change(sight):
            continue
        told = list(texts(sight.element))
        if any(map(has_year, told)) and not of_others(sight.element, spine):
            yield from told


def _is_change(sight: Sight) -> bool:
    """Whether an element states the day of a change; themes name both days at once."""
    if UPDATE_WORD.search(text_of(sight.element, 60)) or is_led(sight.element):
        return True
    return "updated" in sight.roles and "published" not in names_of(sight.element)


def beside(material: Material, title: Headline | None) -> Iterator[str]:
    """Yield the dates in small blocks after the headline whose names say otherwise.

    What a site calls a sidebar, a widget or a share bar may hold the article's facts;
    what it calls related, comments or navigation never does.
    """
    spine = spine_of(title.element if title else None)
    survey = material.survey
    for sight in (*survey.tags.get("time", ()), *survey.marked.get("date", ())):
        near = 0 <= _distance(sight, title) <= _NEAR and sight.position > 0
        if near and not _is_change(sight) and is_fact(sight.element, spine):
            yield from texts(sight.element)


def properties(material: Material, title: Headline | None, name: str) -> Iterator[str]:
    """Yield the dates that the markup states under a property's name."""
    spine = spine_of(title.element if title else None)
    for sight in material.survey.itemprops.get(name, ()):
        if not in_furniture(sight.element, spine):
            yield from texts(sight.element)


def _distance(sight: Sight, title: Headline | None) -> int:
    """Return how far from the headline an element stands, before it counting double."""
    if title is None or title.position < 0:
        return sight.position
    gap = sight.position - title.position
    return gap if gap >= 0 else -2 * gap


def titled(material: Material) -> Iterator[str]:
    """Yield the last part of the page's title, which some sites make the date."""
    for sight in material.survey.tags.get("title", ())[:1]:
        yield text_of(sight.element, 1000).rsplit("|", 1)[-1]


def address_month(material: Material) -> date | None:
    """Return the first day of the month that the page's address states."""
    match = _URL_MONTH.search(material.page.url)
    return date(int(match["year"]), int(match["month"]), 1) if match else None


def address_days(material: Material) -> Iterator[str]:
    """Yield the day that the page's address states."""
    url = material.page.url
    match = _URL_DAY.search(url) or _URL_DAY_LAST.search(url)
    if match:
        parts = match.groupdict()
        month = parts["month"] or parts["month2"]
        day = parts["day"] or parts["day2"]
        spaced = f"{day} {month} {parts['year']}"
        yield spaced if month.isalpha() else f"{parts['year']}-{month}-{day}"

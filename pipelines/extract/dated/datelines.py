"""Material in, the texts around the headline that may state a date out.

Nothing from a block of other posts, of related links or of comments is among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from lxml.html import HtmlElement

from ..fields.titles import Headline
from ..material import Material
from ..survey import Sight, in_furniture, spine_of
from ..tree import names_of, text_of
from .dateplaces import is_fact, is_led, is_prose, is_short, of_others
from .datewords import (
    CHANGE,
    DATE,
    DATELINE_CHARS,
    LABEL,
    SENTENCE,
    UPDATE_WORD,
    YEAR,
    dateline,
    rank_of,
)

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
_NO_DATELINE = frozenset({"title", "option", "script", "style", "select"})
_BEFORE, _AFTER = 60, 80
"""How many elements around the headline a line with a date may stand."""
_ANYWHERE = 20_000
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
        if any(map(YEAR.search, told)) and not of_others(sight.element, spine):
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


def labelled(material: Material) -> Iterator[str]:
    """Yield the text that says itself when the page was published, if only one does."""
    found: set[str] = set()
    for element in material.root.iter("*"):
        for text in (element.text, element.tail):
            if text and LABEL.match(text) and YEAR.search(text[:DATELINE_CHARS]):
                found.add(text[:DATELINE_CHARS])
    if len(found) == 1:
        yield from found


def _distance(sight: Sight, title: Headline | None) -> int:
    """Return how far from the headline an element stands, before it counting double."""
    if title is None or title.position < 0:
        return sight.position
    gap = sight.position - title.position
    return gap if gap >= 0 else -2 * gap


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    """A short text with a year in it."""

    text: str
    rank: int
    """One of the ranks of datewords.py."""
    is_before: bool
    """Whether it stands before the headline."""


def written(material: Material, title: Headline | None) -> Iterator[str]:
    """Yield short texts that are dates and stand around the headline."""
    return _dates_of(list(_lines(material, title, _AFTER)))


def changes(material: Material, title: Headline | None) -> Iterator[str]:
    """Yield short texts after the headline that state the day of a change."""
    return _changes_of(_lines(material, title, _AFTER))


def anywhere(material: Material, title: Headline | None) -> Iterator[str]:
    """Yield short texts of the whole page that are dates, those of changes last."""
    lines = list(_lines(material, title, _ANYWHERE))
    yield from _dates_of(lines)
    yield from _changes_of(lines)


def _dates_of(lines: Sequence[_Line]) -> Iterator[str]:
    """Yield the dates after the headline, then those before it, the nearest first."""
    dates = [line for line in lines if line.rank == DATE]
    yield from (line.text for line in dates if not line.is_before)
    yield from (line.text for line in reversed(dates) if line.is_before)


def _changes_of(lines: Iterable[_Line]) -> Iterator[str]:
    return (x.text for x in lines if x.rank == CHANGE and not x.is_before)


def _lines(material: Material, title: Headline | None, after: int) -> Iterator[_Line]:
    """Yield the lines that stand around the headline, in document order.

    Args:
        material: The page.
        title: Its headline.
        after: How many elements after it to look; if unusual, from the page's top.
    """
    spine = spine_of(title.element if title else None)
    place = title.position if title and title.position >= 0 else 0
    start = place - _BEFORE if after == _AFTER else 0
    for position, element in enumerate(material.root.iter("*")):
        if position > place + after:
            return
        if position < start or element.tag in _NO_DATELINE:
            continue
        for text, holder in (
            (element.text, element),
            (element.tail, element.getparent()),
        ):
            line = dateline(text or "", holder is element and element.tag == "a")
            if line and not of_others(holder, spine):
                rank = rank_of(line)
                if rank == DATE and holder is element and is_led(element):
                    rank = CHANGE
                if line == (text or "").strip() and is_prose(line, element, holder):
                    rank = SENTENCE
                yield _Line(text=line, rank=rank, is_before=position < place)


def sentences(material: Material, title: Headline | None) -> Iterator[str]:
    """Yield longer texts with a year in them that follow the headline."""
    spine = spine_of(title.element if title else None)
    place = title.position if title and title.position >= 0 else 0
    for element in islice(material.root.iter("*"), place, place + _AFTER):
        for text in (element.text, element.tail):
            line = dateline(text or "", False)
            if line and rank_of(line) == SENTENCE and not of_others(element, spine):
                yield line


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

"""Material in, the texts around the headline that may state a date out.

Nothing from a block of other posts, of related links or of comments is among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from .material import Material
from .survey import Sight, in_furniture, spine_of
from .titles import Headline
from .tree import text_of

_URL_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:"
    r"(?P<mark>[/\-_.])(?P<month>0?[1-9]|1[0-2]|[a-z]{3})(?P=mark)"
    r"(?P<day>0?[1-9]|[12]\d|3[01])"
    r"|(?P<month2>0[1-9]|1[0-2])(?P<day2>0[1-9]|[12]\d|3[01]))(?!\d)"
)
_URL_DAY_LAST = re.compile(
    r"(?<!\d)(?P<day>0?[1-9]|[12]\d|3[01])(?P<mark>[\-_.])"
    r"(?P<month>0?[1-9]|1[0-2])(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)"
)
_UPDATE_WORD = re.compile(
    r"\b(?:updated?|modified|last|aktualisiert|mis à jour|actualizado|geändert|"
    r"stand)\b",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d|\d[./]\d{1,2}[./]\d\d")
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_DATE_WORDS = 6
"""How many words a line may hold that is a date and hardly anything else."""
_NO_DATELINE = frozenset({"title", "option", "script", "style", "select"})
_DATELINE_CHARS, _LINKED_DATE_CHARS, _OPENING_CHARS = 200, 40, 24
_BEFORE, _AFTER = 60, 80
"""How many elements around the headline a line with a date may stand."""
ANYWHERE = 20_000
_NEAR = 60
"""How many elements after the headline its marked date may stand."""


def texts(element: HtmlElement) -> Iterator[str]:
    """Yield what an element says of a date: attributes first, then its text."""
    exact = element if element.tag == "time" else next(element.iter("time"), element)
    for attribute in ("datetime", "content", "data-datetime", "title"):
        value = exact.get(attribute)
        if value and any(c.isdigit() for c in value):
            yield value
    text = text_of(element, _DATELINE_CHARS + 1)
    if len(text) <= _DATELINE_CHARS:
        yield text


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
    usable = [s for s in sights if not in_furniture(s.element, spine)]
    for sight in sorted(usable, key=lambda s: _distance(s, title)):
        if "updated" in sight.roles or _UPDATE_WORD.search(text_of(sight.element, 60)):
            continue
        if near is None or _distance(sight, title) <= near:
            yield from texts(sight.element)


def _distance(sight: Sight, title: Headline | None) -> int:
    """Return how far from the headline an element stands, before it counting double."""
    if title is None or title.position < 0:
        return sight.position
    gap = sight.position - title.position
    return gap if gap >= 0 else -2 * gap


def written(
    material: Material, title: Headline | None, after: int = _AFTER
) -> Iterator[str]:
    """Yield short texts with a year in them that stand around the headline."""
    spine = spine_of(title.element if title else None)
    place = title.position if title and title.position >= 0 else 0
    start = place - _BEFORE if after == _AFTER else 0
    end = place + after
    lines: tuple[list[str], list[str], list[str]] = ([], [], [])
    late: list[str] = []
    for position, element in enumerate(material.root.iter("*")):
        if position > end:
            break
        if position < start or element.tag in _NO_DATELINE:
            continue
        for text in (element.text, element.tail):
            line = _dateline(text or "", element.tag == "a")
            if line and not in_furniture(element, spine):
                shelf = lines[_rank(line)] if position >= place else late
                shelf.append(line)
    for shelf in lines[:2]:
        yield from shelf
    yield from reversed([line for line in late if _rank(line) == 0])
    yield from lines[2]


def _rank(line: str) -> int:
    """Order lines with a year: bare dates, dates of a change, sentences."""
    words = len(_LONG_WORD.findall(line))
    if words > _DATE_WORDS:
        return 2
    return 1 if _UPDATE_WORD.search(line) else 0


def _dateline(text: str, linked: bool) -> str:
    """Return the part of a text that may be a dateline; empty if none may."""
    if not _YEAR.search(text):
        return ""
    if len(text) <= (_LINKED_DATE_CHARS if linked else _DATELINE_CHARS):
        return text
    opening = text.strip()[:_OPENING_CHARS]
    return opening if opening[:1].isdigit() and not linked else ""


def titled(material: Material) -> Iterator[str]:
    """Yield the last part of the page's title, which some sites make the date."""
    for sight in material.survey.tags.get("title", ())[:1]:
        yield text_of(sight.element, 1000).rsplit("|", 1)[-1]


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

"""Material in, the texts around the headline that may state a date out.

Nothing from a block of other posts, of related links or of comments is among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from .classes import roles
from .material import Material
from .survey import Sight, in_furniture, spine_of
from .titles import Headline
from .tree import names_of, text_of

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
    r"\b(?:updated?|modified|last|aktualisiert|geändert|änderung|stand|mise? à jour|"
    r"modifié|actualizado|atualizado|aggiornato|bijgewerkt|gewijzigd|uppdaterad|"
    r"opdateret|oppdatert|päivitetty|zaktualizowan[oy]|aktualizováno|обновлено|"
    r"güncelle(?:me|ndi|nme))\b",
    re.I,
)
_YEAR = re.compile(
    r"(?:19|20|25)\d\d|\d[./]\d{1,2}[./]\d\d|[’'-]\d\d\b|[٠-٩۰-۹०-९০-৯๐-๙]{4}"
)
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_IDEOGRAPH = re.compile("[\u3040-\u9fff]")
_DATE_WORDS, _DATE_IDEOGRAPHS = 6, 16
"""How many words a line may hold that is a date and hardly anything else."""
_SENTENCE = 2
_NO_DATELINE = frozenset({"title", "option", "script", "style", "select"})
_DATELINE_CHARS, _LINKED_DATE_CHARS, _OPENING_CHARS = 200, 40, 24
_BEFORE, _AFTER = 60, 80
"""How many elements around the headline a line with a date may stand."""
_LABEL = re.compile(
    r"\s*(?:(?:first|originally|article|date)\s+)?(?:published|posted|veröffentlicht|"
    r"erschienen|publié|publicado|pubblicato|gepubliceerd|publicerad|publisert|"
    r"opublikowano|опубликовано|yayınlanma|post time|pubdate)\b",
    re.I,
)
"""Words that say that the date after them is that of publication."""
_LISTED = 6
"""How many items of a list are looked at."""
_BOX_DEPTH, _SMALL_CHARS, _TITLE_CHARS = 12, 240, 28
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
_OPENING = re.compile(
    r"\s*(?:[^\W\d_][^,(\d.:;]{1,28}[,(]\s*\(?(?:den |le |el |il |\w+day,? )?)?(?=\d)"
)
"""What may stand before the date at the beginning of a text: a place."""
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
    if is_short(element, _DATELINE_CHARS):
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
        if "updated" in sight.roles or _UPDATE_WORD.search(text_of(sight.element, 60)):
            continue
        told = list(texts(sight.element))
        if any(map(_YEAR.search, told)) and not of_others(sight.element, spine):
            yield from told


def in_title_link(element: HtmlElement) -> bool:
    """Whether an element is part of a link whose text is a title, so another's."""
    link = element if element.tag == "a" else next(element.iterancestors("a"), None)
    return link is not None and not is_short(link, _TITLE_CHARS)


def is_listed(element: HtmlElement) -> bool:
    """Whether a date stands in a list whose items each have one: those of posts."""
    item = next(element.iterancestors("li"), None)
    parent = item.getparent() if item is not None else None
    items = islice(parent.iterchildren("li"), _LISTED) if parent is not None else ()
    return sum(bool(_YEAR.search(text_of(li, _DATELINE_CHARS))) for li in items) > 2


def labelled(material: Material) -> Iterator[str]:
    """Yield the text that says itself when the page was published, if only one does."""
    found: set[str] = set()
    for element in material.root.iter("*"):
        for text in (element.text, element.tail):
            if text and _LABEL.match(text) and _YEAR.search(text[:_DATELINE_CHARS]):
                found.add(text[:_DATELINE_CHARS])
    if len(found) == 1:
        yield from found


def of_others(element: HtmlElement | None, spine: frozenset[HtmlElement]) -> bool:
    """Whether a date stands in a link, list or block of others, or in furniture.

    A small block without a heading or a title to click on holds facts of the page's
    own article, whatever its class says.
    """
    if element is None or in_title_link(element) or is_listed(element):
        return True
    if not in_furniture(element, spine):
        return False
    box = element
    for _ in range(_BOX_DEPTH):
        if "comments" in roles(names_of(box)):
            return True
        parent = box.getparent()
        if parent is None or not in_furniture(parent, spine):
            return not _is_small(box)
        box = parent
    return True


def _is_small(box: HtmlElement) -> bool:
    """Whether a block holds a few facts and nothing to read or to go to."""
    if not is_short(box, _SMALL_CHARS):
        return False
    if any(node.tag in _HEADINGS for node in box.iter("*")):
        return False
    return all(is_short(link, _TITLE_CHARS) for link in box.iter("a"))


def is_short(element: HtmlElement, limit: int) -> bool:
    """Whether an element shows at most so many characters."""
    chars = 0
    for text in element.itertext():
        chars += len(text.strip())
        if chars > limit:
            return False
    return True


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
        for text, holder in (
            (element.text, element),
            (element.tail, element.getparent()),
        ):
            line = _dateline(text or "", holder is element and element.tag == "a")
            if line and not of_others(holder, spine):
                shelf = lines[_rank(line)] if position >= place else late
                shelf.append(line)
    for shelf in lines[:2]:
        yield from shelf
    yield from reversed([line for line in late if _rank(line) == 0])


def sentences(material: Material, title: Headline | None) -> Iterator[str]:
    """Yield longer texts with a year in them that follow the headline."""
    spine = spine_of(title.element if title else None)
    place = title.position if title and title.position >= 0 else 0
    for element in islice(material.root.iter("*"), place, place + _AFTER):
        for text in (element.text, element.tail):
            line = _dateline(text or "", False)
            if line and _rank(line) == _SENTENCE and not of_others(element, spine):
                yield line


def _rank(line: str) -> int:
    """Order lines with a year: bare dates, dates of a change, sentences."""
    words = len(_LONG_WORD.findall(line))
    if words > _DATE_WORDS or len(_IDEOGRAPH.findall(line)) > _DATE_IDEOGRAPHS:
        return _SENTENCE
    return 1 if _UPDATE_WORD.search(line) else 0


def _dateline(text: str, linked: bool) -> str:
    """Return the part of a text that may be a dateline; empty if none may."""
    if not _YEAR.search(text):
        return ""
    text = text.strip()
    if len(text) <= (_LINKED_DATE_CHARS if linked else _DATELINE_CHARS):
        return text
    opening = None if linked else _OPENING.match(text)
    return text[opening.end() :][:_OPENING_CHARS] if opening else ""


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

"""In: the address of a page; out: what it is a page of, and its number in that.

Sites number the pages of an article in the query (`?page=2`), in a part of the path
(`/2/`, `/page/2`, `/seite-2`) or at its end (`-2.html`, `,2.html`, `_p2`). Many other
numbers stand in the same places, so an address alone proves nothing: two of them are
pages of one thing at best.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from crawler.errors import InvalidUrl
from crawler.urls import canonical

PAGE_WORDS = "page|pagina|página|paginas|seite|pag|strona|sida|side|sivu|blatt"
"""What sites call a page in addresses and in what readers see."""

# Drupal counts the pagers of a page: ?page=0,1 is the second page of its second one.
_QUERY = re.compile(
    rf"(?<=[?&])(?:{PAGE_WORDS}|p|pg|pn|page_?no|page_?num(?:ber)?|pagewanted|"
    r"currentpage|showpage)=(?:0?(?:,|%2C){1,2})?(?P<number>\d{1,2})(?:&|$)",
    re.IGNORECASE,
)
_WORD = re.compile(
    rf"[/_,.;~-](?:{PAGE_WORDS}|pg|p|s)[-_/=,.]?(?P<number>[1-9]\d?)$", re.IGNORECASE
)
_INDEX = re.compile(r"/(?:index|default)[-_]?(?P<number>[1-9]\d?)$", re.IGNORECASE)
_CHILD = re.compile(r"(?<=[^/])/(?P<number>[1-9]\d?)$")
_TAIL = re.compile(r"(?<=\w)[-_,.;](?P<number>[1-9]\d?)$")
_ENDING = re.compile(
    r"(?<=[^/])\.(?:[sp]?html?|php\d?|aspx?|jspx?|cfm)$", re.IGNORECASE
)
_ENDS = re.compile(r"(?<!\d)\d{1,2}(?:\.\w{3,5})?/?(?:[?#]|$)|[?&][^=]*=[^&]*\d")
_BARE = re.compile(r"/(?:index|default)$", re.IGNORECASE)
_COMMENT = re.compile(r"comment|kommentar|reply", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """One way to read an address: the page so numbered of something."""

    stem: str
    """The address without number and without what only spells one."""
    number: int | None
    """None where the address is read as having none."""
    form: str
    """query, word, child or tail; bare where it has no number."""


@lru_cache(maxsize=1_024)
def spots(url: str) -> tuple[Spot, ...]:
    """Every way to read an address, the one without a number first.

    An address that cannot be read gives none.
    """
    try:
        spelled = canonical(url)
    except InvalidUrl:
        return ()
    return tuple(_spots(spelled))


def _spots(url: str) -> Iterator[Spot]:
    address, _, query = url.partition("?")
    path = _ENDING.sub("", address.rstrip("/"))
    yield Spot(stem=_stem(path, query), number=None, form="bare")
    found = _QUERY.search(f"?{query}")
    if found:
        rest = f"?{query}"[: found.start()] + f"?{query}"[found.end() :]
        number = int(found["number"])
        yield Spot(stem=_stem(path, rest[1:]), number=number, form="query")
    forms = (("word", _WORD), ("word", _INDEX), ("child", _CHILD), ("tail", _TAIL))
    for form, pattern in forms:
        found = pattern.search(path)
        if found and not _COMMENT.search(path[path.rfind("/", 0, found.start()) :]):
            stem = _stem(_ENDING.sub("", path[: found.start()]), query)
            yield Spot(stem=stem, number=int(found["number"]), form=form)
            return


def _stem(path: str, query: str) -> str:
    query = query.strip("&")
    return _BARE.sub("", path).rstrip("/") + (f"?{query}" if query else "")


def is_front(stem: str) -> bool:
    """Whether a stem is a home page: its pages are those of a list."""
    return stem.count("/") < 3


def follows(here: str, there: str) -> Spot | None:
    """How one address is read as the next page of what the other is a page of.

    None where it is not. Only a number in the query may begin at 0.
    """
    for one in spots(here):
        for other in spots(there):
            if other.number is None or other.stem != one.stem or is_front(one.stem):
                continue
            if other.number in _after(one, other.form):
                return other
    return None


def _after(here: Spot, form: str) -> tuple[int, ...]:
    if here.number is not None:
        return (here.number + 1,) if here.form == form else ()
    return (1, 2) if form == "query" else (2,)


def leads(first: str, there: str) -> bool:
    """Whether one address may be that of the first page of what the other is of."""
    begins = {spot.stem for spot in spots(first) if spot.number in (None, 0, 1)}
    return canonical_or(first) != canonical_or(there) and any(
        spot.number is not None and spot.number > 0 and spot.stem in begins
        for spot in spots(there)
    )


def canonical_or(url: str) -> str:
    """The canonical address; what has none stays as it is."""
    try:
        return canonical(url)
    except InvalidUrl:
        return url


def stems_of_numbered(url: str) -> frozenset[str]:
    """What an address may be a further page of; empty for one without a number."""
    if not _ENDS.search(url):
        return frozenset()
    return frozenset(
        spot.stem
        for spot in spots(url)
        if spot.number is not None
        and spot.number > (0 if spot.form == "query" else 1)
        and not is_front(spot.stem)
    )

"""In: the tree of a list page; out: the address of the page after it, or None.

Only addresses of the page's own site are given, and never the page itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from crawler.discover.pages import base_of, text_of, tokens
from crawler.errors import InvalidUrl
from crawler.urls import canonical, join, same_site

MAX_CANDIDATES = 10_000

_TEXT = re.compile(
    r"(?:(?:next|older)(?: (?:page|posts?|articles?|entries|stories|news|results))?|"
    r"load more|show more|more (?:articles|news|stories|posts)|›|»|→|>|>>|››)"
    r"(?: ?[›»→>]+)?",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"next|next[-_]?(?:page|link|posts?)|(?:pager|pagination|page|nav|paging)"
    r"(?:[-_]{1,2}(?:link|item|button|btn))?[-_]{1,2}next|older(?:-posts)?|nav-previous",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<before>/page[/-]|/p/|[?&](?:page|paged|p|pg|pagenum|page_no|pageno)=)"
    r"(?P<number>\d{1,6})(?=[/&#]|$)",
    re.IGNORECASE,
)
# Numbers of articles, not of pages.
_OFFSET = re.compile(
    r"[?&](?:start|offset|skip)=(?P<number>\d{1,6})(?=&|$)", re.IGNORECASE
)
# A number at the end of the path: /news2.html, /page2, /news/2/. Longer ones are ids,
# and one below a year is a month.
_TAIL = re.compile(
    r"(?:/page|/p|(?<=[^\W\d])|(?<!\d)/)(?P<number>\d{1,3})(?=(?:\.\w{3,5})?/?$)",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/index(?:\.\w{3,5})?$|(?<=.)\.(?:html?|php)$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Candidate:
    element: etree._Element
    url: str


def next_page(tree: etree._Element, url: str) -> str | None:
    """The next page of a list: stated, marked or named so, or one number higher."""
    candidates = list(_candidates(tree, url))
    for rule in (_by_rel, _by_class, _by_text):
        for candidate in candidates:
            if rule(candidate.element) and not _goes_back(url, candidate.url):
                return candidate.url
    return _by_number(candidates, url)


def _candidates(tree: etree._Element, url: str) -> Iterator[_Candidate]:
    """Links of the same site that lead elsewhere than the page itself."""
    here = _spelling(url)
    base = base_of(tree, url)
    for element in islice(tree.iter("link", "a"), MAX_CANDIDATES):
        address = join(base, element.get("href") or "")
        if address and same_site(address, url) and _spelling(address) != here:
            yield _Candidate(element=element, url=address.partition("#")[0])


def _spelling(url: str) -> str:
    """The canonical address; what has none stays as it is."""
    try:
        return canonical(url)
    except InvalidUrl:
        return url


def _by_rel(element: etree._Element) -> bool:
    return "next" in tokens(element, "rel")


def _by_class(element: etree._Element) -> bool:
    """Whether the anchor, or the list item or box around it alone, is classed so."""
    if element.tag != "a":
        return False
    parent = element.getparent()
    around = parent if parent is not None and len(parent) == 1 else element
    return any(
        _CLASS.fullmatch(token)
        for one in (element, around)
        for token in tokens(one, "class")
    )


def _by_text(element: etree._Element) -> bool:
    if element.tag != "a":
        return False
    texts = (text_of(element), element.get("aria-label"), element.get("title"))
    return any(text and _TEXT.fullmatch(text.strip()) for text in texts)


def _goes_back(url: str, address: str) -> bool:
    """Whether an address carries a lower page number than the page itself."""
    here, there = _NUMBER.search(url), _NUMBER.search(address)
    return bool(here and there and int(there["number"]) < int(here["number"]))


def _by_number(candidates: list[_Candidate], url: str) -> str | None:
    """The link to the same list one page on; from a first page, the one called "2"."""
    here = _NUMBER.search(url)
    for candidate in candidates:
        there = _NUMBER.search(candidate.url)
        if there is None or _without_number(candidate.url) != _without_number(url):
            continue
        if here and int(there["number"]) == int(here["number"]) + 1:
            return candidate.url
        if not here and text_of(candidate.element) == "2":
            return candidate.url
    return None


def _without_number(url: str) -> str:
    cut = _NUMBER.sub(_nothing, url.partition("#")[0])
    return _spelling(cut).rstrip("/?&")


def _nothing(match: re.Match[str]) -> str:
    return "?" if match["before"].startswith("?") else ""


def following_list(tree: etree._Element, url: str) -> str | None:
    """The next page of a list: one that differs from this one by its number alone.

    A page that merely names a next one may be an article with a neighbour.
    """
    following = next_page(tree, url)
    return following if following and _continues(url, following) else None


def is_paged(tree: etree._Element, url: str) -> bool:
    """Whether a page links to another page of what it is a page of, by its number."""
    here = _numbered(url)
    return any(
        here.list == there.list and here.number != there.number
        for candidate in _candidates(tree, url)
        if (there := _numbered(candidate.url))
    )


def _continues(url: str, following: str) -> bool:
    """Whether two addresses are of one list and the second's number is one higher."""
    here, there = _numbered(url), _numbered(following)
    if here.list != there.list or there.number is None:
        return False
    if _OFFSET.search(following):
        return there.number > (here.number or 0)
    return there.number in ((1, 2) if here.number is None else (here.number + 1,))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Numbered:
    list: str
    """The address without its page number, and without what only spells one."""
    number: int | None
    """None where the address carries none: of the pages after it, some sites call the
    first 2 and some 1."""


def _numbered(url: str) -> _Numbered:
    """An address cut into the list it belongs to and its number in it."""
    spelled = _spelling(url)
    for form in (_NUMBER, _OFFSET, _TAIL):
        found = form.search(spelled)
        if found:
            begin, end = found.span()
            list_ = spelled[:begin] + spelled[end:]
            return _Numbered(list=_bare(list_), number=int(found["number"]))
    return _Numbered(list=_bare(spelled), number=None)


def _bare(address: str) -> str:
    return _INDEX.sub("", address).rstrip("/?&")

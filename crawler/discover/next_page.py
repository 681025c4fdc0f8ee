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

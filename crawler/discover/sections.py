"""In: a page that lists articles; out: a `Listing` of them and the next page.

The links are those the profile wants. Anchor text and a `time` element that stands
with one article only become hints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from crawler.discover.dates import iso
from crawler.discover.links import Anchor, anchors
from crawler.discover.listing import Entry, Listing
from crawler.discover.next_page import next_page
from crawler.discover.pages import read_page, text_of
from crawler.items import Hint
from crawler.sites.profile import Profile

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Anchor texts that say nothing of the article.
_CALL = re.compile(
    r"(?:read|find out|learn|view|see|continue|full|more)\b.{0,25}|\d+ comments?|"
    r"comments?|share|image|photo|video|\W*",
    re.IGNORECASE,
)
MAX_TITLE_CHARS = 300
MAX_ANCHORS = 10_000
# How far above a `time` element and an anchor the box of both is looked for.
MAX_STEPS = 5


def parse_section(
    page: bytes | etree._Element,
    url: str,
    profile: Profile,
    content_type: str | None = None,
) -> Listing:
    """The articles that a section page lists, in its order, and the page after it."""
    tree = read_page(page, content_type) if isinstance(page, bytes) else page
    if tree is None:
        return Listing(problems=("section page holds no HTML",))
    links = list(islice(anchors(tree, url), MAX_ANCHORS))
    wanted: dict[str, bool] = {}
    for anchor in links:
        if anchor.url not in wanted:
            wanted[anchor.url] = anchor.url != url and profile.wants(anchor.url)
    chosen = [anchor for anchor in links if wanted[anchor.url]]
    days = _days(tree, chosen)
    entries = tuple(
        Entry(
            url=address,
            hint=Hint(
                route="section", source=url, title=title, published=days.get(address)
            ),
        )
        for address, title in _titles(chosen).items()
    )
    following = next_page(tree, url)
    if following and profile.article and profile.wants(following):
        following = None  # "next" leads to a neighbouring article, not to a list
    return Listing(entries=entries, next_url=following)


def _titles(chosen: list[Anchor]) -> dict[str, str | None]:
    """The best text for each address: a heading's before the longest other one."""
    best: dict[str, tuple[bool, int, str | None]] = {}
    for anchor in chosen:
        best.setdefault(anchor.url, (False, 0, None))
        text, is_heading = _title(anchor.element)
        if text is None or len(text) > MAX_TITLE_CHARS or _CALL.fullmatch(text):
            continue
        best[anchor.url] = max(
            best[anchor.url], (is_heading, len(text), text), key=lambda one: one[:2]
        )
    return {address: found[2] for address, found in best.items()}


def _title(element: etree._Element) -> tuple[str | None, bool]:
    """The text of an anchor, and whether a heading holds it or it holds a heading."""
    for inner in element.iter(*_HEADINGS):
        return text_of(inner), True
    for above in islice(element.iterancestors(), 3):
        if above.tag in _HEADINGS:
            return text_of(element), True
    return text_of(element), False


def _days(tree: etree._Element, chosen: list[Anchor]) -> dict[str, str]:
    """The date that stands with each article, where it stands with it alone."""
    inside = _boxes(chosen)
    found: dict[str, set[str]] = {}
    for element in tree.iter("time"):
        around = (inside[box] for box in _upwards(element) if box in inside)
        articles = next(around, set())
        stated = iso(element.get("datetime") or text_of(element))
        if stated and len(articles) == 1:
            found.setdefault(min(articles), set()).add(stated)
    return {url: min(days) for url, days in found.items() if len(days) == 1}


def _boxes(chosen: list[Anchor]) -> dict[etree._Element, set[str]]:
    """The articles that each element around an anchor holds."""
    inside: dict[etree._Element, set[str]] = {}
    for anchor in chosen:
        for box in _upwards(anchor.element):
            inside.setdefault(box, set()).add(anchor.url)
    return inside


def _upwards(element: etree._Element) -> Iterator[etree._Element]:
    """An element and the nearest elements around it."""
    yield element
    yield from islice(element.iterancestors(), MAX_STEPS)

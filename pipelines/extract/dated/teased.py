"""Material in, the dates of the blocks that tease this very page out.

A list of posts beside an article often holds the article itself, with its date, while
the article shows none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from ..classes import roles
from ..material import Material
from ..tree import names_of

_YEAR = re.compile(r"(?:19|20)\d\d|\d[./]\d{1,2}[./]\d\d\b")
_MOST_LEVELS = 5
"""How far above its link a teaser may reach."""
_MOST_CHARS = 900
"""More text than this is no teaser."""
_DATE_CHARS = 60
_MOST_LINKS = 20


def own_teasers(material: Material) -> Iterator[str]:
    """Yield the dates in blocks that link to this page and to no other."""
    own = _place(material.page.url)
    if own is None or own[1] == "":
        return
    seen = 0
    for link in material.root.iter("a"):
        if _leads_to(link, material.page.url, own) and not _is_comment(link):
            seen += 1
            yield from _dates_around(link, material.page.url, own)
        if seen == _MOST_LINKS:
            return


def _place(url: str) -> tuple[str, str, str] | None:
    """Return host, path and query of an address, spelled alike; None if it has none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    return host, parts.path.rstrip("/."), parts.query


def _leads_to(link: HtmlElement, base: str, own: tuple[str, str, str]) -> bool:
    """Whether a link leads to the page itself, not to a place within it."""
    target = link.get("href") or ""
    if own[1].rsplit("/", 1)[-1] not in target or "#" in target:
        return False
    try:
        return _place(urljoin(base, target.strip())) == own
    except ValueError:
        return False


def _dates_around(
    link: HtmlElement, base: str, own: tuple[str, str, str]
) -> Iterator[str]:
    """Yield what may be a date in the widest block around a link that is its alone."""
    box, node = None, link
    for _ in range(_MOST_LEVELS):
        if not _is_alone(node, base, own):
            break
        box = node
        parent = node.getparent()
        if parent is None or parent.tag in ("body", "html", "main"):
            break
        node = parent
    if box is None:
        return
    for element in box.iter("*"):
        stated = element.get("datetime") if element.tag == "time" else None
        for text in (stated, element.text, element.tail if element is not box else ""):
            if text and len(text.strip()) <= _DATE_CHARS and _YEAR.search(text):
                yield text


def _is_comment(link: HtmlElement) -> bool:
    return any("comments" in roles(names_of(box)) for box in link.iterancestors("div"))


def _is_alone(box: HtmlElement, base: str, own: tuple[str, str, str]) -> bool:
    """Whether a block is short and every title in it that is a link is the page's."""
    chars = 0
    for text in box.itertext():
        chars += len(text.strip())
        if chars > _MOST_CHARS:
            return False
    links = (a for a in box.iter("a") if a.get("href"))
    return all(_leads_to(a, base, own) for a in links)

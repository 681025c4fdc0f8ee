"""A labelled layout in, the pictures on the page that may be the article's out.

Icons, logos, portraits, advertisements and the pictures of teasers are left out; what
is kept knows after which line of the page it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawler.urls import join

from ..classes import Role, roles
from ..lines.layout import Box, Layout, LineRole
from ..tree import names_of, text_of
from .image_files import is_file, is_furniture, source, stem

_MOST_SEEN = 1_000
_MOST = 120
_MOST_BEFORE = 400
"""Nodes above a picture in its own line that are looked at."""
_NOT_OWN: frozenset[Role] = frozenset(
    ("byline", "bio", "related", "sponsored", "share", "newsletter", "comments",
     "sidebar", "widget", "footer", "nav", "toolbar", "tags", "legal", "paywall",
     "hidden")
)  # fmt: skip
"""What a box around a picture may hint at so that the picture is not the article's."""
_FURNITURE: frozenset[LineRole] = frozenset(
    ("related", "teaser", "sponsored", "share", "newsletter", "comments", "byline",
     "legal", "paywall", "tags")
)  # fmt: skip
_ASIDES = frozenset({"nav", "aside", "footer", "form", "button"})
_STRAY = "no running text around"
"""A line that is furniture for want of text around it may be the picture's caption."""
_NEAR_TITLE = 6
"""Lines above the headline among which its picture may stand."""
_LINKED = 0.7
_CAPTION_CHARS = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """One picture on the page."""

    element: HtmlElement
    url: str
    """Absolute http(s) address."""
    at: int
    """Index of the first line that stands below it."""
    inside: bool
    """Whether it stands in the box around the article's lines."""

    @property
    def stem(self) -> str:
        """What its address shares with that of other sizes of it."""
        return stem(self.url)


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Where the article's lines stand."""

    title: int
    """The headline's line; that of the first line of text where it has none."""
    first: int
    last: int
    holder: Box
    """The innermost box around all of them."""


def span_of(layout: Layout, spine: frozenset[HtmlElement]) -> Span | None:
    """Say where the article's lines stand; None if it has none."""
    leaves = layout.leaves
    lines = range(len(leaves))
    first = next((n for n in lines if leaves[n].role == "body"), None)
    if first is None:
        return None
    last = next(n for n in reversed(lines) if leaves[n].role == "body")
    around = set(leaves[last].box.chain())
    holder = next(b for b in leaves[first].box.chain() if b in around)
    heads = (n for n in range(first) if leaves[n].box.element in spine)
    return Span(title=next(heads, first), first=first, last=last, holder=holder)


def placed(
    layout: Layout, span: Span, spine: frozenset[HtmlElement], page_url: str
) -> list[Placed]:
    """Return the pictures that may be the article's, each once, in reading order."""
    boxes = {box.element: box for box in layout.boxes}
    found: dict[str, Placed] = {}
    root, holder = layout.boxes[0].element, span.holder.element
    around = frozenset((holder, *holder.iterancestors(), *spine))
    reach = range(span.title - _NEAR_TITLE, span.last + 2)
    for img in islice(root.iter("img", "amp-img"), _MOST_SEEN):
        box = _box_of(img, boxes)
        if box is None or box.end < reach.start or box.start >= reach.stop:
            continue
        at = _at(img, box, boxes, layout)
        address = source(img) if at in reach and _is_own(img, around) else ""
        if not address or is_furniture(img, address) or len(found) >= _MOST:
            continue
        url = join(page_url, address)
        if url is None or _leads_away(img, url, page_url):
            continue
        if _is_among_furniture(img, boxes, span, layout):
            continue
        one = Placed(
            element=img,
            url=url,
            at=at,
            inside=holder in img.iterancestors(),
        )
        found.setdefault(one.stem, one)
    return list(found.values())


def _box_of(img: HtmlElement, boxes: Mapping[HtmlElement, Box]) -> Box | None:
    """Return the innermost box around a picture."""
    node = img.getparent()
    while node is not None and node not in boxes:
        node = node.getparent()
    return boxes[node] if node is not None else None


def _at(
    img: HtmlElement, box: Box, boxes: Mapping[HtmlElement, Box], layout: Layout
) -> int:
    """Return the index of the first line that stands below a picture in a box."""
    start, chars = box.start, 0
    for before in islice(_before(img, box.element), _MOST_BEFORE):
        if isinstance(before, str):
            chars += len("".join(before.split()))
            continue
        if (own := boxes.get(before)) is not None:
            start = own.end
            break
        inner = [boxes[e].end for e in before.iter() if e in boxes]
        if inner:
            start = max(inner)
            break
        chars += len("".join("".join(before.itertext()).split()))
    while chars > 0 and start < box.end:
        chars -= len("".join(layout.leaves[start].text.split()))
        start += 1
    return start


def _before(element: HtmlElement, top: HtmlElement) -> Iterator[HtmlElement | str]:
    """Yield what stands before an element inside another, the nearest first."""
    node = element
    while node is not top:
        for sibling in node.itersiblings(preceding=True):
            yield sibling.tail or ""
            yield sibling
        node = node.getparent()
        yield node.text or ""


def _is_own(img: HtmlElement, around: frozenset[HtmlElement]) -> bool:
    """Whether nothing around a picture says that it is not the article's.

    Args:
        img: The picture.
        around: What encloses headline and text, and so cannot be furniture.
    """
    in_figure = False
    for node in img.iterancestors():
        if node in around:
            return True
        in_figure = in_figure or node.tag == "figure"
        if node.tag in _ASIDES or (node.tag == "header" and not in_figure):
            return False
        names = names_of(node)
        if names and not _NOT_OWN.isdisjoint(roles(names)):
            return False
    return True


def _leads_away(img: HtmlElement, url: str, page_url: str) -> bool:
    """Whether a picture is a link to another page, with no caption of its own."""
    anchor = next(img.iterancestors("a"), None)
    href = anchor.get("href") if anchor is not None else None
    if anchor is None or not href or href.startswith("#"):
        return False
    target = join(page_url, href)
    if target is None or target.split("#")[0] == page_url.split("#")[0]:
        return False
    if is_file(target) or stem(target) == stem(url) or "attachment" in href:
        return False
    figure = next(img.iterancestors("figure"), None)
    caption = next(figure.iter("figcaption"), None) if figure is not None else None
    if caption is None:
        return True
    linked = sum(len(text_of(a, _CAPTION_CHARS)) for a in caption.iter("a"))
    chars = len(text_of(caption, _CAPTION_CHARS))
    inside = anchor in caption.iterancestors()
    return inside or not chars or linked > _LINKED * chars


def _is_among_furniture(
    img: HtmlElement, boxes: Mapping[HtmlElement, Box], span: Span, layout: Layout
) -> bool:
    """Whether the lines of a box around a picture are all furniture."""
    for node in img.iterancestors():
        box = boxes.get(node)
        if box is None:
            continue
        if box is span.holder or box.start <= span.first < box.end:
            return False
        lines = [x for x in layout.leaves[box.start : box.end] if x.rule != _STRAY]
        if lines and all(x.role in _FURNITURE for x in lines):
            return True
    return False

"""Material in, the links that the page carries out, each with its role."""

from __future__ import annotations

from lxml.html import HtmlElement

from archive.records import Link, LinkRole
from crawler.urls import join

from .claims import Claim
from .classes import roles
from .material import Material
from .survey import spine_of
from .titles import Headline
from .tree import names_of, text_of

_MAX_LINKS = 300
_FRAME = frozenset({"nav", "header", "footer", "form"})
_NO_LINKS = frozenset(
    {"nav", "share", "comments", "legal", "footer", "newsletter", "tags", "byline"}
)


def links(material: Material, title: Headline | None) -> Claim[tuple[Link, ...]] | None:
    """Return inline, related, teaser and sponsored links, each target once a role."""
    spine = spine_of(title.element if title else None)
    found: dict[tuple[str, str], Link] = {}
    own = material.page.url.split("#")[0]
    for anchor in material.root.iter("a"):
        href = anchor.get("href")
        role = _role(anchor, spine) if href else None
        if role is None or len(found) >= _MAX_LINKS:
            continue
        url = join(material.page.url, href)
        text = text_of(anchor, 500)
        if url and text and url.split("#")[0] != own:
            found.setdefault((role, url), Link(role=role, url=url, text=text))
    if not found:
        return None
    return Claim(value=tuple(found.values()), witness="html")


def _role(anchor: HtmlElement, spine: frozenset[HtmlElement]) -> LinkRole | None:
    """Return a link's role by the blocks around it; None for the site's own frame."""
    in_paragraph = False
    node = anchor
    while node is not None and node not in spine:
        if node.tag in _FRAME:
            return None
        hints = roles(names_of(node))
        if hints & _NO_LINKS:
            return None
        if "sponsored" in hints:
            return "sponsored"
        if "related" in hints:
            return "related"
        if "sidebar" in hints or node.tag == "aside":
            return "teaser"
        in_paragraph = in_paragraph or node.tag in ("p", "blockquote", "td")
        node = node.getparent()
    return "inline" if in_paragraph else None

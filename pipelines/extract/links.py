"""Material in, the links that the page carries out, each with its role."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement

from archive.records import Link, LinkRole
from crawler.urls import join

from .claims import Claim
from .classes import Role, roles
from .material import Material
from .survey import spine_of
from .titles import Headline
from .tree import names_of, text_of

_NONE: frozenset[Role] = frozenset()
_TEXTUAL = frozenset({"p", "blockquote", "td"})
_MAX_LINKS = 300
_FRAME = frozenset({"nav", "header", "footer", "form"})
_NO_LINKS = frozenset(
    {"nav", "share", "comments", "legal", "footer", "newsletter", "tags", "byline"}
)


def links(material: Material, title: Headline | None) -> Claim[tuple[Link, ...]] | None:
    """Return inline, related, teaser and sponsored links, each target once a role."""
    known: dict[HtmlElement, Place] = dict.fromkeys(
        spine_of(title.element if title else None), Place()
    )
    found: dict[tuple[str, str], Link] = {}
    own = material.page.url.split("#")[0]
    for anchor in material.root.iter("a"):
        href = anchor.get("href")
        if not href or href.startswith("#") or len(found) >= _MAX_LINKS:
            continue
        role = _place(anchor, known).role()
        url = join(material.page.url, href) if role else None
        text = text_of(anchor, 500) if url else ""
        if role and url and text and url.split("#")[0] != own:
            found.setdefault((role, url), Link(role=role, url=url, text=text))
    if not found:
        return None
    return Claim(value=tuple(found.values()), witness="html")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """What an element and all that encloses it say of the links inside."""

    around: LinkRole | None = None
    """The role of the innermost box that has one."""
    in_text: bool = False
    """Whether there is a paragraph, a quotation or a cell around it."""
    in_frame: bool = False
    """Whether it belongs to the site's own frame, not to the article."""

    def role(self) -> LinkRole | None:
        """Return a link's role here; None for the site's own frame."""
        if self.in_frame:
            return None
        return self.around or ("inline" if self.in_text else None)


def _place(element: HtmlElement, known: dict[HtmlElement, Place]) -> Place:
    """Return an element's place, each enclosing element asked once a page."""
    chain: list[HtmlElement] = []
    node: HtmlElement | None = element
    while node is not None and node not in known:
        chain.append(node)
        node = node.getparent()
    place = known[node] if node is not None else Place()
    for node in reversed(chain):
        place = known[node] = _inside(node, place)
    return place


def _inside(element: HtmlElement, outer: Place) -> Place:
    """Return the place inside an element whose surroundings are known."""
    names = names_of(element)
    hints = roles(names) if names else _NONE
    framed = element.tag in _FRAME or bool(hints & _NO_LINKS)
    in_text = element.tag in _TEXTUAL
    role: LinkRole | None = None
    if "sponsored" in hints:
        role = "sponsored"
    elif "related" in hints:
        role = "related"
    elif "sidebar" in hints or element.tag == "aside":
        role = "teaser"
    if not (role or framed or in_text):
        return outer
    return Place(
        around=role or outer.around,
        in_text=in_text or outer.in_text,
        in_frame=framed or outer.in_frame,
    )

"""A labelled layout in, the links that the page carries out, each with its role."""

from __future__ import annotations

from collections.abc import Iterator

from archive.records import Link, LinkRole
from crawler.urls import join

from ..claims import Claim
from ..material import Material
from ..targets import address_key, is_label, leads_to_list
from .cards import mark_titles
from .layout import Layout, Leaf, LineRole
from .lined import find_related
from .reading import read_layout

_MAX_LINKS = 300
_MAX_CHARS = 500
_ROLES: dict[LineRole, LinkRole] = {
    "body": "inline",
    "related": "related",
    "teaser": "teaser",
    "sponsored": "sponsored",
}
"""Roles of lines whose links are kept, and what their links are."""


def links(layout: Layout, material: Material) -> Claim[tuple[Link, ...]] | None:
    """Return inline, related, teaser and sponsored links, each target once a role."""
    found: dict[tuple[str, str], Link] = {}
    page_url = material.page.url
    own = page_url.split("#")[0]
    for leaf in (*layout.leaves, *_removed(material)):
        role = _ROLES.get(leaf.role) if leaf.role and leaf.links else None
        if role is None:
            continue
        for href, text in leaf.links:
            if not text or href.startswith("#") or len(found) >= _MAX_LINKS:
                continue
            url = join(page_url, href)
            if not url or url.split("#")[0] == own:
                continue
            if (role, url) not in found:
                found[role, url] = _link(role, url, text[:_MAX_CHARS])
    if not found:
        return None
    return Claim(value=tuple(found.values()), witness="html")


def _removed(material: Material) -> Iterator[Leaf]:
    """Yield the lines of what the profile removes: pointers keep their links."""
    for element in material.removed:
        leaves = read_layout(element).leaves
        find_related(leaves)
        mark_titles(leaf for leaf in leaves if not leaf.role)
        yield from leaves


def _link(role: LinkRole, url: str, text: str) -> Link:
    return Link(
        role=role,
        url=url,
        text=text,
        key=address_key(url),
        is_list=leads_to_list(url, text) or (role != "inline" and is_label(text)),
    )

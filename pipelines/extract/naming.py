"""Material in, the name that the page itself gives its site out."""

from __future__ import annotations

from .material import Material
from .text import field

_METAS = ("og:site_name", "application-name", "apple-mobile-web-app-title")


def site_name(material: Material) -> str:
    """Return the publication's name as the page writes it; empty if it gives none."""
    stated = field(material.meta("og:site_name"))
    if stated:
        return stated
    linked = next((name for name in material.linked.site_names if name), "")
    return linked or field(material.meta(*_METAS[1:]))

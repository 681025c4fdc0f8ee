"""Material in, the article's canonical URL out."""

from __future__ import annotations

from urllib.parse import urlsplit

from crawler.errors import InvalidUrl
from crawler.urls import canonical, join, same_site

from .claims import Claim, Witness
from .material import Material


def address(material: Material) -> Claim[str]:
    """Return the page's own claim of its address where it is credible, else its URL."""
    for href, witness in _stated(material):
        url = join(material.page.url, href) if href else None
        if url and _credible(url, material):
            return Claim(value=canonical(url), witness=witness)
    try:
        return Claim(value=canonical(material.page.url), witness="url")
    except InvalidUrl:
        return Claim(value=material.page.url, witness="url")


def _stated(material: Material) -> list[tuple[str, Witness]]:
    links = material.survey.rels.get("canonical", ())
    own: list[tuple[str, Witness]] = [
        (s.element.get("href") or "", "html") for s in links if s.element.tag == "link"
    ]
    return [*own[:1], (material.meta("og:url"), "open graph")]


def _credible(url: str, material: Material) -> bool:
    """Whether a claim names this page: same site, and no home page or section root."""
    if not same_site(url, material.page.url):
        return False
    claimed, real = _path(url), _path(material.page.url)
    if claimed == real:
        return True
    return bool(claimed) and not f"{real}/".startswith(f"{claimed}/")


def _path(url: str) -> str:
    return urlsplit(url).path.strip("/")

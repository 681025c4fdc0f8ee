"""Material in, the article's canonical URL out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from crawler.errors import InvalidUrl
from crawler.urls import canonical, is_dressed, is_twin, join, same_site

from ..claims import Claim, Witness
from ..material import Material

MOST_LINKS = 2_000


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


def _stated(material: Material) -> Iterator[tuple[str, Witness]]:
    for sight in material.survey.rels.get("canonical", ()):
        if sight.element.tag == "link":
            yield sight.element.get("href") or "", "html"
            break
    yield material.meta("og:url"), "open graph"
    yield _plain(material), "html"


def _plain(material: Material) -> str:
    """The page of which this is a print view that links back to it; empty if none.

    Old publishing systems state no canonical URL there, and keep search engines off.
    """
    url = material.page.url
    is_kept_off = "noindex" in material.meta("robots").lower()
    if not is_dressed(url) or not (is_kept_off or "?" in url):
        return ""
    hrefs = (a.get("href") or "" for a in islice(material.root.iter("a"), MOST_LINKS))
    targets = (join(url, href) for href in hrefs if href)
    return next((one for one in targets if one and is_twin(one, url)), "")


def _credible(url: str, material: Material) -> bool:
    """Whether a claim names this page: same site, and no home page or section root.

    One level up there is a section mostly; but not where the page's address only adds
    the mark of an AMP, print or mobile view.
    """
    if url == material.page.url or is_twin(url, material.page.url):
        return True
    if not same_site(url, material.page.url):
        return False
    claimed, real = _path(url), _path(material.page.url)
    if claimed == real:
        return True
    return bool(claimed) and not f"{real}/".startswith(f"{claimed}/")


def _path(url: str) -> str:
    return urlsplit(url).path.strip("/")

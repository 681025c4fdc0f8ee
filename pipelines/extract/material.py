"""A page in, everything that the field finders look at out: parsed once, shared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.items import Page

from .decode import decode
from .profile import SiteProfile
from .structured.linked import Linked, read
from .survey import Sight, Survey, survey
from .text import field, key, once
from .tree import drop, parse, select_all, text_of

_MUTE = ("script", "style", "svg", "template", "iframe", "object", "embed", "canvas")


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """One page, parsed."""

    page: Page
    profile: SiteProfile
    root: HtmlElement
    """The tree, without scripts, styles and other things that carry no text."""
    metas: Mapping[str, tuple[str, ...]]
    """Contents of meta elements by name, property or itemprop, lower case."""
    linked: Linked
    survey: Survey
    removed: tuple[HtmlElement, ...]
    """What the profile takes out of its pages; read for its links alone."""
    site_names: frozenset[str]
    """`text.key` of every name the site calls itself."""

    @property
    def host(self) -> str:
        """Host name of the page's address, without "www."."""
        return host_of(self.page.url)

    @property
    def timezone(self) -> str | None:
        """The profile's zone; None where it is only the default, UTC."""
        zone = self.profile.timezone
        return None if zone in (None, "", "UTC") else zone

    def meta(self, *names: str) -> str:
        """Return the first content that any of the names has; empty if none has."""
        return next((v for n in names for v in self.metas.get(n, ()) if v), "")


def gather(page: Page, profile: SiteProfile) -> Material | None:
    """Decode and parse the page; None where it holds nothing to parse."""
    root = parse(decode(page.body, page.content_type))
    if root is None:
        return None
    scripts = [
        s.text or ""
        for s in root.iter("script")
        if "ld+json" in (s.get("type") or "").lower()
    ]
    for element in list(root.iter(*_MUTE)):
        drop(element)
    removed = tuple(select_all(root, profile.removals))
    for element in removed:
        drop(element)
    seen = survey(root)
    metas = _metas(seen.tags.get("meta", ()))
    linked = read(scripts, _page_keys(metas, seen))
    return Material(
        page=page,
        profile=profile,
        root=root,
        metas=metas,
        linked=linked,
        survey=seen,
        removed=removed,
        site_names=_site_names(profile, metas, linked, page.url) | _home_links(root),
    )


def _metas(sights: tuple[Sight, ...]) -> dict[str, tuple[str, ...]]:
    """Return the contents of meta elements by their names."""
    found: dict[str, list[str]] = defaultdict(list)
    for sight in sights:
        element = sight.element
        content = element.get("content")
        if not content:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for name in (element.get(attribute) or "").lower().split()[:4]:
                found[name].append(field(content))
    return {name: tuple(values) for name, values in found.items()}


def _page_keys(metas: Mapping[str, tuple[str, ...]], seen: Survey) -> frozenset[str]:
    """Return the keys of the titles that the page itself shows."""
    titles = [*metas.get("og:title", ()), *metas.get("twitter:title", ())]
    titles += [text_of(s.element, 1000) for s in seen.tags.get("h1", ())[:5]]
    return frozenset(filter(None, map(key, titles)))


def _site_names(
    profile: SiteProfile, metas: Mapping[str, tuple[str, ...]], linked: Linked, url: str
) -> frozenset[str]:
    """Return the keys of the names that the site goes by."""
    host = host_of(url)
    names = [profile.title, host, host.split(".")[0], *linked.site_names]
    for meta in ("og:site_name", "application-name", "apple-mobile-web-app-title",
                 "twitter:site", "publisher", "dc.publisher", "cre", "copyright",
                 "al:ios:app_name"):  # fmt: skip
        names.extend(metas.get(meta, ()))
    keys = {key(name.removeprefix("@")) for name in names}
    return frozenset(k for k in keys if k and len(k) < 80)


def _home_links(root: HtmlElement) -> frozenset[str]:
    """Return the keys of the texts and pictures that link to the home page."""
    found: set[str] = set()
    home = (a for a in root.iter("a") if a.get("href") == "/" or a.get("rel") == "home")
    for anchor in islice(home, 6):
        images = [img.get("alt") or "" for img in anchor.iter("img")]
        found.update(key(text) for text in (text_of(anchor, 200), *images))
    return frozenset(name for name in found if name and len(name) < 60)


@once
def host_of(url: str) -> str:
    """Return an address's host name without "www."; empty if it has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")

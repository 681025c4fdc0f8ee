"""Material in, the headline out: every witness heard, the one readers see preferred."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from .claims import ROUTE_WITNESS, Claim, Witness
from .classes import roles
from .material import Material
from .survey import Sight, in_furniture
from .text import field, key
from .tree import names_of, select, text_of

_SEPARATOR = re.compile(r"\s+[|\-–—·:»•/~<>«]{1,2}\s+|\s*[|»]\s*|\s+::\s+|:\s+")
_CUT = ("…", "...")
_MIN_HEADING_CHARS = 12
_LOGO = re.compile(
    r"logo|masthead|brand|site-?(?:title|name)|blog-?(?:title|name)", re.I
)
_PLAIN = frozenset({"b", "strong", "font", "td", "div", "span", "p", "big", "h4"})
_HOME_LINKS = frozenset(("/", "./", "index.html", "/index.html", "index.php"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Headline:
    """The chosen headline and where it stands on the page."""

    text: str
    witness: Witness
    element: HtmlElement | None
    """The heading that shows it; None where the page shows none."""
    position: int
    """Place of that heading in document order; -1 without one."""


def headline(material: Material) -> Headline | None:
    """Return the article's headline; None if no witness names one."""
    stated = _stated(material)
    heading = _heading(material, [claim.value for claim in stated])
    chosen = _from_profile(material)
    if chosen is None and heading is not None:
        chosen = Claim(value=_shown(heading, material, stated), witness="html")
    if chosen is None and stated:
        chosen = _best_stated(stated)
    if chosen is None or not chosen.value:
        return None
    return Headline(
        text=chosen.value,
        witness=chosen.witness,
        element=heading.element if heading else None,
        position=heading.position if heading else -1,
    )


def _from_profile(material: Material) -> Claim[str] | None:
    found = select(material.root, material.profile.selectors.get("headline", ()))
    text = text_of(found[0], 2000) if found else ""
    return Claim(value=text, witness="profile") if text else None


def _stated(material: Material) -> list[Claim[str]]:
    """Return the titles that head, scripts and routes state, without site names."""
    linked, meta = material.linked, material.meta
    raw: list[tuple[str, Witness]] = [
        (linked.headline, "json-ld"),
        (meta("og:title"), "open graph"),
        (meta("twitter:title"), "meta"),
        (meta("dc.title", "dcterms.title", "citation_title", "parsely-title",
              "sailthru.title", "headline", "title", "fb_title"), "meta"),
        (_title_tag(material), "html"),
    ]  # fmt: skip
    raw += [
        (hint.title, ROUTE_WITNESS[hint.route])
        for hint in material.page.hints
        if hint.title and hint.route in ROUTE_WITNESS
    ]
    claims = [
        Claim(value=strip_site(field(text), material), witness=witness)
        for text, witness in raw
    ]
    return [c for c in claims if c.value and key(c.value) not in material.site_names]


def _title_tag(material: Material) -> str:
    titles = material.survey.tags.get("title", ())
    return text_of(titles[0].element, 2000) if titles else ""


def strip_site(title: str, material: Material) -> str:
    """Take the site's name off either end of a title."""
    for _ in range(3):
        spans = [m.span() for m in _SEPARATOR.finditer(title)]
        if not spans:
            return title
        head, tail = title[: spans[-1][0]], title[spans[-1][1] :]
        first, rest = title[: spans[0][0]], title[spans[0][1] :]
        if head and is_site(tail, material):
            title = head.strip()
        elif rest and is_site(first, material):
            title = rest.strip()
        else:
            return _before_pipe(title)
    return _before_pipe(title)


def _before_pipe(title: str) -> str:
    """Take off what follows a bar: it is a site, a section or a label, not headline."""
    head, _, tail = title.rpartition("|")
    longer = len(head.split()) >= 3 and len(head) > len(tail)
    return head.strip() if longer else title


def is_site(text: str, material: Material) -> bool:
    """Whether a text is only the name of the site."""
    name = key(text)
    if not name:
        return True
    compact = name.replace(" ", "")
    host = material.host.replace("-", "").replace(".", "")
    if name in material.site_names or (len(compact) > 3 and compact in host):
        return True
    return any(
        len(known) > 3 and compact == known.replace(" ", "")
        for known in material.site_names
    )


def _heading(material: Material, stated: list[str]) -> Sight | None:
    """Return the heading element that shows the headline."""
    keys = [k for k in map(key, stated) if k]
    tops = [s for s in material.survey.tags.get("h1", ()) if _usable(s, material)]
    others = _others(material)
    for exact in (True, False):
        for group in (tops, others):
            agreed = [s for s in group if _agrees(s, keys, exact=exact)]
            if agreed:
                return max(agreed, key=lambda s: _closeness(s, keys))
    plain = _plain(material, keys) if not tops else None
    if plain is not None:
        return plain
    free = [s for s in tops if not in_furniture(s.element, frozenset())]
    long = [s for s in free if len(text_of(s.element, 2000)) >= _MIN_HEADING_CHARS]
    return max(long, key=lambda s: _likeness(s, keys), default=None)


def _plain(material: Material, keys: list[str]) -> Sight | None:
    """Return an element without name or rank whose text is a stated title."""
    heads = [key(head) for head in _heads(_title_tag(material))]
    keys = [k for k in (*keys, *heads) if len(k) >= _MIN_HEADING_CHARS]
    longest = max(map(len, keys), default=0) * 2
    body = material.root.find("body")
    for position, element in enumerate(material.root.iter("*")):
        text = element.text
        if body is None or element.tag not in _PLAIN or not text or len(text) > longest:
            continue
        if len(text) >= _MIN_HEADING_CHARS and key(text) in keys:
            return Sight(position=position, element=element, roles=frozenset())
    return None


def _heads(title: str) -> list[str]:
    """Return what stands before each separator of a title, the longest first."""
    return [title[: m.start()] for m in _SEPARATOR.finditer(title)][::-1]


def _usable(sight: Sight, material: Material) -> bool:
    """Whether a heading says something other than the site's name."""
    text = text_of(sight.element, 2000)
    links_home = any(a.get("href") in _HOME_LINKS for a in sight.element.iter("a"))
    is_logo = _LOGO.search(names_of(sight.element)) is not None
    return bool(text) and not (links_home or is_logo or is_site(text, material))


def _others(material: Material) -> Iterable[Sight]:
    """Return what may show the headline where no h1 does."""
    survey = material.survey
    titled = [*survey.itemprops.get("headline", ()), *survey.marked.get("headline", ())]
    lesser = [*survey.tags.get("h2", ())[:10], *survey.tags.get("h3", ())[:5]]
    return [s for s in (*titled[:20], *lesser) if s.element.tag not in ("title", "a")]


def _agrees(sight: Sight, keys: list[str], *, exact: bool) -> bool:
    """Whether a heading's text and a stated title are the same line."""
    shown = key(text_of(sight.element, 2000))
    if len(shown) < 4:
        return False
    if exact:
        return shown in keys
    return any(
        shown == k
        or (len(shown) >= 10 and f" {shown} " in f" {k} ")
        or (len(k) >= 10 and f" {k} " in f" {shown} " and len(k) * 2 > len(shown))
        for k in keys
    )


def _likeness(sight: Sight, keys: list[str]) -> tuple[int, int]:
    """Order headings that no title repeats: by words shared with one, then place."""
    shown = set(key(text_of(sight.element, 2000)).split())
    shared = max((len(shown & set(k.split())) for k in keys), default=0)
    return shared, -sight.position


def _closeness(sight: Sight, keys: list[str]) -> tuple[bool, int, int]:
    """Order headings: an exact match first, then the longer, then the earlier."""
    shown = key(text_of(sight.element, 2000))
    return shown in keys, len(shown), -sight.position


def _shown(sight: Sight, material: Material, stated: list[Claim[str]]) -> str:
    """Return a heading's text without a kicker, a label or a site's name beside it."""
    text = strip_site(_without_kicker(sight.element), material)
    shown = key(text)
    for claim in stated:
        known = key(claim.value)
        beside = shown.startswith(f"{known} ") or shown.endswith(f" {known}")
        if known and beside and len(known) * 2 > len(shown):
            rest = shown.removeprefix(known).removesuffix(known).strip()
            if any(
                key(text_of(e, 500)) == rest for e in sight.element.iterdescendants()
            ):
                return claim.value
    return text


def _without_kicker(heading: HtmlElement) -> str:
    """Return a heading's text without a section's name that stands before it."""
    text = text_of(heading, 2000)
    first = heading[0] if len(heading) and not (heading.text or "").strip() else None
    if first is None or "section" not in roles(names_of(first)):
        return text
    return text.removeprefix(text_of(first, 500)).strip(" :|–-") or text


def _best_stated(stated: list[Claim[str]]) -> Claim[str]:
    """Choose among titles that no heading confirms: whole before cut, most agreed."""
    whole = [c for c in stated if not c.value.endswith(_CUT)] or stated
    keys = [key(c.value) for c in whole]
    counts = {k: keys.count(k) for k in keys}
    longer = {
        k: sum(1 for other in keys if other != k and other.startswith(k + " "))
        for k in keys
    }
    order = range(len(whole))
    best = max(order, key=lambda i: (counts[keys[i]], -longer[keys[i]], -i))
    return whole[best]

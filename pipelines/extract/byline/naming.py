"""Material in, the name of its site out, and of the person whose own site it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from ..material import Material
from ..text import field, fold, key
from ..tree import names_of, text_of
from .bylines import in_picture
from .people import is_surely_person
from .pieces import last_in, previous

_METAS = ("og:site_name", "application-name", "apple-mobile-web-app-title")
_RIGHTS = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[\s:©]*(?P<year>(?:19|20)\d\d)?"
    r"(?:\s*[-–/]\s*(?:(?:19|20)?\d\d|present|today|heute))?[\s,–-]*"
    r"(?:(?:by|von|par|por)\s+)?(?P<name>[^\W\d_][^\d|•·,.;:()©–]{3,40}?)\s*"
    r"(?:$|[|•·,.;:(–]|[Aa]ll |[Aa]lle |[Tt]ous |[Tt]odos |[-\d])",
    re.I,
)
"""Who holds the rights in a site, as its last line says."""
_MARK = re.compile(r"©|\(c\)|\(C\)|copyright|Copyright")
_HOME_LINKS = etree.XPath("descendant::a[@href='/' or @rel='home']")
_LAST_ELEMENTS = 300
"""How many of a page's last elements may hold the line that says whose it is."""
_MOST_NOTICES = 2
_LEAST_LETTERS = 4
"""Shortest last name that is looked for in a host's name."""


def site_name(material: Material) -> str:
    """Return the publication's name as the page writes it; empty if it gives none."""
    stated = field(material.meta("og:site_name"))
    if stated:
        return stated
    linked = next((name for name in material.linked.site_names if name), "")
    return linked or field(material.meta(*_METAS[1:]))


def owner(material: Material) -> str:
    """Return the person whose own site it is, so far as the site says so; else "".

    A site is somebody's own if it is called after a person and its host's name says
    so too, or if a person, and no company, holds the rights in it.
    """
    for name in _titles(material):
        words = name.split()
        for count in (2, 3):
            person = " ".join(words[:count])
            if is_surely_person(person) and _is_in_host(person, material):
                return person
    return next(_holders(material), "")


def full_name(name: str, material: Material) -> str:
    """Return an author's full name where a page gives one that its host's name bears.

    Args:
        name: A name of one word, as a byline shows it.
        material: The page.
    """
    pattern = re.compile(
        rf"\b{re.escape(name)}\s+([^\W\d_]{{{_LEAST_LETTERS},20}})", re.I
    )
    label = _host(material)
    for text in (*_titles(material), *material.root.itertext()):
        found = pattern.search(text)
        if found is not None and key(found[1]).replace(" ", "") in label:
            return f"{name} {found[1].title()}"
    return name


def _titles(material: Material) -> Iterator[str]:
    """Yield the names that the page shows and states for its site."""
    for name in (*_METAS, "msapplication-tooltip"):
        yield from material.metas.get(name, ())
    yield from material.linked.site_names
    for anchor in _HOME_LINKS(material.root)[:6]:
        yield text_of(anchor, 60)
    for sight in material.survey.tags.get("title", ())[:1]:
        yield from reversed(re.split(r"\s[|–—·-]\s", text_of(sight.element, 200)))


def _host(material: Material) -> str:
    """Return the page's host name as one word."""
    return re.sub(r"[^a-z0-9]", "", material.host.lower())


def _is_in_host(name: str, material: Material) -> bool:
    """Whether a word of a person's name is in the host's name."""
    label = _host(material)
    return any(len(w) >= _LEAST_LETTERS and w in label for w in key(name).split())


def _holders(material: Material) -> Iterator[str]:
    """Yield the people whom the page's last lines name as holding the rights in it."""
    for element, line in islice(_notices(material), _MOST_NOTICES):
        found = _RIGHTS.search(line)
        name = found["name"] if found else ""
        name = name.title() if name.isupper() else name
        if (
            found is not None
            and is_surely_person(name)
            and not in_picture(element)
            and (found["year"] or _is_in_foot(element))
        ):
            yield name


def _notices(material: Material) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the last lines of a page that speak of rights, last one first."""
    element: HtmlElement | None = last_in(material.root)
    for _ in range(_LAST_ELEMENTS):
        if element is None:
            return
        text, tail = element.text, element.tail
        if tail and _MARK.search(tail):
            yield element, fold(tail[:200])
        if text and _MARK.search(text):
            yield element, text_of(element, 200)
        element = previous(element)


def _is_in_foot(element: HtmlElement) -> bool:
    """Whether an element stands in the foot of the page."""
    around = [element, *islice(element.iterancestors(), 6)]
    return any(
        e.tag == "footer" or re.search(r"foot|copyright", names_of(e), re.I)
        for e in around
    )

"""Material in, section, tags and language out, each with its witness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..claims import ROUTE_WITNESS, Claim, Witness
from ..material import Material
from ..survey import Sight, in_furniture, spine_of
from ..text import field, key
from ..tree import select, text_of
from . import crumbs
from .filed import filed_under
from .titles import Headline

_LANGUAGE = re.compile(r"^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$")
_HOME_WORDS = frozenset(
    ("home", "homepage", "home page", "start", "startseite", "you are here",
     "news home", "back", "sie sind hier", "zurück", "retour", "accueil", "inicio",
     "portada", "inicial", "início",
     "página inicial", "voorpagina", "hem", "hjem", "forside", "etusivu", "domů",
     "úvod", "kezdőlap", "acasă", "početna", "naslovnica", "pocetna", "ana sayfa",
     "anasayfa", "strona główna", "главная", "головна", "начало", "αρχική")
)  # fmt: skip
_NO_SECTION = frozenset(
    ("article", "articles", "page", "pages", "post", "posts", "uncategorised",
     "uncategorized", "detail", "details", "story", "news item", "all", "view")
)  # fmt: skip
"""What publishing systems call everything, or what nobody has filed."""
_LEAD = re.compile(
    r"^(?:tags?|tagged(?: with)?|topics?|categor(?:y|ies)|keywords?|"
    r"(?:filed|posted|published) (?:to|under|in))\s*:\s*",
    re.I,
)
_COUNT = re.compile(r"\s*\(\d[\d.,]*(?:\s+\w+)?\)$")
"""How many posts a label has, as tag lines tell it."""
_LISTED = re.compile(r",\S|,.*,")
"""Several sections in one text."""
# WordPress's names of menu items that lead to what the post is filed under.
_CURRENT = re.compile(r"(?<![\w-])current-(?:post|menu)-(?:ancestor|parent)(?![\w-])")
_MARKS = ' "“”„,;›»>/|'
_MAX_TAGS = 50
_MAX_LABEL_CHARS = 80
_LEAST_SHARED = 18
"""Characters that a label and the headline must share to be the same, shortened."""


def section(material: Material, title: Headline | None) -> Claim[str] | None:
    """Return the narrowest section the page names."""
    for texts, witness in _sections(material, title):
        for text in reversed(list(texts)):
            label = label_of(text)
            if _LISTED.search(label):
                label = label.split(",")[0].strip()
            if is_label(label, material, title):
                return Claim(value=label, witness=witness)
    return None


def _sections(
    material: Material, title: Headline | None
) -> Iterator[tuple[Iterable[str], Witness]]:
    """Yield the sections that witnesses name, broadest first within each."""
    selected = select(material.root, material.profile.selectors.get("section", ()))
    yield [text_of(e, 200) for e in selected], "profile"
    yield material.linked.sections[:1], "json-ld"
    for name in ("article:section", "parsely-section", "sailthru.section", "section",
                 "dcterms.subject", "cxenseparse:section"):  # fmt: skip
        yield material.metas.get(name, ())[:1], "meta"
    for hint in material.page.hints:
        if hint.section and hint.route in ROUTE_WITNESS:
            yield [hint.section], ROUTE_WITNESS[hint.route]
    props = material.survey.itemprops.get("articlesection", ())
    yield [text_of(s.element, 200) for s in props[:1]], "microdata"
    yield material.linked.crumbs, "json-ld"
    yield crumbs.shown(material), "html"
    yield _labelled(material, title, "category"), "html"
    yield filed_under(material, title, "category")[:1], "html"
    marked = material.survey.marked.get("section", ())
    near = [s for s in marked if "nav" not in s.roles and _near(s, title)]
    yield [text_of(s.element, 200) for s in near[:1]], "html"
    yield _current(material), "html"


def _current(material: Material) -> list[str]:
    """Return the item of the site's menu that is marked as where the reader is."""
    for link in material.root.iter("a"):
        parent = link.getparent()
        around = parent if parent is not None and parent.tag == "li" else link
        marked = link.get("aria-current") in ("page", "true", "location")
        names = around.get("class") or ""
        if (marked or ("current-" in names and _CURRENT.search(names))) and any(
            one.tag == "nav" for one in link.iterancestors()
        ):
            return [text_of(link, 200)]
    return []


def _near(sight: Sight, title: Headline | None) -> bool:
    """Whether an element stands just before or after the headline."""
    return (
        title is not None
        and title.position >= 0
        and -25 <= sight.position - title.position <= 25
    )


def _labelled(material: Material, title: Headline | None, word: str) -> list[str]:
    """Return the texts of rel=tag links that are, or are not, categories."""
    spine = spine_of(title.element if title else None)
    found: list[str] = []
    for sight in material.survey.rels.get("tag", ()):
        rel = (sight.element.get("rel") or "").lower().split()
        is_category = "category" in rel
        if is_category == (word == "category") and not in_furniture(
            sight.element, spine
        ):
            found.append(text_of(sight.element, 200))
    return found


def label_of(text: str) -> str:
    """Return a label without marks, quotes, what introduces it and what it counts."""
    label = _LEAD.sub("", field(text))
    return _COUNT.sub("", label).lstrip("#").strip(_MARKS)


def is_label(label: str, material: Material, title: Headline | None) -> bool:
    """Whether a text can be the name of a section of this site."""
    known = key(label)
    headline = key(title.text) if title is not None else ""
    shortened = len(known) >= _LEAST_SHARED and headline.startswith(known)
    holding = len(headline) >= _LEAST_SHARED and headline in known
    return (
        bool(known)
        and not (shortened or holding or "{{" in label)
        and len(label) <= _MAX_LABEL_CHARS
        and label.lower() not in _HOME_WORDS
        and known not in _NO_SECTION
        and known not in material.site_names
        and known != headline
    )


def tags(material: Material, title: Headline | None) -> Claim[tuple[str, ...]] | None:
    """Return the tags of the first witness that names any."""
    for texts, witness in _tags(material, title):
        found: dict[str, str] = {}
        for text in texts:
            label = label_of(text)
            if label and len(label) <= _MAX_LABEL_CHARS:
                found.setdefault(key(label), label)
        found.pop("", None)
        if found:
            return Claim(value=tuple(found.values())[:_MAX_TAGS], witness=witness)
    return None


def _tags(
    material: Material, title: Headline | None
) -> Iterator[tuple[Iterable[str], Witness]]:
    """Yield the tags that witnesses name, those shown or meant for readers first."""
    selected = select(material.root, material.profile.selectors.get("tags", ()))
    yield [text_of(e, 200) for e in selected], "profile"
    for hint in material.page.hints:
        if hint.route == "wordpress":
            yield hint.tags, "wordpress"
    yield material.metas.get("article:tag", ()), "meta"
    yield _labelled(material, title, "tag"), "html"
    yield _linked_in(material, title), "html"
    yield filed_under(material, title, "tag"), "html"
    yield _pieces(material.linked.tags), "json-ld"
    yield from _fed(material, title)
    for name in ("news_keywords", "tags", "parsely-tags", "sailthru.tags", "keywords"):
        yield _pieces(material.metas.get(name, ())), "meta"


def _fed(
    material: Material, title: Headline | None
) -> Iterator[tuple[Iterable[str], Witness]]:
    """Yield what routes call tags; feeds put the section among them."""
    for hint in material.page.hints:
        if hint.tags and hint.route in ROUTE_WITNESS:
            own = section(material, title)
            named = key(own.value) if own else ""
            rest = [tag for tag in hint.tags if key(tag) != named]
            yield rest, ROUTE_WITNESS[hint.route]


def _linked_in(material: Material, title: Headline | None) -> list[str]:
    """Return the links of the page's tag line."""
    spine = spine_of(title.element if title else None)
    for sight in material.survey.marked.get("tags", ()):
        links = [text_of(a, 200) for a in sight.element.iter("a")]
        if links and not in_furniture(sight.element, spine):
            return links
    return []


def _pieces(texts: Iterable[str]) -> list[str]:
    """Split keyword lists at their commas."""
    return [piece for text in texts for piece in re.split(r"[,;]", text)]


def language(material: Material) -> Claim[str] | None:
    """Return the language the page states, else the profile's."""
    root = material.root
    stated: tuple[tuple[str, Witness], ...] = (
        (root.get("lang") or root.get("xml:lang") or "", "html"),
        (material.linked.language, "json-ld"),
        (material.meta("og:locale"), "open graph"),
        (material.meta("content-language", "language", "dc.language"), "meta"),
        (material.profile.language or "", "profile"),
    )
    for text, witness in stated:
        tag = text.split(",")[0].split(".")[0].strip().lower().replace("_", "-")
        if _LANGUAGE.match(tag):
            return Claim(value=tag, witness=witness)
    return None

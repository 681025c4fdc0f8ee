"""Material in, section, tags and language out, each with its witness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .claims import ROUTE_WITNESS, Claim, Witness
from .material import Material
from .survey import Sight, in_furniture, spine_of
from .text import field, key
from .titles import Headline
from .tree import select, text_of

_LANGUAGE = re.compile(r"^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$")
_HOME_WORDS = frozenset(
    ("home", "homepage", "start", "startseite", "you are here", "news home")
)
_MAX_TAGS = 50
_MAX_LABEL_CHARS = 80


def section(material: Material, title: Headline | None) -> Claim[str] | None:
    """Return the narrowest section the page names."""
    for texts, witness in _sections(material, title):
        for text in reversed(list(texts)):
            label = field(text).strip(" ›»>/|")
            if _is_label(label, material, title):
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
    yield _crumbs(material), "html"
    yield _labelled(material, title, "category"), "html"
    near = [s for s in material.survey.marked.get("section", ()) if _near(s, title)]
    yield [text_of(s.element, 200) for s in near[:1]], "html"


def _crumbs(material: Material) -> list[str]:
    """Return the links of the page's breadcrumb line."""
    for sight in material.survey.marked.get("nav", ()):
        names = f"{sight.element.get('class')} {sight.element.get('id')}".lower()
        if "crumb" in names:
            links = [text_of(a, 200) for a in sight.element.iter("a")]
            if links:
                return links
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


def _is_label(label: str, material: Material, title: Headline | None) -> bool:
    known = key(label)
    return (
        bool(known)
        and len(label) <= _MAX_LABEL_CHARS
        and known not in _HOME_WORDS
        and known not in material.site_names
        and (title is None or known != key(title.text))
    )


def tags(material: Material, title: Headline | None) -> Claim[tuple[str, ...]] | None:
    """Return the tags of the first witness that names any."""
    for texts, witness in _tags(material, title):
        found: dict[str, str] = {}
        for text in texts:
            label = field(text).lstrip("#").strip(" ,;")
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
    yield _pieces(material.linked.tags), "json-ld"
    for hint in material.page.hints:
        if hint.route in ROUTE_WITNESS:
            yield hint.tags, ROUTE_WITNESS[hint.route]
    for name in ("news_keywords", "parsely-tags", "sailthru.tags", "keywords"):
        yield _pieces(material.metas.get(name, ())), "meta"


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

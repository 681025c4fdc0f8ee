"""JSON-LD nodes in, one plain record of what the page says of its article out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..text import field, key
from .declared import NOTHING_DECLARED, Declared, declared
from .depicted import Depicted, depicted
from .jsonld import Json, Node, load, nodes, texts, types
from .typed import UNTYPED, Typed, typed

_POSTS = frozenset(
    {"BlogPosting", "Report", "LiveBlogPosting", "SocialMediaPosting", "Review",
     "DiscussionForumPosting", "ReportageNewsArticle", "Recipe", "CreativeWork"}
)  # fmt: skip
_PAGES = frozenset({"WebPage", "ItemPage", "VideoObject", "MediaObject", "AudioObject"})
_LISTS = frozenset(
    {"itemListElement", "relatedLink", "hasPart", "mentions", "citation", "blogPost",
     "liveBlogUpdate",
     "isBasedOn", "comment", "video", "significantLink"}
)  # fmt: skip
_PUBLISHERS = frozenset(
    {"Organization", "NewsMediaOrganization", "WebSite", "Corporation"}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Linked:
    """What JSON-LD says of the article; every text is plain and may be empty."""

    headline: str = ""
    alternative: str = ""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    pictures: tuple[Depicted, ...] = ()
    """The article's own first."""
    declared: Declared = NOTHING_DECLARED
    """How much of the article the page shows."""
    language: str = ""
    body: str = ""
    description: str = ""
    url: str = ""
    site_names: tuple[str, ...] = ()
    """The article's own publisher first, then every publication that is named."""
    crumbs: tuple[str, ...] = ()
    is_article: bool = False
    """Whether the node is of an article's type, not only a page's."""
    typed: Typed = UNTYPED
    """What the nodes say of the sort of page."""


def read(scripts: Iterable[str], page_keys: frozenset[str]) -> Linked:
    """Return the record of the node that describes this page's article.

    Args:
        scripts: Texts of the page's ld+json scripts, in order.
        page_keys: `text.key` of the page's own titles, to tell its article from
            others that the scripts may list.
    """
    found = list(nodes(value for script in scripts for value in load(script)))
    by_id = {str(n["@id"]): n for n, _ in found if "@id" in n and len(n) > 1}
    names = tuple(
        name
        for node, under in found
        if types(node) & _PUBLISHERS and under not in ("author", "creator")
        for name in map(field, texts(node.get("name")))
    )
    crumbs = next((_crumbs(n) for n, _ in found if "BreadcrumbList" in types(n)), ())
    node = _article(found, page_keys)
    kinds = typed(found, node, page_keys)
    shown = depicted(found, node, by_id)
    if node is None:
        return Linked(site_names=names, crumbs=crumbs, typed=kinds, pictures=shown)
    names = (*_publisher(node, by_id), *names)
    record = _record(node, by_id, names, crumbs)
    return replace(record, typed=kinds, pictures=shown, declared=declared(node))


def _article(found: list[tuple[Node, str]], page_keys: frozenset[str]) -> Node | None:
    """Choose the node that is the page's article: by type, place and title."""
    best, best_weight = None, 0
    for node, under in found:
        weight = _weight(node, under, page_keys)
        if weight > best_weight:
            best, best_weight = node, weight
    return best


def _weight(node: Node, under: str, page_keys: frozenset[str]) -> int:
    """Return how much speaks for the node being the page's article."""
    kinds = types(node)
    if any(t.endswith("Article") for t in kinds) or kinds & _POSTS:
        weight = 40
    elif kinds & _PAGES:
        weight = 10
    else:
        return 0
    if under in _LISTS:
        weight -= 35
    headline = next(iter(texts(node.get("headline") or node.get("name"))), "")
    if headline and key(field(headline)) in page_keys:
        weight += 20
    weight += sum(3 for n in ("datePublished", "author", "headline") if node.get(n))
    return weight


def _record(
    node: Node,
    by_id: Mapping[str, Node],
    names: tuple[str, ...],
    crumbs: tuple[str, ...],
) -> Linked:
    """Read the fields of the chosen node."""
    kinds = types(node)
    is_article = not kinds & _PAGES
    headline = node.get("headline") or (node.get("name") if is_article else None)
    return Linked(
        headline=_one(headline),
        alternative=_one(node.get("alternativeHeadline") or node.get("alternateName")),
        published=_one(node.get("datePublished") or node.get("uploadDate")),
        updated=_one(node.get("dateModified")),
        authors=_people(node.get("author") or node.get("creator"), by_id),
        sections=_many(node.get("articleSection")),
        tags=_many(node.get("keywords")),
        language=_one(node.get("inLanguage"), "alternateName", "name"),
        body=next(iter(texts(node.get("articleBody") or node.get("text"))), ""),
        description=_one(node.get("description")),
        url=_one(node.get("url") or node.get("mainEntityOfPage"), "@id", "url"),
        site_names=names,
        crumbs=crumbs,
        is_article=is_article,
    )


def _one(value: Json, *names: str) -> str:
    """Return the first text of a value, as a reader would see it."""
    return next((t for t in map(field, texts(value, *names)) if t), "")


def _many(value: Json) -> tuple[str, ...]:
    """Return all texts of a value."""
    return tuple(t for t in map(field, texts(value, "name")) if t)


def _people(value: Json, by_id: Mapping[str, Node]) -> tuple[str, ...]:
    """Return the names of authors, following references inside the scripts."""
    listed = value if isinstance(value, list) else [value]
    names: list[str] = []
    for item in listed[:50]:
        if isinstance(item, dict) and not item.get("name"):
            item = dict(by_id.get(str(item.get("@id")), item))
        names.extend(map(field, texts(item, "name", "alternateName")))
    return tuple(n for n in names if n)


def _publisher(node: Node, by_id: Mapping[str, Node]) -> tuple[str, ...]:
    """Return the names of who publishes the article."""
    return _people(node.get("publisher"), by_id)


def _crumbs(node: Node) -> tuple[str, ...]:
    """Return the names of a breadcrumb list, outermost first."""
    items = node.get("itemListElement")
    found: list[str] = []
    for item in items if isinstance(items, list) else [items]:
        if isinstance(item, dict):
            name = item.get("name")
            found.append(_one(name if name else item.get("item"), "name"))
    return tuple(name for name in found if name)

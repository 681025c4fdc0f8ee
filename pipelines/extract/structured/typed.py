"""JSON-LD nodes in, what they say of the sort of page and of its live entries out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..text import field, key
from .jsonld import Json, Node, texts, types

_MOST_UPDATES = 500
_BODY_CHARS = 20_000
_LISTED = frozenset(
    {"itemListElement", "relatedLink", "hasPart", "mentions", "citation", "about",
     "isBasedOn", "comment", "significantLink", "superEvent", "subEvent", "author",
     "publisher", "location", "partOfSeries", "liveBlogUpdate", "performer", "review",
     "reviews"}
)  # fmt: skip
"""Members under which a page names other things than itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Update:
    """One entry of a live blog; every text is plain and may be empty."""

    at: str = ""
    """When it was published, as stated."""
    headline: str = ""
    body: str = ""
    """Its text, a paragraph a line."""
    url: str = ""
    author: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """What the page's nodes say it is."""

    article: frozenset[str] = frozenset()
    """Types of the node that describes the article."""
    named: frozenset[str] = frozenset()
    """Types of every node that goes by the page's own title and is not another's
    part: an episode or an event that the page is about."""
    updates: tuple[Update, ...] = ()
    """Entries of the page's live blog, in the order of the script."""


UNTYPED = Typed()
"""What a page without such nodes says."""


def typed(
    found: Iterable[tuple[Node, str]], article: Node | None, page_keys: frozenset[str]
) -> Typed:
    """Return what the nodes say of the page.

    Args:
        found: Every node with the member it stands under.
        article: The node that describes the article; None without one.
        page_keys: `text.key` of the page's own titles.
    """
    named: set[str] = set()
    own: frozenset[str] = frozenset()
    updates: tuple[Update, ...] = ()
    for node, under in found:
        if under in _LISTED:
            continue
        if node is article:
            own = types(node)
        if _title(node) in page_keys:
            named |= types(node)
        if "LiveBlogPosting" in types(node) and not updates:
            updates = _updates(node.get("liveBlogUpdate"))
    return Typed(
        article=own,
        named=frozenset(named),
        updates=updates,
    )


def _title(node: Node) -> str:
    names = texts(node.get("headline") or node.get("name"))
    return key(field(names[0])) if names else ""


def _updates(value: Json) -> tuple[Update, ...]:
    """Return the entries that say when they are from or what they say."""
    listed = value if isinstance(value, list) else [value]
    made = [_update(item) for item in listed[:_MOST_UPDATES] if isinstance(item, dict)]
    return tuple(one for one in made if one.at or one.body)


def _update(node: Mapping[str, Json]) -> Update:
    return Update(
        at=_one(node.get("datePublished") or node.get("dateCreated")),
        headline=_one(node.get("headline") or node.get("name")),
        body=_body(node.get("articleBody") or node.get("text")),
        url=_one(node.get("url") or node.get("@id"), "@id", "url"),
        author=_one(node.get("author") or node.get("creator"), "name"),
    )


def _one(value: Json, *names: str) -> str:
    return next((t for t in map(field, texts(value, *names)) if t), "")


def _body(value: Json) -> str:
    """Return a text with its lines kept apart and its markup taken out."""
    raw = next(iter(texts(value)), "")[:_BODY_CHARS]
    lines = raw.replace("</p>", "\n").replace("<br", "\n<br").splitlines()
    return "\n".join(line for line in map(field, lines) if line)

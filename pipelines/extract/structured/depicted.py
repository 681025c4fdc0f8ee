"""JSON-LD nodes in, the pictures that they describe out, the article's own first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..text import field
from .jsonld import Json, Node, texts, types

_MOST = 60
_KINDS = frozenset({"ImageObject", "Photograph", "Image"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Depicted:
    """What JSON-LD says of one picture; every text is plain and may be empty."""

    url: str
    caption: str = ""
    credit: str = ""
    """creditText, else the creator, else the copyright notice."""
    licence: str = ""
    """The licence, mostly as the address of its deed."""


def depicted(
    found: Iterable[tuple[Node, str]], article: Node | None, by_id: Mapping[str, Node]
) -> tuple[Depicted, ...]:
    """Return the article's image, then every other picture that has words.

    Args:
        found: Every object of the scripts, with the key it stands under.
        article: The one that is the page's article.
        by_id: The objects by their "@id".
    """
    own = [_picture(value) for value in _images(article, by_id)]
    others = [_picture(node) for node, _ in found if types(node) & _KINDS]
    told = [one for one in others if one.caption or one.credit or one.licence]
    return tuple(one for one in (*own, *told)[:_MOST] if one.url)


def _images(article: Node | None, by_id: Mapping[str, Node]) -> Iterator[Json]:
    """Yield the values of the article's image, following references."""
    value = article.get("image") if article is not None else None
    for one in value[:_MOST] if isinstance(value, list) else [value]:
        if isinstance(one, dict) and not (one.get("url") or one.get("contentUrl")):
            yield dict(by_id.get(str(one.get("@id")), one))
        elif one:
            yield one


def _picture(value: Json | Node) -> Depicted:
    if not isinstance(value, Mapping):
        return Depicted(url=_first(value))
    return Depicted(
        url=_first(dict(value), "contentUrl", "url", "@id"),
        caption=_first(value.get("caption")) or _first(value.get("description")),
        credit=_first(value.get("creditText"))
        or _first(value.get("creator") or value.get("author"), "name")
        or _first(value.get("copyrightHolder"), "name")
        or _first(value.get("copyrightNotice")),
        licence=_first(value.get("license"), "url", "@id"),
    )


def _first(value: Json, *names: str) -> str:
    """Return the first text of a value, as a reader would see it."""
    return next((t for t in map(field, texts(value, *names)) if t), "")

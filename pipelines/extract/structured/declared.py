"""A JSON-LD node in, what it declares of how much of its article the page shows out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .jsonld import Json, Node, texts

_NO = frozenset({"false", "no", "0", "http://schema.org/false", "locked"})
_YES = frozenset({"true", "yes", "1", "http://schema.org/true"})
_MOST_PARTS = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared:
    """What an article's node says of its own text."""

    free: bool | None = None
    """isAccessibleForFree of the article or one of its parts; None if not stated."""
    words: int = 0
    """wordCount, or the words of articleBody; 0 if neither is stated."""


NOTHING_DECLARED = Declared()


def declared(article: Node | None) -> Declared:
    """Read a node; of several statements the one that denies access counts."""
    if article is None:
        return Declared()
    said = [_bool(part.get("isAccessibleForFree")) for part in _parts(article)]
    stated = [one for one in said if one is not None]
    body = next(iter(texts(article.get("articleBody"))), "")
    return Declared(
        free=all(stated) if stated else None,
        words=max(_number(article.get("wordCount")), len(body.split())),
    )


def _parts(article: Node) -> Iterator[Node]:
    yield article
    parts = article.get("hasPart")
    for part in parts[:_MOST_PARTS] if isinstance(parts, list) else [parts]:
        if isinstance(part, dict):
            yield part


def _bool(value: Json) -> bool | None:
    if isinstance(value, bool):
        return value
    words = [text.strip().casefold() for text in texts(value)]
    if any(word in _NO for word in words):
        return False
    return True if any(word in _YES for word in words) else None


def _number(value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return 0
    digits = str(value).split(".")[0].strip()
    return int(digits) if digits.isdecimal() and len(digits) < 7 else 0

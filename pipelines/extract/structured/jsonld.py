"""The text of ld+json scripts in, plain nodes out, whatever state the JSON is in."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Node: TypeAlias = Mapping[str, Json]

_WRAPPERS = re.compile(r"<!--|-->|(?://\s*)?(?:<!\[CDATA\[|\]\]>)")
_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?\*/', re.S)
"""A string, which is kept, or a comment as JavaScript has them."""
_INNER_QUOTE = re.compile(r'([^\s\[{,:\\])(\s*)"(?!\s*(?:[,:}\]]|$))')
"""A quotation mark that neither opens nor ends a string of JSON."""
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")
_MAX_CHARS = 4_000_000
_START = re.compile(r"[{\[]")
_MEMBER = re.compile(
    r'"(@type|headline|datePublished|dateModified|articleSection|'
    r'isAccessibleForFree)"\s*:\s*'
    r'"((?:[^"\\\n]|\\.){1,500})"\s*[,}\n]'
)
"""A plain member of an object that cannot be parsed as a whole."""
_MAX_NODES = 5_000


def load(script: str) -> list[Json]:
    """Return every JSON value of a script; an empty list where none can be read."""
    text = script.strip()[:_MAX_CHARS]
    for repair in (_as_it_is, _unwrapped, _unescaped, _requoted):
        values = _values(repair(text))
        if values:
            return values
    return _salvaged(text)


def _salvaged(text: str) -> list[Json]:
    """Return the first plain members of each name where nothing can be parsed."""
    found: dict[str, Json] = {}
    for match in _MEMBER.finditer(text):
        found.setdefault(match.group(1), match.group(2))
    return [found] if "@type" in found and len(found) > 1 else []


def _as_it_is(text: str) -> str:
    return text


def _unwrapped(text: str) -> str:
    """Take out comments, CDATA marks, trailing commas and bad escapes."""
    text = _COMMENT.sub(lambda m: m.group(1) or "", _WRAPPERS.sub("", text))
    text = _BAD_ESCAPE.sub(r"\\\\", _TRAILING_COMMA.sub("", text))
    return text.strip().rstrip(";")


def _unescaped(text: str) -> str:
    """Undo entities where the whole script was escaped."""
    return _unwrapped(text if '"' in text else html.unescape(text))


def _requoted(text: str) -> str:
    """Escape quotation marks that were left bare inside strings."""
    return _unwrapped(_INNER_QUOTE.sub(r'\1\2\\"', text))


def _values(text: str) -> list[Json]:
    """Return the JSON values that stand one after another in the text."""
    decoder = json.JSONDecoder(strict=False)
    found: list[Json] = []
    start = _START.search(text)
    position = start.start() if start else len(text)
    while position < len(text) and len(found) < 50:
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            break
        found.append(value)
        while position < len(text) and text[position] in " \t\r\n,;":
            position += 1
    return [value for value in found if isinstance(value, dict | list)]


def nodes(values: Iterable[Json]) -> Iterator[tuple[Node, str]]:
    """Yield every object below the values, in order, with the key it stands under.

    The walk keeps its own stack: nesting may be deeper than Python's.
    """
    stack: list[tuple[Json, str]] = [(value, "") for value in reversed(list(values))]
    seen = 0
    while stack and seen < _MAX_NODES:
        value, under = stack.pop()
        seen += 1
        if isinstance(value, dict):
            yield value, under
            inner = [(child, name) for name, child in value.items()]
            stack.extend((c, n) for c, n in reversed(inner) if _holds(c))
        elif isinstance(value, list):
            stack.extend((child, under) for child in reversed(value) if _holds(child))


def _holds(value: Json) -> bool:
    return isinstance(value, dict | list)


def types(node: Node) -> frozenset[str]:
    """Return the node's types without their vocabulary's address."""
    raw = node.get("@type") or node.get("type")
    if isinstance(raw, str):
        return _type(raw)
    listed = raw if isinstance(raw, list) else ()
    return frozenset().union(*(_type(t) for t in listed if isinstance(t, str)))


@lru_cache(maxsize=256)
def _type(name: str) -> frozenset[str]:
    return frozenset((name.rsplit("/", 1)[-1].rsplit("#", 1)[-1],))


def texts(value: Json, *names: str) -> list[str]:
    """Return the strings a value stands for: itself, its items, its named members.

    Args:
        value: Any JSON value.
        names: Members to look at, in order, where the value is an object.
    """
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, int | float):
        return [str(value)]
    if isinstance(value, dict):
        for name in ("@value", *names):
            member = value.get(name)
            if isinstance(member, str | int | float) and str(member).strip():
                return texts(member)
            if isinstance(member, list) and member and isinstance(member[0], str):
                return texts(member[0])
        return []
    return [text for item in value[:100] if not isinstance(item, list)
            for text in texts(item, *names)]  # fmt: skip

"""A case's expectation and an anatomy in, the single facts that come out wrong out.

A fact is one thing that can be right or wrong: a field, a key of a field such as
"image.credit", "blocks", the links of one role ("links.related"), or one line of
furniture ("furniture/Share this page").
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reader import CASES, case, shown

from pipelines.extract import Anatomy, Part, anatomy

SPLIT = frozenset({"published", "updated", "image"})
"""Fields whose keys are facts of their own; what a case does not state is free."""
ANY = "any"
"""A line of furniture whose role is a matter of taste."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One thing that a case states."""

    name: str
    right: bool
    expected: Any
    found: Any


def facts(name: str) -> list[Fact]:
    """Return every fact that a case states, right or wrong."""
    page, site, expected = case(name)
    cut = anatomy(page, site)
    found = shown(cut.article) if cut.article is not None else {}
    return [*_fields(expected, found), *_furniture(expected, cut)]


def _fields(expected: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Fact]:
    for field, value in expected.items():
        got = found.get(field)
        if field == "furniture":
            continue
        if field == "links" and isinstance(value, dict):
            for roles, rows in value.items():
                shown_rows = _links(got or [], roles)
                yield _fact(f"links.{roles}", rows, shown_rows)
        elif field in SPLIT and isinstance(value, dict):
            for key, part in value.items():
                yield _fact(f"{field}.{key}", part, (got or {}).get(key))
        else:
            yield _fact(field, value, got)


def _fact(name: str, expected: Any, found: Any) -> Fact:
    return Fact(name=name, right=expected == found, expected=expected, found=found)


def _links(rows: list[str], roles: str) -> list[str]:
    """Return the links of any of the roles, as "text -> address"."""
    named = [row.split(": ", 1) for row in rows]
    return [text for role, text in named if role in roles.split("|")]


def _furniture(expected: Mapping[str, Any], cut: Anatomy) -> Iterator[Fact]:
    for line in expected.get("furniture", ()):
        wanted = line["role"].split("|")
        found = lines_of(cut, line["text"])
        right = bool(found) and all(
            not part.kept and (part.role in wanted or ANY in wanted) for part in found
        )
        labels = [f"{part.role}{' (kept)' * part.kept}" for part in found]
        name = f"furniture/{line['text']}"
        yield Fact(name=name, right=right, expected=line["role"], found=labels)


def lines_of(cut: Anatomy, text: str) -> list[Part]:
    """Return the lines of a page that read so."""
    return [part for part in cut.parts if part.text == text]


def leaks(name: str) -> list[str]:
    """Return the lines of furniture that a case names and that are in the text."""
    page, site, expected = case(name)
    cut = anatomy(page, site)
    lines = expected.get("furniture", ())
    named = {line["text"] for line in lines if line["role"] != "standfirst"}
    body = {b.text for b in cut.article.blocks} if cut.article is not None else set()
    kept = {part.text for part in cut.parts if part.kept}
    return sorted(named & (kept | body))


def known_wrong(name: str) -> frozenset[str]:
    """Return the facts of a case that its meta.json says come out wrong so far."""
    file = CASES / name / "meta.json"
    meta = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return frozenset(meta.get("known_wrong", ()))

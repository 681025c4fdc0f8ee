"""The TOML files of `demo/data` in, typed word lists and templates out.

Contains no business logic.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Words = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StoryKind:
    """Templates of one kind of event: a contract, an appointment, a delay …"""

    name: str
    headlines: Words
    standfirsts: Words
    leads: Words
    follows: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """Sentences that make a paragraph on one side of a story."""

    name: str
    subheads: Words
    sentences: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Common:
    """What all trades share."""

    words: dict[str, Words]
    kinds: tuple[StoryKind, ...]
    themes: tuple[Theme, ...]
    quotations: dict[str, Words]
    lists: dict[str, Words]
    table_labels: Words
    captions: dict[str, Words]


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """One beat of a title, with the words that belong to it."""

    name: str
    projects: Words
    goals: Words
    problems: Words
    tags: Words
    units: Words
    details: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A weekly column: its name and the frame that every week repeats."""

    headline: str
    standfirst: str
    opening: str
    closing: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Trade:
    """One title and its trade's vocabulary."""

    title: str
    orgs: tuple[Words, ...]
    """Pairs of the full name and the one that fits a headline."""
    suppliers: Words
    bodies: Words
    roles: Words
    staff: Words
    sections: tuple[Section, ...]
    column: Column | None


@cache
def common() -> Common:
    """Read what all trades share."""
    data = _read("common")
    return Common(
        words=_lists(data["vocabulary"]),
        kinds=tuple(
            StoryKind(name=name, **_lists(kind)) for name, kind in data["kinds"].items()
        ),
        themes=tuple(
            Theme(name=name, **_lists(theme)) for name, theme in data["themes"].items()
        ),
        quotations=_lists(data["quotations"]),
        lists=_lists(data["lists"]),
        table_labels=tuple(data["tables"]["labels"]),
        captions=_lists(data["captions"]),
    )


@cache
def trade(name: str) -> Trade:
    """Read the vocabulary of one title, such as "girder"."""
    data = _read(name)
    column = data.get("column")
    return Trade(
        title=data["title"],
        orgs=tuple(tuple(pair) for pair in data["orgs"]),
        suppliers=tuple(data["suppliers"]),
        bodies=tuple(data["bodies"]),
        roles=tuple(data["roles"]),
        staff=tuple(data["staff"]),
        sections=tuple(
            Section(name=entry.pop("name"), **_lists(entry))
            for entry in data["sections"]
        ),
        column=column and Column(**{**column, "closing": tuple(column["closing"])}),
    )


def _read(name: str) -> dict[str, Any]:
    resource = files("demo") / "data" / f"{name}.toml"
    return tomllib.loads(resource.read_text(encoding="utf-8"))


def _lists(table: dict[str, list[str]]) -> dict[str, Words]:
    return {key: tuple(value) for key, value in table.items()}

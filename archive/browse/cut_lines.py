"""The labelled lines of a page go in; groups of them and a legend come out.

Contains no business logic: only how what a cutter says is laid out for a reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from archive.browse.cutting import Line
from archive.browse.links import web_url

Place = Literal["text", "apart", "out"]
"""Part of the text, kept beside the text, or left out."""
PLACES: tuple[Place, ...] = ("text", "apart", "out")

APART = ("headline", "standfirst", "byline", "caption", "credit")
"""Roles that belong to the article and not to its text."""
MEANINGS: dict[tuple[str, Place], str] = {
    ("headline", "apart"): "the headline, kept as a field of its own",
    ("standfirst", "apart"): "the paragraph under it, a field of its own",
    ("byline", "apart"): "who wrote it and when; names and dates are fields",
    ("caption", "apart"): "what a picture shows",
    ("credit", "apart"): "whose picture it is",
    ("body", "text"): "paragraphs",
    ("subhead", "text"): "headings inside the text",
    ("quote", "text"): "quotations set apart",
    ("quote", "out"): "quotations that repeat the text",
    ("body", "out"): "paragraphs that another page of the article repeats",
    ("list", "text"): "items of lists",
    ("table", "text"): "rows of tables",
    ("related", "out"): "pointers to other articles; their links are kept",
    ("teaser", "out"): "other articles advertised here; their links are kept",
    ("sponsored", "out"): "paid links",
    ("share", "out"): "buttons to share and print",
    ("tags", "out"): "subjects; they are a field of their own",
    ("comments", "out"): "readers' comments, and what invites them",
    ("newsletter", "out"): "invitations to subscribe",
    ("paywall", "out"): "requests to sign in or pay",
    ("legal", "out"): "copyright, terms, consent",
    ("nav", "out"): "menus and everything else around the article",
}
"""What a role means, for a reader who meets it here."""
DEEPEST = 6
"""Levels that the style sheet knows."""
NO_FIELDS: Mapping[str, str] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A piece of a line."""

    text: str
    url: str | None = None
    """Where it leads, if that is a web address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A line as the page shows it."""

    runs: tuple[Run, ...]
    level: int
    path: str
    kept_as: str | None = None
    """The field that a left-out line is all the same, such as the headline."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Lines that follow each other and were decided alike."""

    place: Place
    role: str
    rule: str
    anchor: str | None
    """For the first group of its role and place: what the legend links to."""
    begins: int | None
    """Number of the article's further page that begins here."""
    lines: tuple[Shown, ...]


@dataclass(kw_only=True, slots=True)
class Entry:
    """One role in the legend."""

    role: str
    place: Place
    meaning: str
    lines: int = 0
    words: int = 0

    @property
    def anchor(self) -> str:
        """Name of its first group."""
        return f"{self.place}-{self.role}"


def place_of(line: Line) -> Place:
    """On which side of the page a line is shown."""
    if line.kept:
        return "text"
    return "apart" if line.role in APART else "out"


def groups(
    lines: Iterable[Line], fields: Mapping[str, str] = NO_FIELDS
) -> Iterator[Group]:
    """Lines in the order of the page, those together that were decided alike.

    Args:
        lines: The page.
        fields: Text of fields of the article, and what to call each.
    """
    seen: set[tuple[str, Place]] = set()
    before = 1
    for (page, place, role, rule), alike in groupby(lines, _decision):
        is_first = (role, place) not in seen
        seen.add((role, place))
        yield Group(
            place=place,
            role=role,
            rule=rule,
            anchor=f"{place}-{role}" if is_first else None,
            begins=page if page != before else None,
            lines=tuple(_shown(line, place, fields) for line in alike),
        )
        before = page


def _decision(line: Line) -> tuple[int, Place, str, str]:
    """What lines that stand together have in common."""
    return line.page, place_of(line), line.role, line.rule


def _shown(line: Line, place: Place, fields: Mapping[str, str]) -> Shown:
    """A line as the page shows it."""
    return Shown(
        runs=tuple(runs(line)),
        level=min(line.level, DEEPEST),
        path=line.path,
        kept_as=fields.get(line.text) if place == "out" else None,
    )


def runs(line: Line) -> Iterator[Run]:
    """A line's text, the links in it apart."""
    rest = line.text
    for target, text in line.links:
        before, found, after = rest.partition(text) if text else (rest, "", "")
        if found:
            if before:
                yield Run(text=before)
            yield Run(text=found, url=web_url(target))
            rest = after
    if rest:
        yield Run(text=rest)


def legend(lines: Iterable[Line]) -> list[Entry]:
    """Every role on the page with its lines and words, the article's own first."""
    found: dict[tuple[str, Place], Entry] = {}
    for line in lines:
        key = (line.role, place_of(line))
        meaning = MEANINGS.get(key, "")
        entry = found.setdefault(key, Entry(role=key[0], place=key[1], meaning=meaning))
        entry.lines += 1
        entry.words += len(line.text.split())
    order = {key: number for number, key in enumerate(MEANINGS)}
    return sorted(
        found.values(),
        key=lambda one: (
            PLACES.index(one.place),
            order.get((one.role, one.place), len(order)),
        ),
    )

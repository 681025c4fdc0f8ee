"""A visit goes in; two revisions of an article, compared word by word, come out."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from datasette import Response

from archive.browse.attached import Visit, page
from archive.browse.dates import day, utc
from archive.history.differences import BREAK, EAST, Run
from archive.history.history import Comparison, Side, Told, comparison

CLASSES = {
    "headline": "headline",
    "standfirst": "standfirst",
    "byline": "byline",
    "date": "date of publication",
    "correction": "correction notice",
    "figure": "figure or number",
    "name": "name",
    "quotation": "quotation",
    "typo": "typo",
    "wording": "wording",
    "added": "added passage",
    "removed": "removed passage",
    "wholesale": "wholesale rewriting",
}
"""Classes of change as a reader is told them."""
SURE = {"likely": "probably", "weak": "perhaps"}
MOST_SHOWN = 20
"""Pieces of evidence listed; the marked text below shows everything."""
SHOWN_CHARS = 160
NO_SPACE = re.compile(rf"[{EAST}、。，．！？）」]")


@dataclass(kw_only=True, slots=True)
class Piece:
    """Words to show in one way."""

    kind: str
    """kept, removed or added."""
    text: str
    space: bool = False
    """Whether a space stands before them."""


@dataclass(kw_only=True, slots=True)
class Paragraph:
    """Pieces in a row."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def is_kept(self) -> bool:
        """Whether nothing changed in it."""
        return all(piece.kind == "kept" for piece in self.pieces)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A piece of evidence as it is listed."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """Something beside the text that differs."""

    label: str
    before: str
    after: str


@page
async def view(visit: Visit) -> Response:
    """Compare ?from=N with ?to=M; without them the newest with the one before it."""

    def read(connection: sqlite3.Connection) -> Comparison | None:
        article_id = int(visit.request.url_vars["id"])
        newest = connection.execute(
            "SELECT max(number) FROM revisions WHERE article_id = ?", (article_id,)
        ).fetchone()[0]
        newer = _number(visit.request.args.get("to")) or newest or 0
        older = _number(visit.request.args.get("from")) or newer - 1
        return comparison(connection, article_id, older, newer)

    found = await visit.read(read)
    if found is None:
        return await visit.missing("There are no two such revisions of an article.")
    context = {
        "found": found,
        "headline": paragraphs(found.headline),
        "standfirst": paragraphs(found.standfirst),
        "body": paragraphs(found.body),
        "facts": facts(found.older, found.newer),
        "evidence": listed(found.evidence),
        "hidden": max(0, len(found.evidence) - MOST_SHOWN),
        "added": _count(found, "added"),
        "removed": _count(found, "removed"),
    }
    return await visit.render("compare", context)


def _number(value: str | None) -> int | None:
    """A revision's number; None if it is none."""
    if value is None or not value.isdecimal() or len(value) > 9:
        return None
    return int(value)


def _count(found: Comparison, kind: str) -> int:
    runs = (*found.headline, *found.standfirst, *found.body)
    return sum(run.words for run in runs if run.kind == kind)


def paragraphs(runs: Sequence[Run]) -> list[Paragraph]:
    """Put the runs of a difference into the paragraphs of both texts.

    Where only the end of a paragraph went or came, a sign stands in its place.
    """
    made = [Paragraph()]
    for place, run in enumerate(runs):
        if run.text != BREAK:
            _add(made[-1], run.kind, run.text)
            continue
        near = (*runs[max(0, place - 1) : place], *runs[place + 1 : place + 2])
        is_alone = run.kind != "kept" and all(one.kind == "kept" for one in near)
        if is_alone:
            _add(made[-1], run.kind, "¶")
        if run.kind != "removed" or not is_alone:
            made.append(Paragraph())
    return [paragraph for paragraph in made if paragraph.pieces]


def _add(paragraph: Paragraph, kind: str, text: str) -> None:
    last = paragraph.pieces[-1] if paragraph.pieces else None
    together = last is not None and bool(
        NO_SPACE.match(last.text[-1]) and NO_SPACE.match(text[0])
    )
    space = last is not None and not together
    paragraph.pieces.append(Piece(kind=kind, text=text, space=space))


def facts(older: Side, newer: Side) -> list[Fact]:
    """What differs beside the text."""
    pairs = [
        ("Byline", ", ".join(older.byline), ", ".join(newer.byline)),
        ("Published", _when(older), _when(newer)),
        ("Cut by", older.extractor, newer.extractor),
    ]
    return [
        Fact(label=label, before=before or "none", after=after or "none")
        for label, before, after in pairs
        if before != after
    ]


def _when(side: Side) -> str:
    return utc(side.published_at) if side.published_at else day(side.published_on)


def listed(evidence: Iterable[Told]) -> list[Shown]:
    """The evidence as sentences."""
    return [
        Shown(
            label=" ".join(
                filter(None, (SURE.get(one.sure), CLASSES.get(one.kind, one.kind)))
            ),
            before=_short(one.before),
            after=_short(one.after),
        )
        for one in list(evidence)[:MOST_SHOWN]
    ]


def _short(text: str | None) -> str:
    """Words on one line, cut where they are many."""
    words = " ".join((text or "").split())
    return words if len(words) <= SHOWN_CHARS else words[: SHOWN_CHARS - 2] + " …"

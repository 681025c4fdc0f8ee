"""A text with field codes (HD, BY, WC, PD …) goes in; its documents come out, read.

The form in which Factiva and databases like it give articles out as plain text: a code
of two or three capitals begins a line, its value follows and may run on below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.extract.text import fold

from .lines import Line, line_of
from .memory import Memory
from .prose import give, label_prose, said
from .reading import Document, Facts, Reading
from .sheet import Labelled

ROLES = {
    "SE": "nav", "CLM": "nav", "HD": "headline", "BY": "byline", "CR": "byline",
    "WC": "nav", "PD": "byline", "ET": "byline", "SN": "nav", "SC": "nav",
    "ED": "nav", "PG": "nav", "VOL": "nav", "LA": "nav", "CY": "legal",
    "LP": "body", "TD": "body", "CT": "nav", "RF": "nav", "ART": "caption",
    "CO": "tags", "IN": "tags", "NS": "tags", "RE": "tags", "IPC": "tags",
    "IPD": "tags", "PUB": "nav", "AN": "nav",
}  # fmt: skip
"""What the lines of each field are on a page."""
FIRST = frozenset(["SE", "CLM", "HD", "ART"])
"""Fields that begin a document if the one above has its text."""
SUBJECTS = ("NS", "IN", "RE")
_CODES = "|".join(sorted(ROLES, key=len, reverse=True))
_FIELD = re.compile(rf"^({_CODES})(?:\t\s*|\s{{2,}}|\s*$)(.*)$")
_TIGHT = re.compile(r"^(HD|BY|WC|PD|ET|SN|SC|PG|LA|CY|LP|TD|AN|PUB|SE)(?:\s*$| )(.*)$")
_HEADLINE = re.compile(r"^HD(?:\t|\s{2,}|\s*$)", re.M)
_NUMBER = re.compile(r"^(?:Document\s+)?([A-Za-z0-9]{8,40})\.?$")
_DESCRIPTOR = re.compile(r"^\w{1,10}\s*:\s*")
_NO_BYLINE = re.compile(r"^(?:\W*|n/?a|staff)$", re.I)


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One field of a document."""

    code: str
    """Two or three capitals; empty for what stands before the first field."""
    lines: tuple[Line, ...]
    """Its value, without the code; line numbers are those of the text."""


def is_this(text: str) -> bool:
    """Whether a text is in this form: a headline and two more of the usual fields."""
    codes = {field.code for field in fields(text)}
    return "HD" in codes and len(codes & {"PD", "SN", "WC", "LP", "TD", "AN", "BY"}) > 1


def fields(text: str) -> list[Field]:
    """Cut a text into its fields."""
    pattern = _FIELD if _HEADLINE.search(text) else _TIGHT
    found: list[tuple[str, list[Line]]] = [("", [])]
    for number, raw in enumerate(text.splitlines()):
        begun = pattern.match(raw)
        if begun:
            found.append((begun[1], []))
            raw = begun[2]
        folded = fold(raw)
        if folded:
            found[-1][1].append(line_of(number, raw, folded))
    return [Field(code=code, lines=tuple(lines)) for code, lines in found]


def documents(text: str) -> tuple[Document, ...]:
    """Cut a file into its documents: each has one headline and ends with its number."""
    starts = _starts(text)
    rows = text.splitlines()
    ends = [*starts[1:], len(rows)]
    return tuple(
        Document(number=number, first_line=start, text="\n".join(rows[start:end]))
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
    )


def _starts(text: str) -> list[int]:
    """The lines at which documents begin."""
    pattern = _FIELD if _HEADLINE.search(text) else _TIGHT
    starts, seen = [0], set[str]()
    for number, raw in enumerate(text.splitlines()):
        begun = pattern.match(raw)
        if begun is None:
            continue
        code = begun[1]
        if (
            "AN" in seen
            or (code in FIRST and seen & {"LP", "TD"})
            or (code == "HD" and "HD" in seen)
        ):
            starts.append(number)
            seen = set()
        seen.add(code)
    return starts


def read(text: str, memory: Memory) -> Reading:
    """Label one document and gather what its fields say."""
    found = fields(text)
    labelled = [one for field in found for one in _labelled(field)]
    prose = [line for f in found if ROLES.get(f.code) == "body" for line in f.lines]
    labelled += label_prose(prose, memory)
    labelled.sort(key=lambda one: one.line.number)
    return Reading(format="factiva", labelled=tuple(labelled), facts=_facts(found))


def _labelled(field: Field) -> list[Labelled]:
    """The lines of a field that is not the article's text."""
    role = ROLES.get(field.code, "nav")
    if role == "body":
        return []
    rule = f"field {field.code}" if field.code else "stands before the first field"
    return give(field.lines, role, rule)


def _facts(found: list[Field]) -> Facts:
    values: dict[str, tuple[Line, ...]] = {}
    for field in found:
        values.setdefault(field.code, field.lines)
    text = {code: said(lines) for code, lines in values.items()}
    day = text.get("PD", "")
    number = _NUMBER.match(text.get("AN", ""))
    byline = text.get("BY", "")
    return Facts(
        headline=text.get("HD", ""),
        bylines=() if _NO_BYLINE.match(byline) else (byline,),
        published=f"{day} {text.get('ET', '')}".strip() or None,
        section=text.get("SE") or None,
        tags=tuple(dict.fromkeys(_subjects(values))),
        language=text.get("LA") or None,
        publication=text.get("SN") or None,
        identifier=number[1].lower() if number else None,
    )


def _subjects(values: dict[str, tuple[Line, ...]]) -> Iterator[str]:
    """The names of a document's subjects, without their codes."""
    for code in SUBJECTS:
        for line in values.get(code, ()):
            for part in line.text.split("|"):
                name = _DESCRIPTOR.sub("", part.strip()).strip()
                if name:
                    yield name

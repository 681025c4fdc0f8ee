"""A text in the manner of Nexis goes in; its documents come out, read.

Two layouts are in use. The older one begins each document with "1 of 20 DOCUMENTS",
title of the paper and date above the headline; the newer one has the headline first,
then "Body" on a line of its own, and ends with "End of Document". Both name most
fields: "Length: 300 words", "Byline: …", "Load-Date: …".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .bylines import is_date
from .lines import Line, lines_of
from .memory import Memory
from .prose import give, label_prose, said
from .reading import Document, Facts, Reading
from .sheet import Labelled

ROLES = {
    "headline": "headline", "title": "headline", "highlight": "standfirst",
    "byline": "byline", "dateline": "byline", "length": "nav", "section": "nav",
    "graphic": "caption", "load-date": "nav", "language": "nav", "series": "nav",
    "publication-type": "nav", "journal-code": "nav", "column": "nav", "type": "nav",
    "acc-no": "nav", "url": "nav", "edition": "nav", "correction": "nav", "isbn": "nav",
    "subject": "tags", "industry": "tags", "geographic": "tags", "company": "tags",
    "organization": "tags", "person": "tags", "ticker": "tags", "country": "tags",
    "city": "tags", "state": "tags", "copyright": "legal", "classification": "nav",
    "correction-date": "nav", "issn": "nav", "distribution": "nav", "body": "nav",
}  # fmt: skip
"""What the lines of each field are on a page."""
TAILS = frozenset(
    ("graphic", "load-date", "language", "publication-type", "journal-code", "acc-no",
     "subject", "industry", "geographic", "company", "organization", "person",
     "ticker", "country", "city", "state", "copyright", "classification", "url",
     "correction-date", "issn", "distribution")
)  # fmt: skip
"""Fields behind the text."""
SUBJECTS = ("subject", "industry", "geographic")
_FIELD = re.compile(
    rf"^({'|'.join(sorted(ROLES, key=len, reverse=True))})\s*:\s*(.*)$", re.I
)
_ALONE = re.compile(r"^(body|graphic|classification|notes|correction)$", re.I)
_OF = re.compile(r"^\s*(?:document\s+)?\d+\s+of\s+\d+(?:\s+documents?)?\s*$", re.I)
_END = re.compile(r"^\s*end of document\s*$", re.I)
_NOTICE = re.compile(r"^(?:copyright\b|©|\(c\)|all rights reserved)", re.I)
_EDITION = re.compile(r"\b(?:edition|ausgabe|édition)$", re.I)
_SIGNS = re.compile(
    r"^\s*(?:length:\s*\d+|load-date:|body$|byline:|publication-type:|end of document$"
    r"|(?:document )?\d+ of \d+ documents?$)",
    re.I | re.M,
)
_PERCENT = re.compile(r"\s*\(\d{1,3}\s*%\)|\s*\([A-Z0-9]+(?:\s*\d+)?\)")
LEAST_SIGNS = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A field or a zone of a document, with the lines that belong to it."""

    name: str
    """A key of ROLES; "head" and "text" for what stands without a name."""
    lines: tuple[Line, ...]


def is_this(text: str) -> bool:
    """Whether a text is in this form: two of its signs, one of them the length."""
    signs = {
        re.sub(r"[\d\s]+", " ", sign).strip().lower() for sign in _SIGNS.findall(text)
    }
    named = any(sign.startswith(("length", "load-date")) for sign in signs)
    return named and len(signs) >= LEAST_SIGNS


def documents(text: str) -> tuple[Document, ...]:
    """Cut a file at "1 of 20 DOCUMENTS" or "End of Document"."""
    rows = text.splitlines()
    starts = [at for at, row in enumerate(rows) if _OF.match(row)]
    if not starts:
        starts = [0, *(at + 1 for at, row in enumerate(rows) if _END.match(row))]
    ends = [*starts[1:], len(rows)]
    pieces = [
        Document(number=0, first_line=start, text="\n".join(rows[start:end]))
        for start, end in zip(starts, ends, strict=True)
    ]
    filled = [piece for piece in pieces if piece.text.strip()]
    return tuple(replace(p, number=number) for number, p in enumerate(filled, 1))


def read(text: str, memory: Memory) -> Reading:
    """Label one document and gather what its fields say."""
    found = parts(lines_of(text))
    head = next((part.lines for part in found if part.name == "head"), ())
    prose = [line for part in found if part.name == "text" for line in part.lines]
    named = [one for part in found for one in _labelled(part)]
    top = label_top(head)
    labelled = sorted(
        [*top, *named, *label_prose(prose, memory)], key=lambda one: one.line.number
    )
    return Reading(format="nexis", labelled=tuple(labelled), facts=_facts(found, top))


def parts(lines: Sequence[Line]) -> list[Part]:
    """Cut a document into head, fields and text."""
    found = [Part(name="head", lines=())]
    marked = any(_ALONE.match(x.text) and x.text.lower() == "body" for x in lines)
    seen_field = False
    for line in lines:
        name = _named(line)
        if name:
            seen_field = seen_field or name != "copyright"
            found.append(Part(name=name, lines=(line,)))
            continue
        if _OF.match(line.text):
            found.insert(0, Part(name="classification", lines=(line,)))
            continue
        if _END.match(line.text):
            found.append(Part(name="classification", lines=(line,)))
            continue
        where = _where(found, line, seen_field and not marked)
        if where == found[-1].name:
            found[-1] = Part(name=where, lines=(*found[-1].lines, line))
        else:
            found.append(Part(name=where, lines=(line,)))
    return found


def _named(line: Line) -> str:
    """The field that a line begins; empty if it begins none."""
    begun = _FIELD.match(line.text) or _ALONE.match(line.text)
    if begun and begun[1].lower() in ROLES:
        return begun[1].lower()
    return "copyright" if _NOTICE.match(line.text) else ""


def _where(found: list[Part], line: Line, text_may_begin: bool) -> str:
    """To which part a line without a name belongs."""
    last = found[-1]
    if last.name in ("head", "text"):
        return last.name
    if last.name == "body":
        return "text"
    above = last.lines[-1]
    runs_on = line.number == above.number + 1
    if any(part.name == "text" for part in found):
        return last.name if last.name in TAILS else "text"
    if last.name == "copyright" and not text_may_begin:
        return "copyright" if runs_on else "head"
    if runs_on and last.name in ("headline", "highlight", "byline", "section"):
        return last.name
    return "text" if text_may_begin else last.name


def label_top(lines: Sequence[Line]) -> list[Labelled]:
    """Label what stands without a name above the fields: paper, date, headline."""
    dated = next((at for at, line in enumerate(lines) if is_date(line)), None)
    if dated is None:
        return [
            *give(lines[:1], "headline", "the first line"),
            *give(lines[1:], "nav", "above the text"),
        ]
    newer = dated >= 2
    titles = (
        lines[: dated - 1]
        if newer
        else [x for x in lines[dated + 1 :] if not _EDITION.search(x.text)]
    )
    paper = lines[dated - 1 : dated]
    known = {line.number for line in (*titles, *paper, lines[dated])}
    return [
        *give(titles, "headline", "beside the paper's name and the date"),
        *give(paper, "nav", "the paper's name, above the date"),
        *give(lines[dated : dated + 1], "byline", "the date"),
        *give([x for x in lines if x.number not in known], "nav", "above the text"),
    ]


def _labelled(part: Part) -> list[Labelled]:
    if part.name in ("head", "text"):
        return []
    return give(part.lines, ROLES[part.name], f"field {part.name}")


def _facts(found: Sequence[Part], top: Iterable[Labelled]) -> Facts:
    values = {part.name: _value(part) for part in reversed(found)}
    top = list(top)
    titles = [one.line for one in top if one.role == "headline"]
    papers = [one.line for one in top if one.rule.startswith("the paper")]
    dates = [one.line for one in top if one.rule == "the date"]
    byline = values.get("byline", "")
    return Facts(
        headline=values.get("headline") or values.get("title") or said(titles),
        standfirst=values.get("highlight") or None,
        bylines=(byline,) if byline else (),
        published=said(dates) or None,
        section=values.get("section", "").split(";")[0].strip() or None,
        tags=tuple(dict.fromkeys(_subjects(values))),
        language=values.get("language") or None,
        publication=said(papers) or None,
        identifier=values.get("acc-no") or None,
        url=values.get("url") if values.get("url", "").startswith("http") else None,
    )


def _value(part: Part) -> str:
    """A field's text, without its name."""
    text = said(part.lines)
    begun = _FIELD.match(text)
    return begun[2] if begun else text


def _subjects(values: dict[str, str]) -> Iterator[str]:
    """A document's subjects, without shares and codes."""
    for name in SUBJECTS:
        for part in values.get(name, "").split(";"):
            subject = _PERCENT.sub("", part).strip()
            if subject:
                yield subject.capitalize() if subject.isupper() else subject

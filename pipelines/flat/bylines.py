"""A line of the matter around a headline goes in; whether it is a byline comes out."""

from __future__ import annotations

import re

from pipelines.extract.byline.people import people
from pipelines.extract.dated.dates import parse

from .lines import Line, key
from .words import lead, phrases

MOST_WORDS = 22
_BY = re.compile(
    r"^(?:by|von|par|por|di|door|av|(?:words|written|reported|posted|reporting|story|"
    r"text|texte|geschrieben|verfasst|écrit|escrito|scritto)\s+(?:by|von|par|por|di))\b"
    r"\s*:?\s+(?=\S)",
    re.I,
)
_MORE_BY = re.compile(
    r"^(?:additional|further|with|extra)?\s*(?:reporting|additional reporting)\s+"
    r"(?:by|from)\b",
    re.I,
)
_SPLIT = re.compile(r"\s*[,|•·]\s*|\s+[–—-]\s+|\s+(?:and|und|et|y|e|&)\s+")
_PERSON = re.compile(
    r"^(?:(?:Dr|Prof|Sir|Dame|Lord|Mr|Mrs|Ms)\.?\s+)?"
    r"[^\W\d_a-zß-öø-ÿ][\w.'’-]*"
    r"(?:\s+(?:van|von|de|der|den|du|la|le|da|di|del|bin|al|Mc|Mac|O['’]))*"
    r"(?:\s+[^\W\d_a-zß-öø-ÿ][\w.'’-]*){1,3}$"
)
_LETTERS = re.compile(r"[^\W\d_]{4,}")
_MOST_DATE_LETTERS = 6
"""Long words that a line may hold and still be a date: weekday, month, "Published"."""


def is_date(line: Line) -> bool:
    """Whether a line is a date, with a label or a time and nothing to read."""
    if line.words > MOST_WORDS // 2 + 4 or (line.has_stop and line.words > 8):
        return False
    letters = len(_LETTERS.findall(line.text))
    return letters <= _MOST_DATE_LETTERS and parse(line.text) is not None


def is_byline(line: Line) -> bool:
    """Whether a line says "By" somebody."""
    if not line.words <= MOST_WORDS or (line.has_stop and line.words > 8):
        return False
    if _MORE_BY.match(line.text):
        return True
    return bool(_BY.match(line.text)) and bool(names(line.text))


def is_signature(line: Line) -> bool:
    """Whether a line is a name, or begins with one: "Ann Reed, transport editor"."""
    if line.words > MOST_WORDS // 2 or line.has_stop or line.is_capitals:
        return False
    first, *rest = _SPLIT.split(line.text)
    if not _PERSON.match(first) or not names(first):
        return False
    return all(_is_beside(part) for part in rest)


def is_told(line: Line) -> bool:
    """Whether the value behind a label such as "Author:" is a name or a date."""
    _, value = lead(line.content) or ("", "")
    first = _SPLIT.split(value)[0]
    return bool(_PERSON.match(first) or value[:1].isdigit() or parse(value))


def _is_beside(part: str) -> bool:
    """Whether a text may stand beside a name: a name, a date, a function."""
    if _PERSON.match(part) or parse(part) is not None:
        return True
    return part[:1].islower() or not names(part) or len(part.split()) <= 2


def names(text: str) -> tuple[str, ...]:
    """The people and agencies that a byline names, without "By" and functions."""
    found = lead(text)
    if found and phrases()["byline"].leads.match(key(found[0])):
        text = found[1]
    return people([_BY.sub("", text)], frozenset())

"""A line and what the fields hold in; whether it repeats a field out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ..byline.name_words import ROLE
from ..dated.dates import parse
from ..dated.months import month
from ..text import key
from .phrases import BYLINE, DATELINE

_SHORT_CHARS = 130
_DATE_WORDS = 6
_LONG_WORDS = re.compile(r"[^\W\d_]{4,}")
_ROLE_WORDS = 7
_WORDS_BESIDE = 2
_NAME = "\0"
"""What is put in an author's place while the rest of a line is looked at."""
_PARTS = re.compile(r"\s*(?:[,;|•·–—()\n]|\.\s|\s[-/]\s)\s*")
_JOINING = frozenset(
    ("and", "und", "et", "y", "e", "og", "och", "en", "with", "mit", "by", "von", "par",
     "por", "di", "da", "door", "av", "af", "words", "text", "story", "report",
     "reporting", "written", "posted", "author", "authors", "in", "at", "for")
)  # fmt: skip
"""What stands between the names of a byline and before them."""
_MADE_PICTURES = re.compile(
    r"(?:photo(?:graph)?s?|photography|pictures?|images?|illustrations?|graphics|video|"
    r"fotos?|bild(?:er)?)(?:\s*:|\s(?:by|von|par)\b)\s*(?:\S.{2,40})?",
    re.I,
)
_READING_TIME = re.compile(r"\d{1,2}\s?-?min(?:ute)?s?\b(?: read)?", re.I)


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What the page's fields already hold and its body must not repeat."""

    headline: str
    standfirst: str
    authors: tuple[str, ...]


def is_head(text: str, kind: str, standfirst: str, names: set[str]) -> bool:
    """Whether a block at the top is standfirst, byline or dateline."""
    if standfirst and is_same(text, standfirst):
        return True
    if len(text) > _SHORT_CHARS or kind == "subhead":
        return False
    if key(text) in names or BYLINE.match(text) or names_only(text, names):
        return True
    return (len(text) <= 45 or bool(DATELINE.match(text))) and _is_date(text)


def is_same(text: str, known: str) -> bool:
    """Whether a line is one whose `key` is known; long ones are not compared."""
    return len(text) <= 2 * len(known) + 20 and key(text) == known


def names_only(text: str, names: set[str]) -> bool:
    """Whether a line holds authors, and beside them roles, dates and joining words.

    Args:
        text: A line.
        names: `text.key` of each author's name.
    """
    if not names or text.endswith(("?", "!")):
        return False
    words = key(text)
    if not any(name.partition(" ")[0] in words for name in names):
        return False
    rest = _without(text, names)
    if _NAME not in rest:
        return False
    left = [part for part in _PARTS.split(rest) if not _goes_with_names(part)]
    return not left or _tells_when(" ".join(left).replace(_NAME, " "))


def _without(text: str, names: set[str]) -> str:
    """Return a text with a mark in the place of each name, however it is spelled."""
    text = unicodedata.normalize("NFC", text)
    longest = sorted(filter(None, names), key=lambda name: (-len(name), name))
    each = (r"\W+".join(map(re.escape, name.split())) for name in longest)
    pattern = rf"(?<!\w)(?:{'|'.join(each)})(?!\w)".replace("ss", "(?:ss|ß)")
    plain = text
    if not text.isascii():
        plain = "".join(unicodedata.normalize("NFKD", letter)[0] for letter in text)
    out, end = "", 0
    for found in re.finditer(pattern, plain, re.I):
        out, end = out + text[end : found.start()] + _NAME, found.end()
    return out + text[end:]


def _goes_with_names(part: str) -> bool:
    """Whether a part of a byline joins names, or says what somebody does in it.

    After a comma a function may have many words; beside a name it has few, since
    "Jo meets the editor" is a sentence.
    """
    beside = _NAME in part
    return all(_is_of_byline(piece, beside) for piece in part.split(_NAME))


def _is_of_byline(piece: str, beside: bool) -> bool:
    words = key(piece).split()
    if _JOINING.issuperset(words):
        return True
    if _MADE_PICTURES.fullmatch(piece.strip()) or _READING_TIME.fullmatch(piece):
        return True
    if ROLE.search(piece) is None:
        return False
    is_titled = all(word[0].isupper() for word in piece.split())
    few = _ROLE_WORDS if is_titled or not beside else _WORDS_BESIDE
    return len(words) <= few


def _tells_when(text: str) -> bool:
    """Whether a text is a date with labels, and no clause about that day."""
    small = (word for word in _LONG_WORDS.findall(text) if word[0].islower())
    return _is_date(text) and all(month(w) or DATELINE.match(w) for w in small)


def _is_date(text: str) -> bool:
    """Whether a line is a date, with a label or a time and nothing to read."""
    words = _LONG_WORDS.findall(text)
    few = len(words) <= _DATE_WORDS
    return parse(text) is not None and few and not text.endswith(".")

"""A text goes in; the same as it compares comes out: spaces, quotes and dashes alike.

Two texts that fold to the same words differ in nothing that was written. Where a hand
has changed one mark and left the others of its kind, somebody edited after all.
"""

from __future__ import annotations

import re
import unicodedata

SINGLE = "‘’‚‛`´ʼʹ′‹›"
DOUBLE = "“”„‟«»″〝〞"
DASHES = "‐‑‒–—―−"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Soft hyphens, joiners, marks of direction, byte order marks."""
UNSEEN = {ord(mark): None for mark in INVISIBLE}
PLAIN = str.maketrans({"´": "’", "″": "”", "′": "’"})
"""What NFKC would take apart."""
FOLDED = str.maketrans(
    {**dict.fromkeys(SINGLE, "'"), **dict.fromkeys(DOUBLE, '"')}
    | dict.fromkeys(DASHES, "-")
)
HYPHENS = re.compile(r"-{2,}")
MARKS = re.compile(rf"(?<=\s)[{DASHES}-]+(?=\s)|[{DASHES}-]+|[{SINGLE}{DOUBLE}'\"]")
"""A dash between spaces is another mark than a hyphen in a word."""


def plain(text: str) -> str:
    """A text without what nobody sees: one space for any, compatible forms alike."""
    if text.isascii():
        return " ".join(text.split())
    shown = text.translate(UNSEEN).translate(PLAIN)
    return " ".join(unicodedata.normalize("NFKC", shown).split())


def folded(text: str) -> str:
    """A plain text with one kind of each quotation mark and one of dashes."""
    shown = plain(text)
    if not shown.isascii():
        shown = shown.translate(FOLDED)
    return HYPHENS.sub("-", shown) if "--" in shown else shown


def is_same(before: str, after: str) -> bool:
    """Whether two texts say the same, white space and a new setting of marks aside.

    A setting is new where all marks of a kind changed alike: a program did that. One
    apostrophe that changed among others that did not was changed by somebody.
    """
    if before == after or plain(before) == plain(after):
        return True
    return folded(before) == folded(after) and _is_reset(plain(before), plain(after))


def _is_reset(before: str, after: str) -> bool:
    """Whether no mark that changed somewhere stayed elsewhere."""
    old, new = _marks(before), _marks(after)
    if len(old) != len(new):
        return False
    pairs = list(zip(old, new, strict=True))
    changed = {one for one, other in pairs if one != other}
    return not changed & {one for one, other in pairs if one == other}


def _marks(text: str) -> list[str]:
    """The marks of a text in order, a dash between spaces with one of them."""
    return [
        f" {found[0]}" if text[found.start() - 1 : found.start()] == " " else found[0]
        for found in MARKS.finditer(text)
    ]

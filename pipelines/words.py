"""A text goes in, its words for comparison come out: folded, without punctuation.

Most texts are written in Latin-1 but for their quotation marks and dashes. Their bytes
are looked up in one table, which holds what the rule makes of each character: in
Latin-1 none of them changes beside another.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\w+")
_MARKS = "’‘“”„–—…€•"
"""Frequent characters that Latin-1 lacks, and that part words."""


def words_key(text: str) -> str:
    """Text reduced to its words, for comparison: NFKC, case folded, no punctuation."""
    plain = text
    for mark in _MARKS:
        plain = plain.replace(mark, " ")
    try:
        data = plain.encode("latin-1")
    except UnicodeEncodeError:
        return _key(text)
    if any(sign in data for sign in _BEYOND):
        return _key(text)
    for letter, spelled in _LONGER.items():
        data = data.replace(letter, spelled)
    return b" ".join(data.translate(_SINGLE).split()).decode("latin-1")


def _key(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_WORD.findall(folded))


_ALONE = {bytes([code]): _key(chr(code)) for code in range(256)}
_BEYOND = tuple(sign for sign, words in _ALONE.items() if words > "\xff")
"""Characters that become others which Latin-1 lacks."""
_LONGER = {sign: key.encode() for sign, key in _ALONE.items() if len(key) > 1}
"""Characters that become several."""
_SINGLE = b"".join(
    (key or " ").encode("latin-1") if len(key) < 2 and sign not in _BEYOND else sign
    for sign, key in _ALONE.items()
)
"""What all others become; those above stay."""

"""Raw strings in, storable text out: controls gone, white space folded."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ufeff]")
_C1_CONTROL = re.compile("[\x80-\x9f]")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
SHORT_CHARS = 200
"""Texts up to this length are remembered by what `once` wraps."""
LINE_CHARS = 1_000
"""Texts up to this length are remembered by `key`: at most 4 MB."""
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
# C1 controls are windows-1252 in every page that has them (WHATWG, numeric
# character reference end state).
_C1 = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
FIELD_CHARS = 2_000
"""Longest text kept for a one-line field; longer ones are cut at a word."""


def fold(raw: str) -> str:
    """Return the text on one line, with no character that cannot be stored."""
    folded = " ".join(raw.split())
    if folded.isprintable() and "\x85" not in raw:
        return folded
    return _SPACE.sub(" ", storable(raw)).strip()


def storable(raw: str) -> str:
    """Return the text with unstorable characters taken out, lines as they are."""
    if not raw.isascii() and _C1_CONTROL.search(raw):
        raw = raw.translate(_C1)
    return _UNSTORABLE.sub("", raw)


def field(raw: str) -> str:
    """Return a metadata value as a reader would see it: no entities, no tags.

    Values in attributes and JSON are often escaped twice and may hold markup.
    """
    text = raw[: FIELD_CHARS * 10]
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _MARKUP.sub(" ", text)
    return shorten(fold(text), FIELD_CHARS)


def shorten(text: str, chars: int) -> str:
    """Cut the text to at most so many characters, at a word where one ends."""
    if len(text) <= chars:
        return text
    cut = text[:chars]
    return (cut.rsplit(" ", 1)[0] if " " in cut[chars // 2 :] else cut).rstrip()


def key(text: str) -> str:
    """Return what two spellings of one line share: words, folded."""
    return _line_key(text) if len(text) <= LINE_CHARS else _key(text)


def _key(text: str) -> str:
    if text.isascii():
        return " ".join(_WORD.findall(text.lower()))
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(_WORD.findall(decomposed.translate(_MARKS)))


_line_key = lru_cache(maxsize=4_096)(_key)
"""Most lines of a page are asked for several times."""


class _Marks(dict[int, int | None]):
    """For `str.translate`: combining marks are taken out, all else stays."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.combining(chr(code)) else code
        self[code] = kept
        return kept


_MARKS = _Marks()


def number(text: str) -> int:
    """The number of a line: 64 bits, signed, of a digest of its `text.key`."""
    return number_of(key(text))


@lru_cache(maxsize=4_096)
def number_of(words: str) -> int:
    """The number of the lines whose `text.key` it is given."""
    digest = hashlib.blake2b(words.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def once(judge: Callable[[str], T]) -> Callable[[str], T]:
    """Let a function judge each short line once: a site's pages repeat most of theirs.

    Args:
        judge: A pure function of one text.
    """
    remembered = lru_cache(maxsize=4_096)(judge)

    @wraps(judge)
    def judged(text: str) -> T:
        return remembered(text) if len(text) <= SHORT_CHARS else judge(text)

    return judged


def words(text: str) -> list[str]:
    """Return the words of the text, lower case."""
    return _WORD.findall(text.lower())

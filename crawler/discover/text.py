"""In: text as feeds and pages carry it; out: plain text on one line."""

from __future__ import annotations

import html
import re

# A tag has a letter, a slash or "!" right after its "<": "a < b" stays as it is.
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?(?:-->|\Z)", re.DOTALL)
# Tags inside a word or sentence; every other tag separates two words.
_INLINE = re.compile(
    r"</?(?:a|abbr|b|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|u|wbr)\b[^<>]*>",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.DOTALL | re.IGNORECASE)
# C0 and C1 controls and lone surrogates, white space aside.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")

MAX_CHARS = 20_000


def fold(text: str | None) -> str | None:
    """Runs of white space made one space, controls dropped; None for nothing left."""
    if not text:
        return None
    return " ".join(_CONTROL.sub("", text[:MAX_CHARS]).split()) or None


def plain(markup: str | None) -> str | None:
    """The text of a piece of HTML: tags stripped, entities decoded once, folded."""
    if not markup:
        return None
    cut = _SCRIPT.sub(" ", markup[:MAX_CHARS])
    return fold(html.unescape(_TAG.sub(" ", _INLINE.sub("", cut))))


def unescaped(text: str | None) -> str | None:
    """Plain text with entities decoded once and folded; tags are left as they are."""
    return fold(html.unescape(text[:MAX_CHARS])) if text else None

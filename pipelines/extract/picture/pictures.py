"""A picture's line goes in; caption, credit and licence come out, each by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..text import key
from . import attributions
from .anyof import any_of
from .licences import INSIDE, at_end
from .picture_words import (
    AGENCIES,
    CREDIT_LEADS,
    CREDIT_STARTS,
    PICTURE_WORDS,
    SHOWN,
)

WORDS = any_of(PICTURE_WORDS)
"""A pattern for any word for a picture."""
_PLAIN = (
    rf"{WORDS}\s+{any_of(CREDIT_STARTS)}(?!\w)\s*[:,]?|"
    rf"(?:all )?{any_of(CREDIT_LEADS)}\s*:|"
    rf"{WORDS}\s+(?:und|and|&|et|y|en|och)\s+\w+\s*:|"
    rf"{WORDS}\s*[:/]\s*(?:credit|courtesy of|via)(?!\w)\s*:?|credit\.{{3}}|credit…|"
    rf"courtesy (?:of|:)(?!\w)|©\s*(?:{WORDS}\s*:)?|"
    rf"(?-i:\([cC]\)(?=\s[A-Z0-9]))|{WORDS}\s*:?\s*©"
)
"""Words behind which only a credit can stand."""
_BEGUN = sorted((*PICTURE_WORDS, *CREDIT_LEADS, "all ", "courtesy", "©", "(c)"))
_MAY_BEGIN = (
    rf"(?=[{''.join(dict.fromkeys(word[0] for word in _BEGUN))}])(?={any_of(_BEGUN)})"
)
"""What any of these words begins with: most words of a text are passed over here."""
_AT = rf"[\s.|/;,(\[–—-]{{0,20}}(?<!\w){_MAY_BEGIN}"
ANNOUNCED = re.compile(rf"{_AT}(?:(?P<plain>{_PLAIN})|{WORDS}\s*:)\s*(?=\S)", re.I)
"""Where a credit is announced; in the group where it can be nothing else. The marks
before it are counted: each is tried, and rows of dots would take seconds."""
_EMPTY = re.compile(rf"{_AT}(?:{_PLAIN}|{WORDS}\s*:)\s*$", re.I)
"""The same words with nothing behind them but the licence."""
_SIGNS = (":", "©", "(c)", "credit", "courtesy")
_STARTED = re.compile(r"[\s/](?:source|copyright|by|via)(?!\w)")
"""What announces a credit without any of the signs, in lower case."""
_SHOWN = re.compile(rf"^\W*{any_of(SHOWN)}(?!\w)", re.I)
_NAME_WORD = re.compile(
    r"^[(]?(?:[A-Z0-9À-ÖØ-ÞŁŚŽŠČĐĆŘŐŰİΑ-ΩА-Я@&][\w.'’&/@-]*|v[ao]n|de[nrl]?|d[uiea]|la|le|"
    r"del|of|and|the|und|et|y|via|for|from|by|on|&|/|\||-|–)[),;]?$"
)
_PARTS = re.compile(
    r"\s*[/|]\s*|(?<=[.!?])(?:\s+|(?=[A-Z]))|\s+[–—-]\s+|\s*\((?=[^)]*\)$)"
)
_AGENCY_ENDS = frozenset(name.split()[-1] for name in AGENCIES)
"""The last words of agencies' names."""
MOST_CREDIT_WORDS = 6
"""Words that a credit has at most if they are no names."""
_MOST_NAME_WORDS = 8
MOST_WORDS = 60
MOST_CHARS = 600


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """What stands under a picture."""

    caption: str | None = None
    """What it shows; None if the line does not say."""
    credit: str | None = None
    """Who made it or owns it, without "Photo:" and the like."""
    licence: str | None = None
    """The licence as it is named, such as "CC BY 2.0"."""

    @property
    def role(self) -> str:
        """caption, credit, or caption+credit."""
        parts = [self.caption and "caption", (self.credit or self.licence) and "credit"]
        return "+".join(part for part in parts if part)


def picture(text: str) -> Picture | None:
    """Split a picture's line; None if nothing in it tells of a picture."""
    if len(text) > MOST_CHARS or len(text.split()) > MOST_WORDS:
        return None
    return split(text)


@lru_cache(maxsize=1_024)
def split(text: str) -> Picture | None:
    """Split a picture's line of any length, as `picture` does."""
    if (attributed := _attributed(text)) is not None:
        return attributed
    rest, licence, is_set_off = _licensed(text)
    found = ANNOUNCED.search(rest) if may_announce(rest) else None
    shown = _credited(rest, found, licence) if found is not None else None
    if shown is not None:
        return shown
    if licence and _EMPTY.search(rest):
        return Picture(caption=clean(_EMPTY.sub("", rest)) or None, licence=licence)
    shown = _agency(rest, licence)
    if shown is None and licence and is_set_off:
        shown = _of_licence(clean(rest), licence)
    if shown is None and _SHOWN.match(text):
        return Picture(caption=text)
    return shown


def may_announce(text: str) -> bool:
    """Whether `ANNOUNCED` may find anything in a text; most lack what it needs."""
    lowered = text.lower()
    return any(s in lowered for s in _SIGNS) or _STARTED.search(lowered) is not None


def _attributed(text: str) -> Picture | None:
    """Split a line in one of the forms that licences and agencies ask for."""
    if found := attributions.licensed(text):
        return Picture(
            caption=clean(found["caption"] or "") or None,
            credit=clean(found["credit"]),
            licence=found["licence"],
        )
    led = attributions.led(text)
    if led is not None and _is_maker(credit := clean(led["credit"])):
        return Picture(caption=clean(led["caption"]), credit=credit)
    made = attributions.made(text)
    if made is None or ANNOUNCED.search(text):
        return None
    caption, credit = attributions.head_of(text[: made.start()])
    if not (caption or made["via"]) or not is_credit(credit):
        return None
    return Picture(
        caption=clean(caption) or None, credit=clean(credit), licence=made["licence"]
    )


def _is_maker(text: str) -> bool:
    """Whether a text is an agency's name or has as many words as a person's."""
    parts = re.split(r"\s*[/|]\s*", text)
    return is_credit(text) and (
        any(is_agency(part) for part in parts) or len(text.split()) > 1
    )


def _of_licence(text: str, licence: str) -> Picture:
    """Split what stands before a licence: "Skyline / Jo Hay", a name, a caption."""
    caption, credit = _slashed(text)
    if not credit and is_name(text):
        caption, credit = "", text
    return Picture(caption=caption or None, credit=credit or None, licence=licence)


def _credited(text: str, found: re.Match[str], licence: str | None) -> Picture | None:
    """Split a line at the words that announce its credit."""
    caption, credit = clean(text[: found.start()]), clean(text[found.end() :])
    if licence is None and (code := INSIDE.search(credit)):
        licence, credit = code[1], clean(INSIDE.sub("", credit))
    may_be = is_credit(credit.rstrip("."))
    if found["plain"] and (licence or not caption):
        may_be = may_be or len(credit.split()) <= MOST_CREDIT_WORDS
    if caption and not may_be:
        return None
    if not may_be:
        caption, credit = _slashed(credit)
    return Picture(caption=caption or None, credit=credit or None, licence=licence)


def _licensed(text: str) -> tuple[str, str | None, bool]:
    """Take the licence off the end; tell whether a mark sets it off."""
    found = at_end(text)
    if found is None:
        return text, None, False
    is_set_off = bool(text[found.start() : found.start(1)].strip())
    return text[: found.start()], found[1], is_set_off


def clean(text: str) -> str:
    """Take stray marks off a part; a full stop stays, brackets only in pairs."""
    text = text.strip(" \t/|;,–—-")
    if text.startswith("(") and text.find(")") == len(text) - 1:
        text = text[1:-1].strip()
    if text.count("(") != text.count(")"):
        text = text.strip("()").strip()
    if text.count("[") != text.count("]"):
        text = text.strip("[]").strip()
    return text


def _slashed(text: str) -> tuple[str, str]:
    """Caption and credit of "Image: A tram in Leeds / Getty"; else all is caption."""
    for mark in (" / ", "/", " | "):
        before, found, after = text.rpartition(mark)
        if found and is_credit(after):
            return clean(before), clean(after)
    return text, ""


def _agency(text: str, licence: str | None) -> Picture | None:
    """A line that ends with the name of a picture agency."""
    if _AGENCY_ENDS.isdisjoint(key(text).split()):
        return None
    parts = _PARTS.split(text)
    names = [clean(parts[-1])]
    for part in reversed(parts[:-1]):
        if not is_credit(clean(part)):
            break
        names.insert(0, clean(part))
    if not any(is_agency(name) for name in names):
        return None
    start = text.find(names[0])
    caption, credit = clean(text[:start]), clean(text[start:])
    return Picture(caption=caption or None, credit=credit, licence=licence)


def is_agency(text: str) -> bool:
    """Whether a text names a picture agency, by itself or with "via" before it."""
    name = key(text)
    return name in AGENCIES or (
        " via " in name and name.rpartition(" via ")[2] in AGENCIES
    )


def is_credit(text: str) -> bool:
    """Whether each part of a text could be a name or is an agency's."""
    parts = re.split(r"\s*[/|]\s*", text)
    return all(is_name(part) or is_agency(part) for part in parts)


def is_name(text: str) -> bool:
    """Whether every word of a text could stand in a name."""
    words = text.split()
    return 0 < len(words) <= _MOST_NAME_WORDS and all(
        _NAME_WORD.match(word) for word in words
    )

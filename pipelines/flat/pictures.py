"""A picture's line goes in; caption, credit and licence come out, each by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lines import key
from .words import phrases

_LICENCE = re.compile(
    r"[\s/|,;(–-]*\(?\b("
    r"CC[\s-]?(?:BY(?:[\s-](?:SA|NC|ND))*|0)(?:[\s-]?\d\.\d)?(?:[\s-](?:int|igo|[a-z]{2}))?"
    r"|creative commons(?:\s[\w.-]+){0,6}?(?:\s\d\.\d)?(?=$|[).,;/])"
    r"|public domain|gemeinfrei|domaine public"
    r"|(?:Open Government Licen[cs]e|OGL)(?:\sv?\d(?:\.\d)?)?"
    r"|(?:Unsplash|Pexels|Pixabay) Licen[cs]e)\)?\s*$",
    re.I,
)
_CODE = re.compile(
    r"[\s/|,;(]*\b(CC[\s-]BY(?:[\s-](?:SA|NC|ND))*(?:[\s-]\d\.\d)?)\)?", re.I
)
"""A licence that stands inside a credit: "Jo Hay, CC BY 2.0, via Commons"."""
_WORDS = (
    r"(?:image|images|photo|photos|photograph|photography|picture|pictures|pic|pics|"
    r"illustration|graphic|foto|fotos|bild|bilder|grafik|imagen|immagine|fotografía|"
    r"photographie|beeld)"
)
_PLAIN = (
    rf"{_WORDS}\s+(?:credits?|source|copyright|courtesy of|by)\s*:?|"
    r"crédits?\s+photos?\s*:?|(?:credits?|crédits?|source|quelle|bildquelle|"
    r"bildnachweis|fuente|credito)\s*:|(?:courtesy of)\b|©"
)
"""Words behind which only a credit can stand."""
_INSIDE = re.compile(
    rf"[\s.|/;,(\[–—-]*(?<!\w)(?:(?P<plain>{_PLAIN})|{_WORDS}\s*:)\s*(?=\S)", re.I
)
_EMPTY = re.compile(rf"[\s.|/;,(\[–—-]*(?<!\w)(?:{_PLAIN}|{_WORDS}\s*:)\s*$", re.I)
"""The same words with nothing behind them but the licence."""
_SHOWN = re.compile(
    r"^\W*(?:pictured\b|l-r\b|l to r\b|\(?(?:from )?left to right\b|im bild\b|"
    r"sur la photo\b|en la imagen\b|nella foto\b|op de foto\b)",
    re.I,
)
_NAME_WORD = re.compile(
    r"^[(]?(?:[A-Z0-9À-ÖØ-Þ@&ŁŚŽŠČ][\w.'’&/@-]*|v[ao]n|de[nrl]?|d[uiea]|la|le|del|of|and|the|"
    r"und|et|y|via|for|from|by|on|&|/|\||-|–)[),;]?$"
)
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
    rest, licence, is_set_off = _licensed(text)
    found = _INSIDE.search(rest)
    if found is not None:
        return _credited(rest, found, licence)
    if licence and _EMPTY.search(rest):
        return Picture(caption=_clean(_EMPTY.sub("", rest)) or None, licence=licence)
    shown = _agency(rest, licence)
    if shown is None and licence and is_set_off:
        name = _clean(rest)
        shown = Picture(
            caption=None if _is_name(name) else name,
            credit=name if _is_name(name) else None,
            licence=licence,
        )
    if shown is None and _SHOWN.match(text):
        return Picture(caption=text)
    return shown


def _credited(text: str, found: re.Match[str], licence: str | None) -> Picture | None:
    """Split a line at the words that announce its credit."""
    caption, credit = _clean(text[: found.start()]), _clean(text[found.end() :])
    if licence is None and (code := _CODE.search(credit)):
        licence, credit = code[1], _clean(_CODE.sub("", credit))
    may_be = _is_credit(credit.rstrip("."))
    if found["plain"] and (licence or not caption):
        may_be = may_be or len(credit.split()) <= MOST_CREDIT_WORDS
    if caption and not may_be:
        return None
    if not may_be:
        caption, credit = _slashed(credit)
    return Picture(caption=caption or None, credit=credit or None, licence=licence)


def _licensed(text: str) -> tuple[str, str | None, bool]:
    """Take the licence off the end; tell whether a mark sets it off."""
    found = _LICENCE.search(text)
    if found is None:
        return text, None, False
    is_set_off = bool(text[found.start() : found.start(1)].strip())
    return text[: found.start()], found[1], is_set_off


def _clean(text: str) -> str:
    """Take stray marks off a part; a full stop stays, brackets only in pairs."""
    text = text.strip(" \t/|;,–—-")
    if text.count("(") != text.count(")"):
        text = text.strip("()").strip()
    return text


def _slashed(text: str) -> tuple[str, str]:
    """Caption and credit of "Image: A tram in Leeds / Getty"; else all is caption."""
    for mark in (" / ", "/", " | "):
        before, found, after = text.rpartition(mark)
        if found and _is_credit(after):
            return _clean(before), _clean(after)
    return text, ""


def _agency(text: str, licence: str | None) -> Picture | None:
    """A line that ends with the name of a picture agency."""
    parts = re.split(r"\s*[/|]\s*|(?<=[.!?])\s+|\s+[–—-]\s+|\s*\((?=[^)]*\)$)", text)
    names = [_clean(parts[-1])]
    for part in reversed(parts[:-1]):
        if not _is_credit(_clean(part)):
            break
        names.insert(0, _clean(part))
    if not any(_is_agency(name) for name in names):
        return None
    caption = _clean(text[: text.find(names[0])])
    return Picture(caption=caption or None, credit=" / ".join(names), licence=licence)


def _is_agency(text: str) -> bool:
    """Whether a text names a picture agency."""
    return bool(phrases()["credit"].items.match(key(text)))


def _is_credit(text: str) -> bool:
    """Whether each part of a text could be a name or is an agency's."""
    parts = re.split(r"\s*[/|]\s*", text)
    return all(_is_name(part) or _is_agency(part) for part in parts)


def _is_name(text: str) -> bool:
    """Whether every word of a text could stand in a name."""
    words = text.split()
    return 0 < len(words) <= _MOST_NAME_WORDS and all(
        _NAME_WORD.match(word) for word in words
    )

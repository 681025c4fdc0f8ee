"""A picture's line that says who made it in a set form goes in; its parts come out.

Three forms that licences and agencies ask for: a maker with a licence and where the
picture was found, a title "by" a maker "licensed under", a credit before the caption.
"""

from __future__ import annotations

import re

from .anyof import any_of
from .licences import NAME
from .picture_words import PICTURE_WORDS

_WORDS = any_of(PICTURE_WORDS)
_LICENSED = re.compile(
    rf"^(?:[\"“«„](?P<caption>[^\"”»“]{{2,200}})[\"”»“]|{_WORDS})\s*,?\s+by\s+"
    rf"(?P<credit>\S.{{0,80}}?)\s+is\s+(?:licen[cs]ed|marked|used|shared)\s+"
    rf"(?:under|with)\s+(?:an?\s+|the\s+)?(?P<licence>{NAME})(?:\s+licen[cs]e)?\.?$",
    re.I,
)
_MADE = re.compile(
    rf",\s*(?P<licence>{NAME})(?:\s*<[^<>\s]{{1,200}}>)?"
    rf"(?P<via>,?\s+via\s+[\w .]{{3,40}})?(?P<close>\))?\.?$",
    re.I,
)
_LED = re.compile(
    rf"^(?:(?:{_WORDS})(?:\s+(?:by|credit))?\s*:|credits?\s*:|©(?:\s*(?:{_WORDS})\s*:)?|"
    r"\(c\))\s*(?-i:(?P<credit>(?:[^.:]|(?<=\b[A-Z])\.){2,80}?)\.\s+"
    r"(?P<caption>[\"“«„]?[^\W\d_a-z].*))$",
    re.I,
)
_RIGHTS = re.compile(
    r"(?:all rights|alle rechte|tous droits|todos los derechos|tutti i diritti|todos os"
    r"|used (?:with|by|under)|reproduced|courtesy|licen[cs]ed|click|view|see more|more"
    r" at)\b|.*\b(?:©|rights reserved)",
    re.I,
)
"""What follows a credit without being a caption."""
_ORDINARY = re.compile(r"(?<!\S)[^\W\d_A-Z][^\W\d_]*")
_STOP = re.compile(r"(?<=\w{3})[.!?][\"”’»]?\s+(?=\S)")
_ARTICLES = frozenset(
    ("the", "a", "an", "der", "die", "das", "ein", "eine", "le", "la", "les", "un",
     "une", "el", "los", "las", "il", "lo", "het", "een")
)  # fmt: skip
"""What begins no person's name; "Photo:" may begin a caption as well."""
_LEAST_WORDS, _MOST_PARTS = 3, 6


def licensed(text: str) -> re.Match[str] | None:
    """Match '"Quay" by Jo Hay is licensed under CC BY 2.0' and its three parts."""
    return _LICENSED.match(text) if " by " in text else None


def made(text: str) -> re.Match[str] | None:
    """Match the end of "Jo Hay, CC BY 2.0, via Wikimedia Commons": licence, via."""
    return _MADE.search(text)


def led(text: str) -> re.Match[str] | None:
    """Match "© Jo Hay. The quay at dusk": a credit, then a sentence as its caption.

    The credit is still to be checked for being a name.
    """
    found = _LED.match(text)
    if found is None or _RIGHTS.match(found["caption"]):
        return None
    is_sentence = len(found["caption"].split()) >= _LEAST_WORDS
    is_told = is_sentence and _ORDINARY.search(found["caption"]) is not None
    parts = re.split(r"[\s/]+", found["credit"].strip())
    is_plain = parts[0].lower() in _ARTICLES or any(p[:1].islower() for p in parts)
    return found if is_told and len(parts) <= _MOST_PARTS and not is_plain else None


def head_of(text: str) -> tuple[str, str]:
    """Cut what stands before a licence into caption and maker; one may be empty.

    "The quay (Jo Hay" and "The quay. Jo Hay"; initials end no sentence.
    """
    before, bracket, after = text.rpartition("(")
    if bracket and ")" not in after:
        return before.strip(), after.strip()
    stops = list(_STOP.finditer(text))
    if not stops:
        return "", text.strip()
    return text[: stops[-1].end()].strip(), text[stops[-1].end() :].strip()

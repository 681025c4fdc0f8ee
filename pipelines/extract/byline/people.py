"""A byline's text in, the names in it out: no "By", no roles, no addresses.

And what a name stands for: a person, a news agency or another organisation. The words
that tell lie in names.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Literal

from ..text import field, key, once
from .name_words import (
    ACCOUNT,
    ACCOUNTS,
    AGENCY,
    ARTICLES,
    CODED,
    COMMA,
    COMPOUND,
    DATE_FIRST,
    DATED_LEAD,
    DEGREE,
    FUNCTION,
    HEADS,
    HOST,
    JOINT,
    LEAD,
    LED,
    MAX_NAME_CHARS,
    MAX_NAME_WORDS,
    NOT_NAMES,
    ONLY_PLACE,
    PARTICLES,
    PICTURED,
    PLACED,
    ROLE,
    SENT,
    STAFF,
    TAIL,
    VOWEL,
)

Kind = Literal["person", "agency", "organisation"]
_DATA = tomllib.loads(
    files(__package__).joinpath("names.toml").read_text(encoding="utf-8")
)
_GIVEN = frozenset(map(key, _DATA["given"].split()))
_AGENCIES = frozenset(map(key, _DATA["agencies"]))
_CODES = frozenset(name for name in _DATA["agencies"] if " " not in name)
_ORGANISATIONS = frozenset(map(key, _DATA["organisations"].split()))
_LAST_NAMES = frozenset(map(key, _DATA["last_names_too"].split()))


@once
def kind_of(name: str) -> Kind:
    """Return what a byline's name stands for, as far as its words tell.

    Args:
        name: One name, as `people` returns it.
    """
    if _is_agency(name):
        return "agency"
    words = key(name).split()
    return "organisation" if words and _is_organisation(name, words) else "person"


def is_given_name(word: str) -> bool:
    """Whether a word is a common given name."""
    return key(word) in _GIVEN


@once
def is_surely_person(name: str) -> bool:
    """Whether a name begins with a common given name and no word speaks against it."""
    words = key(name).split()
    return (
        is_full_name(name)
        and words[0] in _GIVEN
        and _ORGANISATIONS.isdisjoint(words)
        and _LAST_NAMES.isdisjoint(words)
        and kind_of(name) == "person"
    )


def _is_agency(name: str) -> bool:
    """Whether every part of a name, as in "dpa/AFP", is a news agency's."""
    parts = [re.sub(r"^the\s+", "", p.strip(), flags=re.I) for p in name.split("/")]
    return all(
        part in _CODES
        or (key(part) in _AGENCIES and key(part) not in _GIVEN)
        or AGENCY.search(part) is not None
        or (" " in part and part.split()[0] in _CODES and not _is_personal(part))
        for part in parts
    )


def _is_personal(name: str) -> bool:
    """Whether what follows an agency's code makes a person's name of it."""
    return is_full_name(name) and not set(key(name).split()[1:]) & _ORGANISATIONS


def _is_organisation(name: str, words: list[str]) -> bool:
    """Whether the words of a name are an organisation's."""
    said = set(words) & (_ORGANISATIONS | _LAST_NAMES)
    said.update(word for word in words if COMPOUND.search(word))
    if len(words) == 1:
        shouted = name.isupper() and name.isascii() and len(name) > 2
        return bool(said) or shouted or HOST.search(name) is not None
    if said and words[0] in _GIVEN and len(words) < 4:
        said -= _LAST_NAMES
    titled = len(words) == 2 and words[0] in ("la", "le") and words[1] not in _GIVEN
    return bool(said) or titled or words[0] in ARTICLES or HOST.search(name) is not None


def people(texts: Iterable[str], not_names: frozenset[str]) -> tuple[str, ...]:
    """Return the names that bylines hold, in order, each once.

    Args:
        texts: Bylines or single names.
        not_names: `text.key` of what is no person here, such as the site's name.
    """
    found: dict[str, str] = {}
    for text in texts:
        for name in _split(text):
            known = key(name)
            if known and known not in not_names:
                found.setdefault(known, name)
    return tuple(found.values())


@once
def is_full_name(text: str) -> bool:
    """Whether a text has the shape of a person's name: two to four capital words."""
    words = text.split() if len(text) <= 40 else []
    capital = [w for w in words if w[0].isupper()]
    return (
        2 <= len(capital) <= 4
        and len(words) <= 5
        and len(capital[-1]) > 1
        and _is_shaped(text)
        and _is_name(text)
        and ROLE.search(text) is None
        and all(c.isalpha() or c in " .'’-" for c in text)
    )


@once
def _split(text: str) -> tuple[str, ...]:
    """Return the names of one byline."""
    if text.strip(" ()[]") in _CODES:
        return (text.strip(" ()[]"),)
    line = NOT_NAMES.sub(" ", field(text)).strip(" ,;:|-–—•·")
    line = DATE_FIRST.sub("", DATED_LEAD.sub("", line))
    if PICTURED.match(f".{line}") and line.count(":") < 2:
        return ()  # whose the pictures are, and no more
    pictured = PICTURED.search(line)
    if pictured is not None and " " in line[: pictured.start()]:
        line = line[: pictured.start()]
    line = LEAD.sub("", LEAD.sub("", line.strip(" ,;:|-–—•·"))).strip()
    line = TAIL.sub("", line)
    if STAFF.fullmatch(line):
        return (line,)
    phrases = [LED.sub("", phrase) for phrase in COMMA.split(line)]
    people_first = [p for p in _unemployed(phrases) if not ROLE.search(p)] or phrases
    parts = [_trim(part) for phrase in people_first for part in JOINT.split(phrase)]
    names = [part for part in parts if part and _is_name(part)]
    if any(map(_is_shaped, names)):
        names = [name for name in names if _is_shaped(name) or name in _CODES]
    else:
        names = [name for name in names if len(names) == 1 or " " not in name]
    bare = [name for name in names if not ROLE.search(name)]
    return tuple(_own(bare or [name for name in names if not _only_role(name)]))


def _unemployed(phrases: list[str]) -> list[str]:
    """Leave out whom a person works for: what follows a function, and is no person."""
    kept: list[str] = []
    role = ""
    for number, phrase in enumerate(phrases):
        if number and ROLE.search(phrase):
            role = phrase
        elif not role or not _is_employer(phrase, role):
            kept.append(phrase)
    return kept


def _is_employer(phrase: str, role: str) -> bool:
    """Whether a phrase after somebody's function names whom they work for."""
    name = re.sub(r"^(?:and|und|et|y|&)\s+", "", phrase.strip(" .|-–—·•"))
    if is_given_name(name) or kind_of(name) == "agency" or JOINT.search(name):
        return False
    if not is_full_name(name):
        return True
    return HEADS.search(role) is not None and not is_surely_person(name)


def _own(names: list[str]) -> list[str]:
    """Leave out what a person named first has learned and works for."""
    if len(names) < 2 or not is_full_name(names[0]) or kind_of(names[0]) != "person":
        return names
    return [names[0], *(name for name in names[1:] if not _is_beside(name))]


def _is_beside(name: str) -> bool:
    """Whether what follows a name is a degree or an organisation, but no agency."""
    kind = kind_of(name)
    return kind == "organisation" or (
        kind == "person" and DEGREE.fullmatch(name) is not None
    )


def _trim(part: str) -> str:
    """Take lead words and stray marks off one name."""
    part = LEAD.sub("", part.strip(" ,;:|-–—•·.\u2019'\"")).strip()
    if part.isupper() and len(part) > 5 and " " in part:
        part = " ".join(map(_cased, part.split()))
    part = SENT.sub(r"\1", PLACED.sub(r"\1", part))
    found = FUNCTION.match(part) or CODED.match(part)
    return found.group(1) if found and is_surely_person(found.group(1)) else part


def _cased(word: str) -> str:
    """Return a word in capitals as others are written, but a code as it is."""
    is_code = len(word) < 5 and VOWEL.search(word) is None
    return word if is_code or word in _CODES else word.title()


def _is_name(part: str) -> bool:
    """Whether a text could be a person's or an agency's name."""
    words = part.split()
    return (
        1 < len(part) <= MAX_NAME_CHARS
        and len(words) <= MAX_NAME_WORDS
        and any(c.isalpha() for c in part)
        and key(part) not in ACCOUNTS
        and ONLY_PLACE.fullmatch(part) is None
        and (not any(c.isdigit() for c in part) or ACCOUNT.fullmatch(part) is not None)
    )


def _is_shaped(name: str) -> bool:
    """Whether every word begins as in a name: with a capital, or it is a particle."""
    words = name.split()
    return not name.islower() and all(
        not w[0].islower() or w.lower() in PARTICLES or any(c.isupper() for c in w)
        for w in words
    )


def _only_role(name: str) -> bool:
    """Whether a text names a function and nobody in it."""
    rest = ROLE.sub("", name).strip(" -–")
    return not rest or rest.islower()

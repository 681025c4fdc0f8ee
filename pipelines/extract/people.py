"""A byline's text in, the names in it out: no "By", no roles, no addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .text import field, key

_LEAD = re.compile(
    r"^(?:(?:(?:written|posted|published|reported|story|words|text|article|report|"
    r"submitted|contributed|edited|compiled|review(?:ed)?|interview|created|added|"
    r"erstellt|verfasst|geschrieben|artikel|alles|beitrag|pressemitteilung|publié|"
    r"écrit|"
    r"escrito|scritto)\s*)(?:by\b|von\b|par\b|por\b|da\b|:)|by\b|von\b|par\b|por\b|"
    r"(?:read|view|see|show)\s+(?:more|all)\s+(?:(?:posts|articles|"
    r"stories)\s+)?(?:about|by|of|from)\b|"
    r"author[s]?\b|autor(?:in|en)?\b|reporter\b|redaktion\s*:|"
    r"words\b(?=\s*:))\s*[:\-–]?\s*",
    re.I,
)
_TAIL = re.compile(
    r"\s*(?:\s[|·•–—]\s|\||\bpublished\b|\bupdated\b|\bposted\b|\blast modified\b|"
    r"\bview all\b|\bsee all\b|\bmore (?:from|by)\b|\bfollow\b|\bfor the\b|\bis an?\b|"
    r"\bin\b(?=\s+[A-Z])|\bat\s+\d|\bon\s+(?:\d|[A-Z][a-z]{2,8}\b)|"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
    r"\b\d{1,2}[./:]\d{1,2}|\b(?:19|20)\d\d\b|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d).*$",
    re.I | re.S,
)
_NOT_NAMES = re.compile(
    r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+|\(([^()]*)\)|\[[^\]]*\]", re.I
)
_COMMA = re.compile(r"\s*[,;|\n]\s*")
_JOINT = re.compile(r"\s*[,;/|\n]\s*|\s+(?:and|und|et|y|&|with|mit|e)\s+|\s*&\s*", re.I)
_ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|journalist|columnist|editorial|chief|"
    r"director|manager|officer|analyst|contributor|senior|head of|president|founder|"
    r"professor|lecturer|partner|consultant|bureau|producer|photographer|secretary|"
    r"redakteur(?:in)?|reporterin|korrespondent(?:in)?|chefredakteur(?:in)?|"
    r"autor(?:in)?|"
    r"journaliste|rédacteur|rédactrice|periodista|staff|freelance|deputy|assistant|"
    r"specialist|strategist|ceo|cto|cfo|coo|phd|md|dr\. med|guest|ressort\w*|"
    r"volontär(?:in)?)\b",
    re.I,
)
_ACCOUNTS = frozenset(
    ("admin", "administrator", "webmaster", "root", "user", "guest", "editor",
     "unknown", "anonymous", "none", "null", "author", "default", "wordpress",
     "site admin",
     "web admin", "undefined", "n a", "redakteur", "staff", "test", "profile",
     "author name",
     "by", "view profile", "share", "comments", "email", "twitter", "facebook",
     "contributor",
     "read more", "see more", "bio", "about", "follow", "posted", "written",
     "super user",
     "website", "writer", "name", "datum", "date", "folgen", "originally", "text",
     "foto",
     "view more posts", "alle artikel", "show all articles", "home", "news",
     "no author",
     "zur artikelubersicht", "hinterlasse einen kommentar", "reply", "antworten",
     "leave a comment", "not available", "team", "published", "contact", "authors",
     "about the author", "subscribe")
)  # fmt: skip
_MAX_NAME_CHARS = 60
_MAX_NAME_WORDS = 6


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


def _split(text: str) -> list[str]:
    """Return the names of one byline."""
    line = _NOT_NAMES.sub(" ", field(text))
    line = _LEAD.sub("", _LEAD.sub("", line.strip(" ,;:|-–—•·"))).strip()
    line = _TAIL.sub("", line)
    phrases = _COMMA.split(line)
    people_first = [p for p in phrases if not _ROLE.search(p)] or phrases
    parts = [_trim(part) for phrase in people_first for part in _JOINT.split(phrase)]
    names = [part for part in parts if part and _is_name(part)]
    capitals = [name for name in names if not name.islower()]
    names = capitals or names
    bare = [name for name in names if not _ROLE.search(name)]
    return bare or [name for name in names if not _only_role(name)]


def _trim(part: str) -> str:
    """Take lead words and stray marks off one name."""
    part = _LEAD.sub("", part.strip(" ,;:|-–—•·.\u2019'\"")).strip()
    if part.isupper() and len(part) > 5 and " " in part:
        part = part.title()
    return part


def _is_name(part: str) -> bool:
    """Whether a text could be a person's or an agency's name."""
    words = part.split()
    return (
        1 < len(part) <= _MAX_NAME_CHARS
        and len(words) <= _MAX_NAME_WORDS
        and any(c.isalpha() for c in part)
        and key(part) not in _ACCOUNTS
        and not any(c.isdigit() for c in part)
    )


def _only_role(name: str) -> bool:
    """Whether a text names a function and nobody in it."""
    rest = _ROLE.sub("", name).strip(" -–")
    return not rest or rest.islower()

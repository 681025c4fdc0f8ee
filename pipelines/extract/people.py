"""A byline's text in, the names in it out: no "By", no roles, no addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .text import field, key

_LEAD = re.compile(
    r"^(?:(?:(?:written|posted|published|reported|story|words|text(?:\s+und\s+fotos?)?|"
    r"article|report|submitted|contributed|edited|compiled|review(?:ed)?|interview|"
    r"created|added|researched|erstellt|verfasst|geschrieben|artikel|alles|beitrag|"
    r"kommentar|pressemitteilung|publié|écrit|escrito|scritto|geschreven|skrevet|"
    r"skriven)\s*)"
    r"(?:by\b|von\b|par\b|por\b|da\b|door\b|av\b|af\b|:)|by\b|vo[nm]\b|par\b|por\b|"
    r"(?:di|door|av|af|da)\b(?=\s+[A-Z])|"
    r"(?:read|view|see|show)\s+(?:more|all)\s+(?:(?:posts|articles|"
    r"stories)\s+)?(?:about|by|of|from)\b|"
    r"(?:alle\s+)?beiträge\s+von\b|(?:articles|posts|stories)\s+by\b|"
    r"author[s]?\b|autor(?:in|en|a|es)?\b|auteurs?\b|reporter\b|redaktion\s*:|"
    r"words\b(?=\s*:))\s*[:\-–]?\s*",
    re.I,
)
_DATED_LEAD = re.compile(
    r"^[^|]{0,70}\d[^|]{0,20}?\b(?:by|von|par|por)\b:?\s+(?=\w)", re.I
)
"""What stands before a name that follows a date: "Posted on 3 May 2021 by"."""
_TAIL = re.compile(
    r"\s*(?:\s[|·•–—]\s|\||\bpublished\b|\bupdated\b|\bposted\b|\blast modified\b|"
    r"\bview all\b|\bsee all\b|\balle (?:artikel|beiträge)\b|\bmore (?:from|by)\b|"
    r"\bfollow\b|\bfor the\b|\bis an?\b|"
    r"\bon behalf of\b|\breviewed by\b|\bedited by\b|\bfact[ -]checked by\b|"
    r"\bin\b(?=\s+[A-Z]|$)|\bat\s+\d|\bon\s+(?:\d|[A-Z][a-z]{2,8}\b)|"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
    r"\b\d{1,2}[./:]\d{1,2}|\b(?:19|20)\d\d\b|\b\d+\s*min\b|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d).*$",
    re.I | re.S,
)
_DATE_FIRST = re.compile(
    r"^\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)[a-z]*,?\s+)?"
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|"
    r"\d{1,2}\.?\s+[^\W\d]{3,10}\.?,?\s+\d{4}|[^\W\d]{3,10}\.?\s+\d{1,2},?\s+\d{4})"
    r"(?:,?\s+(?:(?:um|at|à)\s+)?\d{1,2}[:.]\d\d(?:\s*(?:uhr|h|am|pm))?)?\s*"
    r"(?:[|·•–—/,-]\s*)?",
    re.I,
)
"""A date, and a time, before the name."""
_NOT_NAMES = re.compile(
    r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+|\(([^()]*)\)|\[[^\]]*\]", re.I
)
_COMMA = re.compile(r"\s*[,;|\n]\s*")
_JOINT = re.compile(
    r"\s*[,;/|\n]\s*|\s+(?:and|und|et|y|&|\+|with|mit|e|og|och|en|ve|oraz)\s+|"
    r"^and\s+|\s*&\s*",
    re.I,
)
_ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|journalist|columnist|editorial|chief|"
    r"director|manager|officer|analyst|contributor|senior|head of|president|founder|"
    r"professor|lecturer|educators?|partner|consultant|bureau|producer|photographer|"
    r"secretary|"
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
     "about the author", "subscribe", "teilen", "share this", "web share", "mastodon",
     "linkedin", "instagram", "youtube", "bluesky", "threads", "whatsapp", "pinterest",
     "xing", "rss", "tweet", "print", "drucken", "partager", "compartir", "condividi",
     "merken", "zeige", "photo", "log in", "log", "sign in", "read comments", "medium",
     "podcast", "spotify", "contact me", "kommentare", "newsletter", "login",
     "anmelden", "more", "mehr",
     "advertisement", "anzeige", "sponsored", "read time", "min read", "last updated",
     "table of contents", "contents", "inhaltsverzeichnis", "post views", "cc by",
     "expert reviewed", "uppdaterad", "article written by")
)  # fmt: skip
_PLACE = (
    r"(?:Las Vegas|Los Angeles|New (?:York|Delhi|Orleans)|Hong Kong|Tel Aviv|"
    r"San (?:Francisco|Diego|Antonio|Jose)|Cape Town|Buenos Aires|Kuala Lumpur|"
    r"Abu Dhabi|Mexico City|Salt Lake City|Washington,? D\.?C\b\.?)"
)
"""Places of several words, which no person is called."""
_PLACED = re.compile(
    r"^((?!The\b)[^\W\d_a-z][\w.'’\-]*(?:\s+(?!The\b)[^\W\d_a-z][\w.'’\-]*){1,2})"
    rf"\s+(?:{_PLACE}(?:\s.*)?|(?:Senior|Associate|Deputy|Assistant|Freelance|"
    r"Managing|Contributing)\s.+)$"
)
"""A name and, with no mark between, its place, a paper called after one, or a role."""
_ONLY_PLACE = re.compile(_PLACE)
_MAX_NAME_CHARS = 60
_MAX_NAME_WORDS = 6
_PARTICLES = frozenset(
    ("de", "du", "des", "van", "von", "der", "den", "del", "della", "di", "da", "dos",
     "la", "le", "el", "al", "bin", "ibn", "ten", "ter", "zu", "zum", "af", "av",
     "y", "und", "v", "of", "the", "for", "and")
)  # fmt: skip
_ACCOUNT = re.compile(r"[^\W\d_][\w.\-]{0,18}\d{1,4}|[^\W\d_]\w*\d\w*[^\W\d_]")
"""An account's name with digits in it; not a number with a unit."""


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


def is_full_name(text: str) -> bool:
    """Whether a text has the shape of a person's name: two to four capital words."""
    words = text.split()
    capital = [w for w in words if w[0].isupper()]
    return (
        2 <= len(capital) <= 4
        and len(words) <= 5
        and len(text) <= 40
        and len(capital[-1]) > 1
        and _is_shaped(text)
        and _is_name(text)
        and _ROLE.search(text) is None
        and all(c.isalpha() or c in " .'’-" for c in text)
    )


def _split(text: str) -> list[str]:
    """Return the names of one byline."""
    line = _NOT_NAMES.sub(" ", field(text)).strip(" ,;:|-–—•·")
    line = _DATE_FIRST.sub("", _DATED_LEAD.sub("", line))
    line = _LEAD.sub("", _LEAD.sub("", line.strip(" ,;:|-–—•·"))).strip()
    line = _TAIL.sub("", line)
    phrases = _COMMA.split(line)
    people_first = [p for p in phrases if not _ROLE.search(p)] or phrases
    parts = [_trim(part) for phrase in people_first for part in _JOINT.split(phrase)]
    names = [part for part in parts if part and _is_name(part)]
    shaped = [name for name in names if _is_shaped(name)]
    names = shaped or [name for name in names if len(names) == 1 or " " not in name]
    bare = [name for name in names if not _ROLE.search(name)]
    return bare or [name for name in names if not _only_role(name)]


def _trim(part: str) -> str:
    """Take lead words and stray marks off one name."""
    part = _LEAD.sub("", part.strip(" ,;:|-–—•·.\u2019'\"")).strip()
    if part.isupper() and len(part) > 5 and " " in part:
        part = part.title()
    return _PLACED.sub(r"\1", part)


def _is_name(part: str) -> bool:
    """Whether a text could be a person's or an agency's name."""
    words = part.split()
    return (
        1 < len(part) <= _MAX_NAME_CHARS
        and len(words) <= _MAX_NAME_WORDS
        and any(c.isalpha() for c in part)
        and key(part) not in _ACCOUNTS
        and _ONLY_PLACE.fullmatch(part) is None
        and (not any(c.isdigit() for c in part) or _ACCOUNT.fullmatch(part) is not None)
    )


def _is_shaped(name: str) -> bool:
    """Whether every word begins as in a name: with a capital, or it is a particle."""
    words = name.split()
    return not name.islower() and all(
        not w[0].islower() or w.lower() in _PARTICLES or any(c.isupper() for c in w)
        for w in words
    )


def _only_role(name: str) -> bool:
    """Whether a text names a function and nobody in it."""
    rest = _ROLE.sub("", name).strip(" -–")
    return not rest or rest.islower()

"""What a reader typed goes in; an FTS5 expression with its filters comes out.

The language: words are joined by AND; "…" is a phrase; -word or NOT word excludes;
OR joins its two neighbours and binds tighter than AND; word* is a prefix;
site:name, year:2019, year:2017..2019 and year:undated filter. Every word reaches
FTS5 between quotation marks, so that nothing typed can be read as FTS5 syntax.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from archive.errors import QueryError

MAX_CHARS = 1000
"""Longer queries are pasted by mistake; the limit keeps the cost of reading one low."""
MAX_TERMS = 60
"""FTS5 refuses expressions deeper than 256; this stays far below it."""
MIN_PREFIX = 2
"""A prefix of one letter makes FTS5 merge the lists of a large part of all words."""
MAX_YEARS = 200
UNDATED = 0
"""Stands for "no known day" among years."""

TEXT_COLUMNS = "{headline standfirst body}"
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
TOKEN = re.compile(
    r'(?P<minus>-?)(?:(?P<filter>site|year):(?P<value>"[^"]*"?|[^\s()]+)'
    r'|"(?P<phrase>[^"]*)"?(?P<star>\*?)|(?P<word>[^\s"()]+))',
    re.IGNORECASE,
)
YEARS = re.compile(r"(\d{4})(?:\.\.\.?|-|–)(\d{4})|(\d{4})|(undated)", re.IGNORECASE)

# The index holds Porter stems, so a prefix that reaches into an ending ("regulati")
# is no prefix of the stem ("regul"). Spelling such a prefix out to whole words with
# these endings, which FTS5 then stems itself, finds them all the same.
ENDINGS_TEXT = """
able ability ably al ality alise alised alises alising alisation alism alist alize
alized alizing alization ally ance ances ancy ant ants ate ated ately ates ating ation
ational ations ative atively ator ators ed edly eed ement ements ence ences encies ency
ent ently ents er ers es ful fully fulness iable iance ible ibly ibility ic ical ically
icate icated icates icating icative iciti icity ied ier ies ily iness ing ingly ings ion
ional ionally ions ious iously ise ised ises ising isation ism ist ists ities ity ive
ively iveness ize ized izes izing ization less ly ment ments ness ology or ors ous ously
ousness s sses sion sions tion tional tionally tions y
"""
ENDINGS = tuple(ENDINGS_TEXT.split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """One search expression, understood."""

    match: str | None
    """FTS5 expression confined to the text columns; None if only filters were typed."""
    sites: tuple[str, ...] = ()
    """Names after site:, as typed."""
    years: tuple[int, ...] = ()
    """Years after year:; UNDATED stands for articles without a day."""
    notes: tuple[str, ...] = ()
    """What the reader should know of how the query was read; one sentence each."""


@dataclass(slots=True)
class _Parts:
    """What has been read of a query so far."""

    groups: list[list[str]] = field(default_factory=list)
    """Alternatives; every group must match."""
    excluded: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    joined: bool = False
    """The last token was OR."""
    negated: bool = False
    """The last token was NOT."""


def parse(text: str) -> Query:
    """Read what a reader typed.

    Raises:
        QueryError: there is nothing to look for, only exclusions, or a filter or
            prefix that means nothing; the message says what to do.
    """
    cleaned = _clean(text)
    if len(cleaned) > MAX_CHARS:
        raise QueryError(text[:40] + "…", f"it is longer than {MAX_CHARS} characters")
    parts = _Parts()
    for token in TOKEN.finditer(cleaned):
        _take(parts, token, text)
    terms = len(parts.excluded) + sum(map(len, parts.groups))
    if terms > MAX_TERMS:
        raise QueryError(text, f"it has more than {MAX_TERMS} words")
    outside = re.sub(r'"[^"]*"?', "", cleaned)
    return Query(
        match=_expression(parts, text),
        sites=tuple(dict.fromkeys(parts.sites)),
        years=tuple(dict.fromkeys(parts.years)),
        notes=("Brackets are ignored.",) if re.search(r"[()]", outside) else (),
    )


def _clean(text: str) -> str:
    """Drop what SQLite cannot take and turn typographic quotation marks into "."""
    kept = (" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)
    return "".join(kept).translate(QUOTES).strip()


def _take(parts: _Parts, token: re.Match[str], text: str) -> None:
    """Add one token to the parts."""
    word = token["word"]
    if token["filter"]:
        _take_filter(parts, token, text)
    elif word == "OR" and not token["minus"]:
        parts.joined = True
        return
    elif word == "NOT" and not token["minus"]:
        parts.negated = True
        return
    elif word != "AND":
        _take_term(parts, _term(token, text), excluded=bool(token["minus"]))
    parts.joined = parts.negated = False


def _take_term(parts: _Parts, term: str | None, *, excluded: bool) -> None:
    """Add a word or phrase where it belongs; None is one without any letter."""
    if term is None:
        return
    if excluded or parts.negated:
        parts.excluded.append(term)
    elif parts.joined and parts.groups:
        parts.groups[-1].append(term)
    else:
        parts.groups.append([term])


def _take_filter(parts: _Parts, token: re.Match[str], text: str) -> None:
    """Add a site: or year: filter."""
    if token["minus"] or parts.negated:
        raise QueryError(text, "a site or a year cannot be excluded, only chosen")
    value = token["value"].strip('"').strip()
    if token["filter"].lower() == "site":
        if not value:
            raise QueryError(text, "a name must follow site:")
        parts.sites.append(value)
    else:
        parts.years.extend(_years(value, text))


def _years(value: str, text: str) -> list[int]:
    """Spell out 2019, 2017..2019 or undated."""
    found = YEARS.fullmatch(value)
    if found is None:
        raise QueryError(text, "year: takes 2019, 2017..2019 or undated")
    if found[4]:
        return [UNDATED]
    low, high = sorted((int(found[1] or found[3]), int(found[2] or found[3])))
    if high - low >= MAX_YEARS:
        raise QueryError(text, f"a range of years holds at most {MAX_YEARS} years")
    return list(range(low, high + 1))


def _term(token: re.Match[str], text: str) -> str | None:
    """Quote a word or phrase for FTS5; None if no letter or digit is in it."""
    if token["phrase"] is not None:
        bare, prefix = token["phrase"], bool(token["star"])
    else:
        bare, prefix = token["word"].rstrip("*"), token["word"].endswith("*")
    if not any(_is_token(character) for character in bare):
        return None
    if not prefix:
        return _quoted(bare)
    last = _last_token(bare)
    if len(last) < MIN_PREFIX:
        raise QueryError(text, f"at least {MIN_PREFIX} letters must stand before *")
    whole = "".join(filter(_is_token, bare)) == last
    spelt = [_quoted(word) for word in _spelt_out(last)] if whole else []
    return " OR ".join([_quoted(bare) + " *", *spelt])


def _is_token(character: str) -> bool:
    """Whether FTS5's unicode61 sees a letter or digit; all else separates words."""
    category = unicodedata.category(character)
    return category[0] in "LN" or category == "Co"


def _last_token(text: str) -> str:
    """The last word of a text as FTS5 cuts it."""
    spaced = "".join(c if _is_token(c) else " " for c in text)
    words = spaced.split()
    return words[-1] if words and _is_token(text.rstrip()[-1]) else ""


def _spelt_out(prefix: str) -> list[str]:
    """Whole words that begin with a prefix and end in one of ENDINGS."""
    words = []
    for ending in ENDINGS:
        for shared in range(min(len(ending), len(prefix))):
            if prefix.endswith(ending[:shared]):
                words.append(prefix + ending[shared:])
    return list(dict.fromkeys(words))


def _quoted(text: str) -> str:
    """Make an FTS5 string of a text."""
    return '"' + text.replace('"', '""') + '"'


def _expression(parts: _Parts, text: str) -> str | None:
    """Join the parts to one FTS5 expression over the text columns."""
    if not parts.groups:
        if parts.excluded:
            raise QueryError(text, "it only excludes; add a word to look for")
        if parts.sites or parts.years:
            return None
        raise QueryError(text, "there is no word in it; type at least one")
    wanted = " AND ".join(f"({' OR '.join(group)})" for group in parts.groups)
    if parts.excluded:
        wanted = f"({wanted}) NOT ({' OR '.join(parts.excluded)})"
    return f"{TEXT_COLUMNS} : ({wanted})"

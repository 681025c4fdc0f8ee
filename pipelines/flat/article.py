"""A reading of a document goes in; the `Article` that the archive keeps comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.records import Article, Block, Moment
from pipelines.extract.byline.people import kind_of
from pipelines.extract.dated.dates import parse
from pipelines.extract.dated.moments import Clock, moment

from .bylines import names
from .lines import key
from .reading import Facts, Reading
from .sheet import Labelled
from .text_lines import is_rule

LANGUAGES = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr",
    "francais": "fr", "spanish": "es", "espanol": "es", "spanish castilian": "es",
    "italian": "it", "italiano": "it", "dutch": "nl", "nederlands": "nl",
    "portuguese": "pt", "swedish": "sv", "danish": "da", "norwegian": "no",
    "finnish": "fi", "polish": "pl", "czech": "cs", "russian": "ru",
    "japanese": "ja", "chinese": "zh", "korean": "ko", "arabic": "ar", "turkish": "tr",
}  # fmt: skip
"""Names under which press databases list languages, to BCP 47."""
_TEXT_ROLES = frozenset(["body", "subhead", "list", "table", "quote"])
SUBHEAD_LEVEL = 2
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """What is known of a document besides its text."""

    url: str
    """The article's address, or a name for it where it has none."""
    language: str | None = None
    """Of the site."""
    zone: str | None = None
    """IANA name of the site's time zone."""


def article_of(reading: Reading, setting: Setting) -> Article | None:
    """Make the article of a reading; None if it has neither headline nor text."""
    facts = reading.facts
    blocks = tuple(blocks_of(reading.labelled))
    if not facts.headline and not blocks:
        return None
    values: dict[str, object] = {
        "standfirst": facts.standfirst,
        "authors": _authors(facts),
        "published": _moment(facts.published, setting),
        "updated": _moment(facts.updated, setting),
        "section": facts.section,
        "tags": facts.tags,
        "language": _language(facts.language) or setting.language,
    }
    stated = {name: value for name, value in values.items() if value}
    sources = dict.fromkeys(
        ("headline", *(("body",) if blocks else ()), *stated), "text"
    )
    if "language" in stated and not _language(facts.language):
        sources["language"] = "profile"
    return Article(
        url=setting.url,
        headline=facts.headline,
        author_kinds={name: kind_of(name) for name in _authors(facts)},
        blocks=blocks,
        sources=sources,
        **stated,  # type: ignore[arg-type]  # the fields' own types, chosen by name
    )


def _authors(facts: Facts) -> tuple[str, ...]:
    found = [name for line in facts.bylines for name in names(line)]
    return tuple({key(name): name for name in reversed(found)}.values())[::-1]


def _moment(text: str | None, setting: Setting) -> Moment | None:
    """The moment that a text states, in the site's zone."""
    stated = parse(text) if text else None
    if stated is None:
        return None
    return moment(stated, Clock(zone=setting.zone, seen_offset_minutes=None))


def _language(name: str | None) -> str | None:
    if not name:
        return None
    known = LANGUAGES.get(key(name))
    return known or (name.lower() if len(name) == 2 and name.isalpha() else None)


def blocks_of(labelled: Iterable[Labelled]) -> Iterator[Block]:
    """The article's text; a quotation that stands in it too is left out."""
    lines = [one for one in labelled if one.role in _TEXT_ROLES]
    prose = " ".join(one.line.key for one in lines if one.role == "body")
    dropped = False
    above = ""
    for one in lines:
        is_name = one.rule.startswith("whose quotation")
        dropped = one.role == "quote" and (
            dropped if is_name else key(one.line.text) in prose
        )
        if not dropped and not (one.role == "table" and is_rule(one.line)):
            yield _block(one, starts_table=above != "table")
        above = one.role


def _block(one: Labelled, *, starts_table: bool) -> Block:
    line = one.line
    if one.role == "subhead":
        return Block(kind="subhead", text=line.text, level=SUBHEAD_LEVEL)
    if one.role == "quote":
        return Block(kind="quote", text=line.text)
    if one.role == "list":
        numbered = any(c.isdigit() for c in line.bullet)
        return Block(
            kind="numbered_item" if numbered else "list_item", text=line.content
        )
    if one.role == "table":
        text = " | ".join(cell.strip("| ") for cell in line.cells)
        is_header = starts_table and not _DIGITS & set(line.cells[-1])
        return Block(kind="table_row", text=text, level=int(is_header))
    return Block(kind="paragraph", text=line.text)

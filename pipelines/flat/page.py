"""A flattened page's labelled lines go in; what the page says of itself comes out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipelines.extract.dated.dates import parse

from .bylines import is_byline, is_date, is_signature, names
from .label import label
from .lines import Line, key, lines_of
from .memory import Memory
from .paragraphs import unwrapped
from .reading import Document, Facts, Reading
from .sheet import Labelled
from .words import lead, phrases

_UPDATE = re.compile(
    r"\b(?:updated|modified|aktualisiert|mis à jour|actualizado|aggiornato|geändert)\b",
    re.I,
)
_ADDRESS = re.compile(r"https?://[^\s<>]+")
_SITE_NAME = re.compile(r"\s+\|\s+[^|]{2,60}$")
_TRAIL = re.compile(r"\s+[>»›/]\s+")
_TAG_LEAD = re.compile(
    r"^\W*(?:tagged(?: with| as| in)?|filed under|posted in)\W+", re.I
)
_TAG_MARKS = re.compile(r"\s*[,;|·•#]\s*")
MOST_TAG_WORDS = 6


def documents(text: str) -> tuple[Document, ...]:
    """A flattened page is one document."""
    return (Document(number=1, first_line=0, text=text),)


def read(text: str, memory: Memory) -> Reading:
    """Label a flattened page and gather what it says of itself."""
    labelled = label(unwrapped(text, lines_of(text)), memory)
    return Reading(format="page", labelled=labelled, facts=facts_of(labelled))


def facts_of(labelled: tuple[Labelled, ...]) -> Facts:
    """What the labelled lines of a page say."""
    bylines = [x.line for x in labelled if x.role == "byline"]
    dates = [line.text for line in bylines if parse(line.text) is not None]
    told = " ".join(x.line.text for x in labelled if x.role == "standfirst")
    return Facts(
        headline=_headline(labelled),
        standfirst=told or None,
        bylines=tuple(line.text for line in bylines if _names_people(line)),
        published=next((text for text in dates if not _UPDATE.search(text)), None),
        updated=next((text for text in dates if _UPDATE.search(text)), None),
        section=_section(labelled),
        tags=tags_of(labelled),
        url=_address(labelled),
    )


def _headline(labelled: Iterable[Labelled]) -> str:
    found = next((x.line.text for x in labelled if x.role == "headline"), "")
    bare = _SITE_NAME.sub("", found)
    return bare if len(bare.split()) > 2 else found


def _names_people(line: Line) -> bool:
    """Whether a byline's line names somebody, not a date or what the author does."""
    if line.has_stop and line.words > 8:
        return False
    if is_byline(line) or is_signature(line):
        return True
    found = lead(line.text)
    return bool(found and not is_date(line) and names(line.text))


def _section(labelled: Iterable[Labelled]) -> str | None:
    """The last step of the trail above the headline."""
    for one in labelled:
        if one.role == "headline":
            return None
        steps = _TRAIL.split(one.line.text)
        if one.role == "nav" and len(steps) > 1 and len(steps[-1].split()) <= 4:
            return steps[-1].strip(" >»›/") or None
    return None


def _address(labelled: Iterable[Labelled]) -> str | None:
    """The address that stands alone on a line, where only one does."""
    found = [
        said[0]
        for one in labelled
        if one.rule == "a web address" and (said := _ADDRESS.search(one.line.text))
    ]
    return found[0] if len(set(found)) == 1 else None


def tags_of(labelled: Iterable[Labelled]) -> tuple[str, ...]:
    """The tags that the lines of that role name, each once."""
    found: dict[str, str] = {}
    for one in labelled:
        if one.role == "tags":
            for tag in _values(one.line):
                found.setdefault(key(tag), tag)
    found.pop("", None)
    return tuple(found.values())


def _values(line: Line) -> Iterator[str]:
    """The tags on one line, without its label."""
    if phrases()["tags"].labels.match(key(line.content)):
        return
    led = lead(line.content)
    is_led = led and phrases()["tags"].leads.match(key(led[0]))
    text = led[1] if led and is_led else _TAG_LEAD.sub("", line.content)
    for tag in _TAG_MARKS.split(text):
        if 0 < len(tag.split()) <= MOST_TAG_WORDS:
            yield tag.strip(" .")

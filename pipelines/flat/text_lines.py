"""A sheet whose furniture is labelled goes in; the article's own lines are labelled.

What is prose is body; what stands between is a subhead, a list, a table, a quotation
pulled out of the text, or a picture's line.
"""

from __future__ import annotations

import re

from pipelines.extract.picture.pictures import picture

from .bylines import is_byline, is_date, is_signature, names
from .core import core
from .goes_on import article_names, names_in
from .lines import Line, key
from .sheet import Sheet

SUBHEAD_WORDS = 14
NEAR = 2
"""So many lines below the text one name is enough."""
SHARED_NAMES = 2
"""A paragraph further below that names so many of its names belongs to it."""
BIOGRAPHY_WORDS = 60
PULLED_WORDS = 4
"""Shorter quotations are not looked for in the text."""
_QUOTED = re.compile(r"^[\"“„«‘].*[\"”“»’][.!?]?$")
_ATTRIBUTED = re.compile(r"^[-–—]\s*[^\W\d_a-z].*[^.!?:;]$")
_TABLE_MARKS = frozenset(" |-+:=")


def label_text(sheet: Sheet, start: int) -> None:
    """Label what no rule has labelled yet, from the first paragraph on."""
    dense = core(sheet)
    if dense is not None and start < len(sheet):
        _far_below(sheet, start, max(dense.end, start))
    end = _text_end(sheet, start)
    _authors(sheet, end)
    for at in range(start, len(sheet)):
        if sheet.found[at] is None:
            _label(sheet, at, end)
    _unheaded(sheet, end)


def _far_below(sheet: Sheet, start: int, end: int) -> None:
    """Label what stands below the densest prose and does not speak of its names."""
    text = [line for at, line in enumerate(sheet.lines[: end + 1]) if at >= start]
    known = article_names(text)
    below = _with_list(sheet, end) + 1
    for at in range(below, len(sheet)):
        line = sheet.lines[at]
        if sheet.found[at] is not None or _is_speaker(sheet, at):
            continue
        if line.bullet and line.is_title and not line.has_stop:
            sheet.give(at, "related", "a list below the text")
            continue
        if not _is_sentence(line):
            continue
        shared = SHARED_NAMES if at > below + NEAR else 1
        if len(names_in(line.text) & known) < shared or not line.is_paragraph:
            sheet.give(at, "teaser", "a sentence below the text, of other things")


def _is_sentence(line: Line) -> bool:
    """Whether a line is prose, or as long as prose."""
    return line.words > SUBHEAD_WORDS or (line.has_stop and line.words > 3)


def _with_list(sheet: Sheet, end: int) -> int:
    """Where the list or table ends that the last paragraph announces."""
    if not sheet.lines[end].text.endswith(":"):
        return end
    while end + 1 < len(sheet) and sheet.is_plain(end + 1):
        if not sheet.lines[end + 1].bullet and len(sheet.lines[end + 1].cells) < 2:
            break
        end += 1
    return end


def _text_end(sheet: Sheet, start: int) -> int:
    """Where the last line stands that is prose or part of a list or table."""
    last = start
    for at in range(start, len(sheet)):
        line = sheet.lines[at]
        prose = line.has_stop and line.words > 3
        if sheet.found[at] is None and (prose or line.bullet or _is_row(sheet, at)):
            last = at
    return last


def _authors(sheet: Sheet, end: int) -> None:
    """Label what is said of the authors below the text: it begins with their names."""
    bylines = [x.line.text for x in sheet.found if x and x.role == "byline"]
    people = {name for text in bylines for name in names(text) if " " in name}
    for at in range(end, len(sheet)):
        line = sheet.lines[at]
        told = any(line.text.startswith(name) for name in people)
        if sheet.found[at] is None and told and line.words <= BIOGRAPHY_WORDS:
            sheet.give(at, "byline", "begins with the author's name, below the text")


def _label(sheet: Sheet, at: int, end: int) -> None:
    line = sheet.lines[at]
    if _is_row(sheet, at):
        sheet.give(at, "table", "a row of cells beside others")
    elif _is_pulled(sheet, at):
        sheet.give(at, "quote", "a quotation that stands in the text too")
    elif _is_attribution(sheet, at):
        sheet.give(at, "quote", "whose quotation stands above")
    elif line.bullet:
        sheet.give(at, "list", "a bullet or number")
    elif not sheet.give_picture(at):
        sheet.give(at, *_prose(sheet, at, end))


def _prose(sheet: Sheet, at: int, end: int) -> tuple[str, str]:
    """Role and rule of a line without a mark of any kind."""
    line = sheet.lines[at]
    if line.has_stop or line.text.endswith((":", ";")):
        return "body", "a sentence"
    if is_byline(line) or (is_date(line) and line.words < 8):
        return "byline", "a name or a date"
    if at > end:
        return _behind(sheet, at)
    if line.words > SUBHEAD_WORDS:
        return "body", "too long for a subhead"
    if _is_caption(sheet, at):
        return "caption", "a picture's maker stands below"
    return "subhead", "a short line between paragraphs"


def _behind(sheet: Sheet, at: int) -> tuple[str, str]:
    """A line without a full stop behind the last paragraph."""
    line = sheet.lines[at]
    if _is_caption(sheet, at):
        return "caption", "a picture's maker stands below"
    if is_signature(line) and sheet.role(at - 1) == "body":
        return "byline", "a name below the text"
    if line.words <= 3:
        return "nav", "a short line below the text"
    return "related", "a title below the text"


def _is_caption(sheet: Sheet, at: int) -> bool:
    """Whether the next line names the maker of a picture and nothing else."""
    if at + 1 >= len(sheet) or sheet.found[at + 1] is not None:
        return False
    below = picture(sheet.lines[at + 1].text)
    return below is not None and below.role == "credit"


def _is_row(sheet: Sheet, at: int) -> bool:
    """Whether a line is a table's row: the one above or below has as many cells."""
    cells = len(sheet.lines[at].cells)
    if cells < 2:
        return False
    around = [place for place in (at - 1, at + 1) if 0 <= place < len(sheet)]
    return any(
        len(sheet.lines[place].cells) == cells
        and (sheet.found[place] is None or sheet.role(place) == "table")
        for place in around
    )


def is_rule(line: Line) -> bool:
    """Whether a table's line holds no cell but dashes."""
    return set(line.text) <= _TABLE_MARKS


def _is_pulled(sheet: Sheet, at: int) -> bool:
    """Whether a quotation alone on its line stands in a paragraph too."""
    line = sheet.lines[at]
    if not _QUOTED.match(line.text) or line.words < PULLED_WORDS:
        return False
    said = key(line.text)
    return any(
        said in other.key
        for place, other in enumerate(sheet.lines)
        if place != at and len(other.key) > len(said)
    )


def _is_speaker(sheet: Sheet, at: int) -> bool:
    """Whether a line names the speaker of the quotation above it."""
    line = sheet.lines[at]
    if not _ATTRIBUTED.match(line.text) or line.words > SUBHEAD_WORDS:
        return False
    return at > 0 and bool(_QUOTED.match(sheet.lines[at - 1].text))


def _is_attribution(sheet: Sheet, at: int) -> bool:
    """Label a quotation whose speaker is named below."""
    if not _is_speaker(sheet, at):
        return False
    sheet.give(at - 1, "quote", "a quotation with its speaker below")
    return True


def _unheaded(sheet: Sheet, end: int) -> None:
    """A subhead with no text below it is none: links without a label, most likely."""
    for at in range(len(sheet)):
        if sheet.role(at) == "subhead" and sheet.role(at + 1) == "subhead":
            _links(sheet, at)


def _links(sheet: Sheet, start: int) -> None:
    """Label a run of three or more short lines in the text as links."""
    stop = start
    while sheet.role(stop) == "subhead":
        stop += 1
    if stop - start < 3:
        return
    for at in range(start, stop):
        sheet.give(at, "related", "one of several short lines in a row")

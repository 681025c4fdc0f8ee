"""A sheet goes in; everything down to the article's first paragraph is labelled on it.

The headline is the best of the title-like lines above the first paragraph; what stands
above it is navigation, what stands between is standfirst, byline or picture.
"""

from __future__ import annotations

import re

from pipelines.extract.picture.pictures import picture

from .bylines import is_byline, is_date, is_signature
from .core import core
from .lines import Line
from .sheet import Sheet

NAV_WORDS = 5
"""A menu's entries are hardly longer."""
STANDFIRST_WORDS = 6
LONGEST_STANDFIRST = 60
SHORTEST_SENTENCE = 5
FARTHEST = 300
"""Lines above the text among which the headline is looked for."""
SPOKEN_POINTS = 10
"""Points for a title all of whose words the text takes up."""
SIGNED_POINTS = 3
"""Points for a title with a byline or date below."""
OPENING = 25
"""Lines in which the text must have taken up the words of its headline."""
LONG_LETTERS = 4
BYLINE_REACH = 4
"""Lines below a headline among which its byline stands."""
NEAR = 8
"""So many lines may stand between headline and text at no cost."""
FAR_COST = 0.2
"""What each line more costs a title in points."""
_ADDRESS = re.compile(
    r"^(?:(?:url|link|source|adresse)\s*:\s*)?<?https?://\S+>?$", re.I
)
_TITLE_TAG = re.compile(r"\s+[|–—-]\s+[^|–—]{2,60}$")


def label_head(sheet: Sheet) -> int:
    """Label the head of a sheet; return where the article's text begins."""
    _addresses(sheet)
    body = first_paragraph(sheet)
    headline = _headline(sheet, body)
    if headline is None:
        _above(sheet, body)
        return body
    _above(sheet, headline)
    sheet.give(headline, "headline", "the best title above the first paragraph")
    body = _after_standfirst(sheet, headline, max(body, headline + 1))
    _between(sheet, headline + 1, body)
    return body


def _addresses(sheet: Sheet) -> None:
    """Label lines that are a web address and nothing else."""
    for at, line in enumerate(sheet.lines):
        if _ADDRESS.match(line.text):
            sheet.give(at, "nav", "a web address")


def first_paragraph(sheet: Sheet) -> int:
    """Where prose begins; without any, where the first list or the end stands."""
    dense = core(sheet)
    for at in range(dense.start if dense else 0, len(sheet)):
        if sheet.is_plain(at) and not sheet.lines[at].bullet and _is_prose(sheet, at):
            return at
    for at, line in enumerate(sheet.lines):
        if at and sheet.is_plain(at) and line.has_stop:
            return at
    return len(sheet)


def _is_prose(sheet: Sheet, at: int) -> bool:
    """Whether a line is a paragraph, or the first of several sentences in a row."""
    line = sheet.lines[at]
    if line.is_paragraph:
        return True
    if not line.has_stop or line.words < SHORTEST_SENTENCE or not at:
        return False
    return sheet.is_plain(at + 1) and sheet.lines[at + 1].has_stop


def _headline(sheet: Sheet, body: int) -> int | None:
    """The likeliest title above the first paragraph; the first line if none is."""
    reach = range(max(0, body - FARTHEST), body)
    places = [at for at in reach if _may_be_title(sheet, at)]
    if places:
        spoken = _words_below(sheet, body)
        scores = {
            at: _title_score(sheet, at, body) + _spoken(sheet, at, spoken)
            for at in places
        }
        return max(places, key=lambda at: (scores[at], -at))
    if body == 0 and len(sheet) > 1 and sheet.lines[0].words <= 30:
        return 0
    return None


def _may_be_title(sheet: Sheet, at: int) -> bool:
    line = sheet.lines[at]
    return (
        (sheet.is_plain(at) or _is_other_title(sheet, at))
        and 0 < line.words <= 30
        and not line.text.endswith(":")
        and not is_date(line)
        and not is_byline(line)
        and not _is_bar(line)
        and not _shows(line)
    )


def _is_other_title(sheet: Sheet, at: int) -> bool:
    """Whether memory knows a line as a title, which its own page's may be too."""
    found = sheet.marks[at]
    return found is not None and found.kind == "memory" and found.role == "related"


def _is_bar(line: Line) -> bool:
    """Whether a line is a bar of links or a trail of sections."""
    trail = line.text.count(" > ") + line.text.count(" » ") + line.text.count(" / ")
    if trail >= 2 or (trail and line.words <= NAV_WORDS):
        return True
    return len(line.cells) > 1 and all(len(cell.split()) < 4 for cell in line.cells)


def _title_score(sheet: Sheet, at: int, body: int) -> float:
    line = sheet.lines[at]
    score = -FAR_COST * max(0, body - at - NEAR)
    score += min(line.words, 4) * 2 if line.words <= 20 else 4
    score -= 4 * (line.has_stop and not line.text.endswith(("?", "!")))
    score -= 3 * (_TITLE_TAG.search(line.text) is not None)
    score += 5 * _is_repeated(sheet, at)
    score += 2 * _leads_on(sheet, at, body)
    score -= 5 * _follows_title(sheet, at)
    score -= 4 * is_signature(line)
    score -= 6 * (_is_other_title(sheet, at) and not _leads_on(sheet, at, body))
    return score


def _words_below(sheet: Sheet, body: int) -> frozenset[str]:
    """The longer words of the text's first paragraphs."""
    below = sheet.lines[body : body + OPENING]
    told = " ".join(line.key for line in below if line.has_stop)
    return frozenset(word for word in told.split() if len(word) >= LONG_LETTERS)


def _spoken(sheet: Sheet, at: int, spoken: frozenset[str]) -> float:
    """Points for a title whose words the text takes up, and that a byline follows."""
    long = [word for word in sheet.lines[at].key.split() if len(word) >= LONG_LETTERS]
    shared = sum(word in spoken for word in long)
    near = sheet.lines[at + 1 : at + 1 + BYLINE_REACH]
    is_signed = any(is_date(line) or is_byline(line) for line in near)
    return SPOKEN_POINTS * shared / max(len(long), 2) + SIGNED_POINTS * is_signed


def _is_repeated(sheet: Sheet, at: int) -> bool:
    """Whether a line stands again in the text, alone or with the site's name."""
    line = sheet.lines[at]
    if line.words < 3:
        return False
    return any(
        other.key == line.key or other.key.startswith(line.key + " ")
        for place, other in enumerate(sheet.lines)
        if place != at and other.words <= line.words + 8
    )


def _leads_on(sheet: Sheet, at: int, body: int) -> bool:
    """Whether what follows is what stands below headlines."""
    if at + 1 >= len(sheet):
        return False
    after = sheet.lines[at + 1]
    if at + 1 == body or is_date(after) or is_byline(after) or is_signature(after):
        return True
    if not _may_be_title(sheet, at + 1):
        return False
    return after.words > max(sheet.lines[at].words, 7)


def _follows_title(sheet: Sheet, at: int) -> bool:
    """Whether the line above could be the headline, and this one its standfirst."""
    if not at or not _may_be_title(sheet, at - 1):
        return False
    above = sheet.lines[at - 1]
    return above.words > NAV_WORDS and not above.has_stop and not _repeats(sheet, at)


def _repeats(sheet: Sheet, at: int) -> bool:
    """Whether the line above is this one with the site's name behind it."""
    return sheet.lines[at - 1].key.startswith(sheet.lines[at].key)


def _above(sheet: Sheet, end: int) -> None:
    """Label what stands above the headline."""
    for at in range(end):
        line, found = sheet.lines[at], sheet.marks[at]
        if sheet.found[at] is not None:
            continue
        if found is not None:
            role = "nav" if found.role == "related" else found.role
            sheet.give(at, role, found.rule)
        elif is_date(line) or is_byline(line):
            sheet.give(at, "byline", "a date or a name above the headline")
        elif not sheet.give_picture(at):
            sheet.give(at, "nav", "above the headline")


def _after_standfirst(sheet: Sheet, headline: int, body: int) -> int:
    """Where the text begins if its first paragraph turns out to be the standfirst.

    A standfirst with a full stop is told by what stands between it and the text: a
    byline, a date or a picture.
    """
    if body != headline + 1 or body >= len(sheet) - 1:
        return body
    line = sheet.lines[body]
    if _is_too_long(line):
        return body
    after = body + 1
    while after < len(sheet) and _is_top_matter(sheet, after):
        after += 1
    if after == body + 1 or after == len(sheet):
        return body
    sheet.give(body, "standfirst", "stands between headline and byline")
    rest = range(after, len(sheet))
    return next((at for at in rest if sheet.is_plain(at)), len(sheet))


def _is_too_long(line: Line) -> bool:
    """Whether a line says too much for a standfirst."""
    return line.sentences > 2 or line.words > LONGEST_STANDFIRST


def _is_top_matter(sheet: Sheet, at: int) -> bool:
    """Whether a line is what stands between standfirst and text."""
    line, found = sheet.lines[at], sheet.marks[at]
    if found is not None:
        return found.role in ("byline", "share", "comments")
    return is_date(line) or is_byline(line) or is_signature(line) or _shows(line)


def _shows(line: Line) -> bool:
    return picture(line.text) is not None


def _between(sheet: Sheet, start: int, end: int) -> None:
    """Label what stands between headline and text."""
    has_standfirst = any(sheet.role(at) == "standfirst" for at in range(start, end))
    for at in range(start, end):
        if sheet.found[at] is not None:
            continue
        role, rule = _below_headline(sheet, at, has_standfirst)
        if role == "picture":
            sheet.give_picture(at)
            continue
        has_standfirst = has_standfirst or role == "standfirst"
        sheet.give(at, role, rule)


def _below_headline(sheet: Sheet, at: int, has_standfirst: bool) -> tuple[str, str]:
    line, found = sheet.lines[at], sheet.marks[at]
    if found is not None:
        return found.role, found.rule
    if line.key == _headline_key(sheet):
        return "nav", "the headline again"
    if _shows(line):
        return "picture", ""
    if is_byline(line):
        return "byline", "says who wrote it"
    if is_date(line):
        return "byline", "a date below the headline"
    if line.is_paragraph and (has_standfirst or _is_too_long(line)):
        return "body", "a paragraph above the densest prose"
    if not has_standfirst and line.words >= STANDFIRST_WORDS and not _has_name(line):
        return "standfirst", "the first longer line below the headline"
    if is_signature(line):
        return "byline", "a name below the headline"
    if _is_bar(line) or line.words <= 2:
        return "nav", "a short line below the headline"
    return "caption", "a short line above the text"


def _has_name(line: Line) -> bool:
    """Whether a line begins with a name set off from the rest, as bylines do."""
    return is_signature(line) and any(mark in line.text for mark in ",|·•")


def _headline_key(sheet: Sheet) -> str:
    return next((x.line.key for x in sheet.found if x and x.role == "headline"), "")

"""Two texts of an article go in; whether it was edited, and how, comes out.

It was where headline, standfirst, body, byline or day of publication is another one. It
was not where only white space, the setting of quotation marks and dashes, the stated
time of an update, the order of the authors or the cut between standfirst, body and
paragraphs differs; nor by what a feed says and the page does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from archive.history.changed import SAME, Change, Evidence, Field, Passage, Text
from archive.history.differences import compare
from archive.history.typography import is_same
from pipelines.changes.classes import Setting, evidence, shortened
from pipelines.changes.hunks import Hunk, hunks
from pipelines.words import words_key

WHOLESALE = 0.4
"""Share of the longer text's words from which on it is another text: real updates
change up to two fifths (465 versions of 18F and Digital.gov)."""
WHOLESALE_WORDS = 20
"""A shorter text is not rewritten, it is mended."""
BULLET = re.compile(r"[•‣⁃◦∙▪▫■□●○➤►·*-]\s+(?=\S)")
"""A sign before an item of a list; no dash: direct speech begins with one in print."""
MOST_EVIDENCE = 60
"""Pieces of evidence kept of one revision."""
IN_TITLES = frozenset(("figure", "name", "quotation", "typo"))
"""What is told of a headline or standfirst beside that it is another one."""


def change_of(before: Text, after: Text) -> Change:
    """Compare two texts of one article."""
    before, after = level(unmarked(before), unmarked(after))
    found: list[Evidence] = []
    places: list[Hunk] = []
    for name, old, new in _texts(before, after):
        if _differs(old, new):
            made = _hunks(old, new)
            places += made
            found += _told(name, (old, new), made, after.language)
    size = max(_words(before), _words(after))
    changed = sum(hunk.changed for hunk in places)
    if size >= WHOLESALE_WORDS and changed > WHOLESALE * size:
        share = f"{changed} of {size} words"
        whole = Evidence(kind="wholesale", field="body", before=None, after=share)
        found.insert(0, whole)
    found += [*_byline(before, after), *_date(before, after, alone=not found)]
    if not found:
        return SAME
    return Change(
        is_revision=True,
        evidence=tuple(dict.fromkeys(found))[:MOST_EVIDENCE],
        words_added=sum(len(hunk.added) for hunk in places),
        words_removed=sum(len(hunk.removed) for hunk in places),
        words_changed=changed,
    )


def unmarked(text: Text) -> Text:
    """A text without the signs that some systems type before the items of a list."""
    if not any(BULLET.match(block.text) for block in text.blocks):
        return text
    blocks = (replace(b, text=BULLET.sub("", b.text)) for b in text.blocks)
    return replace(text, blocks=tuple(blocks))


def level(before: Text, after: Text) -> tuple[Text, Text]:
    """Two texts made comparable.

    What only one side knows is left out. A paragraph that is the standfirst on one
    side and begins the body on the other is only cut otherwise.
    """
    if before.headline is None or after.headline is None:
        before, after = replace(before, headline=None), replace(after, headline=None)
    if bool(before.standfirst) == bool(after.standfirst):
        return before, after
    if is_same(_whole(before), _whole(after)) or _begins(before, after):
        return _bodily(before), _bodily(after)
    return before, after


def _whole(text: Text) -> str:
    return f"{text.standfirst or ''} {text.body}"


def _begins(before: Text, after: Text) -> bool:
    """Whether one side's standfirst is the other's first paragraph."""
    told, other = (before, after) if before.standfirst else (after, before)
    first = other.blocks[0].text if other.blocks else ""
    return is_same(told.standfirst or "", first)


def _bodily(text: Text) -> Text:
    """A text with its standfirst as the first block of its body."""
    if not text.standfirst:
        return text
    first = Passage(kind="paragraph", text=text.standfirst)
    return replace(text, standfirst=None, blocks=(first, *text.blocks))


Blocks = tuple[Passage, ...]


def _texts(before: Text, after: Text) -> Iterator[tuple[Field, Blocks, Blocks]]:
    """Yield each text field of both sides, as blocks."""
    yield "headline", _line(before.headline), _line(after.headline)
    yield "standfirst", _line(before.standfirst), _line(after.standfirst)
    yield "body", before.blocks, after.blocks


def _line(text: str | None) -> Blocks:
    return (Passage(kind="paragraph", text=text),) if text else ()


def _differs(old: Blocks, new: Blocks) -> bool:
    return not is_same(_joined(old), _joined(new))


def _joined(blocks: Blocks) -> str:
    return " ".join(block.text for block in blocks)


def _hunks(old: Blocks, new: Blocks) -> list[Hunk]:
    return hunks(
        compare([b.text for b in old], [b.text for b in new]),
        old_quotes=(n for n, block in enumerate(old) if block.kind == "quote"),
        new_quotes=(n for n, block in enumerate(new) if block.kind == "quote"),
    )


def _told(
    name: Field, sides: tuple[Blocks, Blocks], made: list[Hunk], language: str | None
) -> Iterator[Evidence]:
    """Yield what the changes of one field show."""
    setting = Setting(field=name, language=language)
    if name == "headline" or name == "standfirst":
        old, new = (shortened(_joined(side)) or None for side in sides)
        yield Evidence(kind=name, field=name, before=old, after=new)
        small = (one for hunk in made for one in evidence(hunk, setting))
        yield from (one for one in small if one.kind in IN_TITLES and old and new)
        return
    for hunk in made:
        yield from evidence(hunk, setting)


def _words(text: Text) -> int:
    return len(f"{text.headline or ''} {text.standfirst or ''} {text.body}".split())


def _byline(before: Text, after: Text) -> Iterator[Evidence]:
    """Other names. Their order is left out: many systems give it by chance."""
    if before.byline is None or after.byline is None:
        return
    if {*map(words_key, before.byline)} == {*map(words_key, after.byline)}:
        return
    old, new = (", ".join(names) or None for names in (before.byline, after.byline))
    yield Evidence(kind="byline", field="byline", before=old, after=new)


def _date(before: Text, after: Text, *, alone: bool) -> Iterator[Evidence]:
    """Another day of publication; a time of day is too often that of an update.

    Where nothing else changed, a day that moved on to that of the update, or to that
    of the fetch, is the time of an update under the wrong name.
    """
    old, new = before.published_on, after.published_on
    if not old or not new or old == new:
        return
    if alone and old < new and new in (after.updated_on, after.seen_on):
        return
    yield Evidence(kind="date", field="published", before=old, after=new)

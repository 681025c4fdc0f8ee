"""One place where words changed goes in; the classes of change it shows come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.history.changed import ChangeClass, Evidence, Field, Sure
from archive.history.differences import ENDS
from pipelines.changes.corrected import is_correction
from pipelines.changes.figures import figures, is_figure
from pipelines.changes.hunks import Hunk, Word
from pipelines.changes.names import names, renamed
from pipelines.changes.spelling import is_slip, letters

PASSAGE_WORDS = 12
"""So many words that came or went are a passage, whatever stands around them."""
SENTENCE_WORDS = 4
"""A shorter sentence that came or went is wording."""
OUTWEIGHS = 3
"""A passage is so many times longer than what it took the place of."""
MOST_CHARS = 1_000
"""Of the words that are kept as evidence; both texts are there whole."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """Where a change stands."""

    field: Field
    language: str | None = None


def evidence(hunk: Hunk, setting: Setting) -> Iterator[Evidence]:
    """Yield what a change shows, each class once."""
    if any(map(is_correction, hunk.added_text)):
        yield _evidence("correction", hunk, setting)
        if all(map(is_correction, hunk.added_text)) and not hunk.removed:
            return
    passage = _passage(hunk)
    if passage is not None:
        yield _evidence(passage, hunk, setting)
        return
    yield from _small(hunk, setting)


def _small(hunk: Hunk, setting: Setting) -> Iterator[Evidence]:
    """Yield the classes of a change within a sentence."""
    old, new = hunk.removed, hunk.added
    sure = renamed(hunk, setting.language)
    if is_slip(_texts(old), _texts(new)):
        sure = sure if sure and letters(_texts(old)) != letters(_texts(new)) else None
    counted = figures(_texts(old)) != figures(_texts(new))
    if counted:
        yield _evidence("figure", hunk, setting)
    if sure is not None:
        yield _evidence("name", hunk, setting, sure)
    rest = _rest(hunk, counted=counted, named=sure is not None)
    if rest is not None:
        yield _evidence(rest, hunk, setting)
    if any(word.is_quoted for word in (*old, *new)):
        yield _evidence("quotation", hunk, setting)


def _rest(hunk: Hunk, *, counted: bool, named: bool) -> ChangeClass | None:
    """What a change is beside its figures and names; None if it is nothing more."""
    old = _plainer(hunk.removed, hunk, counted=counted, named=named)
    new = _plainer(hunk.added, hunk, counted=counted, named=named)
    if (counted or named) and letters(old) == letters(new):
        return None
    if is_slip(old, new):
        return "typo"
    return "wording"


def _plainer(
    words: Sequence[Word], hunk: Hunk, *, counted: bool, named: bool
) -> list[str]:
    """Words without the figures, and without the names, if those changed."""
    called = {id(word) for word in names(words, hunk.before)} if named else set()
    return [
        word.text
        for word in words
        if not (counted and is_figure(word.text)) and id(word) not in called
    ]


def _passage(hunk: Hunk) -> ChangeClass | None:
    """Whether a passage came or went: many words, or a whole sentence."""
    old, new = len(hunk.removed), len(hunk.added)
    if new >= PASSAGE_WORDS and new >= OUTWEIGHS * old:
        return "added"
    if old >= PASSAGE_WORDS and old >= OUTWEIGHS * new:
        return "removed"
    if not old and _is_sentence(hunk.added, hunk):
        return "added"
    return "removed" if not new and _is_sentence(hunk.removed, hunk) else None


def _is_sentence(words: Sequence[Word], hunk: Hunk) -> bool:
    """Whether words are one sentence or more, or a block of their own."""
    if len(words) < SENTENCE_WORDS:
        return False
    is_block = not hunk.before and not hunk.after
    ends = ENDS.search(words[-1].text) or ENDS.search(hunk.before.split(" ")[-1])
    return is_block or bool(words[0].is_first and ends)


def _texts(words: Sequence[Word]) -> list[str]:
    return [word.text for word in words]


def _evidence(
    kind: ChangeClass, hunk: Hunk, setting: Setting, sure: Sure = "certain"
) -> Evidence:
    old, new = hunk.old(), hunk.new()
    return Evidence(
        kind=kind,
        field=setting.field,
        before=shortened(old),
        after=shortened(new),
        sure=sure,
    )


def shortened(text: str | None) -> str | None:
    """A text of at most MOST_CHARS characters."""
    if text is None or len(text) <= MOST_CHARS:
        return text
    return text[: MOST_CHARS - 2] + " …"

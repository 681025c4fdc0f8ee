"""The runs of a difference go in; each place where words changed comes out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from archive.history.differences import BREAK, ENDS, WORD, Run

OPENS = '“„«‹»"'
"""German books open with », straight marks open and close."""
WORDS_BEFORE = 3
MARK = re.compile(
    r"[“”„«»‹›\"]|(?:^|(?<=[\s(\[]))[‘'](?=\w)|(?<=[^\s])[’'](?=[\s.,;:!?)\]]|$)"
)
"""Marks of quotation; a single one only where no apostrophe stands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word that went or came."""

    text: str
    is_first: bool = False
    """Whether it begins a sentence or a block."""
    is_quoted: bool = False
    """Whether it stands between quotation marks, or in a block that is a quotation."""


@dataclass(kw_only=True, slots=True)
class Hunk:
    """Words that took each other's place, or that only went or came."""

    removed: list[Word] = field(default_factory=list)
    added: list[Word] = field(default_factory=list)
    removed_text: list[str] = field(default_factory=list)
    added_text: list[str] = field(default_factory=list)
    """As they stand in the text, one string a block."""
    before: str = ""
    """The last words that were kept before it; empty at the beginning of a block."""
    after: str = ""
    """The first words kept after it; empty at the end of a block."""

    @property
    def changed(self) -> int:
        """Words changed: of those that took each other's place the larger number."""
        return max(len(self.removed), len(self.added))

    def old(self) -> str | None:
        """The words that went."""
        return "\n".join(self.removed_text) or None

    def new(self) -> str | None:
        """The words that came."""
        return "\n".join(self.added_text) or None


@dataclass(slots=True)
class _Reader:
    """Reads one of the two texts and knows where it is."""

    quoting: frozenset[int] = frozenset()
    """Its blocks that are quotations."""
    is_first: bool = True
    inside: str = ""
    """The mark that opened the quotation it is in; empty outside."""

    def read(self, text: str, block: int | None) -> Iterator[Word]:
        """Yield the words of a run."""
        if text == BREAK:
            self.is_first, self.inside = True, ""
            return
        for found in WORD.finditer(text):
            before = self.inside
            self._mark(found[0])
            is_quoted = bool(before or self.inside) or '"' in found[0]
            yield Word(
                text=found[0],
                is_first=self.is_first,
                is_quoted=is_quoted or block in self.quoting,
            )
            self.is_first = ENDS.search(found[0]) is not None

    def _mark(self, word: str) -> None:
        for found in MARK.finditer(word):
            mark = found[0]
            if self.inside:
                self.inside = "" if _closes(self.inside, mark) else self.inside
            elif mark in OPENS or (mark in "‘'" and not found.start()):
                self.inside = mark


def _closes(opened: str, mark: str) -> bool:
    """Whether a mark ends what another one began."""
    pairs = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", '"': '"', "‘": "’'"}
    return mark in pairs.get(opened, "’'")


def hunks(
    runs: Iterable[Run],
    *,
    old_quotes: Iterable[int] = (),
    new_quotes: Iterable[int] = (),
) -> list[Hunk]:
    """Gather what stands between words that were kept.

    Args:
        runs: The difference of two texts.
        old_quotes: Numbers of the old text's blocks that are quotations.
        new_quotes: Of the new one's.
    """
    old, new = _Reader(frozenset(old_quotes)), _Reader(frozenset(new_quotes))
    found: list[Hunk] = []
    open_hunk: Hunk | None = None
    kept = ""
    for run in runs:
        if run.kind == "kept":
            if open_hunk is not None:
                open_hunk.after = _near(run, last=False)
                open_hunk = None
            kept = _near(run, last=True)
            list(old.read(run.text, run.before))
            list(new.read(run.text, run.after))
            continue
        if open_hunk is None:
            open_hunk = Hunk(before=kept)
            found.append(open_hunk)
        _add(open_hunk, run, old, new)
    return [hunk for hunk in found if hunk.removed or hunk.added]


def _near(run: Run, *, last: bool) -> str:
    """The words of a kept run next to a change; none across the end of a block."""
    if run.text == BREAK:
        return ""
    words: Sequence[str] = WORD.findall(run.text)
    return " ".join(words[-WORDS_BEFORE:] if last else words[:WORDS_BEFORE])


def _add(hunk: Hunk, run: Run, old: _Reader, new: _Reader) -> None:
    if run.kind == "removed":
        hunk.removed += old.read(run.text, run.before)
        hunk.removed_text += [run.text] if run.text != BREAK else []
    else:
        hunk.added += new.read(run.text, run.after)
        hunk.added_text += [run.text] if run.text != BREAK else []

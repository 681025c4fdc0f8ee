"""Two texts go in as blocks; the words that were kept, removed and added come out.

What both begin and end with is set aside first. The rest is compared by blocks, what
differs of these by sentences where it is long, and only then by words: Python's difflib
takes seconds for two long texts word by word. What is too long and too different even
so is told as removed and added whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from archive.history.typography import folded, plain

MOST_PAIRS = 400_000
"""Pairs of words that are compared in one piece: 630 words against 630, 30 ms."""
MOST_UNITS = 1_000_000
"""Pairs of blocks or sentences."""
BREAK = "\n"
"""Stands between two blocks."""
EAST = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WORD = re.compile(rf"[{EAST}]|[^\s{EAST}]+")
"""Words by white space; kana and ideographs one by one."""
ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")

RunKind = Literal["kept", "removed", "added"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Words in a row that had the same fate; never across the end of a block."""

    kind: RunKind
    text: str
    """The words as they stand in the text they are of, the new one if kept; BREAK
    alone for the end of a block."""
    before: int | None
    """Their block in the old text, from 0; None if added."""
    after: int | None
    """Their block in the new text; None if removed."""

    @property
    def words(self) -> int:
        """How many words."""
        return 0 if self.text == BREAK else len(WORD.findall(self.text))


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text, or the end of a block."""

    text: str
    key: str
    """What is compared."""
    block: int
    gap: str
    """What stands before it in its block."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two stretches of words that are compared."""

    before: Sequence[Token]
    after: Sequence[Token]


@dataclass(frozen=True, slots=True)
class Step:
    """Words of both texts that were kept, or those that took each other's place."""

    is_kept: bool
    before: Sequence[Token]
    after: Sequence[Token]


def difference(
    before: Sequence[str], after: Sequence[str], *, exact: bool = False
) -> tuple[Run, ...]:
    """Compare two texts word by word.

    Args:
        before: Blocks of the old text.
        after: Blocks of the new one.
        exact: Whether another kind of quotation mark or dash is another word.
    """
    pair = _Pair(tokens(before, exact=exact), tokens(after, exact=exact))
    return tuple(run for step in _joined(_blocks(pair)) for run in _runs(step))


def compare(before: Sequence[str], after: Sequence[str]) -> tuple[Run, ...]:
    """The difference of two texts; by marks too where they differ in nothing else."""
    exact = folded(" ".join(before)) == folded(" ".join(after))
    return difference(before, after, exact=exact)


def tokens(blocks: Sequence[str], *, exact: bool = False) -> list[Token]:
    """The words of a text in order, with the ends of its blocks between them."""
    key = plain if exact else folded
    found: list[Token] = []
    for number, text in enumerate(blocks):
        if found:
            found.append(Token(BREAK, BREAK, number - 1, ""))
        end = 0
        for match in WORD.finditer(text):
            gap = text[end : match.start()]
            found.append(Token(match[0], key(match[0]), number, gap))
            end = match.end()
    return found


def _trimmed(pair: _Pair) -> tuple[int, int]:
    """How many words both begin and end with."""
    old, new = pair.before, pair.after
    least, head, tail = min(len(old), len(new)), 0, 0
    while head < least and old[head].key == new[head].key:
        head += 1
    while tail < least - head and old[-1 - tail].key == new[-1 - tail].key:
        tail += 1
    return head, tail


def _blocks(pair: _Pair) -> Iterator[Step]:
    """Compare by blocks what is not at both ends."""
    head, tail = _trimmed(pair)
    old, new = pair.before, pair.after
    middle = _Pair(old[head : len(old) - tail], new[head : len(new) - tail])
    yield Step(True, old[:head], new[:head])
    if _size(middle) <= MOST_PAIRS:
        yield from _words(middle)
    else:
        yield from _units(middle, "block")
    yield Step(True, old[len(old) - tail :], new[len(new) - tail :])


def _size(pair: _Pair) -> int:
    return len(pair.before) * len(pair.after)


def _units(pair: _Pair, kind: Literal["block", "sentence"]) -> Iterator[Step]:
    """Compare by whole blocks or sentences, and what differs of them more finely."""
    old, new = _cut(pair.before, kind), _cut(pair.after, kind)
    if len(old) * len(new) > MOST_UNITS:
        yield Step(False, pair.before, pair.after)
        return
    keys = [[tuple(t.key for t in unit) for unit in units] for units in (old, new)]
    matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        piece = _Pair(_flat(old[a:b]), _flat(new[c:d]))
        if what == "equal":
            yield Step(True, piece.before, piece.after)
        else:
            yield from _finer(piece, kind)


def _finer(pair: _Pair, kind: Literal["block", "sentence"]) -> Iterator[Step]:
    head, tail = _trimmed(pair)
    old, new = pair.before, pair.after
    middle = _Pair(old[head : len(old) - tail], new[head : len(new) - tail])
    yield Step(True, old[:head], new[:head])
    if _size(middle) <= MOST_PAIRS:
        yield from _words(middle)
    elif kind == "block":
        yield from _units(middle, "sentence")
    else:
        yield Step(False, middle.before, middle.after)
    yield Step(True, old[len(old) - tail :], new[len(new) - tail :])


def _words(pair: _Pair) -> Iterator[Step]:
    """Compare word by word."""
    old, new = pair.before, pair.after
    keys = [[token.key for token in side] for side in (old, new)]
    matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        yield Step(what == "equal", old[a:b], new[c:d])


def _cut(words: Sequence[Token], kind: str) -> list[Sequence[Token]]:
    """Cut after the ends of blocks, or of sentences too."""
    units: list[Sequence[Token]] = []
    start = 0
    for place, token in enumerate(words, 1):
        following = words[place].key if place < len(words) else BREAK
        is_sentence = kind == "sentence" and following != BREAK
        if token.key == BREAK or (is_sentence and ENDS.search(token.text)):
            units.append(words[start:place])
            start = place
    return [*units, words[start:]] if start < len(words) else units


def _flat(units: Sequence[Sequence[Token]]) -> list[Token]:
    return [token for unit in units for token in unit]


def _joined(steps: Iterator[Step]) -> Iterator[Step]:
    """Join neighbours with the same fate."""
    last: Step | None = None
    for step in steps:
        if not step.before and not step.after:
            continue
        if last is not None and last.is_kept == step.is_kept:
            last = Step(
                last.is_kept,
                [*last.before, *step.before],
                [*last.after, *step.after],
            )
            continue
        if last is not None:
            yield last
        last = step
    if last is not None:
        yield last


def _runs(step: Step) -> Iterator[Run]:
    """Yield a step's words, cut at the ends of blocks."""
    if step.is_kept:
        for piece in _cut_runs(list(zip(step.before, step.after, strict=True))):
            old, new = piece[0]
            yield Run(
                kind="kept",
                text=_spelled([token for _, token in piece]),
                before=old.block,
                after=new.block,
            )
        return
    for piece in _cut_runs([(token, token) for token in step.before]):
        words = [token for token, _ in piece]
        block = words[0].block
        yield Run(kind="removed", text=_spelled(words), before=block, after=None)
    for piece in _cut_runs([(token, token) for token in step.after]):
        words = [token for token, _ in piece]
        block = words[0].block
        yield Run(kind="added", text=_spelled(words), before=None, after=block)


def _cut_runs(
    pairs: Sequence[tuple[Token, Token]],
) -> Iterator[list[tuple[Token, Token]]]:
    """Cut at the ends of blocks, which stand alone."""
    piece: list[tuple[Token, Token]] = []
    for pair in pairs:
        if pair[0].key == BREAK:
            if piece:
                yield piece
            yield [pair]
            piece = []
        else:
            piece.append(pair)
    if piece:
        yield piece


def _spelled(words: Sequence[Token]) -> str:
    """Words as they stand in their text."""
    first, *rest = words
    return first.text + "".join(" " * bool(w.gap) + w.text for w in rest)

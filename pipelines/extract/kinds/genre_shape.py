"""A page's lines in, what the form of its text says of its kind out, in words.

Each question is asked of the lines near the text, and answered with the evidence, or
with nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from ..lines.layout import Layout, Leaf
from ..text import once, shorten
from .genre_words import (
    CALLED,
    EVENT_LINES,
    I_WE,
    LINE_BEGINS,
    LISTEN,
    PAID,
    PLAYER_NAMES,
    PLAYERS,
    RELEASE_LINES,
    WIRE,
    YOU,
)

_FAR = 15
"""How many lines after the text its last notes may stand."""
_OUT = frozenset(("nav", "footer", "aside", "form", "button"))
_EDGE = 3
"""At which of the first and last lines a page says who paid for it."""
_FIRST_WORD = re.compile(r"[\W_]*([^\W_]+)")
_BEGIN_CHARS = 3
_FEWEST_QUESTIONS = 4
_HALF = 0.5
_QUESTION_CHARS = 400
_SPEAKER = re.compile(r"^([^\W\d_][\w.'’ -]{0,30}):\s+\S")
_SPEAKER_CHARS = 32
"""A name that begins a turn, with its colon, is no longer."""
_FEWEST_TURNS = 3
_TURNS_SHARE = 0.6
_EVENT_CHARS = 6_000
"""A longer text is a report, whatever lines it has."""


def paid_line(lines: Sequence[Leaf]) -> str | None:
    """Return the line by which a page says that somebody paid for it."""
    lines = [leaf for leaf in lines if leaf.chars < 300]
    kept = [n for n, leaf in enumerate(lines) if leaf.role == "body"]
    if not kept:
        return None
    edges = [*lines[: kept[0] + _EDGE], *lines[max(0, kept[-1] - _EDGE) :]]
    found = (leaf.text for leaf in edges if PAID.search(leaf.text))
    line = next(found, None)
    return shorten(line, 100) if line is not None else None


def releases(lines: Sequence[Leaf]) -> str | None:
    """Return which lines of a press release the page has, where they make one."""
    signs = _signs(lines, RELEASE_LINES)
    opening = (WIRE.match(leaf.text) for leaf in lines if leaf.role == "body")
    wire = next(filter(None, islice(opening, _EDGE)), None)
    if wire is not None and {"source", "contact for the press"} & set(signs):
        return _told(f"“{wire[0].rstrip(' -–—')}”", signs)
    if "notes to editors" in signs or "for immediate release" in signs:
        return _told("lines of a press release", signs)
    if "contact for the press" in signs and len(signs) > 1:
        return _told("lines of a press release", signs)
    return None


def announces(lines: Sequence[Leaf], *, least: int) -> str | None:
    """Return which lines of an announcement the page has, if so many different ones."""
    if sum(leaf.chars for leaf in lines if leaf.role == "body") > _EVENT_CHARS:
        return None
    signs = _signs(lines, EVENT_LINES)
    return _told("lines of an event", signs) if len(signs) >= least else None


def listens(lines: Sequence[Leaf]) -> str | None:
    """Return how the page offers itself to be heard, where it does so twice."""
    linked = [href for leaf in lines for href, _ in leaf.links]
    named = "\n".join(linked).lower()
    if not any(name in named for name in PLAYER_NAMES):
        return None
    player = next((found for href in linked if (found := PLAYERS.search(href))), None)
    if player is None:
        return None
    said = next((leaf.text for leaf in lines if LISTEN.search(leaf.text)), None)
    if said is None:
        return None
    return f"“{shorten(said, 60)}” and a link to {player[0]}"


def asks(lines: Sequence[Leaf], headline: str) -> str | None:
    """Return how many questions an interview's text has; None for other texts.

    A headline that calls the article an interview makes plain questions count too.
    """
    kept = [leaf for leaf in lines if leaf.role == "body"]
    plain = sum(
        1 for leaf in kept if leaf.chars <= _QUESTION_CHARS and _asks(leaf.text)
    )
    if plain < _FEWEST_QUESTIONS:
        return _turns(kept)
    called = CALLED.search(headline)
    if called is not None:
        return f"“{called[0]}” in the headline and {plain} questions"
    return _answered(kept) or _turns(kept)


def _answered(kept: Sequence[Leaf]) -> str | None:
    """Return how many lines are marked as questions, each with an answer below it."""
    asked = [(a, b) for a, b in pairwise(kept) if _is_question(a)]
    asked = [(a, b) for a, b in asked if not _is_question(b) and b.running]
    if len(asked) < _FEWEST_QUESTIONS:
        return None
    yours = sum(1 for question, _ in asked if YOU.search(question.text))
    mine = sum(1 for _, answer in asked if I_WE.search(answer.text))
    if min(yours, mine) < _HALF * len(asked):
        return None
    return f"{len(asked)} questions, each with an answer"


def _is_question(leaf: Leaf) -> bool:
    """Whether a line is marked as a question."""
    is_marked = leaf.bold or leaf.kind == "subhead" or leaf.text[:2] in ("Q:", "Q.")
    is_short = leaf.chars <= _QUESTION_CHARS
    return is_marked and is_short and _asks(leaf.text)


def _asks(text: str) -> bool:
    return text.rstrip("\"'”’») ").endswith(("?", "？", "؟"))


def _turns(kept: Sequence[Leaf]) -> str | None:
    """Return who talks, where most lines begin with one of few names."""
    begun = (leaf.text for leaf in kept if ":" in leaf.text[:_SPEAKER_CHARS])
    spoken = [found for text in begun if (found := _SPEAKER.match(text))]
    names = Counter(found[1] for found in spoken)
    speakers = [name for name, count in names.items() if count >= _FEWEST_TURNS]
    turns = sum(names[name] for name in speakers)
    asked = sum(1 for found in spoken if "?" in found.string)
    if not 2 <= len(speakers) <= 4 or turns < _TURNS_SHARE * len(kept):
        return None
    if asked < _FEWEST_TURNS:
        return None
    return f"{turns} turns of {' and '.join(sorted(speakers))}"


def _signs(
    lines: Iterable[Leaf], patterns: Sequence[tuple[str, re.Pattern[str]]]
) -> list[str]:
    """Return the names of the patterns that any of the lines fits."""
    texts = [leaf.text for leaf in lines if leaf.chars < 400 and _may_sign(leaf.text)]
    return [name for name, fits in patterns if any(map(fits.search, texts))]


@once
def _may_sign(text: str) -> bool:
    """Whether a line begins as those of releases and events do, or has no words."""
    first = _FIRST_WORD.match(text)
    return first is None or first[1].casefold()[:_BEGIN_CHARS] in LINE_BEGINS


def _told(what: str, signs: Sequence[str]) -> str:
    return f"{what}: {', '.join(signs)}"


def near_text(layout: Layout) -> Iterator[Leaf]:
    """Yield the lines from the headline to a little after the text."""
    leaves = layout.leaves
    kept = [n for n, leaf in enumerate(leaves) if leaf.role in ("body", "headline")]
    if not kept:
        return
    out = 0
    for box in layout.boxes:
        if box.tag in _OUT and box.end > out:
            yield from leaves[max(out, kept[0]) : min(box.start, kept[-1] + _FAR)]
            out = box.end
    yield from leaves[max(out, kept[0]) : kept[-1] + _FAR]

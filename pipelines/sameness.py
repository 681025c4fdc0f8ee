"""An article and an archived one go in; whether they are one piece comes out.

A headline alone says little: a column keeps its headline for years, and its editions
may all name the column's page as their canonical URL. Joining two pieces loses the text
of one of them, keeping two for one loses nothing: so in doubt they are two.
"""

from __future__ import annotations

from typing import Protocol

from archive.records import Article, Known
from pipelines.words import words_key

SHINGLE_WORDS = 5
"""Words in a row that two texts must share; docs/decisions.md has the measurement."""
ALIKE = 2 / 3
"""Share of the longer text's shingles that are in the shorter one: an edit, not another
piece that takes the text up."""
NEARLY = 0.9
"""The same where only a headline and a day speak for one piece: notices of a day may
stand in a large frame."""
APART = 1 / 3
"""Share of the shorter text's shingles below which two texts are two pieces, whatever
ties their addresses."""
FEWEST = 20
"""Shingles of a text from which on it can be told."""
SHARED = 2 / 3
"""Share of the shorter text's shingles that are in the longer one. A print view or an
update holds nearly all of them, editions in one frame below two fifths."""


class Bodies(Protocol):
    """What sameness asks of the archive."""

    def body(self, article_id: int) -> str:
        """The body of an article's newest text."""


def is_same(article: Article, body_digest: str, known: Known, archive: Bodies) -> bool:
    """Whether an article and an archived one are evidently the same piece.

    The same words are. So is the same headline on the same day, unless the texts have
    next to nothing in common; where either does not say its day, the same headline over
    largely the same words.
    """
    if body_digest == known.body_digest:
        return True
    if words_key(article.headline) != words_key(known.headline):
        return False
    body = archive.body(known.article_id)
    if article.published and known.published_on:
        is_of_day = article.published.on == known.published_on
        return is_of_day and not is_apart(article.body, body)
    return shared(article.body, body) >= SHARED


def shared(one: str, other: str) -> float:
    """How much of the shorter of two texts is in the other, word by word, 0 to 1."""
    left, right = shingles(one), shingles(other)
    least = min(len(left), len(right))
    return len(left & right) / least if least else 0.0


def is_apart(one: str, other: str) -> bool:
    """Whether two texts have next to nothing in common."""
    left, right = shingles(one), shingles(other)
    least = min(len(left), len(right))
    return least >= FEWEST and len(left & right) / least < APART


def is_alike(one: str, other: str, *, least: float = ALIKE) -> bool:
    """Whether two texts are one, a few words apart."""
    left, right = shingles(one), shingles(other)
    most = max(len(left), len(right))
    return bool(most) and len(left & right) / most >= least


def shingles(text: str) -> set[tuple[str, ...]]:
    """All runs of five words of a text; none of a shorter one."""
    words = words_key(text).split()
    return set(zip(*(words[start:] for start in range(SHINGLE_WORDS)), strict=False))

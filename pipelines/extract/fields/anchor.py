"""A headline in, the same headline with the heading that stands for it out.

Pages may show their headline in other words than their head states it in; dates are
looked for beside the heading that shares most of its words.
"""

from __future__ import annotations

from dataclasses import replace

from ..material import Material
from ..survey import Sight
from ..text import key
from ..tree import text_of
from .titles import Headline

_LEAST_COMMON = 0.5
"""Share of a heading's words, or of the headline's, that both must hold."""
_MAX_CHARS = 400


def anchored(material: Material, title: Headline | None) -> Headline | None:
    """Return the headline, at the h1 that says much the same if it stands nowhere."""
    if title is None or title.position >= 0:
        return title
    words = frozenset(key(title.text).split())
    headings = material.survey.tags.get("h1", ())
    best = max(headings, key=lambda sight: _likeness(sight, words), default=None)
    if best is None or _likeness(best, words) < _LEAST_COMMON:
        return title
    return replace(title, element=best.element, position=best.position)


def _likeness(sight: Sight, words: frozenset[str]) -> float:
    """Return which share of the shorter text's words the longer one has too."""
    own = frozenset(key(text_of(sight.element, _MAX_CHARS)).split())
    return len(own & words) / max(1, min(len(own), len(words)))

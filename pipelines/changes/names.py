"""Words that went and came go in; those that seem to be names, and how sure, come out.

A name is told by its capital in the middle of a sentence. In German every noun has
one, and scripts without capitals show nothing: there it is a weak sign, or none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.history.changed import Sure
from pipelines.changes.hunks import Hunk, Word
from pipelines.changes.spelling import letters

NOUNS_CAPITAL = ("de", "lb", "gsw")
"""Languages that write every noun with a capital: German, Luxembourgish, Alemannic."""
STYLED = re.compile(
    r"\b(?:mr|mrs|ms|mx|miss|dr|prof|professor|sir|dame|lord|lady|herr|herrn|frau|"
    r"monsieur|madame|mme|señor|señora|don|doña|signor|signora|dhr|mevrouw)\.?$",
    re.I,
)
"""Before a name, whatever the language."""
INNER = re.compile(r"\w")


def is_capital(word: str) -> bool:
    """Whether a word begins with a capital and holds no digit."""
    found = INNER.search(word)
    return found is not None and found[0].isupper() and not any(map(str.isdigit, word))


def names(words: Sequence[Word], before: str) -> list[Word]:
    """The words that may be names.

    The first one of a sentence counts only beside another capital.
    """
    found = []
    for place, word in enumerate(words):
        earlier = words[place - 1].text if place else before.split(" ")[-1]
        later = words[place + 1].text if place + 1 < len(words) else ""
        beside = is_capital(later) or (is_capital(earlier) and not word.is_first)
        if is_capital(word.text) and (not word.is_first or beside):
            found.append(word)
    return found


def renamed(hunk: Hunk, language: str | None) -> Sure | None:
    """How sure it is that a name changed; None where none did.

    One that took another's place, or two words and more that came or went; a single
    one only beside a kept capital, as a first name before a surname.
    """
    old, new = names(hunk.removed, hunk.before), names(hunk.added, hunk.before)
    if not old and not new:
        return None
    if letters([w.text for w in old]) == letters([w.text for w in new]):
        return None
    if not (old and new) and not _is_whole(hunk, old or new):
        return None
    if STYLED.search(hunk.before) or STYLED.search(_first(hunk)):
        return "likely"
    is_german = (language or "").lower().split("-")[0] in NOUNS_CAPITAL
    unknown = language is None and any("ß" in w.text for w in (*old, *new))
    return "weak" if is_german or unknown else "likely"


def _is_whole(hunk: Hunk, found: Sequence[Word]) -> bool:
    """Whether names that only came or went are enough to speak of."""
    beside = (hunk.before.split(" ")[-1], hunk.after.split(" ")[0])
    return len(found) > 1 or any(map(is_capital, beside))


def _first(hunk: Hunk) -> str:
    """The word before the last one that came: a title may have come with the name."""
    words = hunk.added or hunk.removed
    return words[-2].text if len(words) > 1 else ""

"""Month and zone names as texts write them in, numbers of months and offsets out.

The names lie in months.txt, one language a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files

_LEAST_LETTERS = 3
"""Shortest beginning of a month's name that may stand for it."""
_MARKS = ".'’׳॰"
"""What ends an abbreviation."""


def _languages() -> list[list[list[str]]]:
    """Return, for each language, the names of each month in turn."""
    raw = files(__package__).joinpath("months.txt").read_text(encoding="utf-8")
    text = unicodedata.normalize("NFC", raw)
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [
        [[n.strip(_MARKS + " ") for n in field.split("/")] for field in fields]
        for fields in (line.partition(": ")[2].split("|") for line in lines)
    ]


def _beginnings(months: list[list[str]]) -> Iterator[tuple[str, int]]:
    """Yield the beginnings of names that fit only one of a language's months."""
    numbers: dict[str, set[int]] = {}
    for number, names in enumerate(months, 1):
        for name in (n for n in names if " " not in n):
            for end in range(_LEAST_LETTERS, len(name)):
                numbers.setdefault(name[:end], set()).add(number)
    for beginning, fitting in numbers.items():
        if len(fitting) == 1:
            yield beginning, fitting.pop()


def _plain(name: str) -> str:
    """Return a name without its accents, as many systems write it."""
    decomposed = unicodedata.normalize("NFD", name)
    return "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f")


def _table() -> dict[str, int]:
    """Return the number of every name: whole names first, then what stands for them."""
    languages = _languages()
    found: dict[str, int] = {}
    for months in languages:
        for number, names in enumerate(months, 1):
            for name in names:
                found.setdefault(name, number)
    for months in languages:
        for beginning, number in _beginnings(months):
            found.setdefault(beginning, number)
    for name, number in list(found.items()):
        found.setdefault(_plain(name), number)
    return found


MONTHS = _table()
"""Lower-case month name, abbreviation or beginning to its number."""

_PHRASES = sorted((name for name in MONTHS if " " in name), key=len, reverse=True)
PHRASE = re.compile("|".join(map(re.escape, _PHRASES)), re.I)
"""Month names of several words."""
JOINT = "\u02cd"
"""Stands between the words of such a name while a text is read."""

_THAI_MONTH = "เดือน"
"""The word for a month, which Thai writes in front of its name without a space."""


_HEBREW_IN = "ב"
"""The preposition that Hebrew writes in front of a month's name."""


def month(word: str) -> int | None:
    """Return the number of the month that a word names; None if it names none."""
    name = word.lower().strip(_MARKS).replace(JOINT, " ")
    return MONTHS.get(name.removeprefix(_THAI_MONTH)) or MONTHS.get(
        name.removeprefix(_HEBREW_IN)
    )


ZONES: dict[str, int] = {
    "GMT": 0, "UTC": 0, "Z": 0, "WET": 0, "BST": 60, "IST": 330, "WEST": 60,
    "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120, "EET": 120, "EEST": 180,
    "MSK": 180, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420,
    "MDT": -360, "PST": -480, "PDT": -420, "AEST": 600, "AEDT": 660, "JST": 540,
    "SGT": 480, "HKT": 480, "NZST": 720, "NZDT": 780, "SAST": 120, "GST": 240,
    "KST": 540, "AKST": -540, "AKDT": -480, "HST": -600, "ACST": 570, "ACDT": 630,
    "AWST": 480, "PKT": 300, "NST": -210, "AST": -240, "ADT": -180, "BRT": -180,
    "ART": -180, "WIB": 420, "WITA": 480, "WAT": 60, "EAT": 180, "CAT": 120,
}  # fmt: skip
"""Zone name to minutes east of UTC, as the press of their countries uses them."""

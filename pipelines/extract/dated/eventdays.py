"""Lines in, those of them out that say on which day an announced event takes place.

"Date: 20 March" is an event's where a line next to it invites readers to register, or
two of them tell time and place; elsewhere it is how many sites label a publication.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from ..text import fold
from .dates import Stated

_WHEN = re.compile(
    r"\W*(?:dates?|date\s+(?:and|&)\s+time|when|wann|datum|termin|quand|cuándo|fecha|"
    r"quando|wanneer|när|kiedy)\s*(?::|$)",
    re.I,
)
_TIME = re.compile(
    r"\W*(?:time|uhrzeit|heure|hora|ora|orario|tijd|tid|godzina)\s*(?::|$)", re.I
)
_PLACE = re.compile(
    r"\W*(?:where|venue|location|place|wo|(?:veranstaltungs)?ort|où|lieu|dónde|lugar|"
    r"dove|luogo|waar|locatie|plats|gdzie|miejsce)\s*(?::|$)",
    re.I,
)
_REGISTER = re.compile(
    r"\W*(?:register|registration|rsvp|book (?:now|your (?:place|seat|tickets?))|"
    r"(?:buy |get )?tickets?\s*:|jetzt anmelden|(?:zur )?anmeldung|s['’]inscrire|"
    r"inscr[ií][bp]\w+|iscriviti|aanmelden|inschrijven)\b"
    r"(?!.*\b(?:newsletter|read|reading|account|articles?|alerts|lesen|konto)\b)"
    r".{0,60}$",
    re.I,
)
_BEFORE, _AFTER = 4, 8
"""How many lines around the one with the date may say that it is an event's."""
_LINE_CHARS = 120


def event_dates(lines: Sequence[str]) -> Iterator[int]:
    """Yield the places of lines that state an event's day, and of their labels."""
    for place, line in enumerate(lines):
        found = _WHEN.match(line) if len(line) <= _LINE_CHARS else None
        if found is None or not _is_announced(lines, place):
            continue
        yield place
        if found.end() == len(line) and place + 1 < len(lines):
            yield place + 1


def event_days(
    strings: Sequence[str], read: Callable[[str], Stated | None]
) -> frozenset[date]:
    """Return the days of the events that a page announces.

    Args:
        strings: The raw strings of the page, in their order.
        read: How dates are read on it.
    """
    if not any(map(_WHEN.match, strings)):
        return frozenset()
    lines = [line for string in strings if (line := fold(string))]
    found = (read(lines[place][:_LINE_CHARS]) for place in event_dates(lines))
    return frozenset(stated.day for stated in found if stated is not None)


def _is_announced(lines: Sequence[str], place: int) -> bool:
    """Whether the lines around a date tell how to come to what is on that day."""
    near = [
        line
        for line in lines[max(0, place - _BEFORE) : place + _AFTER]
        if len(line) <= _LINE_CHARS
    ]
    if any(map(_REGISTER.match, near)):
        return True
    return any(map(_TIME.match, near)) and any(map(_PLACE.match, near))

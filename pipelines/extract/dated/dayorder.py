"""Material in, whether the page writes the day before the month out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date

from ..material import Material
from . import datelines
from .dates import Stated, parse

_AMERICAN_HOSTS = ("us", "gov", "mil")
_FIGURES = re.compile(
    r"(?<![\w/.\-])(\d{1,2})([/\-])(\d{1,2})\2(?:(?:19|20)\d\d|\d\d)(?![\w/\-])"
)
_LAST_MONTH = 12
_MOST_FOUND = 40
"""How many dates in figures are looked at."""


def is_american(material: Material, language: str | None) -> bool:
    """Whether a page says of itself that it reads months first."""
    if language and language.startswith("en-"):
        return language == "en-us"
    return material.host.rsplit(".", 1)[-1] in _AMERICAN_HOSTS


def is_ambiguous(stated: Stated) -> bool:
    """Whether a date may have been read from figures the wrong way round."""
    return stated.in_figures and _mirrored(stated.day) is not None


def is_confirmed(
    material: Material, sure: Collection[date], was: date, now: date, *, day_first: bool
) -> bool:
    """Whether the page bears out that its figures are to be read the other way.

    Args:
        material: The page.
        sure: Days that the page states whichever way its figures are read.
        was: The day as read first.
        now: The same figures read the other way round.
        day_first: How they were read first.
    """
    if now != _mirrored(was):
        return False
    addressed = [s.day for s in map(parse, datelines.address_days(material)) if s]
    for known in (sure, addressed):
        if any(map(_near(was), known)):
            return False
        if any(map(_near(now), known)):
            return True
    month = datelines.address_month(material)
    if month is not None and month in (was.replace(day=1), now.replace(day=1)):
        return month == now.replace(day=1)
    return _shows_months_first(material) is day_first


def _mirrored(day: date) -> date | None:
    """Return the day whose figures are the same with month and day exchanged."""
    if day.day > _LAST_MONTH or day.day == day.month:
        return None
    return day.replace(month=day.day, day=day.month)


def _near(day: date) -> Callable[[date], bool]:
    """Return the question whether another day is at most one day away from this."""
    return lambda other: abs((other - day).days) <= 1


def _shows_months_first(material: Material) -> bool | None:
    """Whether the other dates in figures on the page have the month first.

    Only dates with a number above twelve tell; None where none does or they differ.
    """
    found: set[bool] = set()
    seen = 0
    for text in material.root.itertext():
        if "/" not in text and "-" not in text:
            continue
        for match in _FIGURES.finditer(text):
            one, two = int(match.group(1)), int(match.group(3))
            if (one > _LAST_MONTH) != (two > _LAST_MONTH):
                found.add(two > _LAST_MONTH)
                seen += 1
        if seen > _MOST_FOUND:
            break
    return found.pop() if len(found) == 1 else None

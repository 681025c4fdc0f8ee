"""A text in, the first day that it states by another calendar than ours out.

Japanese and Chinese texts may count years within an era, Persian ones by the sun since
the Hijra, with months of their own.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from .spelled import Named

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""Era to the year before its first."""
_ERA_DAY = re.compile(
    rf"({'|'.join(_ERAS)})\s*(\d{{1,3}}|元)\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*日"
)
_PERSIAN_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_PERSIAN_DAY = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s+({'|'.join(_PERSIAN_MONTHS)})(?:\s*ماه)?[\s،,]+(\d{{4}})(?!\d)"
)
_ARABIC_LETTERS = str.maketrans("يك", "یک")
"""Letters that Arabic keyboards write in place of the Persian ones."""
_KNOWN_YEAR, _KNOWN_DAY = 1399, date(2020, 3, 20)
"""A year of the Persian calendar and the day on which it began."""
_YEARS = range(1350, 1450)
"""Years of the web, give or take; the rule for leap years holds for them."""


def other_day(text: str) -> Named | None:
    """Return the first day that a text states by an era or the Persian calendar."""
    text = text.translate(_ARABIC_LETTERS)
    era, persian = _ERA_DAY.search(text), _PERSIAN_DAY.search(text)
    if era:
        year = _ERAS[era[1]] + (1 if era[2] == "元" else int(era[2]))
        return _named(era, _our_day(year, int(era[3]), int(era[4])))
    if persian:
        month = _PERSIAN_MONTHS.index(persian[2]) + 1
        return _named(persian, _persian(int(persian[3]), month, int(persian[1])))
    return None


def _named(match: re.Match[str], day: date | None) -> Named | None:
    return Named(day=day, start=match.start(), end=match.end()) if day else None


def _our_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _persian(year: int, month: int, day: int) -> date | None:
    """Return the day that the Persian calendar counts so; None if it has none."""
    length = 31 if month <= 6 else 30
    if month == 12 and not _is_leap(year):
        length = 29
    if year not in _YEARS or not 1 <= day <= length:
        return None
    first, last = sorted((year, _KNOWN_YEAR))
    days = sum(366 if _is_leap(each) else 365 for each in range(first, last))
    start = _KNOWN_DAY + timedelta(days=days if year > _KNOWN_YEAR else -days)
    return start + timedelta(days=(month - 1) * 30 + min(month - 1, 6) + day - 1)


def _is_leap(year: int) -> bool:
    """Whether a Persian year has 366 days: eight in 33 do."""
    return (8 * year + 29) % 33 < 8

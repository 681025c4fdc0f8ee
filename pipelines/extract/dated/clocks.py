"""The text beside a date in, the time of day and its offset out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .months import ZONES

Time = tuple[int, int, int]
"""Hour, minute and second of a 24-hour clock."""

_BEFORE = "下午|晚上|晚|午後|오후|上午|早上|早|午前|오전|凌晨|pm|am"
_AFTER = (
    r"[ap]\.?\s?m\b\.?|[ai]p\b\.?|μ\.?μ\b\.?|π\.?μ\b\.?|अपराह्न|पूर्वाह्न|"
    r"ب\.ظ|ق\.ظ|[مص](?!\w)"
)
_LATE_WORDS = frozenset(
    {"pm", "ip", "μμ", "अपराह्न", "下午", "晚上", "晚", "午後", "오후", "م", "بظ"}
)
_TIME = re.compile(
    rf"(?:(?<![^\W\d_])(?P<lead>{_BEFORE})\s*)?(?<![\d:.+\-/])"
    r"(?P<hour>\d{1,2})\s?(?:[:.h時时點点시]\s?(?P<minute>\d{2})(?!\d))"
    r"(?:[:.分분]\s?(?P<second>\d{2})(?!\d)(?:[.,]\d+)?)?"
    rf"\s*(?P<half>{_AFTER})?"
    rf"|(?<![\d:.])(?P<hour2>\d{{1,2}})\s*(?P<half2>[ap]\.?\s?m\b\.?)"
    r"|\b[àa]s?\s(?P<hour3>\d{1,2})\s?h\b",
    re.I,
)
_WORDS = {
    "noon": 12, "midday": 12, "midnight": 0, "midi": 12, "minuit": 0, "mittag": 12,
    "mitternacht": 0, "mezzogiorno": 12, "mezzanotte": 0, "mediodía": 12,
    "medianoche": 0, "podne": 12, "ponoć": 0, "poledne": 12, "půlnoc": 0,
    "południe": 12, "północ": 0, "полдень": 12, "полночь": 0,
}  # fmt: skip
_WORD = re.compile(rf"^\W*(?:\w{{1,3}}\s+)?({'|'.join(_WORDS)})\b", re.I)
_OFFSET = re.compile(
    r"(?:GMT|UTC)\s?([+-]\d{1,2})(?::?(\d{2}))?(?!\d)|(?<!\d)([+-]\d{2}):?(\d{2})(?!\d)"
    r"|\b([A-Z]{2,5})\b|(Z)\b"
)
_RANGE = re.compile(r"\d-")
"""What follows the first time of "09:30-10:30"."""
_REACH, _ZONE_REACH = 48, 24
"""How many characters from a day its time may stand, and from the time its zone."""
_MAX_OFFSET_HOURS = 14


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A time of day as a text states it."""

    clock: Time
    seconds: bool = False
    """Whether the seconds are written."""
    offset_minutes: int | None = None
    """Offset from UTC as written; None where none is."""


def beside(before: str, inside: str, after: str) -> Told | None:
    """Return the time that stands beside a day; None if none does.

    Args:
        before: The text in front of the day.
        inside: The text that states the day; "Nov 20 09:30 2026" holds its time.
        after: The text behind the day.
    """
    if ":" in inside:
        return _first(inside + after[:_ZONE_REACH])
    word = _WORD.match(after[:_REACH])
    if word:
        return Told(clock=(_WORDS[word.group(1).lower()], 0, 0))
    return _first(after[:_REACH]) or _last(before[-_REACH:])


def _first(text: str) -> Told | None:
    """Return the first time in a text that a clock can show."""
    for match in _TIME.finditer(text):
        told = _told(match)
        if told is not None:
            return told
    return None


def _last(text: str) -> Told | None:
    """Return the last time in a text, which stands nearest to what follows it."""
    found = [told for match in _TIME.finditer(text) if (told := _told(match))]
    return found[-1] if found else None


def _told(match: re.Match[str]) -> Told | None:
    """Read one time with the zone that follows it."""
    part = match.groupdict()
    hour = part["hour"] or part["hour2"] or part["hour3"]
    half = part["half"] or part["half2"] or part["lead"]
    clock = read(hour, part["minute"] or "0", part["second"], half)
    if clock is None:
        return None
    rest = match.string[match.end() : match.end() + _ZONE_REACH].lstrip(" (")
    glued = _RANGE.match(match.string, match.end() - 1) is not None
    return Told(
        clock=clock,
        seconds=part["second"] is not None,
        offset_minutes=None if glued else zone(rest),
    )


def zone(text: str) -> int | None:
    """Return the offset in minutes that the beginning of a text names."""
    match = _OFFSET.search(text)
    if match is None:
        return None
    if match.group(5):
        return ZONES.get(match.group(5))
    if match.group(6):
        return 0
    hours, minutes = match.group(1) or match.group(3), match.group(2) or match.group(4)
    return offset(hours[0] + hours[1:].zfill(2) + (minutes or "00"))


def offset(text: str) -> int | None:
    """Return minutes east of UTC; None for an offset that no clock has."""
    if text[0] not in "+-":
        return 0
    digits = text[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > _MAX_OFFSET_HOURS or minutes > 59:
        return None
    return (-1 if text[0] == "-" else 1) * (hours * 60 + minutes)


def read(
    hour: str, minute: str, second: str | None, half: str | None = None
) -> Time | None:
    """Return the time of a 24-hour clock; None if no clock shows it."""
    hours, minutes, seconds = int(hour), int(minute), int(second or 0)
    late = _is_late(half) if half else None
    if late is not None and 1 <= hours <= 12:
        hours = hours % 12 + (12 if late else 0)
    if seconds > 60 or hours > 23 or minutes > 59:
        return None
    return hours, minutes, min(seconds, 59)


def _is_late(half: str) -> bool:
    """Whether a word for half of the day means the second one."""
    return half.lower().replace(" ", "").replace(".", "") in _LATE_WORDS

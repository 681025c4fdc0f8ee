"""Material in, the days of publication that the page hands to its own program out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ..material import Material

_VALUE = re.compile(rb"20\d\d[-/]\d\d[-/]\d\d")
"""What is looked for first: it is rarer than names, and begins with fixed letters."""
_STATED = re.compile(
    rb"""["'](?:(?:date|first)_?published|published_?(?:at|on|date|time)|"""
    rb"""publication_?date|publish_?date|pub_?date|first_?published_?at)\\?["']"""
    rb"""\s*:\s*\\?["'](\d{4}-\d\d-\d\d[^"'\\]{0,20})"""
    rb"""|\b(?:show|write)_?date\w*\(\s*["'](\d{4}[-/]\d\d[-/]\d\d)""",
    re.I,
)
"""A member of an object in a script that states the day of publication."""
_DAY = re.compile(
    rb"""["'](?:(?:date_?)?(?:published|publication|creation|created)|"""
    rb"""(?:publish|publication|published|creation|created|pub)_?date)\\?["']"""
    rb"""\s*:\s*\\?["'](\d{4}-\d\d-\d\d)\\?["']""",
    re.I,
)
"""A member that states a day and no time: the day as the site's people have it."""
_VALUES = 400
"""How many dates of a page are looked at."""
_BEFORE, _AFTER = 48, 24
"""How many bytes before and after its day a member may take."""


def states(material: Material) -> Iterator[str]:
    """Yield the dates, with or without a time, that scripts give as publication."""
    return _members(material.page.body, _STATED)


def days(material: Material) -> Iterator[str]:
    """Yield the days without a time that scripts give as publication or creation."""
    return _members(material.page.body, _DAY)


def _members(body: bytes, member: re.Pattern[bytes]) -> Iterator[str]:
    """Yield what the members state that hold the page's dates."""
    for place in islice(_VALUE.finditer(body), _VALUES):
        start = max(0, place.start() - _BEFORE)
        found = member.search(body, start, place.end() + _AFTER)
        if found and found.end() >= place.end():
            stated = next(group for group in found.groups() if group)
            yield stated.decode("ascii", "replace")

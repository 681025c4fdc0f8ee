"""A page and its profile in, the article cut out of it out; no network, no I/O.

What the package offers is imported when it is first asked for (PEP 562): the process
that crawls needs the records only, and starts half a second sooner without the rest.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .cut import anatomy, cutting, extract
    from .learned.lesson import Cutting, Lesson
    from .learned.memory import NOTHING, Memory, Taught, learn
    from .lines.dissection import Anatomy, Part
    from .profile import SiteProfile

__all__ = [
    "NOTHING",
    "Anatomy",
    "Cutting",
    "Lesson",
    "Memory",
    "Part",
    "SiteProfile",
    "Taught",
    "anatomy",
    "cutting",
    "extract",
    "learn",
]
_HOMES = {
    **dict.fromkeys(("anatomy", "cutting", "extract"), "cut"),
    **dict.fromkeys(("Cutting", "Lesson"), "learned.lesson"),
    **dict.fromkeys(("NOTHING", "Memory", "Taught", "learn"), "learned.memory"),
    **dict.fromkeys(("Anatomy", "Part"), "lines.dissection"),
    "SiteProfile": "profile",
}


def __getattr__(name: str) -> object:
    """Import what is asked for.

    Raises:
        AttributeError: The package offers nothing of that name.
    """
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value

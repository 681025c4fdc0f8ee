"""A page and its profile in, the article cut out of it out; no network, no I/O."""

from __future__ import annotations

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

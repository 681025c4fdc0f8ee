"""Material, headline and layout in, what calls the page a live blog out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from ..fields.titles import Headline
from ..lines.layout import Layout
from ..material import Material
from ..tree import names_of

_SLUG = re.compile(
    r"(?<![a-z])(?:live|live[-_ ]?blogs?|live[-_ ]?ticker|news[-_ ]?blog|"
    r"live[-_ ]?updates?|live[-_ ]?coverage|live[-_ ]?bericht|"
    r"as[-_ ]it[-_ ]happened|minute[-_ ]by[-_ ]minute|en[-_ ]direct|"
    r"en[-_ ]vivo|en[-_ ]directo|minuto[-_ ]a[-_ ]minuto|in[-_ ]diretta|"
    r"ao[-_ ]vivo|direktrapport|liverapport|na[-_ ]zywo|relacja|onlajn)(?![a-z])",
    re.I,
)
HEADLINE = re.compile(
    rf"{_SLUG.pattern}|\ben direct\b|\bna żywo\b|\bživě\b|\bcanlı\b|онлайн|прямой эфир",
    re.I,
)
_NAMES = re.compile(
    r"live[-_ ]?(?:blog|ticker|post|update|entry|entries|feed|text|event|stream-post)"
    r"|coverage-?list|(?<![a-z])newsblog|timeline-entry",
    re.I,
)

CALLS = (
    "live", "newsblog", "news blog", "news-blog", "news_blog", "happened", "minut",
    "direct", "direkt", "dirett", "vivo", "zywo", "żywo", "relacja", "onlajn", "živě",
    "canl", "онлайн", "эфир",
)  # fmt: skip
"""One of these stands in whatever the two patterns above find."""
_HINTS = ("live", "Live", "LIVE", "newsblog", "overage", "timeline")
"""One of these stands in the names of boxes that are asked at all."""


def is_declared(material: Material) -> bool:
    """Whether structured data says outright that the page is a live blog."""
    if "LiveBlogPosting" in material.linked.typed.article | material.linked.typed.named:
        return True
    return "liveblogupdate" in material.survey.itemprops


def is_called(material: Material, title: Headline | None, layout: Layout) -> bool:
    """Whether address, headline or the names of boxes call the page live."""
    path = unquote(urlsplit(material.page.url).path)
    headline = title.text if title is not None else ""
    called = f"{path}\n{headline}".lower()
    if any(word in called for word in CALLS) and (
        _SLUG.search(path) or HEADLINE.search(headline)
    ):
        return True
    return any(map(_NAMES.search, _names(layout)))


def _names(layout: Layout) -> Iterator[str]:
    """Yield the names of boxes that may say so."""
    classes = {box.element.get("class") for box in layout.boxes} - {None}
    if not _is_hinted(" ".join(classes)):
        return
    hinted = frozenset(filter(_is_hinted, classes))
    for box in layout.boxes:
        if box.element.get("class") in hinted:
            yield names_of(box.element)


def _is_hinted(names: str) -> bool:
    return any(word in names for word in _HINTS)

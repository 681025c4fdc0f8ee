"""An article's id, text and date in; the addresses its title gives it out.

Contains no business logic beyond each title's habits of naming.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from demo.model import LONDON, Text

FEED_TAIL = "utm_source=rss&utm_medium=feed"
"""What the feeds of girder and carton hang on to every link."""
FRONT_TAIL = "utm_source=front&utm_medium=teaser"
"""What carton's home page hangs on to its links."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Where an article stands."""

    number: int
    path: str
    aliases: tuple[str, ...]
    picture: str


def address(site: str, number: int, text: Text, published: datetime) -> Address:
    """The addresses of one article in the manner of its title."""
    return {"townhall": _townhall, "girder": _girder, "carton": _carton}[site](
        number, text, published
    )


def _townhall(number: int, text: Text, published: datetime) -> Address:
    folder = "features" if text.feature else "news"
    return Address(
        number=number,
        path=f"/articles/{folder}/{quote(_slug(text.headline, '‘’'))}",
        aliases=(f"/content/{number}",),
        picture=f"/sites/default/files/lead-{number}.png",
    )


def _girder(number: int, text: Text, published: datetime) -> Address:
    local = published.astimezone(LONDON)
    path = f"/{local:%Y/%m/%d}/{section_slug(text.section)}/{_slug(text.headline)}/"
    return Address(
        number=number,
        path=path,
        aliases=(path.rstrip("/"), f"/?p={number}", f"{path}?{FEED_TAIL}"),
        picture=f"/wp-content/uploads/{local:%Y/%m}/site-{number}.png",
    )


def _carton(number: int, text: Text, published: datetime) -> Address:
    path = f"/story.php?id={number}"
    return Address(
        number=number,
        path=path,
        aliases=(f"{path}&{FEED_TAIL}", f"{path}&{FRONT_TAIL}"),
        picture=f"/pix/{number}.png",
    )


def shown_tags(site: str, number: int, tags: tuple[str, ...]) -> tuple[str, ...]:
    """The tags the page shows: on townhall two pages in five leave the label empty."""
    return () if site == "townhall" and number % 5 < 2 else tags


def section_slug(name: str) -> str:
    """A section or a tag as it stands in addresses."""
    return _slug(name)


def _slug(title: str, kept: str = "") -> str:
    """Lower case, with hyphens for spaces and without other marks than `kept`."""
    return re.sub(rf"[^\w{kept}]+", "-", title.lower().replace("’s", "s")).strip("-")

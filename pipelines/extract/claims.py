"""What a witness says of a field: a value and who says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from crawler.items import RouteKind

T_co = TypeVar("T_co", covariant=True)
Witness = Literal[
    "profile", "json-ld", "open graph", "meta", "microdata", "html", "feed", "sitemap",
    "section", "wordpress", "url", "text", "memory",
]  # fmt: skip

ROUTE_WITNESS: dict[RouteKind, Witness] = {
    "feed": "feed",
    "sitemap": "sitemap",
    "section": "section",
    "wordpress": "wordpress",
}
"""Which witness a route's hint is; a plain link says nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim(Generic[T_co]):
    """One witness's value for one field."""

    value: T_co
    witness: Witness

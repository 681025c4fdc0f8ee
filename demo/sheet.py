"""What a page says beside its article is put on a `Sheet`; escaped HTML comes back.

Page and ground truth have one source that way: a line of furniture can only reach a
page through `Sheet.say`, and the truth reads the same sheet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Literal

Role = Literal[
    "nav",
    "caption",
    "credit",
    "related",
    "share",
    "tags",
    "comments",
    "teaser",
    "sponsored",
    "newsletter",
    "paywall",
    "legal",
    "byline",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Furniture:
    """One line of a page that is no part of the article's text."""

    role: Role
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Lead:
    """A link of an article's page to another article of its title."""

    role: Literal["inline", "related", "teaser"]
    path: str
    """Canonical path of the other article, however the link is spelled."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """What one page puts into the frame that all pages of its title share."""

    title: str
    content: str
    """HTML of the main part."""
    head: str = ""
    """More elements for the head."""
    section: str | None = None
    """Name of the section for the trail of links above an article."""
    own: str | None = None
    """Headline that lists of the newest leave out, being the page's own."""


@dataclass(slots=True)
class Sheet:
    """Collects the lines of one page as its HTML is put together."""

    lines: list[Furniture] = field(default_factory=list)
    pull_quote: str | None = None
    """A sentence of the body that the page shows a second time; None without one."""
    leads: list[Lead] = field(default_factory=list)
    """Where the page leads to another article."""

    def say(self, role: Role, text: str) -> str:
        """Note a line of furniture and return it for use between tags."""
        self.lines.append(Furniture(role=role, text=text))
        return escape(text, quote=False)

    def note(self, role: Role, text: str) -> None:
        """Note a line that the page puts together from several elements."""
        self.lines.append(Furniture(role=role, text=text))

    def lead(
        self, role: Literal["inline", "related", "teaser"], paths: Iterable[str]
    ) -> None:
        """Note that the page links to other articles."""
        self.leads += (Lead(role=role, path=path) for path in paths)

    def link(self, role: Role, text: str, href: str) -> str:
        """A link whose words are a line of furniture."""
        return f'<a href="{escape(href)}">{self.say(role, text)}</a>'

    def links(self, role: Role, pairs: list[tuple[str, str]]) -> str:
        """List items, one a link, from pairs of words and address."""
        return "\n".join(
            f"<li>{self.link(role, text, href)}</li>" for text, href in pairs
        )


def safe(text: str) -> str:
    """Text for use between tags or inside a quoted attribute."""
    return escape(text)

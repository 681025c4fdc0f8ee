"""A text or an address goes in; the licence that it names comes out, in short form."""

from __future__ import annotations

import re

NAME = (
    r"(?:CC[\s-]?(?:BY(?:[\s-](?:SA|NC|ND))*|0)(?:[\s-]?\d\.\d)?"
    r"(?:[\s-](?:int|igo|[a-z]{2}))?"
    r"|creative commons(?:\s[\w.-]+){0,6}?(?:\s\d\.\d)?(?=$|[).,;/])"
    r"|public domain|gemeinfrei|domaine public|dominio público|domínio público"
    r"|pubblico dominio|publiek domein"
    r"|(?:Open Government Licen[cs]e|OGL)(?:\sv?\d(?:\.\d)?)?"
    r"|(?:Unsplash|Pexels|Pixabay) Licen[cs]e)"
)
"""A pattern for any licence as it is printed."""
MARKS = (
    "cc", "commons", "public", "gemeinfrei", "dominio", "domínio", "domein", "ogl",
    "licen",
)  # fmt: skip
"""One of these stands in every licence's name, in lower case."""
_AT_END = re.compile(rf"[\s/|,;(–-]*\(?\b({NAME})\)?\.?\s*$", re.I)
INSIDE = re.compile(
    r"[\s/|,;(]*\b(CC[\s-]BY(?:[\s-](?:SA|NC|ND))*(?:[\s-]\d\.\d)?)\)?", re.I
)
"""A licence that stands inside a credit: "Jo Hay, CC BY 2.0, via Commons"."""
_DEED = re.compile(
    r"creativecommons\.org/(?:licenses/(?P<code>by(?:-(?:sa|nc|nd))*)"
    r"|publicdomain/(?P<free>zero|mark))(?:/(?P<version>\d\.\d))?",
    re.I,
)
"""https://creativecommons.org/licenses/by-sa/4.0/ and the like."""
_FREE = {"zero": "CC0", "mark": "Public Domain Mark"}


def at_end(text: str) -> re.Match[str] | None:
    """Match a licence that ends a line, as printed, and the marks that set it off."""
    lowered = text.lower()
    return _AT_END.search(text) if any(m in lowered for m in MARKS) else None


def of_address(address: str) -> str | None:
    """Return the short form of a Creative Commons deed's address: "CC BY-SA 4.0"."""
    found = _DEED.search(address)
    if found is None:
        return None
    if found["free"]:
        name = _FREE[found["free"].lower()]
    else:
        name = f"CC {found['code'].upper()}"
    return f"{name} {found['version']}" if found["version"] else name


def of_text(text: str) -> str | None:
    """Return the licence that a text is and nothing else; None if it says more."""
    text = text.strip()
    found = at_end(text)
    if found is not None and not text[: found.start()].strip():
        return found[1]
    return None

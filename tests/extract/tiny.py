"""Pieces of markup in, a tiny page's lines by their text out."""

from __future__ import annotations

from reader import Site, page

from pipelines.extract import Part, anatomy

ONE = (
    "The ferry to the island has been given a longer rope, so that it can turn round "
    "in the harbour without asking the lighthouse to move out of its way."
)
TWO = (
    "Passengers are asked to sit on the side that is further from the rope, as they "
    "have done since the older of the two captains was a boy."
)
THREE = (
    "A second rope is kept in the boathouse. It has never been wet, and those who "
    "look after it would like it to stay so for as long as possible."
)
TITLE = "Ferry gets a longer rope"


def lines(markup: str, site: Site | None = None) -> dict[str, Part]:
    """Return the lines of a page by their text."""
    return {part.text: part for part in anatomy(page(markup), site or Site()).parts}


def article(middle: str = "", after: str = "", head: str = "") -> str:
    """Return a page of three paragraphs with something before the last, and after."""
    return (
        f"<html><body><main><article><h1>{TITLE}</h1>{head}<p>{ONE}</p><p>{TWO}</p>"
        f"{middle}<p>{THREE}</p>{after}</article></main></body></html>"
    )


def told(part: Part) -> tuple[str, str]:
    """Return a line's role and the rule that gave it."""
    return part.role, part.rule

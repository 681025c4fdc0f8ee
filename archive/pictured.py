"""A connection and an article's id go in; its pictures and notices come out."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from archive.records import Image, Notice


@dataclass(frozen=True, kw_only=True, slots=True)
class Pictured:
    """The pictures of an article, as of its newest text."""

    lead: Image | None
    inline: tuple[Image, ...]
    """In reading order."""


def pictured(connection: sqlite3.Connection, article_id: int) -> Pictured:
    """Read an article's pictures."""
    rows = connection.execute(
        "SELECT role, url, caption, credit, licence, after_block FROM images"
        " WHERE article_id = ? ORDER BY position",
        (article_id,),
    )
    found = [(str(row[0]), _image(tuple(row)[1:])) for row in rows]
    return Pictured(
        lead=next((image for role, image in found if role == "lead"), None),
        inline=tuple(image for role, image in found if role != "lead"),
    )


def _image(columns: tuple[object, ...]) -> Image:
    names = ("url", "caption", "credit", "licence", "after_block")
    values = dict(zip(names, columns, strict=True))
    return Image(**values)  # type: ignore[arg-type]  # typed by the schema


def noticed(connection: sqlite3.Connection, article_id: int) -> tuple[Notice, ...]:
    """Read what the newsroom says of an article, in the order of the page."""
    rows = connection.execute(
        "SELECT kind, text FROM notices WHERE article_id = ? ORDER BY position",
        (article_id,),
    )
    return tuple(Notice(kind=row[0], text=row[1]) for row in rows)

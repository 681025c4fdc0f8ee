"""A file's bytes go in; its documents and the reader of its format come out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipelines.extract.decode import decode

from . import factiva, nexis, page
from .memory import Memory
from .reading import Document, Reading

_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|article|span|a)\b[^>]*>", re.I)
LEAST_TAGS = 5
"""A text with fewer tags is a text that speaks of them."""
SNIFF_CHARS = 20_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """How files of one form are cut and read."""

    documents: Callable[[str], tuple[Document, ...]]
    read: Callable[[str, Memory], Reading]


FORMATS: dict[str, Format] = {
    "page": Format(documents=page.documents, read=page.read),
    "factiva": Format(documents=factiva.documents, read=factiva.read),
    "nexis": Format(documents=nexis.documents, read=nexis.read),
}
"""A new format is one module and one line here."""


def sniff(text: str) -> str:
    """The format of a text: a press database's if it has the signs of one."""
    if factiva.is_this(text):
        return "factiva"
    return "nexis" if nexis.is_this(text) else "page"


def text_of(content: bytes) -> str:
    """Decode a file.

    Raises:
        ValueError: It is no text; the message says why.
    """
    if not content.strip():
        raise ValueError("the file is empty")
    text = decode(content, "text/plain").removeprefix("\ufeff")
    if "\0" in text[:SNIFF_CHARS]:
        raise ValueError("the file holds bytes that no text has")
    if len(_MARKUP.findall(text[:SNIFF_CHARS])) >= LEAST_TAGS:
        raise ValueError("the file holds HTML: crawl the page, or give its text alone")
    return text

"""In: pages as bytes; out: whether we, and trafilatura, decode them rightly.

Right is the stated title in the page's title, without U+FFFD where the label is right;
with an encoding stated instead of a title, the text that the bytes are in it.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

from suites import Case, Verdict, rows

from pipelines.extract.decode import decode
from pipelines.extract.text import fold
from pipelines.extract.tree import parse, text_of

ODD: dict[str, Callable[[str, str], bool]] = {
    "one-bad-byte": lambda text, _: text.partition("</")[0].count("\ufffd") == 1,
    "nul-bytes": lambda _, shown: "\0" not in shown,
    "entities-c1": lambda _, shown: "“digital” €5 ’" in shown,
    "1252": lambda _, shown: "’" in shown and "“" in shown,
    "ascii-label": lambda _, shown: "’" in shown and "“" in shown,
    "two-metas": lambda _, shown: "’" in shown and "“" in shown,
}
"""What must be true of an odd case, by a part of its name: given the decoded text and
the text that is shown. Others must only come out, and be storable without U+FFFD."""


def cases(folder: Path) -> Iterator[Case]:
    """Yield the cases that need no script run."""
    found = rows(folder / "encodings" / "cases.jsonl")
    return (case for case in found if not case.get("scripted"))


def ours(case: Case) -> Verdict:
    """Whether we decode a page rightly."""
    return _decoded(case, decode)


def theirs(case: Case) -> Verdict:
    """Whether trafilatura decodes a page rightly."""
    from trafilatura.utils import decode_file

    return _decoded(case, lambda body, _: decode_file(body))


def _decoded(case: Case, read: Callable[[bytes, str | None], str]) -> Verdict:
    """Judge one program's text of a case's bytes."""
    body = base64.b64decode(case["data_b64"])
    text = read(body, case["content_type"])
    root = parse(text)
    shown = "" if root is None else text_of(root)
    shown.encode("utf-8")
    if case.get("title") is not None:
        titles = [] if root is None else list(root.iter("title"))
        title = fold(text_of(titles[0])) if titles else ""
        whole = not case.get("strict") or "\ufffd" not in text
        return title == fold(case["title"]) and whole
    if case.get("kind") == "odd":
        return next((rule(text, shown) for k, rule in ODD.items() if k in case["id"]),
                    bool(shown))  # fmt: skip
    return fold(text) == fold(_as_browsers_do(body, case["expected_encoding"]))


def _as_browsers_do(body: bytes, name: str) -> str:
    """Return the bytes in the encoding of a web name, without its mark."""
    codec = {"windows-1252": "latin-1", "iso-8859-8-i": "iso8859-8"}
    text = body.decode(codec.get(name.lower(), name), "replace")
    return text.removeprefix("\ufeff").removeprefix("ï»¿")

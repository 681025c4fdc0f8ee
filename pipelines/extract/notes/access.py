"""Declarations and labelled lines in, how much of the article a page shows out.

Many publishers declare an article closed and still send all of it. So a declaration
alone never counts: the text must be visibly cut, or short with a wall behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.records import Access, Block

from ..claims import Witness
from ..lines.layout import Layout, Leaf
from ..material import Material
from ..text import shorten, words
from .access_words import LEFT, LEFT_MARKS, MORE, ONWARD, UNFINISHED, WALL_MARKS, WALLS

_WALL = re.compile("|".join(WALLS), re.I)
_LEFT = re.compile("|".join(LEFT), re.I)
_ONWARD = re.compile(rf"^\W*(?:{'|'.join(ONWARD)})", re.I)
_MORE = re.compile(rf"^\W*(?:{'|'.join(MORE)})\W*$", re.I)
_ELLIPSIS = re.compile(r"(?P<mark>\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.)\W*$")
_BEHIND, _BEFORE = 12, 2
"""Lines below and above the end of the text among which a wall stands."""
_NEXT = 2
"""Lines below the end of the text among which a pointer to the rest stands."""
_WALL_CHARS = 400
_POINTER_CHARS = 120
_TINY, _SHORT, _MEDIUM = 60, 200, 400
"""Words of texts that are short enough to be a part."""
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CJK_CHARS = 2
"""Characters that count as a word where no spaces part words."""
_CUT_CHARS = 60
_SHARE = 0.5
"""Share of the declared words that a whole text has at least."""
_LEAST_DECLARED = 150
_TIERS = re.compile(
    r"content[_-]?tier$|:tier$|premium|paid(?:content)?$|paywall(?!_user)|"
    r"requiressubscription|accesstype|access[_-]?level",
    re.I,
)
"""Names of meta elements that tell who may read a page."""
_CLOSED = re.compile(
    r"^(?:locked|premium|paid|subscribers?|members?|true|yes|1|hard|closed)$", re.I
)
_NOT_TIERS = ("override", "firstpublish")


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """How much of its article a page shows."""

    access: Access = "open"
    evidence: str | None = None
    """For a person; None for an open page."""
    witness: Witness = "text"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Signs:
    """What speaks for a part of the text being kept back."""

    size: int
    """Words of the text."""
    cut: str
    """The words at which the text breaks off; empty if it does not."""
    wall: str
    """What stands where the rest would; empty without a wall."""
    left: str
    """What says how much is left."""
    closed: str
    """Who declares the article closed."""
    declared: int
    """Words that it is declared to have; 0 if it is not."""


def access(material: Material, layout: Layout, blocks: Sequence[Block]) -> Shown:
    """Say how much of the article a page shows, and why."""
    if not blocks:
        return Shown()
    cut, declared = _cut(blocks[-1].text), material.linked.declared.words
    enough = max(_MEDIUM, _SHARE * declared)
    size = _size(blocks, None if cut else enough)
    lines = [leaf for leaf in _around_end(layout) if leaf.chars <= _WALL_CHARS]
    doubtful = cut or size < enough
    closed = _closed(material) if doubtful else ""
    may_be_walled = cut or size < (_MEDIUM if closed else _SHORT)
    signs = _Signs(
        size=size,
        cut=cut,
        wall=_first(_WALL, lines, WALL_MARKS) if may_be_walled else "",
        left=_first(_LEFT, lines, LEFT_MARKS),
        closed=closed,
        declared=declared,
    )
    return _paywalled(signs) or _truncated(signs, layout, blocks) or Shown()


def _paywalled(signs: _Signs) -> Shown | None:
    """Weigh what speaks for a wall before the rest of the text."""
    if signs.left:
        return Shown(access="paywalled", evidence=f"says “{signs.left}”")
    short = signs.size < (_MEDIUM if signs.closed else _SHORT)
    if signs.wall and (short or signs.cut):
        why = f"says “{signs.wall}” after {signs.size} words"
        if signs.cut:
            why += f", which break off with “{signs.cut}”"
        return Shown(access="paywalled", evidence=_with(why, signs.closed))
    if signs.closed and signs.cut and signs.size < _MEDIUM:
        why = f"breaks off with “{signs.cut}”"
        return Shown(access="paywalled", evidence=_with(why, signs.closed))
    lacks = signs.declared >= _LEAST_DECLARED and signs.size < _SHARE * signs.declared
    if signs.closed and lacks:
        why = _with(f"shows {signs.size} of {signs.declared} words", signs.closed)
        return Shown(access="paywalled", evidence=why, witness="json-ld")
    return None


def _with(why: str, closed: str) -> str:
    return f"{why}; {closed}" if closed else why


def _truncated(signs: _Signs, layout: Layout, blocks: Sequence[Block]) -> Shown | None:
    """Weigh what speaks for a text that breaks off or leads on to the rest."""
    cut = signs.cut
    if not cut and signs.size >= _SHORT:
        return None
    pointer = _pointer(layout, strong=True)
    if pointer:
        return Shown(access="truncated", evidence=f"points on with “{pointer}”")
    pointer = _pointer(layout, strong=False)
    if cut and pointer and signs.size < _MEDIUM:
        why = f"breaks off with “{cut}”, points on with “{pointer}”"
        return Shown(access="truncated", evidence=why)
    if cut and _breaks_off(blocks[-1].text, signs.size):
        return Shown(access="truncated", evidence=f"breaks off with “{cut}”")
    return None


def _breaks_off(last: str, size: int) -> bool:
    """Whether an ellipsis can only be a cut, not an author's."""
    found = _ELLIPSIS.search(last)
    if found is None or size >= _MEDIUM:
        return False
    said = words(last[: found.start()])
    if found["mark"].startswith("[") or (said and said[-1] in UNFINISHED):
        return True
    return size < _TINY


def _cut(last: str) -> str:
    """Return the end of a text that ends in an ellipsis; else nothing."""
    is_open = "…" in last or "..." in last
    if not is_open or _ELLIPSIS.search(last) is None:
        return ""
    return " ".join(last.split()[-5:])[-_CUT_CHARS:]


def _size(blocks: Sequence[Block], enough: float | None) -> int:
    """Return how many words blocks have; a text of enough words is not counted on.

    In scripts without spaces about as many.
    """
    size = 0
    for text in (block.text for block in blocks):
        size += len(text.split())
        if not text.isascii():
            size += len(_CJK.findall(text)) // _CJK_CHARS
        if enough is not None and size >= enough:
            break
    return size


def _around_end(layout: Layout) -> Iterator[Leaf]:
    """Yield the lines around the end of the text, menus and feet left out."""
    text = [n for n, leaf in enumerate(layout.leaves) if leaf.role == "body"]
    if not text:
        return
    start = max(text[-1] - _BEFORE, text[0])
    for leaf in layout.leaves[start : text[-1] + 1 + _BEHIND]:
        if leaf.rule not in ("class nav", "class footer", "class comments"):
            yield leaf


def _first(said: re.Pattern[str], lines: Sequence[Leaf], marks: Sequence[str]) -> str:
    """Return the first line that says so, shortened.

    Args:
        said: What is said.
        lines: The lines.
        marks: One of these stands in each such line, in lower case.
    """
    for leaf in lines:
        if leaf.role == "comments":
            continue
        text = leaf.text.lower()
        if any(mark in text for mark in marks) and _says(said, leaf.text):
            return shorten(leaf.text, 100)
    return ""


@lru_cache(maxsize=4_096)
def _says(said: re.Pattern[str], text: str) -> bool:
    """Whether a line says so; a site's pages repeat most of those below the text."""
    return said.search(text) is not None


def _pointer(layout: Layout, *, strong: bool) -> str:
    """Return a link right below the text that leads to its rest."""
    said = _ONWARD if strong else _MORE
    text = [n for n, leaf in enumerate(layout.leaves) if leaf.role == "body"]
    for leaf in layout.leaves[text[-1] : text[-1] + 1 + _NEXT]:
        if leaf.chars <= _POINTER_CHARS and leaf.linked and said.search(leaf.text):
            return leaf.text
    return ""


def _closed(material: Material) -> str:
    """Return who declares the article closed to some readers; empty if nobody does."""
    if material.linked.declared.free is False:
        return "JSON-LD says isAccessibleForFree is false"
    for name, values in material.metas.items():
        if _TIERS.search(name) and not any(part in name for part in _NOT_TIERS):
            value = next((v for v in values if _CLOSED.match(v.strip())), None)
            if value is not None:
                return f"meta {name} is {value}"
    for sight in material.survey.itemprops.get("isaccessibleforfree", ()):
        told = sight.element.get("content") or sight.element.text or ""
        if told.strip().lower() == "false":
            return "microdata says isAccessibleForFree is false"
    return ""

"""A labelled layout in, what the newsroom says of the article itself out.

Notices stay in the text where they stand in it: readers saw them there. They are told
apart by how they begin or by what their box is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from archive.records import Notice, NoticeKind

from ..lines.layout import Box, Layout, Leaf
from ..tree import names_of
from .notice_words import CLASSES, LEADS, SENTENCE_WORDS, SENTENCES

_MOST = 30
_MAX_CHARS = 2_000
_TEXT_WORDS = 4
"""A notice says at least so many words after its label."""
_BEHIND = 15
"""Lines below the text among which a notice may stand that is not part of it."""
_BOXES = 3
_ALL_LEADS = "|".join(
    f"(?P<{kind}>{'|'.join(sorted(words, key=len, reverse=True))})"
    for kind, words in LEADS.items()
)
_MARKS = r"^[^\w\"“”„«»‘’']*"
"""What may stand before a label; quotation marks make it somebody's words."""
_STAMP = r"(?:\s+(?:added|appended|issued|made|posted|on|at|vom|am|du|del|of|from)\b)?"
_LEAD = re.compile(
    rf"{_MARKS}(?:{_ALL_LEADS})(?!\w)(?:{_STAMP}[^!?:]{{0,40}}?\d[^!?]{{0,40}}?)??"
    rf"\s*(?:[:：]|\s[–—-]|[–—])\s*(?=\S)",
    re.I,
)
"""A label before its notice: "Correction (12 May): ..."."""
_HEADING = re.compile(
    rf"{_MARKS}(?:{_ALL_LEADS})(?!\w)(?:{_STAMP}[^!?]{{0,40}}\d[^!?]{{0,20}})?\W*$",
    re.I,
)
"""A label on a line of its own."""
_BEGIN = (
    r"^[\W_]*(?:(?:note|nb|n\.b\.|hinweis|anmerkung|nota)\s*:\s*)?(?:on [^,]{4,30},? )?"
)
_SENTENCES = tuple(
    (kind, re.compile(f"{_BEGIN}{pattern}", re.I)) for kind, pattern in SENTENCES
)
_ANY_SENTENCE = re.compile(
    f"{_BEGIN}(?:{'|'.join(pattern for _, pattern in SENTENCES)})"
)
"""How any of them begins, in lower case."""
_FIRST_WORD = re.compile(r"[\W_]*([^\W_]+)")
_LEAD_CHARS = 3
_LEAD_WORDS = frozenset(
    word[:_LEAD_CHARS].rstrip() for words in LEADS.values() for word in words
)
"""How the first word of every label begins."""
_FIRST_WORDS = 200
"""Characters of a line in which a notice must have begun."""
_MENUS = ("class nav", "<nav>", "class footer", "<footer>", "class related", "headline")
"""Rules of lines that hold no notice, whatever they say."""
_ROLES = frozenset({"nav", "byline", "standfirst", "legal", "caption", "teaser"})
"""Roles of lines outside the text that may be notices."""
_LABEL_CHARS = 80
_DONE = re.compile(
    r"updated|aktualisiert|actualizado|aggiornato|atualizado|uppdaterad|oppdatert|"
    r"opdateret",
    re.I,
)
"""Words that stand before the time of a page's last change."""
_DATED = re.compile(r"\d")


def notices(layout: Layout) -> tuple[Notice, ...]:
    """Return the notices in and around the text, in the order of the page."""
    text = [n for n, leaf in enumerate(layout.leaves) if leaf.role == "body"]
    if not text:
        return ()
    titles = (n for n, x in enumerate(layout.leaves) if x.role == "headline")
    first = min(next(titles, text[0]), text[0])
    leaves = layout.leaves[first : text[-1] + 1 + _BEHIND]
    found = dict.fromkeys(islice(_found(leaves, is_named=_any_named(leaves)), _MOST))
    return tuple(found)


def _any_named(leaves: list[Leaf]) -> bool:
    """Whether any box next to one of the lines is named as a notice's."""
    boxes: set[Box] = set()
    around = {leaf.box for leaf in leaves}
    for _ in range(_BOXES):
        boxes |= around
        around = {box.parent for box in around if box.parent is not None}
    return _class_kind("\n".join(names_of(box.element) for box in boxes)) is not None


def _found(leaves: list[Leaf], *, is_named: bool) -> Iterator[Notice]:
    """Yield the notices among lines.

    Args:
        leaves: The lines.
        is_named: Whether any box next to them is named as a notice's.
    """
    passed = -1
    for number, leaf in enumerate(leaves):
        if number <= passed or not _may_be(leaf):
            continue
        first = _FIRST_WORD.match(leaf.text)
        word = first[1].casefold() if first is not None else ""
        may_lead = word[:_LEAD_CHARS] in _LEAD_WORDS
        kind = _labelled(leaf) if may_lead else None
        if may_lead and kind is None and (heading := _heading(leaf)) is not None:
            below = leaves[number + 1] if number + 1 < len(leaves) else None
            if below is not None and _is_told(leaf, below, heading):
                passed = number + 1
                label = leaf.text.rstrip(" :")
                yield Notice(kind=_kind(heading), text=f"{label}: {below.text}")
            continue
        if kind is None and word in SENTENCE_WORDS:
            kind = _said(leaf)
        if kind is None and is_named:
            kind = _named(leaf)
        if kind is not None:
            yield Notice(kind=kind, text=leaf.text)


def _heading(leaf: Leaf) -> re.Match[str] | None:
    """Return the match of a line that is a notice's label and nothing else."""
    return _HEADING.match(leaf.text) if leaf.chars < _LABEL_CHARS else None


def _may_be(leaf: Leaf) -> bool:
    """Whether a line stands where notices do."""
    if leaf.chars > _MAX_CHARS or leaf.kind == "table_row":
        return False
    if leaf.role == "body":
        return True
    return leaf.role in _ROLES and not leaf.rule.startswith(_MENUS)


def _labelled(leaf: Leaf) -> NoticeKind | None:
    """Return what a line is by its label, if a text follows that is no mere date."""
    found = _LEAD.match(leaf.text)
    if found is None:
        return None
    kind = _kind(found)
    words = re.findall(r"[^\W\d_]{2,}", leaf.text[found.end() :])
    if len(words) < _TEXT_WORDS or (leaf.kind == "subhead" and kind == "update"):
        return None
    if kind == "update" and leaf.role != "body":
        return None
    return kind


def _said(leaf: Leaf) -> NoticeKind | None:
    """Return what a line is by its first sentence."""
    begin = leaf.text[:_FIRST_WORDS]
    if len(begin.split()) < _TEXT_WORDS:
        return None
    if not _ANY_SENTENCE.match(begin.lower()):
        return None
    return next((kind for kind, said in _SENTENCES if said.match(begin)), None)


def _named(leaf: Leaf) -> NoticeKind | None:
    """Return what a line is by the names of the boxes next to it."""
    if len(leaf.text.split()) < _TEXT_WORDS or leaf.linked > leaf.chars // 2:
        return None
    for box in islice(leaf.box.chain(), _BOXES):
        kind = _class_kind(names_of(box.element))
        if kind is not None and box.chars <= _MAX_CHARS:
            return kind
    return None


def _class_kind(names: str) -> NoticeKind | None:
    """Return the kind of notice that class names tell of."""
    spelled = names.lower().replace("_", "-")
    return next((kind for name, kind in CLASSES if name in spelled), None)


def _is_told(heading: Leaf, below: Leaf, found: re.Match[str]) -> bool:
    """Whether a label's notice is the line below it."""
    if below.role != heading.role or below.kind not in ("paragraph", "quote"):
        return False
    if _kind(found) == "update" and not _is_update(heading, found):
        return False
    return len(below.text.split()) >= _TEXT_WORDS and below.chars <= _MAX_CHARS


def _is_update(heading: Leaf, found: re.Match[str]) -> bool:
    """Whether a label is "Update of 3 May", not the time of the page's last change."""
    if _DATED.search(heading.text) is None or _DONE.match(found["update"]):
        return False
    return heading.role == "body" and (heading.kind == "subhead" or heading.bold)


def _kind(found: re.Match[str]) -> NoticeKind:
    return next(kind for kind in LEADS if found[kind])

"""A layout and what is known of its fields in, the DOM paths that carry them out.

And the other way round: on a page where no witness names a field, the line at the path
where the site's other pages carry it. A path is the tags from the page's body to the
line, each with its first class that is no number; it counts only where exactly one
line of the page stands there, between the headline and the first line of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from archive.records import Article

from ..lines.layout import Box, Layout, Leaf
from ..text import key
from ..tree import names_of

_CLASS = re.compile(r"[A-Za-z][A-Za-z_-]{1,30}(?![\w-]*\d)")
_MOST_BOXES = 12
_BYLINE_CHARS = 160
_MOST_HEAD_LINES = 20
_FOLDED_CHARS = 10
"""By so much two spellings of one line may differ in length."""


def path_of(box: Box) -> str:
    """Return the path of a box, outermost first, such as "main > article > p.lead"."""
    steps: list[str] = []
    for one in box.chain():
        if one.tag == "body" or len(steps) == _MOST_BOXES:
            break
        found = next(filter(_CLASS.fullmatch, names_of(one.element).split()), "")
        steps.append(f"{one.tag}.{found}" if found else one.tag)
    return " > ".join(reversed(steps))


def fields_at(layout: Layout, article: Article) -> tuple[str, ...]:
    """Return where a page carries its standfirst and its byline, as "field: path".

    Where it has none, the paths at which it might have it, as "lacks field: path".
    """
    found = {
        f"{name}: {path}"
        for leaf in _head(layout)
        for name in _carried(leaf, article)
        if (path := path_of(leaf.box)) and not _has_twin(layout, leaf, path)
    }
    lacks = [] if article.standfirst else ["standfirst"]
    lacks += [] if article.authors else ["byline"]
    heads = _head(layout)[:_MOST_HEAD_LINES] if lacks else []
    open_paths = {path_of(leaf.box) for leaf in heads}
    found |= {f"lacks {name}: {path}" for path in open_paths for name in lacks if path}
    return tuple(sorted(found))


def line_at(layout: Layout, paths: Mapping[str, int]) -> Leaf | None:
    """Return the line at the path that most of the site's pages use.

    Args:
        layout: The page.
        paths: Each path with the number of articles that carry the field there.
    """
    for path in sorted(paths, key=lambda path: (-paths[path], path)):
        found = _at(layout, path)
        if len(found) == 1:
            return found[0] if found[0] in _head(layout) else None
    return None


def _head(layout: Layout) -> list[Leaf]:
    """The lines below the headline, to the first line of text and with it."""
    leaves = layout.leaves
    title = next((n for n, x in enumerate(leaves) if x.role == "headline"), None)
    start = 0 if title is None else title + 1
    text = (n for n, x in enumerate(leaves) if x.role == "body" and n >= start)
    first = next(text, None)
    return [] if first is None else leaves[start : first + 1]


def _at(layout: Layout, path: str) -> list[Leaf]:
    """The lines that stand at a path."""
    tag = path.rpartition(" > ")[2].partition(".")[0]
    near = (leaf for leaf in layout.leaves if leaf.box.tag == tag)
    return [leaf for leaf in near if path_of(leaf.box) == path]


def _has_twin(layout: Layout, leaf: Leaf, path: str) -> bool:
    """Whether another line stands at a line's path."""
    tag, names = leaf.box.tag, leaf.box.element.get("class")
    return any(
        other.box.tag == tag
        and other.box.element.get("class") == names
        and other is not leaf
        and path_of(other.box) == path
        for other in layout.leaves
    )


def _carried(leaf: Leaf, article: Article) -> Iterator[str]:
    told = article.standfirst
    is_as_long = bool(told) and abs(leaf.chars - len(told or "")) <= _FOLDED_CHARS
    if told and is_as_long and key(leaf.text) == key(told):
        yield "standfirst"
    if article.authors and leaf.chars <= _BYLINE_CHARS:
        last = article.authors[0].rpartition(" ")[2].casefold()
        if last in leaf.text.casefold() and _names_all(leaf, article.authors):
            yield "byline"


def _names_all(leaf: Leaf, names: Iterable[str]) -> bool:
    padded = f" {key(leaf.text)} "
    return all(f" {key(name)} " in padded for name in names)

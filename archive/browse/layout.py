"""The blocks of a body go in; paragraphs, nested lists and tables come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.records import Block, Image
from archive.search import Segment, segments

LISTS = {"list_item": "bullets", "numbered_item": "numbers"}


@dataclass(slots=True)
class Item:
    """One item of a list."""

    text: str
    lists: list[Part] = field(default_factory=list)
    """Lists inside the item."""


@dataclass(slots=True)
class Part:
    """A run of blocks that a page shows as one element."""

    kind: str
    """paragraph, subhead, quote, bullets, numbers, table, entry or picture."""
    text: str = ""
    """Of a paragraph, a subhead, an entry's first line or a picture."""
    level: int = 0
    """Heading level of a subhead, 2 to 6."""
    texts: list[str] = field(default_factory=list)
    """Paragraphs of a quotation."""
    items: list[Item] = field(default_factory=list)
    """Of a list."""
    head: list[list[str]] = field(default_factory=list)
    """Header rows of a table."""
    rows: list[list[str]] = field(default_factory=list)
    """Other rows of a table."""
    at: str | None = None
    """Of an entry, its instant in UTC; None where it is not known."""
    author: str | None = None
    """Of an entry, who wrote it; None where the page does not say."""
    url: str | None = None
    """Of a picture, its address at the publisher."""


def parts(blocks: Sequence[Block]) -> list[Part]:
    """Join runs of list items, table rows and quotations."""
    return with_pictures(blocks, ())


def _add(made: list[Part], block: Block) -> None:
    """Put a block into the open part, or begin one."""
    last = made[-1] if made else None
    if block.kind in LISTS:
        _add_item(made, block)
    elif block.kind == "table_row":
        _add_row(made, block)
    elif block.kind == "quote" and last is not None and last.kind == "quote":
        last.texts.append(block.text)
    elif block.kind == "quote":
        made.append(Part(kind="quote", texts=[block.text]))
    elif block.kind == "subhead":
        level = min(6, max(2, block.level))
        made.append(Part(kind="subhead", text=block.text, level=level))
    elif block.kind == "entry":
        entry = Part(kind="entry", text=block.text)
        entry.at, entry.author = block.at, block.author
        made.append(entry)
    else:
        made.append(Part(kind="paragraph", text=block.text))


def with_pictures(blocks: Sequence[Block], images: Sequence[Image]) -> list[Part]:
    """Join the blocks as `parts` does and put a line for each picture where it stood.

    A picture inside a list, a table or a quotation comes behind it.
    """
    made: list[Part] = []
    above = [0]
    for block in blocks:
        _add(made, block)
        above.append(len(made))
    places = [above[min(image.after_block, len(blocks))] for image in images]
    for place, image in reversed(list(zip(places, images, strict=True))):
        text = f"[Picture: {words_of(image)}]" if words_of(image) else "[Picture]"
        made.insert(place, Part(kind="picture", text=text, url=image.url))
    return made


def words_of(image: Image) -> str:
    """What is said of a picture, on one line."""
    return " – ".join(filter(None, (image.caption, image.credit, image.licence)))


def _add_item(made: list[Part], block: Block) -> None:
    """Put an item into the open list of its depth, or begin one.

    A depth that skips a step counts as one step down.
    """
    lists, depth = made, max(0, block.level)
    while depth and lists and lists[-1].items:
        lists = lists[-1].items[-1].lists
        depth -= 1
    kind = LISTS[block.kind]
    if not lists or lists[-1].kind != kind:
        lists.append(Part(kind=kind))
    lists[-1].items.append(Item(text=block.text))


def _add_row(made: list[Part], block: Block) -> None:
    """Put a row into the open table; a header row below other rows begins a new one."""
    cells = block.text.split(" | ")
    header = block.level == 1
    if not made or made[-1].kind != "table" or (header and made[-1].rows):
        made.append(Part(kind="table"))
    (made[-1].head if header else made[-1].rows).append(cells)


def marked(text: str | None) -> tuple[Segment, ...]:
    """A marked text as runs, for templates to escape and then mark."""
    return segments(text or "")

"""Rows of captures and the folder of WARC files go in; what does not fit comes out.

Files are only ever appended to, and a row is committed after its bytes are durable: of
every row that a reader sees, the bytes must be there. What lies behind the last row is
a crawl's that is under way, or that was killed, and no fault.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from archive.checks.faults import SHOWN, Fault, Law
from archive.warc.capture_rows import capture_ends
from archive.warc.verify import verify

COPY_BACK = (
    "copy the file back from a backup; without one the texts stay, and the pages "
    "cannot be cut again"
)
LAWS = (
    Law(
        kind="captures that overlap",
        table="captures",
        query="SELECT id FROM (SELECT id, offset, lag(offset + length) OVER"
        " (PARTITION BY file ORDER BY offset) AS end FROM captures)"
        " WHERE offset < end",
        meaning="Two rows claim the same bytes: one of the two pages is lost.",
    ),
    Law(
        kind="capture without bytes",
        table="captures",
        query="SELECT id FROM captures WHERE offset < 0 OR length <= 0"
        " OR file = '' OR instr(file, '/')",
        meaning="The row points at no record.",
    ),
    Law(
        kind="further page of no first page",
        table="captures",
        query="SELECT c.id FROM captures c JOIN captures f ON f.id = c.part_of"
        " WHERE f.part_of IS NOT NULL OR f.id >= c.id OR f.site <> c.site",
        meaning="An article on several pages is cut again without this one.",
    ),
)


def files(db: sqlite3.Connection, folder: Path) -> Iterator[Fault]:
    """Yield the faults of files that are missing or shorter than their rows say."""
    missing, short = [], []
    for name, end in sorted(capture_ends(db).items()):
        path = folder / name
        if not path.is_file():
            missing.append(name)
        elif path.stat().st_size < end:
            short.append(f"{name} ({path.stat().st_size} of {end} bytes)")
    yield from _told(
        "file of captures that is missing", missing, "Its pages cannot be read back."
    )
    yield from _told(
        "file of captures that is cut short",
        short,
        "The pages behind its end cannot be read back.",
    )


def _told(kind: str, names: list[str], meaning: str) -> Iterator[Fault]:
    if names:
        yield Fault(
            kind=kind,
            table="captures",
            count=len(names),
            rows=tuple(names[:SHOWN]),
            meaning=meaning,
            remedy=COPY_BACK,
        )


def tails(db: sqlite3.Connection, folder: Path) -> Iterator[Fault]:
    """Yield what is worth knowing of bytes that no row points at."""
    ends = capture_ends(db)
    found = [
        f"{path.name} ({path.stat().st_size - ends.get(path.name, 0)} bytes)"
        for path in sorted(folder.glob("*.warc.gz"))
        if path.stat().st_size > ends.get(path.name, 0)
    ]
    if found:
        yield Fault(
            kind="records behind the last row",
            table="captures",
            count=len(found),
            rows=tuple(found[:SHOWN]),
            meaning="A crawl is under way, or was killed before it acknowledged them; "
            "their pages are fetched again.",
            remedy="nothing: a torn record is cut off by the next crawl",
            is_damage=False,
        )


def read_back(
    db: sqlite3.Connection, folder: Path, told: Callable[[int, int], None]
) -> Iterator[Fault]:
    """Read every file from end to end, and yield the fault of what is damaged.

    Files that are missing or short, and rows that overlap, are told by the laws.

    Args:
        db: The archive.
        folder: Where the files lie.
        told: Hears how many bytes of how many have been read.
    """
    damaged, stray = [], []
    for fault in verify(db, folder, told=told):
        if fault.kind in ("damaged", "other record"):
            damaged.append(str(fault))
        elif fault.kind == "stray bytes":
            stray.append(str(fault))
    yield from _told(
        "capture that cannot be read back",
        damaged,
        "The bytes of these pages are damaged or gone.",
    )
    yield from _told(
        "bytes that are no record",
        stray,
        "Something has written into the file; the captures around them are whole.",
    )

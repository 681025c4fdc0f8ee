"""Rows of captures and the folder of WARC files go in; what does not fit comes out.

Files are only ever appended to, and a row is committed after its bytes are durable: of
every row that a reader sees, the bytes must be there. What lies behind the last row is
a crawl's that is under way, or that was killed, and no fault.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from archive.capture_rows import capture_ends
from archive.checks.faults import SHOWN, Fault, Law
from archive.verify import verify

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
READ_BACK = ("damaged", "other record", "stray bytes")
"""Faults that only reading shows."""


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
    """Read every capture back, and yield the fault of those that are damaged.

    Files that are missing or short are told by `files`, overlaps by LAWS.

    Args:
        db: The archive.
        folder: Where the files lie.
        told: Hears how many bytes of how many have been read.
    """
    bad: list[str] = []
    count = 0
    for fault in verify(db, folder, told=told):
        if fault.kind in READ_BACK:
            count += 1
            bad += [str(fault)] if count <= SHOWN else []
    if count:
        yield Fault(
            kind="capture that cannot be read back",
            table="captures",
            count=count,
            rows=tuple(bad),
            meaning="The bytes of these pages are damaged or gone.",
            remedy=COPY_BACK,
        )

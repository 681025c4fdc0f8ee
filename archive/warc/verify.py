"""An archive's rows and WARC files go in; what of them is damaged or missing comes out.

Every byte of the files is read once: the records that rows point at by their rows, what
lies between and behind them from one gzip member to the next. It can be done beside a
crawl: what was written after the rows were read is not looked at as a fault.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from warcio.exceptions import ArchiveLoadFailed

from archive.records import Capture
from archive.warc import captures
from archive.warc.captures import serial_of
from archive.warc.members import Member, members

FaultKind = Literal[
    "missing file", "short file", "overlap", "damaged", "other record", "stray bytes"
]
"""What is wrong. Stray bytes lie between records, or behind the last one of a file that
is not written any more, and are none."""
DIGEST = re.compile(rb"^WARC-Payload-Digest: *(\S+)\r?$", re.MULTILINE)
FIXED = b"\x1f\x8b\x08\x00\x00\x00\x00\x00"
"""How every member of ours begins (RFC 1952, 2.3): no flags, no time."""
LEVELS = frozenset((0, 4))
SYSTEMS = frozenset((3, 7, 10, 11, 19, 255))
"""What zlib writes for the compression level, and for Unix, macOS, Windows and others:
bytes that mean nothing to a reader, so that only we can tell that one has changed."""

FILES = """
SELECT file, max(offset + length), sum(:site IS NULL OR site = :site),
  sum(iif(:site IS NULL OR site = :site, length, 0)) FROM captures GROUP BY file
"""
ROWS = """
SELECT id, file, offset, length, digest, url, status, content_type, fetched_at, kind
FROM captures WHERE file = :file AND (:site IS NULL OR site = :site) ORDER BY offset
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing that is wrong with the captures."""

    kind: FaultKind
    file: str
    why: str
    offset: int | None = None
    """First byte of the record; None for a whole file."""
    capture_id: int | None = None
    url: str | None = None
    captures: int = 0
    """How many captures cannot be read for it."""

    def __str__(self) -> str:
        """Tell it in a line."""
        place = self.file if self.offset is None else f"{self.file} byte {self.offset}"
        capture = f" (capture {self.capture_id}, {self.url})" if self.capture_id else ""
        return f"{self.kind}: {place}: {self.why}{capture}"


@dataclass(kw_only=True, slots=True)
class Tally:
    """What was looked at, and what is there beside the captures; no faults."""

    files: int = 0
    captures: int = 0
    """Records that a row points at; those of files that are missing count too."""
    not_indexed: int = 0
    """Whole records that no row points at: a run was killed before it noted them."""
    torn: list[str] = field(default_factory=list)
    """Files that end in the middle of a record that no row points at: a run was killed
    while it wrote it, or one is writing it now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _File:
    name: str
    end: int
    """End of the last record that a row points at."""
    rows: int
    """Captures in it that are to be read."""
    size: int
    """Bytes of it that are to be read."""


def _silent(done: int, total: int) -> None:
    """Tell nobody."""


def verify(
    db: sqlite3.Connection,
    folder: Path,
    *,
    site: str | None = None,
    tally: Tally | None = None,
    told: Callable[[int, int], None] = _silent,
) -> Iterator[Fault]:
    """Read every capture back, and every WARC file from end to end.

    Args:
        db: The archive, open for reading.
        folder: Its captures.
        site: Read this site's captures only, and nothing between them.
        tally: Counts what was looked at.
        told: Called with the bytes done and the bytes in all.
    """
    files = _files(db, folder, site)
    newest = max((one.name for one in files), key=_serial, default="")
    total, done = sum(one.size for one in files), 0
    for one in files:
        reading = _Reading(db, folder, site, Tally() if tally is None else tally)
        for fault in reading.file(one, is_newest=one.name == newest):
            if fault is not None:
                yield fault
            told(done + reading.done, total)
        done += one.size
        told(done, total)


def _serial(name: str) -> int:
    return serial_of(Path(name))


def _files(db: sqlite3.Connection, folder: Path, site: str | None) -> list[_File]:
    """The files that rows name, and those of ours that no row names."""
    found = [
        _File(name=str(name), end=int(end), rows=int(rows), size=int(size))
        for name, end, rows, size in db.execute(FILES, {"site": site})
        if rows
    ]
    if site is not None:
        return found
    names = {one.name for one in found}
    if folder.is_dir():
        own = {path.name for path in folder.iterdir() if serial_of(path) >= 0}
        found += [_File(name=n, end=0, rows=0, size=0) for n in own - names]
    return sorted(found, key=lambda one: (_serial(one.name), one.name))


class _Reading:
    """One file being read."""

    def __init__(
        self, db: sqlite3.Connection, folder: Path, site: str | None, tally: Tally
    ) -> None:
        self.db = db
        self.folder = folder
        self.site = site
        self.tally = tally
        self.done = 0

    def file(self, one: _File, *, is_newest: bool) -> Iterator[Fault | None]:
        """Read it; None stands for a step without a fault."""
        self.tally.captures += one.rows
        try:
            size = (self.folder / one.name).stat().st_size
        except OSError as error:
            why = f"{one.rows} captures are lost: {error.strerror}"
            yield Fault(kind="missing file", file=one.name, why=why, captures=one.rows)
            return
        self.tally.files += 1
        if size < one.end:
            why = f"{size} bytes, the index goes to {one.end}"
            yield Fault(kind="short file", file=one.name, why=why)
        end = 0
        for capture_id, capture in self._rows(one.name):
            yield from self._between(capture, end, size)
            yield self._record(capture_id, capture)
            end = max(end, capture.offset + capture.length)
            self.done += capture.length
        if self.site is None and end < size:
            yield from self._behind(one.name, end, size, is_newest=is_newest)

    def _rows(self, name: str) -> Iterator[tuple[int, Capture]]:
        rows = self.db.execute(ROWS, {"file": name, "site": self.site})
        names = [column[0] for column in rows.description]
        for row in rows.fetchall():
            values = dict(zip(names, row, strict=True))
            yield values.pop("id"), Capture(**values)

    def _between(self, capture: Capture, end: int, size: int) -> Iterator[Fault | None]:
        """What lies between two captures: whole records, or a fault."""
        if self.site is not None:
            return
        if capture.offset < end:
            why = f"the record before it ends at byte {end}"
            yield _fault("overlap", capture.file, why, capture.offset)
        for found in self._members(capture.file, end, min(capture.offset, size)):
            if found.state != "whole":
                yield _fault("stray bytes", capture.file, found.state, found.offset)

    def _behind(
        self, name: str, end: int, size: int, *, is_newest: bool
    ) -> Iterator[Fault | None]:
        """What lies behind the last capture: whole records, or a torn end."""
        for found in self._members(name, end, size):
            if found.state == "cut short" or (is_newest and found.state == "damaged"):
                self.tally.torn.append(name)
            elif found.state == "damaged":
                yield _fault("stray bytes", name, found.state, found.offset)

    def _members(self, name: str, start: int, end: int) -> Iterator[Member]:
        with (self.folder / name).open("rb") as file:
            for found in members(file, start, end):
                is_record = found.state == "whole" and found.kind != "warcinfo"
                self.tally.not_indexed += is_record
                yield found

    def _record(self, capture_id: int, capture: Capture) -> Fault | None:
        """Read one capture back; None if all is well."""
        kind: FaultKind = "damaged"
        try:
            packed = captures.member(self.folder, capture)
            plain = captures.gunzip(packed)
            kind = "other record"
            why = _head_fault(packed) or _difference(plain, capture)
        except (OSError, ArchiveLoadFailed, StopIteration, ValueError) as error:
            why = str(error) or "no record there"
        if not why:
            return None
        return Fault(
            kind=kind,
            file=capture.file,
            why=why,
            offset=capture.offset,
            capture_id=capture_id,
            url=capture.url,
            captures=1,
        )


def _fault(kind: FaultKind, file: str, why: str, offset: int) -> Fault:
    return Fault(kind=kind, file=file, why=why, offset=offset)


def _head_fault(packed: bytes) -> str:
    """Why a member does not begin as one of ours; empty if it does."""
    is_ours = packed.startswith(FIXED) and packed[8] in LEVELS and packed[9] in SYSTEMS
    return "" if is_ours else "the gzip header has been changed"


def _difference(plain: bytes, capture: Capture) -> str:
    """In what a record differs from its row or from what it says of itself.

    Raises:
        ValueError: It is another record than the one that was indexed.
    """
    answer = captures.parsed(plain, capture)
    stated = _stated_digest(plain)
    pairs = {
        "WARC-Payload-Digest": (stated, capture.digest),
        "WARC-Target-URI": (answer.url, capture.url),
        "WARC-Date": (answer.fetched_at, capture.fetched_at),
        "status": (answer.status, capture.status),
    }
    wrong = (
        f"its {name} is {found}, its row says {wanted}"
        for name, (found, wanted) in pairs.items()
        if found != wanted
    )
    return next(wrong, "")


def _stated_digest(plain: bytes) -> str:
    """The payload's digest as the record itself states it."""
    found = DIGEST.search(plain.partition(b"\r\n\r\n")[0])
    return found[1].decode("ascii", "replace") if found else "missing"

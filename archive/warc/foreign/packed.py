"""The name of a WARC or WACZ file goes in; the WARC files that it holds come out, open.

A WACZ file is a zip of WARC files with a list of their digests. Nothing of it is ever
unpacked under a name of its own; what is packed in it is written to a temporary file,
up to the size that the zip states.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from archive.warc.foreign.streams import ForeignError

WARC = re.compile(r"archive/[^/]+\.warc(\.gz|\.zst)?", re.IGNORECASE)
DATAPACKAGE = "datapackage.json"
DATAPACKAGE_BYTES = 16 << 20
MOST_ENTRIES = 100_000
MOST_TIMES = 200
"""A packed file that grows to more than so many times its size is a bomb: texts and
WARC files grow to five or twenty times theirs."""
STEP_BYTES = 1 << 20
LOCAL_HEADER_BYTES = 30
ZIP_ERRORS = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OverflowError,
    struct.error,
    zlib.error,
)
"""What reading a damaged zip raises."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One WARC file, alone or inside a WACZ."""

    path: Path
    name: str
    """What to call it: the path, and the name inside."""
    entry: zipfile.ZipInfo | None = None
    """Where it lies inside a WACZ; None for a file of its own."""
    sha256: str | None = None
    """What the WACZ states; None if it does not."""


class _Window(RawIOBase):
    """A stretch of a file as a file of its own."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file = file
        self._start = start
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place from the start."""
        self._at = offset if whence == 0 else self._size + offset
        return self._at

    def tell(self) -> int:
        """Where it is."""
        return self._at

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        left = max(0, self._size - self._at)
        count = left if size < 0 else min(size, left)
        self._file.seek(self._start + self._at)
        found = self._file.read(count)
        self._at += len(found)
        return found


def parts_of(path: Path) -> list[Part]:
    """The WARC files that a file holds: itself, or those inside a WACZ.

    Raises:
        OSError: It cannot be read.
        ForeignError: It is a zip that is damaged, refused, or without a WARC file.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if not start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return [Part(path=path, name=str(path))]
    try:
        with zipfile.ZipFile(path) as packed:
            return _inside(path, packed)
    except ZIP_ERRORS as error:
        raise ForeignError(0, f"a damaged zip: {error!r:.200}") from error


def _inside(path: Path, packed: zipfile.ZipFile) -> list[Part]:
    entries = packed.infolist()
    if len(entries) > MOST_ENTRIES:
        raise ForeignError(0, f"more than {MOST_ENTRIES:,} files in it")
    for entry in entries:
        _refuse(entry)
    stated = _digests(packed)
    found = [
        Part(
            path=path,
            name=f"{path}:{entry.filename}",
            entry=entry,
            sha256=stated.get(entry.filename),
        )
        for entry in entries
        if WARC.fullmatch(entry.filename)
    ]
    if not found:
        raise ForeignError(0, "a zip without a WARC file under archive/")
    return found


def _refuse(entry: zipfile.ZipInfo) -> None:
    """Refuse what no honest WACZ holds.

    Raises:
        ForeignError: The name leads elsewhere, or the entry is a bomb.
    """
    name = PurePosixPath(entry.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts:
        raise ForeignError(0, f"refused: it holds the name {entry.filename[:200]!r}")
    if entry.file_size > MOST_TIMES * max(entry.compress_size, 1_000):
        raise ForeignError(0, f"refused: {entry.filename[:200]!r} is packed too well")


def _digests(packed: zipfile.ZipFile) -> dict[str, str]:
    """The SHA-256 that a WACZ states of each file (WACZ 1.1.1, 5.2.1)."""
    try:
        entry = packed.getinfo(DATAPACKAGE)
        if entry.file_size > DATAPACKAGE_BYTES:
            raise ForeignError(0, "its datapackage.json is too large")
        resources: Any = json.loads(packed.read(entry))["resources"]
        return {
            str(one["path"]): str(one["hash"]).lower().removeprefix("sha256:")
            for one in resources
            if str(one.get("hash", "")).lower().startswith("sha256:")
        }
    except KeyError:
        return {}
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ForeignError(0, f"its datapackage.json is none: {error}") from error


@contextmanager
def opened(part: Part) -> Iterator[BinaryIO]:
    """Open a WARC file for reading from any place.

    Raises:
        OSError: It cannot be read.
        ForeignError: The zip that it lies in is damaged.
    """
    with ExitStack() as stack:
        file = stack.enter_context(part.path.open("rb"))
        if part.entry is None:
            yield file
        elif part.entry.compress_type == zipfile.ZIP_STORED:
            start = _start(file, part.entry)
            yield cast(BinaryIO, _Window(file, start, part.entry.file_size))
        else:
            yield cast(BinaryIO, stack.enter_context(_unpacked(part)))


def _start(file: BinaryIO, entry: zipfile.ZipInfo) -> int:
    """Where the bytes of a stored entry begin (APPNOTE 6.3.10, 4.3.7)."""
    file.seek(max(0, entry.header_offset))  # a damaged list may say less than nothing
    header = file.read(LOCAL_HEADER_BYTES)
    begins = len(header) == LOCAL_HEADER_BYTES and header.startswith(b"PK\x03\x04")
    if entry.header_offset < 0 or not begins:
        raise ForeignError(entry.header_offset, "a damaged zip: no file begins there")
    names = int.from_bytes(header[26:28], "little")
    return (
        entry.header_offset
        + len(header)
        + names
        + int.from_bytes(header[28:30], "little")
    )


def _unpacked(part: Part) -> Any:
    """A packed entry in a temporary file."""
    assert part.entry is not None  # noqa: S101
    found = tempfile.TemporaryFile()  # noqa: SIM115 - given out open
    try:
        with zipfile.ZipFile(part.path) as packed, packed.open(part.entry) as entry:
            left = part.entry.file_size
            while left and (step := entry.read(min(STEP_BYTES, left))):
                found.write(step)
                left -= len(step)
    except ZIP_ERRORS as error:
        found.close()
        raise ForeignError(part.entry.header_offset, f"damaged: {error}") from error
    except BaseException:
        found.close()
        raise
    return found


def problem_of(part: Part) -> str:
    """Why a WARC file is not the one that its WACZ states; empty if it is."""
    if part.sha256 is None:
        return ""
    with opened(part) as file:
        file.seek(0)
        digest = hashlib.sha256()
        while step := file.read(STEP_BYTES):
            digest.update(step)
    if digest.hexdigest() == part.sha256:
        return ""
    return "its SHA-256 is not the one that datapackage.json states"

"""A file, packed or not, goes in; its content comes out, and where damage ends.

A packed WARC file is a row of gzip members or zstd frames, most often one a record.
What is read is bounded: a step of content at a time, whatever a member holds.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO

import zstandard

from archive.errors import ArchiveError

STEP_BYTES = 65_536
ZSTD_STEP_BYTES = 512
"""Four bytes may stand for a block of 128 kB (RFC 8878, 3.1.1.2): steps are small."""
ZSTD_WINDOW_BYTES = 128 << 20
DICTIONARY_BYTES = 16 << 20
SCAN_BYTES = 1 << 20
GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"
DICTIONARY = b"\x5d\x2a\x4d\x18"
"""Begins a frame with the dictionary of all others: "Use of Zstandard in WARC Files",
section 4, https://iipc.github.io/warc-specifications/specifications/warc-zstd/"""
RECORD = re.compile(rb"WARC/\d\.\d+\r?\n")


class ForeignError(ArchiveError):
    """A file that is no WARC file, or a part of one that cannot be read.

    Args:
        offset: First byte of the part.
        why: What is wrong with it.
    """

    def __init__(self, offset: int, why: str) -> None:
        self.offset = offset
        self.why = why
        super().__init__(f"byte {offset}: {why}")


class Plain:
    """Content that is not packed."""

    eof = False
    unused_data = b""

    def decompress(self, data: bytes) -> bytes:
        """Give it back."""
        return data


class Gzip:
    """One gzip member."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)
        self.waiting = b""

    @property
    def eof(self) -> bool:
        """Whether the member has ended and its checksum was right."""
        return self._stream.eof

    @property
    def unused_data(self) -> bytes:
        """What follows the member."""
        return self._stream.unused_data

    def decompress(self, data: bytes) -> bytes:
        """Decode a step, bounded; what is left of it waits."""
        content = self._stream.decompress(self.waiting + data, STEP_BYTES)
        self.waiting = self._stream.unconsumed_tail
        return content


class Source:
    """The content of one file, from any place on.

    Args:
        file: Open for reading, and seekable.

    Raises:
        ForeignError: It is no WARC file.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        file.seek(0)
        start = file.read(8)
        self.step = STEP_BYTES
        self.is_packed = True
        self._new: Callable[[], Any] = Gzip
        if start.startswith((ZSTD, DICTIONARY)):
            self._new, self.step = self._zstd(start), ZSTD_STEP_BYTES
            self.magic = ZSTD
        elif start.startswith(GZIP):
            self.magic = GZIP
        elif start.startswith(b"WARC/"):
            self.magic, self._new, self.is_packed = b"WARC/", Plain, False
        elif not self._found():
            raise ForeignError(0, "it is no WARC file")
        self.go(self._first)

    _first = 0
    """Where the first record's member begins."""

    def _found(self) -> bool:
        """Whether records follow a damaged beginning."""
        ways = ((GZIP, Gzip), (ZSTD, self._zstd(b"")), (b"WARC/", Plain))
        for self.magic, self._new in ways:
            self.is_packed = self._new is not Plain
            self.step = ZSTD_STEP_BYTES if self.magic == ZSTD else STEP_BYTES
            if self.next_record(-1) is not None:
                return True
        return False

    def _zstd(self, start: bytes) -> Callable[[], Any]:
        """What decodes a frame, by the dictionary that the file begins with."""
        options: dict[str, Any] = {"max_window_size": ZSTD_WINDOW_BYTES}
        if start.startswith(DICTIONARY):
            size = int.from_bytes(start[4:8], "little")
            if size > DICTIONARY_BYTES:
                raise ForeignError(0, "its dictionary is too large")
            self._first = 8 + size
            options["dict_data"] = zstandard.ZstdCompressionDict(
                _dictionary(self.file.read(size))
            )
        return lambda: zstandard.ZstdDecompressor(**options).decompressobj()

    def go(self, place: int, inside: int = 0) -> None:
        """Go on from the member at a place, so many bytes of its content left out.

        Raises:
            ForeignError: It is damaged there.
        """
        if not self.is_packed:
            place, inside = place + inside, 0
        elif place == self.place and inside >= self.inside:
            self.skip(inside - self.inside)  # on from here
            return
        self.file.seek(place)
        self._raw, self._end = b"", place
        self._begin(place)
        self.skip(inside)

    place = -1
    """First byte of the member that is being read."""
    inside = 0
    """Bytes of its content that were given out."""
    _content = b""

    def _begin(self, place: int) -> None:
        self.place, self.inside, self._content = place, 0, b""
        self._member = self._new()

    def fill(self) -> bool:
        """Have content at hand; False at the file's end.

        Raises:
            ForeignError: It is damaged here, or ends in the middle of a member.
        """
        while not self._content:
            if self._member.eof:
                self._raw = self._member.unused_data + self._raw
                self._begin(self._end - len(self._raw))
            waits = bool(getattr(self._member, "waiting", b""))
            if not self._raw and not waits:
                self._raw = self.file.read(self.step)
                self._end += len(self._raw)
            if not self._raw and not waits:
                return self._ended()
            data, self._raw = self._raw[: self.step], self._raw[self.step :]
            try:
                self._content = self._member.decompress(data)
            except (zlib.error, zstandard.ZstdError) as error:
                raise ForeignError(self.place, f"damaged: {error}") from error
        return True

    def _ended(self) -> bool:
        if self.is_packed and self._end > self.place:
            raise ForeignError(self.place, "the end of a record is missing")
        return False

    def read(self, count: int) -> bytes:
        """At most so many bytes, of one member; none at the file's end.

        Raises:
            ForeignError: As `fill`.
        """
        if not self.fill():
            return b""
        found, self._content = self._content[:count], self._content[count:]
        self.inside += len(found)
        if not self.is_packed:
            self.place, self.inside = self.place + len(found), 0
        return found

    def peek(self) -> bytes:
        """What `read` would begin with; raises as that does."""
        return self._content if self.fill() else b""

    def skip(self, count: int) -> int:
        """Leave bytes out; return how many there were."""
        left = count
        while left and (found := self.read(left)):
            left -= len(found)
        return count - left

    def next_record(self, place: int) -> int | None:
        """The next place behind one at which a record begins; None if none does."""
        at = place + 1
        while True:
            self.file.seek(at)
            window = self.file.read(SCAN_BYTES)
            hit = window.find(self.magic)
            while hit >= 0:
                if self._is_record(at + hit):
                    return at + hit
                hit = window.find(self.magic, hit + 1)
            if len(window) < SCAN_BYTES:
                return None
            at += SCAN_BYTES - len(self.magic)

    def _is_record(self, place: int) -> bool:
        """Whether the member at a place begins with a record."""
        self.file.seek(place)
        data, content = self.file.read(4096), b""
        member = self._new()
        try:
            for start in range(0, len(data), ZSTD_STEP_BYTES):
                content += member.decompress(data[start : start + ZSTD_STEP_BYTES])
                if len(content) >= 16 or member.eof:
                    break
        except (zlib.error, zstandard.ZstdError):
            pass
        return bool(RECORD.match(content))


def _dictionary(content: bytes) -> bytes:
    """A dictionary, which may be packed itself."""
    if not content.startswith(ZSTD):
        return content
    try:
        return zstandard.ZstdDecompressor().decompress(
            content, max_output_size=DICTIONARY_BYTES
        )
    except zstandard.ZstdError as error:
        raise ForeignError(0, f"its dictionary is damaged: {error}") from error

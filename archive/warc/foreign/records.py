"""The content of a WARC file goes in; its records come out, and what was lost of it.

ISO 28500, versions 1.0 and 1.1, read as leniently as writers wrote: a record that is
damaged costs itself, and reading goes on with the next that can be found.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive.warc.foreign.streams import ForeignError, Source

HEADER_BYTES = 262_144
"""Most bytes of a record's own header."""
BLOCK_BYTES = 11 << 20
"""Kept of a record's block: the largest page there is, and its HTTP header."""
VERSION = re.compile(rb"WARC/\d\.\d+\s*\Z")
DIGESTS = {"sha1": "sha1", "sha-1": "sha1", "sha256": "sha256", "sha-256": "sha256",
           "md5": "md5"}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """One record of a file."""

    place: int
    """First byte of the member that it lies in."""
    inside: int
    """Bytes of that member's content before it."""
    headers: Mapping[str, str]
    """Names in lower case."""
    block: bytes
    """Its first bytes; all of them unless it is too large."""
    length: int
    """Bytes of the whole block."""

    @property
    def kind(self) -> str:
        """WARC-Type."""
        return self.headers.get("warc-type", "").lower()

    @property
    def url(self) -> str:
        """WARC-Target-URI; some writers put it in angle brackets."""
        return self.headers.get("warc-target-uri", "").strip("<>")

    @property
    def is_cut(self) -> bool:
        """Whether the block is too large to be kept."""
        return len(self.block) < self.length

    @property
    def is_altered(self) -> bool:
        """Whether the block is not the one whose digest the record states."""
        return self._agrees is False

    @property
    def is_proven(self) -> bool:
        """Whether the record states a digest, and the block has it."""
        return self._agrees is True

    @property
    def _agrees(self) -> bool | None:
        name, _, stated = self.headers.get("warc-block-digest", "").partition(":")
        algorithm = DIGESTS.get(name.strip().lower())
        if algorithm is None or self.is_cut:
            return None
        found = hashlib.new(algorithm, self.block, usedforsecurity=False)
        spelled = (found.hexdigest(), base64.b32encode(found.digest()).decode("ascii"))
        return stated.strip().lower() in {one.lower() for one in spelled}


@dataclass(frozen=True, kw_only=True, slots=True)
class Loss:
    """A part of a file that could not be read."""

    place: int
    why: str
    url: str = ""
    """Address of the record that was lost, where it could still be read."""


class _Broken(Exception):
    """A record that is not what a record is."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class Reader:
    """Reads the records of one file.

    Args:
        source: Its content.
        keep: Bytes of each block that are kept.
    """

    def __init__(self, source: Source, *, keep: int = BLOCK_BYTES) -> None:
        self.source = source
        self.keep = keep
        self._url = ""

    def records(self) -> Iterator[Record | Loss]:
        """Every record from here on, and every loss, in the file's order."""
        while True:
            start = (self.source.place, self.source.inside)
            self._url = ""
            try:
                if not self._blank():
                    return
                start = (self.source.place, self.source.inside)
                yield self._record(*start)
                continue
            except _Broken as error:
                place, why = start[0], error.why
            except ForeignError as error:
                place, why = max(start[0], error.offset), error.why
            yield Loss(place=place, why=why, url=self._url)
            if not self._resume(start[0], place):
                return

    def record_at(self, place: int, inside: int) -> Record:
        """The record at a place.

        Raises:
            ForeignError: There is none, or it is damaged.
        """
        try:
            self.source.go(place, inside)
            self._blank()
            return self._record(place, inside)
        except _Broken as error:
            raise ForeignError(place, error.why) from error

    def _resume(self, start: int, place: int) -> bool:
        """Go on behind a loss; whether there is anything.

        The record that was begun may have swallowed whole ones behind it.
        """
        found = self.source.next_record(start)
        if found is None:
            return False
        self.source.go(found)
        return True

    def _blank(self) -> bool:
        """Leave out line ends between records; False at the file's end."""
        while content := self.source.peek():
            lines = len(content) - len(content.lstrip(b"\r\n"))
            if not lines:
                return True
            self.source.read(lines)
        return False

    def _record(self, place: int, inside: int) -> Record:
        headers = self._headers()
        self._url = headers.get("warc-target-uri", "").strip("<>")
        stated = headers.get("content-length", "")
        if not stated.isascii() or not stated.isdigit():
            raise _Broken("a record without a length")
        length = int(stated)
        block = self._block(min(length, self.keep))
        rest = length - len(block)
        if self.source.skip(rest) < rest:
            raise _Broken("the end of a record is missing")
        found = Record(
            place=place, inside=inside, headers=headers, block=block, length=length
        )
        # Where what follows is damaged, a right digest tells that this one is whole.
        if not self._ends_well() and not found.is_proven:
            raise _Broken("its length is wrong, or its end is damaged")
        return found

    def _headers(self) -> dict[str, str]:
        first, *lines = self._head().splitlines()
        if not VERSION.match(first):
            raise _Broken("no record begins here")
        found: dict[str, str] = {}
        name = ""
        for line in lines:
            text = line.decode("utf-8", "replace")
            if text[:1] in (" ", "\t") and name:
                found[name] += " " + text.strip()
                continue
            name, _, value = text.partition(":")
            name = name.strip().lower()
            found.setdefault(name, value.strip())
        return found

    def _head(self) -> bytes:
        """The lines of a record's header, without the empty one behind them."""
        head = bytearray()
        while len(head) < HEADER_BYTES:
            content = self.source.peek()
            if not content:
                raise _Broken("the end of a record is missing")
            end = content.find(b"\n") + 1 or len(content)
            head += self.source.read(end)
            if head.endswith((b"\n\r\n", b"\n\n")):
                return bytes(head)
            if len(head) >= 5 and not head.startswith(b"WARC/"):
                raise _Broken("no record begins here")
        raise _Broken("the header of a record is too long")

    def _block(self, count: int) -> bytes:
        parts: list[bytes] = []
        left = count
        while left and (part := self.source.read(left)):
            parts.append(part)
            left -= len(part)
        if left:
            raise _Broken("the end of a record is missing")
        return b"".join(parts)

    def _ends_well(self) -> bool:
        """Whether the next record follows, or nothing."""
        try:
            return not self._blank() or self._next_begins()
        except ForeignError:
            return True  # of the next member, whose loss is told when its turn comes

    def _next_begins(self) -> bool:
        content = self.source.peek()[:5]
        return b"WARC/".startswith(content) if content else True

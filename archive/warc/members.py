"""A stretch of one of our WARC files goes in; its gzip members, one by one, come out.

Nothing larger than a step of reading is held in memory, whatever a member holds.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal

READ_BYTES = 1 << 18
HEAD_BYTES = 4096
"""Kept of a member's content: the record's type stands in it."""
TYPE = re.compile(rb"^WARC-Type: *([a-z]+)\r?$", re.MULTILINE)

State = Literal["whole", "cut short", "damaged"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """One gzip member, or what lies where one should begin."""

    offset: int
    length: int
    """Bytes up to its end, or to where reading it ended."""
    state: State
    head: bytes = b""
    """The first bytes of its content."""

    @property
    def kind(self) -> str:
        """WARC-Type of the record in it; empty if it holds none."""
        found = TYPE.search(self.head.partition(b"\r\n\r\n")[0])
        return found[1].decode("ascii") if found else ""


def members(file: BinaryIO, start: int, end: int) -> Iterator[Member]:
    """Walk the members between two places of a file; what is not whole is the last."""
    offset = start
    while offset < end:
        found = member_at(file, offset, end)
        yield found
        if found.state != "whole":
            return
        offset += found.length


def member_at(file: BinaryIO, offset: int, end: int) -> Member:
    """The member that begins at a place, checksum and all."""
    stream = zlib.decompressobj(wbits=31)
    head, at = b"", offset
    file.seek(offset)
    state: State = "cut short"
    while at < end and not stream.eof:
        step = file.read(min(READ_BYTES, end - at))
        if not step:
            break
        try:
            head = _inflated(stream, step, head)
        except zlib.error:
            state = "damaged"
            break
        at += len(step) - len(stream.unused_data)
    if stream.eof:
        state = "whole"
    return Member(offset=offset, length=at - offset, state=state, head=head)


def _inflated(stream: zlib._Decompress, step: bytes, head: bytes) -> bytes:
    """Decode a step of a member; returns its head with what is still wanted of it."""
    while step and not stream.eof:
        content = stream.decompress(step, READ_BYTES)
        head += content[: HEAD_BYTES - len(head)]
        step = stream.unconsumed_tail
    return head

"""A file that a killed run left goes in; only whole gzip members stay in it."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

READ_BYTES = 1 << 20


def sync_folder(folder: Path) -> None:
    """Make a new file's name durable, as fsync(2) asks for."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def cut_torn_end(path: Path, start: int) -> None:
    """Truncate a WARC file after its last whole gzip member.

    Args:
        path: The file.
        start: A byte at which a member is known to begin, or the file's end.
    """
    end = start
    with path.open("rb") as file:
        file.seek(start)
        member = zlib.decompressobj(wbits=31)
        rest = file.read(READ_BYTES)
        while rest:
            try:
                member.decompress(rest)
            except zlib.error:
                break
            if member.eof:
                rest = member.unused_data or file.read(READ_BYTES)
                end = file.tell() - len(rest)
                member = zlib.decompressobj(wbits=31)
            else:
                rest = file.read(READ_BYTES)
    if end < path.stat().st_size:
        os.truncate(path, end)

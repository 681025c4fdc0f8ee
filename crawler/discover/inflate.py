"""In: bytes that may be gzipped, once or twice; out: them inflated, within a limit."""

from __future__ import annotations

import zlib

GZIP = b"\x1f\x8b"
# Content-Encoding undone wrongly on top of a .gz file is seen; more layers are a trick.
MAX_LAYERS = 3


def inflate(body: bytes, max_bytes: int) -> tuple[bytes, str | None]:
    """Undo gzip, told by its magic bytes, stopping at a limit.

    Returns:
        What could be inflated, at most `max_bytes`, and what was wrong, if anything.
    """
    problem = None
    for _ in range(MAX_LAYERS):
        if not body.startswith(GZIP) or problem:
            return body, problem
        body, problem = _one_layer(body, max_bytes)
    return body, problem


def _one_layer(body: bytes, max_bytes: int) -> tuple[bytes, str | None]:
    """One layer of gzip; its members one after the other."""
    parts: list[bytes] = []
    size = 0
    while body.startswith(GZIP):
        stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            part = stream.decompress(body, max_bytes + 1 - size)
        except zlib.error as error:
            return b"".join(parts), f"gzip is damaged: {error}"
        parts.append(part)
        size += len(part)
        if size > max_bytes:
            cut = b"".join(parts)[:max_bytes]
            return cut, f"inflates to over {max_bytes:,} bytes; the rest was left out"
        if not stream.eof:
            return b"".join(parts), "gzip is truncated; the rest is missing"
        body = stream.unused_data.lstrip(b"\0")
    return b"".join(parts), None

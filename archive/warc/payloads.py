"""A payload as sent goes in; the content with its codings undone comes out.

Content codings are those of RFC 9110, section 8.4. A stream that ends early or grows
past its limit is an error here, never a shorter page: a truncated article must not be
taken for a whole one.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import brotli
import zstandard

CHUNK_BYTES = 65_536
STEP_BYTES = 16_384
"""Read at a time from a gzip payload: its many members are not copied each time."""
ZSTD_STEP_BYTES = 256
"""Four bytes may stand for a block of 128 kB (RFC 8878, 3.1.1.2): steps are small."""
ZSTD_WINDOW_BYTES = 8 << 20
"""The largest that a decoder need support over HTTP (RFC 9659, section 3)."""
MAX_CODINGS = 4
"""More nested codings than this are an attack, not a server's choice."""
MAX_MEMBERS = 10_000
"""So many gzip members or zstd frames in one payload are an attack on the clock."""


class PayloadError(Exception):
    """A payload that cannot be decoded.

    Args:
        coding: The content coding at which it failed.
        why: What is wrong with it.
    """

    def __init__(self, coding: str, why: str) -> None:
        self.coding = coding
        super().__init__(f"{coding} payload {why}")


def decode(payload: bytes, codings: str, *, limit_bytes: int) -> bytes:
    """Undo content codings.

    Args:
        payload: The bytes as sent, without transfer coding.
        codings: The Content-Encoding header; empty if there was none.
        limit_bytes: The most the result may have.

    Raises:
        PayloadError: Unknown coding, damaged or truncated data, or over the limit.
    """
    names = [name.strip().lower() for name in codings.split(",") if name.strip()]
    if len(names) > MAX_CODINGS:
        raise PayloadError(codings[:60], f"has {len(names)} codings")
    for name in reversed(names):
        if name == "identity":
            continue
        if name not in DECODERS:
            raise PayloadError(name[:60], "has a coding that is not known")
        payload = DECODERS[name](payload, limit_bytes) if payload else payload
    if len(payload) > limit_bytes:
        raise PayloadError("plain", f"is longer than {limit_bytes} bytes")
    return payload


def _gunzip(payload: bytes, limit_bytes: int) -> bytes:
    """Decode one or more gzip members (RFC 1952, section 2.2).

    Bytes behind the last member that begin no further one are left out, as browsers do.
    """
    found: list[bytes] = []
    size, at = 0, 0
    for _ in range(MAX_MEMBERS):
        content, at = _inflate(_stream(31), "gzip", payload, at, limit_bytes - size)
        found.append(content)
        size += len(content)
        if not payload.startswith(b"\x1f\x8b", at):
            return b"".join(found)
    raise PayloadError("gzip", f"has more than {MAX_MEMBERS} members")


def _deflate(payload: bytes, limit_bytes: int) -> bytes:
    """Decode zlib data (RFC 1950); some servers send raw deflate under this name."""
    zlib_header = payload[0] & 0x0F == 8 and int.from_bytes(payload[:2]) % 31 == 0
    try:
        wbits = 15 if zlib_header else -15
        return _inflate(_stream(wbits), "deflate", payload, 0, limit_bytes)[0]
    except PayloadError as error:
        if not zlib_header or not isinstance(error.__cause__, zlib.error):
            raise
        return _inflate(_stream(-15), "deflate", payload, 0, limit_bytes)[0]


def _stream(wbits: int) -> zlib._Decompress:
    return zlib.decompressobj(wbits=wbits)


def _inflate(
    stream: zlib._Decompress, coding: str, payload: bytes, at: int, limit_bytes: int
) -> tuple[bytes, int]:
    """Decode one stream from a place on; returns its content and where it ends."""
    found: list[bytes] = []
    size = 0
    while not stream.eof:
        if at >= len(payload):
            raise PayloadError(coding, "ends early")
        step = payload[at : at + STEP_BYTES]
        try:
            content = stream.decompress(step, limit_bytes - size + 1)
        except zlib.error as error:
            raise PayloadError(coding, f"is damaged: {error}") from error
        found.append(content)
        size += len(content)
        if size > limit_bytes:
            raise PayloadError(coding, f"is longer than {limit_bytes} bytes")
        at += len(step) - len(stream.unused_data)
    return b"".join(found), at


def _unbrotli(payload: bytes, limit_bytes: int) -> bytes:
    """Decode brotli (RFC 7932) in bounded steps."""
    stream = brotli.Decompressor()
    found: list[bytes] = []
    size = 0
    data = payload
    try:
        while not stream.is_finished():
            content = stream.process(data, output_buffer_limit=CHUNK_BYTES)
            data = b""
            found.append(content)
            size += len(content)
            if size > limit_bytes:
                raise PayloadError("br", f"is longer than {limit_bytes} bytes")
            starved = not content and stream.can_accept_more_data()
            if starved and not stream.is_finished():
                raise PayloadError("br", "ends early")
    except brotli.error as error:
        raise PayloadError("br", f"is damaged: {error}") from error
    return b"".join(found)


def _unzstd(payload: bytes, limit_bytes: int) -> bytes:
    """Decode one or more zstd frames (RFC 8878, section 3) in bounded steps."""
    found: list[bytes] = []
    size, at = 0, 0
    for _ in range(MAX_MEMBERS):
        content, at = _unframe(payload, at, limit_bytes - size)
        found.append(content)
        size += len(content)
        if at >= len(payload):
            return b"".join(found)
    raise PayloadError("zstd", f"has more than {MAX_MEMBERS} frames")


def _unframe(payload: bytes, at: int, limit_bytes: int) -> tuple[bytes, int]:
    """Decode one frame from a place on; returns its content and where it ends."""
    if payload[at + 1 : at + 4] == b"\x2a\x4d\x18" and 0x50 <= payload[at] <= 0x5F:
        return b"", _skipped(payload, at)
    stream = zstandard.ZstdDecompressor(
        max_window_size=ZSTD_WINDOW_BYTES
    ).decompressobj()
    found: list[bytes] = []
    size = 0
    while not stream.eof:
        if at >= len(payload):
            raise PayloadError("zstd", "ends early")
        step = payload[at : at + ZSTD_STEP_BYTES]
        try:
            content = stream.decompress(step)
        except zstandard.ZstdError as error:
            raise PayloadError("zstd", f"is damaged: {error}") from error
        found.append(content)
        size += len(content)
        if size > limit_bytes:
            raise PayloadError("zstd", f"is longer than {limit_bytes} bytes")
        at += len(step) - len(stream.unused_data)
    return b"".join(found), at


def _skipped(payload: bytes, at: int) -> int:
    """Where a skippable frame ends (RFC 8878, section 3.1.2)."""
    end = at + 8 + int.from_bytes(payload[at + 4 : at + 8], "little")
    if end > len(payload):
        raise PayloadError("zstd", "ends early")
    return end


DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _deflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}

ACCEPT_ENCODING = "gzip, deflate, br, zstd"
"""What the crawler offers: exactly what is decoded here."""

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
MAX_CODINGS = 4
"""More nested codings than this are an attack, not a server's choice."""


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
    """Decode one or more gzip members (RFC 1952, section 2.2)."""
    found: list[bytes] = []
    size = 0
    while payload:
        member = zlib.decompressobj(wbits=31)
        content = _inflate("gzip", member, payload, limit_bytes - size)
        found.append(content)
        size += len(content)
        payload = member.unused_data.lstrip(b"\0")
        if found and payload[:2] != b"\x1f\x8b":
            break
    return b"".join(found)


def _deflate(payload: bytes, limit_bytes: int) -> bytes:
    """Decode zlib data; some servers send raw deflate under this name."""
    zlib_header = payload[0] & 0x0F == 8 and int.from_bytes(payload[:2]) % 31 == 0
    wbits = 15 if zlib_header else -15
    return _inflate("deflate", zlib.decompressobj(wbits=wbits), payload, limit_bytes)


def _inflate(
    coding: str, stream: zlib._Decompress, payload: bytes, limit_bytes: int
) -> bytes:
    try:
        content = stream.decompress(payload, limit_bytes + 1)
    except zlib.error as error:
        raise PayloadError(coding, f"is damaged: {error}") from error
    if len(content) > limit_bytes:
        raise PayloadError(coding, f"is longer than {limit_bytes} bytes")
    if not stream.eof:
        raise PayloadError(coding, "ends early")
    return content


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
            if not content and stream.can_accept_more_data():
                raise PayloadError("br", "ends early")
    except brotli.error as error:
        raise PayloadError("br", f"is damaged: {error}") from error
    return b"".join(found)


def _unzstd(payload: bytes, limit_bytes: int) -> bytes:
    """Decode one zstd frame (RFC 8878) in bounded steps."""
    stream = zstandard.ZstdDecompressor(max_window_size=8 << 20).decompressobj()
    found: list[bytes] = []
    size = 0
    try:
        for start in range(0, len(payload), 4096):
            content = stream.decompress(payload[start : start + 4096])
            found.append(content)
            size += len(content)
            if size > limit_bytes:
                raise PayloadError("zstd", f"is longer than {limit_bytes} bytes")
            if stream.eof:
                return b"".join(found)
    except zstandard.ZstdError as error:
        raise PayloadError("zstd", f"is damaged: {error}") from error
    raise PayloadError("zstd", "ends early")


DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _deflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}

ACCEPT_ENCODING = "gzip, deflate, br, zstd"
"""What the crawler offers: exactly what is decoded here."""

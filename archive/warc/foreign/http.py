"""The block of a response record goes in; the answer that a server gave comes out.

Writers differ in what of the transfer they keep: a body may still be chunked, or be
without the coding that its header names. What comes out is as a crawl keeps it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from archive.warc.payloads import PayloadError, decode

STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?:[ \t]+([^\r\n]*))?\s*\Z")
CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
CODING = "content-encoding"
UNDONE = "X-Crawl-Content-Encoding"
"""What a coding is called that was undone before it was kept, as Common Crawl does."""
TEXT = (b"<", b"{", b"[", b"\xef\xbb\xbf<")
TINY_BYTES = 10_000


class Unusable(Exception):
    """An answer that cannot be taken.

    Args:
        why: What is wrong with it, in plain words.
    """

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True, kw_only=True, slots=True)
class Http:
    """An HTTP answer, its transfer coding undone."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    payload: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name, in lower case; None if absent."""
        return next((v for k, v in self.headers if k.lower() == name), None)


def head_of(block: bytes) -> Http:
    """Read the answer of a block; its payload is as it lies there.

    Raises:
        Unusable: It is none.
    """
    head, payload = _parted(block)
    first, *lines = re.split(rb"\r?\n", head)
    found = STATUS.match(first)
    if found is None:
        raise Unusable("no HTTP answer")
    return Http(
        status=int(found[1]),
        reason=(found[2] or b"").decode("latin-1").strip(),
        headers=_headers(lines),
        payload=payload,
    )


def whole(http: Http) -> Http:
    """The answer with the transfer coding of its payload undone.

    Raises:
        Unusable: A part of it is missing.
    """
    if "chunked" in (http.header("transfer-encoding") or "").lower():
        return replace(http, payload=dechunked(http.payload))
    if _is_short(http):
        raise Unusable("truncated: shorter than its Content-Length")
    return http


def _parted(block: bytes) -> tuple[bytes, bytes]:
    """Header and body; an answer without a body may lack the empty line."""
    found = re.search(rb"\r?\n\r?\n", block)
    if found is None:
        return block.rstrip(b"\r\n"), b""
    return block[: found.start()], block[found.end() :]


def _headers(lines: list[bytes]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for line in lines:
        text = line.decode("latin-1")
        if text[:1] in (" ", "\t") and found:
            name, value = found.pop()
            found.append((name, f"{value} {text.strip()}"))
            continue
        name, colon, value = text.partition(":")
        if colon and name.strip():
            found.append((name.strip(), value.strip()))
    return tuple(found)


def _is_short(http: Http) -> bool:
    """Whether a body was cut off; one whose coding was undone has another length."""
    stated = http.header("content-length") or ""
    if not stated.isascii() or not stated.isdigit():
        return False
    undone = http.header(UNDONE.lower()) or http.header(CODING)
    return not undone and len(http.payload) < int(stated)


def dechunked(payload: bytes) -> bytes:
    """Undo the chunked transfer coding (RFC 9112, 7.1), if it is still there.

    Raises:
        Unusable: Its end is missing.
    """
    if CHUNK.match(payload) is None:
        return payload
    parts: list[bytes] = []
    at = 0
    while found := CHUNK.match(payload, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(parts)
        part = payload[found.end() : found.end() + size]
        parts.append(part)
        if len(part) < size:
            break
        at = found.end() + size
        at += 2 if payload.startswith(b"\r\n", at) else payload.startswith(b"\n", at)
    raise Unusable("truncated: its last chunk is missing")


def with_body(http: Http, *, limit_bytes: int) -> tuple[Http, bytes]:
    """The answer with the content of its payload.

    A coding that was undone before is no coding of it any more: the header that names
    it gets another name, so that the answer can be read again.

    Raises:
        Unusable: The payload cannot be decoded, or is too large.
    """
    codings = http.header(CODING) or ""
    try:
        return http, decode(http.payload, codings, limit_bytes=limit_bytes)
    except PayloadError as error:
        start = http.payload[:TINY_BYTES].lstrip()
        if not codings or not start.startswith(TEXT):
            raise Unusable(str(error)) from error
    if len(http.payload) > limit_bytes:
        raise Unusable(f"plain payload is longer than {limit_bytes} bytes")
    headers = tuple((UNDONE if k.lower() == CODING else k, v) for k, v in http.headers)
    return replace(http, headers=headers), http.payload

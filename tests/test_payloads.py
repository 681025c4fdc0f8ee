"""Payloads in every content coding go in; their content or an error comes out."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from archive.warc.payloads import ACCEPT_ENCODING, MAX_MEMBERS, PayloadError, decode

LIMIT = 1_000_000
TEXT = b"<p>The signal box at Harrowgate Junction is to be kept.</p>" * 40


def deflate_raw(content: bytes) -> bytes:
    """Deflate without the zlib header, as some servers send it."""
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(content) + stream.flush()


CODERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}


@pytest.mark.parametrize("coding", CODERS)
@given(content=st.binary(max_size=5000))
def test_every_coding_is_undone(coding: str, content: bytes) -> None:
    """What was encoded comes back byte for byte, in every coding that is offered."""
    assert decode(CODERS[coding](content), coding, limit_bytes=LIMIT) == content


def test_what_is_offered_is_what_is_decoded() -> None:
    """Every coding of the Accept-Encoding header has its decoder tested here."""
    assert {name.strip() for name in ACCEPT_ENCODING.split(",")} <= set(CODERS)


@pytest.mark.parametrize("name", ["", "identity", " Identity ", ","])
def test_no_coding_leaves_the_payload(name: str) -> None:
    """Without a coding the payload is the content."""
    assert decode(TEXT, name, limit_bytes=LIMIT) == TEXT


@given(content=st.binary(max_size=3000))
def test_raw_deflate_is_understood(content: bytes) -> None:
    """Raw deflate, sent under the name of zlib data, is decoded all the same."""
    assert decode(deflate_raw(content), "deflate", limit_bytes=LIMIT) == content


def test_raw_deflate_that_looks_like_zlib_is_understood() -> None:
    """A raw stream whose first two bytes pass for a zlib header is tried as raw."""
    first = b"\x78\x01\x00\xfe\xffa"  # a stored block of one byte
    last = b"\x01\x00\x00\xff\xff"
    assert int.from_bytes(first[:2]) % 31 == 0
    assert zlib.decompress(first + last, -15) == b"a"
    assert decode(first + last, "deflate", limit_bytes=LIMIT) == b"a"


def test_gzip_members_are_joined() -> None:
    """All members of a gzip payload are decoded, padding and other bytes left out."""
    payload = gzip.compress(b"one ") + gzip.compress(b"") + gzip.compress(b"two")
    assert decode(payload, "gzip", limit_bytes=LIMIT) == b"one two"
    assert decode(payload + b"\0\0\0", "gzip", limit_bytes=LIMIT) == b"one two"
    assert decode(payload + b"--boundary", "gzip", limit_bytes=LIMIT) == b"one two"


def test_zstd_frames_are_joined() -> None:
    """All frames of a zstd payload are decoded, skippable ones passed over."""
    one, two = (zstandard.compress(text) for text in (b"one ", b"two"))
    skip = b"\x50\x2a\x4d\x18" + (3).to_bytes(4, "little") + b"abc"
    assert decode(one + skip + two, "zstd", limit_bytes=LIMIT) == b"one two"
    with pytest.raises(PayloadError, match="ends early"):
        decode(one + skip[:-1], "zstd", limit_bytes=LIMIT)
    with pytest.raises(PayloadError, match="damaged"):
        decode(one + b"no frame at all", "zstd", limit_bytes=LIMIT)


def test_zstd_without_a_stated_size_is_decoded() -> None:
    """A streamed frame, which states no size and has many blocks, is decoded whole."""
    content = bytes(range(256)) * 3000
    stream = zstandard.ZstdCompressor().compressobj()
    payload = stream.compress(content) + stream.flush()
    assert decode(payload, "zstd", limit_bytes=LIMIT) == content


@pytest.mark.parametrize("coding", CODERS)
def test_every_truncation_is_noticed(coding: str) -> None:
    """A payload cut anywhere is an error and never a shorter page."""
    payload = CODERS[coding](TEXT)
    for end in range(1, len(payload)):
        with pytest.raises(PayloadError, match=r"ends early|damaged"):
            decode(payload[:end], coding, limit_bytes=LIMIT)


def test_truncated_raw_deflate_is_noticed() -> None:
    """A raw deflate stream that is cut is an error too."""
    with pytest.raises(PayloadError, match="ends early"):
        decode(deflate_raw(TEXT)[:-3], "deflate", limit_bytes=LIMIT)


@pytest.mark.parametrize("coding", CODERS)
@given(junk=st.binary(min_size=1, max_size=200))
def test_junk_raises_nothing_but_payload_errors(coding: str, junk: bytes) -> None:
    """Whatever the bytes, the only error is the one that callers expect."""
    try:
        content = decode(junk, coding, limit_bytes=LIMIT)
    except PayloadError as error:
        assert coding.removeprefix("x-") in str(error)
    else:
        assert len(content) <= LIMIT


@pytest.mark.parametrize("coding", CODERS)
def test_bombs_stop_at_the_limit(coding: str) -> None:
    """A payload that inflates to 200 MB is refused with a few megabytes of memory."""
    payload = bomb(coding, 200_000_000)
    tracemalloc.start()
    with pytest.raises(PayloadError, match="longer than 1000000 bytes"):
        decode(payload, coding, limit_bytes=LIMIT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000


def bomb(coding: str, size: int) -> bytes:
    """Zeros, encoded piece by piece."""
    piece = bytes(1_000_000)
    if coding == "br":
        stream = brotli.Compressor(quality=5)
        parts = [stream.process(piece) for _ in range(size // len(piece))]
        return b"".join([*parts, stream.finish()])
    if coding == "zstd":
        frame = zstandard.ZstdCompressor().compressobj()
        parts = [frame.compress(piece) for _ in range(size // len(piece))]
        return b"".join([*parts, frame.flush()])
    deflate = zlib.compressobj(wbits=15 if coding == "deflate" else 31)
    parts = [deflate.compress(piece) for _ in range(size // len(piece))]
    return b"".join([*parts, deflate.flush()])


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_many_members_share_one_limit(coding: str) -> None:
    """The limit holds for all members together, and their number has one of its own."""
    one = CODERS[coding](bytes(1000))
    with pytest.raises(PayloadError, match="longer than"):
        decode(one * 20, coding, limit_bytes=19_999)
    empty = CODERS[coding](b"")
    with pytest.raises(PayloadError, match=f"more than {MAX_MEMBERS}"):
        decode(empty * (MAX_MEMBERS + 1), coding, limit_bytes=LIMIT)


def test_the_limit_is_the_last_size_that_passes() -> None:
    """Content of exactly the limit passes in every coding, one byte more does not."""
    for coding, encode in [*CODERS.items(), ("identity", bytes)]:
        assert decode(encode(TEXT), coding, limit_bytes=len(TEXT)) == TEXT
        with pytest.raises(PayloadError, match="longer than"):
            decode(encode(TEXT), coding, limit_bytes=len(TEXT) - 1)


def test_codings_are_undone_last_first() -> None:
    """Several codings are undone in reverse order; five are refused unread."""
    payload = gzip.compress(brotli.compress(TEXT))
    assert decode(payload, "br, GZIP", limit_bytes=LIMIT) == TEXT
    with pytest.raises(PayloadError, match="5 codings"):
        decode(payload, "gzip,gzip,gzip,gzip,gzip", limit_bytes=LIMIT)


def test_unknown_codings_are_named() -> None:
    """A coding that is not known is an error that names it."""
    with pytest.raises(PayloadError, match=r"^compress payload has a coding"):
        decode(TEXT, "compress", limit_bytes=LIMIT)


def test_empty_payloads_have_empty_content() -> None:
    """No bytes are no content, whatever coding the header states."""
    for coding in CODERS:
        assert decode(b"", coding, limit_bytes=LIMIT) == b""

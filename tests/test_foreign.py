"""Foreign WARC files are read record by record; damage costs the records it lies in."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from made_warcs import Got, chunked, gzipped, packed, plain, url

from archive.warc.foreign.http import Unusable, dechunked, head_of, whole, with_body
from archive.warc.foreign.records import Loss, Reader, Record
from archive.warc.foreign.streams import ForeignError, Source

COUNT = 6
ANSWERS = tuple(
    Got(url=url(f"page/{n}"), body=b"<p>%s</p>" % (b"%d lids, " % n * (20 + n)))
    for n in range(COUNT)
)
PLAIN, PACKED = plain(*ANSWERS), packed(*ANSWERS)


def split(content: bytes) -> list[bytes]:
    """The gzip members of a file, unpacked."""
    starts = [
        at for at in range(len(content)) if content.startswith(b"\x1f\x8b\x08", at)
    ]
    ends = [*starts[1:], len(content)]
    return [gzip.decompress(content[a:b]) for a, b in zip(starts, ends, strict=True)]


def frames(dictionary: bool = False) -> bytes:
    """The same as zstd frames, one a record; with a dictionary of its own first."""
    records = split(PACKED)
    if not dictionary:
        return b"".join(zstandard.compress(one) for one in records)
    shared = zstandard.ZstdCompressionDict(records[1], dict_type=1)
    coder = zstandard.ZstdCompressor(dict_data=shared)
    content = zstandard.compress(shared.as_bytes())
    head = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little")
    return head + content + b"".join(coder.compress(one) for one in records)


FORMS: dict[str, bytes] = {
    "plain": PLAIN,
    "gzip": PACKED,
    "one gzip member": gzip.compress(PLAIN),
    "gzip members of any size": b"".join(
        gzip.compress(PLAIN[at : at + 100]) for at in range(0, len(PLAIN), 100)
    ),
    "zstd": frames(),
    "one zstd frame": zstandard.compress(PLAIN),
}


def read(content: bytes) -> list[Record | Loss]:
    """All that is in a file."""
    return list(Reader(Source(io.BytesIO(content))).records())


def pages(found: list[Record | Loss]) -> dict[str, bytes]:
    """The blocks of the records that are whole, by address."""
    records = (one for one in found if isinstance(one, Record))
    return {one.url: one.block for one in records if one.url and not one.is_altered}


WHOLE = pages(read(PLAIN))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_holds_the_same_records(form: str) -> None:
    """However a file is packed, its records are the same, and none is lost."""
    found = read(FORMS[form])
    assert not [one for one in found if isinstance(one, Loss)]
    assert len(found) == COUNT + 1
    assert pages(found) == WHOLE
    assert all(one.is_proven for one in found if isinstance(one, Record) and one.url)


@pytest.mark.parametrize("form", FORMS)
def test_records_are_found_again_by_their_place(form: str) -> None:
    """Forwards, backwards and twice, each record can be read by where it lies."""
    found = [one for one in read(FORMS[form]) if isinstance(one, Record)]
    reader = Reader(Source(io.BytesIO(FORMS[form])))
    for one in (*found, *reversed(found), found[0]):
        assert reader.record_at(one.place, one.inside) == one


@pytest.mark.parametrize("form", ["gzip", "zstd"])
def test_a_flipped_byte_costs_one_record(form: str) -> None:
    """In a file of a member a record no other record is lost, and none comes out wrong,
    wherever the byte is."""
    content = FORMS[form]
    for place in range(0, len(content), 5):
        flipped = bytearray(content)
        flipped[place] ^= 0x41
        found = pages(read(bytes(flipped)))
        assert len(WHOLE.items() - found.items()) <= 1, place
        if form == "gzip":  # zstd frames need not have a checksum
            assert found.items() <= WHOLE.items(), place


def test_a_flipped_byte_in_plain_text_is_noticed() -> None:
    """Where the file is not packed the block's digest tells; two records at most go."""
    for place in range(0, len(PLAIN), 5):
        flipped = bytearray(PLAIN)
        flipped[place] ^= 0x41
        found = pages(read(bytes(flipped)))
        assert len([one for one in WHOLE.values() if one not in found.values()]) <= 2


@pytest.mark.parametrize("lost", [1, 30, 400])
@pytest.mark.parametrize("form", ["plain", "gzip", "one gzip member", "zstd"])
def test_a_torn_file_is_read_to_where_it_is_torn(form: str, lost: int) -> None:
    """What was whole comes out; that something is missing is told where it is."""
    content = FORMS[form]
    found = read(content[:-lost])
    assert pages(found).items() <= WHOLE.items()
    if form == "gzip":
        assert len(pages(found)) >= COUNT - 2
    is_told = isinstance(found[-1], Loss)
    assert is_told or (form == "plain" and lost == 1)  # an end without its line ends


def test_zstd_with_a_dictionary_is_read() -> None:
    """The dictionary in the file's first frame serves all others."""
    assert pages(read(frames(dictionary=True))) == WHOLE


def test_a_wrong_length_loses_its_record_alone() -> None:
    """A record that claims to be longer, or shorter, than it is swallows no other."""
    for length in (b"1", b"100", b"300", b"99999999", b"-5", b"x"):
        target = PLAIN.index(b"page/2")
        at = PLAIN.index(b"Content-Length: ", target) + 16
        end = PLAIN.index(b"\r\n", at)
        found = pages(read(PLAIN[:at] + length + PLAIN[end:]))
        assert WHOLE.items() - found.items() == {(url("page/2"), WHOLE[url("page/2")])}


def test_a_header_without_end_is_given_up() -> None:
    """Megabytes where a header should be cost no memory, and the rest is read."""
    rubbish = b"WARC/1.0\r\n" + b"X-Long: " + b"a" * 1_000_000
    found = read(rubbish + b"\r\n" + PLAIN)
    assert isinstance(found[0], Loss)
    assert pages(found) == WHOLE


def test_a_large_block_is_not_kept_whole() -> None:
    """Only as much is kept as is asked for; the rest is passed over."""
    content = plain(Got(url=url("big"), body=b"a" * 100_000), *ANSWERS)
    found = list(Reader(Source(io.BytesIO(content)), keep=1_000).records())
    big = found[1]
    assert isinstance(big, Record)
    assert (len(big.block), big.is_cut) == (1_000, True)
    assert len(found) == COUNT + 2


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7", bytes(1_000)])
def test_other_files_are_refused(content: bytes) -> None:
    """What holds no record is no WARC file, and is told as such."""
    with pytest.raises(ForeignError, match="no WARC file"):
        Source(io.BytesIO(content))


@given(st.binary(max_size=400))
def test_no_content_makes_reading_fail(content: bytes) -> None:
    """Whatever follows a record, reading ends, and the record before it is there."""
    found = read(PACKED + content)
    assert WHOLE.items() <= pages(found).items()


@given(st.binary(max_size=3_000), st.integers(1, 900))
def test_chunks_are_undone(content: bytes, size: int) -> None:
    """A body in chunks of any size is what it was."""
    assert dechunked(chunked(content, size)) == content


def test_a_body_without_its_last_chunk_is_refused() -> None:
    """A page that ends early must not be taken for a whole one."""
    for lost in (1, 3, 5, 50):
        torn = chunked(b"lids " * 100, 60)[:-lost]
        if lost > 2:  # the end of the last, empty chunk is no loss
            with pytest.raises(Unusable, match="last chunk"):
                dechunked(torn)


HEADS: dict[str, tuple[bytes, int, str]] = {
    "usual": (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody", 200, "OK"),
    "two": (b"HTTP/2 404\r\n\r\n", 404, ""),
    "bare line ends": (b"HTTP/1.0 301 Moved\nA: b\n\nbody", 301, "Moved"),
    "no headers": (b"HTTP/1.1 204 None", 204, "None"),
}


@pytest.mark.parametrize("case", HEADS)
def test_heads_are_read_as_writers_wrote_them(case: str) -> None:
    """Status and reason come out of every spelling."""
    block, status, reason = HEADS[case]
    http = head_of(block)
    assert (http.status, http.reason) == (status, reason)


def test_folded_headers_are_one() -> None:
    """A header on several lines is one header."""
    http = head_of(b"HTTP/1.1 200 OK\r\nA: b\r\n  c\r\nno colon\r\nD: e\r\n\r\n")
    assert http.headers == (("A", "b c"), ("D", "e"))
    assert http.header("d") == "e"


@pytest.mark.parametrize(
    "block", [b"", b"<html>", b"HTTP/1.1 OK\r\n\r\n", b"20 text/html"]
)
def test_what_is_no_http_is_refused(block: bytes) -> None:
    """A block without a status line is no answer."""
    with pytest.raises(Unusable, match="no HTTP"):
        head_of(block)


def answer(payload: bytes, *headers: bytes) -> bytes:
    """The block of an answer."""
    return b"\r\n".join([b"HTTP/1.1 200 OK", *headers, b"", payload])


BODIES: dict[str, tuple[bytes, Callable[[bytes], bytes]]] = {
    "gzip": (b"Content-Encoding: gzip", gzipped),
    "undone before": (b"Content-Encoding: br", lambda content: content),
    "none": (b"A: b", lambda content: content),
}


@pytest.mark.parametrize("case", BODIES)
def test_content_codings_are_undone(case: str) -> None:
    """The content comes out, and can be had again from what is then kept."""
    header, pack = BODIES[case]
    content = b"<p>Lids return</p>"
    http, found = with_body(
        whole(head_of(answer(pack(content), header))), limit_bytes=99
    )
    assert found == content
    again, found = with_body(http, limit_bytes=99)
    assert (again, found) == (http, content)
    with pytest.raises(Unusable, match="longer than 9 bytes"):
        with_body(http, limit_bytes=9)

"""Our WARC files are opened by two other programs, which find every digest right."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from made_pages import answer
from warcio.archiveiterator import ArchiveIterator

from archive.warc.captures import Answer, CaptureFiles

KINDS = WarcRecordType.response | WarcRecordType.resource


def noise(number: int) -> bytes:
    """Bytes that do not pack away."""
    return b"".join(b"%08x" % zlib.crc32(b"%d %d" % (number, n)) for n in range(60))


def resource() -> Answer:
    """An imported text."""
    return Answer(
        url="urn:cuttings:text:1",
        status=0,
        reason="",
        headers=(("Content-Type", "text/plain"),),
        payload=b"Lids return",
        fetched_at="2026-03-01T09:15:00Z",
        kind="resource",
    )


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Several files: pages, an empty one, an imported text."""
    writing = CaptureFiles(tmp_path, {}, rotate_bytes=2_000)
    for number in range(8):
        writing.append(answer(f"page/{number}", noise(number)))
    writing.append(answer("empty", b""))
    writing.append(resource())
    writing.close()
    found = sorted(tmp_path.iterdir())
    assert len(found) > 2  # rotated by size
    return found


def test_warcio_finds_every_digest_right(files: list[Path]) -> None:
    """Block and payload digests are stated and verify, in every file."""
    count = 0
    for path in files:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.raw_stream.read()
                assert record.digest_checker.passed is not False
                if record.rec_type != "warcinfo":
                    assert record.rec_headers.get_header("WARC-Block-Digest")
                    assert record.rec_headers.get_header("WARC-Payload-Digest")
                    count += 1
    assert count == 10


def test_fastwarc_finds_every_digest_right(files: list[Path]) -> None:
    """A reader written independently of warcio agrees, record by record."""
    found = []
    for path in files:
        with path.open("rb") as file:
            for record in FastIterator(file, record_types=KINDS, parse_http=False):
                record.freeze()
                assert record.verify_block_digest()
                if record.is_http:
                    record.parse_http()
                    assert record.verify_payload_digest()
                    assert record.http_headers.status_code == 200
                found.append(record.headers["WARC-Target-URI"])
    pages = [f"https://kettle.example/page/{number}" for number in range(8)]
    empty = "https://kettle.example/empty"
    assert found == [*pages, empty, "urn:cuttings:text:1"]


def test_each_file_begins_with_its_own_name(files: list[Path]) -> None:
    """Every file, after the first too, opens with a warcinfo record."""
    for path in files:
        with path.open("rb") as file:
            info = next(iter(FastIterator(file)))
            assert info.headers["WARC-Filename"] == path.name
            assert info.headers["WARC-Type"] == "warcinfo"

"""HTTP responses go in, WARC records in files that other tools open come out, and back.

Files follow ISO 28500:2017 (WARC 1.1), one gzip member a record, so that any reader
can seek to a record by its offset. A file is only ever appended to. Of what a killed
run left, a last record that is not whole is cut off before the next append (its page
was never acknowledged and is fetched again); whole records always stay.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.errors import CaptureUnreadable
from archive.records import Capture

PREFIX = "cuttings-"
SUFFIX = ".warc.gz"
ROTATE_BYTES = 1_000_000_000
"""Files of about a gigabyte, as the WARC guidelines of the IIPC recommend."""
GZIP_LEVEL = 4
"""On 115 news pages level 4 cost 2.3 ms a page and level 9 4.9 ms, for 5 % more bytes."""
SOFTWARE = "cuttings"
READ_BYTES = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """An HTTP response to keep, or one read back."""

    url: str
    """The address that answered."""
    status: int
    reason: str
    """Reason phrase; may be empty."""
    headers: tuple[tuple[str, str], ...]
    """In order, as sent."""
    payload: bytes
    """As sent, without transfer coding, with content coding."""
    fetched_at: str
    """UTC instant, ISO 8601."""
    ip_address: str | None = None

    def header(self, name: str) -> str | None:
        """The first header of that name, any case; None if absent."""
        wanted = name.lower()
        return next((v for k, v in self.headers if k.lower() == wanted), None)


class CaptureFiles:
    """The WARC files beside an archive, open for appending.

    Args:
        folder: Where they lie; made if absent.
        indexed: End of the last acknowledged record of each file, in bytes.
    """

    def __init__(self, folder: Path, indexed: Mapping[str, int]) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._file: BinaryIO | None = None
        self._name = ""
        self._synced = 0
        self._indexed = dict(indexed)

    def append(self, answer: Answer) -> Capture:
        """Write one response record; durable only after `sync`.

        Raises:
            OSError: The disk refused it.
        """
        file = self._open_file(answer.fetched_at)
        record, digest = response_record(answer)
        offset = file.tell()
        file.write(record)
        return Capture(
            file=self._name,
            offset=offset,
            length=len(record),
            digest=digest,
            url=answer.url,
            status=answer.status,
            content_type=answer.header("content-type"),
            fetched_at=answer.fetched_at,
        )

    def _open_file(self, now: str) -> BinaryIO:
        if self._file is not None and self._file.tell() < ROTATE_BYTES:
            return self._file
        self.close()
        newest = max(self.folder.glob(f"{PREFIX}*{SUFFIX}"), default=None)
        if newest is None or newest.stat().st_size >= ROTATE_BYTES:
            newest = self.folder / self._new_name(now)
            self._file = newest.open("ab")
            self._file.write(warcinfo_record(newest.name))
        else:
            cut_torn_end(newest, self._indexed.get(newest.name, 0))
            self._file = newest.open("ab")
        self._name = newest.name
        self._synced = newest.stat().st_size
        return self._file

    def _new_name(self, now: str) -> str:
        stamp = re.sub(r"\D", "", now)[:14]
        serial = sum(1 for _ in self.folder.glob(f"{PREFIX}*{SUFFIX}"))
        return f"{PREFIX}{stamp}-{serial:05d}{SUFFIX}"

    def sync(self) -> None:
        """Make everything appended so far durable.

        Raises:
            OSError: The disk refused it.
        """
        if self._file is not None:
            self._file.flush()
            os.fdatasync(self._file.fileno())
            self._synced = self._file.tell()

    def rollback(self) -> None:
        """Forget what was appended since the last `sync`."""
        if self._file is None:
            return
        path = Path(self._file.name)
        with suppress(OSError):
            self._file.close()
        self._file = None
        os.truncate(path, self._synced)

    def close(self) -> None:
        """Sync and close the current file."""
        if self._file is not None:
            self.sync()
            self._file.close()
            self._file = None


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


def response_record(answer: Answer) -> tuple[bytes, str]:
    """Return one gzip member holding the record, and its payload digest."""
    dropped = {"transfer-encoding", "content-length"}
    headers = [(k, v) for k, v in answer.headers if k.lower() not in dropped]
    headers.append(("Content-Length", str(len(answer.payload))))
    status = f"{answer.status} {_one_line(answer.reason)}".strip()
    writer = WARCWriter(None, gzip=False, warc_version="1.1")
    record = writer.create_warc_record(
        answer.url,
        "response",
        payload=BytesIO(answer.payload),
        length=len(answer.payload),
        http_headers=StatusAndHeaders(
            status, [(k, _one_line(v)) for k, v in headers], protocol="HTTP/1.1"
        ),
        warc_headers_dict=_warc_headers(answer),
    )
    content = _serialise(writer, record)
    return content, str(record.rec_headers.get_header("WARC-Payload-Digest"))


def _warc_headers(answer: Answer) -> dict[str, str]:
    headers = {"WARC-Date": answer.fetched_at}
    if answer.ip_address:
        headers["WARC-IP-Address"] = answer.ip_address
    return headers


def _one_line(text: str) -> str:
    return re.sub(r"[\r\n]+[ \t]*", " ", text)


def warcinfo_record(name: str) -> bytes:
    """Return the gzip member that opens a file."""
    writer = WARCWriter(None, gzip=False, warc_version="1.1")
    info = {
        "software": SOFTWARE,
        "format": "WARC File Format 1.1",
        "conformsTo": "ISO 28500:2017",
    }
    return _serialise(writer, writer.create_warcinfo_record(name, info))


def _serialise(writer: WARCWriter, record: object) -> bytes:
    plain = BytesIO()
    writer.out = plain
    writer.write_record(record)
    stream = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, 31)
    return stream.compress(plain.getbuffer()) + stream.flush()


def read(folder: Path, capture: Capture) -> Answer:
    """Read one response back.

    Raises:
        CaptureUnreadable: The file is missing, cut short or damaged.
    """
    try:
        with (folder / capture.file).open("rb") as file:
            file.seek(capture.offset)
            member = file.read(capture.length)
        record = next(iter(ArchiveIterator(BytesIO(member), check_digests="raise")))
        return _answer(record)
    except (OSError, ArchiveLoadFailed, StopIteration, zlib.error) as error:
        why = str(error) or "no record there"
        raise CaptureUnreadable(capture.file, capture.offset, why) from error


def _answer(record: object) -> Answer:
    headers = record.http_headers  # type: ignore[attr-defined]  # warcio has no types
    code, _, reason = headers.statusline.partition(" ")
    get = record.rec_headers.get_header  # type: ignore[attr-defined]
    payload = record.raw_stream.read()  # type: ignore[attr-defined]
    return Answer(
        url=get("WARC-Target-URI"),
        status=int(code),
        reason=reason,
        headers=tuple(headers.headers),
        payload=payload,
        fetched_at=get("WARC-Date"),
        ip_address=get("WARC-IP-Address"),
    )

"""HTTP responses go in, WARC records in files that other tools open come out, and back.

A text that was imported is kept in the same files, as a `resource` record.

Files follow ISO 28500:2017 (WARC 1.1), one gzip member a record, so that any reader
can seek to a record by its offset. A file is only ever appended to. Of what a killed
run left, a last record that is not whole is cut off before the next append (its page
was never acknowledged and is fetched again); whole records always stay.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.errors import CaptureUnreadable
from archive.records import Capture, CaptureKind
from archive.warc.torn import cut_torn_end, sync_folder

NAME = re.compile(r"cuttings-\d{14}-(\d{5,})\.warc\.gz")
"""Files of other names are not ours and are never written."""
ROTATE_BYTES = 1_000_000_000
"""Files of about a gigabyte, as the WARC guidelines of the IIPC recommend."""
GZIP_LEVEL = 4
"""On 115 news pages level 4 cost 2.3 ms a page, level 9 4.9 ms for 5 % fewer bytes."""
PACKED = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd"})
"""Content codings (RFC 9110, 8.4.1) that leave nothing to compress: doing it again won
1 % for 0.5 ms a page."""
SOFTWARE = "cuttings"
DEFAULT_TYPE = "text/plain"


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
    kind: CaptureKind = "response"
    """Whether a server sent it; of an imported text only address, time, Content-Type
    and payload are kept."""

    def header(self, name: str) -> str | None:
        """The first header of that name, any case; None if absent."""
        wanted = name.lower()
        return next((v for k, v in self.headers if k.lower() == wanted), None)


class CaptureFiles:
    """The WARC files beside an archive, open for appending.

    Args:
        folder: Where they lie; made if absent.
        indexed: End of the last acknowledged record of each file, in bytes.
        rotate_bytes: A file of this size is not appended to any more.
    """

    def __init__(
        self,
        folder: Path,
        indexed: Mapping[str, int],
        *,
        rotate_bytes: int = ROTATE_BYTES,
    ) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._file: BinaryIO | None = None
        self._name = ""
        self._synced = 0
        self._indexed = dict(indexed)
        self._rotate_bytes = rotate_bytes

    def append(self, answer: Answer) -> Capture:
        """Write one record; durable only after `sync`.

        Raises:
            OSError: The disk refused it; call `rollback`.
        """
        record, digest = RECORDS[answer.kind](answer)
        file = self._open_file(answer.fetched_at)
        offset = file.tell()
        file.write(record)
        return Capture(
            file=self._name,
            offset=offset,
            length=len(record),
            digest=digest,
            url=_one_line(answer.url),
            status=answer.status,
            content_type=answer.header("content-type"),
            fetched_at=answer.fetched_at,
            kind=answer.kind,
        )

    def _open_file(self, now: str) -> BinaryIO:
        if self._file is not None and self._file.tell() < self._rotate_bytes:
            return self._file
        self.close()
        path = self._usable() or self.folder / self._new_name(now)
        is_new = not path.exists()
        self._file = path.open("ab")
        self._name = path.name
        self._synced = self._file.tell()
        if is_new:
            sync_folder(self.folder)
        if self._synced == 0:
            self._file.write(warcinfo_record(path.name))
        return self._file

    def _usable(self) -> Path | None:
        """The newest file, its torn end cut off, if it may be appended to.

        A file shorter than what is indexed of it has lost records: what is appended
        there would lie where the index expects others.
        """
        newest = max(self._own(), key=serial_of, default=None)
        if newest is None or newest.stat().st_size >= self._rotate_bytes:
            return None
        indexed = self._indexed.get(newest.name, 0)
        if newest.stat().st_size < indexed:
            return None
        cut_torn_end(newest, indexed)
        return newest

    def _own(self) -> list[Path]:
        return [path for path in self.folder.iterdir() if NAME.fullmatch(path.name)]

    def _new_name(self, now: str) -> str:
        """A name that no file has or had, its serial number greater than all."""
        stamp = re.sub(r"\D", "", now)[:14].ljust(14, "0")
        taken = [serial_of(Path(name)) for name in self._indexed]
        taken += [serial_of(path) for path in self._own()]
        return f"cuttings-{stamp}-{max(taken, default=-1) + 1:05d}.warc.gz"

    def sync(self) -> None:
        """Make everything appended so far durable.

        Raises:
            OSError: The disk refused it; call `rollback`.
        """
        if self._file is not None:
            self._file.flush()
            os.fdatasync(self._file.fileno())
            self._synced = self._file.tell()

    def rollback(self) -> None:
        """Forget what was appended since the last `sync`.

        What cannot be cut off now stays as records that no row points at, or as a torn
        end that the next run cuts off.
        """
        if self._file is None:
            return
        path = Path(self._file.name)
        with suppress(OSError):
            self._file.close()
        self._file = None
        with suppress(OSError):
            os.truncate(path, self._synced)

    def close(self) -> None:
        """Sync and close the current file.

        Raises:
            OSError: The disk refused it; call `rollback`.
        """
        if self._file is not None:
            self.sync()
            self._file.close()
            self._file = None


def serial_of(path: Path) -> int:
    """The number in a file's name; -1 if it is not one of ours."""
    found = NAME.fullmatch(path.name)
    return int(found[1]) if found else -1


def response_record(answer: Answer) -> tuple[bytes, str]:
    """Return one gzip member holding the record, and its payload digest."""
    writer = WARCWriter(None, gzip=False, warc_version="1.1")
    head = StatusAndHeaders(str(answer.status), [])
    head.headers_buff = _http_head(answer)
    head.compute_headers_buffer = lambda _: None  # warcio would percent-encode latin-1
    record = writer.create_warc_record(
        _one_line(answer.url),
        "response",
        payload=BytesIO(answer.payload),
        length=len(answer.payload),
        http_headers=head,
        warc_headers_dict=_warc_headers(answer),
    )
    coding = (answer.header("content-encoding") or "").strip().lower()
    content = _serialise(writer, record, 0 if coding in PACKED else GZIP_LEVEL)
    return content, str(record.rec_headers.get_header("WARC-Payload-Digest"))


def resource_record(answer: Answer) -> tuple[bytes, str]:
    """Return one gzip member holding an imported text, and its payload digest.

    A `resource` record is a payload without the protocol it came by (ISO 28500:2017,
    6.5); its Content-Type is the text's.
    """
    writer = WARCWriter(None, gzip=False, warc_version="1.1")
    record = writer.create_warc_record(
        _one_line(answer.url),
        "resource",
        payload=BytesIO(answer.payload),
        length=len(answer.payload),
        warc_content_type=_one_line(answer.header("content-type") or DEFAULT_TYPE),
        warc_headers_dict={
            **_warc_headers(answer),
            "WARC-Payload-Digest": digest_of(answer.payload),
        },
    )
    content = _serialise(writer, record)
    return content, str(record.rec_headers.get_header("WARC-Payload-Digest"))


RECORDS: dict[CaptureKind, Callable[[Answer], tuple[bytes, str]]] = {
    "response": response_record,
    "resource": resource_record,
}


def _http_head(answer: Answer) -> bytes:
    """Status line and headers, in latin-1 as HTTP/1.1 sends them (RFC 9112, 2.2)."""
    dropped = {"transfer-encoding", "content-length"}
    headers = [(k, v) for k, v in answer.headers if k.lower() not in dropped]
    headers.append(("Content-Length", str(len(answer.payload))))
    lines = [f"HTTP/1.1 {answer.status} {_one_line(answer.reason)}".strip()]
    lines += [f"{_one_line(k)}: {_one_line(v)}" for k, v in headers]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1", "replace")


def _warc_headers(answer: Answer) -> dict[str, str]:
    headers = {"WARC-Date": _one_line(answer.fetched_at)}
    if answer.ip_address:
        headers["WARC-IP-Address"] = _one_line(answer.ip_address)
    return headers


def _one_line(text: str) -> str:
    """Fold lines, so that no server writes headers of its own into a record."""
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


def _serialise(writer: WARCWriter, record: object, level: int = GZIP_LEVEL) -> bytes:
    plain = BytesIO()
    writer.out = plain
    writer.write_record(record)
    stream = zlib.compressobj(level, zlib.DEFLATED, 31)
    return stream.compress(plain.getbuffer()) + stream.flush()


def read(folder: Path, capture: Capture) -> Answer:
    """Read one capture back.

    Raises:
        CaptureUnreadable: The file is missing, cut short or damaged, or holds another
            record there.
    """
    try:
        return parsed(gunzip(member(folder, capture)), capture)
    except (OSError, ArchiveLoadFailed, StopIteration, ValueError) as error:
        why = str(error) or "no record there"
        raise CaptureUnreadable(capture.file, capture.offset, why) from error


def member(folder: Path, capture: Capture) -> bytes:
    """The bytes of a record as they lie in their file."""
    with (folder / capture.file).open("rb") as file:
        file.seek(capture.offset)
        return file.read(capture.length)


def parsed(plain: bytes, capture: Capture) -> Answer:
    """What the bytes of a record hold; raises as `read` where they are another's."""
    record = next(iter(ArchiveIterator(BytesIO(plain), no_record_parse=True)))
    return _answer(record, capture)


def gunzip(packed: bytes) -> bytes:
    """Decode one whole gzip member; its checksum covers every byte of the record.

    Raises:
        ValueError: It is damaged or not one whole member.
    """
    stream = zlib.decompressobj(wbits=31)
    try:
        plain = stream.decompress(packed)
    except zlib.error as error:
        raise ValueError(f"the record is damaged: {error}") from error
    if not stream.eof or stream.unused_data:
        raise ValueError("the record is cut short")
    return plain


def _answer(record: Any, capture: Capture) -> Answer:
    """The answer of a record.

    Raises:
        ValueError: It is not the record that was indexed.
    """
    if record.rec_type != capture.kind:
        raise ValueError("another record lies there")
    return READERS[capture.kind](record, capture)


def _resource(record: Any, capture: Capture) -> Answer:
    """An imported text.

    Raises:
        ValueError: It is not the record that was indexed.
    """
    get = record.rec_headers.get_header
    payload = record.raw_stream.read()
    if digest_of(payload) != capture.digest:
        raise ValueError("another record lies there")
    return Answer(
        url=get("WARC-Target-URI"),
        status=capture.status,
        reason="",
        headers=(("Content-Type", get("Content-Type")),),
        payload=payload,
        fetched_at=get("WARC-Date"),
        kind="resource",
    )


def _response(record: Any, capture: Capture) -> Answer:
    """What a server sent.

    Raises:
        ValueError: It is not the record that was indexed.
    """
    get = record.rec_headers.get_header
    head, _, payload = record.raw_stream.read().partition(b"\r\n\r\n")
    if digest_of(payload) != capture.digest:
        raise ValueError("another record lies there")
    first, *lines = head.decode("latin-1").split("\r\n")
    _, code, reason = f"{first}  ".split(" ", 2)
    return Answer(
        url=get("WARC-Target-URI"),
        status=int(code),
        reason=reason.strip(" "),
        headers=tuple((k, v) for k, _, v in (x.partition(": ") for x in lines)),
        payload=payload,
        fetched_at=get("WARC-Date"),
        ip_address=get("WARC-IP-Address"),
    )


READERS: dict[CaptureKind, Callable[[Any, Capture], Answer]] = {
    "response": _response,
    "resource": _resource,
}


def digest_of(payload: bytes) -> str:
    """A payload's digest as WARC files state it: SHA-1 in base32."""
    digest = hashlib.sha1(payload, usedforsecurity=False).digest()
    return f"sha1:{base64.b32encode(digest).decode('ascii')}"

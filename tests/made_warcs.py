"""A few words in; WARC and WACZ files as other programs write them out, by warcio."""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from press import article
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HOME = "https://kettle.example"
AT = "2026-03-01T09:15:00Z"
LATER = "2026-03-05T09:15:00Z"
HTML = (("Content-Type", "text/html; charset=utf-8"),)


@dataclass(frozen=True, kw_only=True)
class Got:
    """One answer to put into a WARC file."""

    url: str
    body: bytes = b""
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = HTML
    at: str = AT
    kind: str = "response"
    warc: tuple[tuple[str, str], ...] = ()
    """Further headers of the record."""


def url(path: str) -> str:
    """An address of the made-up title."""
    return f"{HOME}/{path}"


def body(number: int, *, extra: str = "") -> bytes:
    """The page of an article, its own for each number."""
    text = article(number, extra=extra).body
    return text if isinstance(text, bytes) else text.encode()


def story(number: int, *, at: str = AT, extra: str = "") -> Got:
    """The answer with an article."""
    return Got(url=url(f"news/story-{number}"), body=body(number, extra=extra), at=at)


def moved(path: str, to: str, *, status: str = "301 Moved", at: str = AT) -> Got:
    """A redirect."""
    return Got(url=url(path), status=status, headers=(("Location", to),), at=at)


def plain(*answers: Got, version: str = "1.0") -> bytes:
    """The content of a WARC file."""
    return written(answers, packed=False, version=version)


def packed(*answers: Got, version: str = "1.0") -> bytes:
    """The same as gzip members, one a record."""
    return written(answers, packed=True, version=version)


def written(answers: Sequence[Got], *, packed: bool, version: str) -> bytes:
    """Write a WARC file."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=packed, warc_version=version)
    info = writer.create_warcinfo_record("made.warc", {"software": "a test"})
    writer.write_record(info)
    for one in answers:
        write(writer, one)
    return out.getvalue()


def write(writer: WARCWriter, one: Got) -> None:
    """Write one answer."""
    head = None
    if one.kind in ("response", "revisit"):
        head = StatusAndHeaders(one.status, list(one.headers), protocol="HTTP/1.1")
    record = writer.create_warc_record(
        one.url,
        one.kind,
        payload=BytesIO(one.body),
        length=len(one.body),
        http_headers=head,
        warc_headers_dict={"WARC-Date": one.at, **dict(one.warc)},
    )
    writer.write_record(record)


def file(folder: Path, name: str, content: bytes) -> Path:
    """Write a file; return its path."""
    path = folder / name
    path.write_bytes(content)
    return path


def wacz(
    folder: Path, content: bytes, *, digest: str = "", method: int = zipfile.ZIP_STORED
) -> Path:
    """A WACZ file with one WARC file in it.

    Args:
        folder: Where to put it.
        content: The WARC file, gzip members.
        digest: What datapackage.json states; the right one if empty.
        method: How the zip packs it.
    """
    path = folder / "made.wacz"
    stated = digest or hashlib.sha256(content).hexdigest()
    resource = {"path": "archive/data.warc.gz", "hash": f"sha256:{stated}"}
    with zipfile.ZipFile(path, "w", method) as into:
        into.writestr("archive/data.warc.gz", content)
        into.writestr("pages/pages.jsonl", "{}")
        into.writestr("datapackage.json", json.dumps({"resources": [resource]}))
    return path


def chunked(content: bytes, size: int = 700) -> bytes:
    """A body in the chunked transfer coding."""
    parts = [content[at : at + size] for at in range(0, len(content), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in [*parts, b""])


def gzipped(content: bytes) -> bytes:
    """A body in the content coding gzip."""
    return gzip.compress(content, mtime=0)

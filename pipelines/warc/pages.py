"""An entry of the index goes in; the page that a server sent comes out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, BinaryIO

from archive.errors import CaptureUnreadable
from archive.records import Capture, Fetch
from archive.warc import captures
from archive.warc.foreign.http import Http, Unusable, head_of, whole, with_body
from archive.warc.foreign.index import Entry, Index
from archive.warc.foreign.packed import Part, opened
from archive.warc.foreign.records import Reader, Record
from archive.warc.foreign.streams import ForeignError, Source
from archive.warc.payloads import PayloadError, decode
from crawler.items import Hint, Page, hint_of
from pipelines.warc.scan import LIMIT_BYTES

if TYPE_CHECKING:
    from archive.write import Archive


class NotRead(Exception):
    """A page that cannot be had.

    Args:
        why: What is wrong, in plain words.
    """

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(kw_only=True, slots=True)
class Pages:
    """Reads pages out of the files; use as a context manager.

    One file is open at a time: the entries of a round come file by file.
    """

    parts: Sequence[Part]
    index: Index
    archive: Archive
    _stack: ExitStack = field(default_factory=ExitStack)
    _open: tuple[int, Reader] | None = None

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def page(self, entry: Entry) -> Page:
        """The page of an entry that is one; whose run it is in is not known here.

        Raises:
            NotRead: Its record has changed since it was noted, or cannot be decoded.
        """
        record = self._record(entry.file, entry.place, entry.inside)
        http, body = _decoded(record)
        page = self._page(entry, http, body)
        return replace(page, ip_address=record.headers.get("warc-ip-address"))

    def referred(self, entry: Entry) -> tuple[Entry, Page | None]:
        """The page that a revisit stands for.

        Returns:
            The entry as a page's, which is in the files; or with the page itself, where
            it is in the archive.

        Raises:
            NotRead: It is in neither.
        """
        payload = self.index.referred(entry)
        if payload is not None:
            found = replace(
                entry,
                kind="page",
                status=200,
                file=payload.file,
                place=payload.place,
                inside=payload.inside,
                digest=payload.digest,
            )
            return found, None
        _, address, at = entry.note.split("\n")
        capture = self.archive.referred(address, digest=entry.digest, at=at)
        if capture is None or capture.status != 200:
            raise NotRead("a revisit whose page is in no file and not in the archive")
        page = self._archived(entry, capture)
        return replace(entry, kind="page", status=200, digest=capture.digest), page

    def _archived(self, entry: Entry, capture: Capture) -> Page:
        """A page with the payload of a capture that the archive has."""
        try:
            answer = captures.read(self.archive.captures.folder, capture)
            codings = answer.header("content-encoding") or ""
            body = decode(answer.payload, codings, limit_bytes=LIMIT_BYTES)
        except (CaptureUnreadable, PayloadError) as error:
            raise NotRead(str(error)) from error
        return self._page(entry, answer, body)

    def _page(self, entry: Entry, answer: Http | captures.Answer, body: bytes) -> Page:
        """The page of an entry with what a server sent, coded and decoded."""
        return Page(
            site=entry.site,
            crawl_id=0,
            requested_url=entry.url,
            url=entry.address,
            redirects=(),
            status=answer.status,
            reason=answer.reason,
            headers=answer.headers,
            wire=answer.payload,
            body=body,
            content_type=answer.header("content-type"),
            fetched_at=entry.at,
            hints=self.hints(entry.url),
        )

    def hints(self, url: str) -> tuple[Hint, ...]:
        """What the routes in the files said of an address."""
        return tuple(hint_of(json.loads(text)) for text in self.index.hints(url))

    def _record(self, file: int, place: int, inside: int) -> Record:
        try:
            return self._reader(file).record_at(place, inside)
        except OSError as error:
            raise NotRead(error.strerror or type(error).__name__) from error
        except ForeignError as error:
            raise NotRead(error.why) from error

    def _reader(self, file: int) -> Reader:
        if self._open is None or self._open[0] != file:
            self._stack.close()
            self._open = None
            handle: BinaryIO = self._stack.enter_context(opened(self.parts[file]))
            self._open = (file, Reader(Source(handle)))
        return self._open[1]


def _decoded(record: Record) -> tuple[Http, bytes]:
    try:
        return with_body(whole(head_of(record.block)), limit_bytes=LIMIT_BYTES)
    except Unusable as error:
        raise NotRead(error.why) from error


def fetch_of(entry: Entry, crawl_id: int, *, status: int | None = None) -> Fetch:
    """The ledger's record of an entry."""
    return Fetch(
        crawl_id=crawl_id,
        site=entry.site,
        url=entry.url,
        at=entry.at,
        final_url=entry.url,
        status=status or entry.status,
    )

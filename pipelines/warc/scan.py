"""WARC files go in; what is in them is noted in an index, and what is lost is told.

Nothing is archived here. Of each record is decided whether it is a page, a redirect, an
answer that is none, or something to pass over; feeds and sitemaps are read for what
they say of pages.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from archive.due import iso, parse
from archive.warc.captures import digest_of
from archive.warc.foreign.http import Http, Unusable, head_of, whole, with_body
from archive.warc.foreign.index import Entry, Index, Kind, Payload
from archive.warc.foreign.packed import Part, opened, problem_of
from archive.warc.foreign.records import Loss, Reader, Record
from archive.warc.foreign.streams import ForeignError, Source
from crawler.errors import InvalidUrl
from crawler.items import Hint
from crawler.urls import canonical, join, path_and_query
from pipelines.grounds import MAGIC, MARKUP, OTHER_TYPES, SNIFF_BYTES
from pipelines.warc.sites import Sites

LIMIT_BYTES = 10 * 1024 * 1024
"""As DOWNLOAD_MAXSIZE: what would be too large to fetch is too large to take."""
TOO_LARGE = f"too large: more than {LIMIT_BYTES} bytes"
AHEAD = timedelta(days=1)
"""A capture from farther in the future has a wrong date."""
REDIRECTS = frozenset((301, 302, 303, 307, 308))
NOT_MODIFIED = "server-not-modified"
ROUTE_TYPE = re.compile(r"[/+](xml|rss|atom|feed\+json)\b(?!.*xhtml)", re.IGNORECASE)
ROUTE_NAME = re.compile(r"\.(xml|rss|atom)(\.gz)?$", re.IGNORECASE)
SPACE = re.compile(r"\s+")

ReadRoute = Callable[[bytes, str, str | None], Iterable[tuple[str, Hint]] | None]
"""Reads a feed or sitemap: content, address and Content-Type; None if it is none."""
NextPage = Callable[[bytes, str, str | None], str | None]
"""Where the article on a page goes on, likewise; None where it does not."""


@dataclass(kw_only=True, slots=True)
class Found:
    """What was read, for a person."""

    files: int = 0
    records: int = 0
    passed: Counter[str] = field(default_factory=Counter)
    """Records that no page can be in, by what they are."""
    hints: int = 0
    """What feeds and sitemaps in the files said of pages."""
    problems: list[str] = field(default_factory=list)
    """Files that could not be read, and parts of files that were lost."""


class _PassedOver(Exception):
    """A record that is no page; its argument says what it is."""


@dataclass(kw_only=True, slots=True)
class Scan:
    """Reads files into an index."""

    index: Index
    sites: Sites
    now: str
    """UTC instant of the import."""
    read_route: ReadRoute | None = None
    next_page: NextPage | None = None
    told: Callable[[int], None] = lambda count: None
    """Called with the number of bytes that were read since the last call."""
    found: Found = field(default_factory=Found)

    def files(self, parts: Sequence[Part]) -> None:
        """Read every file; one that cannot be read stops no other."""
        for number, part in enumerate(parts):
            try:
                if problem := problem_of(part):
                    self.found.problems.append(f"{part.name}: {problem}")
                with opened(part) as file:
                    source = Source(file)
                    self.found.files += 1
                    self._file(number, part, source)
            except OSError as error:
                why = error.strerror or type(error).__name__
                self.found.problems.append(f"{part.name}: {why}")
            except ForeignError as error:
                self.found.problems.append(f"{part.name}: {error.why}")

    def _file(self, number: int, part: Part, source: Source) -> None:
        done = 0
        for one in Reader(source).records():
            if isinstance(one, Loss):
                url = f" ({one.url})" if one.url else ""
                lost = f"{part.name} byte {one.place}: {one.why}{url}"
                self.found.problems.append(lost)
                continue
            self.found.records += 1
            self.told(max(0, one.place - done))
            done = max(done, one.place)
            try:
                self._record(number, one)
            except _PassedOver as label:
                self.found.passed[str(label)] += 1
            except (ValueError, OverflowError) as error:
                # Nothing is known to raise here: one record must not stop the others.
                why = f"{part.name} byte {one.place}: {error}"
                self.found.problems.append(why[:500])

    def _record(self, number: int, record: Record) -> None:
        if record.kind not in ("response", "revisit"):
            raise _PassedOver(f"{record.kind[:40] or 'nameless'} records")
        try:
            url = canonical(record.url)
        except InvalidUrl as error:
            scheme = urlsplit(record.url[:20]).scheme or "other"
            raise _PassedOver(f"{scheme} addresses") from error
        place = _Place(number=number, record=record, url=url, at=self._instant(record))
        profile = self.sites.of(url)
        if record.kind == "revisit":
            self._check_wanted(place, profile.name if profile else None)
            assert profile is not None  # noqa: S101 - it is wanted
            self.index.add(_revisit(place, profile.name))
            return
        self._response(place, profile.name if profile else None)

    def _check_wanted(self, place: _Place, site: str | None) -> str:
        """The site of an address that may be an article's.

        Where a profile says how its articles' addresses look it speaks of today's: the
        files may be older. What it says to ignore is ignored.
        """
        if site is None:
            raise _PassedOver("addresses that were not asked for")
        profile = self.sites.profile(site)
        target = path_and_query(place.url)
        is_home = bool(profile.home) and place.url == canonical(profile.home)
        if is_home or any(pattern.search(target) for pattern in profile.ignore):
            raise _PassedOver("home pages, and what the site's profile ignores")
        return site

    def _instant(self, record: Record) -> str:
        """The time of a capture.

        Raises:
            ValueError: There is none.
        """
        stated = record.headers.get("warc-date", "")
        try:
            at = parse(stated)
        except ValueError as error:
            why = f"no time is {stated[:40]!r}, the WARC-Date of {record.url[:200]}"
            raise ValueError(why) from error
        if at > parse(self.now) + AHEAD:
            raise ValueError(f"the time {stated[:40]} of {record.url[:200]} is to come")
        return iso(at)

    def _response(self, place: _Place, site: str | None) -> None:
        """Note an answer, and the payload that others may refer to."""
        record = place.record
        try:
            http = head_of(record.block)
        except Unusable as error:
            self._add(place, site, _What(kind="refused", note=error.why))
            return
        if http.status in REDIRECTS and (location := http.header("location")):
            self._redirect(place, site, http, location)
        elif http.status == 304:
            self._add(place, site, _What(kind="unmodified", status=304))
        else:
            self._answer(place, site, http)

    def _redirect(
        self, place: _Place, site: str | None, http: Http, location: str
    ) -> None:
        target = join(place.record.url, location)
        try:
            to = canonical(target) if target else place.url
        except InvalidUrl:
            to = place.url
        if to == place.url:
            raise _PassedOver("redirects to the same address")
        self._add(place, site, _What(kind="redirect", status=http.status, note=to))

    def _answer(self, place: _Place, site: str | None, http: Http) -> None:
        """Note a page, or why there is none."""
        record = place.record
        label = other_format(http, record)
        why = _refusal(record)
        if not why:
            http, why = _whole(http)
        if not why and http.status == 200:
            self._payload(place, http)
            self._hints(place, http, site)
        if label:
            raise _PassedOver(label)
        if not why and http.status != 200:
            why = f"HTTP {http.status}"
        if why:
            self._add(place, site, _What(kind="refused", status=http.status, note=why))
            return
        digest = digest_of(http.payload)
        self._add(place, site, _What(kind="page", status=200, digest=digest))
        self._further(place, http)

    def _payload(self, place: _Place, http: Http) -> None:
        headers = place.record.headers
        payload = Payload(
            stated=headers.get("warc-payload-digest", "").lower(),
            record=headers.get("warc-record-id", ""),
            address=place.record.url,
            at=place.at,
            file=place.number,
            place=place.record.place,
            inside=place.record.inside,
            digest=digest_of(http.payload),
        )
        self.index.add_payload(payload)

    def _hints(self, place: _Place, http: Http, site: str | None) -> None:
        """What a feed or sitemap says of pages of its own site."""
        if self.read_route is None or site is None:
            return
        kind = http.header("content-type")
        path = urlsplit(place.record.url).path
        if not ROUTE_TYPE.search(kind or "") and not ROUTE_NAME.search(path):
            return
        try:
            _, body = with_body(http, limit_bytes=LIMIT_BYTES)
        except Unusable:
            return
        entries = self.read_route(body, place.record.url, kind)
        if entries is None:
            return
        for url, hint in entries:
            self._hint(url, hint, site)
        raise _PassedOver("feeds and sitemaps")

    def _further(self, place: _Place, http: Http) -> None:
        """Note where the article on a page goes on."""
        if self.next_page is None:
            return
        try:
            _, body = with_body(http, limit_bytes=LIMIT_BYTES)
        except Unusable:
            return
        kind = http.header("content-type")
        if (url := self.next_page(body, place.record.url, kind)) is not None:
            self.index.add_further(url)

    def _hint(self, url: str, hint: Hint, site: str) -> None:
        try:
            url = canonical(url)
            profile = self.sites.of(url)
        except InvalidUrl:
            return
        if profile is not None and profile.name == site:
            self.index.add_hint(url, json.dumps(asdict(hint), ensure_ascii=False))
            self.found.hints += 1

    def _add(self, place: _Place, site: str | None, what: _What) -> None:
        site = self._check_wanted(place, site)
        record = place.record
        entry = Entry(
            file=place.number,
            place=record.place,
            inside=record.inside,
            kind=what.kind,
            site=site,
            url=place.url,
            address=record.url,
            at=place.at,
            status=what.status,
            digest=what.digest,
            note=SPACE.sub(" ", what.note)[:8_000],
        )
        self.index.add(entry)


@dataclass(frozen=True, kw_only=True, slots=True)
class _What:
    """What an answer is, as `Entry` has it."""

    kind: Kind
    status: int | None = None
    digest: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """A record, and whose it is."""

    number: int
    """Of its file."""
    record: Record
    url: str
    at: str


def _revisit(place: _Place, site: str) -> Entry:
    """The entry of a record that refers to another one's payload."""
    record, get = place.record, place.record.headers.get
    is_unmodified = NOT_MODIFIED in get("warc-profile", "")
    refers = (
        get("warc-refers-to", ""),
        get("warc-refers-to-target-uri", "").strip("<>") or record.url,
        _refers_at(get("warc-refers-to-date", "")),
    )
    return Entry(
        file=place.number,
        place=record.place,
        inside=record.inside,
        kind="unmodified" if is_unmodified else "revisit",
        site=site,
        url=place.url,
        address=record.url,
        at=place.at,
        status=304 if is_unmodified else None,
        digest=get("warc-payload-digest", "").lower(),
        note="\n".join(SPACE.sub(" ", one) for one in refers),
    )


def _refers_at(stated: str) -> str:
    try:
        return iso(parse(stated))
    except (ValueError, OverflowError):
        return ""


def _whole(http: Http) -> tuple[Http, str]:
    """The answer without transfer coding, and why it cannot be taken."""
    try:
        http = whole(http)
    except Unusable as error:
        return http, error.why
    return http, TOO_LARGE if len(http.payload) > LIMIT_BYTES else ""


def _refusal(record: Record) -> str:
    """Why a record cannot be taken whatever is in it; empty if it can."""
    if truncated := record.headers.get("warc-truncated"):
        return f"truncated: WARC-Truncated is {truncated[:40]}"
    if record.is_cut or record.length > LIMIT_BYTES + (1 << 20):
        return TOO_LARGE
    if record.is_altered:
        return "damaged: its block is not the one of its WARC-Block-Digest"
    return ""


def other_format(http: Http, record: Record) -> str:
    """What an answer is that is no web page; empty if it may be one."""
    if urlsplit(record.url).path == "/robots.txt":
        return "robots.txt"
    identified = record.headers.get("warc-identified-payload-type", "")
    kind = (http.header("content-type") or identified).partition(";")[0].strip().lower()
    start = http.payload[:SNIFF_BYTES].lstrip()
    if http.header("content-encoding") is None:
        for magic, name in MAGIC.items():
            if start.startswith(magic):
                return name
    if OTHER_TYPES.search(kind) and not MARKUP.search(start):
        return kind[:60]
    return ""

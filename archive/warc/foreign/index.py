"""What was found in foreign files goes in; it comes out in the order to take it in.

Kept in a database of its own in a temporary file, so that it costs no memory however
many files there are; gone when the import ends.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import astuple, dataclass
from typing import Literal

Kind = Literal["page", "revisit", "redirect", "unmodified", "refused"]
MOST_HINTS = 8
"""Hints kept for one address: more routes than this say nothing new."""
MOST_PASSED = 6
"""Redirects followed from one address to the next, as in a crawl."""

TABLES = """
CREATE TABLE entries (
  file INTEGER, place INTEGER, inside INTEGER, kind TEXT, site TEXT, url TEXT,
  address TEXT, at TEXT, status INTEGER, digest TEXT, note TEXT
);
CREATE TABLE payloads (
  stated TEXT, record TEXT, address TEXT, at TEXT,
  file INTEGER, place INTEGER, inside INTEGER, digest TEXT
);
CREATE INDEX payloads_stated ON payloads(stated);
CREATE INDEX payloads_record ON payloads(record);
CREATE INDEX payloads_address ON payloads(address, at);
CREATE TABLE redirects (source TEXT, target TEXT, UNIQUE (target, source));
CREATE INDEX redirects_source ON redirects(source);
CREATE TABLE further (url TEXT PRIMARY KEY);
CREATE TABLE hints (url TEXT, hint TEXT, UNIQUE (url, hint));
"""
ORDERED = """
CREATE TABLE ordered AS SELECT *,
  row_number() OVER (PARTITION BY site, url ORDER BY at, file, place, inside) AS round
FROM entries
"""
COLUMNS = "file, place, inside, kind, site, url, address, at, status, digest, note"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One record that is to be taken, and where it lies."""

    file: int
    """Number of its file."""
    place: int
    inside: int
    kind: Kind
    site: str
    url: str
    """Normalised address."""
    address: str
    """As the record states it."""
    at: str
    """UTC instant of the capture, whole seconds."""
    status: int | None = None
    digest: str = ""
    """Of the payload as it will be kept; of a revisit as the record states it."""
    note: str = ""
    """Of a redirect where it leads, of what is refused why, of a revisit the id, the
    address and the time of the record that it refers to, a line each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Payload:
    """Where a payload lies that another record may refer to."""

    stated: str
    """Digest that its record states, in lower case; empty if none."""
    record: str
    """WARC-Record-ID."""
    address: str
    at: str
    file: int
    place: int
    inside: int
    digest: str


class Index:
    """What an import has found; use as a context manager."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(TABLES)
        self._db.execute("BEGIN")

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def add(self, entry: Entry) -> None:
        """Note a record."""
        marks = ", ".join("?" * 11)
        self._db.execute(f"INSERT INTO entries VALUES ({marks})", astuple(entry))  # noqa: S608
        if entry.kind == "redirect" and entry.note != entry.url:
            self._db.execute(
                "INSERT OR IGNORE INTO redirects VALUES (?, ?)", (entry.url, entry.note)
            )

    def add_payload(self, payload: Payload) -> None:
        """Note a payload that another record may refer to."""
        self._db.execute(
            "INSERT INTO payloads VALUES (?, ?, ?, ?, ?, ?, ?, ?)", astuple(payload)
        )

    def add_further(self, url: str) -> None:
        """Note that an article on several pages goes on at an address."""
        self._db.execute("INSERT OR IGNORE INTO further VALUES (?)", (url,))

    def add_hint(self, url: str, hint: str) -> None:
        """Note what a route said of an address."""
        self._db.execute("INSERT OR IGNORE INTO hints VALUES (?, ?)", (url, hint))

    def order(self) -> None:
        """Put all into rounds, in each an address once.

        The captures of an address follow each other from round to round by their time.
        """
        self._db.execute("DROP TABLE IF EXISTS ordered")
        self._db.execute(ORDERED)
        self._db.execute("CREATE INDEX ordered_round ON ordered(round)")
        self._db.execute("CREATE INDEX ordered_url ON ordered(url, round)")

    @property
    def rounds(self) -> int:
        """How many rounds there are."""
        row = self._db.execute("SELECT coalesce(max(round), 0) FROM ordered").fetchone()
        return int(row[0])

    def sites(self, round_: int | None = None) -> dict[str, int]:
        """How many records there are of each site, in a round or in all."""
        rows = self._db.execute(
            "SELECT site, count(*) FROM ordered WHERE ? IS NULL OR round = ?"
            " GROUP BY site ORDER BY site",
            (round_, round_),
        )
        return {str(site): int(count) for site, count in rows}

    def round(self, number: int) -> Iterator[Entry]:
        """The records of a round as they lie in the files.

        Further pages of articles come after these, and last what is no page: a redirect
        leads to a page that is archived by then.
        """
        # A cursor of its own: others ask while this one is read.
        with closing(self._db.cursor()) as cursor:
            cursor.execute(
                f"SELECT {COLUMNS} FROM ordered WHERE round = ?"  # noqa: S608 - ours
                " ORDER BY kind NOT IN ('page', 'revisit'),"
                " url IN (SELECT url FROM further), file, place, inside",
                (number,),
            )
            for row in cursor:
                yield _entry(row)

    def page_at(self, url: str, number: int) -> Entry | None:
        """The page of an address in a round."""
        row = self._db.execute(
            f"SELECT {COLUMNS} FROM ordered"  # noqa: S608 - ours
            " WHERE url = ? AND round = ? AND kind = 'page' LIMIT 1",
            (url, number),
        ).fetchone()
        return _entry(row) if row else None

    def referred(self, entry: Entry) -> Payload | None:
        """The payload that a revisit refers to, by its digest, its record or its
        address and time; None if it is in none of the files."""
        record, address, at = entry.note.split("\n")
        for condition, values in (
            (
                "stated = ? AND stated <> '' ORDER BY address <> ?",
                (entry.digest, address),
            ),
            ("record = ? AND record <> '' ORDER BY ?", (record, 0)),
            ("address = ? AND at = ?", (address, at)),
        ):
            row = self._db.execute(
                f"SELECT * FROM payloads WHERE {condition} LIMIT 1",  # noqa: S608 - ours
                values,
            ).fetchone()
            if row is not None:
                names = Payload.__slots__
                return Payload(**dict(zip(names, row, strict=True)))
        return None

    def target(self, url: str) -> str:
        """Where the redirects from an address end."""
        for _ in range(MOST_PASSED):
            row = self._db.execute(
                "SELECT target FROM redirects WHERE source = ? LIMIT 1", (url,)
            ).fetchone()
            if row is None:
                break
            url = str(row[0])
        return url

    def passed(self, url: str) -> tuple[str, ...]:
        """The addresses that redirect to an address, nearest first."""
        found: dict[str, None] = {}
        ahead = [url]
        for _ in range(MOST_PASSED):
            ahead = [
                str(row[0])
                for one in ahead
                for row in self._db.execute(
                    "SELECT source FROM redirects WHERE target = ? ORDER BY source",
                    (one,),
                )
                if row[0] not in found and row[0] != url
            ]
            found.update(dict.fromkeys(ahead))
        return tuple(found)

    def hints(self, url: str) -> list[str]:
        """What the routes said of an address."""
        rows = self._db.execute(
            "SELECT hint FROM hints WHERE url = ? ORDER BY hint LIMIT ?",
            (url, MOST_HINTS),
        )
        return [str(row[0]) for row in rows]


def _entry(row: tuple[object, ...]) -> Entry:
    values = dict(zip(COLUMNS.split(", "), row, strict=True))
    return Entry(**values)  # type: ignore[arg-type]  # as they were put in

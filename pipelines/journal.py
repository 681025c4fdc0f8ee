"""What revisions were before they are cut again goes in; what differs now comes out.

A revision may be cut twice in one run: by today's rules, and again when its site's
memory has learned from the new cuts. What counts is what it was before and is after.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Literal

from archive.records import Rejection
from archive.stored import StoredCapture, StoredCut

if TYPE_CHECKING:
    from archive.write import Archive


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One field that differs."""

    before: object
    """As JSON holds it; a body as `revisions.blocks`."""
    after: object


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A revision of which a cut was replaced, or a page that became an article."""

    site: str
    outcome: Literal["changed", "rescued", "rejected"]
    """A revision that changed; a rejected page that became an article, or an address
    of one; a page that is rejected for another reason."""
    url: str
    """The article's address; of a page that was rejected, that which was asked for."""
    article_id: int | None = None
    """None for a page that is no article."""
    revision: int | None = None
    """The number of the revision that changed."""
    fields: Mapping[str, Change] = field(default_factory=dict)
    """What differs, by the field's name; nothing for a page that became an article."""
    learned: bool = False
    """Whether it differs only for what memory learned from the new cuts."""


class Journal:
    """What is about to change; it lies in a temporary file, however much it is.

    Args:
        writing: Is told of a site before something of it is written.
    """

    def __init__(self, writing: Callable[[str], None] | None = None) -> None:
        self._writing = writing
        self._db: sqlite3.Connection | None = None
        self.learning = False
        """Whether what changes now does so for what memory has learned."""

    def _table(self) -> sqlite3.Connection:
        if self._db is None:
            self._db = sqlite3.connect("")  # a file of SQLite's own, gone when closed
            self._db.execute(
                "CREATE TABLE before (revision_id INTEGER PRIMARY KEY, cut TEXT,"
                " learning INTEGER)"
            )
            self._db.execute(
                "CREATE TABLE pages (site TEXT, url TEXT, article_id INTEGER,"
                " fields TEXT)"
            )
        return self._db

    def note(self, before: StoredCut | None, site: str) -> None:
        """Hear that something is written: a revision's fields, or only what cut it."""
        if self._writing is None:
            return
        self._writing(site)
        if before is not None:
            cut = json.dumps(before.plain(), ensure_ascii=False)
            self._table().execute(
                "INSERT OR IGNORE INTO before VALUES (?, ?, ?)",
                (before.revision_id, cut, self.learning),
            )

    def rescue(self, site: str, article_id: int, url: str) -> None:
        """Hear that a rejected page has become an article, or an address of one."""
        self._page(site, url, article_id)

    def judge(self, stored: StoredCapture, before: Rejection, now: Rejection) -> None:
        """Hear that a page is rejected for another reason."""
        names = [one.name for one in fields(Rejection)]
        pairs = {name: (getattr(before, name), getattr(now, name)) for name in names}
        differing = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        self._page(stored.site, stored.requested_url, None, json.dumps(differing))

    def _page(
        self, site: str, url: str, article_id: int | None, differing: str = "{}"
    ) -> None:
        if self._writing is not None:
            self._table().execute(
                "INSERT INTO pages VALUES (?, ?, ?, ?)",
                (site, url, article_id, differing),
            )

    def differences(self, archive: Archive) -> Iterator[Difference]:
        """Yield what differs from before, and forget it."""
        if self._db is None:
            return
        yield from self._revisions(self._db, archive)
        yield from self._pages(self._db)
        self.close()

    def _revisions(
        self, db: sqlite3.Connection, archive: Archive
    ) -> Iterator[Difference]:
        query = "SELECT revision_id, cut, learning FROM before ORDER BY revision_id"
        for revision_id, cut, learning in db.execute(query):
            now = archive.stored_cut(revision_id).plain()
            differing = changes(json.loads(cut), json.loads(json.dumps(now)))
            if not differing:
                continue
            place = archive.place_of(revision_id)
            yield Difference(
                site=place.site,
                outcome="changed",
                url=place.url,
                article_id=place.article_id,
                revision=place.number,
                fields=differing,
                learned=bool(learning),
            )

    def _pages(self, db: sqlite3.Connection) -> Iterator[Difference]:
        query = "SELECT site, url, article_id, fields FROM pages ORDER BY rowid"
        for site, url, article_id, differing in db.execute(query):
            pairs = json.loads(differing).items()
            yield Difference(
                site=site,
                outcome="rejected" if article_id is None else "rescued",
                url=url,
                article_id=article_id,
                fields={n: Change(before=was, after=now) for n, (was, now) in pairs},
            )

    def close(self) -> None:
        """Forget everything."""
        if self._db is not None:
            self._db.close()
            self._db = None


def changes(
    before: Mapping[str, object], after: Mapping[str, object]
) -> dict[str, Change]:
    """The fields that differ; those that only one side has are not compared."""
    return {
        name: Change(before=before[name], after=after[name])
        for name in after
        if name in before and before[name] != after[name]
    }

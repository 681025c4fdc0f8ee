"""Made-up articles go in; a small archive file for the reading tests comes out.

Rows are written with SQL, so that these tests say what the reading side needs of the
schema and do not depend on how crawls fill it.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from datasette.app import Datasette
from datasette.plugins import pm

import archive.browse
from archive.database import open_for_writing
from archive.stories.stories import regroup
from pipelines.extract.targets import address_key, leads_to_list

SEEN = "2026-03-01T06:00:00Z"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """One article to put into a sample archive."""

    headline: str = "Depot opens in Harrow"
    site: str = "rail-post"
    standfirst: str | None = None
    blocks: Sequence[Sequence[Any]] = (("paragraph", 0, "A depot has opened."),)
    published_on: str | None = "2026-02-03"
    published_at: str | None = None
    published_zone: str | None = None
    authors: Sequence[str] = ()
    tags: Sequence[str] = ()
    links: Sequence[tuple[str, str, str]] = ()
    """Role, address and text."""
    evidence: dict[str, str] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)
    """Further columns of `articles`."""


class SampleArchive:
    """An archive file that tests fill row by row."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db = open_for_writing(path)
        self.site("rail-post", "The Rail Post", timezone="Europe/London")
        self.site("food_weekly", "Food Weekly")

    def site(self, name: str, title: str, **columns: Any) -> None:
        """Add a site."""
        home = f"https://{name}.example/"
        self._insert("sites", name=name, title=title, **{"home": home} | columns)

    def crawl(self, site: str, **columns: Any) -> int:
        """Add a crawl."""
        started = {"started_at": "2026-03-01T05:00:00Z"}
        return self._insert("crawls", site=site, **started | columns)

    def reject(self, site: str, url: str, reason: str, **columns: Any) -> None:
        """Add a rejected page."""
        at = {"rejected_at": SEEN}
        self._insert("rejected", url=url, site=site, reason=reason, **at | columns)

    def add(self, sample: Sample) -> int:
        """Add an article with its first text; return its id."""
        body = "\n".join(block[2] for block in sample.blocks)
        count = self.db.execute("SELECT count(*) FROM articles").fetchone()[0]
        known: dict[str, Any] = {
            "url": f"https://{sample.site}.example/{count + 1}",
            "word_count": len(body.split()),
            "first_seen_at": SEEN,
            "last_seen_at": SEEN,
        }
        names = ("site", "headline", "standfirst", "published_on", "published_at")
        known |= {name: getattr(sample, name) for name in names}
        known["published_zone"] = sample.published_zone
        article_id = self._insert("articles", **known | sample.columns)
        self._insert(
            "urls",
            url=known["url"],
            site=sample.site,
            article_id=article_id,
            relation="fetched",
            outcome="stored",
            first_seen_at=SEEN,
            key=address_key(known["url"]),
        )
        self._facts(article_id, sample)
        self.revise(article_id, sample)
        return article_id

    def revise(self, article_id: int, sample: Sample) -> None:
        """Add a text to an article and make it the newest."""
        number = 1 + self._count("revisions", article_id)
        body = "\n".join(block[2] for block in sample.blocks)
        capture = self._insert(
            "captures",
            site=sample.site,
            url=f"https://{sample.site}.example/{article_id}",
            status=200,
            fetched_at=SEEN,
            file="2026-03.warc.gz",
            offset=article_id * 1000 + number,
            length=900,
            digest="sha1:AAAA",
        )
        revision_id = self._insert(
            "revisions",
            article_id=article_id,
            number=number,
            headline=sample.headline,
            standfirst=sample.standfirst,
            body=body,
            blocks=json.dumps(sample.blocks),
            text_digest=f"1{article_id}.{number}",
            body_digest=f"1{body}",
            headline_digest="1",
            capture_id=capture,
            extractor="cuttings 0.1",
            seen_at=SEEN,
        )
        for position, (role, url, text) in enumerate(sample.links):
            row = {"position": position, "role": role, "url": url, "text": text}
            row |= {"key": address_key(url), "is_list": leads_to_list(url, text)}
            self._insert("links", revision_id=revision_id, **row)
        self.db.execute(
            "UPDATE articles SET revision_id = ?, headline = ?, standfirst = ? "
            "WHERE id = ?",
            (revision_id, sample.headline, sample.standfirst, article_id),
        )

    def pair(self, article_id: int, other_id: int, **columns: Any) -> None:
        """Make two articles copies of each other, in one story."""
        found: dict[str, Any] = {"share": 1.0, "other_share": 1.0}
        found |= {"relation": "identical", "evidence": "measured", "first_id": 1}
        ids = {"article_id": article_id, "other_id": other_id}
        self._insert("copy_pairs", **ids | found | columns)
        regroup(self.db, [article_id])

    def _facts(self, article_id: int, sample: Sample) -> None:
        for kind, names in (("author", sample.authors), ("tag", sample.tags)):
            for position, name in enumerate(names):
                self.db.execute(
                    f"INSERT OR IGNORE INTO {kind}s(name) VALUES (?)", [name]
                )
                self.db.execute(
                    f"INSERT INTO article_{kind}s SELECT ?, ?, id FROM {kind}s "
                    "WHERE name = ?",
                    (article_id, position, name),
                )
        for name, source in sample.evidence.items():
            self._insert("evidence", article_id=article_id, field=name, source=source)

    def _count(self, table: str, article_id: int) -> int:
        sql = f"SELECT count(*) FROM {table} WHERE article_id = ?"
        return int(self.db.execute(sql, (article_id,)).fetchone()[0])

    def _insert(self, table: str, **columns: Any) -> int:
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        cursor = self.db.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", list(columns.values())
        )
        return int(cursor.lastrowid or 0)


class Reader:
    """A Datasette over some files, asked in-process."""

    def __init__(self, *paths: Path, **options: Any) -> None:
        if not pm.is_registered(archive.browse):
            pm.register(archive.browse)
        self.datasette = Datasette([str(path) for path in paths], **options)

    def get(self, path: str) -> httpx.Response:
        """Answer of one GET; redirects are not followed."""
        response: httpx.Response = asyncio.run(self.datasette.client.get(path))
        return response


def reading(path: Path) -> sqlite3.Connection:
    """A read-only connection such as Datasette's: rows are sqlite3.Row."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection

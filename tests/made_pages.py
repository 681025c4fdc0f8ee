"""A few words in; pages, articles and ledger records of a made-up title out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from archive.articles import Cut
from archive.database import integrity, open_for_writing
from archive.ledger import OUTCOMES
from archive.records import (
    Article,
    Block,
    CrawlEnd,
    Decision,
    Digests,
    Fetch,
    Link,
    Moment,
    Origin,
    Site,
)
from archive.warc.captures import Answer
from archive.write import Archive
from crawler.items import Page
from pipelines.copies.signature import signature
from pipelines.deduplicate import deduplicate
from pipelines.draft import Draft
from pipelines.identify import digests, with_identity
from pipelines.revise import with_revision
from pipelines.store import store

HOME = "https://kettle.example"
NOW = "2026-03-01T09:15:00Z"
LATER = "2026-03-02T09:15:00Z"
SITE = Site(name="kettle", title="Kettle & Lid", home=f"{HOME}/", language="en")
OTHER = Site(name="tray", title="Tray Weekly", home="https://tray.example/")
ENDED = CrawlEnd(finish="finished", found=0, known=0, requests=1)


def address(path: str, site: Site = SITE) -> str:
    """The address of a path."""
    return site.home + path


def words(name: str) -> str:
    """A body of one's own for every name."""
    return f"The works at {name} will make lids again, its owners said on Monday."


def article(name: str, url: str | None = None, text: str | None = None) -> Article:
    """An article that differs from all of other names in headline and body."""
    return Article(
        url=url or address(name),
        headline=f"Lids return to {name}",
        standfirst=f"A kettle works reopens in {name}",
        blocks=(
            Block(kind="paragraph", text=text or words(name)),
            Block(kind="subhead", text="Trays", level=2),
        ),
        authors=("Ann Ladle", "Bo Ewer"),
        published=Moment(on="2026-02-28", at="2026-02-28T08:00:00Z", zone="+00:00"),
        section="Works",
        tags=("lids", "trays"),
        language="en",
        links=(Link(role="related", url=address("more"), text="More"),),
        sources={"headline": "html", "published": "json-ld"},
    )


def fetch(crawl_id: int, path: str, *, site: Site = SITE, at: str = NOW) -> Fetch:
    """The fetch of a path that answered itself."""
    url = address(path, site)
    return Fetch(
        crawl_id=crawl_id, site=site.name, url=url, at=at, final_url=url, status=200
    )


def answer(path: str, payload: bytes = b"<p>page</p>", *, site: Site = SITE) -> Answer:
    """The response of a path."""
    return Answer(
        url=address(path, site),
        status=200,
        reason="OK",
        headers=(("Content-Type", "text/html"),),
        payload=payload,
        fetched_at=NOW,
    )


def page(path: str, body: bytes = b"<p>page</p>") -> Page:
    """The page of a path."""
    return Page(
        site=SITE.name,
        crawl_id=1,
        requested_url=address(path),
        url=address(path),
        redirects=(),
        status=200,
        reason="OK",
        headers=(("Content-Type", "text/html"),),
        wire=body,
        body=body,
        content_type="text/html",
        fetched_at=NOW,
    )


def begun(archive: Archive, site: Site = SITE, *, now: str = NOW) -> int:
    """Begin a crawl."""
    return archive.begin_crawl(site, now=now)


def kept(archive: Archive, found: Fetch) -> Fetch:
    """Keep a page's bytes; the fetch then knows its capture."""
    response = replace(
        answer("x"), url=found.final_url or found.url, fetched_at=found.at
    )
    return replace(found, capture_id=archive.keep(found.site, response, Origin()))


def arrive(archive: Archive, found: Fetch, what: Article) -> Decision:
    """Send an article through the stages behind validation; returns the decision."""
    draft = Draft(page=page("x"), fetch=kept(archive, found), article=what)
    draft = with_identity(draft, what, archive)
    draft = with_revision(deduplicate(draft, archive), archive)
    store(draft, archive)
    assert draft.decision is not None
    return draft.decision


def new(url: str) -> Decision:
    """The decision to store a new article."""
    return Decision(outcome="stored", article_id=None, url=url)


def cut(what: Article, *, site: Site = SITE, at: str = NOW) -> Cut:
    """How the text of an article was cut."""
    found: Digests = digests(what)
    return Cut(
        site=site.name,
        digests=found,
        capture_id=None,
        extractor="test 1",
        seen_at=at,
        signature=signature(what.body),
    )


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open an archive's file beside whoever else has it open."""
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def rows(path: Path, query: str, *values: object) -> list[tuple[object, ...]]:
    """What a query finds in an archive's file."""
    with reading(path) as connection:
        return connection.execute(query, values).fetchall()


def faults(path: Path) -> list[str]:
    """What is wrong with a closed archive: file, keys, search index, laws."""
    with closing(open_for_writing(path)) as db:
        found = integrity(db)
        found += [f"{row} {law}" for law, query in LAWS for row in db.execute(query)]
    return found


PARTS = " + ".join(("known", "left_over", *OUTCOMES))
COUNTS = ", ".join(
    f"(SELECT count(*) FROM fetches f WHERE f.crawl_id = c.id AND outcome = '{name}')"
    for name in OUTCOMES
)
LAWS = (
    (
        "does not add up",
        f"SELECT id FROM crawls WHERE finish IS NOT NULL AND found <> {PARTS}",
    ),
    (
        "does not match its fetches",
        f"SELECT id FROM crawls c WHERE finish IS NOT NULL"
        f" AND ({', '.join(OUTCOMES)}) <> ({COUNTS})",
    ),
    (
        "is an article whose own address does not lead to it",
        "SELECT a.id FROM articles a LEFT JOIN urls u ON u.url = a.url"
        " WHERE u.article_id IS NOT a.id",
    ),
    (
        "is an article that no address was fetched for",
        "SELECT id FROM articles a WHERE NOT EXISTS (SELECT 1 FROM urls u"
        " WHERE u.article_id = a.id AND u.relation = 'fetched')",
    ),
    (
        "is no newest revision",
        "SELECT a.id FROM articles a WHERE a.revision_id IS NOT (SELECT id FROM"
        " revisions r WHERE r.article_id = a.id ORDER BY number DESC LIMIT 1)",
    ),
    (
        "is missing from the search index or too many in it",
        "SELECT rowid FROM articles_fts EXCEPT SELECT id FROM articles",
    ),
    (
        "is rejected and leads to an article that was fetched there later",
        "SELECT r.url FROM rejected r JOIN urls u ON u.url = r.url"
        " WHERE u.outcome IN ('stored', 'revised')",
    ),
)

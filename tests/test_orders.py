"""The demo ends in the same archive in any order, and no furniture is found in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest
from crawling import crawl, crawl_site, profile_of, rows
from press import article, feed, press
from test_crawl_demo import demo_plan

from crawler.frontier import Target
from crawler.spiders.site import SiteSpider
from demo import DemoPublisher, truth

ORDERS = 10
CONTENTS = {
    "articles": """
        SELECT a.*, r.number, r.headline, r.standfirst, r.body, r.blocks,
          r.text_digest, r.body_digest, r.extractor, r.memory
        FROM articles a JOIN revisions r ON r.id = a.revision_id""",
    "revisions": """
        SELECT a.url, r.number, r.text_digest, r.blocks
        FROM revisions r JOIN articles a ON a.id = r.article_id""",
    "changes": """
        SELECT c.*, a.url AS article FROM changes c
        JOIN revisions r ON r.id = c.revision_id
        JOIN articles a ON a.id = r.article_id""",
    "states": """
        SELECT t.*, a.url AS article FROM states t
        JOIN articles a ON a.id = t.article_id""",
    "urls": """
        SELECT u.*, a.url AS article FROM urls u
        LEFT JOIN articles a ON a.id = u.article_id""",
    "fetches": """
        SELECT f.*, a.url AS article FROM fetches f
        LEFT JOIN articles a ON a.id = f.article_id""",
    "identifiers": """
        SELECT i.*, a.url AS article FROM identifiers i
        JOIN articles a ON a.id = i.article_id""",
    "rejected": "SELECT * FROM rejected",
    "crawls": "SELECT * FROM crawls",
    "sites": "SELECT * FROM sites",
    "routes": "SELECT * FROM routes",
    "memory": "SELECT * FROM memory",
    "revision_lines": """
        SELECT l.line, l.place, a.url FROM revision_lines l
        JOIN revisions r ON r.id = l.revision_id
        JOIN articles a ON a.id = r.article_id""",
    "revision_paths": """
        SELECT p.path, a.url FROM revision_paths p
        JOIN revisions r ON r.id = p.revision_id
        JOIN articles a ON a.id = r.article_id""",
    "links": """
        SELECT l.*, r.number, a.url AS article FROM links l
        JOIN revisions r ON r.id = l.revision_id
        JOIN articles a ON a.id = r.article_id""",
    "authors": "SELECT name, kind FROM authors",
    "tags": "SELECT name FROM tags",
    "copy_hashes": "SELECT h.hash, a.url FROM copy_hashes h"
    " JOIN articles a ON a.id = h.article_id",
    "copy_recent": "SELECT h.hash, a.url FROM copy_recent h"
    " JOIN articles a ON a.id = h.article_id",
    "copies_due": "SELECT * FROM copies_due",
    "copy_pairs": """
        SELECT min(a.url, b.url) AS one, max(a.url, b.url) AS other, p.relation,
          p.evidence, f.url AS first, iif(a.url < b.url, share, other_share) AS shared,
          iif(a.url < b.url, other_share, share) AS other_shared
        FROM copy_pairs p JOIN articles a ON a.id = p.article_id
        JOIN articles b ON b.id = p.other_id JOIN articles f ON f.id = p.first_id""",
    "stories": """
        SELECT s.articles, s.joined_id IS NULL AS stands, f.url AS first, a.url
        FROM stories s JOIN articles f ON f.id = s.first_id
        JOIN articles a ON a.story_id = s.id""",
    **{
        table: f"SELECT t.*, a.url AS article FROM {table} t"
        " JOIN articles a ON a.id = t.article_id"
        for table in ("evidence", "images", "notices")
    },
    **{
        f"article_{kind}s": f"SELECT t.position, n.name, a.url"
        f" FROM article_{kind}s t JOIN {kind}s n ON n.id = t.{kind}_id"
        " JOIN articles a ON a.id = t.article_id"
        for kind in ("author", "tag")
    },
}
"""Every table, with addresses in place of ids that grow with the order of arrival."""
CHANCE = ("_at", "_id")
"""Ends of the names of columns that are times of this machine or such ids."""
STATED = ("published_at", "updated_at")
"""Times that the publisher states."""
OTHERS = ("id", "etag", "last_modified", "learned_to", "at", "rules", "requests")
"""`rules` holds a digest over the addresses of a run; robots.txt may be asked twice."""


def contents(db: Path) -> dict[str, list[str]]:
    """Each table's rows, without what is chance, sorted."""
    with closing(sqlite3.connect(db)) as connection:
        connection.row_factory = sqlite3.Row
        return {
            table: sorted(repr(told(row)) for row in connection.execute(query))
            for table, query in CONTENTS.items()
        }


def told(row: sqlite3.Row) -> list[tuple[str, Any]]:
    """What a row says but for times and ids."""
    return [
        (name, row[name])
        for name in row.keys()  # noqa: SIM118 - a Row's iteration gives values
        if name in STATED or (not name.endswith(CHANCE) and name not in OTHERS)
    ]


@pytest.fixture(scope="module")
def publisher() -> Iterator[DemoPublisher]:
    """The demo titles."""
    with DemoPublisher(phase="first") as found:
        yield found


@pytest.fixture(scope="module")
def archive(publisher: DemoPublisher, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of their pages in the order in which they are named."""
    plan = demo_plan(publisher, tmp_path_factory.mktemp("named"))
    crawl(plan)
    return plan.db


@pytest.mark.parametrize("seed", range(ORDERS))
def test_any_order_ends_in_the_same_archive(
    publisher: DemoPublisher,
    archive: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    """Row for row but for times: articles, texts, addresses, books and memory."""
    chance = Random(seed)

    def shuffled(spider: SiteSpider, targets: Iterator[Target]) -> list[Target]:
        found = list(targets)
        chance.shuffle(found)
        return found

    monkeypatch.setattr(SiteSpider, "in_order", shuffled)
    plan = demo_plan(publisher, tmp_path)
    crawl(plan)
    expected, found = contents(archive), contents(plan.db)
    assert found.keys() == expected.keys()
    for table, wanted in expected.items():
        assert found[table] == wanted, table


def test_every_table_is_compared(archive: Path) -> None:
    """A table that is new is compared too; captures lie where they came to lie, and
    what was cut from another address first has been cut anew."""
    tables = rows(
        archive,
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        " AND name NOT LIKE 'articles_fts%' AND name NOT LIKE 'sqlite%'",
    )
    others = {"captures", "recuts", "_sqlite_migrations"}
    assert {name for (name,) in tables} - others == CONTENTS.keys()


def terms(connection: sqlite3.Connection, table: str) -> set[str]:
    """Every word that a search index holds, as its tokenizer spells it."""
    connection.execute(
        f"CREATE VIRTUAL TABLE temp.{table}_terms USING fts5vocab(main, {table}, 'col')"
    )
    query = f"SELECT term FROM temp.{table}_terms WHERE col <> 'facets'"
    return {term for (term,) in connection.execute(query)}


def test_no_word_of_furniture_can_be_found(
    publisher: DemoPublisher, archive: Path
) -> None:
    """The index holds the words that the newsroom wrote, and not one other."""
    with closing(sqlite3.connect(archive)) as connection:
        found = terms(connection, "articles_fts")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE written USING fts5(headline, standfirst, body,"
            " tokenize='porter unicode61 remove_diacritics 2')"
        )
        connection.executemany(
            "INSERT INTO written VALUES (?, ?, ?)",
            [
                (one.headline, one.standfirst, "\n".join(b.text for b in one.blocks))
                for one in truth("first")
            ],
        )
        written = terms(connection, "written")
    assert found == written
    assert len(written) > 2_000


def test_addresses_of_one_page_without_a_canonical_one(tmp_path: Path) -> None:
    """Whichever answers first, the article is at the one that is first by alphabet."""
    found = []
    with press({"/b/lock": article(1), "/a/lock": article(1)}) as site:
        for order in (("/a/lock", "/b/lock"), ("/b/lock", "/a/lock")):
            site.pages["/feed"] = feed(*map(site.url, order))
            profile = profile_of(site.url(), feeds=(site.url("/feed"),))
            db = tmp_path / f"{order[0][1]}.db"
            crawl_site(db, profile, site.allowed, settings={"CONCURRENT_REQUESTS": 1})
            assert rows(db, "SELECT url FROM articles") == [(site.url("/a/lock"),)]
            found.append(contents(db))
    for table in ("articles", "revisions", "urls", "fetches", "evidence"):
        assert found[0][table] == found[1][table], table

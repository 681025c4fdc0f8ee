"""In: how many articles and links to make; out: what reading the graph of links costs.

    python benchmarks/links.py [--articles 20000] [--links 200000]

Made articles link to each other at random, two thirds of the links by another spelling
than the target's own, a tenth to what is not archived, and the newest ones from every
page of a site as teasers do. Times are CPU, of the median and the slowest of so
many readings of each kind; what SQLite reads is warm.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from archive.database import open_for_writing
from archive.full_article import article
from archive.link_graph import incoming, outgoing
from pipelines.extract.targets import address_key

SEEN = "2026-03-01T06:00:00Z"
SPELLINGS = ("https://press.example/{}/", "http://www.press.example/{}?utm_source=x")
ROLES = ("inline", "related", "related", "teaser", "teaser", "teaser")
READINGS = 300
QUERIES = {
    "article_links, what one links to": "SELECT * FROM article_links"
    " WHERE article_id = ?",
    "article_links, what links to one": "SELECT * FROM article_links"
    " WHERE target_id = ?",
    "link_counts of one": "SELECT * FROM link_counts WHERE article_id = ?",
}
WHOLE = {
    "all of article_links": "SELECT count(*) FROM article_links",
    "most linked in texts (GROUP BY)": "SELECT target_id, count(DISTINCT article_id)"
    " AS n FROM article_links WHERE role = 'inline'"
    " GROUP BY target_id ORDER BY n DESC LIMIT 20",
    "most linked (link_counts)": "SELECT * FROM link_counts"
    " ORDER BY linked_from DESC LIMIT 20",
}


def slug(number: int) -> str:
    """The last part of an article's address."""
    return f"2026/03/story-number-{number}-of-the-press"


def make(db: sqlite3.Connection, articles: int, links: int) -> None:
    """Fill an archive."""
    numbers = range(1, articles + 1)
    addresses = [f"https://www.press.example/{slug(number)}" for number in numbers]
    db.execute("BEGIN")
    db.execute("INSERT INTO sites (name, title, home) VALUES ('press', 'Press', '')")
    db.executemany(
        "INSERT INTO articles (id, site, url, headline, published_on, word_count,"
        " first_seen_at, last_seen_at) VALUES (?, 'press', ?, ?, '2026', 1, ?, ?)",
        ((n, addresses[n - 1], f"Story {n}", SEEN, SEEN) for n in numbers),
    )
    db.executemany(
        "INSERT INTO revisions (id, article_id, number, headline, body, blocks,"
        " text_digest, body_digest, extractor, seen_at)"
        " VALUES (?, ?, 1, '', 'text', '[]', ?, ?, 'x', ?)",
        ((n, n, str(n), str(n), SEEN) for n in numbers),
    )
    db.execute("UPDATE articles SET revision_id = id")
    db.executemany(
        "INSERT INTO urls (url, site, article_id, relation, outcome, first_seen_at,"
        " key) VALUES (?, 'press', ?, 'fetched', 'stored', ?, ?)",
        ((addresses[n - 1], n, SEEN, address_key(addresses[n - 1])) for n in numbers),
    )
    db.executemany(
        "INSERT INTO links VALUES (?, ?, ?, ?, ?, ?, 0)", made(articles, links)
    )
    db.execute("COMMIT")


def made(articles: int, links: int) -> Iterator[tuple[object, ...]]:
    """Yield the rows of links."""
    chance = random.Random(4)
    each = links // articles
    for source in range(1, articles + 1):
        for position in range(each):
            role = ROLES[position % len(ROLES)]
            target = chance.randrange(1, articles * 11 // 10)
            if role == "teaser" and position % 6 == 5:
                target = articles - source // 2_000  # the same on 2,000 pages
            spelling = ("https://www.press.example/{}", *SPELLINGS)[position % 3]
            url = spelling.format(slug(target))
            yield source, position, role, url, f"Story {target}", address_key(url)


def timed(read: Callable[[int], object], articles: int) -> str:
    """Milliseconds of the median and the slowest reading."""
    chance = random.Random(5)
    took = []
    for _ in range(READINGS):
        number = chance.randrange(1, articles + 1)
        begun = time.process_time()
        read(number)
        took.append(1_000 * (time.process_time() - begun))
    return f"median {statistics.median(took):7.2f} ms, slowest {max(took):7.2f} ms"


def report(db: sqlite3.Connection, articles: int) -> None:
    """Print what reading costs."""
    for name, query in QUERIES.items():
        print(
            f"{name:36}",
            timed(lambda n, q=query: db.execute(q, (n,)).fetchall(), articles),
        )  # type: ignore[misc]
    print(
        f"{'links of an article page':36}",
        timed(lambda n: outgoing(db, n, 1), articles),
    )
    print(f"{'links to it':36}", timed(lambda n: incoming(db, n), articles))
    print(f"{'the whole article':36}", timed(lambda n: article(db, n), articles))
    busiest = articles - 1
    begun = time.process_time()
    incoming(db, busiest)
    took = 1_000 * (time.process_time() - begun)
    print(f"{'links to one teased on 2,000 pages':36} {took:14.2f} ms")
    for name, query in WHOLE.items():
        begun = time.process_time()
        db.execute(query).fetchall()
        print(f"{name:36} {1_000 * (time.process_time() - begun):14.0f} ms")


def main() -> None:
    """Make an archive in a temporary folder and read it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--links", type=int, default=200_000)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_for_writing(Path(folder) / "links.db")) as db,
    ):
        make(db, given.articles, given.links)
        print(f"{given.articles:,} articles, {given.links:,} links")
        report(db, given.articles)


if __name__ == "__main__":
    main()

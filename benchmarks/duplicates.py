"""In: a number of made articles; out: what finding the copies of one more costs.

    python benchmarks/duplicates.py [--sizes 10000 100000] [--measured 2300]

An archive is filled to each size, then further articles are signed, put into the index
and compared as in a crawl: 100 in a transaction, on a file with full durability. CPU
time is that of this process, the kernel's for it included; their texts are stored
before, for that is not what is measured. About once in 2,250 articles the index moves
its new rows into the large table: the default holds one such move. Memory is the most
that this process had.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from made_texts import SITES, MadeText, Writer

from archive.stories.copy_index import TABLES, sign
from archive.write import Archive
from pipelines.copies.compare import compare_round
from pipelines.copies.signature import signature

BATCH = 100
"""Articles of one transaction, as in a crawl."""
SEEN = "2026-11-01T06:00:00Z"
DAYS = 28
ROW_BYTES = 40
"""Of one hash in the table and its index, as `VACUUM` and dbstat gave."""
TARGET_MS, TARGET_MB, TARGET_RATIO = 3.0, 150, 1.3


@dataclass(kw_only=True, slots=True)
class Cost:
    """CPU seconds of the steps, and what they were of."""

    articles: int = 0
    seconds: Counter[str] = field(default_factory=Counter)

    def milliseconds(self, step: str | None = None) -> float:
        """Of one step for one article, or of all."""
        seconds = self.seconds[step] if step else sum(self.seconds.values())
        return 1000 * seconds / self.articles


def put_text(db: sqlite3.Connection, made: MadeText) -> None:
    """Store a made article's text; its search index is not what is measured."""
    day = f"2026-{1 + made.number // DAYS % 12:02d}-{1 + made.number % DAYS:02d}"
    db.execute(
        "INSERT INTO articles (id, site, url, headline, published_on, kind, word_count,"
        " revision_id, first_seen_at, last_seen_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, 'news', ?6, ?1, ?7, ?7)",
        (
            made.number,
            made.site,
            f"https://{made.site}.example/{made.number}",
            made.headline,
            day,
            len(made.body.split()),
            SEEN,
        ),
    )
    db.execute(
        "INSERT INTO revisions (id, article_id, number, headline, body, blocks,"
        " text_digest, body_digest, headline_digest, extractor, seen_at)"
        " VALUES (?1, ?1, 1, ?2, ?3, '[]', ?1, ?1, ?1, 'benchmark', ?4)",
        (made.number, made.headline, made.body, SEEN),
    )


def put_texts(path: Path, texts: list[MadeText]) -> None:
    """Store texts, without keys being checked: an article names its revision."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA synchronous = OFF")
        for made in texts:
            put_text(db, made)


def index(archive: Archive, path: Path, texts: list[MadeText], cost: Cost) -> None:
    """Sign, index and compare the articles of one transaction."""
    put_texts(path, texts)
    began = time.process_time()
    signatures = [signature(made.body) for made in texts]
    signed = time.process_time()
    with archive._writing() as db:
        for made, hashes in zip(texts, signatures, strict=True):
            sign(db, made.number, hashes)
    archive.commit()
    stored = time.process_time()
    while compare_round(archive.copies):
        pass
    archive.commit()
    cost.articles += len(texts)
    cost.seconds["sign"] += signed - began
    cost.seconds["store"] += stored - signed
    cost.seconds["query"] += time.process_time() - stored


def fill(archive: Archive, path: Path, writer: Writer, count: int) -> None:
    """Archive so many articles with their hashes; which are copies is not asked."""
    for at in range(0, count, 10 * BATCH):
        texts = list(writer.articles(min(10 * BATCH, count - at)))
        put_texts(path, texts)
        with archive._writing() as db:
            for made in texts:
                sign(db, made.number, signature(made.body))
            db.execute("DELETE FROM copies_due")
        archive.commit()


def measure(
    archive: Archive, path: Path, writer: Writer, count: int
) -> tuple[Cost, list[MadeText]]:
    """What further articles cost, and which they were."""
    cost, all_texts = Cost(), []
    for _ in range(0, count, BATCH):
        texts = list(writer.articles(BATCH))
        index(archive, path, texts, cost)
        all_texts += texts
    return cost, all_texts


def recall(
    path: Path, texts: list[MadeText], sources: dict[int, int]
) -> tuple[int, int, int]:
    """Made copies, those found, and pairs found that are none."""
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("SELECT article_id, copy_id FROM copies").fetchall()
    found = set(rows)
    copies = [(one.number, one.copy_of) for one in texts if one.copy_of is not None]
    wrong = sum(root(a, sources) != root(b, sources) for a, b in found) // 2
    return len(copies), sum(pair in found for pair in copies), wrong


def root(number: int, sources: dict[int, int]) -> int:
    """The article that all copies of one go back to."""
    while number in sources:
        number = sources[number]
    return number


def main() -> int:
    """Fill, measure and print; 1 if a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--measured", type=int, default=2_300)
    parser.add_argument("--seed", type=int, default=20260301)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return run(Path(folder) / "archive.db", given)


def run(path: Path, given: argparse.Namespace) -> int:
    """Measure at each size."""
    writer, costs = Writer(given.seed), []
    print("articles   sign  store  query    all ms   copies found wrong   index MB")
    with Archive(path) as archive:
        with archive._writing() as db:
            db.executemany(
                "INSERT INTO sites (name, title, home) VALUES (?1, ?1, '')",
                [(f"site-{n}",) for n in range(SITES)],
            )
        archive.commit()
        archived = 0
        for size in given.sizes:
            fill(archive, path, writer, size - archived)
            cost, texts = measure(archive, path, writer, given.measured)
            archived = size + len(texts)
            costs.append(cost.milliseconds())
            steps = "  ".join(
                f"{cost.milliseconds(s):5.2f}" for s in ("sign", "store", "query")
            )
            counts = "  ".join(f"{n:5}" for n in recall(path, texts, writer.sources))
            megabytes = f"{index_megabytes(path):8.0f}"
            print(f"{size:8}  {steps}  {costs[-1]:7.2f}    {counts}   {megabytes}")
            sys.stdout.flush()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    ratio = costs[-1] / costs[0]
    print(f"memory {peak:.0f} MB (target {TARGET_MB});", end=" ")
    print(f"last size / first {ratio:.2f} (target {TARGET_RATIO})")
    return int(max(costs) > TARGET_MS or peak > TARGET_MB or ratio > TARGET_RATIO)


def index_megabytes(path: Path) -> float:
    """What the index takes on disk, in pages that are as full as they get here."""
    with closing(sqlite3.connect(path)) as db:
        rows = sum(
            db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in TABLES
        )
    return rows * ROW_BYTES / 1e6


if __name__ == "__main__":
    sys.exit(main())

"""A folder of saved pages in, one prediction a page out, with no network.

    python benchmarks/extraction.py DIR OUT.jsonl [--processes 2]

DIR holds truth.jsonl (of which only id and url are read) and pages/<id>.html.gz.
Each row of OUT.jsonl has id, title, authors, date_published and body; the body is the
standfirst, where the page marks one, and the blocks, one a line.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from archive.records import Article
from crawler.items import Page
from pipelines.extract import extract

FETCHED_AT = "2026-11-22T00:00:00Z"
"""No page in the folder says when it was fetched."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unknown:
    """The profile of a site of which nothing is known."""

    name: str = "unknown"
    title: str = ""
    home: str = ""
    language: str | None = None
    timezone: str | None = None
    selectors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    removals: tuple[str, ...] = ()


def page_of(body: bytes, url: str) -> Page:
    """Return the page as a crawl would have yielded it, without any hints."""
    return Page(
        site="unknown", crawl_id=0, requested_url=url, url=url, redirects=(),
        status=200, reason="OK", headers=(), wire=b"", body=body,
        content_type="text/html", fetched_at=FETCHED_AT,
    )  # fmt: skip


def prediction(row: tuple[str, str, str]) -> dict[str, object]:
    """Cut one page; `row` is its id, address and file."""
    identity, url, file = row
    started = time.process_time()
    article = extract(page_of(gzip.decompress(Path(file).read_bytes()), url), Unknown())
    seconds = time.process_time() - started
    return {"id": identity, "seconds": round(seconds, 5), **fields(article)}


def fields(article: Article | None) -> dict[str, object]:
    """Return what the scorer reads."""
    if article is None:
        return {"title": None, "authors": [], "date_published": None, "body": ""}
    lines = [article.standfirst] if article.standfirst else []
    return {
        "title": article.headline,
        "authors": list(article.authors),
        "date_published": article.published.on if article.published else None,
        "body": "\n".join([*lines, article.body]),
    }


def rows(folder: Path) -> list[tuple[str, str, str]]:
    """Return id, address and file of every page in the folder."""
    truth = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    known = [json.loads(line) for line in truth if line.strip()]
    return [
        (k["id"], k["url"], str(folder / "pages" / f"{k['id']}.html.gz")) for k in known
    ]


def main() -> int:
    """Cut every page of a folder and write the predictions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--limit", type=int, default=0, help="every n-th page only")
    arguments = parser.parse_args()
    wanted = rows(arguments.folder)
    if arguments.limit:
        wanted = wanted[:: max(1, len(wanted) // arguments.limit)]
    with ProcessPoolExecutor(arguments.processes) as pool:
        found = list(pool.map(prediction, wanted, chunksize=16))
    with arguments.out.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in found)
    seconds = sum(float(str(row["seconds"])) for row in found)
    print(
        f"{len(found)} pages, {1000 * seconds / max(1, len(found)):.1f} ms CPU a page"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

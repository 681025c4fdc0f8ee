"""A folder of saved pages in, one prediction a page out, with no network.

    python benchmarks/extraction.py DIR OUT.jsonl [--processes 2] [--time]

DIR holds truth.jsonl (of which only id and url are read) and pages/<id>.html.gz.
Each row of OUT.jsonl has id, title, authors, date_published and body; the body is the
standfirst, where the page marks one, and the blocks, one a line. Each page is cut with
what the folder's other pages of its site teach.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from trafilatura import bare_extraction

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from archive.records import Article
from archive.remembered import Place
from crawler.items import Page
from pipelines.extract import NOTHING, Lesson, Memory, Taught, cutting, learn

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One page to cut."""

    id: str
    url: str
    file: str
    memory: Memory = NOTHING

    @property
    def site(self) -> str:
        """Host name of its address: what stands for the site."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")

    def body(self) -> bytes:
        """Return the page's bytes."""
        return gzip.decompress(Path(self.file).read_bytes())


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """One page, cut."""

    article: Article | None
    lesson: Lesson | None
    seconds: float
    """CPU time it took."""


def cut(task: Task) -> Cut:
    """Cut one page."""
    page = page_of(task.body(), task.url)
    started = time.process_time()
    found = cutting(page, Unknown(), task.memory)
    seconds = time.process_time() - started
    return Cut(article=found.article, lesson=found.lesson, seconds=seconds)


def usual(task: Task) -> float:
    """Return the CPU seconds that trafilatura takes for a page, metadata and all."""
    text = task.body().decode("utf-8", "replace")
    started = time.process_time()
    with contextlib.suppress(Exception):  # it raises on some pages
        bare_extraction(text, url=task.url, with_metadata=True)
    return time.process_time() - started


def remembered(tasks: list[Task], cuts: list[Cut]) -> dict[str, Memory]:
    """Return what the pages of each site teach of it."""
    sites: dict[str, list[Taught]] = defaultdict(list)
    for task, done in zip(tasks, cuts, strict=True):
        if done.article is not None and done.lesson is not None:
            day = done.article.published.on if done.article.published else None
            sites[task.site].append(Taught(lesson=done.lesson, on=day))
    return {site: learn(pages) for site, pages in sites.items()}


def concerns(memory: Memory, done: Cut) -> bool:
    """Whether memory may change a page's cut: by a line of its text, or a field."""
    traces = done.lesson.traces if done.lesson else ()
    lines = {trace.line for trace in traces if trace.place < Place.HEADLINE}
    article = done.article
    lacks = article is not None and not (article.standfirst and article.authors)
    is_known = not lines.isdisjoint({*memory.furniture, *memory.teasers})
    return is_known or (lacks and bool(memory.paths))


def cut_all(tasks: list[Task], pool: Executor) -> list[Cut]:
    """Cut every page, those with repeating lines again with their site's memory."""
    cuts = list(pool.map(cut, tasks, chunksize=16))
    memories = remembered(tasks, cuts)
    again = [
        number
        for number, task in enumerate(tasks)
        if concerns(memories.get(task.site, NOTHING), cuts[number])
    ]
    second = [replace(tasks[n], memory=memories[tasks[n].site]) for n in again]
    for number, done in zip(again, pool.map(cut, second), strict=True):
        seconds = cuts[number].seconds + done.seconds
        cuts[number] = replace(done, seconds=seconds)
    print(f"{len(again)} pages cut again with the memory of their site")
    return cuts


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


def tasks_in(folder: Path) -> list[Task]:
    """Return every page of the folder."""
    truth = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    known = [json.loads(line) for line in truth if line.strip()]
    return [
        Task(id=k["id"], url=k["url"], file=str(folder / f"pages/{k['id']}.html.gz"))
        for k in known
    ]


def write(tasks: list[Task], cuts: list[Cut], out: Path) -> None:
    """Write one prediction a line."""
    with out.open("w", encoding="utf-8") as stream:
        for task, done in zip(tasks, cuts, strict=True):
            row = {"id": task.id, **fields(done.article)}
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def main() -> int:
    """Cut every page of a folder and write the predictions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--limit", type=int, default=0, help="about so many pages only")
    parser.add_argument("--time", action="store_true", help="time trafilatura too")
    arguments = parser.parse_args()
    tasks = tasks_in(arguments.folder)
    if arguments.limit:
        tasks = tasks[:: max(1, len(tasks) // arguments.limit)]
    with ProcessPoolExecutor(arguments.processes) as pool:
        cuts = cut_all(tasks, pool)
        theirs = list(pool.map(usual, tasks, chunksize=16)) if arguments.time else []
    write(tasks, cuts, arguments.out)
    ours = sum(done.seconds for done in cuts)
    print(f"{len(cuts)} pages, {1000 * ours / max(1, len(cuts)):.1f} ms CPU a page")
    if theirs:
        mean = 1000 * sum(theirs) / len(theirs)
        print(f"trafilatura with metadata {mean:.1f}, ratio {ours / sum(theirs):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

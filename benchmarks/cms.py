"""Crawl a running CMS without a profile, and compare the archive with the truth.

    python benchmarks/cms.py BASE_URL TRUTH_DIR [--show N] [--articles N] [--db FILE]

BASE_URL is the site's start page on this machine. TRUTH_DIR holds articles.jsonl, whose
rows have slug, title, author, published, categories, tags, standfirst, blocks,
body_lines and furniture_lines. `cuttings crawl` fills a fresh archive by general rules
alone; the table says, field by field, how many of how many are right. Text is compared
with quotation marks, dashes, dots and white space folded. "Shown" counts where the page
itself or an item of a route that the crawl read states the value at all: no more can be
right. With --db the archive is kept; one that is there already is scored as it is.
"""

from __future__ import annotations

import argparse
import contextlib
import html
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import unicodedata
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent

_ALIKE = {
    "'": "‘’‚‛′`´ʼ",
    '"': "“”„‟″«»",
    "-": "‐‑‒–—―−",
    " ": "\u00a0\u2009\u202f\u200a",
    "x": "×",
}
_FOLD = str.maketrans(
    {letter: plain for plain, letters in _ALIKE.items() for letter in letters}
)
_LISTS = {"ul": "list_item", "ol": "numbered_item"}


def fold(text: str) -> str:
    """Text with the marks that typography varies made alike."""
    text = unicodedata.normalize("NFC", text).translate(_FOLD).replace("…", "...")
    text = re.sub(r"-{2,}", "-", text.replace("''", '"'))
    return " ".join(text.split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """An article as the archive has it."""

    url: str
    headline: str
    standfirst: str
    published_at: str
    section: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    hints: str
    """What the routes said of it, folded."""
    blocks: tuple[tuple[str, str], ...]
    """Kind and folded text of each; a table row's cells are parted by spaces."""

    @property
    def lines(self) -> list[str]:
        """The body's lines."""
        return [text for _, text in self.blocks]

    def texts(self, kind: str) -> list[str]:
        """The lines of one kind."""
        return [text for one, text in self.blocks if one == kind]


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """How many of how many are right in one field of one article, and what is not."""

    right: int
    of: int
    miss: str = ""
    """What was expected and what was found; empty where all is right."""


def crawl(base: str, db: Path) -> None:
    """Run the command that a user runs, with its report on standard error."""
    place = urlsplit(base)
    port = place.port or (443 if place.scheme == "https" else 80)
    command = [sys.executable, "-m", "cli", "crawl", base, "--db", str(db)]
    command += ["--allow-private", f"{place.hostname}:{port}", "--json"]
    began = time.monotonic()
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True)
    if not db.is_file():
        sys.exit(f"the crawl made no archive:\n{done.stderr.decode()[-2000:]}")
    told = "" if done.returncode == 0 else f", exit code {done.returncode}"
    print(f"crawled {base} in {time.monotonic() - began:.0f} s{told}")


def read_articles(connection: sqlite3.Connection) -> dict[int, Found]:
    """Every article of the archive."""
    query = (
        "SELECT a.id, a.url, a.headline, a.standfirst, a.published_at, a.section,"
        " r.blocks, (SELECT json_group_array(n.name) FROM article_authors j"
        "  JOIN authors n ON n.id = j.author_id WHERE j.article_id = a.id),"
        " (SELECT json_group_array(t.name) FROM article_tags j"
        "  JOIN tags t ON t.id = j.tag_id WHERE j.article_id = a.id), c.hints"
        " FROM articles a JOIN revisions r ON r.id = a.revision_id"
        " LEFT JOIN captures c ON c.id = r.capture_id"
    )
    return {row[0]: found_of(row) for row in connection.execute(query)}


def found_of(row: tuple[Any, ...]) -> Found:
    """One row of the query above."""
    blocks = [(kind, fold(text)) for kind, _, text in json.loads(row[6])]
    return Found(
        url=row[1],
        headline=fold(row[2]),
        standfirst=fold(row[3] or ""),
        published_at=row[4] or "",
        section=fold(row[5] or ""),
        authors=tuple(map(fold, json.loads(row[7]))),
        tags=tuple(map(fold, json.loads(row[8]))),
        hints=fold(json.dumps(json.loads(row[9] or "[]"), ensure_ascii=False)),
        blocks=tuple((kind, cells(kind, text)) for kind, text in blocks),
    )


def cells(kind: str, text: str) -> str:
    """A line as the truth has it: the cells of a table row parted by spaces."""
    return fold(text.replace(" | ", " ")) if kind == "table_row" else text


def by_slug(connection: sqlite3.Connection) -> dict[str, int]:
    """Which article is found under each last part of an address, endings aside."""
    found: dict[str, int] = {}
    query = "SELECT url, article_id FROM urls WHERE article_id IS NOT NULL"
    for url, identity in connection.execute(query):
        last = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
        found.setdefault(re.sub(r"\.(?:html?|php)$", "", last), identity)
    return found


def matched(
    truth: Mapping[str, Any], slugs: Mapping[str, int], articles: Mapping[int, Found]
) -> int | None:
    """The archive's article: by its address, or where no address fits by its title."""
    if truth["slug"] in slugs:
        return slugs[truth["slug"]]
    title = fold(truth["title"])
    alike = [i for i, article in articles.items() if article.headline == title]
    return alike[0] if len(alike) == 1 else None


def scores(truth: Mapping[str, Any], found: Found) -> Iterator[tuple[str, Score]]:
    """Score every field of one article that was found."""
    title, people = fold(truth["title"]), (fold(truth["author"]["name"]),)
    yield "title", same(title, found.headline)
    yield "author", same(people, found.authors)
    yield "instant", same(truth["published"], found.published_at)
    sections = names(truth["categories"])
    if sections:
        yield "section", Score(**verdict(found.section in sections, sections, found))
    if truth["tags"]:
        yield "tags", same(sorted(names(truth["tags"])), sorted(found.tags))
    if truth["standfirst"]:
        yield "standfirst", same(fold(truth["standfirst"]), found.standfirst)
    yield from text_scores(truth, found)


def verdict(is_right: bool, expected: object, found: Found) -> dict[str, Any]:
    """The score of a section, which is right if it is one of several."""
    miss = "" if is_right else f"expected one of {expected}, found {found.section!r}"
    return {"right": int(is_right), "of": 1, "miss": miss}


def names(values: Iterable[Mapping[str, str]]) -> list[str]:
    """The folded names of categories or tags."""
    return [fold(value["name"]) for value in values]


def same(expected: object, found: object) -> Score:
    """The score of a value that must be equal."""
    if expected == found:
        return Score(right=1, of=1)
    return Score(right=0, of=1, miss=f"expected {expected!r}, found {found!r}")


def text_scores(truth: Mapping[str, Any], found: Found) -> Iterator[tuple[str, Score]]:
    """Score the body: its lines, what leaked into it, and the kinds of its blocks."""
    wanted = [fold(line) for line in truth["body_lines"]]
    lost, added = Counter(wanted), Counter(found.lines)
    lost, added = lost - added, added - lost
    miss = f"lost {list(lost)[:3]}, added {list(added)[:3]}"
    exact = wanted == found.lines
    yield "body exact", Score(right=int(exact), of=1, miss="" if exact else miss)
    alike = " ".join(wanted).split() == " ".join(found.lines).split()
    yield "body exact, lines aside", Score(right=int(alike), of=1)
    yield "body lines kept", Score(right=len(wanted) - lost.total(), of=len(wanted))
    yield "lines that are no body", Score(right=added.total(), of=len(found.lines))
    leaked = leaks(truth, wanted, found)
    yield (
        "furniture leaked",
        Score(
            right=len(leaked),
            of=len(truth["furniture_lines"]),
            miss=f"leaked {leaked}" if leaked else "",
        ),
    )
    lines = set(found.lines) - set(wanted)
    for name in ("title", "standfirst"):
        if fold(truth[name]):
            yield f"{name} in body", Score(right=int(fold(truth[name]) in lines), of=1)
    yield from kinds(truth["blocks"], found)


def leaks(truth: Mapping[str, Any], wanted: list[str], found: Found) -> list[str]:
    """The furniture lines that the body repeats more often than it should."""
    text, own = "\n".join(found.lines), "\n".join(wanted)
    lines = [fold(line) for line in truth["furniture_lines"]]
    return [line for line in lines if line and text.count(line) > own.count(line)]


def kinds(
    blocks: Iterable[Mapping[str, Any]], found: Found
) -> Iterator[tuple[str, Score]]:
    """Score subheads, list items, quotations and tables: text and kind."""
    for block in blocks:
        kind = block["type"]
        if kind == "h2":
            yield "subheads", held([block["text"]], found.texts("subhead"))
        elif kind in _LISTS:
            yield "list items", held(block["items"], found.texts(_LISTS[kind]))
        elif kind == "quote":
            yield "quotations", held([block["text"]], found.texts("quote"))
        elif kind == "table":
            rows = [" ".join(row) for row in block["rows"]]
            kept = held(rows, found.texts("table_row"))
            yield "tables", Score(right=int(not kept.miss), of=1, miss=kept.miss)


def held(wanted: list[str], texts: list[str]) -> Score:
    """The score of lines that must each be there as a block of their kind."""
    missing = [line for line in map(fold, wanted) if line not in texts]
    miss = f"without {missing[:3]}" if missing else ""
    return Score(right=len(wanted) - len(missing), of=len(wanted), miss=miss)


class Shown:
    """Tells whether a site states a value where a crawl without profile sees it."""

    def __init__(self, routes: Iterable[str]) -> None:
        self.routes = "\n".join(self.source(url) for url in routes)

    def source(self, url: str) -> str:
        """The folded source of a page, entities and JSON's escapes undone."""
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                text = answer.read().decode("utf-8", "replace")
        except (URLError, ValueError):
            return ""
        if text[:1] in "{[":
            with contextlib.suppress(ValueError):
                text = json.dumps(json.loads(text), ensure_ascii=False)
        return fold(html.unescape(html.unescape(text)))

    def fields(self, truth: Mapping[str, Any], found: Found) -> Iterator[str]:
        """The fields of which the page or a route has the value."""
        page = self.source(found.url) + found.hints
        values = {
            "author": [truth["author"]["name"]],
            "tags": [tag["name"] for tag in truth["tags"]],
            "standfirst": [truth["standfirst"]],
        }
        for name, wanted in values.items():
            text = page + self.routes if name == "standfirst" else page
            if all(wanted) and all(fold(one) in text for one in wanted):
                yield name
        if any(fold(one["name"]) in page for one in truth["categories"]):
            yield "section"


@dataclass(kw_only=True, slots=True)
class Line:
    """One row of the table."""

    right: int = 0
    of: int = 0
    shown: int = 0


class Table:
    """Adds up scores and prints them."""

    def __init__(self) -> None:
        self.lines: dict[str, Line] = {}
        self.misses: dict[str, list[str]] = {}

    def add(self, name: str, score: Score, address: str) -> None:
        """Add one article's score of one field."""
        line = self.lines.setdefault(name, Line())
        line.right += score.right
        line.of += score.of
        if score.miss:
            self.misses.setdefault(name, []).append(f"{address}: {score.miss}")

    def note_shown(self, name: str) -> None:
        """Note that the site states a field of one more article."""
        self.lines.setdefault(name, Line()).shown += 1

    def show(self, most: int, write: Callable[[str], None] = print) -> None:
        """Print the counts and the first misses of each field."""
        for name, line in self.lines.items():
            shown = f"   shown {line.shown}" if line.shown else ""
            write(f"{name:<26} {line.right:6} of {line.of:<6}{shown}")
        for name, misses in self.misses.items():
            for miss in misses[:most]:
                write(f"  {name}: {miss[:600]}")


def read_truth(folder: Path, most: int) -> list[dict[str, Any]]:
    """The rows of articles.jsonl; evenly spread ones where only some are wanted."""
    text = (folder / "articles.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    return rows[:: max(1, len(rows) // most)][:most] if most else rows


def compare(db: Path, truth: list[dict[str, Any]], everything: int) -> Table:
    """Score every article of the truth; those not found count only as not found."""
    connection = sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)
    articles, slugs = read_articles(connection), by_slug(connection)
    shown = Shown(url for (url,) in connection.execute("SELECT url FROM routes"))
    connection.close()
    table, own = Table(), set()
    for row in truth:
        identity = matched(row, slugs, articles)
        is_new = identity not in own
        missed = "" if identity is not None and is_new else "not found as its own"
        score = Score(right=int(not missed), of=1, miss=missed)
        table.add("found", score, row["slug"])
        if identity is None:
            continue
        own.add(identity)
        found = articles[identity]
        for name, one in scores(row, found):
            table.add(name, one, found.url)
        for name in shown.fields(row, found):
            table.note_shown(name)
    if len(truth) == everything:
        others = [a.url for i, a in articles.items() if i not in own]
        miss = f"also stored {others[:40]}" if others else ""
        score = Score(right=len(others), of=len(articles), miss=miss)
        table.add("stored, but no article", score, "")
    return table


def main() -> None:
    """Crawl, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("base_url")
    parser.add_argument("truth", type=Path)
    parser.add_argument("--show", type=int, default=0, help="misses told of each field")
    parser.add_argument("--articles", type=int, default=0, help="score only so many")
    parser.add_argument("--db", type=Path, help="keep the archive here, or score it")
    options = parser.parse_args()
    everything = len(read_truth(options.truth, 0))
    with tempfile.TemporaryDirectory() as scratch:
        db = (options.db or Path(scratch) / "cms.db").resolve()
        if not db.is_file():
            crawl(options.base_url, db)
        table = compare(db, read_truth(options.truth, options.articles), everything)
        table.show(options.show)


if __name__ == "__main__":
    main()

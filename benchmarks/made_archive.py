"""Made or measured articles go in; an archive of them, and its stories, come out.

The articles are stored by the one writer and compared as at a crawl's end.
"""

from __future__ import annotations

import asyncio
import sys
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from archive.articles import Cut
from archive.database import open_for_reading
from archive.records import (
    Article,
    Block,
    Decision,
    Fetch,
    Moment,
    Site,
)
from archive.write import Archive
from pipelines.copies.compare import compare_all
from pipelines.copies.signature import signature
from pipelines.identify import digests

SEEN = "2026-11-01T06:00:00Z"


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """One article as a benchmark has it."""

    name: str
    site: str
    headline: str
    text: str
    url: str = ""
    """Its address; made of its name where it has none."""
    day: str | None = None
    """Day of publication."""

    @property
    def article(self) -> Article:
        """The article as a stage would give it."""
        lines = (" ".join(line.split()) for line in self.text.splitlines())
        return Article(
            url=self.url or f"https://{self.site}.example/{self.name}",
            headline=self.headline,
            blocks=tuple(Block(kind="paragraph", text=line) for line in lines if line),
            published=Moment(on=self.day[:10]) if self.day else None,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What the archive says of the articles."""

    stories: dict[str, frozenset[str]]
    """For each name the names of its story, itself included."""
    relations: dict[frozenset[str], str]
    """For two names the relation of their pair; "none" of those that were refused."""
    evidence: dict[frozenset[str], str]
    """What says so."""


def keep(archive: Archive, made: Made, crawl_id: int) -> int:
    """Store one article; return its id."""
    article = made.article
    cut = Cut(
        site=made.site,
        digests=digests(article),
        capture_id=None,
        extractor="benchmark",
        seen_at=SEEN,
        signature=signature(article.body),
    )
    fetch = Fetch(crawl_id=crawl_id, site=made.site, url=article.url, at=SEEN)
    decision = Decision(outcome="stored", article_id=None, url=article.url)
    return archive.store(fetch, article, decision, cut)


def crawls(archive: Archive, made: Iterable[Made]) -> dict[str, int]:
    """Begin a crawl of each site; return its id by the site's name."""
    names = dict.fromkeys(one.site for one in made)
    return {
        name: archive.begin_crawl(
            Site(name=name, title=name, home=f"https://{name}.example"), now=SEEN
        )
        for name in names
    }


def archived(made: list[Made], path: Path) -> Found:
    """Archive articles, compare them, and read what was found."""
    with Archive(path) as archive:
        runs = crawls(archive, made)
        names = {keep(archive, one, runs[one.site]): one.name for one in made}
        asyncio.run(compare_all(archive))
    return found_in(path, names)


def found_in(path: Path, names: dict[int, str]) -> Found:
    """Read what an archive says of articles.

    Args:
        path: The archive.
        names: Of each article's id.
    """
    with closing(open_for_reading(path)) as db:
        numbers = dict(db.execute("SELECT id, story_id FROM articles").fetchall())
        pairs = db.execute(
            "SELECT article_id, other_id, relation, evidence FROM copy_pairs"
        ).fetchall()
    members: dict[int, set[str]] = defaultdict(set)
    for one, number in numbers.items():
        if number is not None:
            members[number].add(names[one])
    return Found(
        stories={
            names[one]: frozenset(members.get(number, {names[one]}))
            for one, number in numbers.items()
        },
        relations={frozenset((names[a], names[b])): kind for a, b, kind, _ in pairs},
        evidence={frozenset((names[a], names[b])): said for a, b, _, said in pairs},
    )

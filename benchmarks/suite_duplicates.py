"""In: articles, and pairs of them that are one text or not; out: whether we tell which.

All articles go through the real index together, not pair by pair, so that each could be
joined to any other. A pair is right if our verdict on it is; two articles that are one
text count as found too if a third joins them in a story. An article's story is right if
it holds exactly the articles that are archived of its text.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from made_archive import Made, archived
from made_pairs import Collection, MadePair, collection
from suites import Case, Verdict, rows

from pipelines.sameness import shingles

USUAL_SHARE = 0.8
"""Jaccard index above which the usual library takes two texts for one."""


@cache
def _archive(folder: Path) -> dict[str, frozenset[str]]:
    """For each document the whole story that it is in, itself included."""
    made = [
        Made(
            name=row["id"],
            site=row["site"],
            url=row["url"],
            headline=row["title"],
            text=row["text"],
            day=row["date"],
        )
        for row in rows(folder / "duplicates" / "docs.jsonl")
    ]
    with tempfile.TemporaryDirectory() as place:
        return archived(made, Path(place) / "archive.db").stories


def pair_cases(folder: Path) -> Iterator[Case]:
    """Yield the pairs."""
    for row in rows(folder / "duplicates" / "pairs.jsonl"):
        yield {**row, "id": f"{row['kind']}: {row['a']} {row['b']}"}


def pairs_ours(case: Case) -> Verdict:
    """Whether we rightly join two articles, or leave them apart."""
    stories = _archive(case["folder"].parent)
    return (case["b"] in stories[case["a"]]) == case["same"]


def pairs_theirs(case: Case) -> Verdict:
    """Whether MinHash, taken as exact, rightly joins them."""
    texts = _texts(case["folder"])
    return (_jaccard(texts[case["a"]], texts[case["b"]]) >= USUAL_SHARE) == case["same"]


@cache
def _texts(folder: Path) -> dict[str, str]:
    return {row["id"]: row["text"] for row in rows(folder / "docs.jsonl")}


def _jaccard(one: str, other: str) -> float:
    """The Jaccard index of two texts' runs of five words, which MinHash estimates."""
    left, right = shingles(one), shingles(other)
    union = len(left | right)
    return len(left & right) / union if union else 0.0


def story_cases(folder: Path) -> Iterator[Case]:
    """Yield the documents, each with the others of its text."""
    found = list(rows(folder / "duplicates" / "docs.jsonl"))
    clusters: dict[str, set[str]] = defaultdict(set)
    for row in found:
        clusters[row["cluster"] or row["id"]].add(row["id"])
    for row in found:
        expected = sorted(clusters[row["cluster"] or row["id"]])
        yield {"id": row["id"], "folder": row["folder"], "expected": expected}


def stories_ours(case: Case) -> Verdict:
    """Whether an article's story holds its copies and nothing else."""
    return _archive(case["folder"].parent)[case["id"]] == frozenset(case["expected"])


def stories_theirs(case: Case) -> Verdict:
    """Groups are no part of the usual library."""
    return None


def made_cases(folder: Path) -> Iterator[Case]:
    """Yield pairs that are made of the real articles beside the suites."""
    data = folder.resolve().parent / "extraction"
    if (data / "dev" / "truth.jsonl").is_file():
        for number, one in enumerate(_made(data).pairs):
            yield {"id": f"{one.kind} {number}", "data": data, "pair": one}


def made_ours(case: Case) -> Verdict:
    """Whether we rightly join two articles, or leave them apart."""
    pair: MadePair = case["pair"]
    return (pair.other in _made_stories(case["data"])[pair.one]) == pair.same


def made_theirs(case: Case) -> Verdict:
    """Whether MinHash, taken as exact, rightly joins them."""
    pair: MadePair = case["pair"]
    made = {one.name: one.text for one in _made(case["data"]).articles}
    return (_jaccard(made[pair.one], made[pair.other]) >= USUAL_SHARE) == pair.same


@cache
def _made(data: Path) -> Collection:
    return collection(data)


@cache
def _made_stories(data: Path) -> dict[str, frozenset[str]]:
    with tempfile.TemporaryDirectory() as place:
        return archived(_made(data).articles, Path(place) / "archive.db").stories

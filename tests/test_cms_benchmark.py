"""The measure for crawls of real CMSs counts what it says it counts."""

from __future__ import annotations

import importlib.util
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).parents[1] / "benchmarks" / "cms.py"
_spec = importlib.util.spec_from_file_location("benchmarks_cms", FILE)
assert _spec is not None
assert _spec.loader is not None
cms = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = cms
_spec.loader.exec_module(cms)

BLOCKS = [
    {"type": "p", "text": "The kilns went out on Friday."},
    {"type": "h2", "text": "After the fire"},
    {"type": "ul", "items": ["Bricks", "Tiles"]},
    {"type": "quote", "text": "We start again", "cite": "Kay Otter, foreman"},
    {"type": "table", "rows": [["Kiln", "Year"], ["East", "1931"]]},
]
TRUTH: dict[str, Any] = {
    "slug": "kilns-go-out",
    "title": "“Kilns go out”",
    "author": {"name": "Ann Cole"},
    "published": "2026-03-01T09:30:00Z",
    "categories": [{"name": "News"}, {"name": "Clay"}],
    "tags": [{"name": "Bricks"}, {"name": "Tiles"}],
    "standfirst": "A works stands still – for now",
    "blocks": BLOCKS,
    "body_lines": ["The kilns went out on Friday.", "After the fire", "Bricks", "Tiles",
                   "We start again", "Kay Otter, foreman", "Kiln Year", "East 1931"],
    "furniture_lines": ["Related content", "Bricks"],
}  # fmt: skip
LINES = (
    ("paragraph", "The kilns went out on Friday."),
    ("subhead", "After the fire"),
    ("list_item", "Bricks"),
    ("list_item", "Tiles"),
    ("quote", "We start again"),
    ("quote", "Kay Otter, foreman"),
    ("table_row", "Kiln Year"),
    ("table_row", "East 1931"),
)


def found(**other: Any) -> Any:
    """What an archive that has everything right holds, but for what is stated."""
    right: dict[str, Any] = {
        "url": "https://press.example/kilns-go-out/",
        "headline": cms.fold('"Kilns go out"'),
        "standfirst": cms.fold("A works stands still - for now"),
        "published_at": "2026-03-01T09:30:00Z",
        "section": "Clay",
        "authors": ("Ann Cole",),
        "tags": ("Tiles", "Bricks"),
        "hints": "",
        "blocks": LINES,
    }
    return cms.Found(**{**right, **other})


def counted(article: Any) -> dict[str, Any]:
    """The scores of an article by field, the last of each."""
    return dict(cms.scores(TRUTH, article))


def wrong(article: Any) -> set[str]:
    """The fields that are not all right."""
    bad = {"lines that are no body", "furniture leaked", "title in body",
           "standfirst in body"}  # fmt: skip
    told = counted(article).items()
    return {n for n, s in told if (s.right > 0 if n in bad else s.right < s.of)}


def test_everything_right_is_counted_so() -> None:
    """An article as it should be has nothing wrong, typography aside."""
    assert wrong(found()) == set()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("headline", "Kilns", {"title"}),
        ("authors", (), {"author"}),
        ("published_at", "2026-03-01T09:31:00Z", {"instant"}),
        ("section", "Views", {"section"}),
        ("tags", ("Bricks",), {"tags"}),
        ("standfirst", "", {"standfirst"}),
    ],
)
def test_wrong_field_is_counted_as_its_own(
    name: str, value: object, expected: set[str]
) -> None:
    """One wrong field makes one count less and says what was expected."""
    article = found(**{name: value})
    assert wrong(article) == expected
    assert "expected" in counted(article)[next(iter(expected))].miss


EXACT = {"body exact", "body exact, lines aside"}


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (LINES[1:], {*EXACT, "body lines kept"}),
        ((*LINES, ("paragraph", "Related content")),
         {*EXACT, "lines that are no body", "furniture leaked"}),
        ((*LINES, ("paragraph", "Bricks")),
         {*EXACT, "lines that are no body", "furniture leaked"}),
        ((("paragraph", '"Kilns go out"'), *LINES),
         {*EXACT, "lines that are no body", "title in body"}),
        ((LINES[0], ("paragraph", "After the fire"), *LINES[2:]), {"subheads"}),
        ((*LINES[:2], ("paragraph", "Bricks"), *LINES[3:]), {"list items"}),
        ((*LINES[:4], ("paragraph", "We start again"), *LINES[5:]), {"quotations"}),
        ((*LINES[:7], ("paragraph", "East 1931")), {"tables"}),
    ],
)  # fmt: skip
def test_body_is_counted_by_lines_and_kinds(
    blocks: tuple[tuple[str, str], ...], expected: set[str]
) -> None:
    """Lost, added and mislabelled lines are each counted where they belong."""
    assert wrong(found(blocks=blocks)) == expected


@pytest.fixture
def addresses() -> Iterator[sqlite3.Connection]:
    """A table of addresses as an archive has it."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE urls (url, article_id)")
    connection.executemany(
        "INSERT INTO urls VALUES (?, ?)",
        [
            ("https://press.example/2026/03/kilns-go-out/", 1),
            ("https://press.example/2026/03/kilns-go-out-again.html", 2),
            ("https://press.example/tag/kilns", None),
        ],
    )
    yield connection
    connection.close()


def test_article_is_known_by_the_end_of_its_address(
    addresses: sqlite3.Connection,
) -> None:
    """The whole last part of an address decides, whatever a CMS puts before it."""
    slugs = cms.by_slug(addresses)
    assert slugs == {"kilns-go-out": 1, "kilns-go-out-again": 2}
    assert cms.matched(TRUTH, slugs, {}) == 1
    assert cms.matched({**TRUTH, "slug": "kilns"}, slugs, {7: found()}) == 7
    twins = {7: found(), 8: found()}
    assert cms.matched({**TRUTH, "slug": "kilns"}, slugs, twins) is None

"""Differences as a person reads them, and how far a run is."""

from __future__ import annotations

from typing import Any

import click
import pytest

from cli.recut_progress import line
from cli.recut_shown import MOST_CHARS, as_json, shown
from pipelines.journal import Change, Difference


def told(name: str, before: Any, after: Any) -> str:
    """The line of one field."""
    difference = Difference(
        site="kettle",
        outcome="changed",
        url="https://kettle.example/a",
        article_id=7,
        revision=2,
        fields={name: Change(before=before, after=after)},
    )
    head, found = (click.unstyle(one) for one in shown(difference))
    assert head == "kettle: https://kettle.example/a (article 7, revision 2)"
    return found.removeprefix(f"  {name}: ")


def block(text: str, kind: str = "paragraph", level: int = 0) -> list[object]:
    """A block as the archive holds it."""
    return [kind, level, text]


WORDS = "One two three four five six seven eight nine ten eleven."


@pytest.mark.parametrize(
    ("name", "before", "after", "expected"),
    [
        ("section", None, "Works", "none → Works"),
        (
            "published",
            ["2026-01-01", None],
            ["2026-01-02", None],
            "2026-01-01 → 2026-01-02",
        ),
        (
            "headline",
            "Lids made again",
            "Lids sold again",
            "Lids [-made-] {+sold+} again",
        ),
        ("standfirst", None, "Why", "none → Why"),
        ("tags", ["a", "b"], ["b", "c"], "[-a-] {+c+}"),
        (
            "tags",
            ["a", "b"],
            ["b", "a"],
            "in another order, or another number of times",
        ),
        (
            "links",
            [],
            [["inline", "https://x.example/", "X"]],
            "{+inline | https://x.example/ | X+}",
        ),
        ("tags", [], list("abcdefg"), "{+a+} {+b+} {+c+} {+d+} {+e+} and 2 more"),
        ("image", None, {"url": "u", "caption": None, "credit": "c"}, "none → u | c"),
        (
            "body",
            [block(WORDS)],
            [block(f"{WORDS} New.")],
            "One two three four … eight nine ten eleven. {+New.+}",
        ),
        (
            "body",
            [block("A b.")],
            [block("A b."), block("C d.")],
            "A b. {+¶+} {+C d.+}",
        ),
        (
            "body",
            [block("A", "subhead", 2)],
            [block("A", "subhead", 3)],
            "subhead 2 → subhead 3: A",
        ),
    ],
)
def test_a_field_is_told_in_a_line(
    name: str, before: Any, after: Any, expected: str
) -> None:
    """Short values whole, texts as words that went and came, lists by their items."""
    assert told(name, before, after) == expected


def test_a_long_difference_is_cut() -> None:
    """One article does not fill the screen; the report file has all of it."""
    found = told("body", [block("a " * 900)], [block("b " * 900)])
    assert found.endswith(" …") and len(found) == MOST_CHARS + 2


def test_a_page_that_became_an_article_says_so() -> None:
    """Of a page that was rejected its address and what it is now are told."""
    rescued = Difference(site="kettle", outcome="rescued", url="u", article_id=3)
    assert list(shown(rescued)) == [
        "kettle: u (article 3)",
        "  rejected before, an article now",
    ]
    rejected = Difference(site="kettle", outcome="rejected", url="u")
    assert "kettle: u (no article)" in shown(rejected)
    assert "\n" not in as_json(rescued)


@pytest.mark.parametrize(
    ("done", "total", "seconds", "expected"),
    [
        (0, 10, 0.0, "0 of 10 captures, 0.0/s, about 0 s left"),
        (50, 100, 10.0, "50 of 100 captures, 5.0/s, about 10 s left"),
        (100, 10_000, 10.0, "100 of 10000 captures, 10.0/s, about 16 min left"),
    ],
)
def test_progress_without_a_terminal_is_lines(
    done: int, total: int, seconds: float, expected: str
) -> None:
    """How far, how fast, and how long it will take yet."""
    assert line(done, total, seconds) == expected

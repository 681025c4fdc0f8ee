"""Pieces under one headline go in; which of them are one article comes out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from made_pages import address, arrive, article, begun, faults, fetch, rows

from archive.records import Article, Block, Moment
from archive.write import Archive
from pipelines.sameness import is_same, shared
from pipelines.words import words_key

EDITIONS = 5
FRAME = "Welcome to another week in which the lids of this country were counted."
WEEKS = (
    "A cooper in Harl has sold his last barrel and means to make kites.",
    "Nobody at the fair of tinsmiths could say who had ordered the brass owl.",
    "The price of solder fell by a fifth, and with it a shelf in my kitchen.",
    "Two readers write that the spout in our photograph was upside down.",
    "Three towns now claim to have invented the whistle, and one the steam.",
)


def edition(number: int, *, dated: bool = True) -> Article:
    """One week of a column; all of them claim the column's page."""
    lines = (FRAME, WEEKS[number], f"It was the {number + 7}th week.")
    return replace(
        article("notes", address("column/notes")),
        headline="Notes from the lid",
        standfirst="What the trade talked about",
        blocks=tuple(Block(kind="paragraph", text=line) for line in lines),
        published=Moment(on=f"2026-02-{number + 1:02}") if dated else None,
    )


def archived(
    folder: Path, order: list[int], *, dated: bool
) -> list[tuple[object, ...]]:
    """Let editions arrive in an order, some of them twice; address and text of each."""
    path = folder / "archive.db"
    with Archive(path) as archive:
        crawl = begun(archive)
        for number in order:
            arrive(archive, fetch(crawl, f"w{number}"), edition(number, dated=dated))
    assert faults(path) == []
    return rows(path, "SELECT url, text, revision FROM full_articles ORDER BY url")


@settings(max_examples=30, deadline=None)
@given(
    order=st.permutations(range(EDITIONS)),
    again=st.lists(st.integers(0, EDITIONS - 1), max_size=5),
    dated=st.booleans(),
)
def test_editions_of_a_column_stay_apart_in_any_order(
    tmp_path_factory: pytest.TempPathFactory,
    order: list[int],
    again: list[int],
    dated: bool,
) -> None:
    """Five editions that claim one page are five articles with their own addresses."""
    folder = tmp_path_factory.mktemp("archive")
    assert archived(folder, [*order, *again], dated=dated) == [
        (address(f"w{number}"), edition(number).body, 1) for number in range(EDITIONS)
    ]


def test_an_edition_alone_keeps_the_address_it_claims(tmp_path: Path) -> None:
    """Nothing speaks against a claim until a second text makes it too."""
    found = archived(tmp_path, [2], dated=True)
    assert [row[0] for row in found] == [address("column/notes")]


def test_a_disputed_address_goes_to_the_page_that_answers_there(
    tmp_path: Path,
) -> None:
    """An article whose claim was disputed gets the address once it is fetched there."""
    path = tmp_path / "archive.db"
    real = article("a")
    with Archive(path) as archive:
        crawl = begun(archive)
        arrive(archive, fetch(crawl, "a?print=1"), real)
        arrive(archive, fetch(crawl, "b"), article("b", address("a")))
        before = archive.article(1).url
        arrive(archive, fetch(crawl, "a"), real)
        assert (before, archive.article(1).url) == (address("a?print=1"), address("a"))
    assert faults(path) == []


def test_an_updated_text_at_one_address_is_a_revision(tmp_path: Path) -> None:
    """Whatever a page's claim is worth, its own address still shows its article."""
    found = archived(tmp_path, [0, 1], dated=True)
    assert len(found) == 2
    with Archive(tmp_path / "archive.db") as archive:
        later = replace(edition(0), blocks=edition(3).blocks)
        outcome = arrive(archive, fetch(begun(archive), "w0"), later).outcome
    assert outcome == "revised"
    assert faults(tmp_path / "archive.db") == []


LONGER = " ".join(WEEKS)
CASES = {
    "same day, other text": ("2026-02-28", "Quite another text of the day.", True),
    "other day, same words but one": ("2026-03-07", LONGER + " Indeed.", False),
    "no day, a print view": (None, "Printed from our pages. " + LONGER, True),
    "no day, cut to three fifths": (None, " ".join(WEEKS[:3]), True),
    "no day, one sentence in common": (None, FRAME * 2 + WEEKS[0], False),
    "no day, no five words": (None, "More follows.", False),
}


@pytest.mark.parametrize("case", CASES)
def test_one_headline_needs_the_day_or_the_words(case: str, tmp_path: Path) -> None:
    """A headline is not enough: the day decides, and without it the text."""
    day, text, expected = CASES[case]
    first = article("a", text=LONGER)
    other = replace(article("a", text=text), published=Moment(on=day) if day else None)
    with Archive(tmp_path / "archive.db") as archive:
        arrive(archive, fetch(begun(archive), "a"), first)
        found = archive.article(1)
        assert is_same(other, "1other", found, archive) is expected
        assert is_same(other, found.body_digest, found, archive)
        renamed = replace(other, headline="Another headline")
        assert not is_same(renamed, "1other", found, archive)


def test_shared_words_are_of_the_shorter_text() -> None:
    """A part of a text shares all with it; what has under five words shares nothing."""
    assert shared(WEEKS[0], LONGER) == shared(LONGER, WEEKS[0]) == 1.0
    assert shared(WEEKS[0], WEEKS[1]) == 0.0
    assert shared("Three words only", LONGER) == 0.0


@given(st.text(alphabet=st.characters(max_codepoint=0x2200, exclude_categories=["Cs"])))
@example("“Straße” – ½ ’µ… Ünïcode_1 ª²³ 5¼ \x1fA\xadB İi ﬁ")
@example("".join(map(chr, range(256))))
def test_words_are_those_of_the_rule(text: str) -> None:
    folded = unicodedata.normalize("NFKC", text).casefold()
    assert words_key(text) == " ".join(re.findall(r"\w+", folded))


def test_each_character_of_latin_1_is_folded_alone() -> None:
    for one, other in product(map(chr, range(256)), "a1 ’"):
        for text in (one, one + other, other + one, one + one):
            folded = unicodedata.normalize("NFKC", text).casefold()
            assert words_key(text) == " ".join(re.findall(r"\w+", folded))

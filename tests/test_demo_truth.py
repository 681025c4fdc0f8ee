"""What the demo's newsroom writes is always the same, varied and as its truth says."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from demo import (
    ExpectedArticle,
    Phase,
    non_articles,
    truth,
    write_truth,
)
from demo.__main__ import main
from demo.edition import edition
from demo.grammar import Grammar, UnknownSlotError
from demo.newsroom import newsroom
from demo.site import ROUTES

SITES = ("townhall", "girder", "carton")
LONDON = ZoneInfo("Europe/London")


def markups(phase: Phase) -> dict[tuple[str, str], bytes]:
    """Every answer of every title built from nothing, the addresses being fixed."""
    room = newsroom.__wrapped__()
    made = {}
    for site, routes in ROUTES.items():
        shown = edition(room, site, phase, base_url="http://127.0.0.1:9")
        for path, build in routes(shown).items():
            made[site, path] = build().body
    return made


@pytest.mark.parametrize("phase", ["first", "second"])
def test_two_builds_are_equal(phase: Phase) -> None:
    """The same seed gives the same bytes for every address of every title."""
    assert markups(phase) == markups(phase)


def test_another_seed_gives_other_texts() -> None:
    """The seed decides the texts: no headline but the column's is written twice."""
    usual = {one.headline for one in newsroom().articles}
    other = {one.headline for one in newsroom(seed=7).articles}
    assert usual & other == {"Notes from the signal box"}


def test_there_is_enough_of_everything() -> None:
    """The newsroom holds what the demo promises: articles, copies, corrections."""
    first, second = truth("first"), truth("second")
    assert len(first) >= 150
    assert {one.site for one in first} == set(SITES)
    assert 8 <= len(second) - len(first) <= 20
    assert sum(one.dup_of is not None for one in first) >= 8
    assert sum(one.correction is not None for one in first) == 6
    kinds = Counter(one.kind for one in non_articles())
    assert kinds["video"] + kinds["gallery"] >= 5
    assert kinds["removed"] == kinds["login"] == kinds["index"] == 3


def test_every_role_of_furniture_occurs() -> None:
    """Each role that design.md calls furniture stands on some page."""
    roles = {line.role for one in truth("first") for line in one.furniture}
    assert roles == {
        *("related", "share", "tags", "comments", "teaser", "sponsored", "byline"),
        *("newsletter", "paywall", "legal", "nav", "caption"),
    }


def test_article_lengths_vary_within_bounds() -> None:
    """Every article has between 200 and 950 words."""
    lengths = [len(" ".join(one.body_lines).split()) for one in truth("second")]
    assert min(lengths) >= 200
    assert max(lengths) <= 950
    assert max(lengths) - min(lengths) > 400


def shingles(article: ExpectedArticle) -> set[tuple[str, ...]]:
    """All runs of five words in an article's body."""
    words = " ".join(article.body_lines).split()
    return set(zip(*(words[start:] for start in range(5)), strict=False))


def test_texts_differ_save_where_one_repeats_another() -> None:
    """Two articles share under two fifths of their shingles unless one is a copy."""
    cut = [(one, shingles(one)) for one in truth("second")]
    for place, (one, own) in enumerate(cut):
        for other, others in cut[:place]:
            if one.dup_of == (other.site, other.path):
                continue
            if other.dup_of == (one.site, one.path):
                continue
            share = len(own & others) / min(len(own), len(others))
            assert share < 0.4, (one.path, other.path)


def test_copies_repeat_their_original() -> None:
    """A copy has its original's text and authors on another title, and a later date."""
    found = {(one.site, one.path): one for one in truth("first")}
    copies = [one for one in found.values() if one.dup_of]
    for copy in copies:
        assert copy.dup_of
        original = found[copy.dup_of]
        assert original.site != copy.site
        assert original.body_lines == copy.body_lines
        assert original.authors == copy.authors
        assert original.published < copy.published
    assert len({one.dup_of for one in copies}) == len(copies)


def test_paths_are_unique_on_each_title() -> None:
    """No two articles of a title share an address."""
    named = Counter(
        (one.site, path) for one in truth() for path in (one.path, *one.aliases)
    )
    assert set(named.values()) == {1}


def test_times_cross_midnight_and_summer_time() -> None:
    """Some days differ between UTC and London, and both offsets occur."""
    moments = [datetime.fromisoformat(one.published) for one in truth()]
    local = [moment.astimezone(LONDON) for moment in moments]
    assert any(a.date() != b.date() for a, b in zip(moments, local, strict=True))
    assert {moment.utcoffset() for moment in local} == {
        moment.utcoffset()
        for moment in (
            datetime(2020, 1, 1, tzinfo=LONDON),
            datetime(2020, 7, 1, tzinfo=LONDON),
        )
    }
    assert all(moment.second == 0 for moment in moments)


def test_furniture_is_no_line_of_the_text() -> None:
    """No line of furniture is also a line of its own article."""
    for one in truth():
        lines = {one.headline, one.standfirst, *one.body_lines}
        assert not lines & set(one.furniture_lines), one.path


def test_pull_quotes_repeat_the_body() -> None:
    """A pull quote's words are in the body of its article."""
    quoted = [one for one in truth() if one.pull_quote]
    assert len(quoted) > 10
    for one in quoted:
        assert one.pull_quote
        assert one.pull_quote in "\n".join(one.body_lines)


def test_truth_is_written_as_json_lines(tmp_path: Path) -> None:
    """The command writes one JSON object for every article and other page."""
    file = tmp_path / "truth.jsonl"
    assert main(["--truth", str(file), "--phase", "first"]) == 0
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == len(truth("first")) + len(non_articles())
    assert rows[0]["article"]["headline"] == truth("first")[0].headline
    assert write_truth(file) == len(truth()) + len(non_articles())


def test_grammar_minds_its_articles_and_slots() -> None:
    """Choices nest, a vowel's sound makes a an, and unknown slots are named."""
    grammar = Grammar(random.Random(1), {"thing": ["oat drink"]}, {"n": lambda: "8"})
    assert grammar.fill("a {thing}, a <<unit|unit>|unit> and a {n}") == (
        "an oat drink, a unit and an 8"
    )
    assert grammar.fill("{thing_c}") == "Oat drink"
    with pytest.raises(UnknownSlotError, match="colour"):
        grammar.fill("a {colour} box")


def test_scale_multiplies_the_articles() -> None:
    """A scaled newsroom has that many more articles of the titles' own."""
    usual, larger = newsroom(), newsroom(scale=3)
    extra = len(larger.articles) - len(usual.articles)
    own = [one for one in usual.articles if not one.dup_of]
    columns = [one for one in own if one.headline == "Notes from the signal box"]
    assert extra == 2 * (len(own) - len(columns))
    paths = {(one.site, one.path) for one in larger.articles}
    assert len(paths) == len(larger.articles)

"""Copies across sites: how texts are signed, compared and told apart."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from archive.stories.copies import Text
from pipelines.copies.relation import first, refusal, relation
from pipelines.copies.signature import MOST_WORDS, STRETCH, sample, signature
from pipelines.copies.verify import Side, read, side, standing_words
from pipelines.sameness import SHINGLE_WORDS

CHANCE = random.Random(7)


def words(count: int, seed: int = 1) -> list[str]:
    """Made words, other ones for each seed."""
    chance = random.Random(seed)
    return ["".join(chance.choices("abcdefghij", k=6)) for _ in range(count)]


def prose(count: int, seed: int = 1) -> str:
    """A made text of so many words."""
    return " ".join(words(count, seed))


def article(body: str = "", *, site: str = "rail", **fields: object) -> Text:
    """An article as comparing sees it."""
    known: dict[str, object] = {
        "article_id": 1,
        "site": site,
        "url": f"https://{site}.example/1",
        "headline": "Depot opens at Harrow",
        "body": body,
        "body_digest": "1",
        "published_on": "2026-02-03",
        "published_at": None,
        "first_seen_at": "2026-03-01T06:00:00Z",
        "kind": "news",
        "agency": None,
    }
    return Text(**{**known, **fields})  # type: ignore[arg-type]


def compared(one: Text, other: Text) -> tuple[Side, Side]:
    """What two articles share, without standing text."""
    left, right = read(one.body), read(other.body)
    return (
        side(left, right, bytearray(len(left.words))),
        side(right, left, bytearray(len(right.words))),
    )


def verdict(one: Text, other: Text) -> str:
    """The relation of two articles, or why they have none."""
    sides = compared(one, other)
    return refusal(one, other, sides) or relation(one, other, sides).relation


# Signatures


def test_a_long_shared_passage_shares_a_hash() -> None:
    """Whatever holds 36 words in a row of another text shares a hash with it."""
    for seed in range(200):
        passage = words(STRETCH + SHINGLE_WORDS - 1, seed)
        one = words(seed % 50, seed + 1000) + passage + words(90, seed + 2000)
        other = words(70, seed + 3000) + passage + words(seed % 40, seed + 4000)
        assert set(signature(" ".join(one))) & set(signature(" ".join(other)))


def test_about_one_run_of_thirteen_is_taken() -> None:
    """The index holds about one run of five words of thirteen."""
    taken = len(signature(prose(20_000)))
    assert 20_000 / 14 < taken < 20_000 / 12


def test_a_brief_has_hashes_and_a_stub_none() -> None:
    """A text of five words is signed; one of four has nothing to share."""
    assert len(signature(prose(60))) >= 2
    assert len(signature(prose(5))) == 1
    assert signature(prose(4)) == ()


def test_signing_reads_words_alone() -> None:
    """Case, punctuation, line ends and typographic forms change no hash."""
    plain = prose(80)
    dressed = plain.replace(" ", ",\n", 9).title() + "…"
    assert signature(plain) == signature(dressed)


def test_an_endless_text_is_read_in_part() -> None:
    """Of a damaged page's endless text the first 20,000 words are read."""
    endless = "word " * MOST_WORDS + prose(200)
    assert len(signature(endless)) == 1
    assert len(read(endless).words) == MOST_WORDS


def test_a_lone_surrogate_can_be_signed() -> None:
    """A damaged character in a text does not stop it from being signed."""
    assert len(sample(["\ud83d", *words(9)])) >= 1


# Comparing


def test_containment_has_two_directions() -> None:
    """A half is wholly in the text that it was cut from, which is half in it."""
    text = words(400)
    half, whole = compared(article(" ".join(text[:200])), article(" ".join(text)))
    assert (half.share, half.containment) == (1.0, 1.0)
    assert 0.49 < whole.share < 0.51 and 0.49 < whole.containment < 0.51


def test_quoted_words_are_told_apart() -> None:
    """Words in quotation marks count, and are counted apart; a line ends them."""
    reading = read('He said “one two” and "three four.\nFive» six „seven” eight')
    said = [
        w for w, quoted in zip(reading.words, reading.quoted, strict=True) if quoted
    ]
    assert said == ["one", "two", "three", "four", "seven"]


def test_standing_text_is_left_out() -> None:
    """Words beside a hash that many texts hold are neither shared nor missing."""
    own, frame = words(60, 1), words(60, 2)
    reading = read(" ".join(own + frame))
    standing = {run.hash for run in sample(frame)}
    marks = standing_words(reading, standing)
    assert sum(marks[:50]) == 0 and sum(marks[85:]) == 35
    other = read(" ".join(words(60, 3) + frame))
    assert side(reading, other, marks).share < 0.3
    assert side(reading, other, bytearray(120)).share == 0.5


def test_what_is_nothing_but_standing_text_is_compared() -> None:
    """A text of standing text alone is compared as it is."""
    reading = read(prose(60))
    standing = {run.hash for run in reading.sampled}
    assert sum(standing_words(reading, standing)) == 0


# Relations


TEXT = prose(300)
OTHER = "food"


@pytest.mark.parametrize(
    ("body", "fields", "expected"),
    [
        (TEXT, {}, "identical"),
        (TEXT + " " + prose(40, 2), {}, "syndicated"),
        (TEXT + " It first appeared in our sister title.", {}, "republished"),
        (" ".join(TEXT.split()[:100]), {}, "excerpt"),
        (TEXT + " Notes to editors: " + prose(20, 2), {}, "press_release"),
        (TEXT + " " + prose(9, 2), {"kind": "press_release"}, "press_release"),
        (TEXT + " " + prose(40, 2), {"site": "rail"}, "later_version"),
        (prose(300, 2), {}, "too few words are shared"),
    ],
)
def test_relations(body: str, fields: dict[str, object], expected: str) -> None:
    """The relation says how a copy came to be, whichever of the two is asked."""
    one, other = article(TEXT), article(body, **{"site": OTHER, **fields})
    assert verdict(one, other) == verdict(other, one) == expected


def test_a_note_stands_at_an_end_of_the_text() -> None:
    """Where a text tells of something that first appeared, it is no note on itself."""
    told = prose(120, 8) + " The crane first appeared in 1931. " + prose(120, 9)
    one, other = article(told), article(told + " " + prose(30, 2), site=OTHER)
    assert verdict(one, other) == "syndicated"
    noted = replace(one, body="First published in the Post.\n" + told)
    assert verdict(noted, other) == "republished"


def test_a_column_of_one_day_may_be_a_copy() -> None:
    """One edition of a column on two sites is a copy like any other."""
    one = article(prose(200) + prose(80, 2), headline="Morning briefing from Harrow")
    other = replace(one, site=OTHER, body=prose(200) + prose(70, 3))
    assert verdict(one, other) == "syndicated"
    later = replace(other, published_on="2026-02-04")
    assert verdict(one, later).startswith("only a part")


def test_an_agency_is_told() -> None:
    """The evidence of a syndicated text names the agency of the byline."""
    one = article(TEXT, agency="Press Association")
    other = article(TEXT + prose(50, 2), site=OTHER)
    told = relation(one, other, compared(one, other))
    assert (told.relation, told.evidence) == (
        "syndicated",
        "the byline names Press Association",
    )


def test_a_quotation_makes_no_copy() -> None:
    """Two reports of one statement share the statement, and are two reports."""
    said = "“" + prose(150) + "”"
    one = article(prose(60, 2) + " " + said)
    other = article(said + " " + prose(60, 3), site=OTHER)
    assert verdict(one, other) == "mostly quotations are shared"
    assert verdict(article(said), replace(other, body=said)) == "identical"


def test_one_sites_frame_makes_no_copy() -> None:
    """Two thirds in common are a copy on another site, a frame on the same one."""
    one = article(prose(200) + " " + prose(80, 2))
    other = article(prose(200) + " " + prose(80, 3), site=OTHER)
    assert verdict(one, other) == "syndicated"
    assert verdict(one, replace(other, site="rail")).startswith("only a part")


@pytest.mark.parametrize("headline", ["Fuel prices, 3 May", "Weekly round-up"])
def test_a_columns_editions_are_no_copies(headline: str) -> None:
    """Editions of a column that differ in a tenth of their words are two articles."""
    one = article(prose(270) + " " + prose(30, 2), headline=headline)
    later = replace(
        one,
        headline=headline.replace("3 May", "10 May"),
        published_on="2026-02-10",
        body=prose(270) + " " + prose(30, 3),
    )
    assert verdict(one, later).startswith("only a part")


def test_few_words_under_other_headlines_are_no_copy() -> None:
    """A notice of thirty words under unlike headlines says nothing."""
    one = article(prose(30), headline="Depot opens")
    other = article(prose(30), site=OTHER, headline="Minister resigns today")
    assert verdict(one, other) == "too few words are shared"
    assert verdict(one, replace(other, headline="Depot opens")) == "identical"


# Who had it first


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"published_on": "2026-02-02"}, {}),
        (
            {"published_at": "2026-02-03T08:00:00Z"},
            {"published_at": "2026-02-03T09:00Z"},
        ),
        ({"published_on": None, "first_seen_at": "2026-01-01T00:00:00Z"}, {}),
        (
            {"published_on": None, "first_seen_at": "2026-03-01T00:00:00Z"},
            {"published_on": None},
        ),
        ({}, {"body": TEXT + " This first appeared in the Post."}),
        ({"url": "https://a.example/"}, {}),
        (
            {
                "published_on": "2026-02-02",
                "body": TEXT + " First published in the Post.",
            },
            {},
        ),
    ],
)
def test_who_had_it_first(mine: dict[str, object], theirs: dict[str, object]) -> None:
    """Publication decides, then what was seen, then what is said, then the address."""
    one = article(**{"body": TEXT, "site": "rail", **mine})
    url = "https://b.example/"
    other = article(**{"body": TEXT, "site": OTHER, "url": url, **theirs})
    one, other = (replace(one, article_id=9), replace(other, article_id=2))
    assert first(one, other) == first(other, one) == one

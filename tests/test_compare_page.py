"""Two revisions of an article go in; the page that compares them comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from reading_room import SEEN, Reader, Sample, SampleArchive

from archive.browse.compare_page import paragraphs
from archive.history.changed import Change as Changed
from archive.history.changed import Evidence
from archive.history.changes import put_change
from archive.history.differences import difference

LATER = "2026-03-02T06:00:00Z"


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[SampleArchive]:
    """An archive with an article of three revisions."""
    found = SampleArchive(tmp_path / "archive.db")
    found.add(Sample(blocks=(("paragraph", 0, "The depot cost £5m & more."),)))
    found.revise(1, Sample(blocks=(("paragraph", 0, "The depot cost £6m & more."),)))
    found.revise(1, Sample(headline="Harrow has a depot <now>"))
    told = Evidence(kind="figure", field="body", before="£5m", after="£6m")
    name = Evidence(kind="name", field="body", before=None, after="Ladle", sure="weak")
    put_change(
        found.db,
        2,
        Changed(
            is_revision=True, evidence=(told, name), words_added=1, words_removed=1
        ),
    )
    found.db.commit()
    yield found
    found.db.close()


def words(html: str) -> str:
    """A page's text without tags, white space folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_two_revisions_are_compared_word_by_word(sample: SampleArchive) -> None:
    """What went is in del, what came in ins, and everything else stands once."""
    page = Reader(sample.path).get("/-/articles/1/compare?from=1&to=2").text
    assert "The depot cost <del>£5m</del> <ins>£6m</ins> &amp; more." in page
    assert "<b>figure or number</b>: <del>£5m</del>" in page
    assert "<b>perhaps name</b>: <ins>Ladle</ins>" in page


def test_any_two_can_be_chosen(sample: SampleArchive) -> None:
    """The first and the last are compared, in either direction, and escaped."""
    reader = Reader(sample.path)
    page = reader.get("/-/articles/1/compare?from=1&to=3").text
    assert "<ins>has a depot &lt;now&gt;</ins>" in page
    assert "<b>figure" not in page
    back = reader.get("/-/articles/1/compare?from=3&to=1").text
    assert "<del>has a depot &lt;now&gt;</del>" in back


def test_without_numbers_the_newest_is_compared(sample: SampleArchive) -> None:
    """With the one before it."""
    page = Reader(sample.path).get("/-/articles/1/compare").text
    assert "Revision 2" in words(page)
    assert "revision 3" in words(page)


@pytest.mark.parametrize("query", ["?from=1&to=9", "?from=0&to=1", "?from=x&to=1"])
def test_revisions_that_do_not_exist_are_missing(
    sample: SampleArchive, query: str
) -> None:
    """The answer is a page that says so."""
    answer = Reader(sample.path).get(f"/-/articles/1/compare{query}")
    assert answer.status_code == 404
    assert "no two such revisions" in answer.text


def test_the_article_page_lists_its_revisions(sample: SampleArchive) -> None:
    """Each with its time, its classes and a way to compare it."""
    page = Reader(sample.path).get("/-/articles/1").text
    assert "figure or number, name" in words(page)
    assert "(1 words added, 1 removed)" in words(page)
    assert "/-/articles/1/compare?from=1&amp;to=2" in page
    assert "not compared" in words(page)


def test_the_article_page_tells_its_state(sample: SampleArchive) -> None:
    """An article that is gone is said to be gone since when, and why."""
    sample.db.execute(
        "INSERT INTO states VALUES (1, 1, 'gone', 'HTTP 410: gone', 'x', ?, ?)",
        (SEEN, LATER),
    )
    sample.db.commit()
    text = words(Reader(sample.path).get("/-/articles/1").text)
    assert (
        "Gone from its address since 1 March 2026, 06:00 UTC (HTTP 410: gone)" in text
    )
    sample.db.execute(
        "INSERT INTO states VALUES (2, 1, 'here', 'it answers', 'x', ?, ?)",
        (LATER, LATER),
    )
    sample.db.commit()
    text = words(Reader(sample.path).get("/-/articles/1").text)
    assert "The archive keeps its text" not in text
    assert "Back again since 2 March 2026" in text


def test_paragraphs_that_were_parted_or_joined_show_a_sign() -> None:
    """Where only the end of a paragraph came or went there is a mark in its place."""

    def shown(before: list[str], after: list[str]) -> list[list[tuple[str, str]]]:
        made = paragraphs(difference(before, after))
        return [[(p.kind, p.text) for p in one.pieces] for one in made]

    assert shown(["One. Two."], ["One.", "Two."]) == [
        [("kept", "One."), ("added", "¶")],
        [("kept", "Two.")],
    ]
    assert shown(["One.", "Two."], ["One. Two."]) == [
        [("kept", "One."), ("removed", "¶"), ("kept", "Two.")]
    ]
    assert shown(["One.", "Gone.", "Two."], ["One.", "Two."]) == [
        [("kept", "One.")],
        [("removed", "Gone.")],
        [("kept", "Two.")],
    ]


def test_signs_without_spaces_stay_together() -> None:
    """Between ideographs no space is put in."""
    (one,) = paragraphs(difference(["春天"], ["秋天"]))
    assert [piece.space for piece in one.pieces] == [False, False, False]

"""Two texts of an article go in; whether and how it was edited comes out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.history.changed import Change, Passage, Text
from pipelines.changes.decide import change_of
from pipelines.changes.figures import figures
from pipelines.changes.spelling import distance, is_slip

LINES = (
    "The keeper of the lower lock, Ann Ladle, has asked the council for new gates.",
    "She put the cost at £12m and said that the old ones had stood for 80 years.",
    "“We have waited long enough for this,” she told the meeting on Monday.",
    "A report on the state of all locks along the canal is expected in the spring.",
)


def text(*lines: str, **more: object) -> Text:
    """A text with these paragraphs."""
    blocks = tuple(Passage(kind="paragraph", text=line) for line in lines or LINES)
    whole = Text(
        headline="Lock keeper wants gates",
        standfirst="The old ones leak.",
        blocks=blocks,
        byline=("Bo Ewer", "Cy Pail"),
        published_on="2026-03-02",
        language="en",
    )
    return replace(whole, **more)  # type: ignore[arg-type]


def edited(old: str, new: str, *, language: str = "en") -> Change:
    """What a change of words in the body is."""
    before = text(language=language)
    assert old in before.body
    lines = [line.replace(old, new) for line in LINES]
    return change_of(before, text(*lines, language=language))


@pytest.mark.parametrize(
    "after",
    [
        text(),
        text(*(line.replace(" ", "  ") for line in LINES)),
        text(*(line.replace("“", '"').replace("”", '"') for line in LINES)),
        text(" ".join(LINES)),
        text("The old ones leak.", *LINES, standfirst=None),
        text(byline=("Cy Pail", "BO EWER")),
        text(byline=None),
        text(headline=None),
        text(updated_on="2026-03-05"),
        text(published_on=None),
        text(published_on="2026-03-05", updated_on="2026-03-05"),
        text(published_on="2026-03-06", seen_on="2026-03-06"),
    ],
    ids=[
        *("the same", "white space", "straight marks", "paragraphs joined"),
        *("standfirst in the body", "order of authors", "byline of a feed"),
        *("headline of a feed", "updated", "no date", "date of an update"),
        "date of the fetch",
    ],
)
def test_what_is_no_revision(after: Text) -> None:
    """Layout, typography, a feed's word and the time of an update change nothing."""
    assert not change_of(text(), after).is_revision


@pytest.mark.parametrize(
    ("after", "classes"),
    [
        (text(headline="Keeper gets gates"), {"headline"}),
        (text(headline="Lock keepr wants gates"), {"headline", "typo"}),
        (text(standfirst="The new ones leak."), {"standfirst"}),
        (text(standfirst=None), {"standfirst"}),
        (text(byline=("Bo Ewer",)), {"byline"}),
        (text(byline=()), {"byline"}),
        (text(published_on="2026-03-01"), {"date"}),
        (text(published_on="2026-03-09"), {"date"}),
        (text(*LINES[:3]), {"removed"}),
        (text(*LINES, "The council meets again in two weeks."), {"added"}),
        (
            text(*LINES, "Correction: an earlier version gave a wrong sum."),
            {"correction"},
        ),
        (
            text(*LINES, "Berichtigung: In einer früheren Fassung stand eine Zahl."),
            {"correction"},
        ),
        (text("Nothing of it is left.", "It is another text now."), {"wholesale"}),
    ],
)
def test_what_is_a_revision(after: Text, classes: set[str]) -> None:
    """Each field that changed is told by its class."""
    change = change_of(text(), after)
    assert change.is_revision
    assert classes <= set(change.classes)
    if "wholesale" not in classes and "headline" not in classes:
        assert classes == set(change.classes)


@pytest.mark.parametrize(
    ("old", "new", "classes"),
    [
        ("£12m", "£13m", {"figure"}),
        ("£12m", "£12bn", {"figure"}),
        ("80 years", "eighty-one years", {"figure"}),
        ("Ann Ladle", "Jan Ladle", {"name"}),
        ("Ann Ladle", "Ann Laddle", {"name"}),
        ("expected", "expcted", {"typo"}),
        ("council", "Council", {"typo"}),
        ("on Monday.", "on Monday", {"typo"}),
        ("expected in", "unlikely before", {"wording"}),
        ("long enough", "far too long", {"wording", "quotation"}),
        ("has asked", "asked", {"typo"}),
    ],
)
def test_classes_within_a_sentence(old: str, new: str, classes: set[str]) -> None:
    """A small change is told by what it touches."""
    assert set(edited(old, new).classes) == classes


def test_evidence_holds_the_words_and_their_number() -> None:
    """What went and what came is kept word for word and counted."""
    change = edited("£12m", "£13m")
    (one,) = change.evidence
    assert (one.kind, one.before, one.after) == ("figure", "£12m", "£13m")
    counts = (change.words_added, change.words_removed, change.words_changed)
    assert counts == (1, 1, 1)


def test_capitals_are_a_weak_sign_in_german() -> None:
    """Every noun has one; before a name stands Herr or Frau more surely."""
    before = text("Am Montag hat der Rat über neue Tore beraten.", language="de")
    after = text("Am Montag hat der Rat über neue Zäune beraten.", language="de")
    (one,) = change_of(before, after).evidence
    assert (one.kind, one.sure) == ("name", "weak")
    before = text("Am Montag hat Frau Kelle über Tore beraten.", language="de")
    after = text("Am Montag hat Frau Eimer über Tore beraten.", language="de")
    (one,) = change_of(before, after).evidence
    assert (one.kind, one.sure) == ("name", "likely")


def test_numbers_are_compared_however_they_are_grouped() -> None:
    """A comma, a point or an apostrophe between thousands makes no other number."""
    assert figures(["1,204"]) == figures(["1.204"]) == figures(["1’204"])
    assert figures(["1,5"]) == figures(["1.5"]) != figures(["15"])
    assert not figures(["https://press.example/2026/03/", "&#8211;", "due"])


def test_a_change_of_script_without_spaces_is_told_by_its_signs() -> None:
    """Ideographs are words of their own: one that changed is one word."""
    before = text("水门将在春天更换新的木门，市议会说。", language="zh")
    after = text("水门将在秋天更换新的木门，市议会说。", language="zh")
    change = change_of(before, after)
    assert (change.is_revision, change.words_changed) == (True, 1)


def test_a_correction_with_its_figure_is_both() -> None:
    """A mended number and the notice of it are told apart."""
    note = "Correction: an earlier version of this article gave a wrong figure."
    lines = [line.replace("80 years", "81 years") for line in LINES]
    classes = set(change_of(text(), text(*lines, note)).classes)
    assert classes == {"figure", "correction"}


def test_slips_are_told_from_other_words() -> None:
    """Letters that changed places are a slip, another short word is not."""
    assert is_slip(["teh"], ["the"])
    assert is_slip(["reciept"], ["receipt"])
    assert not is_slip(["now"], ["not"])
    assert not is_slip(["gate"], ["lock"])
    assert distance("gates", "gate", 2) == 1
    assert distance("gate", "locksmith", 2) == 3

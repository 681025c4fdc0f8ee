"""Two texts go in; the words that were kept, removed and added come out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.history.differences import (
    BREAK,
    MOST_PAIRS,
    Run,
    RunKind,
    compare,
    difference,
    tokens,
)
from archive.history.typography import folded, is_same

WORDS = st.lists(
    st.sampled_from(["oak", "gate", "lock", "the", "of", "end.", "水", "門"]),
    min_size=1,
    max_size=12,
)
TEXTS = st.lists(WORDS.map(" ".join), max_size=5)


def told(runs: tuple[Run, ...], *kinds: RunKind) -> list[str]:
    """The keys of the words of runs of some kinds."""
    found = [run for run in runs if run.kind in kinds]
    return [t.key for run in found for t in tokens([run.text]) or ()]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_difference(
    before: list[str], after: list[str]
) -> None:
    """Kept and removed words are the old text, kept and added ones the new."""
    runs = difference(before, after)
    keys = [t.key for t in tokens(before) if t.key != BREAK]
    assert told(runs, "kept", "removed") == keys
    keys = [t.key for t in tokens(after) if t.key != BREAK]
    assert told(runs, "kept", "added") == keys


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: list[str]) -> None:
    """All of its words are kept."""
    assert {run.kind for run in difference(text, text)} <= {"kept"}


def test_runs_name_their_blocks() -> None:
    """A word that changed is told with its block on its own side."""
    runs = difference(["One.", "Two oaks fell."], ["New.", "One.", "Two elms fell."])
    changed = [(r.kind, r.text, r.before, r.after) for r in runs if r.kind != "kept"]
    assert ("removed", "oaks", 1, None) in changed
    assert ("added", "elms", None, 2) in changed
    assert ("added", "New.", None, 0) in changed


def test_a_setting_of_marks_is_shown_only_where_nothing_else_differs() -> None:
    """Curly marks are no other words, unless they are all that changed."""
    assert {run.kind for run in difference(["it's"], ["it’s"])} == {"kept"}
    assert [run.kind for run in compare(["it's"], ["it’s"])] == ["removed", "added"]


def test_a_long_text_with_two_edits_is_compared_by_its_sentences() -> None:
    """In one block of 8,000 words two words far apart are found, and no others."""
    words = [f"w{n}." if n % 20 == 0 else f"w{n}" for n in range(8_000)]
    other = ["new" if n in (100, 7_900) else w for n, w in enumerate(words)]
    assert len(words) ** 2 > MOST_PAIRS
    runs = difference([" ".join(words)], [" ".join(other)])
    assert [r.text for r in runs if r.kind == "removed"] == ["w100.", "w7900."]


def test_two_long_texts_with_nothing_in_common_are_told_whole() -> None:
    """What is too long and too different is not compared word by word."""
    old = [" ".join(f"a{n}" for n in range(2_000))]
    new = [" ".join(f"b{n}" for n in range(2_000))]
    assert [run.kind for run in difference(old, new)] == ["removed", "added"]


def test_white_space_and_settings_say_the_same() -> None:
    """Spaces, soft hyphens and marks that all changed alike change no text."""
    assert is_same("One\u00a0two  three", " One two three")
    assert is_same("gate\u00adkeeper", "gatekeeper")
    assert is_same("“Yes,” it's - he said", '"Yes," it’s – he said')
    assert is_same("Wait...", "Wait…")
    assert folded("a -- b") == folded("a — b")


def test_a_mark_changed_by_hand_says_something() -> None:
    """One apostrophe that changed while others of its kind stayed was edited."""
    assert not is_same("it’s Ann’s", "it's Ann’s")
    assert not is_same("long term", "long-term")

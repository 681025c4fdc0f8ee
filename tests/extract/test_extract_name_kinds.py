"""What a byline's names stand for, and what is left out beside them."""

from __future__ import annotations

import pytest

from pipelines.extract.byline.people import (
    Kind,
    is_given_name,
    is_surely_person,
    kind_of,
    people,
)

JO, BOTH = ("Jo Marsh",), ("Jo Marsh", "Sam Vale")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("AP", "agency"),
        ("The Associated Press", "agency"),
        ("Reuters", "agency"),
        ("REUTERS", "agency"),
        ("dpa", "agency"),
        ("dpa/AFP", "agency"),
        ("AFP Deutschland", "agency"),
        ("Press Association", "agency"),
        ("Anadolu Ajansı", "agency"),
        ("新华社", "agency"),
        ("Quayside News Agency", "agency"),
        ("Staff and agencies", "agency"),
        ("MIA", "agency"),
        ("Mia", "person"),
        ("AP Marsh", "person"),
        ("dpa/Jo Marsh", "person"),
        ("Jo Marsh", "person"),
        ("Jean-Luc O’Marsh", "person"),
        ("jmarsh", "person"),
        ("JM", "person"),
        ("李明", "person"),
        ("Emily Church", "person"),
        ("Quayside Church", "organisation"),
        ("Emily Times", "organisation"),
        ("Quayside Weekly", "organisation"),
        ("Le Quai", "organisation"),
        ("Le Jean", "person"),
        ("Der Kai", "organisation"),
        ("QWN", "organisation"),
        ("quayside.example", "organisation"),
        ("Quayside Weekly.com", "organisation"),
        ("Landesanstalt für Kanäle", "organisation"),
        ("Schleusenverband Nord", "organisation"),
        ("", "person"),
    ],
)
def test_kind_of(name: str, kind: Kind) -> None:
    """Words, codes and a list of agencies tell what a name stands for."""
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("name", "sure"),
    [
        ("Jo Marsh", True),
        ("Jean-Luc Marsh", True),
        ("Quirra Zeltov", False),
        ("Grace Church", False),
        ("Grace Herald", False),
        ("Grace", False),
        ("Grace Senior Reporter", False),
    ],
)
def test_is_surely_person(name: str, sure: bool) -> None:
    """A common given name before a last name makes a person, other words do not."""
    assert is_surely_person(name) is sure


def test_is_given_name() -> None:
    """Given names are known in any spelling of their letters."""
    assert is_given_name("JO")
    assert is_given_name("Zoë")
    assert not is_given_name("Quayside")


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Jo Marsh, MBA, CFA", JO),
        ("By Jo Marsh, Canal Boat Association", JO),
        ("By Jo Marsh, University of Ulm and Sam Vale", BOTH),
        ("By Jo Marsh, AFP", ("Jo Marsh", "AFP")),
        ("Jo Marsh/dpa", ("Jo Marsh", "dpa")),
        ("Von Jo Marsh und dpa", ("Jo Marsh", "dpa")),
        ("det/dpa", ("det", "dpa")),
        ("(AP)", ("AP",)),
        ("Canal Boat Association, Jo Marsh", ("Canal Boat Association", "Jo Marsh")),
    ],
)
def test_what_stands_beside_a_person(byline: str, names: tuple[str, ...]) -> None:
    """Degrees and employers are left out, agencies and other people are kept."""
    assert people([byline], frozenset()) == names


@pytest.mark.parametrize(
    "byline",
    [
        "Jo Marsh Political Correspondent",
        "Jo Marsh Staff Writer",
        "Jo Marsh BBC News",
        "Jo Marsh AP Science Writer",
        "AP Business Writer Jo Marsh",
        "Reporter Jo Marsh",
        "Rechtsanwältin Jo Marsh",
        "Jo Marsh, Marketing and Event Coordinator",
        "Analysis by Jo Marsh",
        "Veröffentlicht von Jo Marsh am 29.12.2026, 13:36 Uhr",
        "durch Jo Marsh",
    ],
)
def test_role_without_a_mark(byline: str) -> None:
    """What an author does is left out, before the name or after it, mark or none."""
    assert people([byline], frozenset()) == JO


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ("Daily Quay Reporter", "Daily Quay Reporter"),
        ("Staff and news service reports", "Staff and news service reports"),
        ("THE ASSOCIATED PRESS", "The Associated Press"),
        ("BBC NEWS", "BBC News"),
        ("Ada (Jones) Marsh", "Ada (Jones) Marsh"),
        ("Ada Marsh (Quayside Weekly)", "Ada Marsh"),
        ("Ada Jones MARSH", "Ada Jones MARSH"),
    ],
)
def test_names_that_stay_whole(byline: str, name: str) -> None:
    """A paper's own reporter, a shared byline and a former name are not cut."""
    assert people([byline], frozenset()) == (name,)


@pytest.mark.parametrize("mark", [" и ", " és ", "、", " sowie ", "; "])
def test_marks_of_other_languages(mark: str) -> None:
    """Other languages' words and marks between two names part them too."""
    assert people([f"Jo Marsh{mark}Sam Vale"], frozenset()) == BOTH

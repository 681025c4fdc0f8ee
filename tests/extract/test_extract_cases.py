"""Saved pages in real sites' structures, with text of our own, come out as expected."""

from __future__ import annotations

import pytest
from facts import facts, known_wrong
from reader import CASES, case

from pipelines.extract import extract

NAMES = sorted(folder.name for folder in CASES.iterdir())
LEAST_CASES = 40


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str) -> None:
    """Every fact that a case states comes out so, but for those known to be wrong.

    A fact that has become right must be taken out of the case's `known_wrong`, so that
    the list can only shrink.
    """
    wrong = {f.name: f for f in facts(name) if not f.right}
    known = known_wrong(name)
    told = [f"{f.name}: expected {f.expected!r}, found {f.found!r}"
            for f in wrong.values() if f.name not in known]  # fmt: skip
    assert not told, "\n".join(told)
    mended = sorted(known - wrong.keys())
    assert not mended, f"right now; take it out of {name}/meta.json: {mended}"


@pytest.mark.parametrize("name", NAMES)
def test_no_address_of_a_case_is_real(name: str) -> None:
    """A case's page says that it came from a host that cannot exist."""
    page, site, _ = case(name)
    host = page.url.split("/")[2]
    assert host.endswith((".example", "example.com"))
    assert extract(page, site) is not None


def test_there_are_enough_cases() -> None:
    """At least forty template families are kept."""
    assert len(NAMES) >= LEAST_CASES

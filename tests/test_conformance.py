"""The conformance suites beside the checkout in; out: no crash, no fall below floors.

The floors are what was reached when they were written; lower them only on purpose.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "conformance"
FLOORS = {
    "structured": 0.98,
    "structured/page": 0.75,
    "encodings": 0.99,
    "dates/strings": 0.99,
    "dates/html": 0.92,
    "feeds": 0.97,
    "sitemaps": 0.98,
    "urls/parse": 1.0,
    "urls/pairs": 1.0,
    "urls/tracking": 1.0,
    "revisions/edits": 0.995,
    "revisions/words": 0.98,
    "revisions/page": 1.0,
    "duplicates": 0.99,
    "duplicates/stories": 0.98,
    "duplicates/made": 0.97,
}
"""Suite name to the least share of scored cases that are right."""


@pytest.fixture(scope="module")
def conformance() -> Iterator[ModuleType]:
    """The measuring program, imported from its file."""
    before = list(sys.path)
    file = ROOT / "benchmarks" / "conformance.py"
    spec = importlib.util.spec_from_file_location("conformance", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    sys.path[:] = before


def test_every_suite_has_a_floor(conformance: ModuleType) -> None:
    """No suite is measured without a floor under it."""
    assert set(conformance.SUITES) == set(FLOORS)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="no measuring data beside the checkout")
@pytest.mark.parametrize("name", FLOORS)
def test_floor(conformance: ModuleType, name: str) -> None:
    """A suite of cases is read without a crash and as well as it was before."""
    suite = conformance.SUITES[name]
    tally = conformance.measure(suite, SHARED, suite.ours)
    assert tally.scored > 0
    assert tally.crashes == 0, tally.misses
    assert tally.right >= FLOORS[name] * tally.scored, tally.misses


def test_an_exception_is_a_crash(conformance: ModuleType) -> None:
    """A judge that raises counts as one crash and one wrong answer."""
    tally = conformance.Tally()

    def judge(case: object) -> bool:
        raise ValueError(case)

    tally.ask(judge, {"id": "one"})
    tally.ask(lambda case: None, {"id": "two"})
    assert (tally.scored, tally.right, tally.crashes) == (1, 0, 1)
    assert "ValueError" in tally.misses[0]

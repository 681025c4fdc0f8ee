"""The measure of copies at scale counts what it says it counts."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture(scope="module")
def duplicates() -> Iterator[ModuleType]:
    """The measuring program, imported from its file."""
    before = list(sys.path)
    spec = importlib.util.spec_from_file_location(
        "benchmarks_duplicates", FOLDER / "duplicates.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    sys.path[:] = before


def test_made_articles_are_the_same_for_a_seed(duplicates: ModuleType) -> None:
    """A seed gives the same articles each time, another one others."""
    first, again, other = (
        list(duplicates.Writer(seed).articles(60)) for seed in (1, 1, 2)
    )
    assert first == again != other
    assert any(one.copy_of for one in first)


def test_made_copies_are_found(
    duplicates: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each size has a row with its made copies, all found, and no wrong pair."""
    given = argparse.Namespace(sizes=[100, 300], measured=200, seed=1)
    duplicates.run(tmp_path / "archive.db", given)
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.startswith("articles")
    for line, size in zip(lines, ("100", "300"), strict=False):
        row = line.split()
        copies, found, wrong = row[5:8]
        assert (row[0], found, wrong) == (size, copies, "0") and int(copies) > 5
    assert lines[-1].startswith("memory")

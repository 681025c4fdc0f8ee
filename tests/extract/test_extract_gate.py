"""Extraction is no worse than `floors.json` says, on our pages and on measured ones.

A floor is lowered only by editing that file on purpose; CONTRIBUTING.md says when.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from facts import facts, known_wrong, leaks
from reader import CASES

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "extraction"
NAMES = sorted(folder.name for folder in CASES.iterdir())
PAGES_A_SET = 36
"""Seven sets of so many pages take about 6 seconds of one core."""
FLOORS: dict[str, Any] = json.loads(
    (Path(__file__).parent / "floors.json").read_text(encoding="utf-8")
)


def measured_cases() -> dict[str, float]:
    """Return the share of cases exactly right in each field, and of furniture lines."""
    right: dict[str, list[bool]] = defaultdict(list)
    for name in NAMES:
        fields: dict[str, bool] = {}
        for fact in facts(name):
            if fact.name.startswith("furniture/"):
                right["furniture"].append(fact.right)
                continue
            field = fact.name.split(".")[0]
            fields[field] = fields.get(field, True) and fact.right
        for field, whole in fields.items():
            right[field].append(whole)
    return {field: sum(marks) / len(marks) for field, marks in right.items()}


def below(floors: Mapping[str, float], measured: Mapping[str, float]) -> list[str]:
    """Return the figures that are under their floor or not measured at all."""
    return [
        f"{name}: {measured.get(name)} is under the floor {floor}"
        for name, floor in floors.items()
        if measured.get(name, -1.0) < floor
    ]


def loaded(path: Path) -> ModuleType:
    """Return a script as a module, without putting its folder on the path."""
    spec = importlib.util.spec_from_file_location(f"gate_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def sample(truth: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a fixed part of every set that has a floor, evenly spread over its ids."""
    chosen: list[dict[str, Any]] = []
    for name in FLOORS["sets"]:
        pages = sorted((t for t in truth if t["dataset"] == name), key=_identity)
        step = max(1, len(pages) // PAGES_A_SET)
        chosen += pages[::step][:PAGES_A_SET]
    return chosen


def _identity(row: dict[str, Any]) -> str:
    return str(row["id"])


def test_cases_are_above_their_floors() -> None:
    """Every field is exactly right in at least the pinned share of our cases."""
    assert below(FLOORS["cases"], measured_cases()) == []


def test_every_stated_field_has_a_floor() -> None:
    """No field that a case states goes without a floor."""
    assert measured_cases().keys() == FLOORS["cases"].keys()


def test_no_furniture_leaks_but_what_is_known() -> None:
    """No line of furniture is in any text, but for those that wait to be mended."""
    found = [(name, line) for name in NAMES for line in leaks(name)]
    new = [(n, x) for n, x in found if f"furniture/{x}" not in known_wrong(n)]
    assert new == []
    assert len(found) <= FLOORS["leaked_at_most"]


def test_a_figure_under_its_floor_or_missing_is_told() -> None:
    """The gate names what is too low and what was not measured."""
    floors = {"a": 0.5, "b": 0.5, "c": 0.5}
    told = below(floors, {"a": 0.5, "b": 0.49})
    assert [line.split(":")[0] for line in told] == ["b", "c"]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="no measuring data beside the checkout")
def test_measured_pages_are_above_their_floors() -> None:
    """On a fixed sample of every measured set each figure is at least its floor.

    Every page is cut by itself, without what other pages of its site teach.
    """
    benchmark = loaded(ROOT / "benchmarks" / "extraction.py")
    score = loaded(SHARED / "score.py")
    truth = sample(score.load(SHARED / "dev" / "truth.jsonl"))
    wanted = {row["id"] for row in truth}
    tasks = [task for task in benchmark.tasks_in(SHARED / "dev") if task.id in wanted]
    cuts = [{"id": t.id, **benchmark.fields(benchmark.cut(t).article)} for t in tasks]
    table, _ = score.score(truth, cuts)
    told = {
        name: below(floors, {k: v for k, v in table[name].items() if v is not None})
        for name, floors in FLOORS["sets"].items()
    }
    assert not any(told.values()), json.dumps(told, indent=2)

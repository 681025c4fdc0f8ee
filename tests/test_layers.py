"""Imports go one way: demo and archive know nobody, the command line knows all."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("archive", "cli", "crawler", "demo", "pipelines", "benchmarks", "tests")
ALLOWED: dict[str, tuple[str, ...]] = {
    "archive": ("archive",),
    "demo": ("demo",),
    "crawler": ("crawler", "archive"),
    "pipelines": (
        "pipelines",
        "archive",
        "crawler.items",
        "crawler.lists",
        "crawler.sites",
        "crawler.urls",
        "crawler.errors",
    ),
}
MODULES = [
    path for package in ALLOWED for path in sorted((ROOT / package).rglob("*.py"))
]


def imported(path: Path) -> set[str]:
    """The dotted names of ours that a module imports, wherever in it."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1])
            module = f"{base}.{node.module}" if node.level else node.module or ""
            found.update(f"{module}.{alias.name}" for alias in node.names)
    return {name for name in found if name.split(".")[0] in OURS}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_imports_only_what_its_package_may(path: Path) -> None:
    """Each module imports its own package and those below it, nothing else of ours."""
    allowed = ALLOWED[path.relative_to(ROOT).parts[0]]
    wrong = {
        name
        for name in imported(path)
        if not any(name == one or name.startswith(one + ".") for one in allowed)
    }
    assert wrong == set()


def test_every_package_has_a_rule() -> None:
    """A new package of ours cannot escape these rules unnoticed."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages == {*ALLOWED, "cli"}


def test_settings_name_pipelines_by_string_only() -> None:
    """The crawler reaches the pipelines through Scrapy's settings, by dotted name."""
    settings = (ROOT / "crawler" / "settings.py").read_text(encoding="utf-8")
    assert '"pipelines.store.StoreStage"' in settings
    assert not {n for n in imported(ROOT / "crawler/settings.py") if "pipelines" in n}

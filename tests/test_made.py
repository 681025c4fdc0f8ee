"""The names of what cuts pages: they change with the rules and the profile, only."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from command import ROOT, environment

from crawler.sites.profile import DatedSelectors, Profile
from pipelines import made
from pipelines.made import RULES, VERSION, _rules, extractor, profile_digest

CUTTING = (
    "pipelines.extract.cut",
    "pipelines.grounds",
    "pipelines.join",
    "pipelines.copies.signature",
    "pipelines.flat.again",
)
"""What cuts pages and texts."""
NO_RULES = {
    "archive.articles",
    "archive.history.changed",
    "archive.history.changes",
    "archive.stories.copy_index",
    "archive.due",
    "archive.errors",
    "archive.links",
    "archive.memory",
    "archive.names",
    "archive.identity.succession",
    "archive.warc.torn",
    "crawler.errors",
    "pipelines.draft",
    "pipelines.errors",
}
"""Imported there for their types, or where the database is written."""
PROFILE = Profile(name="kettle", title="Kettle", home="https://kettle.example/")


def test_every_module_that_cuts_is_in_the_digest() -> None:
    """A rule that is added in a new place changes the extractor's name too."""
    code = (
        "import importlib, sys\n"
        f"for name in {CUTTING!r}: importlib.import_module(name)\n"
        "print(*(n for n, m in sys.modules.items() if getattr(m, '__file__', None)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=environment(),
        check=True,
    ).stdout.split()
    ours = {n for n in told if n.split(".")[0] in ("archive", "crawler", "pipelines")}
    folders = {str(Path(*n.split("."))) for n in ours}
    files = {name.removesuffix(".py") for name, _ in _rules(ROOT)}
    bare = {f for f in folders if (ROOT / f / "__init__.py").exists()}
    assert {f.replace("/", ".") for f in folders - bare - files} <= NO_RULES


def test_all_rules_are_there() -> None:
    """No file that the digest is made of has been moved or emptied."""
    assert all((ROOT / rule).exists() for rule in RULES)
    suffixes = {Path(name).suffix for name, _ in _rules(ROOT)}
    assert {".py", ".toml", ".txt"} <= suffixes


def test_the_version_is_the_projects() -> None:
    """What a revision names is a version that was released."""
    stated = re.search(
        r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.M
    )
    assert stated is not None and stated[1] == VERSION
    assert re.fullmatch(rf"cuttings {re.escape(VERSION)}\+[0-9a-f]{{10}}", extractor())


@pytest.mark.parametrize(
    ("file", "content", "changes"),
    [
        ("pipelines/extract/cut.py", b"rule = 2\n", True),
        ("pipelines/extract/kinds/genre.toml", b"word = 2\n", True),
        ("pipelines/extract/cut.py", b"rule = 1\r\n", False),
        ("pipelines/extract/__pycache__/cut.pyc", b"compiled", False),
        ("pipelines/settle.py", b"rule = 2\n", False),
    ],
)
def test_the_name_changes_with_the_rules(
    file: str,
    content: bytes,
    changes: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A rule or a word list gives another name; line ends and other files do not."""
    for rule in RULES:
        path = tmp_path / rule
        path = path if path.suffix else path / "cut.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"rule = 1\n")
    monkeypatch.setattr(made, "ROOT", tmp_path)
    before = extractor.__wrapped__()
    changed = tmp_path / file
    changed.parent.mkdir(parents=True, exist_ok=True)
    changed.write_bytes(content)
    assert (extractor.__wrapped__() != before) is changes
    shutil.rmtree(tmp_path / "pipelines")


@pytest.mark.parametrize(
    ("changed", "counts"),
    [
        ({"selectors": {"headline": ("h1",)}}, True),
        ({"selectors": {"headline": ()}}, False),
        ({"removals": (".ad",)}, True),
        ({"timezone": "Europe/London"}, True),
        ({"language": "en-gb"}, True),
        ({"title": "Kettle & Lid"}, True),
        (
            {
                "dated": (
                    DatedSelectors(until=date(2020, 1, 1), selectors={"body": ("p",)}),
                )
            },
            True,
        ),
        ({"feeds": ("https://kettle.example/feed",)}, False),
        ({"delay_seconds": 9.0, "max_pages": 3, "source": "me"}, False),
    ],
)
def test_a_profile_is_named_by_what_cuts(
    changed: dict[str, object], counts: bool
) -> None:
    """Selectors and zone make another digest, routes and delays do not."""
    other = replace(PROFILE, **changed)  # type: ignore[arg-type]
    assert (profile_digest(other) != profile_digest(PROFILE)) is counts


def test_the_order_of_selectors_counts_and_that_of_fields_does_not() -> None:
    """The first selector that finds anything decides; fields have no order."""
    one = replace(PROFILE, selectors={"headline": ("h1", "h2"), "body": ("main",)})
    turned = replace(PROFILE, selectors={"body": ("main",), "headline": ("h1", "h2")})
    swapped = replace(PROFILE, selectors={"headline": ("h2", "h1"), "body": ("main",)})
    assert profile_digest(one) == profile_digest(turned) != profile_digest(swapped)

"""A command line goes in; the real command, as a process of its own, comes out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from press import Press

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 120
"""So long no test takes; a command that hangs fails with it."""


def environment(**more: str) -> dict[str, str]:
    """The environment without what an operator may have set, and with what is given."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CUTTINGS_")}
    return {**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "100", **more}


def cuttings(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `cuttings` to its end; keyword arguments are environment variables."""
    return subprocess.run(
        [sys.executable, "-m", "cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=environment(**more),
        timeout=SECONDS,
        check=False,
    )


def start(*arguments: object, **more: str) -> subprocess.Popen[str]:
    """Start `cuttings` in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "cli", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**more),
        start_new_session=True,
    )


def scrapy(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `scrapy` in the project's folder to its end."""
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(**more),
        timeout=SECONDS,
        check=False,
    )


PROFILE = """
title = "{name}"
home = "{home}"
verified = false
source = "made up for a test"
delay_seconds = {delay}
[routes]
feeds = ["/feed"]
"""


def write_profile(folder: Path, name: str, site: Press, delay: float = 0.0) -> None:
    """Write a profile of a publication."""
    folder.mkdir(exist_ok=True)
    text = PROFILE.format(name=name.title(), home=site.url(), delay=delay)
    (folder / f"{name}.toml").write_text(text)

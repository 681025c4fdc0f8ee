"""Real pages imported from a WARC file come out as if they had been crawled."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from command import environment

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT.parent / "shared" / "extraction" / "dev"
SECONDS = 280


@pytest.mark.shared
@pytest.mark.skipif(not PAGES.is_dir(), reason=f"{PAGES} is not here")
def test_imported_pages_are_as_crawled_ones() -> None:
    """Every field of 60 articles, their addresses and outcomes are the same."""
    command = [sys.executable, "benchmarks/warc.py", str(PAGES), "--pages", "60"]
    ran = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.endswith("0 differences {}\n")
    assert ran.stdout.startswith("60 pages of ")

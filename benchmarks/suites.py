"""What every conformance suite is made of: cases, a judge for each program, a tally."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Case = dict[str, Any]
Verdict = bool | None
"""Whether an answer is right; None where the case is not scored."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Suite:
    """One folder's cases and who answers them."""

    cases: Callable[[Path], Iterator[Case]]
    ours: Callable[[Case], Verdict]
    usual: str
    """Name of the usual library."""
    theirs: Callable[[Case], Verdict]


@dataclass(kw_only=True, slots=True)
class Tally:
    """What became of the cases of one suite for one program."""

    scored: int = 0
    right: int = 0
    crashes: int = 0
    seconds: float = 0.0
    misses: list[str] = field(default_factory=list)

    def ask(self, judge: Callable[[Case], Verdict], case: Case) -> None:
        """Put one case to a program and count what comes of it."""
        began = time.process_time()
        try:
            verdict = judge(case)
        except Exception as error:  # any exception is what is counted here
            self.crashes += 1
            verdict = False
            case = {**case, "crash": repr(error)[:200]}
        self.seconds += time.process_time() - began
        if verdict is None:
            return
        self.scored += 1
        self.right += verdict
        if not verdict:
            self.misses.append(_label(case))


def _label(case: Case) -> str:
    """Return what names a case in the list of misses."""
    name = case.get("id") or case.get("file")
    shown = {
        k: case[k] for k in ("text", "url", "date", "expected", "crash") if k in case
    }
    return f"{name} {json.dumps(shown, ensure_ascii=False)[:300]}"


def rows(path: Path) -> Iterator[Case]:
    """Yield the cases of a file of JSON lines, each with the folder it lies in."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield {**json.loads(line), "folder": path.parent}


def page_bytes(case: Case) -> bytes:
    """Return the bytes of the page that a case names."""
    path = case["folder"] / case["file"]
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data

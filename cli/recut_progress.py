"""Captures that have been cut go in; a bar or lines on standard error come out."""

from __future__ import annotations

import time
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from cli.progress import LINE_SECONDS, say


class Rate(ProgressColumn):
    """Captures a second."""

    def render(self, task: Task) -> Text:
        """Show the speed of the last seconds."""
        return Text(f"{task.speed:.0f}/s" if task.speed else "")


class RecutProgress:
    """Shows how far a re-extraction is; use as a context manager.

    Args:
        quiet: Show nothing, for --json.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self._stack = ExitStack()
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            Rate(),
            TimeRemainingColumn(),
            console=console,
        )
        self._is_live = console.is_terminal and not quiet
        self._task = self._bar.add_task("captures", total=None)
        self._total = self._done = 0
        self._began = self._told = time.monotonic()

    def __enter__(self) -> Self:
        if self._is_live:
            self._stack.enter_context(self._bar)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def begun(self, site: str, captures: int) -> None:
        """Hear of the next site; without a name, of all together."""
        if not site:
            self._total, self._began = captures, time.monotonic()
            self._bar.update(self._task, total=captures)
        elif captures:
            self._bar.update(self._task, description=site)

    def learning(self, site: str) -> None:
        """Hear that memory learns from a site's cuts."""
        self._bar.update(self._task, description=f"{site}: learning from its cuts")

    def cut(self) -> None:
        """Hear of one more capture."""
        self._done += 1
        self._bar.update(self._task, advance=1)
        now = time.monotonic()
        if not self.quiet and not self._is_live and now - self._told >= LINE_SECONDS:
            self._told = now
            say(line(self._done, self._total, now - self._began))


def line(done: int, total: int, seconds: float) -> str:
    """How far a run is, how fast, and how long it will take yet."""
    rate = done / seconds if seconds else 0.0
    left = (total - done) / rate if rate else 0.0
    span = f"{left / 60:.0f} min" if left >= 90 else f"{left:.0f} s"
    return f"{done} of {total} captures, {rate:.1f}/s, about {span} left"

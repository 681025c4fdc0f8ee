"""Steps of a long command go in; a bar or plain lines on standard error come out."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

LINE_SECONDS = 10.0
"""Between two plain lines where standard error is no terminal."""
DRAWN_SECONDS = 0.1
"""Between two pictures of the bar."""


class Bar:
    """Shows how far a command has come; use as a context manager.

    Args:
        quiet: Show nothing, for --json.
        console: Where the bar is drawn; standard error where none is given.
        line_seconds: Between two plain lines.
    """

    def __init__(
        self,
        *,
        quiet: bool = False,
        console: Console | None = None,
        line_seconds: float = LINE_SECONDS,
    ) -> None:
        console = console or Console(stderr=True)
        self._line_seconds = line_seconds
        self._quiet = quiet
        self._is_live = console.is_terminal and not quiet
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._tasks: dict[str, TaskID] = {}
        self._told = self._drawn = time.monotonic()

    def __enter__(self) -> Self:
        if self._is_live:
            self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._is_live:
            self._progress.stop()

    def show(self, what: str, done: int, of: int) -> None:
        """Show how much of how much is done; of 0 where that is not known."""
        if self._is_live:
            self._draw(what, done, of)
        elif not self._quiet and time.monotonic() - self._told >= self._line_seconds:
            self._told = time.monotonic()
            click.echo(f"{what}: {done} of {of}" if of else what, err=True)
            sys.stderr.flush()

    def say(self, line: str) -> None:
        """Print a line on standard output, above the bar."""
        if self._is_live:
            self._progress.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(line)

    def _draw(self, what: str, done: int, of: int) -> None:
        task = self._tasks.get(what)
        if task is None:
            for old in self._tasks.values():
                self._progress.update(old, visible=False)
            task = self._progress.add_task(what, total=of or None)
            self._tasks[what] = task
        elif done < of and time.monotonic() - self._drawn < DRAWN_SECONDS:
            return
        self._drawn = time.monotonic()
        self._progress.update(task, completed=done, total=of or None)

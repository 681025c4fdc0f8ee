"""Counts of a running crawl go in; a live table or lines on standard error come out."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.live import Live
from rich.table import Table

from cli.plan import Tally

LINE_SECONDS = 10.0
"""Between two plain lines where standard error is no terminal."""
MOST_ROWS = 30
MOST_PROBLEMS = 5
STOPPING = "stopping; Ctrl-C again ends without waiting for pages under way"
COLUMNS = ("found", "fetched", "stored", "rejected", "errors")


class Progress:
    """Shows a run; use as a context manager.

    Args:
        quiet: Show nothing, for --json.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self._told: set[str] = set()
        self._tallies: Sequence[Tally] = ()
        self._last_line = time.monotonic()
        console = Console(stderr=True)
        self._live = Live(console=console, auto_refresh=False)
        self._is_live = console.is_terminal and not quiet

    def __enter__(self) -> Self:
        if self._is_live:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._is_live:
            self._live.stop()
            self._problems()

    def show(self, tallies: Sequence[Tally]) -> None:
        """Show the counts as they stand."""
        self._tallies = tallies
        if any(tally.state == "stopping" for tally in tallies):
            self._tell_stopping()
        if self.quiet:
            return
        if self._is_live:
            self._live.update(table(tallies), refresh=True)
        else:
            self._lines(tallies)

    def _tell_stopping(self) -> None:
        if STOPPING not in self._told:
            self._told.add(STOPPING)
            self._live.console.print(STOPPING, highlight=False)

    def _problems(self) -> None:
        """What the table has no room for: the first problems of each site."""
        for tally in self._tallies:
            for problem in tally.problems[:MOST_PROBLEMS]:
                say(f"{tally.site}: {problem}")

    def _lines(self, tallies: Sequence[Tally]) -> None:
        for tally in tallies:
            ended = tally.state in ("finished", "stopped", "failed")
            if ended and tally.site not in self._told:
                self._told.add(tally.site)
                say(f"{tally.site}: {tally.state}, {counts(tally)}")
                for problem in tally.problems[:MOST_PROBLEMS]:
                    say(f"  {problem}")
        if time.monotonic() - self._last_line >= LINE_SECONDS:
            self._last_line = time.monotonic()
            total = total_of(tallies)
            running = sum(t.state == "crawling" for t in tallies)
            say(f"{running} of {len(tallies)} sites crawling, {counts(total)}")


def say(line: str) -> None:
    """Print a line on standard error."""
    click.echo(line, err=True)
    sys.stderr.flush()


def counts(tally: Tally) -> str:
    """One site's counts in a line."""
    parts = [f"{getattr(tally, name)} {name}" for name in COLUMNS]
    if tally.known:
        parts.insert(1, f"{tally.known} known")
    return f"{', '.join(parts)}, {tally.rate:.1f} pages/s"


def total_of(tallies: Sequence[Tally]) -> Tally:
    """All sites together."""
    total = Tally(site="all", title="All sites", state="")
    for name in (*COLUMNS, "known"):
        setattr(total, name, sum(getattr(tally, name) for tally in tallies))
    total.seconds = max((tally.seconds for tally in tallies), default=0.0)
    return total


def table(tallies: Sequence[Tally]) -> Table:
    """The live table: running and ended sites, those still waiting as a count."""
    shown = [t for t in tallies if t.state != "waiting"]
    grid = Table(title=None, pad_edge=False)
    shown.sort(key=lambda tally: tally.state in ("crawling", "stopping"))
    grid.add_column("site", no_wrap=True, max_width=28)
    grid.add_column("state")
    for name in (*COLUMNS, "known", "pages/s"):
        grid.add_column(name, justify="right")
    for tally in shown[-MOST_ROWS:]:
        grid.add_row(*cells(tally))
    if len(tallies) > 1:
        grid.add_section()
        grid.add_row(*cells(total_of(tallies)))
    waiting = len(tallies) - len(shown)
    if waiting:
        grid.caption = f"{waiting} more waiting"
    return grid


def cells(tally: Tally) -> list[str]:
    """One row of the live table."""
    numbers = [str(getattr(tally, name)) for name in (*COLUMNS, "known")]
    return [tally.site, tally.state, *numbers, f"{tally.rate:.1f}"]

"""Counts of a running crawl go in; a live table or lines on standard error come out."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.live import Live
from rich.table import Table

from cli.plan import Tally

LINE_SECONDS = 10.0
"""Between two plain lines where standard error is no terminal."""
MOST_ROWS = 30
MOST_PROBLEMS = 5
WIDE = 100
"""Characters in a line from which on the table has all its columns."""
LONGEST_STATE = "finished"
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
            width = self._live.console.width
            self._live.update(table(tallies, width=width), refresh=True)
        else:
            self._lines(tallies)

    def _tell_stopping(self) -> None:
        if STOPPING not in self._told:
            self._told.add(STOPPING)
            self._live.console.print(STOPPING, highlight=False)

    def _problems(self) -> None:
        """What the table has no room for: the first problems of each site."""
        for tally in self._tallies:
            for line in told(tally):
                say(f"{tally.site}: {line}")

    def _lines(self, tallies: Sequence[Tally]) -> None:
        for tally in tallies:
            ended = tally.state in ("finished", "stopped", "failed")
            if ended and tally.site not in self._told:
                self._told.add(tally.site)
                say(f"{tally.site}: {tally.state}, {counts(tally)}")
                for line in told(tally):
                    say(f"  {line}")
        if time.monotonic() - self._last_line >= LINE_SECONDS:
            self._last_line = time.monotonic()
            total = total_of(tallies)
            running = sum(t.state == "crawling" for t in tallies)
            say(f"{running} of {len(tallies)} sites crawling, {counts(total)}")


def told(tally: Tally) -> list[str]:
    """What the counts cannot say: problems, failed pages, routes without news."""
    unchanged = unchanged_routes(tally)
    return [
        *tally.problems[:MOST_PROBLEMS],
        *tally.failures[:MOST_PROBLEMS],
        *([unchanged] if unchanged else []),
    ]


def unchanged_routes(tally: Tally) -> str:
    """That routes had nothing new, so that few pages found are no sign of a fault."""
    if not tally.unchanged_routes:
        return ""
    return f"{tally.unchanged_routes} of {tally.routes} routes unchanged (304)"


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


def table(tallies: Sequence[Tally], *, width: int = WIDE) -> Table:
    """The live table: running and ended sites, those still waiting as a count.

    Args:
        tallies: The counts.
        width: Characters in a line; where they are few, some columns are left out.
    """
    shown = [t for t in tallies if t.state != "waiting"]
    grid = Table(title=None, pad_edge=False, box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    shown.sort(key=lambda tally: tally.state in ("crawling", "stopping"))
    names = COLUMNS if width < WIDE else (*COLUMNS, "known", "pages/s")
    grid.add_column("site", no_wrap=True, min_width=8, max_width=28, ratio=1)
    for name in ("state", *names):
        least = max(len(name), len(LONGEST_STATE) if name == "state" else 6)
        grid.add_column(
            name,
            justify="left" if name == "state" else "right",
            no_wrap=True,
            min_width=least,
        )
    for tally in shown[-MOST_ROWS:]:
        grid.add_row(*cells(tally, names))
    if len(tallies) > 1:
        grid.add_section()
        grid.add_row(*cells(total_of(tallies), names))
    waiting = len(tallies) - len(shown)
    if waiting:
        grid.caption = f"{waiting} more waiting"
    return grid


def cells(tally: Tally, names: Sequence[str]) -> list[str]:
    """One row of the live table: site, state and these columns."""
    rate = f"{tally.rate:.1f}"
    numbers = [
        rate if name == "pages/s" else str(getattr(tally, name)) for name in names
    ]
    return [tally.site, tally.state, *numbers]

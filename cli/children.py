"""A command line goes in; a process that never outlives this one comes out.

A terminal sends Ctrl-C to every process in the foreground, a service manager sends
SIGTERM to one: the children are put out of the terminal's reach, and told by us.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from cli.options import EXIT_STOPPED

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What ends a command: Ctrl-C, a service manager, a terminal that is closed."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Have every signal in STOPS raise KeyboardInterrupt, save where it is ignored."""
    before = {one: signal.getsignal(one) for one in STOPS}
    heard = [one for one, handler in before.items() if handler is not signal.SIG_IGN]
    for one in heard:
        signal.signal(one, _interrupt)
    try:
        yield
    finally:
        for one in heard:
            signal.signal(one, before[one])


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


@contextmanager
def child(
    module: str, arguments: Sequence[str], *, quiet: bool = False
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a module of this Python beside us; it is ended when the block is left."""
    told = subprocess.DEVNULL if quiet else None
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", module, *arguments],
        stdout=told,
        stderr=told,
        process_group=0,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait()


def patiently(process: subprocess.Popen[bytes]) -> int:
    """Wait for a process; each signal to stop is handed on, and it ends by itself.

    Returns:
        Its exit code; EXIT_STOPPED too where it was told to stop when it was done, or
        so late that it could no longer end in order.
    """
    is_told = False
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            is_told = True
            process.send_signal(signal.SIGINT)
        else:
            return EXIT_STOPPED if is_told and code <= 0 else code

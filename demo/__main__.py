"""A command line in, running titles or a file of ground truth out."""

from __future__ import annotations

import argparse
import sys
import threading
from pathlib import Path

from demo.model import PHASES
from demo.moving import ANSWERS, ERAS, MOVING, Move, UnknownMoveError, write_moves
from demo.publisher import DemoPublisher
from demo.truth import write_truth


def main(arguments: list[str] | None = None) -> int:
    """Serve the titles until Ctrl-C, or write the truth; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        move = _move(options)
    except UnknownMoveError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if options.truth and move:
        count = write_moves(options.truth, move)
        sys.stdout.write(f"{count} lines in {options.truth}\n")
        return 0
    if options.truth:
        count = write_truth(options.truth, options.phase)
        sys.stdout.write(f"{count} lines in {options.truth}\n")
        return 0
    try:
        _serve(options, move)
    except OSError as error:
        sys.stderr.write(f"cannot serve: {error}; try another --port-base\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _move(options: argparse.Namespace) -> Move | None:
    if not options.eras:
        return None
    return Move(eras=tuple(options.eras.split(",")), answers=options.answers)


def _serve(options: argparse.Namespace, move: Move | None) -> None:
    port = options.port_base
    with DemoPublisher(options.phase, port_base=port, move=move) as publisher:
        for site in publisher.sites:
            sys.stdout.write(f"{site.name:<10} {site.base_url}/  {site.title}\n")
        if options.profiles:
            publisher.profiles(options.profiles)
            sys.stdout.write(f"profiles in {options.profiles}\n")
        sys.stdout.write("Ctrl-C stops\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            sys.stdout.write("stopped\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m demo", description="A made-up trade press on 127.0.0.1."
    )
    parser.add_argument(
        "--port-base",
        type=int,
        default=0,
        help="port of the first title, the others follow; 0 takes free ones",
    )
    parser.add_argument("--phase", choices=PHASES, default="first")
    parser.add_argument(
        "--eras",
        metavar="ERA,ERA",
        help=f"content systems that {MOVING} has had so far, of {', '.join(ERAS)}; "
        "the last one is served, and --truth then writes where its articles moved to",
    )
    parser.add_argument(
        "--answers",
        choices=ANSWERS,
        default=ANSWERS[0],
        help="what addresses of earlier systems answer",
    )
    parser.add_argument(
        "--profiles", type=Path, metavar="FOLDER", help="write site profiles there"
    )
    parser.add_argument(
        "--truth", type=Path, metavar="FILE", help="write JSON Lines and stop"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())

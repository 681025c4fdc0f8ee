"""`cuttings captures`: an archive goes in; whether its captures are whole comes out."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import click

from archive.database import captures_folder, open_for_reading
from archive.warc.verify import Fault, Tally
from archive.warc.verify import verify as faults_of
from cli.bar import Bar
from cli.counted import counted
from cli.options import (
    EXIT_FAILED,
    EXIT_USAGE,
    db_option,
    json_option,
    stop,
    told_errors,
)


@click.group()
def captures() -> None:
    """Look after the bytes that servers sent."""


@captures.command()
@db_option
@click.option("--site", help="Only this site's captures, and nothing between them.")
@json_option
def verify(db: Path, site: str | None, as_json: bool) -> None:
    """Read every capture back, and every WARC file from end to end.

    A record's checksum, its payload's digest, its address, time and status must be what
    its row says, and each file must hold all that the archive expects of it: one
    changed byte is found. Whole records that no row points at, and a last record that a
    killed run left unfinished, are told and are no faults. It only reads, and can be
    done while a crawl writes.

    The exit code is 1 if anything is damaged or missing. A damaged capture costs
    nothing that was cut out of it: its article stays, but cannot be cut again.

    \b
    Examples:
      cuttings captures verify
      cuttings captures verify --site publictechnology --json
    """
    tally = Tally()
    with told_errors(), closing(open_for_reading(db)) as connection:
        if site is not None:
            known = [
                str(row[0]) for row in connection.execute("SELECT name FROM sites")
            ]
            if site not in known:
                names = ", ".join(known) or "none"
                stop(f"the archive has no site {site!r}, only: {names}", EXIT_USAGE)
        with Bar(quiet=as_json) as bar:
            found = faults_of(
                connection,
                captures_folder(db.resolve()),
                site=site,
                tally=tally,
                told=partial(bar.show, "verifying"),
            )
            faults = list(shown(found, bar, quiet=as_json))
    if as_json:
        click.echo(json.dumps(summary(tally, faults), indent=2, ensure_ascii=False))
    else:
        tell(tally, faults)
    sys.exit(EXIT_FAILED if faults else 0)


def shown(faults: Iterable[Fault], bar: Bar, *, quiet: bool) -> Iterator[Fault]:
    """Tell each fault as soon as it is found."""
    for fault in faults:
        if not quiet:
            bar.say(str(fault))
        yield fault


def summary(tally: Tally, faults: list[Fault]) -> dict[str, Any]:
    """What was found, for --json."""
    counts = dataclasses.asdict(tally)
    return {**counts, "faults": [dataclasses.asdict(fault) for fault in faults]}


def tell(tally: Tally, faults: list[Fault]) -> None:
    """Print the sum."""
    click.echo(
        f"{counted(tally.captures, 'captures')} in {counted(tally.files, 'files')} read"
    )
    if tally.not_indexed:
        click.echo(f"{tally.not_indexed:,} whole records that no row points at")
    for name in tally.torn:
        click.echo(f"{name} ends with an unfinished record; the next crawl cuts it off")
    lost = sum(fault.captures for fault in faults)
    if faults:
        click.echo(f"{len(faults):,} faults, {lost:,} captures cannot be read back")
    else:
        click.echo("no fault was found")

"""`cuttings check`: an archive goes in, what is wrong with it comes out."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from archive.check import Depth, Report, repair_index
from archive.check import check as look
from archive.checks.faults import Fault
from cli.bar import Bar
from cli.counted import counted
from cli.options import EXIT_FAILED, db_option, json_option, told_errors


@click.command()
@db_option
@click.option(
    "--quick",
    is_flag=True,
    help="Leave out what reads every text and every capture; seconds, not minutes.",
)
@click.option(
    "--captures/--no-captures",
    default=None,
    help="Read every capture back, or none; done unless --quick is given.",
)
@click.option(
    "--repair-index",
    is_flag=True,
    help="Build the search index anew from the texts first; nothing else is written.",
)
@json_option
def check(
    db: Path, quick: bool, captures: bool | None, repair_index: bool, as_json: bool
) -> None:
    """Look for anything that is wrong with the archive.

    Checked are the file's pages, its schema and keys, what the tables must agree on
    (articles and their texts, addresses, crawls and their counts, copies and stories),
    the search index word for word, and that every capture can be read back.

    Nothing is written, and a crawl may go on meanwhile: what it has not acknowledged
    is no fault. Each fault is told with the rows that have it, what it means and what
    to do. The exit code is 1 if there is any; what is only worth knowing is told as a
    note and changes nothing.

    \b
    Examples:
      cuttings check --quick
      cuttings check --db /backup/cuttings/archive.db
      cuttings check --repair-index
    """
    depth = Depth(quick=quick, captures=not quick if captures is None else captures)
    with told_errors():
        if repair_index:
            rebuilt(db, quiet=as_json)
        with Bar(quiet=as_json) as bar:
            report = look(db, depth, bar.show)
    if as_json:
        click.echo(json.dumps(as_data(report, depth), indent=2, ensure_ascii=False))
    else:
        show(report, depth)
    sys.exit(EXIT_FAILED if report.damage else 0)


def rebuilt(db: Path, *, quiet: bool) -> None:
    """Build the search index anew and say so."""
    repair_index(db)
    click.echo("the search index was built anew", err=quiet)


def as_data(report: Report, depth: Depth) -> dict[str, object]:
    """A report for --json."""
    return {
        "clean": not report.damage,
        "quick": depth.quick,
        "captures": depth.captures,
        "rows": report.sizes,
        "faults": [asdict(one) for one in report.faults],
    }


def show(report: Report, depth: Depth) -> None:
    """Print what was found."""
    for fault in report.faults:
        tell(fault)
    sizes = ", ".join(counted(count, name) for name, count in report.sizes.items())
    left_out = ["what is in the texts and the search index"] if depth.quick else []
    left_out += [] if depth.captures else ["the captures' bytes"]
    click.echo(f"{sizes}; not looked at: {', '.join(left_out) or 'nothing'}")
    count = len(report.damage)
    click.echo("clean" if not count else f"kinds of fault: {count}")


def tell(fault: Fault) -> None:
    """Print one fault: what, where, what it means, what to do."""
    sort = "fault" if fault.is_damage else "note"
    click.echo(f"{sort}: {fault.kind}: {fault.count} in {fault.table}")
    more = f" and {fault.count - len(fault.rows)} more"
    click.echo(
        f"  {'; '.join(fault.rows)}{more if fault.count > len(fault.rows) else ''}"
    )
    click.echo(f"  {fault.meaning}")
    click.echo(f"  to do: {fault.remedy}")

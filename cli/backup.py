"""`cuttings backup`: an archive goes in, a whole copy of it in a folder comes out."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from archive.backups.backup import Backup, back_up
from cli.bar import Bar
from cli.counted import counted
from cli.options import db_option, json_option, told_errors

MEGABYTE = 1_000_000


@click.command()
@click.argument(
    "folder", metavar="DEST", type=click.Path(file_okay=False, path_type=Path)
)
@db_option
@click.option(
    "--no-captures",
    is_flag=True,
    help="Copy the database alone; its pages cannot be cut again from such a backup.",
)
@json_option
def backup(folder: Path, db: Path, no_captures: bool, as_json: bool) -> None:
    """Copy the archive into the folder DEST, while a crawl may go on.

    DEST gets archive.db and captures/, a whole archive of one moment: every command
    reads it with --db DEST/archive.db. The next backup into the same DEST copies only
    what is new. The backup that is there stays whole until the new one is; a run that
    fails, or is killed, leaves it as it was.

    Full WARC files are hard-linked where DEST is on the archive's own file system:
    that costs nothing, and saves nothing from a broken disk. Choose another disk.

    A backup that has captures which the archive has not is never replaced: it is of
    another archive, or of this one before something was lost.

    \b
    Examples:
      cuttings backup /mnt/backup/cuttings
      cuttings check --db /mnt/backup/cuttings/archive.db
    """
    with told_errors(), Bar(quiet=as_json) as bar:
        made = back_up(db, folder, with_captures=not no_captures, told=bar.show)
    if as_json:
        facts = {**asdict(made), "path": str(made.path)}
        click.echo(json.dumps(facts, indent=2, ensure_ascii=False))
    else:
        click.echo(told(made))


def told(made: Backup) -> str:
    """What a backup came to, in a line."""
    parts = [
        counted(made.articles, "articles"),
        f"database {megabytes(made.database_bytes)}",
    ]
    if made.captures is None:
        parts.append("no captures")
    else:
        found = made.captures
        new = f"{found.copied} copied ({megabytes(found.copied_bytes)})"
        parts.append(
            f"{counted(found.files, 'WARC files')}: {new}, {found.linked} linked"
        )
    return f"{made.path}: {', '.join(parts)}"


def megabytes(size: int) -> str:
    """A number of bytes, for a person."""
    return f"{size / MEGABYTE:.1f} MB"

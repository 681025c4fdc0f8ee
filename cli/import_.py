"""`cuttings import`: texts that somebody has go in, archived articles come out."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import click

from archive.database import open_for_reading
from archive.imports import furniture, headlines
from archive.write import Archive
from cli.import_warc import warc
from cli.options import (
    EXIT_FAILED,
    EXIT_USAGE,
    db_option,
    json_option,
    log_to_stderr,
    sites_option,
    stop,
    told_errors,
    verbose_option,
)
from crawler.sites.load import load_all
from crawler.sites.profile import Profile
from crawler.urls import canonical
from pipelines.extract.picture.pictures import Picture
from pipelines.flat.formats import FORMATS
from pipelines.flat.importing import Import, Outcome, why
from pipelines.flat.learning import joined, learn
from pipelines.flat.memory import NOTHING, Memory, memory_of
from pipelines.flat.prepare import (
    UNKNOWN,
    Candidate,
    Given,
    MemoryOf,
    Wishes,
    candidates,
    nothing_known,
    unreadable,
)
from pipelines.flat.sheet import Labelled

MOST_BYTES = 100_000_000
SUFFIX = ".txt"
"""Of a folder's files those with this ending are read."""
NAME = re.compile(r"[a-z0-9_-]{1,80}")
ROLE_COLOURS = {
    "headline": "bright_white",
    "standfirst": "cyan",
    "byline": "magenta",
    "body": "white",
    "subhead": "bright_cyan",
    "list": "white",
    "table": "white",
    "quote": "bright_blue",
    "caption": "green",
    "credit": "green",
    "caption+credit": "green",
}
"""Colours of the article's roles; furniture is yellow."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A file that was named or lies in a folder that was named."""

    name: str
    """Its name; inside a folder with its place there."""
    path: Path


@click.group(name="import")
def import_() -> None:
    """Bring in what no crawl can reach any more."""


import_.add_command(warc)


@import_.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER...", type=Path)
@click.option("--site", help="Name of the title that printed the texts.")
@click.option("--url", help="Address of the article, for a single file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["auto", *FORMATS]),
    default="auto",
    show_default=True,
    help="page: a flattened web page; factiva, nexis: exports of press databases.",
)
@db_option
@sites_option
@click.option("--dry-run", is_flag=True, help="Show every line's role, write nothing.")
@json_option
@verbose_option
def text(
    paths: tuple[Path, ...],
    db: Path,
    as_json: bool,
    dry_run: bool,
    verbose: int,
    **given: Any,
) -> None:
    """Archive texts: flattened web pages and exports of press databases.

    A flattened page is what copying it out of a browser leaves, or an older scraper:
    headline, text, menus, related links and all, without any markup. Every line is
    given its role, and the article is what has a role of an article. Press-database
    exports hold several articles in one file. Of a folder all .txt files are read.

    What is no article is recorded with its reason (see `cuttings status`). A text that
    was imported before is left alone. The title is --site, else the one whose site has
    the address, else the one that the text names.

    \b
    Examples:
      cuttings import text page.txt --site publictechnology --dry-run
      cuttings import text page.txt --url https://www.example.org/news/a-story
      cuttings import text exports/ --db press.db
    """
    log_to_stderr(verbose)
    with told_errors():
        found = list(files(paths))
        wishes = wishes_of(count=len(found), **given)
        run = preview if dry_run else archived
        rows = []
        for candidate, outcome in run(found, wishes, db):
            rows.append(as_data(candidate, outcome))
            if not as_json:
                show(candidate, outcome, lines=dry_run)
    finish(rows, as_json=as_json)


def files(paths: tuple[Path, ...]) -> Iterator[Found]:
    """The files that are named, and those of the folders that are."""
    for path in paths:
        if not path.is_dir():
            yield Found(name=path.name, path=path)
            continue
        for inside in sorted(path.rglob(f"*{SUFFIX}")):
            place = inside.relative_to(path)
            if not any(part.startswith(".") for part in place.parts):
                yield Found(name=place.as_posix(), path=inside)


def wishes_of(
    *, count: int, site: str | None, url: str | None, form: str, sites_folder: Path
) -> Wishes:
    """What the command line says of the files.

    Raises:
        InvalidUrl: The address is none.
        ProfileError: The folder of profiles cannot be read.
    """
    if url is not None and count != 1:
        stop(f"--url is the address of one article, but there are {count} files", 2)
    profiles = load_all(sites_folder).profiles
    return Wishes(
        site=named(site, profiles) if site else None,
        url=canonical(url) if url else None,
        format=form,
        profiles=profiles,
    )


def named(name: str, profiles: tuple[Profile, ...]) -> Profile:
    """The profile of that name; one without a home where there is none."""
    if not NAME.fullmatch(name):
        stop(f"a site's name is made of a-z, 0-9, - and _, not {name!r}", EXIT_USAGE)
    found = next((profile for profile in profiles if profile.name == name), None)
    return found or Profile(name=name, title=name, home="")


def content(found: Found, wishes: Wishes) -> Given | Candidate:
    """A file's bytes, or why they cannot be had."""
    try:
        if found.path.stat().st_size > MOST_BYTES:
            why = f"larger than {MOST_BYTES:,} bytes"
            return unreadable(found.name, wishes, "not readable", why)
        return Given(name=found.name, content=found.path.read_bytes())
    except OSError as error:
        why = error.strerror or type(error).__name__
        return unreadable(found.name, wishes, "not readable", why)


def read(
    found: list[Found], wishes: Wishes, recall: MemoryOf = nothing_known
) -> Iterator[Candidate]:
    """The documents of all files, one after the other."""
    for one in found:
        given = content(one, wishes)
        if isinstance(given, Candidate):
            yield given
        else:
            yield from candidates(given, wishes, recall)


def archived(
    found: list[Found], wishes: Wishes, db: Path
) -> Iterator[tuple[Candidate, Outcome]]:
    """Archive every document.

    Raises:
        ArchiveError: The archive cannot be opened or written.
    """
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with Archive(db) as archive:
        job = Import(archive, now=now, learned=learn(read(found, wishes)))
        try:
            for candidate in read(found, wishes, job.memory_of):
                yield candidate, job.take(candidate)
        except BaseException:
            job.end("stopped")
            raise
        job.end()


def preview(
    found: list[Found], wishes: Wishes, db: Path
) -> Iterator[tuple[Candidate, Outcome]]:
    """Read every document and write nothing."""

    learned = learn(read(found, wishes))

    @cache
    def recall(site: str) -> Memory:
        told = learned.get(site, NOTHING)
        if site == UNKNOWN.name or not db.is_file():
            return told
        with closing(open_for_reading(db)) as connection:
            lines, titles = furniture(connection, site), headlines(connection, site)
        return joined(memory_of(furniture=lines, titles=titles), told)

    for candidate in read(found, wishes, recall):
        rejection = candidate.rejection
        if rejection is None:
            yield candidate, Outcome(name="article")
        else:
            yield candidate, Outcome(name="rejected", reason=why(rejection))


def as_data(candidate: Candidate, outcome: Outcome) -> dict[str, Any]:
    """One document for --json."""
    article, reading = candidate.article, candidate.reading
    return {
        "file": candidate.file,
        "document": candidate.number,
        "first_line": candidate.first_line,
        "format": candidate.format,
        "site": candidate.site.name,
        "url": candidate.page.url,
        "outcome": outcome.name,
        "reason": outcome.reason,
        "article_id": outcome.article_id,
        "headline": article.headline if article else None,
        "lines": [line_data(one) for one in reading.labelled] if reading else [],
    }


def line_data(one: Labelled) -> dict[str, Any]:
    """One line for --json."""
    found: dict[str, Any] = {
        "line": one.line.number,
        "role": one.role,
        "rule": one.rule,
        "text": one.line.text,
    }
    return {**found, **picture_data(one.picture)} if one.picture else found


def picture_data(shown: Picture) -> dict[str, str | None]:
    """A picture's parts for --json."""
    return {
        "caption": shown.caption,
        "credit": shown.credit,
        "licence": shown.licence,
    }


def show(candidate: Candidate, outcome: Outcome, *, lines: bool) -> None:
    """Print what became of a document, with the role of each line if wanted."""
    told = candidate.article.headline if candidate.article else ""
    place = f"{candidate.file} #{candidate.number}"
    click.echo(f"{outcome.name:10} {place}: {outcome.reason or told}")
    if lines and candidate.reading is not None:
        for one in candidate.reading.labelled:
            role = click.style(
                f"{one.role:15}", fg=ROLE_COLOURS.get(one.role, "yellow")
            )
            click.echo(f"  {one.line.number:4} {role} {one.line.text}")
            click.echo(f"       {'':15} {click.style(one.rule, dim=True)}")


def finish(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    """Print the sum of a run and end with its exit code."""
    counts = Counter(row["outcome"] for row in rows)
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        told = ", ".join(f"{count} {name}" for name, count in counts.most_common())
        click.echo(f"{len(rows)} documents: {told or 'no text was found'}")
    if len(rows) == counts["rejected"] + counts["failed"]:
        sys.exit(EXIT_FAILED)

"""`cuttings import warc`: WARC and WACZ files go in, archived articles come out."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from archive.arrivals import Arrival, is_known
from archive.database import WriteLock, open_for_reading
from archive.due import iso
from archive.warc.foreign.index import Entry, Index
from archive.warc.foreign.packed import Part, parts_of
from archive.warc.foreign.streams import ForeignError
from archive.write import Archive
from cli.bar import Bar
from cli.options import (
    EXIT_FAILED,
    EXIT_STOPPED,
    EXIT_USAGE,
    db_option,
    json_option,
    log_to_stderr,
    sites_option,
    stop,
    told_errors,
    verbose_option,
)
from crawler.discover.hinting import read_route
from crawler.discover.walk import begun, next_page
from crawler.sites.load import load_all
from pipelines.warc.importing import WarcImport
from pipelines.warc.job import Job, Report
from pipelines.warc.pages import Pages
from pipelines.warc.scan import Found, Scan
from pipelines.warc.sites import Sites
from pipelines.workers import Workers

MANY_SITES = 20
"""So many titles in one import are told: few people mean to keep them all."""
STOPPED = "stopped; what was taken is kept, and the same command goes on from there"
NAME = re.compile(r"[a-z0-9_-]{1,80}")
RULE = re.compile(r"[^\s/:@?#]+(/\S*)?")


@click.command()
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(dir_okay=False, path_type=Path),
)
@click.option("--site", help="Name of the title that every page belongs to.")
@click.option(
    "--only",
    multiple=True,
    metavar="HOST[/PATTERN]",
    help="Take this host's addresses only, and those under it; with a path, those that"
    " begin with it. A * stands for anything. May be given more than once.",
)
@db_option
@sites_option
@click.option(
    "--dry-run", is_flag=True, help="List what would be taken, write nothing."
)
@json_option
@verbose_option
def warc(
    paths: tuple[Path, ...],
    db: Path,
    as_json: bool,
    dry_run: bool,
    verbose: int,
    **given: Any,
) -> None:
    """Archive the pages of WARC and WACZ files that somebody else made.

    Each page goes through the same stages as a crawled one: its bytes are kept in the
    archive's own captures with the time at which they were got, the article is cut out,
    and its revisions, copies and addresses are recorded; what is no article is recorded
    with its reason. Redirects in the files become addresses of their articles, feeds
    and sitemaps tell of the pages that they name. Images, scripts and the like are
    passed over and counted.

    Reads .warc, .warc.gz, .warc.zst and .wacz, as Common Crawl and others make them.
    The title is --site, else the one whose profile has the address, else the host
    itself: of a file with many hosts name those that you want with --only.

    Several captures of one address are taken in the order of their times; one that is
    older than what the archive has of it is kept and changes no text. What was taken
    before is left alone, so that an import that was stopped is finished by running it
    again. A damaged part of a file costs its own records: it is told, and the exit code
    is 1.

    \b
    Examples:
      cuttings import warc old-site.wacz --site publictechnology
      cuttings import warc CC-NEWS-*.warc.gz --only example.org --only "*.example.net"
      cuttings import warc crawl.warc.gz --dry-run
    """
    log_to_stderr(verbose)
    bar = Bar(quiet=as_json)
    with told_errors(), Index() as index, bar:
        if not dry_run:
            WriteLock(db.resolve()).discard()  # told now, not when all has been read
        found = Found()
        work = Work(
            parts=list(parts_in(paths, found)),
            index=index,
            sites=sites_of(**given),
            found=found,
            bar=bar,
        )
        scan(work)
        warn(work)
        if dry_run:
            data = as_data(found, entries=listed(index, db))
        else:
            try:
                data = as_data(found, report=taken(db, work))
            except KeyboardInterrupt:
                stop(STOPPED, EXIT_STOPPED)
    finish(data, as_json=as_json)


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """What an import works with."""

    parts: list[Part]
    index: Index
    sites: Sites
    found: Found
    bar: Bar


def sites_of(*, site: str | None, only: tuple[str, ...], sites_folder: Path) -> Sites:
    """Whose each address is, by the command line.

    Raises:
        ProfileError: The folder of profiles cannot be read.
    """
    if site is not None and not NAME.fullmatch(site):
        stop(f"a site's name is made of a-z, 0-9, - and _, not {site!r}", EXIT_USAGE)
    for rule in only:
        if not RULE.fullmatch(rule):
            example = "example.org or example.org/news"
            stop(f"--only takes a host such as {example}, not {rule!r}", EXIT_USAGE)
    return Sites(profiles=load_all(sites_folder).profiles, named=site, only=only)


def parts_in(paths: tuple[Path, ...], found: Found) -> Iterator[Part]:
    """The WARC files that were named, or lie in a file that was."""
    for path in dict.fromkeys(paths):
        try:
            yield from parts_of(path)
        except OSError as error:
            found.problems.append(f"{path}: {error.strerror or type(error).__name__}")
        except ForeignError as error:
            found.problems.append(f"{path}: {error.why}")


def scan(work: Work) -> None:
    """Read all files once, and note what is in them."""
    total = sum(size_of(part) for part in work.parts)
    done = 0

    def told(count: int) -> None:
        nonlocal done
        done += count
        work.bar.show("reading", done, total)

    reading = Scan(
        index=work.index,
        sites=work.sites,
        now=iso(datetime.now(UTC)),
        read_route=read_route,
        next_page=next_page,
        told=told,
        found=work.found,
    )
    reading.files(work.parts)
    work.index.order()


def size_of(part: Part) -> int:
    """Bytes of a file, as far as they are known."""
    if part.entry is not None:
        return part.entry.file_size
    try:
        return part.path.stat().st_size
    except OSError:
        return 0


def warn(work: Work) -> None:
    """Tell that files hold many titles, where nobody said which to take."""
    sites = work.sites
    profiled = {profile.name for profile in sites.profiles}
    count = len(work.index.sites().keys() - profiled)
    if count > MANY_SITES and not sites.named and not sites.only:
        click.echo(
            f"these files hold pages of {count:,} hosts without a profile, and each"
            " becomes a site of its own; --only HOST takes the ones that you name",
            err=True,
        )


def taken(db: Path, work: Work) -> Report:
    """Archive what was found.

    Raises:
        ArchiveError: The archive cannot be opened or written.
    """
    pool = Workers()
    try:
        with (
            Archive(db) as archive,
            Pages(parts=work.parts, index=work.index, archive=archive) as pages,
        ):
            job = Job(
                archive=archive,
                pool=pool,
                pages=pages,
                sites=work.sites,
                found=work.found,
                begin=begun,
                now=iso(datetime.now(UTC)),
                told=partial(work.bar.show, "importing"),
            )
            return asyncio.run(WarcImport(job).run())
    finally:
        pool.close()


def listed(index: Index, db: Path) -> list[dict[str, Any]]:
    """What would be taken, in its order."""
    if not db.is_file():
        return [entry_data(entry) for entry in all_of(index)]
    with closing(open_for_reading(db)) as connection:
        return [
            entry_data(entry, is_known=is_known(connection, arrival_of(entry)))
            for entry in all_of(index)
        ]


def all_of(index: Index) -> Iterator[Entry]:
    """The records of every round."""
    for number in range(1, index.rounds + 1):
        yield from index.round(number)


def arrival_of(entry: Entry) -> Arrival:
    """An entry as the archive is asked for it."""
    digest = entry.digest if entry.kind == "page" else ""
    return Arrival(
        site=entry.site,
        url=entry.url,
        address=entry.address,
        at=entry.at,
        digest=digest,
    )


def entry_data(entry: Entry, *, is_known: bool = False) -> dict[str, Any]:
    """One record for --dry-run."""
    return {
        "site": entry.site,
        "url": entry.url,
        "at": entry.at,
        "kind": "known" if is_known else entry.kind,
        "note": entry.note if entry.kind in ("redirect", "refused") else "",
    }


def as_data(
    found: Found,
    *,
    report: Report | None = None,
    entries: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """What an import did, or with --dry-run would do, for --json."""
    data: dict[str, Any] = {**asdict(found), "passed": dict(found.passed)}
    if entries is not None:
        return {**data, "entries": entries}
    assert report is not None  # noqa: S101 - it is one or the other
    return {
        **data,
        "sites": sorted(report.sites),
        "outcomes": dict(report.outcomes.most_common()),
        "reasons": dict(report.reasons.most_common()),
    }


def finish(data: dict[str, Any], *, as_json: bool) -> None:
    """Print what was done and end with the exit code."""
    if as_json:
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        tell(data)
    is_empty = not (data["entries"] if "entries" in data else data["outcomes"])
    sys.exit(EXIT_FAILED if data["problems"] or is_empty else 0)


def tell(data: dict[str, Any]) -> None:
    """Print what was done, for a person."""
    for problem in data["problems"]:
        click.echo(problem, err=True)
    for entry in data.get("entries", ()):
        note = f"  ({entry['note']})" if entry["note"] else ""
        place = f"{entry['at']} {entry['site']}: {entry['url']}"
        click.echo(f"{entry['kind']:10} {place}{note}")
    click.echo(f"{data['records']:,} records in {data['files']:,} files")
    click.echo(f"passed over: {counted(data['passed']) or 'none'}")
    if "entries" in data:
        kinds = Counter(entry["kind"] for entry in data["entries"])
        click.echo(f"to take: {counted(dict(kinds.most_common())) or 'nothing'}")
        return
    click.echo(f"taken: {counted(data['outcomes']) or 'no page was found'}")
    for reason, count in data["reasons"].items():
        click.echo(f"  {count:,} {reason}")


def counted(counts: dict[str, int]) -> str:
    """Counts in a line."""
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())

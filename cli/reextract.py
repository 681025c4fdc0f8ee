"""`cuttings reextract`: stored captures go in, better cuts of them come out."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import click

from archive.database import open_for_reading
from archive.stored import StoredCapture
from archive.write import Archive
from cli.options import (
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
from crawler.sites.profile import Profile, generic
from pipelines.extract.targets import address_key
from pipelines.reextract import ProfileOf, Reextraction, Report
from pipelines.settle import settle
from pipelines.workers import Workers

STEP = 100
"""Captures between two progress lines."""


@click.command()
@db_option
@sites_option
@click.option("--site", help="Only this site's captures.")
@click.option(
    "--dry-run", is_flag=True, help="Report what would change, write nothing."
)
@json_option
@verbose_option
def reextract(  # noqa: PLR0913 - one parameter an option
    db: Path,
    sites_folder: Path,
    site: str | None,
    dry_run: bool,
    as_json: bool,
    verbose: int,
) -> None:
    """Cut the articles out of the stored captures again, without a network.

    Use it after an upgrade or after a profile was changed: the whole archive gains.
    The number and history of revisions stay as they are. Pages that were rejected and
    are articles by today's rules are archived. Re-extracting with the same version
    changes nothing.
    """
    log_to_stderr(verbose)
    with told_errors(), existing(db, site) as archive:
        stored = archive.stored_captures(site)
        pool, profile_of = Workers(), profiles_in(sites_folder)
        told = teller(len(stored), quiet=as_json)
        try:
            job = Reextraction(archive, pool, profile_of, dry_run=dry_run)
            report = asyncio.run(job.run(stored, told))
            if not dry_run:
                archive.renew_keys(address_key)
                learned_again(archive, stored, profile_of, pool)
        finally:
            pool.close()
    if as_json:
        facts = {one.name: getattr(report, one.name) for one in fields(report)}
        click.echo(json.dumps(facts, indent=2, ensure_ascii=False))
    else:
        show(report, dry_run=dry_run)


def learned_again(
    archive: Archive,
    stored: list[StoredCapture],
    profile_of: ProfileOf,
    pool: Workers,
) -> None:
    """Learn from the new cuts what their sites are remembered by."""
    for name in dict.fromkeys(one.site for one in stored):
        archive.memories.learn_all(name)
        asyncio.run(settle(archive, name, profile_of, pool))


def existing(db: Path, site: str | None) -> Archive:
    """Open an archive that is there, and has the site.

    Raises:
        ArchiveUnreadable: There is none.
        ArchiveLocked: Another process writes it.
    """
    with closing(open_for_reading(db)) as connection:
        names = [str(row[0]) for row in connection.execute("SELECT name FROM sites")]
    if site is not None and site not in names:
        known = ", ".join(names) or "none"
        stop(f"the archive has no site {site!r}, only: {known}", EXIT_USAGE)
    return Archive(db)


def profiles_in(folder: Path) -> ProfileOf:
    """Look a site's profile up; a site without one gets general rules."""
    known = {profile.name: profile for profile in load_all(folder).profiles}

    def profile_of(name: str, home: str) -> Profile:
        if name in known:
            return known[name]
        # A title that is known from imported texts only has no home page.
        return generic(home) if home else Profile(name=name, title=name, home="")

    return profile_of


def teller(total: int, *, quiet: bool) -> Callable[[Report], None]:
    """Tell the progress on standard error."""

    def tell(report: Report) -> None:
        if not quiet and report.captures % STEP == 0:
            click.echo(f"{report.captures} of {total} captures", err=True)
            sys.stderr.flush()

    return tell


def show(report: Report, *, dry_run: bool) -> None:
    """Print what was done."""
    would = "would be " if dry_run else ""
    click.echo(f"{report.captures} captures read again")
    click.echo(f"{report.same} cuts are the same, {report.changed} {would}changed")
    for name, count in report.fields.most_common():
        click.echo(f"  {name}: {count}")
    click.echo(
        f"{report.rescued} rejected pages {would}archived,"
        f" {report.rejected} still rejected"
    )
    if report.doubtful:
        click.echo(
            f"{report.doubtful} articles would be rejected today; left as they are"
        )
    if report.unreadable:
        click.echo(f"{len(report.unreadable)} could not be read or not be taken")
    for line in report.unreadable:
        click.echo(f"unreadable: {line}", err=True)

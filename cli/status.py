"""`cuttings status`: an archive goes in, what it holds and how crawls went, out."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from archive.database import open_for_reading
from archive.read import Crawl, SiteStatus
from archive.read import status as read_status
from cli.options import db_option, json_option, stop, told_errors

OUTCOMES = (
    "known",
    "stored",
    "revised",
    "unchanged",
    "alias",
    "rejected",
    "failed",
    "disallowed",
    "left_over",
)


@click.command()
@click.argument("site", required=False)
@db_option
@json_option
def status(site: str | None, db: Path, as_json: bool) -> None:
    """Tell what the archive holds, and how each site's last crawl went.

    Every URL that a crawl found is counted once: found = known + stored + revised +
    unchanged + alias + rejected + failed + disallowed + left over. A crawl without an
    end was killed, or is still running; the next one makes up for it.
    """
    with told_errors(), closing(open_for_reading(db)) as connection:
        found = read_status(connection, site=site)
        if site is not None and not found:
            names = ", ".join(one.name for one in read_status(connection))
            stop(f"the archive has no site {site!r}, only: {names or 'none'}", 2)
    if as_json:
        rows = [asdict(one) for one in found]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for one in found:
        show(one)
    click.echo(f"{sum(one.articles for one in found)} articles of {len(found)} sites")


def show(one: SiteStatus) -> None:
    """Print one site."""
    span = f", {one.oldest_on} to {one.newest_on}" if one.oldest_on else ""
    click.echo(f"{one.title} ({one.name}): {one.articles} articles{span}")
    if one.last_crawl is not None:
        click.echo(f"  last crawl {crawl_line(one.last_crawl)}")
        for problem in one.last_crawl.problems:
            click.echo(f"  problem: {problem}")
        for failure in one.last_crawl.failures:
            click.echo(f"  failed: {failure}")
    for reason in one.rejected:
        click.echo(f"  rejected: {reason.count} {reason.reason}")


def crawl_line(crawl: Crawl) -> str:
    """One crawl's outcomes in a line, zeros left out."""
    counts = [
        f"{getattr(crawl, name)} {name.replace('_', ' ')}"
        for name in OUTCOMES
        if getattr(crawl, name)
    ]
    end = crawl.finish or "no end"
    if crawl.routes_unchanged:
        counts.append(
            f"{crawl.routes_unchanged} of {crawl.routes} routes unchanged (304)"
        )
    became = f"; {', '.join(counts)}" if counts else ""
    return f"{crawl.started_at} ({end}): {crawl.found} found{became}"

"""`cuttings crawl`: site names or a start page go in, a filled archive comes out."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import Any

import click

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
from cli.plan import SITES_AT_ONCE, Plan, Tally
from cli.progress import Progress
from crawler.addresses import parse_allowed
from crawler.errors import UnknownSite
from crawler.settings import ALLOW_PRIVATE, CONTACT
from crawler.sites.load import load_all
from crawler.sites.profile import Profile
from pipelines import workers


@click.command()
@click.argument("targets", nargs=-1, metavar="[SITE|URL]...")
@db_option
@sites_option
@click.option(
    "--contact",
    default=CONTACT,
    help="E-mail or web address by which publishers reach you; live crawls need it."
    " [env: CUTTINGS_CONTACT]",
)
@click.option(
    "--allow-private",
    multiple=True,
    metavar="HOST:PORT",
    help="Let the crawler fetch this loopback or private address, or NETWORK:PORT."
    " May be given more than once. [env: CUTTINGS_ALLOW_PRIVATE]",
)
@click.option(
    "--max-pages",
    type=click.IntRange(min=1),
    help="Fetch at most this many pages a site, in place of the profile's limit.",
)
@click.option(
    "--sites-at-once",
    type=click.IntRange(min=1, max=256),
    default=SITES_AT_ONCE,
    show_default=True,
    help="Crawl so many sites at the same time.",
)
@json_option
@verbose_option
def crawl(targets: tuple[str, ...], as_json: bool, verbose: int, **given: Any) -> None:
    """Crawl sites into the archive.

    SITE is the name of a profile (see `cuttings sites`); without any, every site that
    is not disabled is crawled. A URL is crawled by general rules, without a profile:
    the same host, by the feeds, sitemaps, lists and APIs that it shows, and by links,
    three deep, to at most 200 more pages; 500 pages in all, the newest first, unless
    --max-pages says otherwise, and the next crawl goes on from there. Where nothing
    can be had the reasons are told. The exit code is 1 if nothing could be read of a
    site that has a profile, or if a profile is broken.

    What is in the archive is fetched again only when it is due. Ctrl-C stops cleanly:
    what was fetched is kept, and the next crawl goes on from there.

    \b
    Examples:
      cuttings crawl publictechnology --contact press@example.org
      cuttings crawl https://www.example.org/news/ --db try.db --contact me@example.org
      cuttings crawl http://localhost:8080/ --db try.db --allow-private localhost:8080
    """
    log_to_stderr(verbose)
    with told_errors():
        plan = plan_of(targets, **given)
        with workers.started(), Progress(quiet=as_json) as progress:
            from cli.run import run  # Scrapy takes as long to load as the workers do

            tallies = run(plan, progress.show)
    if as_json:
        click.echo(json.dumps([summary(t) for t in tallies], indent=2))
    sys.exit(exit_code(tallies, plan.broken))


def plan_of(
    targets: tuple[str, ...], *, sites_folder: Path, allow_private: Any, **rest: Any
) -> Plan:
    """Make the plan of a run from the command line.

    Raises:
        UnknownSite: A name has no profile.
        ProfileError: A named profile is broken.
        InvalidAllowance: An --allow-private value has another form.
    """
    allowed = (*ALLOW_PRIVATE, *allow_private)
    for text in allowed:
        parse_allowed(text)
    urls = tuple(t for t in targets if "://" in t)
    names = tuple(t for t in targets if "://" not in t)
    profiles, broken = ((), ()) if urls and not names else chosen(names, sites_folder)
    for problem in broken:
        click.echo(f"profile left out: {problem}", err=True)
    return Plan(
        profiles=profiles,
        start_urls=urls,
        allow_private=allowed,
        broken=broken,
        **rest,
    )


def chosen(
    names: tuple[str, ...], folder: Path
) -> tuple[tuple[Profile, ...], tuple[str, ...]]:
    """The profiles of these names, or all that are enabled and what broke the others.

    Raises:
        UnknownSite: A name has no profile.
        ProfileError: A named profile is broken.
    """
    loaded = load_all(folder)
    by_name = {profile.name: profile for profile in loaded.profiles}
    broken = {problem.path.stem: problem for problem in loaded.problems}
    if not names:
        enabled = tuple(p for p in loaded.profiles if not p.disabled)
        return enabled, tuple(map(str, loaded.problems))
    for name in names:
        if name in broken:
            raise broken[name]
        if name not in by_name:
            raise UnknownSite(name, tuple(by_name))
    return tuple(by_name[name] for name in dict.fromkeys(names)), ()


def summary(tally: Tally) -> dict[str, Any]:
    """One site's counts for --json."""
    return {**dataclasses.asdict(tally), "rate": round(tally.rate, 2)}


def exit_code(tallies: list[Tally], broken: tuple[str, ...] = ()) -> int:
    """The exit code of a run, see `cuttings --help`."""
    if not tallies:
        stop("there is no site to crawl", EXIT_USAGE)
    if any(tally.state == "stopped" and not tally.limit for tally in tallies):
        return EXIT_STOPPED
    missed = any(tally.limit or is_missed(tally) for tally in tallies)
    return EXIT_FAILED if missed or broken else 0


def is_missed(tally: Tally) -> bool:
    """Whether a site that should have been crawled was not.

    A trial from a start page is there to find out: what came of it is told, and a page
    that cannot be had is an answer.
    """
    return tally.state != "finished" and not tally.is_trial

"""`cuttings sites`: the folder of profiles goes in, a list of titles comes out.

With --check an archive goes in too, and what came of the profiles' checks comes out.
"""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from archive.database import open_for_reading
from cli.checks import Checked, checked
from cli.options import EXIT_FAILED, db_option, json_option, sites_option, told_errors
from crawler.sites.load import Loaded, load_all
from crawler.sites.profile import Profile


@click.command()
@sites_option
@click.option(
    "--check",
    is_flag=True,
    help="Run the [[checks]] of the profiles against the archive instead.",
)
@db_option
@json_option
def sites(sites_folder: Path, check: bool, db: Path, as_json: bool) -> None:
    """List the titles that have a profile.

    A profile that is not verified was written from public knowledge and has not been
    tried on the live site yet. Broken profiles are named with what is wrong; the exit
    code is then 1.

    With --check each page that a profile's [[checks]] names is looked up in the
    archive, without a network: its article must contain the phrase. The exit code is 1
    where a check fails, or none of them could be run.
    """
    with told_errors():
        loaded = load_all(sites_folder)
        if check:
            with closing(open_for_reading(db)) as connection:
                found = list(checked(loaded.profiles, connection))
    good = show_checks(found, as_json) if check else show_sites(loaded, as_json)
    for problem in loaded.problems:
        click.echo(f"broken: {problem}", err=True)
    if loaded.problems or not good:
        raise SystemExit(EXIT_FAILED)


def show_sites(loaded: Loaded, as_json: bool) -> bool:
    """Print the titles."""
    if as_json:
        rows = [facts(profile) for profile in loaded.profiles]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return True
    for profile in loaded.profiles:
        click.echo(line(profile))
    click.echo(f"{len(loaded.profiles)} sites")
    return True


def show_checks(found: list[Checked], as_json: bool) -> bool:
    """Print what came of the checks; return whether some hold and none fails."""
    counts = {
        verdict: sum(one.verdict == verdict for one in found)
        for verdict in ("holds", "fails", "not archived")
    }
    if as_json:
        rows = [asdict(one) for one in found]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for one in found:
            why = f": {one.why}" if one.why else ""
            click.echo(f"{one.verdict:12} {one.site:24} {one.url}{why}")
        click.echo(
            f"{len(found)} checks: {counts['holds']} hold, {counts['fails']} fail,"
            f" {counts['not archived']} are of pages not archived"
        )
    return counts["holds"] > 0 and counts["fails"] == 0


def facts(profile: Profile) -> dict[str, object]:
    """One profile for --json."""
    return {
        "name": profile.name,
        "title": profile.title,
        "home": profile.home,
        "language": profile.language,
        "routes": {
            "feeds": profile.feeds,
            "sitemaps": profile.sitemaps,
            "sections": profile.sections,
            "wordpress": profile.wordpress,
        },
        "verified": profile.verified,
        "disabled": profile.disabled,
    }


def line(profile: Profile) -> str:
    """One profile as a line."""
    marks = [] if profile.verified else ["not verified"]
    marks += ["disabled"] if profile.disabled else []
    note = f" ({', '.join(marks)})" if marks else ""
    return f"{profile.name:24} {profile.title:32} {profile.home}{note}"

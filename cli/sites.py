"""`cuttings sites`: the folder of profiles goes in, a list of titles comes out."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cli.options import EXIT_FAILED, json_option, sites_option, told_errors
from crawler.sites.load import load_all
from crawler.sites.profile import Profile


@click.command()
@sites_option
@json_option
def sites(sites_folder: Path, as_json: bool) -> None:
    """List the titles that have a profile.

    A profile that is not verified was written from public knowledge and has not been
    tried on the live site yet. Broken profiles are named with what is wrong; the exit
    code is then 1.
    """
    with told_errors():
        loaded = load_all(sites_folder)
    if as_json:
        rows = [facts(profile) for profile in loaded.profiles]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for profile in loaded.profiles:
            click.echo(line(profile))
        click.echo(f"{len(loaded.profiles)} sites")
    for problem in loaded.problems:
        click.echo(f"broken: {problem}", err=True)
    if loaded.problems:
        raise SystemExit(EXIT_FAILED)


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

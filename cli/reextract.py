"""`cuttings reextract`: stored captures go in, better cuts of them come out."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, nullcontext
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TextIO

import click

from archive.database import open_for_reading
from archive.history.stale import Wanted
from archive.write import Archive
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
from cli.recut_progress import RecutProgress
from cli.recut_shown import as_json as line_of
from cli.recut_shown import shown
from cli.recut_wanted import moment_of, wanted_of
from crawler.sites.load import load_all
from crawler.sites.profile import Profile, generic
from pipelines.extract.targets import address_key
from pipelines.journal import Difference
from pipelines.recutting import Listener, Outcome, Recutting
from pipelines.reextract import ProfileOf
from pipelines.workers import Workers

KEPT = "stopped; what has been cut is kept, and the same command goes on from there"
UNDONE = "stopped; nothing was written"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """How the command was asked to work."""

    dry_run: bool
    """Write nothing."""
    ask: bool
    """Write nothing before a person has seen what changes and said yes."""
    show: int
    """Differences to print."""
    report: Path | None
    """Where all differences go, one line of JSON each."""
    as_json: bool

    @property
    def is_trial(self) -> bool:
        """Whether nothing may be committed while it runs."""
        return self.dry_run or self.ask


@dataclass(kw_only=True, slots=True)
class Found:
    """What a run found, as far as it is kept in memory."""

    most: int
    file: TextIO | None
    first: list[Difference] = field(default_factory=list)

    def take(self, difference: Difference) -> None:
        """Keep one of the first ones; write each down."""
        if len(self.first) < self.most:
            self.first.append(difference)
        if self.file is not None:
            self.file.write(line_of(difference) + "\n")


@click.command()
@db_option
@sites_option
@click.option("--site", "sites", multiple=True, help="Only this site's; repeatable.")
@click.option(
    "--since",
    metavar="WHEN",
    callback=moment_of,
    help="Only what was fetched on this day (2026-03-01) or at this instant, or later;"
    " UTC.",
)
@click.option(
    "--until",
    metavar="WHEN",
    callback=moment_of,
    help="Only what was fetched up to the end of this day, or before this instant.",
)
@click.option("--article", metavar="ID|URL", help="Only this article's.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also what was cut by today's rules and profile.",
)
@click.option(
    "--general-rules",
    is_flag=True,
    help="Cut by the general rules what had a profile and has none now.",
)
@click.option(
    "--dry-run", is_flag=True, help="Report what would change, write nothing."
)
@click.option("--yes", is_flag=True, help="Do not ask before anything is written.")
@click.option(
    "--show",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="Print so many differences in full.",
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write all differences to this file, one line of JSON each.",
)
@json_option
@verbose_option
def reextract(  # noqa: PLR0913 - one parameter an option
    db: Path,
    sites_folder: Path,
    sites: tuple[str, ...],
    since: str | None,
    until: str | None,
    article: str | None,
    everything: bool,
    general_rules: bool,
    dry_run: bool,
    yes: bool,
    show: int,
    report: Path | None,
    as_json: bool,
    verbose: int,
) -> None:
    """Cut the articles out of the stored captures again, without a network.

    Use it after an upgrade or after a profile was changed: the whole archive gains.
    What today's rules and profiles have cut already is left alone, so a run that was
    stopped goes on where it was, and with the same version nothing changes. The
    number and history of revisions stay as they are. Pages that were rejected and are
    articles by today's rules are archived.

    On a terminal, what changes is shown, field by field, before anything is written,
    and you are asked. With --yes, or where nobody can be asked, cuts are written as
    they come.
    """
    log_to_stderr(verbose)
    can_ask = sys.stdin.isatty() and not as_json
    asked = Asked(
        dry_run=dry_run,
        ask=can_ask and not yes and not dry_run,
        show=show,
        report=report,
        as_json=as_json,
    )
    with told_errors():
        homes = homes_of(db)
        refuse_unknown(sites, tuple(homes))
        wanted = wanted_of(db, article, sites=sites, since=since, until=until)
        wanted = wanted.with_everything() if everything else wanted
        chosen = dict.fromkeys(wanted.sites or homes)
        refuse_without_profile(
            {name: homes[name] for name in chosen}, sites_folder, allowed=general_rules
        )
        with Archive(db) as archive, told_stop(asked):
            run(archive, wanted, tuple(chosen), (sites_folder, asked))


def run(
    archive: Archive,
    wanted: Wanted,
    sites: tuple[str, ...],
    how: tuple[Path, Asked],
) -> None:
    """Cut again, tell what changes, and keep it if that is asked for."""
    folder, asked = how
    with ExitStack() as stack:
        file = None
        if asked.report is not None:
            file = stack.enter_context(asked.report.open("w", encoding="utf-8"))
        keep = stack.enter_context(archive.trial() if asked.is_trial else nullcontext())
        found = Found(most=asked.show, file=file)
        outcome = cut_all(archive, (wanted, sites), profiles_in(folder), found, asked)
        tell(outcome, found, asked)
        if asked.ask and keep is not None and outcome.sites and confirmed():
            keep()
    if outcome.unreadable:
        sys.exit(EXIT_FAILED)


def confirmed() -> bool:
    """Ask whether to write what was told."""
    if click.confirm("Write this to the archive?", err=True):
        return True
    click.echo("nothing was written", err=True)
    return False


def cut_all(
    archive: Archive,
    what: tuple[Wanted, tuple[str, ...]],
    profile_of: ProfileOf,
    found: Found,
    asked: Asked,
) -> Outcome:
    """Cut again what is wanted, with a progress bar."""
    pool = Workers()
    with RecutProgress(quiet=asked.as_json) as progress:
        listener = Listener(
            begun=progress.begun,
            cut=progress.cut,
            learning=progress.learning,
            differs=found.take,
        )
        try:
            outcome = asyncio.run(
                Recutting(archive, pool, profile_of, listener).run(*what)
            )
            archive.renew_keys(address_key)
            return outcome
        finally:
            pool.close()


@contextmanager
def told_stop(asked: Asked) -> Iterator[None]:
    """Say on Ctrl-C what has become of what was done."""
    try:
        yield
    except (KeyboardInterrupt, click.Abort):
        click.echo(UNDONE if asked.is_trial else KEPT, err=True)
        sys.exit(EXIT_STOPPED)


def homes_of(db: Path) -> dict[str, str]:
    """The sites of an archive and their home pages.

    Raises:
        ArchiveUnreadable: There is none.
    """
    with closing(open_for_reading(db)) as connection:
        return dict(connection.execute("SELECT name, home FROM sites ORDER BY name"))


def refuse_without_profile(
    homes: Mapping[str, str], folder: Path, *, allowed: bool
) -> None:
    """End with an error where sites that had a profile have none now, or a broken one.

    Cut by the general rules they would lose what their profiles name.
    """
    loaded = load_all(folder)
    broken = {one.path.stem: one for one in loaded.problems}
    if problem := next((broken[name] for name in homes if name in broken), None):
        stop(str(problem), EXIT_USAGE)
    known = {profile.name for profile in loaded.profiles}
    lacking = [
        name
        for name, home in homes.items()
        if home and name not in known and generic(home).name != name
    ]
    if lacking and not allowed:
        stop(
            f"no profile in {folder} for {', '.join(lacking)}: name the folder with"
            " --sites, or cut them by the general rules with --general-rules",
            EXIT_USAGE,
        )


def refuse_unknown(sites: tuple[str, ...], known: tuple[str, ...]) -> None:
    """End with an error where the archive has not all of the sites."""
    for site in sites:
        if site not in known:
            names = ", ".join(known) or "none"
            stop(f"the archive has no site {site!r}, only: {names}", EXIT_USAGE)


def profiles_in(folder: Path) -> ProfileOf:
    """Look a site's profile up; a site without one gets general rules."""
    known = {profile.name: profile for profile in load_all(folder).profiles}

    def profile_of(name: str, home: str) -> Profile:
        if name in known:
            return known[name]
        # A title that is known from imported texts only has no home page.
        return generic(home) if home else Profile(name=name, title=name, home="")

    return profile_of


def tell(outcome: Outcome, found: Found, asked: Asked) -> None:
    """Print what was done, or would be."""
    if asked.as_json:
        told = {one.name: getattr(outcome, one.name) for one in fields(outcome)}
        told["differences"] = [asdict(one) for one in found.first]
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for difference in found.first:
        for line in shown(difference):
            click.echo(line)
    more = sum(outcome.sites.values()) - len(found.first)
    if more and found.first:
        click.echo(f"and {more} more: --report FILE writes all of them")
    summary(outcome, would="would be " if asked.is_trial else "")


def summary(outcome: Outcome, *, would: str) -> None:
    """Print the counts."""
    click.echo(f"{outcome.captures} captures read again")
    click.echo(f"{outcome.same} cuts are the same, {outcome.changed} {would}changed")
    if outcome.learned:
        click.echo(f"  of these {outcome.learned} by what memory learns from the rest")
    for name, count in outcome.fields.most_common():
        click.echo(f"  {name}: {count}")
    if len(outcome.sites) > 1:
        told = (f"{name} {count}" for name, count in outcome.sites.most_common())
        click.echo(f"  by site: {', '.join(told)}")
    click.echo(
        f"{outcome.rescued} rejected pages {would}archived,"
        f" {outcome.rejected} still rejected"
    )
    if outcome.doubtful:
        click.echo(
            f"{outcome.doubtful} articles would be rejected today; left as they are"
        )
    if outcome.unreadable:
        click.echo(f"{len(outcome.unreadable)} could not be read or not be taken")
    for line in outcome.unreadable:
        click.echo(f"unreadable: {line}", err=True)

"""`cuttings memory`: a site goes in, what has been learned of it comes out.

What a person decides goes in too: it holds from then on, whatever is learned later.
"""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.database import open_for_reading
from archive.memory import entries, held_by
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

if TYPE_CHECKING:
    import sqlite3

    from archive.remembered import Remembered, Verdict
    from archive.write import Archive
    from pipelines.reextract import ProfileOf

WORDS = {
    "nav": "the site's",
    "teaser": "a teaser",
    "text": "text",
    "standfirst": "standfirst",
    "byline": "byline",
}
"""How a verdict is told."""
_PATH = re.compile(r"(standfirst|byline): \S+( > \S+)*")
_SPELLED = """
SELECT 1 FROM revisions r JOIN articles a ON a.id = r.article_id
WHERE a.site = ?
  AND instr(char(10) || r.body || char(10), char(10) || ? || char(10)) LIMIT 1
"""
"""Imported texts teach nothing of their site, but hold its lines."""


@click.command()
@click.argument("site")
@click.option(
    "--furniture",
    metavar="LINE",
    help="From now on this line is the site's own on every page of it.",
)
@click.option(
    "--text",
    metavar="LINE",
    help="From now on this line is the articles', however many of them hold it.",
)
@click.option(
    "--undecided",
    metavar="LINE",
    help="Take back what a person decided of this line; it is learned again.",
)
@db_option
@sites_option
@json_option
@verbose_option
def memory(  # noqa: PLR0913 - one parameter an option
    site: str,
    furniture: str | None,
    text: str | None,
    undecided: str | None,
    db: Path,
    sites_folder: Path,
    as_json: bool,
    verbose: int,
) -> None:
    """List what the archive has learned of SITE from its own pages.

    At the end of each crawl, lines that many articles of the site hold are taken for
    the site's own, and lines in boxes of their own that are another article's headline
    or standfirst for teasers; where the pages carry standfirst and byline is learned
    too. Articles that this concerns are then cut again from their captures. A line
    that is "text" has been learned once and is not held to be furniture any more.

    Where the machine is wrong, say so with --furniture or --text and the line as the
    list shows it: that lasts, and the articles that hold the line are cut again at
    once, from their captures.

    An entry such as "standfirst: main > article > p.lead" is no line but a path: the
    tags and classes at which the site's pages carry that field. "(the description in a
    page's head)" is a habit: that description is the standfirst where a page shows no
    other. With --text and the whole entry nothing is read there any more; --undecided
    takes that back.

    \b
    Examples:
      cuttings memory publictechnology
      cuttings memory publictechnology --text "What has been agreed so far:"
      cuttings memory publictechnology --text "standfirst: main > article > p.lead"
    """
    log_to_stderr(verbose)
    decided: list[tuple[str, Verdict]] = []
    decided += [(furniture, "nav")] if furniture is not None else []
    decided += [(text, "text")] if text is not None else []
    with told_errors():
        found = listed(db, site)
        if decided or undecided is not None:
            refuse_wrong_words(decided, undecided, found)
            refuse_unknown(db, site, [line for line, _ in decided], found)
            tell(decide(db, site, sites_folder, decided, undecided), quiet=as_json)
            found = listed(db, site)
    show(found, as_json)


def listed(db: Path, site: str) -> list[Remembered]:
    """What an archive remembers of a site.

    Raises:
        ArchiveUnreadable: There is none.
    """
    with closing(open_for_reading(db)) as connection:
        names = [str(row[0]) for row in connection.execute("SELECT name FROM sites")]
        if site not in names:
            known = ", ".join(names) or "none"
            stop(f"the archive has no site {site!r}, only: {known}", EXIT_USAGE)
        return entries(connection, site)


def refuse_wrong_words(
    decided: list[tuple[str, Verdict]], undecided: str | None, found: list[Remembered]
) -> None:
    """End with an error where what a person says makes no sense."""
    from pipelines.extract.text import key
    from pipelines.remember import line_of

    lines = [line for line, _ in decided]
    lines += [undecided] if undecided is not None else []
    if any(not key(line) for line in lines):
        stop("a line needs words: give it as the list shows it", EXIT_USAGE)
    if len({line_of(line) for line in lines}) < len(lines):
        stop(f"one line, but more than one verdict: {lines[0]}", EXIT_USAGE)
    for line, verdict in decided:
        is_known_place = " > " in line or is_known(line, found)
        if verdict == "nav" and is_place(line) and is_known_place:
            why = "--text with the whole entry keeps it from being read there"
            stop(f"no line, but where a field stands: {line}\n{why}", EXIT_USAGE)


def refuse_unknown(
    db: Path, site: str, lines: list[str], found: list[Remembered]
) -> None:
    """End with an error where a line is neither remembered nor on any page."""
    with closing(open_for_reading(db)) as connection:
        for line in lines:
            if not is_known(line, found) and not is_shown(connection, site, line):
                stop(f"no page of {site} shows this line: {line}", EXIT_FAILED)


def is_place(line: str) -> bool:
    """Whether a line is spelled as the list spells where a field stands."""
    from pipelines.remember import DESCRIPTION

    return line == DESCRIPTION or _PATH.fullmatch(line) is not None


def is_known(line: str, found: list[Remembered]) -> bool:
    """Whether something is remembered of a line."""
    from pipelines.remember import line_of

    return line_of(line) in {one.line for one in found}


def is_shown(connection: sqlite3.Connection, site: str, line: str) -> bool:
    """Whether a line is in what was taken for the text of a site's pages."""
    from pipelines.remember import DESCRIPTION, line_of

    if line == DESCRIPTION or held_by(connection, site, line_of(line)):
        return True
    return connection.execute(_SPELLED, (site, line)).fetchone() is not None


def decide(
    db: Path,
    site: str,
    sites_folder: Path,
    decided: list[tuple[str, Verdict]],
    undecided: str | None,
) -> list[str]:
    """Keep a person's verdicts and cut again what they change; say what was done.

    Raises:
        ArchiveLocked: Another process writes the archive.
    """
    from archive.write import Archive  # listing needs neither writer nor extractor
    from cli.reextract import profiles_in
    from pipelines.remember import line_of

    told: list[str] = []
    with Archive(db) as archive:
        for line, verdict in decided:
            articles = archive.memories.overrule(site, line_of(line), line, verdict)
            on = "" if is_place(line) else f", on {counted(articles)}"
            told.append(f"{WORDS[verdict]}{on}: {line}")
        if undecided is not None and not archive.memories.leave_to_machine(
            site, line_of(undecided)
        ):
            stop(f"nobody has decided of this line: {undecided}", EXIT_FAILED)
        archive.commit()
        changed = cut_again(archive, site, profiles_in(sites_folder))
        told.append(f"{counted(changed)} changed")
    return told


def cut_again(archive: Archive, site: str, profile_of: ProfileOf) -> int:
    """Cut again what a site's memory changes; return how many cuts are other ones."""
    from pipelines.settle import settle
    from pipelines.workers import Workers

    pool = Workers()
    try:
        return asyncio.run(settle(archive, site, profile_of, pool))
    finally:
        pool.close()


def tell(lines: list[str], *, quiet: bool) -> None:
    """Say what was done."""
    for line in lines:
        click.echo(line, err=quiet)


def counted(articles: int) -> str:
    """So many articles, in words."""
    return "1 article" if articles == 1 else f"{articles} articles"


def show(found: list[Remembered], as_json: bool) -> None:
    """Print the list."""
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], indent=2))
        return
    for one in found:
        days = f"{one.first_on} to {one.last_on}" if one.first_on else "days unknown"
        who = ", decided by a person" if one.decided_by == "person" else ""
        told = f"{counted(one.articles)}, {days}{who}"
        click.echo(f"{WORDS[one.verdict]:10} {told}")
        click.echo(f"           {one.text}")
    click.echo(f"{len(found)} lines remembered")

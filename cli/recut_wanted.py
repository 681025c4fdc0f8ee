"""What a person wants cut again goes in as words; a `Wanted` comes out."""

from __future__ import annotations

import re
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

from archive.database import open_for_reading
from archive.history.stale import Wanted
from archive.identity.known import known_at
from cli.options import EXIT_USAGE, stop
from crawler.errors import InvalidUrl
from crawler.urls import canonical

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = "%Y-%m-%dT%H:%M:%S"
"""Without a zone: it sorts before every spelling of the same second in the archive."""


def moment_of(
    context: click.Context, option: click.Parameter, given: str | None
) -> str | None:
    """Read a day or an instant; of `--until` a day's end is meant."""
    if given is None:
        return None
    try:
        if DAY.fullmatch(given):
            day = date.fromisoformat(given)
            return str(day + timedelta(days=option.name == "until")) + "T00:00:00"
        found = datetime.fromisoformat(given)
        return (
            found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC).strftime(MOMENT)
        )
    except (ValueError, OverflowError) as error:
        raise click.BadParameter(
            f"{given!r} is neither a day such as 2026-03-01 nor an instant such as"
            " 2026-03-01T12:00:00Z"
        ) from error


def wanted_of(
    db: Path,
    article: str | None,
    *,
    sites: tuple[str, ...],
    since: str | None,
    until: str | None,
) -> Wanted:
    """What is wanted; the site of an article is added to it."""
    if since and until and since >= until:
        stop("--since is not before --until, so nothing lies between", EXIT_USAGE)
    if article is None:
        return Wanted(sites=sites, since=since, until=until)
    article_id, site = article_of(db, article)
    if sites and site not in sites:
        stop(f"article {article_id} is of {site}, not of --site", EXIT_USAGE)
    return Wanted(sites=(site,), since=since, until=until, article_id=article_id)


def article_of(db: Path, article: str) -> tuple[int, str]:
    """Number and site of an article by its number or one of its addresses."""
    with closing(open_for_reading(db)) as connection:
        number = int(article) if article.isascii() and article.isdigit() else None
        if number is None:
            with suppress(InvalidUrl):
                known = known_at(connection, canonical(article))
                number = known.article_id if known else None
        row = connection.execute(
            "SELECT id, site FROM articles WHERE id = ?", (number,)
        ).fetchone()
    if row is None:
        stop(f"the archive has no article {article}", EXIT_USAGE)
    return int(row[0]), str(row[1])

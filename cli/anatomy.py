"""`cuttings anatomy`: one page goes in, its lines with roles and rules come out."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from archive.database import open_for_reading
from archive.stored import StoredCapture, stored_capture
from archive.warc.payloads import PayloadError
from cli.labelled import Labelled, from_capture, labelled
from cli.options import (
    EXIT_FAILED,
    EXIT_USAGE,
    db_option,
    json_option,
    sites_option,
    stop,
    told_errors,
)
from crawler.errors import InvalidUrl
from crawler.items import Page
from crawler.sites.load import load_all
from crawler.sites.profile import Profile, generic
from crawler.urls import canonical
from pipelines.extract import Anatomy, Part

COLOURS: dict[str, dict[str, Any]] = {
    "headline": {"bold": True},
    "standfirst": {"fg": "green", "bold": True},
    "byline": {"fg": "green"},
    "body": {},
    "subhead": {"bold": True},
    "quote": {"italic": True},
    "list": {},
    "table": {},
    "caption": {"fg": "blue"},
    "credit": {"fg": "blue"},
    "related": {"fg": "yellow"},
    "teaser": {"fg": "yellow"},
    "sponsored": {"fg": "red"},
}
"""How each role looks on a terminal; every other role is dimmed."""
ROLE_WIDTH = 11
LEAST_WIDTH = 60
"""Narrower terminals get lines that wrap."""


@click.command()
@click.argument("target", metavar="ARTICLE|URL|FILE")
@db_option
@sites_option
@click.option("--site", help="Read FILE as a page of this site, by its profile.")
@click.option("--url", help="The address that FILE came from.")
@json_option
def anatomy(
    target: str, db: Path, sites_folder: Path, as_json: bool, **given: str | None
) -> None:
    """Show how a page was cut: every line, its role and the rule that decided.

    ARTICLE is an article's number in the archive, URL an address whose capture is in
    it, FILE a saved HTML page. Nothing is fetched and nothing is written. Lines that
    are part of the article's text are marked with a bar.

    \b
    Examples:
      cuttings anatomy 42
      cuttings anatomy page.html --url https://www.example.org/news/story --json
    """
    with told_errors():
        profiles = {p.name: p for p in load_all(sites_folder).profiles}
        if Path(target).is_file():
            page = from_file(Path(target), given["url"] or "https://file.invalid/page")
            profile = profiles.get(given["site"] or "") or generic(page.url)
            found = labelled([page], profile)
        else:
            stored = from_archive(db, target)
            profile = profiles.get(stored.site) or generic(stored.home)
            found = readable(db, stored, profile)
    show(found, as_json=as_json)


def from_file(path: Path, url: str) -> Page:
    """A saved page as a crawl would have yielded it."""
    return Page(
        site="", crawl_id=0, requested_url=url, url=url, redirects=(), status=200,
        reason="OK", headers=(), wire=b"", body=path.read_bytes(),
        content_type="text/html", fetched_at="1970-01-01T00:00:00Z",
    )  # fmt: skip


def from_archive(db: Path, target: str) -> StoredCapture:
    """The newest capture of an article or an address."""
    with closing(open_for_reading(db)) as connection:
        stored = find(connection, target)
    if stored is None:
        stop(
            f"{target}: no file of this name, and no capture of it in {db}; crawl it"
            " first, or save the page and name the file",
            EXIT_USAGE,
        )
    return stored


def readable(db: Path, stored: StoredCapture, profile: Profile) -> Labelled:
    """Cut a stored page, or say why that cannot be done."""
    try:
        return from_capture(db, stored, profile)
    except PayloadError as error:
        stop(f"the capture of {stored.requested_url} is damaged: {error}", EXIT_FAILED)


def find(connection: sqlite3.Connection, target: str) -> StoredCapture | None:
    """The newest capture of an article's number or of an address."""
    if target.isdecimal():
        return stored_capture(connection, article_id=int(target))
    try:
        return stored_capture(connection, url=canonical(target))
    except InvalidUrl:
        return None


def show(found: Labelled, *, as_json: bool) -> None:
    """Print the anatomy of an article's pages."""
    if as_json:
        first, *further = (data_of(page) for page in found.pages)
        more = {"further": further} if further else {}
        click.echo(json.dumps(first | more, indent=2, ensure_ascii=False))
        return
    width = max(shutil.get_terminal_size((100, 24)).columns, LEAST_WIDTH)
    for number, page in enumerate(found.pages, 1):
        if number > 1:
            click.echo(f"\nPage {number}: {page.page.url}")
        for part in page.parts:
            click.echo(line_of(part, width))
    click.echo(summary(found))


def data_of(page: Anatomy) -> dict[str, Any]:
    """A page for a script to read."""
    return {"url": page.page.url, "parts": [asdict(part) for part in page.parts]}


def line_of(part: Part, width: int) -> str:
    """One line of the page for a terminal: role, text as far as it fits, rule."""
    room = width - ROLE_WIDTH - 3 - len(part.rule) - 3
    text = part.text if len(part.text) <= room else part.text[: max(room - 1, 20)] + "…"
    style = COLOURS.get(part.role, {"dim": True})
    bar = "|" if part.kept else " "
    rule = click.style(f"({part.rule})", dim=True)
    return f"{part.role:{ROLE_WIDTH}} {bar} {click.style(text, **style)} {rule}"


def summary(found: Labelled) -> str:
    """What was kept and what was left out, in words."""
    parts = [part for page in found.pages for part in page.parts]
    kept = sum(len(part.text.split()) for part in parts if part.kept)
    every = sum(len(part.text.split()) for part in parts)
    return f"{len(parts)} lines; {kept} of {every} words are the article's text"

"""`cuttings search`: words go in, ranked articles with snippets come out."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from archive.database import open_for_reading
from archive.search import Hit, SearchRequest, SearchResult, plain, segments
from archive.search import search as find
from cli.options import EXIT_FAILED, db_option, json_option, told_errors


@click.command()
@click.argument("query", nargs=-1, required=True)
@db_option
@click.option("--site", "sites", multiple=True, help="Only this site; repeatable.")
@click.option("--year", "years", multiple=True, type=int, help="Only this year.")
@click.option("--newest", is_flag=True, help="Newest first instead of best first.")
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    help="Most articles to print.",
)
@json_option
def search(
    query: tuple[str, ...], db: Path, as_json: bool, newest: bool, **filters: Any
) -> None:
    """Search the archive's headlines, standfirsts and text.

    All words must occur. "A phrase" in quotes, -word to leave out, OR between
    alternatives, prefix* for the beginning of a word, site:NAME and year:2019 or
    year:2017..2019 as filters. Nothing found gives exit code 1.

    \b
    Examples:
      cuttings search "chief digital officer" -- -interim
      cuttings search ofgem year:2019 --newest
    """
    request = SearchRequest(
        query=" ".join(query), sort="newest" if newest else "relevance", **filters
    )
    with told_errors(), closing(open_for_reading(db)) as connection:
        result = find(connection, request)
    if as_json:
        click.echo(json.dumps(as_data(result), indent=2, ensure_ascii=False))
    else:
        show(result)
    if not result.hits:
        raise SystemExit(EXIT_FAILED)


def as_data(result: SearchResult) -> dict[str, Any]:
    """A result for --json; marks in headlines and snippets are taken out."""
    hits = [
        {**asdict(hit), "headline": plain(hit.headline), "snippet": plain(hit.snippet)}
        for hit in result.hits
    ]
    return {
        "total": result.total,
        "total_is_exact": result.total_is_exact,
        "note": result.note,
        "hits": hits,
    }


def show(result: SearchResult) -> None:
    """Print a result for a person."""
    for hit in result.hits:
        show_hit(hit)
    about = "" if result.total_is_exact else "about "
    click.echo(f"{about}{result.total} articles found")
    if result.note:
        click.echo(result.note)


def show_hit(hit: Hit) -> None:
    """Print one article: what matched is bold on a terminal."""
    click.echo(marked(hit.headline))
    authors = f", {', '.join(hit.authors)}" if hit.authors else ""
    click.echo(f"  {hit.publication}, {hit.published_on or 'no date'}{authors}")
    click.echo(f"  {marked(hit.snippet)}")
    click.echo(f"  {hit.url}  [article {hit.article_id}]\n")


def marked(text: str) -> str:
    """Text with its matches in bold."""
    return "".join(
        click.style(run.text, bold=True) if run.marked else run.text
        for run in segments(text)
    )

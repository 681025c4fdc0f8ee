"""A few numbers go in; the pages of articles of a made-up harbour paper come out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawling import change, crawl_site, profile_of, rows
from press import Answer, Press, Reply, sitemap

from cli.plan import Tally

LINES = (
    "The harbour board of page {page} met on the quay for an hour and a half and put "
    "off the dredging of basin {line} until the tide tables are in print again.",
    "Its chairman for page {page} said that pilots who lie at berth {line} would be "
    "told by letter, and that nobody ought to sail on a rumour of shallow water.",
    "Nobody from page {page} had asked the eel fishers of weir {line}, who learned of "
    "it from the harbour master's dog, which was seen carrying the minutes home.",
)


def text_of(page: int) -> list[str]:
    """The paragraphs of one page."""
    return [line.format(page=page, line=n) for n in range(2) for line in LINES]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How an article on several pages is made."""

    of: int = 3
    to: str = "/harbour?page={}"
    """Address of the pages after the first."""
    first: str = "/harbour"
    title: str = "Dredging put off"
    day: str | None = "2026-03-04"
    foot: str = ""
    """What stands under the text."""
    about: int = 0
    """Added to the numbers in its text, which make it another article's."""


def part(page: int, **shape: Any) -> Reply:
    """One page of an article."""
    made = Shape(**shape)
    text = text_of(page + made.about)
    numbers = range(1, made.of + 1)
    where = {n: made.to.format(n) if n > 1 else made.first for n in numbers}
    pager = "".join(
        f'<a href="{url}">{n}</a> ' if n != page else f"<b>{n}</b> "
        for n, url in where.items()
    )
    if page < made.of:
        pager += f'<a rel="next" href="{where[page + 1]}">Next page</a>'
    stated = f'<meta property="article:published_time" content="{made.day}T09:30:00Z">'
    body = "".join(f"<p>{line}</p>" for line in text)
    title = made.title
    return Reply(
        body=f"<!DOCTYPE html><html lang=en><head><title>{title} - The Quay</title>"
        f"{stated if made.day else ''}</head><body><main><article><h1>{title}</h1>"
        '<p class="standfirst">The board wants to see the tide tables first</p>'
        f"{body}{made.foot}</article><div class=pager>Page {page} of {made.of}: "
        f"{pager}</div></main></body></html>"
    )


def harbour(count: int = 3, **more: Any) -> dict[str, Answer]:
    """An article on so many pages."""
    pages: dict[str, Answer] = {"/harbour": part(1, of=count, **more)}
    for page in range(2, count + 1):
        pages[f"/harbour?page={page}"] = part(page, of=count, **more)
    return pages


def mapped(
    site: Press,
    path: Path,
    *paths: str,
    settings: dict[str, Any] | None = None,
    **more: Any,
) -> Tally:
    """Crawl a site whose sitemap names these paths, by its profile."""
    site.pages["/map"] = sitemap(*map(site.url, paths))
    profile = profile_of(site.url(), sitemaps=(site.url("/map"),), **more)
    return crawl_site(path, profile, site.allowed, settings=settings)


def make_due(path: Path) -> None:
    """Let everything that falls due be due."""
    change(path, "UPDATE urls SET due_at = '2020-01-01' WHERE due_at IS NOT NULL")


def bodies(path: Path) -> list[list[str]]:
    """The lines of the newest text of every article."""
    found = rows(path, "SELECT text FROM full_articles ORDER BY id")
    return [row[0].splitlines() for row in found]


def whole(*pages: int) -> list[str]:
    """The text of an article on these pages."""
    return [line for page in pages for line in text_of(page)]

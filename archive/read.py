"""A connection goes in; what the home, list and status pages show comes out.

Read-only, and bounded: lists come in pages, and nothing reads article bodies. The whole
of one article is in full_article.py, search is in search.py. Only constants and ids
that came from the archive are pasted into statements.
"""

# ruff: noqa: S608

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from archive.failures import failed_pages
from archive.full_article import FullArticle, article
from archive.records import FailedPages
from archive.snapshot import snapshot

__all__ = [
    "FullArticle",
    "article",
    "authored",
    "home",
    "newest",
    "rejected",
    "status",
    "tagged",
]

BY_DAY = "a.published_on DESC, a.published_at DESC, a.id DESC"
NEWEST_ON_HOME = 12
CRAWLS_ON_HOME = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleLine:
    """An article as a list shows it."""

    article_id: int
    site: str
    publication: str
    """Title of the site."""
    headline: str
    standfirst: str | None
    published_on: str | None
    """Day in the site's time zone; None if unknown."""
    authors: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleList:
    """One page of a list, newest day first."""

    lines: tuple[ArticleLine, ...]
    total: int
    """Articles in the whole list."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Crawl:
    """One run over one site; the counts are those of the table `crawls`."""

    crawl_id: int
    site: str
    started_at: str
    finished_at: str | None
    finish: str | None
    """finished, stopped or failed; None while it runs, and if it was killed."""
    found: int
    known: int
    stored: int
    revised: int
    unchanged: int
    alias: int
    rejected: int
    failed: int
    disallowed: int
    left_over: int
    requests: int
    routes: int
    """Answers of feeds, sitemaps, section pages and APIs."""
    routes_unchanged: int
    """Of these 304; what they name is not counted as found."""
    problems: tuple[str, ...]
    """What went wrong with routes, for a person."""
    failures: tuple[FailedPages, ...]
    """Why pages were not had, the most frequent reasons."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReasonCount:
    """How many pages were rejected for one reason."""

    reason: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteStatus:
    """One site and how its crawling goes."""

    name: str
    title: str
    home: str
    language: str | None
    timezone: str | None
    articles: int
    oldest_on: str | None
    """Earliest day of publication; None without any."""
    newest_on: str | None
    last_crawl: Crawl | None
    """The run begun last; None if there was none."""
    rejected: tuple[ReasonCount, ...]
    """Most frequent reason first."""

    @property
    def rejected_pages(self) -> int:
        """Pages rejected for any reason."""
        return sum(reason.count for reason in self.rejected)


@dataclass(frozen=True, kw_only=True, slots=True)
class Home:
    """What the home page shows."""

    sites: tuple[SiteStatus, ...]
    """In the order of their titles."""
    articles: int
    """Articles of all sites."""
    newest: tuple[ArticleLine, ...]
    crawls: tuple[Crawl, ...]
    """The runs begun last, of all sites."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RejectedPage:
    """A page that was captured but is no article."""

    url: str
    reason: str
    detail: str | None
    title: str | None
    rejected_at: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedList:
    """The articles of one author or under one tag."""

    name: str
    articles: ArticleList


def home(connection: sqlite3.Connection) -> Home:
    """Sites, totals, newest articles and last crawls."""
    with snapshot(connection):
        sites = status(connection)
        newest = f"WHERE kind = 'crawl' ORDER BY id DESC LIMIT {CRAWLS_ON_HOME}"
        crawls = _crawls(connection, newest, ())
        return Home(
            sites=sites,
            articles=sum(site.articles for site in sites),
            newest=_lines(connection, "", (), limit=NEWEST_ON_HOME, offset=0),
            crawls=crawls,
        )


def status(
    connection: sqlite3.Connection, *, site: str | None = None
) -> tuple[SiteStatus, ...]:
    """How each site stands, or the one named; empty if there is no such site."""
    with snapshot(connection):
        only, values = ("WHERE name = ?", (site,)) if site else ("", ())
        rows = connection.execute(
            "SELECT name, title, home, language, timezone FROM sites "
            f"{only} ORDER BY title COLLATE NOCASE, name",
            values,
        ).fetchall()
        return tuple(_site(connection, *row) for row in rows)


def newest(
    connection: sqlite3.Connection,
    *,
    site: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> ArticleList:
    """Articles of all sites, or of one, newest day first."""
    only, values = ("WHERE a.site = ?", (site,)) if site else ("", ())
    with snapshot(connection):
        total = _number(connection, f"SELECT count(*) FROM articles a {only}", values)
        lines = _lines(connection, only, values, limit=limit, offset=offset)
        return ArticleList(lines=lines, total=total)


def authored(
    connection: sqlite3.Connection, author_id: int, *, limit: int = 50, offset: int = 0
) -> NamedList | None:
    """Articles by one author; None if there is no such author."""
    return _named(connection, "author", author_id, limit=limit, offset=offset)


def tagged(
    connection: sqlite3.Connection, tag_id: int, *, limit: int = 50, offset: int = 0
) -> NamedList | None:
    """Articles under one tag; None if there is no such tag."""
    return _named(connection, "tag", tag_id, limit=limit, offset=offset)


def rejected(
    connection: sqlite3.Connection, site: str, *, limit: int = 50, offset: int = 0
) -> tuple[RejectedPage, ...]:
    """Pages of a site that are no articles, by reason; status() has their number."""
    with snapshot(connection):
        rows = connection.execute(
            "SELECT url, reason, detail, title, rejected_at FROM rejected "
            "WHERE site = ? ORDER BY reason, rejected_at DESC, url LIMIT ? OFFSET ?",
            (site, limit, offset),
        )
        names = ("url", "reason", "detail", "title", "rejected_at")
        return tuple(RejectedPage(**dict(zip(names, row, strict=True))) for row in rows)


def _site(
    connection: sqlite3.Connection, name: str, title: str, *facts: str | None
) -> SiteStatus:
    """Count what belongs to a site."""
    count, oldest_on, newest_on = connection.execute(
        "SELECT count(*), min(published_on), max(published_on) FROM articles "
        "WHERE site = ?",
        (name,),
    ).fetchone()
    last = "WHERE site = ? AND kind = 'crawl' ORDER BY id DESC LIMIT 1"
    crawls = _crawls(connection, last, (name,))
    reasons = connection.execute(
        "SELECT reason, count(*) FROM rejected WHERE site = ? "
        "GROUP BY reason ORDER BY 2 DESC, 1",
        (name,),
    )
    address, language, timezone = facts
    return SiteStatus(
        name=name,
        title=title,
        home=address or "",
        language=language,
        timezone=timezone,
        articles=count,
        oldest_on=oldest_on,
        newest_on=newest_on,
        last_crawl=crawls[0] if crawls else None,
        rejected=tuple(ReasonCount(reason=reason, count=n) for reason, n in reasons),
    )


CRAWL_COLUMNS = (
    "site, started_at, finished_at, finish, found, known, stored, revised, unchanged, "
    "alias, rejected, failed, disallowed, left_over, requests, routes, "
    "routes_unchanged"
)


def _crawls(
    connection: sqlite3.Connection, which: str, values: tuple[str, ...]
) -> tuple[Crawl, ...]:
    """Runs as records."""
    names = CRAWL_COLUMNS.split(", ")
    rows = connection.execute(
        f"SELECT id, problems, {CRAWL_COLUMNS} FROM crawls {which}", values
    ).fetchall()
    return tuple(
        Crawl(
            crawl_id=row[0],
            problems=_problems(row[1]),
            failures=failed_pages(connection, row[0]),
            **dict(zip(names, tuple(row)[2:], strict=True)),
        )
        for row in rows
    )


def _problems(text: str) -> tuple[str, ...]:
    """The list of problems; text that is no JSON list is one problem."""
    try:
        found = json.loads(text)
    except ValueError:
        return (text,)
    return tuple(map(str, found)) if isinstance(found, list) else (text,)


def _named(
    connection: sqlite3.Connection, kind: str, name_id: int, *, limit: int, offset: int
) -> NamedList | None:
    """The list of one author or tag."""
    joined = (
        f"WHERE a.id IN (SELECT article_id FROM article_{kind}s WHERE {kind}_id = ?)"
    )
    with snapshot(connection):
        row = connection.execute(
            f"SELECT name FROM {kind}s WHERE id = ?", (name_id,)
        ).fetchone()
        if row is None:
            return None
        total = _number(
            connection, f"SELECT count(*) FROM articles a {joined}", (name_id,)
        )
        lines = _lines(connection, joined, (name_id,), limit=limit, offset=offset)
        return NamedList(name=row[0], articles=ArticleList(lines=lines, total=total))


def _lines(
    connection: sqlite3.Connection,
    where: str,
    values: tuple[str | int, ...],
    *,
    limit: int,
    offset: int,
) -> tuple[ArticleLine, ...]:
    """One page of articles, newest day first."""
    rows = connection.execute(
        "SELECT a.id, a.site, s.title, a.headline, a.standfirst, a.published_on "
        f"FROM articles a JOIN sites s ON s.name = a.site {where} "
        f"ORDER BY {BY_DAY} LIMIT ? OFFSET ?",
        (*values, limit, offset),
    ).fetchall()
    authors = bylines(connection, (row[0] for row in rows))
    return tuple(
        ArticleLine(
            article_id=row[0],
            site=row[1],
            publication=row[2],
            headline=row[3],
            standfirst=row[4],
            published_on=row[5],
            authors=authors.get(row[0], ()),
        )
        for row in rows
    )


def bylines(
    connection: sqlite3.Connection, ids: Iterable[int]
) -> dict[int, tuple[str, ...]]:
    """Names of the authors of some articles, in the order of the bylines."""
    listed = ", ".join(map(str, ids))
    names: dict[int, tuple[str, ...]] = {}
    for article_id, name in connection.execute(
        "SELECT j.article_id, n.name FROM article_authors j JOIN authors n "
        f"ON n.id = j.author_id WHERE j.article_id IN ({listed}) "
        "ORDER BY j.article_id, j.position"
    ):
        names[article_id] = (*names.get(article_id, ()), name)
    return names


def _number(
    connection: sqlite3.Connection, sql: str, values: tuple[str | int, ...]
) -> int:
    """The one number a query gives."""
    return int(connection.execute(sql, values).fetchone()[0])

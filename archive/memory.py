"""What pages showed and what was made of it go in; a site's memory comes out.

Functions on a connection, those that write on an open transaction; write.py owns it.
Nothing is judged here: pipelines/extract/learned/memory.py does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from archive.remembered import Holder, Place, Remembered, Trace

HOLDERS = """
WITH fresh AS (
  SELECT r.id FROM revisions r JOIN articles a ON a.id = r.article_id
  WHERE a.site = :site AND r.id > (SELECT learned_to FROM sites WHERE name = :site)
), candidates AS (
  SELECT line FROM revision_lines
  WHERE line IN (
    SELECT line FROM revision_lines WHERE revision_id IN (SELECT id FROM fresh))
  GROUP BY line
  HAVING sum(place < 3) >= :least OR sum(place = 6) >= :least
    OR (sum(place IN (4, 5)) > 0 AND sum(place IN (1, 2)) > 0)
  UNION SELECT line FROM memory
  WHERE site = :site AND EXISTS (SELECT 1 FROM fresh)
)
SELECT l.line, a.id, h.line, l.place, a.published_on
FROM candidates c
JOIN revision_lines l ON l.line = c.line
JOIN revisions r ON r.id = l.revision_id
JOIN articles a ON a.id = r.article_id AND a.site = :site
JOIN revision_lines h ON h.revision_id = r.id AND h.place = 4
ORDER BY l.line
"""
"""Lines on which new pages may change the opinion, with every article that shows them.
The last join finds the number of that article's own headline."""

PATHS = """
WITH fresh AS (
  SELECT r.id FROM revisions r JOIN articles a ON a.id = r.article_id
  WHERE a.site = :site AND r.id > (SELECT learned_to FROM sites WHERE name = :site)
)
SELECT p.path, a.id, h.line, 0, a.published_on
FROM revision_paths p
JOIN revisions r ON r.id = p.revision_id
JOIN articles a ON a.id = r.article_id AND a.site = :site
JOIN revision_lines h ON h.revision_id = r.id AND h.place = 4
WHERE p.path IN (
  SELECT path FROM revision_paths
  WHERE revision_id IN (SELECT id FROM fresh) AND path NOT LIKE 'lacks %'
  UNION SELECT text FROM memory
  WHERE site = :site AND text LIKE '%: %' AND EXISTS (SELECT 1 FROM fresh))
ORDER BY p.path
"""
"""The same of the paths at which new pages carry their fields."""

OUTDATED = """
SELECT r.id FROM memory m
JOIN revision_lines l ON l.line = m.line AND (l.place < 4 OR l.place = 6)
JOIN revisions r ON r.id = l.revision_id AND r.memory < m.version
JOIN articles a ON a.id = r.article_id AND a.site = m.site
WHERE m.site = :site
UNION
SELECT r.id FROM memory m
JOIN revision_paths p ON p.path = 'lacks ' || m.text
JOIN revisions r ON r.id = p.revision_id AND r.memory < m.version
JOIN articles a ON a.id = r.article_id AND a.site = m.site
WHERE m.site = :site
UNION
SELECT r.id FROM revisions r JOIN articles a ON a.id = r.article_id
WHERE r.memory < 0 AND a.site = :site
ORDER BY 1
"""
"""Revisions that were cut before something of theirs was learned, or from another page
than that of their article's own address (leaders.py)."""

OWNERS = """
SELECT m.line, h.line FROM memory m
JOIN revision_lines l ON l.line = m.line AND l.place IN (4, 5)
JOIN revisions r ON r.id = l.revision_id
JOIN articles a ON a.id = r.article_id AND a.site = m.site
JOIN revision_lines h ON h.revision_id = r.id AND h.place = 4
WHERE m.site = ? AND m.verdict = 'teaser'
"""
"""Headlines of the articles that a teaser's words are of."""

ENTRIES = """
SELECT line, text, verdict, articles, first_on, last_on, decided_by FROM memory
WHERE site = ? ORDER BY articles DESC, text
"""

PUT = """
INSERT INTO memory
  (site, line, text, verdict, articles, first_on, last_on, decided_by, version)
VALUES (:site, :line, :text, :verdict, :articles, :first_on, :last_on, :by, :version)
ON CONFLICT (site, line) DO UPDATE SET
  articles = excluded.articles, first_on = excluded.first_on,
  last_on = excluded.last_on,
  version = iif(verdict = excluded.verdict OR decided_by > excluded.decided_by,
    version, excluded.version),
  verdict = iif(decided_by > excluded.decided_by, verdict, excluded.verdict),
  decided_by = max(decided_by, excluded.decided_by)
"""
"""A person's word stands against the machine's, which comes first in the alphabet."""


def put_traces(
    db: sqlite3.Connection,
    revision_id: int,
    traces: Iterable[Trace],
    paths: Iterable[str],
) -> None:
    """Note what a revision's page teaches, in place of what was noted before."""
    db.execute("DELETE FROM revision_paths WHERE revision_id = ?", (revision_id,))
    db.executemany(
        "INSERT INTO revision_paths (path, revision_id) VALUES (?, ?)",
        [(path, revision_id) for path in paths],
    )
    db.execute("DELETE FROM revision_lines WHERE revision_id = ?", (revision_id,))
    db.executemany(
        "INSERT INTO revision_lines (line, revision_id, place) VALUES (?, ?, ?)",
        [(trace.line, revision_id, int(trace.place)) for trace in traces],
    )


def entries(db: sqlite3.Connection, site: str) -> list[Remembered]:
    """What is remembered of a site, the most frequent lines first."""
    names = ("line", "text", "verdict", "articles", "first_on", "last_on", "decided_by")
    rows = db.execute(ENTRIES, (site,))
    return [Remembered(**dict(zip(names, row, strict=True))) for row in rows]


def version(db: sqlite3.Connection, site: str) -> int:
    """Version of a site's memory; 0 where nothing has been learned."""
    row = db.execute("SELECT memory FROM sites WHERE name = ?", (site,)).fetchone()
    return int(row[0]) if row else 0


def owners(db: sqlite3.Connection, site: str) -> dict[int, frozenset[int]]:
    """For each teaser, the headlines of the articles that its words are of."""
    found: dict[int, set[int]] = {}
    for line, headline in db.execute(OWNERS, (site,)):
        found.setdefault(line, set()).add(headline)
    return {line: frozenset(headlines) for line, headlines in found.items()}


def holders(
    db: sqlite3.Connection, site: str, *, least: int
) -> Iterator[tuple[int, tuple[Holder, ...]]]:
    """Yield the lines that may be judged otherwise now, and the articles with them.

    Args:
        db: A connection.
        site: Which site.
        least: On so many pages a line must stand to be looked at, unless it is
            another article's headline or standfirst.
    """
    rows = db.execute(HOLDERS, {"site": site, "least": least})
    for line, group in groupby(rows, key=itemgetter(0)):
        yield line, tuple(_holder(row) for row in group)


def path_holders(
    db: sqlite3.Connection, site: str
) -> Iterator[tuple[str, tuple[Holder, ...]]]:
    """Yield the paths that may be judged otherwise now, and the articles with them."""
    rows = db.execute(PATHS, {"site": site})
    for path, group in groupby(rows, key=itemgetter(0)):
        yield path, tuple(_holder(row) for row in group)


def _holder(row: tuple[object, int, int, int, str | None]) -> Holder:
    _, article, title, place, on = row
    return Holder(article=article, title=title, place=Place(place), on=on)


def days(db: sqlite3.Connection, site: str) -> tuple[list[str], int]:
    """The days of publication of a site's articles in order, and how many it has."""
    rows = db.execute(
        "SELECT published_on FROM articles WHERE site = ? ORDER BY published_on",
        (site,),
    ).fetchall()
    return [day for (day,) in rows if day is not None], len(rows)


def held_by(db: sqlite3.Connection, site: str, line: int) -> int:
    """How many articles of a site show a line in what seemed to be their text."""
    row = db.execute(
        "SELECT count(DISTINCT r.article_id) FROM revision_lines l"
        " JOIN revisions r ON r.id = l.revision_id"
        " JOIN articles a ON a.id = r.article_id"
        " WHERE l.line = ? AND l.place < 4 AND a.site = ?",
        (line, site),
    ).fetchone()
    return int(row[0])


def leave_to_machine(db: sqlite3.Connection, site: str, line: int) -> bool:
    """Take a person's verdict back; return whether there was one.

    The site's memory is then learned from all its pages anew.
    """
    found = db.execute(
        "UPDATE memory SET decided_by = 'machine', verdict = 'text', version = ?"
        " WHERE site = ? AND line = ? AND decided_by = 'person'",
        (version(db, site) + 1, site, line),
    )
    if not found.rowcount:
        return False
    db.execute("UPDATE sites SET memory = memory + 1 WHERE name = ?", (site,))
    learn_all(db, site)
    return True


def line_texts(db: sqlite3.Connection, line: int, site: str) -> list[str]:
    """Texts of a site that show a line, headline first, to find how it is spelled."""
    rows = db.execute(
        "SELECT r.headline || char(10) || coalesce(r.standfirst, '') || char(10)"
        " || r.body FROM revision_lines l JOIN revisions r ON r.id = l.revision_id"
        " JOIN articles a ON a.id = r.article_id"
        " WHERE l.line = ? AND l.place < 6 AND a.site = ?"
        " ORDER BY l.place DESC, a.url LIMIT 5",
        (line, site),
    )
    return [str(row[0]) for row in rows]


def put(db: sqlite3.Connection, site: str, learned: Iterable[Remembered]) -> int:
    """Keep what was learned; return how many verdicts are new or other ones.

    What a person decided stays, unless a person decides anew.
    """
    before = _verdicts(db, site)
    next_version = version(db, site) + 1
    for one in learned:
        values = {
            "site": site,
            "line": one.line,
            "text": one.text,
            "verdict": one.verdict,
            "articles": one.articles,
            "first_on": one.first_on,
            "last_on": one.last_on,
            "by": one.decided_by,
            "version": next_version,
        }
        db.execute(PUT, values)
    after = _verdicts(db, site)
    changed = sum(before.get(line) != verdict for line, verdict in after.items())
    if changed:
        db.execute("UPDATE sites SET memory = ? WHERE name = ?", (next_version, site))
    return changed


def _verdicts(db: sqlite3.Connection, site: str) -> Mapping[int, str]:
    return dict(
        db.execute(
            "SELECT line, verdict FROM memory WHERE site = ?", (site,)
        ).fetchall()
    )


def set_learned(db: sqlite3.Connection, site: str) -> None:
    """Note that memory has been learned from every revision of a site there is."""
    db.execute(
        "UPDATE sites SET learned_to = (SELECT coalesce(max(r.id), 0) FROM revisions r"
        " JOIN articles a ON a.id = r.article_id WHERE a.site = :site)"
        " WHERE name = :site",
        {"site": site},
    )


def keep_as_cut(db: sqlite3.Connection, revision_id: int, version: int) -> None:
    """Note that a revision, cut with a version of memory, stays as it is."""
    db.execute("UPDATE revisions SET memory = ? WHERE id = ?", (version, revision_id))


def learn_all(db: sqlite3.Connection, site: str) -> None:
    """Have memory learned from all pages of a site the next time."""
    db.execute("UPDATE sites SET learned_to = -1 WHERE name = ?", (site,))


def is_to_learn_all(db: sqlite3.Connection, site: str) -> bool:
    """Whether that has been asked for and not been done yet."""
    query = "SELECT 1 FROM sites WHERE name = ? AND learned_to < 0"
    return db.execute(query, (site,)).fetchone() is not None


def outdated(db: sqlite3.Connection, site: str) -> list[int]:
    """Revisions of a site that were cut before something of theirs was learned."""
    return [int(row[0]) for row in db.execute(OUTDATED, {"site": site})]

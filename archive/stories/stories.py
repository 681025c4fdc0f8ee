"""Articles whose copies changed go in; the stories that they belong to come out.

A story is a connected group of copies. Its number stays as it grows. Where two meet,
the older number stays and the other one leads to it for ever; where one falls apart,
the largest part keeps the number.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

PARTNERS = """
SELECT other_id FROM copy_pairs WHERE article_id = ?1 AND relation <> 'none'
UNION SELECT article_id FROM copy_pairs WHERE other_id = ?1 AND relation <> 'none'
"""


def partners(db: sqlite3.Connection, article_id: int) -> set[int]:
    """The copies of an article."""
    return {row[0] for row in db.execute(PARTNERS, (article_id,))}


def regroup(db: sqlite3.Connection, article_ids: Iterable[int]) -> None:
    """Put articles, and all that are or were grouped with them, into their stories."""
    concerned = set(article_ids)
    former = {one: number for one in concerned if (number := _story(db, one))}
    for number in set(former.values()):
        concerned |= _members(db, number)
    groups = _groups(db, concerned)
    grouped = {one for group in groups for one in group}
    for alone in concerned - grouped:
        _put(db, [alone], None)
    _number(db, groups)
    _count(db, former.values())


def _groups(db: sqlite3.Connection, concerned: Iterable[int]) -> list[set[int]]:
    """The groups that articles are in, the largest first; none of one alone."""
    found: list[set[int]] = []
    seen: set[int] = set()
    for start in sorted(concerned):
        if start not in seen:
            group = _reach(db, start)
            seen |= group
            found.append(group)
    return sorted((g for g in found if len(g) > 1), key=lambda g: (-len(g), min(g)))


def _reach(db: sqlite3.Connection, start: int) -> set[int]:
    """All articles that copies lead to from one, itself included."""
    group, waiting = {start}, [start]
    while waiting:
        new = partners(db, waiting.pop()) - group
        group |= new
        waiting += new
    return group


def _number(db: sqlite3.Connection, groups: Iterable[set[int]]) -> None:
    """Give each group the oldest number of its members that is not taken."""
    became: dict[int, int] = {}
    taken: set[int] = set()
    for group in groups:
        had = sorted({number for one in group if (number := _story(db, one))})
        number = next((one for one in had if one not in taken), None) or _new(db)
        taken.add(number)
        for former in had:
            became.setdefault(former, number)
        _put(db, group, number)
        _count(db, [number])
    for former, number in became.items():
        if former not in taken:
            _join(db, former, number)


def _new(db: sqlite3.Connection) -> int:
    cursor = db.execute("INSERT INTO stories (articles) VALUES (0)")
    return int(cursor.lastrowid or 0)


def _join(db: sqlite3.Connection, other: int, number: int) -> None:
    """Have a number, and all that lead to it, lead to another one."""
    db.execute(
        "UPDATE stories SET joined_id = ?1, articles = 0, first_id = NULL"
        " WHERE id = ?2 OR joined_id = ?2",
        (number, other),
    )


def _put(db: sqlite3.Connection, group: Iterable[int], number: int | None) -> None:
    db.executemany(
        "UPDATE articles SET story_id = ?1 WHERE id = ?2 AND story_id IS NOT ?1",
        [(number, one) for one in sorted(group)],
    )


def _count(db: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Count the articles of stories, and note which of them had it first."""
    db.executemany(
        "UPDATE stories SET articles = (SELECT count(*) FROM articles WHERE story_id"
        " = ?1), first_id = (SELECT id FROM articles WHERE story_id = ?1 ORDER BY"
        " coalesce(published_on, substr(first_seen_at, 1, 10)),"
        " coalesce(published_at, first_seen_at), url LIMIT 1) WHERE id = ?1",
        [(number,) for number in set(numbers)],
    )


def recount(db: sqlite3.Connection, article_id: int) -> None:
    """Tell again which article of a story was first: its day may be another one now."""
    if number := _story(db, article_id):
        _count(db, [number])


def _story(db: sqlite3.Connection, article_id: int) -> int | None:
    row = db.execute("SELECT story_id FROM articles WHERE id = ?", (article_id,))
    found = row.fetchone()
    return found[0] if found else None


def _members(db: sqlite3.Connection, number: int) -> set[int]:
    rows = db.execute("SELECT id FROM articles WHERE story_id = ?", (number,))
    return {row[0] for row in rows}

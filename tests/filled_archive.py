"""A folder goes in; a small archive with rows in every table comes out, and its SQL.

    python tests/filled_archive.py

writes tests/archives/STEP.sql for the newest step of archive/migrations.py: how an
archive of this version looks, so that later versions can be tried on it. Run it when a
migration was added. The file of a step that has been released is never written again.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from made_pages import (  # noqa: E402
    ENDED,
    HOME,
    LATER,
    OTHER,
    SITE,
    address,
    answer,
    arrive,
    article,
    begun,
    fetch,
    kept,
)
from sqlite_utils import Database  # noqa: E402

from archive.memory import put_traces  # noqa: E402
from archive.migrations import migrations  # noqa: E402
from archive.records import (  # noqa: E402
    Article,
    Block,
    Fetch,
    Image,
    Notice,
    Origin,
    Rejection,
    RouteState,
)
from archive.remembered import Place, Remembered, Trace  # noqa: E402
from archive.stories.copy_index import move  # noqa: E402
from archive.write import Archive  # noqa: E402
from pipelines.copies.compare import compare_now  # noqa: E402

FOLDER = ROOT / "tests" / "archives"
MADE_AT = "2026-03-03T00:00:00Z"
"""In place of the times at which the archive was really made."""
OBJECTS = """
SELECT name, type, sql FROM sqlite_master
WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid
"""
WALL = Rejection(reason="login wall", detail="asks to log in", title="Log in")
REPORT = (
    "The lid makers of the lower valley met in the old drying shed on Friday and voted "
    "by a narrow count to press round lids only from the first week of spring.",
    "Square lids had been made there since the great flood carried the round moulds "
    "away, and most households keep a shelf of pots that nothing else will cover.",
    "A clerk of the guild read out the names of forty kettles that would stay open and "
    "asked their owners to bring them before the furnace is lit again in the morning.",
    "Nobody had expected the vote to fall as it did, least of all the foreman, whose "
    "own kitchen has been square for longer than anyone in the room could remember.",
)


def report(url: str, *, figure: str = "forty") -> Article:
    """A longer article, with pictures and a notice."""
    blocks = (text.replace("forty", figure) for text in REPORT)
    return replace(
        article("Lower Lidham", url),
        blocks=tuple(Block(kind="paragraph", text=text) for text in blocks),
        image=Image(url=f"{HOME}/shed.jpg", caption="The shed", credit="Ann Ladle"),
        images=(Image(url=f"{HOME}/mould.jpg", after_block=1),),
        notices=(Notice(kind="correction", text="This article was corrected."),),
        author_kinds={"Bo Ewer": "agency"},
    )


def fill(path: Path) -> None:
    """Make the archive."""
    with Archive(path) as archive:
        first_crawl(archive)
        other_crawl(archive)
        later_crawl(archive)
        taught(archive)
        imported(archive)
        left_over(archive)


def first_crawl(archive: Archive) -> None:
    """A crawl that stores two articles, one of them on two pages."""
    crawl = begun(archive)
    arrive(archive, fetch(crawl, "report"), report(address("report")))
    first = kept(archive, fetch(crawl, "long"))
    further = fetch(crawl, "long?page=2")
    bytes_of_it = replace(answer("long?page=2"), fetched_at=further.at)
    number = archive.keep(SITE.name, bytes_of_it, Origin(part_of=first.capture_id))
    part = replace(further, capture_id=number)
    arrive(archive, replace(first, parts=(part,)), article("long"))
    archive.reject(kept(archive, fetch(crawl, "login")), WALL)
    archive.fail(replace(fetch(crawl, "lost"), status=500), "HTTP 500")
    route = RouteState(
        url=f"{HOME}/feed", site=SITE.name, kind="feed", fetched_at=LATER, status=200
    )
    archive.end_crawl(crawl, replace(ENDED, found=6, routes=(route,)), now=LATER)


def other_crawl(archive: Archive) -> None:
    """A crawl of another title that has taken one of them over."""
    crawl = begun(archive, OTHER)
    copy = fetch(crawl, "copy", site=OTHER)
    arrive(archive, copy, report(copy.url))
    with archive._writing() as db:
        move(db, least=0)
    compare_now(archive)
    archive.end_crawl(crawl, replace(ENDED, found=1), now=LATER)


def later_crawl(archive: Archive) -> None:
    """A crawl that finds one corrected, one gone, and one that is new."""
    crawl = begun(archive, now=LATER)
    edited = report(address("report"), figure="fifty")
    arrive(archive, fetch(crawl, "report", at=LATER), edited)
    archive.fail(replace(fetch(crawl, "long", at=LATER), status=404), "HTTP 404")
    arrive(archive, fetch(crawl, "new", at=LATER), article("new"))
    compare_now(archive)
    archive.end_crawl(crawl, replace(ENDED, found=3), now=LATER)


def taught(archive: Archive) -> None:
    """What the site's pages have taught, and a text that was cut again."""
    with archive._writing() as db:
        traces = (Trace(line=1, place=Place(4)), Trace(line=7, place=Place(0)))
        put_traces(db, 1, traces, ("standfirst: main > p.lead",))
    entry = Remembered(line=7, text="Read more", verdict="nav", articles=3)
    archive.memories.learned(SITE.name, [entry])
    with archive._writing() as db:
        db.execute(
            "INSERT OR IGNORE INTO identifiers VALUES (?, 'guid-1', 1, ?, ?)",
            (SITE.name, MADE_AT, MADE_AT),
        )
        db.execute(
            "INSERT INTO recuts (revision_id, at, fields, extractor, memory,"
            " old_extractor, old_memory) VALUES (1, ?, '[\"authors\"]', 'test 1', 1,"
            " 'test 0', 0)",
            (MADE_AT,),
        )


def imported(archive: Archive) -> None:
    """A text that somebody had."""
    crawl = archive.begin_import(OTHER, now=LATER)
    text = replace(answer("old.txt", b"text", site=OTHER), kind="resource", status=0)
    number = archive.keep(OTHER.name, text, Origin(hints='[{"file":"old.txt"}]'))
    found = fetch(crawl, "old.txt", site=OTHER, at=LATER)
    rejection = Rejection(reason="no text", detail="one word")
    archive.reject(replace(found, capture_id=number, imported=True), rejection)
    archive.end_crawl(crawl, replace(ENDED, found=1), now=LATER)


def left_over(archive: Archive) -> None:
    """What a crawl that was killed leaves: no end, and a text not yet compared."""
    crawl = begun(archive, now=LATER)
    late: Fetch = fetch(crawl, "late", at=LATER)
    arrive(archive, late, article("late"))


def dump(path: Path) -> Iterator[str]:
    """Yield an archive as SQL that makes it again, the search index from its texts."""
    with closing(sqlite3.connect(path)) as db:
        objects = db.execute(OBJECTS).fetchall()
        virtual = [name for name, _, sql in objects if "CREATE VIRTUAL" in sql]
        own = [
            (name, kind, sql)
            for name, kind, sql in objects
            if not any(
                name.startswith(f"{one}_") and kind == "table" for one in virtual
            )
        ]
        for name, kind, sql in own:
            if kind == "table" and name not in virtual:
                yield f"{sql};"
                yield from rows_of(db, name)
        yield from (f"{sql};" for name, _, sql in own if name in virtual)
        yield from (f"{sql};" for _, kind, sql in own if kind != "table")
        yield from (f"INSERT INTO {one}({one}) VALUES ('rebuild');" for one in virtual)


def rows_of(db: sqlite3.Connection, table: str) -> Iterator[str]:
    """Yield the statements that put a table's rows in."""
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    quoted = " || ', ' || ".join(f'quote("{name}")' for name in columns)
    for (values,) in db.execute(f'SELECT {quoted} FROM "{table}" ORDER BY 1'):
        yield f'INSERT INTO "{table}" VALUES ({values});'


def load(script: Path, path: Path) -> None:
    """Make an archive of an earlier version from its SQL."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(script.read_text(encoding="utf-8"))


def steps() -> list[str]:
    """Names of all migrations, in order."""
    with closing(sqlite3.connect(":memory:")) as empty:
        return [step.name for step in migrations.pending(Database(empty))]


def main() -> None:
    """Write the SQL of this version's filled archive."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        fill(path)
        with closing(sqlite3.connect(path)) as db, db:
            db.execute("UPDATE _sqlite_migrations SET applied_at = ?", (MADE_AT,))
        text = "\n".join(dump(path))
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{steps()[-1]}.sql").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

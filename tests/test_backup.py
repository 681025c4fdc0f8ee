"""`cuttings backup`: whole under a running crawl, incremental, never half replaced."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from command import environment
from filled_archive import fill
from made_pages import LATER, SITE, arrive, article, begun, fetch, rows
from sqlite_utils import Database

from archive.backups import captures as backup_captures
from archive.backups.backup import Backup, back_up
from archive.check import Depth, check
from archive.database import WriteLock, captures_folder, open_for_reading
from archive.errors import ArchiveLocked, BackupFailed, BackupRefused
from archive.migrations import migrations
from archive.write import Archive, Limits
from cli.main import main

ROOT = Path(__file__).resolve().parent.parent
TABLES = (
    "articles",
    "revisions",
    "captures",
    "urls",
    "fetches",
    "crawls",
    "copy_pairs",
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A filled archive of ten captures."""
    path = tmp_path / "live" / "archive.db"
    path.parent.mkdir()
    fill(path)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the backup goes; not there yet."""
    return tmp_path / "disk" / "backup"


def add(path: Path, *names: str, rotate_bytes: int = 10**9) -> None:
    """Crawl so many new articles."""
    with Archive(path, Limits(rotate_bytes=rotate_bytes)) as archive:
        crawl = begun(archive, now=LATER)
        for name in names:
            arrive(archive, fetch(crawl, name, at=LATER), article(name))


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of an archive's main tables."""
    return {name: rows(path, f"SELECT * FROM {name} ORDER BY 1, 2") for name in TABLES}


def is_whole(path: Path) -> bool:
    """Whether a check finds an archive and all of its captures undamaged."""
    return check(path, Depth()).damage == ()


def warcs(folder: Path) -> list[Path]:
    """The WARC files of a backup or an archive."""
    return sorted((folder / "captures").glob("*"))


def test_a_backup_is_a_whole_archive(source: Path, folder: Path) -> None:
    """Rows and captures are all there; the copy is one file, which needs no log."""
    made = back_up(source, folder)
    assert content(made.path) == content(source)
    assert is_whole(made.path)
    assert (made.articles, made.is_first) == (5, True)
    assert rows(made.path, "PRAGMA journal_mode") == [("delete",)]
    names = {one.name for one in folder.iterdir()}
    assert names == {"archive.db", "archive.db.lock", "captures"}


def test_a_backup_can_be_crawled_into(source: Path, folder: Path) -> None:
    """Opened for writing, the copy is an archive like any, and leaves the source be."""
    made = back_up(source, folder)
    before = [one.read_bytes() for one in warcs(source.parent)]
    add(made.path, "restored")
    assert is_whole(made.path)
    assert [one.read_bytes() for one in warcs(source.parent)] == before


def test_a_second_backup_copies_what_is_new(source: Path, folder: Path) -> None:
    """Of a WARC file that has grown only the new bytes are copied; else none."""
    back_up(source, folder)
    before = warcs(folder)[0].stat().st_size
    add(source, "later")
    again = back_up(source, folder)
    assert again.captures is not None and not again.is_first
    grown = warcs(folder)[0].stat().st_size - before
    assert again.captures.copied_bytes == grown > 0
    third = back_up(source, folder)
    assert third.captures is not None
    assert (third.captures.copied, third.captures.copied_bytes) == (0, 0)
    assert content(third.path) == content(source)
    assert is_whole(third.path)


def test_commits_in_between_neither_wait_nor_begin_it_again(
    source: Path, folder: Path
) -> None:
    """A crawl that commits at every step leaves a backup of one moment."""
    before = content(source)
    left: list[int] = []
    with Archive(source, Limits(busy_seconds=0.1)) as archive:
        crawl = begun(archive, now=LATER)

        def told(what: str, done: int, of: int) -> None:
            if what == "database":
                left.append(of - done)
                name = f"meanwhile-{len(left)}"
                arrive(archive, fetch(crawl, name, at=LATER), article(name))
                archive.commit()

        expected = {**before, "crawls": rows(source, "SELECT * FROM crawls ORDER BY 1")}
        made = back_up(source, folder, told=told, step_pages=5)
    assert len(left) > 10
    assert left == sorted(left, reverse=True) and len(set(left)) == len(left)
    assert content(made.path) == expected
    assert is_whole(made.path)
    assert is_whole(source)


def test_an_uncommitted_page_is_not_in_it(source: Path, folder: Path) -> None:
    """What a crawl has not acknowledged yet is in neither rows nor WARC files."""
    with Archive(source) as archive:
        crawl = begun(archive, now=LATER)
        arrive(archive, fetch(crawl, "open", at=LATER), article("open"))
        archive.captures.sync()
        made = back_up(source, folder)
        assert len(warcs(folder)[0].read_bytes()) < len(
            warcs(source.parent)[0].read_bytes()
        )
    assert made.articles == 5
    assert is_whole(made.path)


def test_full_files_are_linked_and_the_newest_is_not(
    source: Path, folder: Path
) -> None:
    """On one file system full WARC files share their bytes; the one that may grow,
    here or in the backup, never does."""
    add(source, "a", "b", "c", rotate_bytes=1)
    made = back_up(source, folder)
    assert made.captures is not None
    *full, newest = warcs(folder)
    assert made.captures.linked == len(full) == 3
    live = {one.name: one for one in warcs(source.parent)}
    assert all(one.samefile(live[one.name]) for one in full)
    assert not newest.samefile(live[newest.name])
    assert is_whole(made.path)
    again = back_up(source, folder).captures
    assert again is not None and (again.linked, again.copied) == (0, 0)


def test_without_captures_the_database_alone_is_copied(
    source: Path, folder: Path
) -> None:
    """--no-captures leaves them out, and refuses to replace a backup that has them."""
    made = back_up(source, folder, with_captures=False)
    assert made.captures is None and not (folder / "captures").exists()
    assert content(made.path) == content(source)
    back_up(source, folder)
    with pytest.raises(BackupRefused, match="has captures, and this one has none"):
        back_up(source, folder, with_captures=False)
    assert is_whole(folder / "archive.db")


KILLED = """
import os, signal, sys
sys.path[:0] = sys.argv[1:2]
from pathlib import Path
from archive.backups import backup
left = int(sys.argv[4])
def step(*_):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
for name in ("fsync", "link", "replace"):
    def dying(*given, real=getattr(os, name)):
        step()
        real(*given)
        step()
    setattr(os, name, dying)
backup.back_up(Path(sys.argv[2]), Path(sys.argv[3]), told=step, step_pages=30)
"""


def killed(source: Path, folder: Path, count: int) -> bool:
    """Make a backup in a process that is killed at a step; False if it had ended."""
    arguments = [str(ROOT), str(source), str(folder), str(count)]
    run = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False)
    assert run.returncode in (-9, 0)
    return run.returncode == -9


def test_killed_at_any_step_a_whole_backup_stays(source: Path, folder: Path) -> None:
    """The former backup or the new one is whole after each kill; then a run ends."""
    made = back_up(source, folder)
    former = content(made.path)
    add(source, "a", "b", rotate_bytes=5_000)
    add(source, "c", rotate_bytes=1)
    new = content(source)
    kept = shutil.copytree(folder, folder.with_name("kept"))
    steps = 0
    while killed(source, folder, steps):
        assert content(made.path) in (former, new)
        assert is_whole(made.path)
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)
        steps += 1
    assert steps > 15
    assert content(made.path) == new
    back_up(source, folder)
    assert is_whole(made.path)
    assert not [one for one in folder.rglob("*") if "partial" in one.name]


def test_a_killed_first_backup_is_completed(source: Path, folder: Path) -> None:
    """Where the first run was killed there is no archive.db; the next run makes it."""
    assert killed(source, folder, 6)
    assert not (folder / "archive.db").exists()
    assert is_whole(back_up(source, folder).path)
    assert {one.name for one in folder.iterdir()} == {
        "archive.db",
        "archive.db.lock",
        "captures",
    }


def test_what_a_killed_run_added_is_compared(source: Path, folder: Path) -> None:
    """Bytes behind what the former backup needs are not taken for the archive's."""
    made = back_up(source, folder)
    add(source, "later")
    with warcs(folder)[0].open("ab") as file:
        file.write(b"\0" * 300)
    assert is_whole(made.path)
    back_up(source, folder)
    assert is_whole(made.path)


def test_what_a_killed_run_added_is_kept_where_it_is_right(
    source: Path, folder: Path
) -> None:
    """Bytes that are the archive's are not copied again."""
    back_up(source, folder)
    add(source, "later")
    live, held = warcs(source.parent)[0].read_bytes(), warcs(folder)[0].stat().st_size
    warcs(folder)[0].write_bytes(live[: held + 100])
    made = back_up(source, folder)
    assert made.captures is not None
    assert made.captures.copied_bytes == len(live) - held - 100
    assert is_whole(made.path)


def test_on_another_file_system_files_are_copied(
    source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no link can be made every file is copied."""

    def refused(*_: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    add(source, "a", "b", rotate_bytes=1)
    monkeypatch.setattr(os, "link", refused)
    made = back_up(source, folder)
    assert made.captures is not None
    assert (made.captures.linked, made.captures.copied) == (0, 3)
    assert is_whole(made.path)


def test_a_file_that_shrinks_meanwhile_is_told(
    source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A WARC file that somebody cuts short while it is copied makes the backup fail."""
    monkeypatch.setattr(backup_captures, "CHUNK_BYTES", 1000)

    def told(what: str, done: int, of: int) -> None:
        if what == "captures":
            os.truncate(warcs(source.parent)[0], 1000)

    with pytest.raises(BackupFailed, match="the file became shorter"):
        back_up(source, folder, told=told)
    assert not (folder / "archive.db").exists()


def test_what_sqlite_refuses_is_told(source: Path, folder: Path) -> None:
    """An error of SQLite names the folder and leaves nothing half made."""

    def told(what: str, done: int, of: int) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with pytest.raises(BackupFailed, match="could not be made: disk I/O error"):
        back_up(source, folder, told=told)
    assert [one.name for one in folder.iterdir()] == ["archive.db.lock"]


LITTLE_ROOM = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
del sys.argv[1]
runpy.run_module("cli", run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize("room", [100_000, 40_000])
def test_a_full_disk_leaves_the_former_backup(
    source: Path, folder: Path, room: int
) -> None:
    """Where the disk is full the command ends with 3, says so, and harms nothing."""
    made = back_up(source, folder)
    former = content(made.path)
    add(source, *(f"more-{n}" for n in range(20)))
    words = ["backup", str(folder), "--db", str(source)]
    run = subprocess.run(
        [sys.executable, "-c", LITTLE_ROOM, str(room), *words],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert run.returncode == 3, run.stderr
    assert f"Error: the backup in {folder} could not be made" in run.stderr
    assert "a former backup there is as it was" in run.stderr
    assert content(made.path) == former
    assert is_whole(made.path)
    assert not list(folder.glob("*partial*"))


def said(*arguments: object) -> Result:
    """Run `cuttings backup` in this process."""
    return CliRunner().invoke(main, ["backup", *map(str, arguments)])


def test_the_command_says_what_it_copied(source: Path, folder: Path) -> None:
    """A line for a person, and with --json all figures."""
    found = said(folder, "--db", source)
    assert found.exit_code == 0
    assert f"{folder}/archive.db: 5 articles, database 0." in found.output
    assert "1 WARC file: 1 copied (0.0 MB), 0 linked" in found.output
    told = json.loads(said(folder, "--db", source, "--json").stdout)
    assert (told["articles"], told["captures"]["copied"]) == (5, 0)
    alone = said(folder / "alone", "--db", source, "--no-captures")
    assert "no captures" in alone.output


def test_a_folder_that_cannot_be_written_is_exit_code_3(
    source: Path, tmp_path: Path
) -> None:
    """Where DEST lies below a file the command says so."""
    (tmp_path / "file").touch()
    found = said(tmp_path / "file" / "backup", "--db", source)
    assert found.exit_code == 3
    assert "could not be made: Not a directory" in found.output


def test_a_lock_that_cannot_be_made_is_told(source: Path, folder: Path) -> None:
    """So is a folder in which no file can be made."""
    (folder / "archive.db.lock").mkdir(parents=True)
    with pytest.raises(BackupFailed, match="Is a directory"):
        back_up(source, folder)


def test_the_archives_own_folders_are_refused(source: Path) -> None:
    """A backup into the archive's folder or its captures is refused, with code 2."""
    captures = captures_folder(source)
    for own in (source.parent, captures, captures / "deeper"):
        found = said(own, "--db", source)
        assert found.exit_code == 2
        assert "choose another folder" in found.output
    assert not (captures / "deeper").exists()


def test_a_link_to_the_archive_is_refused(source: Path, folder: Path) -> None:
    """A folder whose archive.db is the archive under another name is refused."""
    folder.mkdir(parents=True)
    (folder / "archive.db").hardlink_to(source)
    with pytest.raises(BackupRefused, match="the archive lies there"):
        back_up(source, folder)


def test_the_backup_of_another_archive_is_kept(
    source: Path, folder: Path, tmp_path: Path
) -> None:
    """An archive that lacks captures of the backup does not replace it."""
    made = back_up(source, folder)
    before = made.path.read_bytes()
    other = tmp_path / "other" / "archive.db"
    add(other, "x")
    with pytest.raises(BackupRefused, match="has 10 captures that this archive does"):
        back_up(other, folder)
    assert made.path.read_bytes() == before
    assert is_whole(made.path)


def test_what_is_no_backup_is_kept(source: Path, folder: Path) -> None:
    """An archive.db of another program, or a damaged one, is not replaced."""
    folder.mkdir(parents=True)
    target = folder / "archive.db"
    with closing(sqlite3.connect(target)) as db:
        db.execute("CREATE TABLE bookmarks (url TEXT)")
    for why in ("another program's database", "file is not a database"):
        before = target.read_bytes()
        with pytest.raises(BackupRefused, match=why):
            back_up(source, folder)
        assert target.read_bytes() == before
        target.write_bytes(b"no database, but more than a hundred bytes " * 90)


def test_an_archive_that_was_never_filled_is_kept(source: Path, folder: Path) -> None:
    """Nor is what a first crawl that was killed has left."""
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / "archive.db", isolation_level=None)) as db:
        migrations.ensure_migrations_table(Database(db))
    with pytest.raises(BackupRefused, match="a run was killed before it was filled"):
        back_up(source, folder)


def test_missing_captures_are_told(source: Path, folder: Path) -> None:
    """Without its WARC file an archive is not backed up, unless the backup has it."""
    back_up(source, folder)
    warcs(source.parent)[0].unlink()
    assert is_whole(back_up(source, folder).path)
    shutil.rmtree(folder)
    with pytest.raises(BackupRefused, match="is missing or shorter than its rows say"):
        back_up(source, folder)
    assert not (folder / "archive.db").exists()


def test_two_backups_at_once_are_refused(source: Path, folder: Path) -> None:
    """While one writes into a folder, another is refused."""
    back_up(source, folder)
    lock = WriteLock(folder / "archive.db")
    with pytest.raises(ArchiveLocked):
        back_up(source, folder)
    lock.release()


def test_a_log_beside_the_former_backup_is_folded_in(
    source: Path, folder: Path
) -> None:
    """What was written into the backup itself leaves no log that the new one reads."""
    made = back_up(source, folder)
    with closing(sqlite3.connect(made.path)) as db, db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("UPDATE sites SET title = 'Mine'")
        for end in ("", "-wal"):
            shutil.copy(f"{made.path}{end}", f"{made.path}.kept{end}")
    for end in ("", "-wal"):
        Path(f"{made.path}.kept{end}").replace(f"{made.path}{end}")
    back_up(source, folder)
    assert not list(folder.glob("*-wal"))
    titles = rows(made.path, "SELECT title FROM sites ORDER BY name")
    assert (SITE.title,) in titles and ("Mine",) not in titles


def test_a_backup_is_read_where_nothing_can_be_written(
    source: Path, folder: Path
) -> None:
    """Opened for reading, the copy makes no file beside itself."""
    made: Backup = back_up(source, folder)
    with closing(open_for_reading(made.path)) as db:
        assert db.execute("SELECT count(*) FROM articles").fetchone() == (5,)
        assert not list(folder.glob("*-shm"))


def test_a_file_is_no_folder(source: Path) -> None:
    """Who names a file as DEST is told, with exit code 2; nothing is written."""
    found = CliRunner().invoke(main, ["backup", str(source), "--db", str(source)])
    assert found.exit_code == 2
    assert "is a file" in found.output

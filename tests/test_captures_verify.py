"""`cuttings captures verify`: a flipped byte is found, what a kill leaves is told."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from made_pages import OTHER, answer, begun, fetch, rows

from archive.database import captures_folder, open_for_reading
from archive.records import Origin
from archive.warc.verify import Fault, Tally, verify
from archive.write import Archive, Limits
from cli.main import main

PAYLOADS = [b"<p>%s</p>" % (bytes([65 + n]) * (40 + 13 * n)) for n in range(6)]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """An archive with six captures of two sites."""
    path = tmp_path / "archive.db"
    filled(path)
    return path


def filled(path: Path, *, rotate_bytes: int = 10**9) -> None:
    """Make an archive of six captures."""
    with Archive(path, Limits(rotate_bytes=rotate_bytes)) as archive:
        run = begun(archive)
        begun(archive, OTHER)
        for number, payload in enumerate(PAYLOADS):
            site = OTHER if number == 3 else None
            found = answer(f"page/{number}", payload)
            name = site.name if site else "kettle"
            capture = archive.keep(name, found, Origin())
            if site is None:
                one = fetch(run, f"page/{number}")
                archive.fail(one, f"capture {capture}")


def file_of(db: Path) -> Path:
    """The first WARC file of an archive."""
    return min(captures_folder(db).iterdir())


def looked(db: Path, site: str | None = None) -> tuple[list[Fault], Tally]:
    """What is found."""
    tally = Tally()
    with closing(open_for_reading(db)) as connection:
        folder = captures_folder(db)
        return list(verify(connection, folder, site=site, tally=tally)), tally


def command(db: Path, *more: str) -> Result:
    """Run the command."""
    arguments = ["captures", "verify", "--db", str(db), *more]
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def change(db: Path, statement: str) -> None:
    """Change the index behind the archive's back."""
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute(statement)


def test_whole_captures_have_no_fault(db: Path) -> None:
    """Of an archive that nobody touched all is read and nothing is found."""
    faults, tally = looked(db)
    assert faults == []
    assert (tally.files, tally.captures, tally.not_indexed, tally.torn) == (1, 6, 0, [])
    result = command(db)
    assert result.exit_code == 0
    assert "6 captures in 1 file read" in result.stdout


def test_every_flipped_byte_is_found(db: Path) -> None:
    """A changed byte anywhere in a file is a fault, at the record that it lies in."""
    path = file_of(db)
    whole = path.read_bytes()
    places = rows(db, "SELECT id, offset, offset + length FROM captures")
    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 0xFF
        path.write_bytes(flipped)
        faults, _ = looked(db)
        within = [row[0] for row in places if row[1] <= place < row[2]]  # type: ignore[operator]
        if within:
            assert [fault.capture_id for fault in faults] == within, place
        elif not 4 <= place < 10:  # of the file's own first record, which says nothing
            assert [fault.kind for fault in faults] == ["stray bytes"], place


def test_a_damaged_capture_is_told(db: Path) -> None:
    """The exit code is 1; line and JSON name the file, the place and the address."""
    path = file_of(db)
    content = bytearray(path.read_bytes())
    ((offset,),) = rows(db, "SELECT offset FROM captures WHERE id = 2")
    content[int(str(offset)) + 40] ^= 1
    path.write_bytes(content)
    told = command(db)
    assert told.exit_code == 1
    assert f"damaged: {path.name} byte {offset}" in told.stdout
    assert "https://kettle.example/page/1" in told.stdout
    data = json.loads(command(db, "--json").stdout)
    assert [fault["capture_id"] for fault in data["faults"]] == [2]
    assert command(db, "--site", "tray").exit_code == 0


def drop_middle(db: Path) -> None:
    change(db, "DELETE FROM fetches")
    change(db, "DELETE FROM captures WHERE id IN (2, 6)")


def test_records_without_a_row_are_no_fault(db: Path) -> None:
    """Whole records between and behind the captures are counted, and no more."""
    drop_middle(db)
    faults, tally = looked(db)
    assert (faults, tally.not_indexed) == ([], 2)


@pytest.mark.parametrize("lost", [1, 9, 60])
def test_a_torn_end_is_told_apart(db: Path, lost: int) -> None:
    """What a kill leaves of a last record that no row points at is no fault."""
    drop_middle(db)
    path = file_of(db)
    path.write_bytes(path.read_bytes()[:-lost])
    faults, tally = looked(db)
    assert (faults, tally.torn, tally.not_indexed) == ([], [path.name], 1)
    assert "unfinished record" in command(db).stdout


def test_an_older_file_with_stray_bytes_is_a_fault(tmp_path: Path) -> None:
    """Behind the captures of a file that is full nothing else may lie."""
    db = tmp_path / "archive.db"
    filled(db, rotate_bytes=900)
    assert len(list(captures_folder(db).iterdir())) > 1
    with file_of(db).open("ab") as file:
        file.write(b"nothing of ours")
    faults, _ = looked(db)
    assert [fault.kind for fault in faults] == ["stray bytes"]


WRONG: dict[str, tuple[Callable[[Path], Any], str, int]] = {
    "missing": (lambda db: file_of(db).unlink(), "missing file", 6),
    "overlap": (
        lambda db: change(db, "UPDATE captures SET offset = offset - 1 WHERE id = 4"),
        "overlap",
        1,
    ),
    "digest": (
        lambda db: change(db, "UPDATE captures SET digest = 'sha1:X' WHERE id = 1"),
        "other record",
        1,
    ),
    "url": (
        lambda db: change(db, "UPDATE captures SET url = 'http://x/' WHERE id = 1"),
        "other record",
        1,
    ),
    "time": (
        lambda db: change(db, "UPDATE captures SET fetched_at = 'x' WHERE id = 1"),
        "other record",
        1,
    ),
    "kind": (
        lambda db: change(db, "UPDATE captures SET kind = 'resource' WHERE id = 1"),
        "other record",
        1,
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_rows_that_do_not_fit_are_found(db: Path, case: str) -> None:
    """A missing file, rows that overlap and rows of other records are faults."""
    spoil, kind, lost = WRONG[case]
    spoil(db)
    faults, _ = looked(db)
    assert kind in [fault.kind for fault in faults]
    assert sum(fault.captures for fault in faults) == lost


def test_a_file_that_lost_its_end_is_found(db: Path) -> None:
    """A file shorter than the index is told, and each capture that is gone with it."""
    ((offset,),) = rows(db, "SELECT offset FROM captures WHERE id = 5")
    path = file_of(db)
    path.write_bytes(path.read_bytes()[: int(str(offset)) + 3])
    faults, _ = looked(db)
    assert [fault.kind for fault in faults] == ["short file", "damaged", "damaged"]
    assert [fault.capture_id for fault in faults] == [None, 5, 6]


def test_it_works_while_a_crawl_writes(db: Path) -> None:
    """What a run has written and not yet noted is no fault, before and after."""
    with Archive(db) as archive:
        archive.keep("kettle", answer("page/7", b"new"), Origin())
        archive.captures.sync()
        faults, tally = looked(db)
        assert (faults, tally.captures, tally.not_indexed) == ([], 6, 1)
    faults, tally = looked(db)
    assert (faults, tally.captures, tally.not_indexed) == ([], 7, 0)


def test_progress_ends_with_all(db: Path) -> None:
    """The bytes that are told grow to the bytes that there are."""
    found: list[tuple[int, int]] = []
    with closing(open_for_reading(db)) as connection:
        folder = captures_folder(db)
        told = lambda done, total: found.append((done, total))  # noqa: E731
        assert not list(verify(connection, folder, told=told))
    assert found == sorted(found)
    assert found[-1][0] == found[-1][1] > 0


def test_wrong_words_are_refused(db: Path, tmp_path: Path) -> None:
    """An unknown site and a missing archive are no clean bill: the exit code is 2."""
    unknown = command(db, "--site", "teapot")
    assert unknown.exit_code == 2
    assert "no site 'teapot'" in unknown.stderr
    assert command(tmp_path / "none.db").exit_code == 2

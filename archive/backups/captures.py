"""Rows of captures and two folders go in; the WARC files that the rows need are copied.

A file that is full is never written again: where both folders are on one file system
it gets a second name (a hard link) and costs nothing. The newest one may still grow: it
is copied as far as the rows point, and from there on at the next backup.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.backups.folder import PARTIAL
from archive.errors import BackupRefused
from archive.warc.capture_rows import capture_ends
from archive.warc.captures import serial_of
from archive.warc.torn import sync_folder

CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Copied:
    """What was done for the WARC files of a backup."""

    files: int
    """All that the backup has."""
    linked: int
    """New ones that share their bytes with the archive's."""
    copied: int
    """New ones, and those that had grown."""
    copied_bytes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Pair:
    """A WARC file of the archive, and where it stands in the backup."""

    source: Path
    target: Path


@dataclass(frozen=True, kw_only=True, slots=True)
class _Task:
    """One file to be brought up to what the rows need."""

    pair: _Pair
    start: int
    """Bytes that are there already."""
    end: int
    """Bytes that the rows need."""
    may_grow: bool
    """Whether a crawl may add to it, here or there: it is never shared."""

    @property
    def partial(self) -> Path:
        """Where it is put together."""
        return self.pair.target.with_name(self.pair.target.name + PARTIAL)


def copy_files(
    db: sqlite3.Connection,
    source: Path,
    target: Path,
    *,
    trusted: Mapping[str, int],
    told: Callable[[str, int, int], None],
) -> Copied:
    """Copy the WARC files that the rows of a backup need.

    Args:
        db: The backup's database.
        source: The archive's captures.
        target: The backup's captures; made if absent.
        trusted: Bytes of each file that a former whole backup of the same archive
            vouches for; what lies there beyond them is compared.
        told: Hears how many bytes of how many are copied.

    Raises:
        BackupRefused: A file is missing, or shorter than the rows say.
        OSError: The disk refused.
    """
    target.mkdir(parents=True, exist_ok=True)
    ends = capture_ends(db)
    open_file = max(ends, key=lambda name: serial_of(Path(name)), default="")
    tasks = []
    for name, end in sorted(ends.items()):
        pair = _Pair(source=source / name, target=target / name)
        start = _held(pair, end, trusted.get(name, 0))
        _refuse_short(pair, start, end)
        tasks.append(_Task(pair=pair, start=start, end=end, may_grow=name == open_file))
    return _carried_out(tasks, told)


def _held(pair: _Pair, end: int, trusted: int) -> int:
    """How many bytes at the beginning of a copy are right."""
    if not pair.target.is_file():
        return 0
    size = min(pair.target.stat().st_size, end)
    start = min(size, trusted)
    if not pair.source.is_file():
        return start
    if pair.source.samefile(pair.target):
        return size
    return start + _alike(pair, start, size)


def _alike(pair: _Pair, start: int, end: int) -> int:
    """How many bytes from one place to another are the same in both files."""
    same = 0
    with pair.source.open("rb") as one, pair.target.open("rb") as other:
        one.seek(start)
        other.seek(start)
        while start + same < end:
            size = min(CHUNK_BYTES, end - start - same)
            if one.read(size) != other.read(size):
                break
            same += size
    return same


def _refuse_short(pair: _Pair, start: int, end: int) -> None:
    size = pair.source.stat().st_size if pair.source.is_file() else -1
    if start < end and size < end:
        raise BackupRefused(
            str(pair.target.parent.parent),
            f"{pair.source} is missing or shorter than its rows say; `cuttings check` "
            "tells more, and --no-captures copies the database alone",
        )


def _carried_out(
    tasks: Iterable[_Task], told: Callable[[str, int, int], None]
) -> Copied:
    """Link what can be linked and copy the rest."""
    tasks = list(tasks)
    missing = [one for one in tasks if one.start < one.end]
    rest = [one for one in missing if not _link(one)]
    total, done = sum(one.end - one.start for one in rest), 0
    for one in rest:
        for written in _copy(one):
            done += written
            told("captures", done, total)
    for folder in {one.pair.target.parent for one in missing}:
        sync_folder(folder)
    return Copied(
        files=len(tasks),
        linked=len(missing) - len(rest),
        copied=len(rest),
        copied_bytes=done,
    )


def _link(task: _Task) -> bool:
    """Give a full file a second name; False where that cannot be done."""
    if task.start or task.may_grow or serial_of(task.pair.source) < 0:
        return False
    partial = task.partial
    try:
        partial.unlink(missing_ok=True)
        os.link(task.pair.source, partial)
    except OSError:  # another file system, or one that has no links
        return False
    partial.replace(task.pair.target)
    return True


def _copy(task: _Task) -> Iterator[int]:
    """Copy what is missing of a file; yield how many bytes were written each time.

    A new file gets its name when it is whole; one that had grown is added to, which
    leaves what a former backup needs of it as it was.
    """
    is_new = task.start == 0
    path = task.partial if is_new else task.pair.target
    with (
        task.pair.source.open("rb", buffering=0) as source,
        path.open("wb" if is_new else "r+b") as target,
    ):
        source.seek(task.start)
        target.seek(task.start)
        left = task.end - task.start
        while left:
            chunk = source.read(min(CHUNK_BYTES, left))
            if not chunk:
                raise OSError(errno.EIO, "the file became shorter", str(path))
            target.write(chunk)
            left -= len(chunk)
            yield len(chunk)
        target.truncate()
        target.flush()
        os.fsync(target.fileno())
    if is_new:
        path.replace(task.pair.target)

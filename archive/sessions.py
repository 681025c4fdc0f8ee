"""A path goes in; the one open archive of this process for it comes out.

Several crawls of one process share the archive, its transaction and its captures.
"""

from __future__ import annotations

from pathlib import Path

from archive.write import Archive

_open: dict[Path, tuple[Archive, int]] = {}


def acquire(path: Path) -> Archive:
    """Open an archive, or share the one that is open; give it back with `release`.

    Raises:
        ArchiveLocked: Another process writes it.
        ArchiveUnreadable: It cannot be opened or made.
    """
    path = path.resolve()
    archive, users = _open.get(path) or (Archive(path), 0)
    _open[path] = (archive, users + 1)
    return archive


def release(archive: Archive) -> None:
    """Give a shared archive back; the last user closes it."""
    path = archive.path
    kept, users = _open.pop(path)
    if users > 1:
        _open[path] = (kept, users - 1)
    else:
        kept.close()

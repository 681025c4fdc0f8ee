"""A revision that was cut anew goes in; what it changed is told anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.changes.decide import change_of

if TYPE_CHECKING:
    from archive.write import Archive


def retell(archive: Archive, revision_id: int) -> None:
    """Compare a revision with its neighbours again, and keep what comes out.

    Where two texts are the same as they are cut now, the later one stays and says that
    it changed nothing: somebody may have cited its number.
    """
    for pair in archive.neighbours(revision_id):
        change = change_of(archive.text(pair.older), archive.text(pair.newer))
        archive.put_change(pair.newer, change)

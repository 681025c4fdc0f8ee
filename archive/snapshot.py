"""A connection goes in; a block of statements that all see one state comes out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from archive.errors import ArchiveError


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """See one state of the archive throughout, whatever a crawler commits meanwhile.

    Raises:
        ArchiveError: SQLite failed.
    """
    begun = not connection.in_transaction
    try:
        if begun:
            connection.execute("BEGIN")
        yield
    except sqlite3.Error as error:
        raise ArchiveError(f"the archive could not be read: {error}") from error
    finally:
        if begun and connection.in_transaction:
            connection.rollback()

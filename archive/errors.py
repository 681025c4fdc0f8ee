"""The archive's exceptions.

ArchiveError
├── ArchiveLocked      another process writes this archive
├── ArchiveUnreadable  the file is no archive, is damaged, or from a newer version
├── ArchiveWriteError  SQLite or the disk refused a write; the run must end
│   └── BackupFailed   a backup could not be written; the former one is as it was
├── BackupRefused      a backup may not be written into that folder
├── RowRefused         one row contradicts the schema; only its page is lost
├── CaptureUnreadable  a capture's bytes are missing or damaged
└── QueryError         a search expression could not be understood
"""

from __future__ import annotations


class ArchiveError(Exception):
    """Anything that goes wrong inside the archive."""


class ArchiveLocked(ArchiveError):
    """Another process is writing this archive.

    Args:
        path: The archive's file, as text.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"{path} is being written by another process; wait for it to end, "
            "or give this run an archive of its own with --db"
        )


class ArchiveUnreadable(ArchiveError):
    """The file cannot be opened as an archive.

    Args:
        path: The archive's file, as text.
        why: What SQLite or the check said.
    """

    def __init__(self, path: str, why: str) -> None:
        self.path = path
        super().__init__(f"{path} cannot be opened as an archive: {why}")


class ArchiveWriteError(ArchiveError):
    """A write failed and the whole batch was rolled back.

    Args:
        path: The archive's file, as text.
        why: What SQLite or the operating system said.
    """

    def __init__(self, path: str, why: str) -> None:
        self.path = path
        self.why = why
        super().__init__(
            f"{path} could not be written: {why}; nothing of this batch was kept, "
            "its pages are fetched again by the next crawl"
        )


class BackupFailed(ArchiveWriteError):
    """A backup could not be written; what was in its folder before is as it was.

    Args:
        path: The backup's folder, as text.
        why: What SQLite or the operating system said.
    """

    def __init__(self, path: str, why: str) -> None:
        super().__init__(path, why)
        self.args = (
            f"the backup in {path} could not be made: {why}; a former backup there "
            "is as it was",
        )


class BackupRefused(ArchiveError):
    """A backup may not be written into a folder.

    Args:
        path: The folder, as text.
        why: What speaks against it.
    """

    def __init__(self, path: str, why: str) -> None:
        self.path = path
        super().__init__(f"no backup is made in {path}: {why}")


class RowRefused(ArchiveError):
    """A row was not taken; everything else of its batch stands.

    Args:
        path: The archive's file, as text.
        why: What SQLite said.
    """

    def __init__(self, path: str, why: str) -> None:
        self.path = path
        super().__init__(f"{path} did not take a row: {why}")


class CaptureUnreadable(ArchiveError):
    """A capture's record is missing, cut short or damaged.

    Args:
        file: WARC file's name.
        offset: First byte of the record.
        why: What is wrong with it.
    """

    def __init__(self, file: str, offset: int, why: str) -> None:
        self.file = file
        self.offset = offset
        super().__init__(f"capture at byte {offset} of {file} is unreadable: {why}")


class QueryError(ArchiveError):
    """A search expression that cannot be read.

    Args:
        query: What the reader typed.
        why: What is wrong with it.
    """

    def __init__(self, query: str, why: str) -> None:
        self.query = query
        super().__init__(f"cannot search for {query!r}: {why}")

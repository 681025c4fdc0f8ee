"""Options that several commands share, and how errors end a command."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from archive.errors import ArchiveError, ArchiveLocked, ArchiveWriteError
from crawler.errors import CrawlerError
from crawler.settings import SITES

F = TypeVar("F", bound=Callable[..., Any])

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_ARCHIVE = 3
EXIT_STOPPED = 130

db_option = click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("archive.db"),
    envvar="CUTTINGS_DB",
    show_default=True,
    help="The archive's file; its captures lie beside it. [env: CUTTINGS_DB]",
)
sites_option = click.option(
    "--sites",
    "sites_folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(SITES),
    envvar="CUTTINGS_SITES",
    help="Folder of site profiles, in place of the shipped ones. [env: CUTTINGS_SITES]",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON for a script to read."
)
verbose_option = click.option(
    "-v", "--verbose", count=True, help="Tell more on standard error; twice for all."
)


@contextlib.contextmanager
def told_errors() -> Iterator[None]:
    """End the command with a message and its exit code instead of a traceback."""
    try:
        yield
    except (ArchiveLocked, ArchiveWriteError) as error:
        stop(str(error), EXIT_ARCHIVE)
    except (ArchiveError, CrawlerError) as error:
        stop(str(error), EXIT_USAGE)
    except BrokenPipeError:
        raise  # click knows: the reader of our output has left
    except OSError as error:
        stop(f"{error.filename or 'the archive'}: {error.strerror}", EXIT_ARCHIVE)
    except KeyboardInterrupt:
        stop("stopped", EXIT_STOPPED)


def stop(message: str, code: int) -> NoReturn:
    """Print an error and leave."""
    click.echo(f"Error: {message}", err=True)
    sys.exit(code)


def log_to_stderr(verbose: int) -> None:
    """Send log lines to standard error: warnings, with -v every page, with -vv all."""
    level = {0: logging.ERROR, 1: logging.INFO}.get(verbose, logging.DEBUG)
    handler = logging.StreamHandler()
    # Scrapy lowers the level of its own loggers for a moment: so the handler's counts.
    handler.setLevel(level)
    handler.setFormatter(
        logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    )
    logging.basicConfig(level=level, handlers=[handler])
    for name in ("asyncio", "trafilatura", "htmldate", "filelock"):
        logging.getLogger(name).setLevel(logging.ERROR)

"""`cuttings serve`: an archive goes in, Datasette with the reading room comes out."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import click

from archive.database import open_for_reading
from cli.options import EXIT_USAGE, db_option, sites_option, stop, told_errors
from crawler.sites.load import load_all

SETTINGS = {
    "sql_time_limit_ms": "5000",
    "suggest_facets": "off",  # 46 times the cost of a table page at a million rows
    "default_page_size": "50",
    "max_returned_rows": "1000",
    "allow_download": "off",
    "num_sql_threads": "4",
}
PLUGINS = Path(__file__).parent / "plugins"
"""What only a Datasette that we start has: it can cut pages."""


def datasette_arguments(db: Path, host: str, port: int) -> list[str]:
    """The command line of Datasette for an archive."""
    arguments = ["serve", str(db), "--host", host, "--port", str(port)]
    arguments += ["--plugins-dir", str(PLUGINS)]
    for name, value in SETTINGS.items():
        arguments += ["--setting", name, value]
    return arguments


def refuse_used_port(host: str, port: int) -> None:
    """End the command where nobody could listen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = f"cannot listen on {host} port {port}: {error.strerror or error}"
            stop(f"{why}; choose another one with --port", EXIT_USAGE)


@click.command()
@db_option
@sites_option
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; only this machine unless you change it.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
def serve(db: Path, sites_folder: Path, host: str, port: int) -> None:
    """Open the archive for reading in a browser.

    Datasette serves the home page, the search, the articles and SQL at
    http://127.0.0.1:8001/ until Ctrl-C. A crawl may write the archive meanwhile.
    """
    with told_errors():
        open_for_reading(db).close()
        load_all(sites_folder)
    os.environ["CUTTINGS_SITES"] = str(sites_folder)
    refuse_used_port(host, port)
    sys.stdout.flush()
    arguments = datasette_arguments(db, host, port)
    program = [sys.executable, "-m", "datasette", *arguments]
    os.execv(sys.executable, program)  # noqa: S606 - replaces this process, no shell

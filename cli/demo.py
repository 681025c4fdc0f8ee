"""`cuttings demo`: nothing goes in; a made-up press, crawled and open, comes out."""

from __future__ import annotations

import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import click

from archive.database import open_for_reading
from cli.children import child, patiently, stoppable
from cli.demo_check import differences, exact_bodies
from cli.options import EXIT_FAILED, EXIT_USAGE, stop, told_errors
from cli.serve import datasette_arguments, refuse_used_port
from demo import DemoPublisher

PORT_BASE = 18610
"""The demo's titles keep their addresses, so that a second demo finds them again."""
START_SECONDS = 60.0
DATABASE = Path("demo-archive/archive.db")
"""Made-up articles never lie in the archive that a first real crawl makes."""


@click.command()
@click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    default=DATABASE,
    show_default=True,
    help="The demo's own archive; its captures lie beside it.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    help="Port of the reading room; 0 takes a free one.",
)
@click.option(
    "--port-base",
    type=click.IntRange(0, 65000),
    default=PORT_BASE,
    show_default=True,
    help="First of the ports on which the made-up titles are published; 0 takes any.",
)
@click.option(
    "--check",
    is_flag=True,
    help="Crawl twice, compare with the ground truth, open every kind of page, and end"
    " instead of serving.",
)
def demo(db: Path, port: int, port_base: int, check: bool) -> None:
    """Publish a made-up trade press on this machine, crawl it, and open the archive.

    Three titles with different page structures and every kind of furniture are
    published on loopback addresses; nothing leaves this machine. The reading room then
    stays open until Ctrl-C, and so do the titles themselves. The archive is a file of
    its own, so that made-up titles and real ones do not mix.
    """
    with told_errors(), stoppable():
        refuse_other_archives(db)
        if not check:
            refuse_used_port("127.0.0.1", port)
        with published(port_base) as publisher:
            crawl(publisher, db)
            if check:
                check_demo(publisher, db)
            else:
                read(db, port)


@contextmanager
def published(port_base: int) -> Iterator[DemoPublisher]:
    """Serve the made-up titles."""
    publisher = DemoPublisher(phase="first", port_base=port_base)
    try:
        publisher.__enter__()
    except OSError as error:
        where = f"from port {port_base} on"
        why = f"the titles cannot be published {where}: {error.strerror}"
        stop(f"{why}; choose others with --port-base", EXIT_USAGE)
    with ExitStack() as stack:
        stack.push(publisher)
        yield publisher


def refuse_other_archives(db: Path) -> None:
    """Do not mix made-up articles into somebody's archive."""
    if not db.exists():
        return
    with closing(open_for_reading(db)) as connection:
        homes = [str(row[0]) for row in connection.execute("SELECT home FROM sites")]
    if any(not home.startswith("http://127.0.0.1:") for home in homes):
        stop(f"{db} holds real titles; give the demo a file of its own with --db", 2)


def crawl(publisher: DemoPublisher, db: Path) -> None:
    """Crawl the made-up titles with the command that a user would type."""
    folder = profiles_folder(db)
    publisher.profiles(folder)
    words = ["crawl", "--db", str(db), "--sites", str(folder)]
    for site in publisher.sites:
        words += ["--allow-private", site.base_url.split("://")[1].strip("/")]
    with child("cli", words) as process:
        code = patiently(process)
    if code:
        stop(f"the crawl of the demo ended with exit code {code}", code)


def profiles_folder(db: Path) -> Path:
    """Where the titles' profiles are kept, beside their archive."""
    return db.with_suffix(".sites")


def read(db: Path, port: int) -> None:
    """Open the reading room until Ctrl-C or another signal to stop."""
    with reading_room(db, port) as (process, address):
        click.echo(f"\nThe archive {db} is open at {address} - Ctrl-C closes it.")
        try:
            process.wait()
        except KeyboardInterrupt:
            click.echo("closed")


@contextmanager
def reading_room(db: Path, port: int) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Serve an archive with Datasette; yields the process and its address."""
    port = port or free_port()
    arguments = datasette_arguments(db, "127.0.0.1", port)
    os.environ["CUTTINGS_SITES"] = str(profiles_folder(db))  # see "How this was cut"
    with child("datasette", arguments, quiet=True) as process:
        address = f"http://127.0.0.1:{port}/"
        wait_for(address, process)
        yield process, address


def free_port() -> int:
    """A port that nobody listens on."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            stop("the reading room ended at once; is its port in use? try --port 0", 1)
        try:
            fetch(address)
            return
        except OSError:
            time.sleep(0.1)
    stop(f"the reading room did not answer within {START_SECONDS:.0f} s", 1)


def fetch(address: str) -> str:
    """Fetch a page of the reading room.

    Raises:
        OSError: It does not answer, or with an error.
    """
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - ours
        return str(answer.read().decode("utf-8"))


def check_demo(publisher: DemoPublisher, db: Path) -> None:
    """Compare the archive with the truth, crawl again, and open the pages."""
    found = list(differences(publisher, db, phase="first"))
    before = sum(sum(publisher.requests(s.name).values()) for s in publisher.sites)
    articles = stored_articles(db)
    crawl(publisher, db)
    after = sum(sum(publisher.requests(s.name).values()) for s in publisher.sites)
    if stored_articles(db) != articles:
        found.append("a second crawl stored something although nothing was new")
    found += unreadable_pages(db)
    for difference in found[:50]:
        click.echo(f"differs: {difference}", err=True)
    exact, of = exact_bodies(publisher, db, "first")
    click.echo(
        f"{of} articles checked against the truth, {len(found)} differences; "
        f"{exact} bodies equal line for line; "
        f"the second crawl sent {after - before} requests and stored nothing"
    )
    if found:
        raise SystemExit(EXIT_FAILED)


def stored_articles(db: Path) -> int:
    """Articles and revisions in the archive."""
    with closing(open_for_reading(db)) as connection:
        row = connection.execute("SELECT count(*) FROM revisions").fetchone()
        return int(row[0])


def unreadable_pages(db: Path) -> list[str]:
    """Open the reading room's pages; return those that do not answer as they should."""
    with closing(open_for_reading(db)) as connection:
        article_id, headline = connection.execute(
            "SELECT id, headline FROM articles ORDER BY id LIMIT 1"
        ).fetchone()
    pages = {
        "": "archive",
        "-/search?q=the+OR+and": "best first",
        f"-/articles/{article_id}": headline.split()[0],
    }
    found = []
    with reading_room(db, 0) as (_, address):
        for page, expected in pages.items():
            try:
                if expected.lower() not in fetch(address + page).lower():
                    found.append(f"/{page} does not show {expected!r}")
            except urllib.error.HTTPError as error:
                found.append(f"/{page} answers {error.code}")
    return found

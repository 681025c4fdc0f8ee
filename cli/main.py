"""Command lines go in; the commands of this folder run. The front door of Cuttings."""

from __future__ import annotations

from importlib import import_module

import click

from crawler.errors import CrawlerError

EPILOG = """
\b
Exit codes, the same for every command:
  0    done; pages that failed are counted, not hidden (cuttings status)
  1    done, but a site failed, a profile is broken, nothing was found, or a
       check found damage
  2    not started: wrong words, a broken profile, no contact, no archive
  3    the archive is in use by another process or could not be written
  130  stopped by Ctrl-C; everything fetched so far is kept
"""

COMMANDS = (
    "crawl",
    "sites",
    "search",
    "serve",
    "status",
    "demo",
    "reextract",
    "anatomy",
    "memory",
    "import",
    "check",
    "backup",
    "captures",
)
"""One module each in this folder, with a command of its name."""
KEYWORDS = frozenset(["import"])
"""Commands whose names Python keeps for itself: module and function have a "_"."""


class Commands(click.Group):
    """Loads a command's module when it is asked for: searching needs no crawler."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands, in the order in which they are learned."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if cmd_name in KEYWORDS else cmd_name
        try:
            module = import_module(f"cli.{name}")
        except CrawlerError as error:  # settings are read when they are imported
            raise click.UsageError(str(error)) from error
        command: click.Command = getattr(module, name)
        return command


@click.group(
    cls=Commands,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="cuttings", prog_name="cuttings")
def main() -> None:
    """Keep a press-cuttings archive.

    Crawl trade-press sites, keep every page as it was sent, cut the articles out and
    read them in a browser or in SQL.

    \b
    First steps:
      cuttings demo                     a made-up press to try everything on
      cuttings sites                    the titles that can be crawled
      cuttings crawl publictechnology   crawl one of them into archive.db
      cuttings search "chief digital officer"
      cuttings serve                    read it in a browser
    """

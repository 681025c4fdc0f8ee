"""A Datasette that `cuttings serve` started goes in; it can show how pages were cut.

Loaded by `--plugins-dir`, so that the archive's own plugin needs to know nothing of
pipelines, and a Datasette that was started without it serves all other pages.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pluggy import HookimplMarker

from archive.browse.cutting import offer
from cli.desk import Desk
from crawler.settings import SITES

if TYPE_CHECKING:
    from datasette.app import Datasette

hookimpl = HookimplMarker("datasette")


@hookimpl
def startup(datasette: Datasette) -> None:
    """Offer a desk; its worker process starts when the first page is asked for."""
    offer(datasette, Desk(Path(SITES)))

"""An archive in, the cost of cutting its sites' pages with all that memory knows out.

    python benchmarks/settled.py archive.db [--least 50] [--rounds 3]

Of each site with at least so many articles every stored article page is cut with the
site's memory, all fields and anatomy included, and read by trafilatura with metadata,
in turn and in one process; the table gives CPU milliseconds a page, the best of the
rounds, and their ratio. `cuttings demo --check` and benchmarks/cms.py make archives.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from trafilatura import bare_extraction

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from archive.database import captures_folder, open_for_reading
from archive.stored import stored_captures
from archive.warc import captures
from cli.labelled import remembered
from crawler.items import Page
from crawler.sites.profile import generic
from pipelines.extract import Memory, cutting
from pipelines.reextract import page_of
from pipelines.workers import collect_seldom


def pages_of(db: Path) -> dict[tuple[str, str], tuple[list[Page], Memory]]:
    """The article pages of each site, by its name and home page, and its memory."""
    found: dict[tuple[str, str], list[Page]] = defaultdict(list)
    with closing(open_for_reading(db)) as connection:
        for one in stored_captures(connection):
            if one.revision_id is not None and one.capture.kind == "response":
                answer = captures.read(captures_folder(db), one.capture)
                found[one.site, one.home].append(page_of(one, answer))
        return {
            site: (pages, remembered(connection, site[0]))
            for site, pages in found.items()
        }


def usual(page: Page) -> None:
    """Read a page as most do."""
    text = page.body.decode("utf-8", "replace")
    with contextlib.suppress(Exception):  # it raises on some pages
        bare_extraction(text, url=page.url, with_metadata=True)


def seconds(pages: Iterable[Page], read: Callable[[Page], object]) -> float:
    """CPU time for all pages."""
    gc.collect()
    started = time.process_time()
    for page in pages:
        read(page)
    return time.process_time() - started


def main() -> int:
    """Print one line a site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("db", type=Path)
    parser.add_argument("--least", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    print(
        f"{'site':24} {'pages':>6} {'known':>6} {'ours':>8} {'theirs':>8} {'ratio':>6}"
    )
    sites = pages_of(arguments.db)
    collect_seldom()  # as in the processes that cut; it helps both
    for (site, home), (pages, memory) in sites.items():
        if len(pages) < arguments.least:
            continue
        profile = generic(home)

        def ours(page: Page, memory: Memory = memory, profile=profile) -> None:  # type: ignore[no-untyped-def]
            cutting(page, profile, memory)

        rounds = [
            (seconds(pages, ours), seconds(pages, usual))
            for _ in range(arguments.rounds)
        ]
        mine, theirs = (
            min(told) * 1000 / len(pages) for told in zip(*rounds, strict=True)
        )
        known = len(memory.furniture) + len(memory.teasers) + len(memory.paths)
        print(
            f"{site:24} {len(pages):6} {known:6} {mine:8.2f} {theirs:8.2f}"
            f" {mine / theirs:6.2f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())

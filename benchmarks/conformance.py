"""In: a folder of conformance suites; out: a table, ours beside the usual library.

    python benchmarks/conformance.py DIR [--suite NAME ...] [--misses] [--ours-only]

Every case of a suite is put to us and to the usual library in the same run. A case is
scored where it states what is right; an exception is a crash, and never right. What is
right in a suite stands at the head of its module, `suite_*.py`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import suite_dates
import suite_discovery
import suite_duplicates
import suite_encodings
import suite_revisions
import suite_structured
from suites import Case, Suite, Tally, Verdict

SUITES: dict[str, Suite] = {
    "structured": Suite(
        cases=suite_structured.cases,
        ours=suite_structured.ours,
        usual="trafilatura",
        theirs=suite_structured.theirs,
    ),
    "structured/page": Suite(
        cases=suite_structured.pages,
        ours=suite_structured.page_ours,
        usual="trafilatura",
        theirs=suite_structured.page_theirs,
    ),
    "encodings": Suite(
        cases=suite_encodings.cases,
        ours=suite_encodings.ours,
        usual="trafilatura",
        theirs=suite_encodings.theirs,
    ),
    "dates/strings": Suite(
        cases=suite_dates.string_cases,
        ours=suite_dates.strings_ours,
        usual="dateparser",
        theirs=suite_dates.strings_theirs,
    ),
    "dates/html": Suite(
        cases=suite_dates.html_cases,
        ours=suite_dates.html_ours,
        usual="htmldate",
        theirs=suite_dates.html_theirs,
    ),
    "feeds": Suite(
        cases=suite_discovery.feed_cases,
        ours=suite_discovery.feeds_ours,
        usual="feedparser",
        theirs=suite_discovery.feeds_theirs,
    ),
    "sitemaps": Suite(
        cases=suite_discovery.sitemap_cases,
        ours=suite_discovery.sitemaps_ours,
        usual="scrapy",
        theirs=suite_discovery.sitemaps_theirs,
    ),
    "urls/parse": Suite(
        cases=suite_discovery.address_cases,
        ours=suite_discovery.addresses_ours,
        usual="w3lib",
        theirs=suite_discovery.addresses_theirs,
    ),
    "urls/pairs": Suite(
        cases=suite_discovery.pair_cases,
        ours=suite_discovery.pairs_ours,
        usual="courlan",
        theirs=suite_discovery.pairs_theirs,
    ),
    "urls/tracking": Suite(
        cases=suite_discovery.name_cases,
        ours=suite_discovery.names_ours,
        usual="courlan",
        theirs=suite_discovery.names_theirs,
    ),
    "revisions/edits": Suite(
        cases=suite_revisions.edits,
        ours=suite_revisions.edit_ours,
        usual="strings",
        theirs=suite_revisions.edit_theirs,
    ),
    "revisions/words": Suite(
        cases=suite_revisions.edits,
        ours=suite_revisions.words_ours,
        usual="difflib",
        theirs=suite_revisions.words_theirs,
    ),
    "revisions/page": Suite(
        cases=suite_revisions.furniture,
        ours=suite_revisions.page_ours,
        usual="trafilatura",
        theirs=suite_revisions.page_theirs,
    ),
    "duplicates": Suite(
        cases=suite_duplicates.pair_cases,
        ours=suite_duplicates.pairs_ours,
        usual="minhash 0.8",
        theirs=suite_duplicates.pairs_theirs,
    ),
    "duplicates/stories": Suite(
        cases=suite_duplicates.story_cases,
        ours=suite_duplicates.stories_ours,
        usual="minhash 0.8",
        theirs=suite_duplicates.stories_theirs,
    ),
    "duplicates/made": Suite(
        cases=suite_duplicates.made_cases,
        ours=suite_duplicates.made_ours,
        usual="minhash 0.8",
        theirs=suite_duplicates.made_theirs,
    ),
}
"""Suite name to how it is measured. A new suite is one entry here."""


def measure(suite: Suite, folder: Path, judge: Callable[[Case], Verdict]) -> Tally:
    """Put every case of a suite to one program."""
    tally = Tally()
    for case in suite.cases(folder):
        tally.ask(judge, case)
    return tally


def share(tally: Tally) -> str:
    """Return the share of scored cases that are right, in per cent."""
    return f"{100 * tally.right / tally.scored:.1f} %" if tally.scored else "-"


def report(name: str, folder: Path, *, misses: bool, ours_only: bool) -> int:
    """Print a suite's row, and its misses if wanted; return our crashes."""
    suite = SUITES[name]
    ours = measure(suite, folder, suite.ours)
    line = f"{name:16} {ours.scored:6} {ours.right:6} {share(ours):>8} {ours.crashes:8}"
    if not ours_only:
        theirs = measure(suite, folder, suite.theirs)
        line += (f"  {suite.usual:12} {theirs.right:6} of {theirs.scored:4}"
                 f" {share(theirs):>8} {theirs.crashes:8}")  # fmt: skip
    print(line, flush=True)
    if misses:
        print("".join(f"    {miss}\n" for miss in ours.misses), end="")
    return ours.crashes


def main() -> int:
    """Measure the suites and print the table; 1 if we crashed anywhere."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--suite", nargs="+", choices=SUITES, default=list(SUITES))
    parser.add_argument("--misses", action="store_true", help="list our misses")
    parser.add_argument("--ours-only", action="store_true", help="ask no library")
    given = parser.parse_args()
    print("suite            scored  right    share  crashes  usual         right      "
          "     share  crashes")  # fmt: skip
    crashes = [
        report(n, given.folder, misses=given.misses, ours_only=given.ours_only)
        for n in given.suite
    ]
    return 1 if any(crashes) else 0


if __name__ == "__main__":
    sys.exit(main())

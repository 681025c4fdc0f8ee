"""Profiles and an archive go in; whether the profiles' known pages are right comes out.

Reads only: a check holds where the archive's article at the page's address contains the
phrase, white space and the form of quotation marks apart.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from archive.shown import shown_at
from crawler.sites.profile import Check, Profile
from crawler.urls import canonical

Verdict = Literal["holds", "fails", "not archived"]
MARKS = str.maketrans("‘’‚“”„", "'''\"\"\"")


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What came of one `[[checks]]` of a profile."""

    site: str
    url: str
    contains: str
    verdict: Verdict
    why: str
    """For a person; empty where the check holds."""


def checked(
    profiles: Iterable[Profile], connection: sqlite3.Connection
) -> Iterator[Checked]:
    """Run the checks of all profiles."""
    for profile in profiles:
        for check in profile.checks:
            verdict, why = _verdict(check, connection)
            yield Checked(
                site=profile.name,
                url=check.url,
                contains=check.contains,
                verdict=verdict,
                why=why,
            )


def _verdict(check: Check, connection: sqlite3.Connection) -> tuple[Verdict, str]:
    shown = shown_at(connection, canonical(check.url))
    if shown is None:
        return "not archived", "the archive does not know the page"
    if shown.text is None and shown.rejected is None:
        return "not archived", "the page was not had yet"
    if shown.text is None:
        return "fails", f"the page was rejected: {shown.rejected}"
    if folded(check.contains) not in folded(shown.text):
        return "fails", f"the article does not contain {check.contains!r}"
    return "holds", ""


def folded(text: str) -> str:
    """Text with single spaces and straight quotation marks."""
    return " ".join(text.translate(MARKS).split())

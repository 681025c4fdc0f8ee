"""Words that were added go in; whether a newsroom owns up to an error comes out."""

from __future__ import annotations

import re

from pipelines.extract.notes.notice_words import LEADS, SENTENCES

KINDS = ("correction", "clarification")
"""An update or an editor's note is a passage like any other."""
FIRST_CHARS = 300
LEAD = "|".join(word for kind in KINDS for word in LEADS[kind])  # type: ignore[index]
BEGINS = re.compile(
    rf"^\W*(?:{LEAD})(?!\w)[^.!?:]{{0,60}}?\s*(?:[:：]|[–—-])\s*\S", re.IGNORECASE
)
SAID = re.compile(
    r"(?:^|[.!?]\s+|\b(?:note|hinweis|anmerkung|nota)\s*:\s*)\W*"
    r"(?:on [^,]{4,30},? )?(?:"
    + "|".join(pattern for kind, pattern in SENTENCES if kind in KINDS)
    + ")",
    re.IGNORECASE,
)


def is_correction(text: str) -> bool:
    """Whether an added text is a correction notice, or begins with one."""
    if len(text.split()) < 4:
        return False
    return BEGINS.match(text) is not None or SAID.search(text[:FIRST_CHARS]) is not None

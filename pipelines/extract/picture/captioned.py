"""A text known to be a caption goes in; caption, credit and licence come out.

What would be too bold among lines of prose is right here: "The quay. Photo Jo Hay".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text import key, once
from .licences import of_text
from .picture_words import CREDIT_LEADS, GOVERNING, PICTURE_WORDS
from .pictures import (
    ANNOUNCED,
    WORDS,
    Picture,
    clean,
    is_credit,
    may_announce,
    split,
)

LABEL = re.compile(
    rf"^(?:{WORDS}\s+caption\s*[,:]?|caption\s*:|legende\s*:|légende\s*:|"
    rf"(?:toggle|hide|show|open)\s+caption|bildunterschrift\s*:?|"
    rf"enlarge(?:\s+(?:this\s+)?(?:image|photo|picture))?)\s*|"
    rf"\s*\b(?:click to )?enlarge(?:\s+(?:this\s+)?(?:image|photo|picture))?$|"
    rf"\s*(?:visa mer|vis mer|mehr anzeigen|show more|view more photos|"
    rf"\.{{3}} more)\W*$",
    re.I,
)
"""What a page calls a caption, for those who cannot see it."""
LABELS = (
    "caption", "legende", "légende", "bildunterschrift", "enlarge", "visa mer",
    "vis mer", "mehr anzeigen", "show more", "more photos", "... more",
)  # fmt: skip
"""One of these stands in every such label, in lower case."""
_NUMBER = re.compile(
    rf"^(?:{WORDS}\s*)?(?:\(?\d+\s*(?:of|von|/|de|av|z)\s*\d+\)?)\s*[.:–—-]?\s*", re.I
)
"""The number of a picture in a gallery."""
_BOLD = re.compile(
    rf"(?:^|(?<=[.!?»”\"’…)])\s*|\s+[-–—|]\s*)[(\[]?"
    rf"(?:{WORDS}|courtesy|credits?|copyright|©|\(c\)|via)(?!\w)\s*[:,]?\s*(?P<who>[^()]{{2,80}})[)\]]?$",
    re.I,
)
"""A credit at the end of a caption, behind one word and no colon."""
_BRACKETED = re.compile(
    rf"[(\[]\s*{WORDS}(?:\s[^:()\[\]]{{0,30}})?:\s*(?P<who>[^()\[\]]{{2,120}}"
    rf"(?:\([^()]*\))?)[)\]]\.?$|[,;–—-]\s*{WORDS}\s*:\s*(?P<whose>\S+(?:\s\S+){{0,7}})$",
    re.I,
)
_AT_END = re.compile(
    r"(?<=\w[\w.)”\"])\s((?:\w+/)?(?:Getty Images|GETTY IMAGES|REUTERS|Reuters|AFP|"
    r"EPA|EFE|Shutterstock|SHUTTERSTOCK|iStock|Alamy|Getty)(?:/\s?[\w. ]{2,40})?)$"
)
_BARE = frozenset(map(key, (*PICTURE_WORDS, *CREDIT_LEADS, "", "caption", "x")))
"""Labels without what they label."""
_MOST_TOLD_WORDS = 14
"""Words of a credit that its caption announces."""


@once
def captioned(text: str) -> Picture:
    """Split a text that stands under a picture; without a mark all is caption."""
    lowered = text.lower()
    if any(label in lowered for label in LABELS):
        text = LABEL.sub("", text)
    text = _NUMBER.sub("", text).strip()
    if key(text) in _BARE or "javascript" in text.lower():
        return Picture()
    if licence := of_text(text):
        return Picture(licence=licence)
    shown = split(text)
    if shown is None or _announces(shown.caption or ""):
        shown = _bold(text) or shown or _trailing(text)
    if shown is not None:
        return shown
    return Picture(caption=clean(text) or None)


def _announces(caption: str) -> bool:
    """Whether a caption still holds words behind which only a credit can stand."""
    return any(match["plain"] for match in _announced(caption))


def _announced(text: str) -> Iterator[re.Match[str]]:
    """Yield where a text announces a credit."""
    return ANNOUNCED.finditer(text) if may_announce(text) else iter(())


def _bold(text: str) -> Picture | None:
    """Split where only a caption can be split; None where there is nothing to split."""
    found = _BOLD.search(text)
    if found is not None and is_credit(clean(found["who"]).rstrip(".")):
        caption = clean(text[: found.start()])
        return Picture(caption=caption or None, credit=clean(found["who"]))
    bracketed = _BRACKETED.search(text)
    if bracketed is not None:
        credit = clean(bracketed["who"] or bracketed["whose"])
        caption = clean(text[: bracketed.start()])
        return Picture(caption=caption or None, credit=credit)
    announced = [match for match in _announced(text) if match["plain"]]
    if not announced or text.startswith("©"):
        return None
    caption, credit = clean(text[: announced[-1].start()]), text[announced[-1].end() :]
    if not caption or len(credit.split()) > _MOST_TOLD_WORDS:
        return None
    return Picture(caption=caption, credit=clean(credit))


def _trailing(text: str) -> Picture | None:
    """Split off an agency that follows the caption without any mark."""
    found = _AT_END.search(text)
    if found is None or text[: found.start()].split()[-1].lower() in GOVERNING:
        return None
    return Picture(caption=clean(text[: found.start()]), credit=found[1])

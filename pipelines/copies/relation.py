"""Two articles and what their texts share go in; how they belong together comes out.

A copy holds most of another text, or is mostly held by it. Two pieces of one site share
standing text and frames, so there it must be nearly all. What only quotes, or puts
pieces of several articles together, is no copy: joining two stories loses more than
leaving a copy out. docs/copies.md has the measurements behind the numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from archive.stories.copies import Relation, Text
from pipelines.copies.verify import Side
from pipelines.words import words_key

ALIKE_SHARE, UNLIKE_SHARE = 0.5, 0.66
"""Least share of either text between two sites, with like and unlike headlines."""
OWN_SITE_SHARE = 0.85
"""The same on one site; editions in one frame hold up to 0.82 of another."""
COLUMN_SHARE = 0.95
"""The same where the headlines name a column: all but the date."""
LEAST_WORDS, LEAST_UNLIKE = 20, 40
"""Shared words below which nothing is said, with like and unlike headlines."""
EXCERPT_SHARE = 0.5
"""What holds less than this of the longer text is an excerpt."""
IDENTICAL_SHARE = 0.995
"""Of both texts; the rest is typography."""
FEW_SPOKEN = 40
"""Words outside quotation marks below which a text is all quotation itself."""

COLUMN = re.compile(
    r"\b(round ?ups?|digests?|briefings?|newsletters?|in brief|(this|the) (week|month)"
    r"|(week|month|year) in|weekly|daily|monthly|wochenrückblick|presseschau"
    r"|revue de presse)\b"
)
"""Headlines of pieces that are put together of others, without punctuation."""
DATED = re.compile(
    r"\b(\d+(st|nd|rd|th)?|jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?"
    r"|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?"
    r"|(mon|tues|wednes|thurs|fri|satur|sun)days?)\b"
)
"""What differs in the headlines of one column."""
TAKEN_FROM = re.compile(
    r"\b(?:(?:first|originally|previously) (?:appeared|published|posted|ran)"
    r"|re-?published (?:from|by|with|here|under)|re-?posted from|cross-?posted"
    r"|sister (?:titles?|publications?|sites?|magazines?|papers?)"
    r"|zuerst (?:erschienen|veröffentlicht)|erschien zuerst"
    r"|schwester(?:titel|zeitschrift|publikation)|initialement (?:publié|paru)"
    r"|publicado originalmente)\b",
    re.IGNORECASE,
)
"""Words by which a text says that it was taken from somewhere."""
NOTE_CHARS = 500
"""At either end of a text such a note stands; in between the words are the story's."""
SENTENCE_CHARS = 100
"""So much is told on either side of them, within the sentence."""
ENDS = re.compile(r"[.!?\n]")
RELEASED = re.compile(
    r"\b(?:notes? to editors|for immediate release"
    r"|(?:press|media) (?:contacts?|enquiries)|pressekontakt|pressemitteilung"
    r"|contacts? presse)\b",
    re.IGNORECASE,
)
"""Words of press releases that stay in their copies."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What two articles are to each other, and why."""

    relation: Relation
    evidence: str
    """For a person."""


def like(one: str, other: str) -> bool:
    """Whether two headlines have most of the words of the shorter one in common."""
    left, right = set(words_key(one).split()), set(words_key(other).split())
    left, right = ({w for w in side if len(w) > 3} for side in (left, right))
    least = min(len(left), len(right))
    common = len(left & right)
    return bool(least) and common >= max(0.6 * least, min(2, least))


def is_column(one: Text, other: Text) -> bool:
    """Whether two headlines name a column, of which there are more editions."""
    left, right = words_key(one.headline), words_key(other.headline)
    same_day = one.published_on == other.published_on
    if COLUMN.search(left) or COLUMN.search(right):
        return not (same_day and like(left, right))
    if one.site != other.site or same_day:
        return False
    return DATED.sub("", left).split() == DATED.sub("", right).split()


def refusal(one: Text, other: Text, sides: tuple[Side, Side]) -> str | None:
    """Why two texts are no copies, as far as these two can tell; None if they are."""
    alike = like(one.headline, other.headline)
    least_words = LEAST_WORDS if alike else LEAST_UNLIKE
    most = max(side.share for side in sides)
    if max(side.shared for side in sides) < least_words:
        return "too few words are shared"
    if most < least_share(one, other, alike=alike):
        return "only a part of either text is shared"
    fullest = max(sides, key=lambda side: side.share)
    if fullest.spoken >= FEW_SPOKEN and fullest.spoken_share < ALIKE_SHARE:
        return "mostly quotations are shared"
    return None


def least_share(one: Text, other: Text, *, alike: bool) -> float:
    """What share of either of two texts makes them copies."""
    if is_column(one, other):
        return COLUMN_SHARE
    if one.site == other.site:
        return OWN_SITE_SHARE if alike else COLUMN_SHARE
    return ALIKE_SHARE if alike else UNLIKE_SHARE


def relation(one: Text, other: Text, sides: tuple[Side, Side]) -> Verdict:
    """How two copies belong together.

    Args:
        one: One of them.
        other: The other one.
        sides: What they share, in the same order.
    """
    shares = sorted(side.share for side in sides)
    if one.site != other.site and is_identical(sides):
        return Verdict(relation="identical", evidence=_told(one, other))
    if said := _released(one, other):
        return Verdict(relation="press_release", evidence=said)
    if shares[0] < EXCERPT_SHARE:
        return Verdict(relation="excerpt", evidence=_told(one, other))
    if said := _taken_from(one, other):
        return Verdict(relation="republished", evidence=said)
    if one.site == other.site:
        return Verdict(relation="later_version", evidence="both are of one site")
    return Verdict(relation="syndicated", evidence=_told(one, other))


def is_identical(sides: tuple[Side, Side]) -> bool:
    """Whether two texts are the same but for typography."""
    shortest, longest = sorted(len(side.covered) for side in sides)
    least = min(side.share for side in sides)
    return min(least, shortest / max(longest, 1)) >= IDENTICAL_SHARE


def _told(one: Text, other: Text) -> str:
    """What is said of where the text came from, if anything is."""
    if said := _taken_from(one, other):
        return said
    agency = one.agency or other.agency
    return f"the byline names {agency}" if agency else "measured on the texts"


def _released(one: Text, other: Text) -> str | None:
    for text in sorted((one, other), key=lambda text: text.url):
        if text.kind == "press_release":
            return "one of them is a press release"
        if found := RELEASED.search(text.body):
            return f"it says “{found[0]}”"
    return None


def _taken_from(one: Text, other: Text) -> str | None:
    """The sentence by which one of two texts says that it is taken from the other."""
    found = [said for text in (one, other) if (said := taken_from(text.body))]
    return f"it says “{min(found)}”" if found else None


@lru_cache(maxsize=256)
def taken_from(body: str) -> str | None:
    """What a text says of being taken from somewhere; None if it says nothing."""
    place = body[:NOTE_CHARS] + "\n" + body[NOTE_CHARS:][-NOTE_CHARS:]
    said = TAKEN_FROM.search(place)
    if said is None:
        return None
    before = place[max(0, said.start() - SENTENCE_CHARS) : said.start()]
    after = place[said.end() : said.end() + SENTENCE_CHARS]
    return (ENDS.split(before)[-1] + said[0] + ENDS.split(after)[0]).strip()


def first(one: Text, other: Text) -> Text:
    """Which of two articles had the text first.

    By the instant of publication where both tell it, else by the day, of an undated one
    that it was first seen. Where that says nothing, the one that does not say that it
    was taken from somewhere; at last by address, so that no order of arrival matters.
    """
    days = [_day(text) for text in (one, other)]
    if one.published_at and other.published_at:
        days = [one.published_at, other.published_at]
    elif not (one.published_on or other.published_on):
        days = [one.first_seen_at, other.first_seen_at]
    if days[0] != days[1]:
        return one if days[0] < days[1] else other
    says = [taken_from(text.body) is not None for text in (one, other)]
    if says[0] != says[1]:
        return other if says[0] else one
    return min(one, other, key=lambda text: text.url)


def _day(text: Text) -> str:
    return text.published_on or text.first_seen_at[:10]

"""A title's articles in; further ones out that are hard to tell from one another.

Two pairs with one headline and different texts, a run of short notices whose words are
the same but for their figures, a column with a frame of its own, and short news.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from demo.addresses import address
from demo.model import AS_OF, LONDON, Article, Author, Block, Correction, Text
from demo.vocabulary import Column, trade
from demo.writer import Author as Writer

Awkward = Literal["twin", "notice", "column", "short", "copy", "slug", "dropped"]
"""twin: another article has its headline; notice: the same, and nearly its words;
column: the same, and its frame; short: sixty words; copy: another title has its text;
slug: its slug is another one after the move; dropped: the newest system lacks it."""
Moment = tuple[int, int, int, int]
"""Year, month, day and hour in London."""
SITE = "townhall"
SEED = 20231104
COLUMN = Column(
    headline="The view from the counter",
    standfirst="What was asked, lost, found and signed for this week",
    opening="Each Friday this column hears from those who stand between the public and"
    " the computer, and writes down what they said before the next number is called.",
    closing=(
        "Do you stand behind a counter yourself? This column is always glad of a story,"
        " and changes every name before it prints one.",
        "Back next Friday, at the window on the left.",
    ),
)
LAST_COLUMN = datetime(2023, 11, 10, 9, 0, tzinfo=LONDON)
COLUMNS = 7
TWINS = (
    ("Suppliers asked to wait for their answer", (2021, 3, 9, 8), (2022, 10, 4, 15)),
    ("Questions remain after the audit", (2023, 5, 16, 0), (2023, 5, 17, 11)),
)
"""A headline and the London hours at which it stood over one text and over another."""
RETURNS = (
    "Tender withdrawn at the last minute",
    (2022, 6, 7, 10),
    (2023, 11, 8, 14),
)
"""A headline that comes back after the move, over another text than the one dropped."""
NOTICE = (
    "Outages this morning: the register",
    "The National Tide Service counted {0} outages in the night to this morning, the"
    " longest of them {1} minutes. Of {2} desks that report to the register, {3} had no"
    " line at eight o’clock.",
    "The register is read every working day, and printed here as it was read out. The"
    " next reading is tomorrow at nine.",
)
NOTICES = (
    ((2023, 9, 12, 9), (14, 52, 311, 6)),
    ((2023, 9, 13, 9), (9, 31, 311, 4)),
    ((2023, 9, 14, 9), (17, 88, 312, 11)),
)
SHORTS = (
    (
        "Ledgers office changes its opening hours",
        (2022, 2, 3, 16),
        "The Office for Public Ledgers will open its enquiry line at seven in the"
        " morning from the first of March, an hour earlier than now, and close it at"
        " six. Calls in the evening had fallen to 14 a night.",
        "Letters are still answered within ten days, a spokesman said, “and read by"
        " somebody before that”. The line is shut at weekends.",
    ),
    (
        "Map of drinking fountains goes online",
        (2023, 11, 7, 10),
        "A map of all 214 public drinking fountains in Saltmere went online on Tuesday."
        " It shows which of them run, which are shut for the winter, and when each was"
        " last cleaned.",
        "The council wants to add benches in the spring. “People ask for both in one"
        " breath,” said the clerk who drew it. Corrections may be sent to her by"
        " telephone.",
    ),
)
MENDED = ("14 a night", "17 a night")
"""What is put right in the first of them during the move."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A text with its day, before the title gives it a number."""

    text: Text
    published: datetime
    reason: Awkward
    author: str


def awkward_articles(usual: Sequence[Article]) -> dict[Article, Awkward]:
    """Articles that fit in between the usual ones, and what is hard about each."""
    stream = random.Random(SEED)
    pieces = [*_twins(stream), *_notices(), *_columns(stream), *_shorts()]
    taken = {one.number for one in usual}
    made: dict[Article, Awkward] = {}
    for piece in sorted(pieces, key=lambda one: one.published):
        number = 1 + max(
            (one.number for one in usual if one.published <= piece.published),
            default=0,
        )
        while number in taken:
            number += 1
        taken.add(number)
        made[_article(piece, number, [*usual, *made])] = piece.reason
    return made


def _twins(stream: random.Random) -> Iterator[Piece]:
    for headline, *moments in TWINS:
        for moment in moments:
            yield _twin(headline, moment, "twin", stream)
    headline, before, after = RETURNS
    yield _twin(headline, before, "dropped", stream)
    yield _twin(headline, after, "twin", stream)


def _twin(
    headline: str, moment: Moment, reason: Awkward, stream: random.Random
) -> Piece:
    day = datetime(*moment, 20, tzinfo=LONDON)
    writer = Writer(trade(SITE), day, random.Random(stream.random()))
    text = replace(writer.write(headline), section="Procurement", feature=False)
    return Piece(text=text, published=day, reason=reason, author=trade(SITE).staff[2])


def _notices() -> Iterator[Piece]:
    headline, told, closing = NOTICE
    for moment, figures in NOTICES:
        yield Piece(
            text=_brief(headline, (told.format(*figures), closing), "Networks"),
            published=datetime(*moment, 5, tzinfo=LONDON),
            reason="notice",
            author=trade(SITE).staff[4],
        )


def _columns(stream: random.Random) -> Iterator[Piece]:
    title = replace(trade(SITE), column=COLUMN)
    for back in reversed(range(COLUMNS)):
        day = LAST_COLUMN - timedelta(weeks=back)
        writer = Writer(title, day, random.Random(stream.random()))
        text = replace(writer.column(), section="Digital services", feature=True)
        yield Piece(text=text, published=day, reason="column", author=title.staff[-1])


def _shorts() -> Iterator[Piece]:
    for headline, moment, *lines in SHORTS:
        yield Piece(
            text=_brief(headline, lines, "Data and mapping"),
            published=datetime(*moment, 40, tzinfo=LONDON),
            reason="short",
            author=trade(SITE).staff[3],
        )


def _brief(headline: str, lines: Sequence[str], section: str) -> Text:
    return Text(
        headline=headline,
        standfirst=None,
        blocks=tuple(Block(kind="paragraph", text=line) for line in lines),
        section=section,
        tags=(),
        picture=None,
        feature=False,
    )


def _article(piece: Piece, number: int, others: Sequence[Article]) -> Article:
    """The article with its addresses; a slug that is taken gets a number, as ever."""
    text, published = piece.text, piece.published.astimezone(UTC)
    at = address(SITE, number, text, published)
    taken = {one.path for one in others}
    path = next(
        one
        for one in (at.path, *(f"{at.path}-{count}" for count in range(len(taken))))
        if one not in taken
    )
    role = "columnist" if piece.reason == "column" else "reporter"
    return Article(
        site=SITE,
        number=number,
        path=path,
        aliases=at.aliases,
        headline=text.headline,
        standfirst=text.standfirst,
        blocks=text.blocks,
        authors=(Author(name=piece.author, role=role),),
        published=published,
        updated=None,
        section=text.section,
        tags=text.tags,
        picture=text.picture and replace(text.picture, path=at.picture),
        phase="first" if published < AS_OF["first"] else "second",
        dup_of=None,
        correction=_mended(text),
    )


def _mended(text: Text) -> Correction | None:
    """What is edited of a short piece during the move; None for all but one."""
    blocks = tuple(
        replace(block, text=block.text.replace(*MENDED)) for block in text.blocks
    )
    if blocks == text.blocks:
        return None
    return Correction(headline=text.headline, blocks=blocks, updated=AS_OF["second"])

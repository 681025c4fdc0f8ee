"""A seed in, every article and every other page of the three titles out.

The newsroom decides what is written when and for whom: ids, addresses, copies that
one title takes over from another, corrections and the pages that are no articles.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache

from demo.addresses import Address, address, shown_tags
from demo.corrections import corrected
from demo.extras import extras_of
from demo.model import (
    AS_OF,
    LONDON,
    PHASES,
    Article,
    Author,
    Correction,
    Extra,
    Phase,
    Text,
)
from demo.vocabulary import trade
from demo.writer import Author as Writer

SEED = 20181031
STARTS = datetime(2018, 2, 5, tzinfo=UTC)
COUNTS: dict[str, dict[Phase, int]] = {
    "townhall": {"first": 56, "second": 4},
    "girder": {"first": 50, "second": 3},
    "carton": {"first": 46, "second": 3},
}
"""Articles that a title writes itself, without its column and what it takes over."""
COLUMN_SITE = "girder"
COLUMN_WEEKS = 10
"""The last two of them belong to the second phase."""
FIRST_NUMBERS = {"townhall": 3560, "girder": 1190, "carton": 96}
COPY_ROUTES = (
    ("townhall", "girder"),
    ("townhall", "carton"),
    ("girder", "townhall"),
    ("girder", "carton"),
    ("carton", "townhall"),
    ("carton", "girder"),
)


@dataclass(slots=True)
class Draft:
    """A text on its way to becoming an article."""

    site: str
    text: Text
    other_headline: str
    published: datetime
    authors: tuple[Author, ...]
    phase: Phase
    source: Draft | None = None
    correction: Correction | None = None
    updated: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Newsroom:
    """Everything there is, over all titles and both phases."""

    articles: tuple[Article, ...]
    """Oldest first within each title."""
    extras: dict[str, tuple[Extra, ...]]
    """Pages that are no articles, by site."""


@cache
def newsroom(seed: int = SEED, scale: int = 1) -> Newsroom:
    """Write everything.

    Args:
        seed: The same seed gives the same newsroom, to the last letter.
        scale: Multiplies the number of articles, for load tests.
    """
    stream = random.Random(seed)
    drafts = [draft for site in COUNTS for draft in _native(site, scale, stream)]
    drafts += list(_columns(stream))
    _correct(drafts, stream)
    drafts += list(_copies(drafts, stream))
    placed = [pair for site in COUNTS for pair in _number(site, drafts)]
    paths = {id(draft): (draft.site, at.path) for draft, at in placed}
    return Newsroom(
        articles=tuple(
            _article(draft, at, paths.get(id(draft.source))) for draft, at in placed
        ),
        extras={site: extras_of(site) for site in COUNTS},
    )


def _native(site: str, scale: int, stream: random.Random) -> Iterator[Draft]:
    seen: set[str] = set()
    for phase in PHASES:
        count = COUNTS[site][phase] * scale
        start = STARTS if phase == "first" else AS_OF["first"] + timedelta(hours=6)
        step = (AS_OF[phase] - timedelta(days=1) - start) / count
        for place in range(count):
            published = _moment(start + step * place, place, stream)
            yield _draft(site, published, phase, stream, seen)


def _moment(about: datetime, place: int, stream: random.Random) -> datetime:
    """A minute of the working day in London; now and then one after midnight."""
    late = place % 6 == 5
    local = (about + timedelta(days=late)).astimezone(LONDON)
    hour = 0 if late else stream.randint(6, 18)
    local = local.replace(hour=hour, minute=stream.randint(0, 59))
    return local.replace(second=0, microsecond=0).astimezone(UTC)


def _draft(
    site: str,
    published: datetime,
    phase: Phase,
    stream: random.Random,
    seen: set[str],
) -> Draft:
    while True:
        writer = Writer(trade(site), published, random.Random(stream.random()))
        headline, other = writer.headlines()
        if headline not in seen and other not in seen:
            break
    seen.update((headline, other))
    text = writer.write(headline)
    draft = Draft(site, text, other, published, _byline(site, text, stream), phase)
    if stream.random() < 0.15:
        draft.updated = published + timedelta(minutes=stream.randint(40, 1900))
    return draft


def _byline(site: str, text: Text, stream: random.Random) -> tuple[Author, ...]:
    """One or two names; one title in twenty pieces names nobody."""
    if site == "townhall" and stream.random() < 0.06:
        return ()
    names = stream.sample(trade(site).staff, 2 if stream.random() < 0.2 else 1)
    return tuple(Author(name=name, role=_role(site, name, text)) for name in names)


def _role(site: str, name: str, text: Text) -> str:
    rank = trade(site).staff.index(name)
    return ("editor", "deputy editor", f"{text.section.lower()} correspondent")[
        min(rank, 2)
    ]


def _columns(stream: random.Random) -> Iterator[Draft]:
    last = datetime(2023, 11, 10, 12, 0, tzinfo=LONDON)
    for back in reversed(range(COLUMN_WEEKS)):
        published = (last - timedelta(weeks=back)).astimezone(UTC)
        writer = Writer(trade(COLUMN_SITE), published, random.Random(stream.random()))
        text = writer.column()
        phase: Phase = "first" if published < AS_OF["first"] else "second"
        author = Author(name=trade(COLUMN_SITE).staff[-1], role="columnist")
        yield Draft(COLUMN_SITE, text, text.headline, published, (author,), phase)


def _correct(drafts: list[Draft], stream: random.Random) -> None:
    """Two articles of each title are put right between the phases."""
    for place, site in enumerate(COUNTS):
        own = [
            draft
            for draft in drafts
            if draft.site == site
            and draft.phase == "first"
            and draft.other_headline != draft.text.headline
        ]
        for count, draft in enumerate((own[-2], own[-9])):
            updated = AS_OF["first"] + timedelta(days=2 + place, hours=15 + count)
            headline = draft.other_headline if count else draft.text.headline
            draft.correction = corrected(draft.text, headline, updated, stream)


def _copies(drafts: list[Draft], stream: random.Random) -> Iterator[Draft]:
    """Texts that a title takes over from another, some under a new headline."""
    for round_number in range(2):
        for place, (giver, taker) in enumerate(COPY_ROUTES[: 6 - 2 * round_number]):
            own = [
                draft
                for draft in drafts
                if draft.site == giver
                and draft.phase == "first"
                and not draft.correction
                and draft.other_headline != draft.text.headline
            ]
            source = own[-4 - 5 * place - 3 * round_number]
            headline = (source.text.headline, source.other_headline)[place % 2]
            section = stream.choice(trade(taker).sections).name
            text = replace(source.text, headline=headline, section=section)
            published = source.published + timedelta(
                days=stream.randint(1, 5), minutes=stream.randint(3, 200)
            )
            yield Draft(
                taker, text, headline, published, source.authors, "first", source
            )


def _number(site: str, drafts: list[Draft]) -> Iterator[tuple[Draft, Address]]:
    """Give the title's drafts their ids and addresses, oldest first."""
    stream = random.Random(site)
    number = FIRST_NUMBERS[site]
    for draft in sorted(drafts, key=lambda one: (one.published, one.text.headline)):
        if draft.site == site:
            number += stream.randint(3, 17)
            yield draft, address(site, number, draft.text, draft.published)


def _article(draft: Draft, placed: Address, source: tuple[str, str] | None) -> Article:
    text = draft.text
    picture = text.picture and replace(text.picture, path=placed.picture)
    return Article(
        site=draft.site,
        number=placed.number,
        path=placed.path,
        aliases=placed.aliases,
        headline=text.headline,
        standfirst=text.standfirst,
        blocks=text.blocks,
        authors=draft.authors,
        published=draft.published,
        updated=draft.updated,
        section=text.section,
        tags=shown_tags(draft.site, placed.number, text.tags),
        picture=picture,
        phase=draft.phase,
        dup_of=source,
        correction=draft.correction,
    )

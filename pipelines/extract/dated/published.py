"""Material in, the moments of publication and of the last change out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, islice

from archive.records import Moment

from ..claims import ROUTE_WITNESS, Claim, Witness
from ..fields.anchor import anchored
from ..fields.titles import Headline
from ..material import Material
from ..structured import scripted
from ..tree import select, text_of
from . import datelines
from .around import Around
from .dates import LAST_YEAR, Stated, parse
from .datewords import UPDATE_WORD
from .dayorder import is_ambiguous, is_american, is_confirmed
from .eventdays import event_days
from .localday import local_day
from .moments import Clock, moment
from .searched import searched
from .teased import own_teasers

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished",
    "article:published", "og:published_time", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
    "citation_publication_date", "citation_online_date", "publish-date", "publish_date",
    "publication_date", "publicationdate", "published_time", "pubdate", "pub_date",
    "publishdate", "originalpublicationdate", "article.published",
    "cxenseparse:recs:publishtime",
    "article_date_original", "prism.publicationdate", "rnews:datepublished",
    "bt:pubdate",
    "published-date", "displaydate", "iso-8601-publish-date", "ptime",
    "article:post_date", "og:pubdate", "release_date", "vr:published_time", "published",
)  # fmt: skip
_VAGUE = (
    "dc.date", "dcterms.date", "dc.created", "date", "datecreated", "created",
    "timestamp",
)  # fmt: skip
"""Names under which systems also state the day of a change or of the page's making."""
_PROPERTIES = ("datepublished", "created", "issued", "datecreated", "dateposted")
"""Microdata and RDFa; Drupal 7 states "dc:date dc:created"."""
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmod", "modified", "revised",
    "article:modified", "og:modified_time", "dateupdate",
)  # fmt: skip
_PUBLISHED_NAME = re.compile(
    r"publi(?:sh|c)(?:ed|ation)?[-_.: ]?(?:date|time|on|at)\b|pub[-_]?(?:date|time)"
)
"""A name that says the same as those listed, in the words of some system."""
_STAMPED = timedelta(days=1)
"""How much later than a meta JSON-LD may be that gives both its days as the same
instant; later than that, it is stamped whenever the page is built."""
_FIRST_SITES = date(1993, 1, 1)
"""An earlier day far from the headline is of something else, such as a birth."""
_CHANGED = re.compile(rf"(?:{UPDATE_WORD.pattern})[^\d|·•]{{0,25}}\d", re.I)
"""A word for a change and the date of it, with nothing else between the two."""
_WIRED = re.compile(
    r"[A-Z][^\d/]{2,60}?[,(]\s*"
    r"(?P<day>[^\W\d_]{3,9}\.?\s\d{1,2},?\s(?:19|20)\d\d|"
    r"\d{1,2}\.?\s[^\W\d_]{3,9}\.?,?\s(?:19|20)\d\d)\)?\s*"
    r"(?:/[A-Z][\w -]{2,30}/|\([A-Z][\w -]{2,30}\))\s*[-–—]"
)
"""The opening of what a wire sends: "QUAYTOWN, Feb. 13, 2026 /Wire/ --"."""
_WIRED_CHARS = 160
_MONTH, _ZONES_APART = timedelta(days=31), timedelta(days=2)
"""Length of a month, and how far outside one a time zone may put its days."""
LATEST_AFTER_FETCH = timedelta(days=2)
"""How far after its fetch a page may be dated, for far time zones."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dates:
    """When the article was published and last changed, and who says so."""

    published: Claim[Moment] | None
    updated: Claim[Moment] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """How dates on this page are read, and which are possible."""

    day_first: bool
    """Whether 3/4/2021 is in April."""
    latest: date
    earliest: date = date.min
    """Days before it are passed over."""

    def read(self, text: str) -> Stated | None:
        """Return the stated date unless it lies in the future or too far back."""
        stated = parse(text, day_first=self.day_first)
        if stated is None or not self.earliest <= stated.day <= self.latest:
            return None
        return stated


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """What the page's strongest witnesses say, as they say it."""

    published: Claim[Stated] | None
    updated: Claim[Stated] | None

    @classmethod
    def of(cls, around: Around, reader: Reader) -> _Said:
        """Hear the witnesses with one way of reading figures."""
        updated = next(_updated(around.material, reader), None)
        changed = updated.value.day if updated else None
        found = _published(around, reader, changed)
        published = next(_of_articles(found, around, reader), None)
        return cls(published=published, updated=updated)

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days, that of publication first."""
        claims = (self.published, self.updated)
        return tuple(claim.value.day for claim in claims if claim is not None)


def dates(material: Material, title: Headline | None, language: str | None) -> Dates:
    """Return what the witnesses say, the strongest first to be heard."""
    around = Around(material, anchored(material, title))
    reader, said = _settled(
        around,
        Reader(day_first=not is_american(material, language), latest=_latest(material)),
    )
    published = said.published
    updated = said.updated or next(_shown_changes(around, reader), None)
    offsets = [
        c.value.offset_minutes
        for c in (published, updated)
        if c is not None and c.value.offset_minutes is not None
    ]
    told = published.value if published else None
    local = local_day(around, told, reader.read) if told else None
    clock = Clock(
        zone=material.timezone,
        seen_offset_minutes=offsets[0] if offsets else None,
    )
    first, last = _moment(published, clock, local), _moment(updated, clock)
    if first is not None and last is not None and last.value.on < first.value.on:
        last = None  # a change before publication is a template's constant
    return Dates(published=first, updated=last)


def _settled(around: Around, reader: Reader) -> tuple[Reader, _Said]:
    """Return what the page says, with months first where it writes them so.

    Figures are read again the other way round where that gives another day, and
    believed where the rest of the page bears that day out.
    """
    said = _Said.of(around, reader)
    claims = [claim for claim in (said.published, said.updated) if claim is not None]
    if not any(is_ambiguous(claim.value) for claim in claims):
        return reader, said
    turned = replace(reader, day_first=not reader.day_first)
    other = _Said.of(around, turned)
    if len(other.days) != len(said.days) or other.days == said.days:
        return reader, said
    sure = frozenset(said.days) & frozenset(other.days)
    is_turned = all(
        is_confirmed(around.material, sure, was, now, day_first=reader.day_first)
        for was, now in zip(said.days, other.days, strict=True)
        if was != now
    )
    return (turned, other) if is_turned else (reader, said)


def _moment(
    claim: Claim[Stated] | None, clock: Clock, local: date | None = None
) -> Claim[Moment] | None:
    if claim is None:
        return None
    told = moment(claim.value, clock)
    if local is not None:
        told = replace(told, on=local.isoformat())
    return Claim(value=told, witness=claim.witness)


def _latest(material: Material) -> date:
    """Return the last possible day: two after the fetch, for far time zones."""
    try:
        fetched = date.fromisoformat(material.page.fetched_at[:10])
    except ValueError:
        return date(LAST_YEAR, 1, 1)
    return fetched + LATEST_AFTER_FETCH


def _of_articles(
    claims: Iterable[Claim[Stated]], around: Around, reader: Reader
) -> Iterator[Claim[Stated]]:
    """Leave out days that the page shows as those of an event it announces."""
    events: frozenset[date] | None = None
    for claim in claims:
        if claim.witness in ("html", "text"):
            if events is None:
                events = event_days(around.strings, reader.read)
            if claim.value.day in events:
                continue
        yield claim


def _published(
    around: Around, reader: Reader, changed: date | None
) -> Iterator[Claim[Stated]]:
    """Yield the dates of publication that witnesses state, strongest first."""
    material, title = around.material, around.title
    yield from _claimed(material, title, reader)
    yield from _hinted(material, reader)
    yield from _read(datelines.shown(material, title), "html", reader)
    yield from _read(datelines.address_days(material), "url", reader)
    yield from _read(datelines.titled(material), "text", reader)
    yield from _read(around.written(), "text", reader)
    metas = _read(_vaguer_metas(material), "meta", reader)
    yield from (claim for claim in metas if not _is_year(claim.value))
    yield from _read(around.labelled(), "text", reader)
    yield from _read(around.changes(), "text", reader)
    yield from _only(_read(datelines.beside(material, title), "html", reader))
    yield from _read(islice(_wired(material), 1), "text", reader)
    yield from _read(own_teasers(material), "html", reader)
    yield from _read(scripted.states(material), "text", reader)
    vague = _read(_meta(material, _VAGUE), "meta", reader)
    yield from chain(_far(around, reader, changed), vague)


def _wired(material: Material) -> Iterator[str]:
    """Yield the days of paragraphs that begin with place, day and a wire's name."""
    for element in material.root.iter("p", "div", "td"):
        if element.tag != "p" and not (element.text or "").strip():
            continue  # a box of boxes
        found = _WIRED.match(text_of(element, _WIRED_CHARS))
        if found is not None:
            yield found["day"]


def _far(
    around: Around, reader: Reader, changed: date | None
) -> Iterator[Claim[Stated]]:
    """Yield the dates that stand anywhere and may be that of publication.

    A date far from the headline that is the day of the fetch is a page's clock; one
    outside the month that the address states is something else's.
    """
    reader = replace(reader, earliest=_FIRST_SITES)
    fetched = reader.latest - LATEST_AFTER_FETCH
    month = datelines.address_month(around.material)
    for claim in _anywhere(around, reader, changed):
        day = claim.value.day
        if day < fetched and (month is None or _is_within(day, month)):
            yield claim


def _is_within(day: date, month: date) -> bool:
    """Whether a day is of a month, or so near it that a time zone may explain it."""
    return month - _ZONES_APART <= day < month + _MONTH + _ZONES_APART


def _anywhere(
    around: Around, reader: Reader, changed: date | None
) -> Iterator[Claim[Stated]]:
    """Yield the dates that stand anywhere, those of sentences last."""
    everywhere = datelines.shown(around.material, around.title, near=None)
    yield from _read(everywhere, "html", reader)
    yield from _read(around.anywhere(), "text", reader)
    day = searched(around.material, reader.latest)
    found = list(_read([day] if day else [], "text", reader))
    yield from (claim for claim in found if claim.value.day != changed)
    yield from _read(around.sentences(), "text", reader)
    yield from found


def _claimed(
    material: Material, title: Headline | None, reader: Reader
) -> Iterator[Claim[Stated]]:
    """Yield what the page states for programs; of metas only what states a time."""
    linked = material.linked
    yield from _read(_selected(material, "published"), "profile", reader)
    said = _read([linked.published] if linked.is_article else [], "json-ld", reader)
    metas = _read(_meta(material, _PUBLISHED), "meta", reader)
    exact = [claim for claim in metas if claim.value.clock is not None]
    for claim in said:
        if linked.published == linked.updated:
            yield from (e for e in exact if e.value.day < claim.value.day - _STAMPED)
        yield claim
    yield from exact
    for name in _PROPERTIES:
        props = datelines.properties(material, title, name)
        yield from _read(props, "microdata", reader)
    yield from _read([linked.published], "json-ld", reader)


def _updated(material: Material, reader: Reader) -> Iterator[Claim[Stated]]:
    """Yield the dates of the last change that witnesses state, strongest first."""
    linked = material.linked
    yield from _read(_selected(material, "updated"), "profile", reader)
    yield from _read([linked.updated], "json-ld", reader)
    yield from _read(_meta(material, _UPDATED), "meta", reader)
    yield from _read(
        datelines.properties(material, None, "datemodified"), "microdata", reader
    )
    for hint in material.page.hints:
        if hint.updated and hint.route in ROUTE_WITNESS:
            yield from _read([hint.updated], ROUTE_WITNESS[hint.route], reader)


def _shown_changes(around: Around, reader: Reader) -> Iterator[Claim[Stated]]:
    """Yield the dates of changes that lines after the headline state for readers."""
    for text in around.changes():
        after = [text[found.start() :] for found in UPDATE_WORD.finditer(text)]
        dated = (part for part in after if _CHANGED.match(part))
        yield from _read(islice(dated, 1), "text", reader)


def _read(
    texts: Iterable[str], witness: Witness, reader: Reader
) -> Iterator[Claim[Stated]]:
    for text in texts:
        stated = reader.read(text) if text else None
        if stated is not None:
            yield Claim(value=stated, witness=witness)


def _is_year(stated: Stated) -> bool:
    """Whether a date is how systems spell a year of which they know no day."""
    return stated.clock is None and (stated.day.month, stated.day.day) == (1, 1)


def _only(claims: Iterable[Claim[Stated]]) -> Iterator[Claim[Stated]]:
    """Yield the first of some claims if none of them states another day."""
    heard = list(claims)
    if len({claim.value.day for claim in heard}) == 1:
        yield heard[0]


def _selected(material: Material, name: str) -> Iterator[str]:
    for element in select(material.root, material.profile.selectors.get(name, ())):
        yield from datelines.texts(element)


def _meta(material: Material, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from material.metas.get(name, ())[:1]


def _vaguer_metas(material: Material) -> Iterator[str]:
    """Yield the dates of publication that metas state as a day or by unusual names."""
    yield from _meta(material, _PUBLISHED)
    for name, values in material.metas.items():
        if "pub" in name and _PUBLISHED_NAME.search(name):
            yield from values[:1]
    yield from _meta(material, _VAGUE)


def _hinted(material: Material, reader: Reader) -> Iterator[Claim[Stated]]:
    """Yield what the routes stated, the exact ones first."""
    order = ("wordpress", "feed", "sitemap", "section")
    for route in order:
        for hint in material.page.hints:
            if hint.route == route and hint.published:
                yield from _read([hint.published], ROUTE_WITNESS[hint.route], reader)

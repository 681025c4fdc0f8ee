"""Material in, the moments of publication and of the last change out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, islice

from archive.records import Moment

from . import datelines
from .claims import ROUTE_WITNESS, Claim, Witness
from .dates import LAST_YEAR, Stated, parse
from .material import Material
from .moments import Clock, moment
from .searched import searched
from .survey import in_furniture, spine_of
from .titles import Headline
from .tree import select

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
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmod", "modified", "revised",
    "article:modified", "og:modified_time", "dateupdate",
)  # fmt: skip
_PUBLISHED_NAME = re.compile(
    r"publi(?:sh|c)(?:ed|ation)?[-_.: ]?(?:date|time|on|at)\b|pub[-_]?(?:date|time)"
)
"""A name that says the same as those listed, in the words of some system."""
_STATE_HINT = re.compile(rb"ublish|ublicat|ub_?[Dd]ate|e_?[Dd]ate\w*\(|w_?[Dd]ate\w*\(")
_STATE = re.compile(
    rb"""["'](?:(?:date|first)_?published|published_?(?:at|on|date|time)|"""
    rb"""publication_?date|publish_?date|pub_?date|first_?published_?at)\\?["']"""
    rb"""\s*:\s*\\?["'](\d{4}-\d\d-\d\d[^"'\\]{0,20})"""
    rb"""|\b(?:show|write)_?date\w*\(\s*["'](\d{4}[-/]\d\d[-/]\d\d)""",
    re.I,
)
"""A member of an object in a script that states the day of publication."""
_STATE_HINTS = 400
"""How many places of a page are looked at for such a member."""
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
    latest: date

    def read(self, text: str) -> Stated | None:
        """Return the stated date unless it lies in the future."""
        stated = parse(text, day_first=self.day_first)
        return stated if stated and stated.day <= self.latest else None


def dates(material: Material, title: Headline | None, language: str | None) -> Dates:
    """Return what the witnesses say, the strongest first to be heard."""
    reader = Reader(
        day_first=not _american(material, language),
        latest=_latest(material),
    )
    updated = next(_updated(material, reader), None)
    changed = updated.value.day if updated else None
    published = next(_published(material, title, reader, changed), None)
    offsets = [
        c.value.offset_minutes
        for c in (published, updated)
        if c is not None and c.value.offset_minutes is not None
    ]
    local = _local_day(material, title, reader, published)
    clock = Clock(
        zone=material.timezone,
        seen_offset_minutes=offsets[0] if offsets else None,
    )
    first, last = _moment(published, clock, local), _moment(updated, clock)
    if first is not None and last is not None and last.value.on < first.value.on:
        last = None  # a change before publication is a template's constant
    return Dates(published=first, updated=last)


def _moment(
    claim: Claim[Stated] | None, clock: Clock, local: date | None = None
) -> Claim[Moment] | None:
    if claim is None:
        return None
    told = moment(claim.value, clock)
    if local is not None:
        told = replace(told, on=local.isoformat())
    return Claim(value=told, witness=claim.witness)


def _local_day(
    material: Material,
    title: Headline | None,
    reader: Reader,
    published: Claim[Stated] | None,
) -> date | None:
    """Return the day the site shows, where its scripts state the instant in UTC.

    Only a neighbouring day that some zone has at that instant is believed; a zone in
    the profile or an offset other than nought makes the question moot.
    """
    if published is None or published.value.offset_minutes != 0:
        return None
    if material.timezone or published.value.clock is None:
        return None
    shown = chain(
        datelines.address_days(material),
        _props(material, title, "datepublished"),
        datelines.shown(material, title),
    )
    for text in shown:
        other = reader.read(text)
        if other is not None and other.offset_minutes is None:
            return other.day if _may_be(other, published.value) else None
    for text in datelines.written(material, title):
        other = reader.read(text)
        if other is not None and other.clock and _may_be(other, published.value):
            return other.day
    return None


def _may_be(shown: Stated, stated: Stated) -> bool:
    """Whether a day shown is the local one, next to that of the instant in UTC."""
    hour, minute, _ = stated.clock or (0, 0, 0)
    days = (shown.day - stated.day).days
    if shown.clock is None:
        return (days == -1 and hour < 12) or (days == 1 and hour >= 10)
    minutes = days * 1440 + (shown.clock[0] - hour) * 60 + shown.clock[1] - minute
    return days != 0 and -720 <= minutes <= 840 and minutes % 15 == 0


def _latest(material: Material) -> date:
    """Return the last possible day: two after the fetch, for far time zones."""
    try:
        fetched = date.fromisoformat(material.page.fetched_at[:10])
    except ValueError:
        return date(LAST_YEAR, 1, 1)
    return fetched + LATEST_AFTER_FETCH


def _american(material: Material, language: str | None) -> bool:
    """Whether numeric dates are read month first: en-US, or a US government host."""
    if language and language.startswith("en-"):
        return language == "en-us"
    return material.host.rsplit(".", 1)[-1] in ("us", "gov", "mil")


def _published(
    material: Material, title: Headline | None, reader: Reader, changed: date | None
) -> Iterator[Claim[Stated]]:
    """Yield the dates of publication that witnesses state, strongest first."""
    yield from _claimed(material, title, reader)
    yield from _hinted(material, reader)
    yield from _read(datelines.shown(material, title), "html", reader)
    yield from _read(datelines.address_days(material), "url", reader)
    yield from _read(datelines.titled(material), "text", reader)
    yield from _read(datelines.written(material, title), "text", reader)
    yield from _read(_vaguer_metas(material), "meta", reader)
    yield from _read(datelines.labelled(material), "text", reader)
    yield from _read(_state(material), "text", reader)
    yield from _read(datelines.shown(material, title, near=None), "html", reader)
    yield from _read(
        datelines.written(material, title, after=datelines.ANYWHERE), "text", reader
    )
    day = searched(material, reader.latest)
    found = list(_read([day] if day else [], "text", reader))
    yield from (claim for claim in found if claim.value.day != changed)
    yield from _read(datelines.sentences(material, title), "text", reader)
    yield from found


def _claimed(
    material: Material, title: Headline | None, reader: Reader
) -> Iterator[Claim[Stated]]:
    """Yield what the page states for programs; of metas only what states a time."""
    linked = material.linked
    yield from _read(_selected(material, "published"), "profile", reader)
    yield from _read([linked.published] if linked.is_article else [], "json-ld", reader)
    metas = _read(_meta(material, _PUBLISHED), "meta", reader)
    yield from (claim for claim in metas if claim.value.clock is not None)
    props = _props(material, title, "datepublished")
    yield from _read(props, "microdata", reader)
    yield from _read([linked.published], "json-ld", reader)


def _updated(material: Material, reader: Reader) -> Iterator[Claim[Stated]]:
    """Yield the dates of the last change that witnesses state, strongest first."""
    linked = material.linked
    yield from _read(_selected(material, "updated"), "profile", reader)
    yield from _read([linked.updated], "json-ld", reader)
    yield from _read(_meta(material, _UPDATED), "meta", reader)
    yield from _read(_props(material, None, "datemodified"), "microdata", reader)
    for hint in material.page.hints:
        if hint.updated and hint.route in ROUTE_WITNESS:
            yield from _read([hint.updated], ROUTE_WITNESS[hint.route], reader)


def _read(
    texts: Iterable[str], witness: Witness, reader: Reader
) -> Iterator[Claim[Stated]]:
    for text in texts:
        stated = reader.read(text) if text else None
        if stated is not None:
            yield Claim(value=stated, witness=witness)


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


def _props(material: Material, title: Headline | None, name: str) -> Iterator[str]:
    spine = spine_of(title.element if title else None)
    for sight in material.survey.itemprops.get(name, ()):
        if not in_furniture(sight.element, spine):
            yield from datelines.texts(sight.element)


def _state(material: Material) -> Iterator[str]:
    """Yield the dates that the page's scripts hand to its program."""
    body = material.page.body
    for hint in islice(_STATE_HINT.finditer(body), _STATE_HINTS):
        found = _STATE.search(body, max(0, hint.start() - 16), hint.end() + 64)
        if found:
            yield (found.group(1) or found.group(2)).decode("ascii", "replace")


def _hinted(material: Material, reader: Reader) -> Iterator[Claim[Stated]]:
    """Yield what the routes stated, the exact ones first."""
    order = ("wordpress", "feed", "sitemap", "section")
    for route in order:
        for hint in material.page.hints:
            if hint.route == route and hint.published:
                yield from _read([hint.published], ROUTE_WITNESS[hint.route], reader)

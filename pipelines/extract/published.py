"""Material in, the moments of publication and of the last change out."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta

from htmldate import find_date
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from archive.records import Moment

from . import datelines
from .claims import ROUTE_WITNESS, Claim, Witness
from .classes import Role, roles
from .dates import Stated, parse
from .material import Material
from .moments import Clock, moment
from .survey import in_furniture, is_box, spine_of
from .titles import Headline
from .tree import drop, names_of, select

logger = logging.getLogger(__name__)

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
    "published-date", "displaydate", "iso-8601-publish-date", "ptime", "dc.date",
    "dcterms.date", "dc.created", "date", "datecreated", "created", "article:post_date",
    "og:pubdate", "release_date", "timestamp", "vr:published_time", "published",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmod", "modified", "revised",
    "article:modified", "og:modified_time",
)  # fmt: skip
_ISO_SHAPE = re.compile(r"\s*\d{4}-\d\d-\d\d")
_OTHERS: frozenset[Role] = frozenset(("related", "comments"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Dates:
    """When the article was published and last changed, and who says so."""

    published: Claim[Moment] | None
    updated: Claim[Moment] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reader:
    """How dates on this page are read, and which are possible."""

    day_first: bool
    latest: date

    def read(self, text: str) -> Stated | None:
        """Return the stated date unless it lies in the future."""
        stated = parse(text, day_first=self.day_first)
        return stated if stated and stated.day <= self.latest else None


def dates(material: Material, title: Headline | None, language: str | None) -> Dates:
    """Return what the witnesses say, the strongest first to be heard."""
    reader = _Reader(
        day_first=not _american(material, language),
        latest=_latest(material),
    )
    published = next(_published(material, title, reader), None)
    updated = next(_updated(material, reader), None)
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
    reader: _Reader,
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
    hour, day = published.value.clock[0], published.value.day
    shown = (
        *_props(material, title, "datepublished"),
        *datelines.shown(material, title),
    )
    for text in (*datelines.address_days(material), *shown):
        other = reader.read(text)
        if other is None or other.offset_minutes is not None:
            continue
        if other.day == day - timedelta(days=1) and hour < 12:
            return other.day
        if other.day == day + timedelta(days=1) and hour >= 10:
            return other.day
        return None
    return None


def _latest(material: Material) -> date:
    """Return the last possible day: two after the fetch, for far time zones."""
    fetched = parse(material.page.fetched_at)
    return fetched.day + timedelta(days=2) if fetched else date(2100, 1, 1)


def _american(material: Material, language: str | None) -> bool:
    """Whether numeric dates are read month first: en-US, or a US government host."""
    if language and language.startswith("en-"):
        return language == "en-us"
    return material.host.rsplit(".", 1)[-1] in ("us", "gov", "mil")


def _published(
    material: Material, title: Headline | None, reader: _Reader
) -> Iterator[Claim[Stated]]:
    """Yield the dates of publication that witnesses state, strongest first."""
    linked = material.linked
    finders: tuple[tuple[Callable[[], Iterable[str]], Witness], ...] = (
        (lambda: _selected(material, "published"), "profile"),
        (lambda: [linked.published] if linked.is_article else [], "json-ld"),
        (lambda: _meta(material, _PUBLISHED), "meta"),
        (lambda: _props(material, title, "datepublished"), "microdata"),
        (lambda: [linked.published], "json-ld"),
    )
    for find, witness in finders:
        yield from _read(find(), witness, reader)
    yield from _hinted(material, reader)
    yield from _read(datelines.shown(material, title), "html", reader)
    yield from _read(datelines.address_days(material), "url", reader)
    yield from _read(datelines.titled(material), "text", reader)
    yield from _read(datelines.written(material, title), "text", reader)
    yield from _searched(material, reader)
    yield from _read(datelines.shown(material, title, near=None), "html", reader)
    yield from _read(
        datelines.written(material, title, after=datelines.ANYWHERE), "text", reader
    )


def _updated(material: Material, reader: _Reader) -> Iterator[Claim[Stated]]:
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
    texts: Iterable[str], witness: Witness, reader: _Reader
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


def _props(material: Material, title: Headline | None, name: str) -> Iterator[str]:
    spine = spine_of(title.element if title else None)
    for sight in material.survey.itemprops.get(name, ()):
        if not in_furniture(sight.element, spine):
            yield from datelines.texts(sight.element)


def _hinted(material: Material, reader: _Reader) -> Iterator[Claim[Stated]]:
    """Yield what the routes stated, the exact ones first."""
    order = ("wordpress", "feed", "sitemap", "section")
    for route in order:
        for hint in material.page.hints:
            if hint.route == route and hint.published:
                yield from _read([hint.published], ROUTE_WITNESS[hint.route], reader)


def _without_others(material: Material) -> HtmlElement:
    """Return a copy of the page without the blocks whose dates are other posts'."""
    root = copy(material.root)
    for element in list(root.iter("meta", "time")):
        stated = element.get("content") or element.get("datetime") or ""
        if _ISO_SHAPE.match(stated) and parse(stated) is None:
            drop(element)  # htmldate makes the first of the month of 2026-02-30
    for element in list(root.iter("div", "section", "aside", "ul", "ol")):
        hints = roles(names_of(element)) & _OTHERS
        if hints and is_box(element) and not _holds_heading(element):
            drop(element)
    return root


def _holds_heading(element: HtmlElement) -> bool:
    return next(element.iter("h1"), None) is not None


def _searched(material: Material, reader: _Reader) -> Iterator[Claim[Stated]]:
    """Ask htmldate, which reads the whole page, where nothing else gave a date."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # dateutil warns of zones it ignores
            found = find_date(
                _without_others(material),
                original_date=True,
                extensive_search=False,
                url=material.page.url or None,
                max_date=reader.latest.isoformat(),
            )
    except (ValueError, TypeError, OverflowError, AttributeError, LxmlError) as error:
        logger.debug("htmldate failed on %s: %s", material.page.url, error)
        return
    if found and not found.endswith("-01-01"):  # its way of giving only a year
        yield from _read([found], "text", reader)

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

from .claims import Claim, Witness
from .dates import Stated, parse
from .material import Material
from .moments import Clock, moment
from .survey import Sight, in_furniture, spine_of
from .text import key
from .titles import _ROUTES as ROUTE_WITNESS
from .titles import Headline
from .tree import drop, select, text_of

logger = logging.getLogger(__name__)

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished",
    "article:published", "og:published_time", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
    "citation_publication_date", "citation_online_date", "publish-date", "publish_date",
    "publication_date", "publicationdate", "published_time", "pubdate", "pub_date",
    "publishdate", "originalpublicationdate", "article.published", "cxenseparse:recs:publishtime",
    "article_date_original", "prism.publicationdate", "rnews:datepublished", "bt:pubdate",
    "published-date", "displaydate", "iso-8601-publish-date", "ptime", "dc.date",
    "dcterms.date", "dc.created", "date", "datecreated", "created", "article:post_date",
    "og:pubdate", "release_date", "timestamp", "vr:published_time", "published",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmod", "modified", "revised",
    "article:modified", "og:modified_time",
)  # fmt: skip
_URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/\-_.]?(0?[1-9]|1[0-2])[/\-_.]?(0?[1-9]|[12]\d|3[01])(?!\d)"
)
_URL_SPLIT_DAY = re.compile(
    r"/((?:19|20)\d\d)[/\-](0?[1-9]|1[0-2]|[a-z]{3})[/\-](0?[1-9]|[12]\d|3[01])(?![\d])"
)
_URL_DAY_LAST = re.compile(
    r"(?<!\d)(0?[1-9]|[12]\d|3[01])[\-_.](0?[1-9]|1[0-2])[\-_.]((?:19|20)\d\d)(?!\d)"
)
_UPDATE_WORD = re.compile(
    r"\b(?:updated?|modified|last|aktualisiert|mis à jour|actualizado|geändert|stand)\b",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d|\d[./]\d{1,2}[./]\d\d")
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_DATE_WORDS = 6
"""How many words a line may hold that is a date and hardly anything else."""
_NO_DATELINE = frozenset({"title", "option", "script", "style", "select"})
_LINKED_DATE_CHARS, _OPENING_CHARS = 40, 24
_BEFORE, _AFTER, _ANYWHERE, _DATELINE_CHARS = 60, 80, 20_000, 200
_NEAR = 60
"""How many elements after the headline its dateline may stand."""


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
        zone=material.profile.timezone,
        seen_offset_minutes=offsets[0] if offsets else None,
    )
    return Dates(
        published=_moment(published, clock, local), updated=_moment(updated, clock)
    )


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
    if material.profile.timezone or published.value.clock is None:
        return None
    hour, day = published.value.clock[0], published.value.day
    shown = (*_props(material, title, "datepublished"), *_shown(material, title))
    for text in (*_address_days(material), *shown):
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
    yield from _read(_shown(material, title), "html", reader)
    yield from _read(_address_days(material), "url", reader)
    yield from _read(_titled(material), "text", reader)
    yield from _read(_written_near(material, title), "text", reader)
    yield from _searched(material, title, reader)
    yield from _read(_shown(material, title, near=None), "html", reader)
    yield from _read(_written_near(material, title, after=_ANYWHERE), "text", reader)


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
        yield from _texts(element)


def _meta(material: Material, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from material.metas.get(name, ())[:1]


def _texts(element: HtmlElement) -> Iterator[str]:
    """Yield what an element says of a date: attributes first, then its text."""
    for attribute in ("datetime", "content", "data-datetime", "title"):
        value = element.get(attribute)
        if value and any(c.isdigit() for c in value):
            yield value
    text = text_of(element, _DATELINE_CHARS + 1)
    if len(text) <= _DATELINE_CHARS:
        yield text


def _props(material: Material, title: Headline | None, name: str) -> Iterator[str]:
    spine = spine_of(title.element if title else None)
    for sight in material.survey.itemprops.get(name, ()):
        if not in_furniture(sight.element, spine):
            yield from _texts(sight.element)


def _hinted(material: Material, reader: _Reader) -> Iterator[Claim[Stated]]:
    """Yield what the routes stated, the exact ones first."""
    order = ("wordpress", "feed", "sitemap", "section")
    for route in order:
        for hint in material.page.hints:
            if hint.route == route and hint.published:
                yield from _read([hint.published], ROUTE_WITNESS[hint.route], reader)


def _shown(
    material: Material, title: Headline | None, near: int | None = _NEAR
) -> Iterator[str]:
    """Yield the dates shown beside the headline, never those of other blocks.

    Args:
        material: The page.
        title: Its headline.
        near: How many elements away a date may stand; None for any distance.
    """
    spine = spine_of(title.element if title else None)
    survey = material.survey
    sights = [*survey.tags.get("time", ()), *survey.marked.get("date", ())]
    usable = [s for s in sights if not in_furniture(s.element, spine)]
    for sight in sorted(usable, key=lambda s: _distance(s, title)):
        if "updated" in sight.roles or _UPDATE_WORD.search(text_of(sight.element, 60)):
            continue
        if near is None or _distance(sight, title) <= near:
            yield from _texts(sight.element)


def _written_near(
    material: Material, title: Headline | None, after: int = _AFTER
) -> Iterator[str]:
    """Yield short texts with a year in them that stand around the headline."""
    spine = spine_of(title.element if title else None)
    place = title.position if title and title.position >= 0 else 0
    start = place - _BEFORE if after == _AFTER else 0
    end = place + after
    lines: tuple[list[str], list[str], list[str]] = ([], [], [])
    late: list[str] = []
    for position, element in enumerate(material.root.iter("*")):
        if position > end:
            break
        if position < start or element.tag in _NO_DATELINE:
            continue
        for text in (element.text, element.tail):
            line = _dateline(text or "", element.tag == "a")
            if line and not in_furniture(element, spine):
                shelf = lines[_rank(line)] if position >= place else late
                shelf.append(line)
    for shelf in lines[:2]:
        yield from shelf
    yield from reversed([line for line in late if _rank(line) == 0])
    yield from lines[2]


def _rank(line: str) -> int:
    """Order lines with a year: bare dates, dates of a change, sentences."""
    words = len(_LONG_WORD.findall(line))
    if words > _DATE_WORDS:
        return 2
    return 1 if _UPDATE_WORD.search(line) else 0


def _dateline(text: str, linked: bool) -> str:
    """Return the part of a text that may be a dateline; empty if none may."""
    if not _YEAR.search(text):
        return ""
    if len(text) <= (_LINKED_DATE_CHARS if linked else _DATELINE_CHARS):
        return text
    opening = text.strip()[:_OPENING_CHARS]
    return opening if opening[:1].isdigit() and not linked else ""


def _titled(material: Material) -> Iterator[str]:
    """Yield the last part of the page's title, which some sites make the date."""
    for sight in material.survey.tags.get("title", ())[:1]:
        yield text_of(sight.element, 1000).rsplit("|", 1)[-1]


def _distance(sight: Sight, title: Headline | None) -> int:
    """Return how far from the headline an element stands, before it counting double."""
    if title is None or title.position < 0:
        return sight.position
    gap = sight.position - title.position
    return gap if gap >= 0 else -2 * gap


def _address_days(material: Material) -> Iterator[str]:
    """Yield the day that the page's address states."""
    url = material.page.url
    match = _URL_SPLIT_DAY.search(url) or _URL_DAY.search(url)
    if match:
        year, month, day = match.groups()
        yield f"{day} {month} {year}" if month.isalpha() else f"{year}-{month}-{day}"
    elif match := _URL_DAY_LAST.search(url):
        day, month, year = match.groups()
        yield f"{year}-{month}-{day}"


def _without_furniture(material: Material, title: Headline | None) -> HtmlElement:
    """Return a copy of the page without the blocks whose dates are others'."""
    root = copy(material.root)
    kept = "" if title is None else key(title.text)
    for element in list(root.iter("div", "section", "aside", "ul", "nav", "footer")):
        if in_furniture(element, spine_of(element.getparent())) and not any(
            key(text_of(h, 2000)) == kept for h in element.iter("h1", "h2")
        ):
            drop(element)
    return root


def _searched(
    material: Material, title: Headline | None, reader: _Reader
) -> Iterator[Claim[Stated]]:
    """Ask htmldate, which reads the whole page, where nothing else gave a date."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # dateutil warns of zones it ignores
            found = find_date(
                _without_furniture(material, title),
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

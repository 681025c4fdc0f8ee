"""A file's content goes in; its documents, read and judged, come out. No archive.

Which site a document belongs to and under which address it is kept is decided here too:
by what the user says, then by what the document says.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from archive.records import Article, Rejection
from archive.warc.captures import digest_of
from crawler.errors import InvalidUrl
from crawler.items import Page
from crawler.sites.profile import Profile, generic
from crawler.urls import canonical, same_site
from pipelines.grounds import LEAST_STATED_WORDS, problem, words

from .article import Setting, article_of
from .formats import FORMATS, sniff, text_of
from .lines import key
from .memory import NOTHING, Memory
from .reading import Document, Facts, Reading

logger = logging.getLogger(__name__)
UNKNOWN = Profile(name="imported", title="Imported texts", home="")
"""Where texts go of which nobody says what title printed them."""
CONTENT_TYPE = "text/plain; charset=utf-8"


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """A file as the user gives it."""

    name: str
    """Its name, without folders."""
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Wishes:
    """What the user says of the files."""

    site: Profile | None = None
    """The title that printed them; None to go by what they say."""
    url: str | None = None
    """The address of the one article; None to go by what it says."""
    format: str = "auto"
    """A key of FORMATS, or "auto"."""
    profiles: tuple[Profile, ...] = ()
    """The known titles."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """One document, ready to be archived or rejected."""

    file: str
    number: int
    """Of the document in its file, counted from 1."""
    first_line: int
    """Where it begins in the file, counted from 0."""
    site: Profile
    page: Page
    """As stages know it; `crawl_id` and `fetched_at` are filled in by the import."""
    format: str
    reading: Reading | None
    """None for what could not be read."""
    article: Article | None
    rejection: Rejection | None
    """Why it is no article; None if it is one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One document of a file and how it is to be read."""

    name: str
    """The file's name."""
    document: Document
    format: str
    """A key of FORMATS."""
    whole: bytes | None
    """The file's bytes, where it holds this document only."""


MemoryOf = Callable[[str], Memory]
"""A site's name to what is known of it."""


def nothing_known(site: str) -> Memory:
    """The memory of a site that nothing is known of."""
    return NOTHING


def candidates(
    given: Given, wishes: Wishes, memory_of: MemoryOf = nothing_known
) -> Iterator[Candidate]:
    """Read the documents of one file; what cannot be read is a rejection."""
    try:
        text = text_of(given.content)
    except ValueError as error:
        yield unreadable(given.name, wishes, "not a text", str(error))
        return
    form = sniff(text) if wishes.format == "auto" else wishes.format
    documents = FORMATS[form].documents(text)
    for document in documents:
        whole = given.content if len(documents) == 1 else None
        source = Source(name=given.name, document=document, format=form, whole=whole)
        try:
            yield _candidate(source, wishes, memory_of)
        except Exception as error:
            logger.exception("no reading of %s #%s", given.name, document.number)
            why = f"document {document.number}: {type(error).__name__}: {error}"[:300]
            yield unreadable(given.name, wishes, "extraction failed", why)


def unreadable(name: str, wishes: Wishes, reason: str, detail: str) -> Candidate:
    """A file of which nothing can be kept but that it was given."""
    url = f"urn:cuttings:file:{quote(name)}"
    return Candidate(
        file=name,
        number=1,
        first_line=0,
        site=wishes.site or UNKNOWN,
        page=page_of(url, wishes.site or UNKNOWN),
        format="none",
        reading=None,
        article=None,
        rejection=Rejection(reason=reason, detail=f"{name}: {detail}"),
    )


def _candidate(source: Source, wishes: Wishes, memory_of: MemoryOf) -> Candidate:
    document, form = source.document, source.format
    reading = FORMATS[form].read(document.text, NOTHING)
    url = address(reading.facts, wishes, form)
    site = site_of(reading.facts, url, wishes)
    memory = memory_of(site.name).without(reading.facts.headline)
    if memory != NOTHING:
        reading = FORMATS[form].read(document.text, memory)
    page = page_of(url or "", site, source)
    article = article_of(reading, setting_of(page.url, site))
    return Candidate(
        file=source.name,
        number=document.number,
        first_line=document.first_line,
        site=site,
        page=page,
        format=form,
        reading=reading,
        article=article,
        rejection=judged(page, article, form),
    )


def _is_utf8(payload: bytes) -> bool:
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def setting_of(url: str, site: Profile) -> Setting:
    """What a document's site tells of it; its zone, if anybody has stated one."""
    zone = site.timezone if site.home else None
    return Setting(url=url, language=site.language, zone=zone)


def page_of(url: str, site: Profile, source: Source | None = None) -> Page:
    """The document as the stages know pages; without an address it is named after
    its bytes."""
    text = source.document.text.encode("utf-8", "replace") if source else b""
    payload = text if source is None or source.whole is None else source.whole
    content_type = CONTENT_TYPE if _is_utf8(payload) else "text/plain"
    digest = digest_of(payload).partition(":")[2].lower()
    place = url or f"urn:cuttings:text:{digest}"
    return Page(
        site=site.name,
        crawl_id=0,
        requested_url=place,
        url=place,
        redirects=(),
        status=0,
        reason="",
        headers=(("Content-Type", content_type),),
        wire=payload,
        body=payload,
        content_type=content_type,
        fetched_at="",
    )


def address(facts: Facts, wishes: Wishes, form: str) -> str | None:
    """The address of a document, or the press database's name for it."""
    for url in (wishes.url, facts.url):
        if url:
            try:
                return canonical(url)
            except InvalidUrl:
                continue
    if facts.identifier:
        return f"urn:cuttings:{form}:{quote(facts.identifier, safe='')}"
    return None


def site_of(facts: Facts, url: str | None, wishes: Wishes) -> Profile:
    """The title that printed a document."""
    if wishes.site is not None:
        return wishes.site
    if url and url.startswith("http"):
        return next((p for p in wishes.profiles if _has(p, url)), None) or generic(url)
    if facts.publication:
        return _titled(facts.publication, wishes.profiles)
    return UNKNOWN


def _has(profile: Profile, url: str) -> bool:
    hosts = [f"https://{host}/" for host in profile.hosts]
    return any(same_site(url, one) for one in (profile.home, *hosts))


def _titled(title: str, profiles: tuple[Profile, ...]) -> Profile:
    """The profile of a title by its name; one made of it where none has it."""
    for profile in profiles:
        if key(profile.title) == key(title):
            return profile
    name = re.sub(r"[^a-z0-9]+", "-", key(title)).strip("-")
    return Profile(name=name, title=title, home="") if name else UNKNOWN


def judged(page: Page, article: Article | None, form: str) -> Rejection | None:
    """Say why a document is no article; None if it is one.

    A press database holds articles only: there a short text is one too.
    """
    if article is not None and article.blocks and not article.headline:
        return Rejection(reason="no headline", detail="no line could be the headline")
    found = problem(page, article)
    if found is None or article is None or form == "page":
        return found
    short = found.reason == "too short"
    return None if short and words(article.body) >= LEAST_STATED_WORDS else found

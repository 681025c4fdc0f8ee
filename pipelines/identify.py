"""An article and its addresses go in; which article of the archive it is comes out.

An address is the strongest sign of identity, a page's own claim (rel=canonical,
RFC 6596) a weaker one: it is believed where nothing speaks against it, and gives way
when the claimed address turns out to show another article, or another article claims it
too. So it does not matter which of them was fetched first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from archive.articles import Cut
from archive.records import Article, Decision, Digests, Known
from crawler.urls import is_twin
from pipelines.called import identifiers_of
from pipelines.copies.signature import signature
from pipelines.draft import Draft
from pipelines.made import extractor
from pipelines.sameness import Bodies, is_alike, is_apart, is_same
from pipelines.stage import ArchiveStage
from pipelines.words import words_key

DIGEST_VERSION = "1"
"""First character of every digest; a change of the rules below gets the next one."""
PAGE_WITNESSES = frozenset(
    [
        "json-ld",
        "open graph",
        "meta",
        "microdata",
        "profile",
        "html",
        "text",
        "url",
        "memory",
    ]
)
"""Witnesses on the page itself: what a feed said must not look like a new revision."""
COMPARED = ("headline", "standfirst", "body", "authors", "published")
"""The fields whose change makes a revision."""


class Addresses(Bodies, Protocol):
    """What identify asks of the archive."""

    def article_at(self, url: str) -> Known | None:
        """The article that an address shows."""

    def fetched_address(self, article_id: int) -> str | None:
        """An address at which an article itself was fetched."""

    def is_new(self, article_id: int, crawl_id: int) -> bool:
        """Whether a crawl itself found an article."""

    def articles_called(self, site: str, names: Iterable[str]) -> list[Known]:
        """The articles of a site that routes called by any of some names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """The addresses of one fetch, normalised."""

    final: str
    """The address that answered."""
    passed: tuple[str, ...]
    """The addresses asked for on the way to it."""
    claimed: str
    """The canonical URL that the page states, or `final`."""
    site: str = ""
    crawl_id: int = 0
    identifiers: tuple[str, ...] = ()
    """What routes call the page by, apart from its addresses."""


def digests(article: Article) -> Digests:
    """The digests of an article's text, empty and hinted fields left out."""
    body = article.body
    fields = {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "body": body,
    }
    stated = {
        name: " ".join(value.split())
        for name, value in fields.items()
        if value and article.sources.get(name, "text") in PAGE_WITNESSES
    }
    return Digests(
        text=_digest(json.dumps(stated, ensure_ascii=False, sort_keys=True)),
        body=_digest(words_key(body)),
        headline=_digest(words_key(article.headline)),
    )


def hinted(article: Article) -> tuple[str, ...]:
    """The fields of an article that only a route stated."""
    return tuple(
        name
        for name in COMPARED
        if article.sources.get(name, "text") not in PAGE_WITNESSES
    )


def _digest(text: str) -> str:
    content = text.encode("utf-8", "surrogatepass")
    return DIGEST_VERSION + hashlib.blake2b(content, digest_size=16).hexdigest()


def identify(
    article: Article, body_digest: str, place: Place, archive: Addresses
) -> Decision:
    """Decide by what it is called; a `stored` decision may still turn out a copy."""
    own = archive.article_at(place.final)
    if own is not None and _is_left(article, own, place, archive):
        own = None
    moved = _moved(place.passed, archive)
    if (
        moved is not None
        and (own is None or _is_taken_for_new(own, moved, place, archive))
        and _goes_on(article, body_digest, moved, archive)
    ):
        decision = _led(_of(moved, "unchanged", place), moved, place, archive)
        return _absorbing(decision, own)
    if own is not None:
        return _at_known_address(article, body_digest, own, place, archive)
    for named in archive.articles_called(place.site, place.identifiers):
        if _goes_on(article, body_digest, named, archive):
            return _of(named, "alias", place)
    if place.claimed == place.final:
        return Decision(outcome="stored", article_id=None, url=place.final)
    other = archive.article_at(place.claimed)
    if other is None:
        return Decision(
            outcome="stored", article_id=None, url=place.claimed, claimed=place.claimed
        )
    is_view = is_twin(place.claimed, place.final)  # its words may differ a little
    is_view = is_view and not _is_apart(article, other, archive)
    if is_view or is_same(article, body_digest, other, archive):
        return _of(other, "alias", place)
    if other.relation == "canonical":
        return _displace(other, place.claimed, place, archive)
    return Decision(outcome="stored", article_id=None, url=place.final)


def _is_apart(article: Article, known: Known, archive: Addresses) -> bool:
    return is_apart(article.body, archive.body(known.article_id))


def _is_left(article: Article, own: Known, place: Place, archive: Addresses) -> bool:
    """Whether a further address of an article shows another piece by now.

    Only the address at which an article lives can change its text: what another one
    shows would be seen by nobody.
    """
    if own.relation != "fetched" or article.access != "open":
        return False
    if place.final in (own.url, archive.fetched_address(own.article_id)):
        return False
    if words_key(article.headline) == words_key(own.headline):
        return False
    return _is_apart(article, own, archive)


def _at_known_address(
    article: Article, body_digest: str, own: Known, place: Place, archive: Addresses
) -> Decision:
    if own.relation == "fetched":
        return _led(_of(own, "unchanged", place), own, place, archive)
    is_view = _is_view_of(own, place.final, archive)
    is_view = is_view and not _is_apart(article, own, archive)
    if not is_view and not _goes_on(article, body_digest, own, archive):
        return _displace(own, place.final, place, archive)
    decision = _of(own, "unchanged", place)
    if own.relation == "canonical" and own.url != place.final == place.claimed:
        # The claim had been disputed; now the address itself has shown the article.
        return replace(decision, displaced=(own.article_id, place.final))
    return decision


def _goes_on(
    article: Article, body_digest: str, known: Known, archive: Addresses
) -> bool:
    """Whether a page that something else ties to an archived article shows it, under
    another headline maybe: a redirect, a system's number, the article's own claim."""
    if is_same(article, body_digest, known, archive):
        return True
    return is_alike(article.body, archive.body(known.article_id))


def _led(
    decision: Decision, known: Known, place: Place, archive: Addresses
) -> Decision:
    """Have an article led by the address to which its own one has moved.

    By a redirect to a page that names no other, or by its own page's naming another
    address: one at which the article was fetched, or that nobody has fetched.
    """
    if place.claimed == place.final:
        leads = place.final if known.url in place.passed else None
        return replace(decision, leads=leads)
    if place.final != known.url:
        return decision
    other = archive.article_at(place.claimed)
    if other is None:
        return replace(decision, claimed=place.claimed, leads=place.claimed)
    led = replace(decision, leads=place.claimed)
    if other.article_id == known.article_id:
        return led if other.relation == "fetched" else decision
    bodies = (archive.body(one.article_id) for one in (known, other))
    if _is_taken_for_new(other, known, place, archive) and is_alike(*bodies):
        return _absorbing(led, other)
    return decision


def _is_taken_for_new(
    found: Known, known: Known, place: Place, archive: Addresses
) -> bool:
    """Whether the crawl itself archived an article that an older one has become."""
    if found.article_id == known.article_id or found.relation != "fetched":
        return False
    is_new = archive.is_new(found.article_id, place.crawl_id)
    return is_new and not archive.is_new(known.article_id, place.crawl_id)


def _absorbing(decision: Decision, found: Known | None) -> Decision:
    return replace(decision, absorbs=found.article_id if found else None)


def _is_view_of(holder: Known, address: str, archive: Addresses) -> bool:
    """Whether an archived article is only known from another view of an address."""
    if holder.relation != "canonical":
        return False
    fetched = archive.fetched_address(holder.article_id)
    return fetched is not None and is_twin(address, fetched)


def _of(known: Known, outcome: str, place: Place) -> Decision:
    claimed = place.claimed if place.claimed == known.url else None
    return Decision(
        outcome="alias" if outcome == "alias" else "unchanged",
        article_id=known.article_id,
        url=known.url,
        claimed=claimed,
    )


def _moved(passed: Iterable[str], archive: Addresses) -> Known | None:
    """The article that the address asked for used to show itself."""
    for url in passed:
        known = archive.article_at(url)
        if known is not None and known.relation == "fetched":
            return known
    return None


def _displace(
    holder: Known, disputed: str, place: Place, archive: Addresses
) -> Decision:
    """The address belongs to the page that answers there, not to who claimed it or
    was once reached by it; and to none of several that only claim it. Of those the
    archive remembers the one whose own address comes first, whoever came first."""
    address = archive.fetched_address(holder.article_id)
    displaced = None
    if holder.url == disputed and address is not None:
        displaced = (holder.article_id, address)
    foremost = address is not None and place.final < address
    only_claimed = holder.relation == "canonical" and place.final != disputed
    return Decision(
        outcome="stored",
        article_id=None,
        url=place.final,
        claimed=disputed if foremost and only_claimed else None,
        displaced=displaced,
    )


def place_of(draft: Draft, article: Article) -> Place:
    """The addresses of a draft."""
    fetch = draft.fetch
    final = fetch.final_url or fetch.url
    passed = tuple(dict.fromkeys(u for u in (fetch.url, *fetch.passed) if u != final))
    return Place(
        final=final,
        passed=passed,
        claimed=article.url,
        site=fetch.site,
        crawl_id=fetch.crawl_id,
        identifiers=identifiers_of(draft),
    )


def cut_of(draft: Draft, article: Article) -> Cut:
    """How and when the text of a draft was cut, with its digests."""
    return Cut(
        site=draft.fetch.site,
        digests=digests(article),
        capture_id=draft.fetch.capture_id,
        extractor=draft.maker.extractor or extractor(),
        seen_at=draft.fetch.at,
        memory=draft.memory,
        profile=draft.maker.profile,
        traces=draft.lesson.traces if draft.lesson else (),
        paths=draft.lesson.paths if draft.lesson else (),
        hinted=hinted(article),
        signature=draft.signature or signature(article.body),
        identifiers=identifiers_of(draft),
    )


def with_identity(draft: Draft, article: Article, archive: Addresses) -> Draft:
    """Fill in the digests and the first decision."""
    cut = cut_of(draft, article)
    decision = identify(article, cut.digests.body, place_of(draft, article), archive)
    return replace(draft, cut=cut, decision=decision)


class IdentifyStage(ArchiveStage[Draft]):
    """Scrapy adapter of `with_identity`."""

    def stage(self, item: Draft) -> Draft:
        """Identify one article; validate has made sure that there is one."""
        assert item.article is not None  # noqa: S101
        return with_identity(item, item.article, self.archive)

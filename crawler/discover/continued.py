"""In: a page of an article; out: where it goes on, and whether another goes on with it.

An article on several pages is told from a list, from a neighbouring article and from
pages of comments: by its address (numbered.py), by what the link to the next page is
called, by the running text on the page, and, when the next page has come, by its
headline and its day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from crawler.discover.numbered import (
    PAGE_WORDS,
    Spot,
    canonical_or,
    follows,
    leads,
    spots,
    stems_of_numbered,
)
from crawler.discover.pages import base_of, text_of, tokens
from crawler.lists import is_term
from crawler.urls import host as host_of
from crawler.urls import join, same_site

MOST_LINKS = 10_000
LEAST_RUNNING = 400
"""Characters of running text in one box that the first page of an article has."""
LEAST_AMONG_LINKS = 1_000
MANY_LINKS = 5
"""Headings with links: a list begins with some lines about itself at times."""
LEAST_PARAGRAPH = 60
"""Characters outside links of what is counted as running text."""
LEAST_SHARE = 0.5
"""Of the running text of a page: in its article's box. Lists have many such boxes."""
TAIL_CHARS = 12
SHORT_BYTES = 24
"""Longest link that is looked at although it does not repeat the page's address."""

# Without regard to case it takes four times as long.
_HREF = re.compile(rb"href\s*+=\s*+[\"']?+([^\"'\s<>]{1,2000}+)")
_CAPITALS = re.compile(rb"HREF")
_FAR = (b"#", b"/", b"http://", b"https://")
"""How links begin that are not relative to the page itself."""
_ENDS_IN_NUMBER = re.compile(
    rb"\d(?:\.\w{3,5})?/?(?:#[^?]*)?$|[?&;][\w-]{1,20}=[\d,%C]{1,12}(?:[&#]|$)",
    re.IGNORECASE,
)
_ENDING_BYTES = 8
"""A number's last digit, a suffix with its dot and a slash are no longer."""
_NEXT = (
    r"next(?:\s+page)?|older|continue(?:\s+reading)?|read\s+on|weiter|n[äa]chste"
    r"(?:\s+seite)?|(?:page\s+)?suivante?|(?:p[áa]gina\s+)?siguiente|successiv[ao]|"
    r"volgende|pr[óo]xima|nast[ęe]pna|n[äe]sta|neste|seuraava|sonraki|"
    r"halaman\s+selanjutnya|следующая|далее|次へ|下一页"
)
_GOES_ON = re.compile(
    rf"\W*(?:(?:{_NEXT})\W*|(?:{_NEXT})\s*:.*|"
    rf"(?:zur|auf\s+der)?\W*n[äa]chsten?\s+(?:{PAGE_WORDS})\W.*|"
    r"次(?:の)?ページ.*|[›»→>]{1,2})",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED = re.compile(
    rf"\W*(?:(?:{PAGE_WORDS})\s*)?(?P<number>\d{{1,2}})(?:\W+(?:{PAGE_WORDS}))?\W*",
    re.IGNORECASE,
)
_BEGINNING = re.compile(
    rf"\W*(?:first|1st|erste|premi[èe]re|primera|prima|eerste)?\W*(?:{PAGE_WORDS})?\W*",
    re.IGNORECASE,
)
_PAGE_MARK = re.compile(
    rf"\W*\b(?:{PAGE_WORDS})\W{{0,2}}\d{{1,2}}(?:\W{{0,3}}(?:of|von|de|sur|di|van|z|av|"
    rf"/)\W{{0,2}}\d{{1,2}})?\W*|\W*[(\[]\s*\d{{1,2}}\s*(?:/\s*\d{{1,2}}\s*)?[)\]]\W*|"
    r"\W*\b\d{1,2}\s?/\s?\d{1,2}$",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:19|20)\d\d-?\d\d-?\d\d")
_STATED = re.compile(
    r"\"@type\"\s*:\s*\[?\s*\"(?:\w*Article|BlogPosting|Report|Review)\"", re.IGNORECASE
)
_PUBLISHED = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{8,40})\"")


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A link of a page to another page of the same thing, as its address says."""

    url: str
    """Absolute address without fragment."""
    rel: frozenset[str]
    text: str
    """What it is called, folded; empty for a `link` element."""
    spot: Spot | None = None
    """How its address is read as the next page; None for a link back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Face:
    """What a page shows of the article it belongs to."""

    named: str = ""
    """Its og:title, reduced to words; empty if there is none."""
    headings: frozenset[str] = frozenset()
    """Its main headings, likewise, the site's name left out."""
    title: str = ""
    """Its title element, likewise."""
    day: str | None = None
    """Its day of publication as the metadata state it, digits only."""
    canonical: str | None = None
    """The address that it states as its own."""
    paragraphs: frozenset[int] = field(default_factory=frozenset)
    """Hashes of its running paragraphs."""


def may_be_paged(body: bytes, url: str) -> bool:
    """Whether a page may link to another page of the same article: a cheap look."""
    paths = {spot.stem.partition("?")[0] for spot in spots(url)}
    if not paths:
        return False
    numbered = bool(stems_of_numbered(url))
    host = host_of(url)
    tails = {path.rsplit("/", 1)[-1][-TAIL_CHARS:].encode() for path in paths}
    if _CAPITALS.search(body):
        body = body.replace(b"HREF", b"href")
    hrefs = set(_HREF.findall(body))
    near = {href for href in hrefs if not href.startswith(_FAR) and _is_short(href)}
    for tail in tails:
        near |= {href for href in hrefs if tail in href}
    for href in near:
        if not numbered and not _ends_in_number(href):
            continue
        address = join(url, href.decode("latin-1").replace("&amp;", "&"))
        if address is None or host not in address:
            continue
        if follows(url, address) or (numbered and leads(address, url)):
            return True
    return False


def _is_short(href: bytes) -> bool:
    """Whether a link may be relative to the page itself."""
    is_short = len(href) <= SHORT_BYTES and href.count(b"/") < 2
    return is_short or href.startswith(b"?")


def _ends_in_number(href: bytes) -> bool:
    """Whether a link ends in a number; without query and fragment its end tells."""
    if b"=" not in href and b"#" not in href:
        href = href[-_ENDING_BYTES:]
    return _ENDS_IN_NUMBER.search(href) is not None


def next_part(tree: etree._Element, url: str, *, begun: bool = False) -> str | None:
    """The next page of the article on a page; None if it has none.

    Args:
        tree: The page.
        url: Its address.
        begun: Whether it is a further page itself, of an article that was followed.
    """
    if not begun and not is_article(tree, url):
        return None
    for link in _links(tree, url):
        if link.spot is not None and (begun or _is_pager(link, link.spot, url)):
            return link.url
    return None


def first_parts(tree: etree._Element, url: str) -> tuple[str, ...]:
    """Addresses of the first page of the article whose further page this seems to be.

    The page must say so: by its canonical URL, or by a link called "1", "first page"
    or, on a second page, stated as the one before it.
    """
    if not stems_of_numbered(url) or not is_article(tree, url):
        return ()
    found = [link.url for link in _links(tree, url) if _leads_back(link, url)]
    return tuple(dict.fromkeys(found))


def _links(tree: etree._Element, url: str) -> Iterator[Link]:
    """The links of a page whose address is the next page's or the first one's."""
    base = base_of(tree, url)
    for element in islice(tree.iter("link", "a"), MOST_LINKS):
        href = element.get("href") or ""
        address = join(base, href) if href and not href.startswith("#") else None
        rel = tokens(element, "rel")
        if not address or "nofollow" in rel or not same_site(address, url):
            continue
        address = address.partition("#")[0]
        spot = follows(url, address)
        if spot is None and not leads(address, url):
            continue
        yield Link(
            url=address,
            rel=rel,
            text=(text_of(element) or "") if element.tag == "a" else "",
            spot=spot,
        )


def _is_pager(link: Link, spot: Spot, url: str) -> bool:
    """Whether a link is called the next page, and not merely the next article.

    A neighbour in the same folder may have a number at the same place; a page below
    the page's own address cannot be one.
    """
    named = _NUMBERED.fullmatch(link.text)
    if named and int(named["number"]) == max(spot.number or 0, 2):
        return True
    is_own = spot.form in ("query", "word") or (
        spot.form == "child" and spot.stem == spots(url)[0].stem
    )
    return is_own and ("next" in link.rel or bool(_GOES_ON.fullmatch(link.text)))


def _leads_back(link: Link, url: str) -> bool:
    """Whether a link to the bare or first address is called the first page."""
    if link.spot is not None or canonical_or(link.url) == canonical_or(url):
        return False
    if link.rel & {"canonical", "first", "start"}:
        return True
    second = any(spot.number in (1, 2) for spot in spots(url))
    if second and link.rel & {"prev", "previous"}:
        return True
    named = _NUMBERED.fullmatch(link.text)
    if named:
        return int(named["number"]) == 1
    return bool(link.text) and bool(_BEGINNING.fullmatch(link.text))


def is_article(tree: etree._Element, url: str) -> bool:
    """Whether a page shows one text rather than a list.

    One box holds most of the running text, or the page states that it is one article.
    """
    if is_term(url):
        return False
    boxes = running(tree)
    most = max(boxes.values(), default=0)
    headings = tree.xpath("count(//h2//a[@href] | //h3//a[@href] | //h4//a[@href])")
    least = LEAST_AMONG_LINKS if headings >= MANY_LINKS else LEAST_RUNNING
    if most >= least and most >= LEAST_SHARE * sum(boxes.values()):
        return True
    return bool(most) and _states_one(tree)


def running(tree: etree._Element) -> dict[etree._Element, int]:
    """How many characters of running text stand directly in each box of a page."""
    boxes: dict[etree._Element, int] = {}
    for element in islice(tree.iter("p", "br"), MOST_LINKS):
        parent = element.getparent()
        if element.tag == "br":
            chars = len((element.tail or "").strip())
        else:
            linked = sum(len(text_of(link) or "") for link in element.iter("a"))
            chars = len(text_of(element) or "") - linked
        if chars >= LEAST_PARAGRAPH:
            boxes[parent] = boxes.get(parent, 0) + chars
    return boxes


def _states_one(tree: etree._Element) -> bool:
    """Whether the metadata describe exactly one article."""
    if _meta(tree, "article:published_time"):
        return True
    scripts = tree.xpath("//script[contains(@type, 'ld+json')]/text()")
    return sum(len(_STATED.findall(str(text))) for text in scripts) == 1


def face_of(tree: etree._Element, url: str) -> Face:
    """What a page shows of its article, to be compared with another page."""
    site = words(_meta(tree, "og:site_name"))
    titles = tree.xpath("//head//title")
    return Face(
        named=words(_meta(tree, "og:title")),
        headings=frozenset(
            heading
            for element in islice(tree.iter("h1"), 10)
            if (heading := words(text_of(element) or ""))
            and heading != site
            and not _links_home(element)
        ),
        title=words(text_of(titles[0]) or "") if titles else "",
        day=_day(tree),
        canonical=canonical_of(tree, url),
        paragraphs=paragraphs(tree),
    )


def words(text: str) -> str:
    """Text reduced to its words, without what says which page it is."""
    return " ".join(re.findall(r"\w+", _PAGE_MARK.sub(" ", text).casefold()))


def paragraphs(tree: etree._Element) -> frozenset[int]:
    """Hashes of the paragraphs of a page that are long enough to be its own."""
    found = islice(tree.iter("p", "br"), MOST_LINKS)
    texts = ((e.tail or "").strip() if e.tag == "br" else text_of(e) for e in found)
    long = (text for text in texts if text and len(text) >= LEAST_PARAGRAPH)
    return frozenset(map(hash, long))


def _links_home(heading: etree._Element) -> bool:
    around = [*heading.iter("a"), *heading.iterancestors("a")]
    return any((a.get("href") or "").rstrip("/").count("/") in (0, 2) for a in around)


def _meta(tree: etree._Element, name: str) -> str:
    found = tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
    return str(found[0]) if found else ""


def _day(tree: etree._Element) -> str | None:
    stated = [_meta(tree, "article:published_time")]
    for text in tree.xpath("//script[contains(@type, 'ld+json')]/text()"):
        stated += _PUBLISHED.findall(str(text))[:1]
    days = (_DAY.match(one) for one in stated)
    return next((day[0].replace("-", "") for day in days if day), None)


def canonical_of(tree: etree._Element, url: str) -> str | None:
    """The address that a page states as its own; None if it states none."""
    for element in tree.iter("link"):
        if "canonical" in tokens(element, "rel"):
            return join(url, element.get("href") or "")
    return None


def goes_on(first: Face, part: Face, *, first_url: str, url: str) -> bool:
    """Whether a page shows the same article as its first page.

    By its own word, or by the same headline; never where the two state different days.
    Each page of a long article may have a heading of its own under a common title.
    """
    if first.day and part.day and first.day != part.day:
        return False
    if part.canonical and canonical_or(part.canonical) != canonical_or(url):
        stems = {spot.stem for spot in spots(part.canonical)[:1]}
        if stems & {spot.stem for spot in spots(first_url)}:
            return True
    if first.headings & part.headings:
        return True
    same = [one for one in (first.named, first.title) if one]
    same = [one for one in same if one in (part.named, part.title)]
    return any(_names(title, first) for title in same)


def _names(title: str, face: Face) -> bool:
    """Whether a title is the article's, and not merely the same on all of a site."""
    return not face.headings or any(heading in title for heading in face.headings)

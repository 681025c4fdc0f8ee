"""In: the bytes of a sitemap; out: a `Listing` of its pages and further sitemaps.

Index, urlset, news sitemap and plain text, gzipped or not, whatever the name says.
Never raises on bad input; no entity, document type or network is used.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.entities import html5

from lxml import etree

from crawler.discover.dates import iso
from crawler.discover.feeds import parse_feed
from crawler.discover.inflate import inflate
from crawler.discover.listing import Entry, Listing, unique
from crawler.discover.text import fold
from crawler.items import Hint
from crawler.urls import join

# The protocol's limits: sitemaps.org, "Sitemap file requirements".
MAX_BYTES = 50 * 2**20
MAX_URLS = 50_000

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(urlset|sitemapindex)[\s>/]", re.IGNORECASE)
_END = re.compile(rb"</(?:[\w.-]+:)?(?:url|sitemap)\s*>", re.IGNORECASE)
_ROOT_END = re.compile(rb"</(?:[\w.-]+:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)
_XML_PATH = re.compile(r"^[^?#]*\.xml(?:\.gz)?(?:$|[?#])", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_FEED = re.compile(rb"<(?:[\w.-]+:)?(rss|feed|RDF)[\s>]")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
# Text in CDATA is matched too, so that it is passed over.
_REFERENCE = re.compile(
    rb"<!\[CDATA\[(?:.*?\]\]>|.*\Z)|&(?:(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{0,31});)?",
    re.DOTALL,
)
_MARKS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
    b"<\x00": "utf-16-le",
    b"\x00<": "utf-16-be",
}
_PREDEFINED = frozenset([b"amp", b"lt", b"gt", b"quot", b"apos"])
_CONTROLS = bytes(set(range(32)) - {9, 10, 13})


def parse_sitemap(body: bytes, url: str) -> Listing:
    """The pages and child sitemaps that a sitemap names; a feed is read as a feed."""
    data, problem = inflate(body, MAX_BYTES)
    problems = [problem] if problem else []
    data = _decoded(data)
    root = _ROOT.search(data)
    if root is None and _FEED.search(data[:2_000]):
        return parse_feed(data, url)
    if root is None:
        return _text_sitemap(data.decode(), url, problems)
    xml = _REFERENCE.sub(_reference, data[root.start() :].translate(None, _CONTROLS))
    return _collected(_elements(xml, problems), url, problems)


def _decoded(data: bytes) -> bytes:
    """The document in UTF-8 without byte order mark, whatever it was in."""
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return data.decode(name, "replace").removeprefix("\ufeff").encode()
    declared = _ENCODING.search(data[:1_000])
    name = declared[1].decode("ascii") if declared else "utf-8"
    for encoding in (name, "utf-8"):
        try:
            # It could be searched for "encoding=", so ASCII is in it as ASCII.
            if b"<loc>".decode(encoding) == "<loc>":
                return data.decode(encoding).encode()
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace").encode()


def _reference(match: re.Match[bytes]) -> bytes:
    """A reference that XML knows: HTML's become characters, a bare "&" is escaped."""
    name = match[1]
    if match[0].startswith(b"<"):
        return match[0]
    if name is None:
        return b"&amp;"
    if name in _PREDEFINED or name.startswith(b"#"):
        return match[0]
    letters = html5.get(f"{name.decode('ascii', 'replace')};", "")
    return "".join(f"&#{ord(letter)};" for letter in letters).encode("ascii")


def _elements(xml: bytes, problems: list[str]) -> Iterator[etree._Element]:
    """Each whole `url` and `sitemap` element, cleared after its use.

    What follows the last end tag is cut first: recovery would take half an address.
    """
    ends = [match.end() for match in _END.finditer(xml)]
    if ends and not _ROOT_END.search(xml, ends[-1]):
        problems.append("sitemap is truncated; the rest is missing")
    parser = etree.iterparse(
        io.BytesIO(xml[: ends[-1]] if ends else xml),
        events=("end",),
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        encoding="utf-8",
    )
    missing = len(ends)
    for _, element in parser:
        if _local(element) in ("url", "sitemap"):
            yield element
            element.clear()
            missing -= 1
    if missing > 0:
        problems.append(f"sitemap is broken: {missing:,} elements could not be read")


def _collected(
    elements: Iterator[etree._Element], url: str, problems: list[str]
) -> Listing:
    found: list[Entry] = []
    children: list[str] = []
    read = 0
    for element in elements:
        if read == MAX_URLS:
            problems.append(f"only the first {MAX_URLS:,} addresses read")
            break
        read += 1
        parts = _texts(element)
        address = join(url, parts.get("loc", ""))
        if address is None or not parts.get("loc"):
            continue
        if _local(element) == "sitemap" or _XML_PATH.search(address):
            children.append(address)
        else:
            found.append(Entry(url=address, hint=_hint(parts, url)))
    entries = unique(found)
    listed = tuple(dict.fromkeys(children))
    return Listing(
        entries=entries,
        children=listed,
        left_out=read - len(entries) - len(listed),
        problems=tuple(problems),
    )


def _texts(element: etree._Element) -> dict[str, str]:
    """Texts of the child elements, and of those inside `news`, by local name."""
    texts: dict[str, str] = {}
    for child in element.iterchildren(tag=etree.Element):
        name = _local(child)
        if name == "news":
            for part in child.iterdescendants(tag=etree.Element):
                texts.setdefault("news:" + _local(part), _text(part))
        elif name in ("loc", "lastmod") and not _is_image(child):
            texts.setdefault(name, _text(child))
    return texts


def _text(element: etree._Element) -> str:
    return "".join(element.itertext(with_tail=False)).strip()


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def _is_image(element: etree._Element) -> bool:
    return "image" in str(element.tag) or "video" in str(element.tag)


def _hint(parts: dict[str, str], url: str) -> Hint:
    keywords = (fold(word) for word in parts.get("news:keywords", "").split(","))
    return Hint(
        route="sitemap",
        source=url,
        title=fold(parts.get("news:title")),
        published=iso(parts.get("news:publication_date")),
        updated=iso(parts.get("lastmod")),
        tags=tuple(dict.fromkeys(word for word in keywords if word)),
    )


def _text_sitemap(text: str, url: str, problems: list[str]) -> Listing:
    """One absolute address a line; other lines are counted and left out."""
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line]
    if len(lines) > MAX_URLS:
        problems.append(f"only the first {MAX_URLS:,} addresses read")
    entries = unique(
        Entry(url=address, hint=Hint(route="sitemap", source=url))
        for line in lines[:MAX_URLS]
        if _ADDRESS.fullmatch(line) and (address := join(url, line))
    )
    if not entries and text:
        problems.append("no sitemap: neither urlset, index nor a list of addresses")
    left_out = len(lines) - len(entries) if entries else 0
    return Listing(entries=entries, left_out=left_out, problems=tuple(problems))

"""In: sitemaps of every kind, good and broken; out: facts about the sitemap parser."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discover.inflate import inflate
from crawler.discover.sitemaps import MAX_BYTES, MAX_URLS, parse_sitemap

URL = "https://press.example/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
TWO = ["https://press.example/1", "https://press.example/2?a=1&b=2"]
PLAIN = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {SPACE}>'
    "<url><loc>https://press.example/1</loc></url>"
    "<url><loc> https://press.example/2?a=1&amp;b=2\n</loc></url></urlset>"
)


def found(body: bytes) -> list[str]:
    """The addresses of the pages in a sitemap."""
    return [entry.url for entry in parse_sitemap(body, URL).entries]


@pytest.mark.parametrize(
    "body",
    [
        PLAIN.encode(),
        gzip.compress(PLAIN.encode()),
        gzip.compress(gzip.compress(PLAIN.encode())),
        gzip.compress(PLAIN[:90].encode()) + gzip.compress(PLAIN[90:].encode()),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace("UTF-8", "UTF-16").encode("utf-16"),
        PLAIN.replace("UTF-8", "UTF-16").encode("utf-16-be"),
        b"\n\n<br><b>Warning</b> in /x.php\n" + PLAIN.encode(),
        PLAIN.encode() + b"<!-- served in 3 s --><p>&",
        PLAIN.replace(SPACE, "").encode(),
        PLAIN.replace("&amp;", "&").encode(),
        PLAIN.replace("/1<", "/1\x01<").encode(),
        PLAIN.replace("https://press.example/1", "/1").encode(),
        PLAIN.replace("</url><url>", "</url><url/><url>").encode(),
        PLAIN.replace("2?a=1&amp;b=2", "<![CDATA[2?a=1&b=2]]>").encode(),
        PLAIN.replace("urlset ", "s:urlset ").replace("/urlset", "/s:urlset").encode(),
    ],
)
def test_every_form_of_a_sitemap_gives_its_addresses(body: bytes) -> None:
    """Compression, encodings, junk around it and small faults lose no address."""
    assert found(body) == TWO


def test_latin_1_and_html_entities_are_read() -> None:
    """A declared encoding is used and HTML's named characters are understood."""
    text = PLAIN.replace("UTF-8", "ISO-8859-1").replace("/1<", "/caf\u00e9<")
    text = text.replace("/2?a=1&amp;b=2", "/caf&eacute;s")
    assert found(text.encode("latin-1")) == [
        "https://press.example/caf%C3%A9",
        "https://press.example/caf%C3%A9s",
    ]


def test_an_index_gives_children_and_no_pages() -> None:
    """An index lists further sitemaps, each once; none of them is a page."""
    one = "<sitemap><loc>/a.xml.gz</loc></sitemap>"
    two = "<sitemap><loc>b</loc></sitemap>"
    body = f"<sitemapindex {SPACE}>{one}{one}{two}</sitemapindex>"
    listing = parse_sitemap(body.encode(), URL)
    assert listing.entries == ()
    assert listing.children == (
        "https://press.example/a.xml.gz",
        "https://press.example/b",
    )
    assert listing.left_out == 1


def test_a_sitemap_listed_as_a_page_is_a_child() -> None:
    """An XML file among the pages of a urlset is followed, not stored."""
    listing = parse_sitemap(PLAIN.replace("/1<", "/news.xml?x=1<").encode(), URL)
    assert listing.children == ("https://press.example/news.xml?x=1",)
    assert len(listing.entries) == 1


def test_news_sitemap_gives_title_and_date() -> None:
    """News title, date and keywords and lastmod become hints, decoded once."""
    news = (
        "<lastmod>2026-11-24</lastmod><news:news><news:publication><news:name>P"
        "</news:name></news:publication><news:title>A &amp;amp; B</news:title>"
        "<news:publication_date>2026-11-23T09:30:00+01:00</news:publication_date>"
        "<news:keywords>Rail, Roads,</news:keywords></news:news>"
        "<image:image><image:loc>https://press.example/i.jpg</image:loc></image:image>"
    )
    body = PLAIN.replace("/1</loc>", f"/1</loc>{news}").encode()
    hint = parse_sitemap(body, URL).entries[0].hint
    assert (hint.route, hint.source, hint.title) == ("sitemap", URL, "A &amp; B")
    assert (hint.published, hint.updated) == ("2026-11-23T09:30:00+01:00", "2026-11-24")
    assert hint.tags == ("Rail", "Roads")


def test_an_image_address_is_no_page() -> None:
    """The address of an image or a video is never taken for the page's."""
    image = "<image:loc>https://press.example/i.jpg</image:loc>"
    body = PLAIN.replace("<url><loc>", f"<url>{image}<loc>", 1)
    assert found(body.encode()) == TWO
    body = body.replace("urlset ", 'urlset xmlns:image="http://www.google.com/image" ')
    assert found(body.encode()) == TWO


def test_text_sitemap_keeps_addresses_and_counts_the_rest() -> None:
    """Each line that is an absolute address is a page; other lines are counted."""
    body = b"\xef\xbb\xbfhttps://press.example/1\r\n# note\r\n\r\n" + TWO[1].encode()
    listing = parse_sitemap(body, URL)
    assert [entry.url for entry in listing.entries] == TWO
    assert listing.left_out == 1


def test_a_feed_under_a_sitemap_s_address_is_read_as_a_feed() -> None:
    """RSS named as a sitemap gives its items."""
    body = b"<rss version='2.0'><channel><item><link>/1</link></item></channel></rss>"
    assert found(body) == TWO[:1]


def test_a_truncated_sitemap_keeps_what_is_whole() -> None:
    """An address cut in half is not taken, and the loss is said."""
    listing = parse_sitemap(PLAIN[: PLAIN.index("b=2")].encode(), URL)
    assert [entry.url for entry in listing.entries] == TWO[:1]
    assert listing.problems == ("sitemap is truncated; the rest is missing",)


def test_truncated_gzip_keeps_what_could_be_inflated() -> None:
    """A gzip cut short gives its beginning and says so."""
    pages = "".join(
        f"<url><loc>/{i:x}{zlib.crc32(b'%d' % i)}</loc></url>" for i in range(5_000)
    )
    body = gzip.compress(f"<urlset>{pages}</urlset>".encode())
    listing = parse_sitemap(body[: len(body) // 2], URL)
    assert 0 < len(listing.entries) < 5_000
    assert "gzip is truncated; the rest is missing" in listing.problems


def test_damaged_gzip_is_a_problem() -> None:
    """Bytes that only look like gzip give no pages and a problem."""
    listing = parse_sitemap(b"\x1f\x8b\x08\x00" + b"\xff" * 40, URL)
    assert listing.entries == ()
    assert "gzip is damaged" in listing.problems[0]


def test_elements_that_the_parser_gives_up_on_are_counted() -> None:
    """What comes after an address of 12 MB is lost to the parser, and that is said."""
    body = PLAIN.replace("/1<", "/" + "a" * 12_000_000 + "<").encode()
    listing = parse_sitemap(body, URL)
    assert listing.problems == ("sitemap is broken: 2 elements could not be read",)


@pytest.mark.parametrize(
    "name", ["utf-16", "no-such-charset", "base64", "ascii", "cp037"]
)
def test_a_wrong_declaration_does_not_matter(name: str) -> None:
    """UTF-8 under another declaration is read as UTF-8, then as Windows-1252."""
    body = PLAIN.replace("UTF-8", name).replace("/1<", "/\u00e9<")
    assert found(body.encode())[0] == "https://press.example/%C3%A9"
    assert found(body.encode("cp1252"))[0] == "https://press.example/%C3%A9"


def test_gzip_beyond_three_layers_is_left_alone() -> None:
    """More layers than mistakes explain are not undone."""
    body = PLAIN.encode()
    for _ in range(4):
        body = gzip.compress(body)
    assert inflate(body, 10_000) == (gzip.compress(PLAIN.encode()), None)


def test_a_gzip_bomb_stops_at_the_limit() -> None:
    """Inflating stops at the limit and says so, whatever the file would become."""
    body, problem = inflate(gzip.compress(b"\0" * 3_000_000), 1_000_000)
    assert len(body) == 1_000_000
    assert problem == "inflates to over 1,000,000 bytes; the rest was left out"
    assert MAX_BYTES == 50 * 2**20


def test_entities_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    """A declared entity stays out of addresses, whether text or a local file."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the-secret")
    head = f'<!DOCTYPE urlset [<!ENTITY a "aaaa"><!ENTITY x SYSTEM "{secret}">]>'
    body = head + PLAIN[PLAIN.index("<urlset") :].replace("/1<", "/1&a;&x;<")
    assert found(body.encode()) == TWO


def test_more_addresses_than_the_protocol_allows_are_cut() -> None:
    """50,000 addresses are read; beyond them the rest is left out and that is said."""
    pages = "".join(f"<url><loc>/{i}</loc></url>" for i in range(MAX_URLS + 1))
    listing = parse_sitemap(f"<urlset>{pages}</urlset>".encode(), URL)
    assert len(listing.entries) == MAX_URLS
    assert listing.problems == ("only the first 50,000 addresses read",)
    lines = "\n".join(f"https://press.example/{i}" for i in range(MAX_URLS + 1))
    listing = parse_sitemap(lines.encode(), URL)
    assert listing.problems == ("only the first 50,000 addresses read",)


@pytest.mark.parametrize(
    "body",
    [b"<html><p>404</p></html>", b"{}", b"<?xml version='1.0' encoding='utf-7'?><a/>"],
)
def test_what_is_no_sitemap_is_a_problem(body: bytes) -> None:
    """Another document gives no pages and says that it is no sitemap."""
    listing = parse_sitemap(body, URL)
    assert listing.entries == ()
    assert "no sitemap" in listing.problems[0]


def test_empty_sitemap_is_no_problem() -> None:
    """A sitemap without pages is well-formed news: none today."""
    listing = parse_sitemap(f"<urlset {SPACE}></urlset>".encode(), URL)
    assert (listing.entries, listing.problems) == ((), ())


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=120), st.integers(0, len(PLAIN)))
def test_no_bytes_make_the_parser_raise(junk: bytes, cut: int) -> None:
    """Junk alone, or put anywhere into a sitemap, gzipped or not, never raises."""
    body = PLAIN.encode()
    parse_sitemap(junk, URL)
    parse_sitemap(body[:cut] + junk + body[cut:], URL)
    parse_sitemap(gzip.compress(body)[:cut] + junk, URL)

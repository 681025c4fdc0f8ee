"""In: small feeds of every kind, good and broken; out: facts about the feed parsers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discover.dates import iso
from crawler.discover.feeds import MAX_ITEMS, MAX_TAGS, parse_feed
from crawler.discover.text import plain
from crawler.items import Hint

URL = "https://press.example/feed/"

RSS = b"""<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Press</title><link>https://press.example/</link>
<item><title>Rail &amp;amp; road: &lt;b&gt;new&lt;/b&gt; plan</title>
<link>/news/one</link><guid isPermaLink="false">id-1</guid>
<pubDate>Mon, 23 Nov 2026 09:30:00 BST</pubDate>
<dc:creator>Ann Cole</dc:creator><category>Rail</category><category>Roads</category>
<description>&lt;p&gt;First&lt;/p&gt;&lt;p&gt;second&lt;/p&gt;</description></item>
<item><title>No link</title></item>
<item><title>Again</title><link>/news/one</link></item>
</channel></rss>"""

ATOM = b"""<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://press.example/a/">
<link rel="next" href="?page=2"/>
<entry><title>x &lt; y</title><id>tag:1</id>
<link rel="self" href="self"/><link href="one"/><link rel="alternate" href="other"/>
<published>2026-11-23T09:30:00+01:00</published><updated>2026-11-24T10:00:00Z</updated>
<author><name>Ann Cole</name></author><author><name>Bo Day</name></author></entry>
</feed>"""

RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<item rdf:about="https://press.example/one"><title>One</title>
<link>https://press.example/one</link><dc:date>2026-11-23T09:30Z</dc:date></item>
</rdf:RDF>"""

JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "next_url": "https://press.example/feed.json?page=2",
    "authors": [{"name": "The desk"}],
    "items": [
        {"id": 7, "url": "/one", "title": "One &amp; two", "tags": ["Rail", 3],
         "date_published": "2026-11-23T09:30:00+01:00", "summary": "Short",
         "date_modified": "2026-11-24", "author": {"name": "Ann Cole"}},
        {"id": "https://press.example/two"},
        {"id": "nowhere"},
        "no object",
    ],
}  # fmt: skip


def test_rss_items_become_entries_with_hints() -> None:
    """An RSS item gives address, clean title, date with offset, author, tags, guid."""
    listing = parse_feed(RSS, URL)
    assert [entry.url for entry in listing.entries] == [
        "https://press.example/news/one"
    ]
    assert listing.entries[0].hint == Hint(
        route="feed",
        source=URL,
        title="Rail & road: new plan",
        published="2026-11-23T09:30:00+01:00",
        authors=("Ann Cole",),
        tags=("Rail", "Roads"),
        summary="First second",
        guid="id-1",
    )


def test_items_without_address_or_repeating_one_are_counted() -> None:
    """An item that gives no entry is counted, so none is lost silently."""
    assert parse_feed(RSS, URL).left_out == 2


def test_atom_takes_the_first_alternate_and_both_dates() -> None:
    """Atom: xml:base is respected, both dates and authors kept, the next page given."""
    listing = parse_feed(ATOM, URL)
    (entry,) = listing.entries
    assert entry.url == "https://press.example/a/one"
    assert entry.hint.title == "x < y"
    assert entry.hint.published == "2026-11-23T09:30:00+01:00"
    assert entry.hint.updated == "2026-11-24T10:00:00+00:00"
    assert entry.hint.authors == ("Ann Cole", "Bo Day")
    assert listing.next_url == "https://press.example/a/?page=2"


def test_rdf_date_is_the_date_of_publication() -> None:
    """In RDF the Dublin Core date is when the item was published."""
    (entry,) = parse_feed(RDF, URL).entries
    assert entry.hint.published == "2026-11-23T09:30:00+00:00"


def test_json_feed_items_become_entries() -> None:
    """JSON Feed gives the same hints; what has no address is counted."""
    listing = parse_feed(json.dumps(JSON).encode(), URL)
    first, second = listing.entries
    assert first.url == "https://press.example/one"
    assert (first.hint.title, first.hint.guid) == ("One & two", "7")
    assert (first.hint.authors, first.hint.tags) == (("Ann Cole",), ("Rail",))
    assert first.hint.published == "2026-11-23T09:30:00+01:00"
    assert first.hint.updated == "2026-11-24"
    assert second.url == "https://press.example/two"
    assert second.hint.authors == ("The desk",)
    assert listing.next_url == "https://press.example/feed.json?page=2"
    assert listing.left_out == 2


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "no feed"),
        (b"<html><body>Not found</body></html>", "no feed"),
        (b"{", "not JSON"),
        (b'{"a": 1}', "no JSON Feed"),
        (b'{"items": ' + b"[" * 100_000, "not JSON"),
        (b'{"a": "\xff"}', "not JSON"),
    ],
)
def test_what_is_no_feed_is_a_problem(body: bytes, problem: str) -> None:
    """Anything else than a feed gives no entries and says so."""
    listing = parse_feed(body, URL)
    assert listing.entries == ()
    assert problem in listing.problems[0]


def test_broken_xml_keeps_its_items() -> None:
    """A bare ampersand and a missing end lose no item that is there."""
    listing = parse_feed(RSS.replace(b"<title>Press", b"<title>P & Q")[:-30], URL)
    assert len(listing.entries) == 1


def test_entities_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    """Entity bombs stay small and a local file's text never appears."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    bomb = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    head = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{bomb}<!ENTITY x SYSTEM "{secret}">]>'
    item = "<item><title>T &l9; &x;</title><link>/a</link></item>"
    feed = f'{head}<rss version="2.0"><channel>{item}</channel></rss>'
    listing = parse_feed(feed.encode(), URL)
    (entry,) = listing.entries
    assert "the secret" not in str(listing)
    assert len(entry.hint.title or "") < 100
    assert "entity declarations ignored" in listing.problems


def test_a_charset_that_is_no_charset_is_a_problem() -> None:
    """What feedparser itself cannot stand is a problem of this feed, no exception."""
    listing = parse_feed(RSS, URL, "text/xml; charset=undefined")
    assert listing.entries == ()
    assert listing.problems[0].startswith("feed cannot be read: UnicodeError")


def test_a_guid_that_is_an_address_stands_in_for_a_link() -> None:
    """Without link the guid is used; an Atom entry with neither gives no entry."""
    item = b"<item><guid isPermaLink='false'>https://press.example/g</guid></item>"
    feed = b"<rss version='2.0'><channel>" + item + b"</channel></rss>"
    assert parse_feed(feed, URL).entries[0].url == "https://press.example/g"
    atom = ATOM.replace(b'<link href="one"/><link rel="alternate" href="other"/>', b"")
    assert parse_feed(atom, URL).entries == ()


def test_a_large_feed_of_tags_is_cut_and_says_so() -> None:
    """Endless tags are read up to a limit, and article bodies are passed over."""
    body = b"<content>" + b"<p>" * MAX_TAGS + b"</content>"
    head = b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/a'/>"
    whole = parse_feed(head + body + b"</entry></feed>", URL)
    assert (len(whole.entries), whole.problems) == (1, ())
    cut = parse_feed(head + b"</entry>" + b"<" * MAX_TAGS + b"<content>", URL)
    assert (len(cut.entries), cut.problems) == (
        1,
        ("only the first 300,000 tags read",),
    )


def test_a_huge_feed_is_cut_and_says_so() -> None:
    """Beyond 5,000 items the rest is left out, as a problem, in XML and in JSON."""
    content = "<content:encoded><![CDATA[<p>x]]></content:encoded>"
    item = f"<item><link>/{{}}</link>{content}</item>"
    items = "".join(item.format(i) for i in range(MAX_ITEMS + 10))
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    feed = f'<rss version="2.0" {space}><channel>{items}</channel></rss>'
    listing = parse_feed(feed.encode(), URL)
    assert len(listing.entries) == MAX_ITEMS
    assert listing.problems == ("only the first 5,000 items read",)
    many = {"items": [{"url": f"/{i}"} for i in range(MAX_ITEMS + 1)]}
    listing = parse_feed(json.dumps(many).encode(), URL)
    assert (len(listing.entries), listing.left_out) == (MAX_ITEMS, 1)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=120), st.integers(0, len(RSS)))
def test_no_bytes_make_the_parser_raise(junk: bytes, cut: int) -> None:
    """Junk alone, or put anywhere into a feed, never raises."""
    parse_feed(junk, URL)
    parse_feed(RSS[:cut] + junk + RSS[cut:], URL, "text/xml; charset=utf-16")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon, 23 Nov 2026 09:30:15 +0100", "2026-11-23T09:30:15+01:00"),
        ("23 November 2026 09:30 EST", "2026-11-23T09:30:00-05:00"),
        ("Mon, 23 Nov 26 09:30:00 GMT", "2026-11-23T09:30:00+00:00"),
        ("Mon Nov 23 09:30:00 GMT 2026", "2026-11-23T09:30:00+00:00"),
        ("November 23rd, 2026", "2026-11-23"),
        ("2026-11-23T09:30:15.123Z", "2026-11-23T09:30:15+00:00"),
        ("2026-11-23 09:30 +0530", "2026-11-23T09:30:00+05:30"),
        ("20261123T093015Z", "2026-11-23T09:30:15+00:00"),
        ("2026/11/23", "2026-11-23"),
        ("2026-11-23T09:30:00", "2026-11-23"),
        ("2026-11-23T09:30:00 XYZ", "2026-11-23"),
        ("2026-11-23T09:30:00+99:99", "2026-11-23"),
        ("2026-11-23T25:30:00Z", "2026-11-23"),
        ("2026-02-30", None),
        ("23 Foo 2026", None),
        ("0000-00-00T00:00:00Z", None),
        ("9999-12-31T23:59:59Z", None),
        ("06/10/2025", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_are_read_or_refused(text: str | None, expected: str | None) -> None:
    """A time without known offset is left out; an impossible day is None."""
    assert iso(text) == expected


def test_plain_text_has_no_markup_and_one_decoding() -> None:
    """Tags and scripts go, entities are decoded once, white space is folded."""
    assert plain("<p>A&nbsp;&amp;amp; B</p><p>m<sup>2</sup></p>") == "A &amp; B m2"
    assert plain("<script>alert(1)</script>\x00 safe \n text") == "safe text"
    assert plain("a < b") == "a < b"
    assert plain("<br/>") is None

"""In: HTML pages and WordPress answers; out: facts about the parsers that read them."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discover import ROUTES, Answer, parse
from crawler.discover.homepage import Routes, find_routes
from crawler.discover.links import PageLink, page_links
from crawler.discover.sections import parse_section
from crawler.discover.wordpress import parse_posts
from crawler.items import RouteKind
from crawler.sites.profile import Profile, generic
from crawler.sites.schema import WORDPRESS_QUERY

SITE = "https://press.example"
URL = f"{SITE}/news/"
PROFILE = dataclasses.replace(generic(SITE), article=(re.compile("^/news/[0-9]+"),))

SECTION = b"""<html><body><nav><a href="/about">About</a><a href="/news/">News</a></nav>
<div class="teaser"><a href="/news/1"><img alt=""></a><h2><a href="/news/1">First
<b>story</b></a></h2><time datetime="2026-11-23T09:30:00+01:00">23 Nov</time>
<a href="/news/1#comments">3 comments</a><a href="/news/1">Read the full story</a></div>
<div class="teaser"><a href="/news/2?utm_source=home"><h3>Second story</h3>
<p>A long summary that is no headline</p></a><time>Nov 22, 2026</time></div>
<div><a href="/news/3">Third</a><a href="/news/4">Fourth</a>
<time datetime="2026-11-20"></time></div>
<div><a href="/news/5">Fifth</a><time>2026-11-19</time><time>2026-11-18</time></div>
<a href="https://other.example/news/9">Elsewhere</a>
<a href="/news/6.pdf">A file</a><a href="/news/7" rel="nofollow">An advertisement</a>
</body></html>"""


def section(body: bytes, url: str = URL, profile: Profile = PROFILE) -> dict[str, Any]:
    """Title and date of each address of a section page."""
    listing = parse_section(body, url, profile)
    return {
        e.url[len(SITE) :]: (e.hint.title, e.hint.published) for e in listing.entries
    }


def test_section_lists_wanted_articles_with_hints() -> None:
    """Only wanted links, with the headline's text and a date that is theirs alone."""
    assert section(SECTION) == {
        "/news/1": ("First story", "2026-11-23T09:30:00+01:00"),
        "/news/2?utm_source=home": ("Second story", "2026-11-22"),
        "/news/3": ("Third", None),
        "/news/4": ("Fourth", None),
        "/news/5": ("Fifth", None),
    }


def test_section_without_html_is_a_problem() -> None:
    """An empty answer gives a problem and no entries."""
    assert parse_section(b"", URL, PROFILE).problems == ("section page holds no HTML",)


def test_an_overlong_anchor_and_a_mere_call_give_no_title() -> None:
    """A whole teaser or "read more" as anchor text is no headline."""
    long = "word " * 80
    body = f"<a href=/news/1>{long}</a><a href=/news/2>Read more \u00bb</a>".encode()
    assert section(body) == {"/news/1": (None, None), "/news/2": (None, None)}


def test_a_date_far_from_any_article_is_nobody_s() -> None:
    """A date that shares no near box with an article is not given to one."""
    body = b"<a href=/news/1>One</a>" + b"<div>" * 9 + b"<time>2026-11-23</time>"
    assert section(body) == {"/news/1": ("One", None)}


def test_deeply_nested_pages_are_read_whole() -> None:
    """Unclosed tags, hundreds deep, hide no link."""
    assert section(b"<div>" * 900 + b"<a href=/news/1>One</a>") == {
        "/news/1": ("One", None)
    }


def test_charset_of_the_answer_is_used() -> None:
    """The Content-Type's charset decodes anchor texts."""
    answer = Answer(
        url=URL,
        body="<a href=/news/1>Café</a>".encode("cp1252"),
        content_type="text/html; charset=windows-1252",
    )
    assert parse("section", answer, PROFILE).entries[0].hint.title == "Café"


@pytest.mark.parametrize(
    ("html", "url", "expected"),
    [
        ('<link rel="next" href="/news/?p=2">', URL, "/news/?p=2"),
        ('<a rel="nofollow next" href="?page=2">more</a>', URL, "/news/?page=2"),
        ('<li class="pager__item--next"><a href="?page=1">x</a></li>', URL,
         "/news/?page=1"),
        ('<li class="pager-next"><a href="?page=1">x</a></li>', URL, "/news/?page=1"),
        ('<a class="next page-numbers" href="page/2/">x</a>', URL, "/news/page/2/"),
        ('<p class="nav-previous"><a href="page/2/">x</a></p>', URL, "/news/page/2/"),
        ('<a href="/news/older?o=9">Older posts \u2192</a>', URL, "/news/older?o=9"),
        ('<a href="?page=2" aria-label="Next page"><svg/></a>', URL, "/news/?page=2"),
        ('<a href="?page=2">\u00bb</a>', URL, "/news/?page=2"),
        ('<a href="#">Next</a>', URL, None),
        ('<a href="/news/?utm_source=x">Next</a>', URL, None),
        ('<a href="https://other.example/2">Next</a>', URL, None),
        ('<a href="?page=1">\u00bb</a><a href="?page=4">\u203a</a>', URL + "?page=3",
         "/news/?page=4"),
        ('<a href="?page=1">2</a><a href="?page=2">3</a>', URL, "/news/?page=1"),
        ('<a href="?page=1">2</a><a href="?page=2">3</a>', URL + "?page=1",
         "/news/?page=2"),
        ('<a href="/news/page/2/">2</a><a href="/x/page/3/">3</a>', URL,
         "/news/page/2/"),
        ('<a href="/news/page/4/">4</a>', URL + "page/3/", "/news/page/4/"),
        ('<a href="/x/page/2/">2</a>', URL, None),
        ('<a href="/news/5">Next</a>', URL, None),
        ("<p>Next</p>", URL, None),
        ('<link rel="prefetch" title="Next" href="/news/?page=2">', URL, None),
        ('<a href="?page=7">7</a>', URL + "?page=3", None),
    ],
)  # fmt: skip
def test_next_page_is_stated_named_or_counted(
    html: str, url: str, expected: str | None
) -> None:
    """The next list page is found in its usual forms, on the same site only."""
    found = parse_section(f"<html><body>{html}".encode(), url, PROFILE).next_url
    assert found == (expected and SITE + expected)


def test_pages_without_a_usable_charset_are_read_as_utf_8() -> None:
    """A charset that is none, and a page of comments only, are no crash."""
    body = "<a href=/a>Café</a>".encode()
    assert page_links(body, URL, "text/html; charset=undefined")[0].text == "Café"
    assert page_links(b"<!-- nothing -->", URL) == ()


def test_a_section_at_no_address_has_no_next_page() -> None:
    """An address that is none gives an empty listing, no exception."""
    listing = parse_section(b"<a href=/b rel=next>Next</a>", "not an address", PROFILE)
    assert (listing.entries, listing.next_url) == ((), None)


def test_page_links_leave_out_what_is_no_page() -> None:
    """Only http(s) links to pages are followed, each once, without fragment."""
    body = b"""<a href="/a#x">A</a><a href="/a">A longer text</a><a href="#top">Top</a>
    <a href="javascript:x()">B</a><a href="mailto:a@b.example">C</a><a>D</a>
    <a href="/f.PDF?x=1">E</a><a href="/g" rel="ugc NoFollow">F</a><a href="http://[">G</a>
    <area href="/h"><script>document.write('<a href="/i">I</a>')</script>"""
    assert page_links(body, URL) == (
        PageLink(url=f"{SITE}/a", text="A longer text"),
        PageLink(url=f"{SITE}/h", text=None),
    )


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("/archive/", f"{SITE}/archive/one"),
        ("https://evil.example/", f"{URL}one"),
        ("", f"{URL}one"),
    ],
)
def test_base_is_respected_on_the_same_site_only(base: str, expected: str) -> None:
    """A base element of another site cannot lead the crawl away."""
    body = f'<base href="{base}"><a href="one">One</a>'.encode()
    assert page_links(body, URL)[0].url == expected


def test_a_page_of_links_is_bounded() -> None:
    """A page with endless links gives at most 5,000."""
    body = "".join(f"<a href=/{i}>x</a>" for i in range(6_000)).encode()
    assert len(page_links(body, URL)) == 5_000
    assert page_links(b"", URL) == ()


def test_home_page_declares_its_routes() -> None:
    """Feeds, sitemaps and both forms of the WordPress API are found, each once."""
    body = b"""<link rel="alternate" type="application/rss+xml" href="/feed/">
    <link rel="alternate" type="application/rss+xml" href="/feed/">
    <link rel="alternate" type="application/rss+xml" title="Comments" href="/c/">
    <link rel="alternate" type="application/rss+xml" href="/comments/feed/">
    <link rel="alternate" hreflang="fr" href="/fr/">
    <link rel="https://api.w.org/" href="/wp-json/">
    <link rel="https://api.w.org/" href="/?rest_route=/">
    <a href="/sitemap_index.xml">Sitemap</a><a href="/about">About</a>
    <a href="https://other.example/sitemap.xml">Other</a>"""
    assert find_routes(body, SITE + "/") == Routes(
        feeds=(f"{SITE}/feed/",),
        sitemaps=(f"{SITE}/sitemap_index.xml",),
        wordpress=(
            f"{SITE}/wp-json/wp/v2/posts?{WORDPRESS_QUERY}",
            f"{SITE}/?rest_route=/wp/v2/posts&{WORDPRESS_QUERY}",
        ),
    )
    assert find_routes(b"", SITE) == Routes()


POST = {
    "id": 7,
    "link": f"{SITE}/2026/11/one/",
    "date": "2026-11-23T10:30:00",
    "date_gmt": "2026-11-23T09:30:00",
    "modified_gmt": "0000-00-00T00:00:00",
    "modified": "2026-11-24T00:00:00",
    "title": {"rendered": "Rail &#8217;s <em>plan</em>"},
    "excerpt": {"rendered": "<p>Short&hellip;</p>"},
    "_embedded": {
        "author": [{"name": "Ann Cole"}, {"code": "rest_user_invalid_id"}, 3],
        "wp:term": [
            [
                {"taxonomy": "category", "name": "Uncategorized"},
                {"taxonomy": "category", "name": "Roads &amp; rail"},
            ],
            [{"taxonomy": "post_tag", "name": "HS2"}],
            "no list",
        ],
    },
}


def test_wordpress_posts_become_entries_with_hints() -> None:
    """Title, both dates, author, category, tags and id of a post become the hint."""
    body = json.dumps([POST, {"id": 8}, 9]).encode()
    listing = parse_posts(body, f"{SITE}/wp-json/wp/v2/posts?per_page=3", 1)
    (entry,) = listing.entries
    hint = entry.hint
    assert entry.url == f"{SITE}/2026/11/one/"
    assert (hint.title, hint.summary) == ("Rail \u2019s plan", "Short\u2026")
    assert hint.published == "2026-11-23T09:30:00+00:00"
    assert hint.updated == "2026-11-24"
    assert (hint.authors, hint.section) == (("Ann Cole",), "Roads & rail")
    assert (hint.tags, hint.guid) == (("HS2",), "7")
    assert (listing.left_out, listing.next_url) == (2, None)


@pytest.mark.parametrize(
    ("query", "total", "expected"),
    [
        ("?per_page=1", 3, "?per_page=1&page=2"),
        ("?page=2&per_page=1", 3, "?page=3&per_page=1"),
        ("?per_page=1&page=3", 3, None),
        ("", 2, "?page=2"),
        ("?per_page=1", None, "?per_page=1&page=2"),
        ("?per_page=2", None, None),
        ("", None, None),
    ],
)
def test_next_posts_follow_the_header_or_a_full_page(
    query: str, total: int | None, expected: str | None
) -> None:
    """The total decides; without it a page that is not full is the last."""
    url = f"{SITE}/wp-json/wp/v2/posts"
    found = parse_posts(json.dumps([POST]).encode(), url + query, total).next_url
    assert found == (expected and url + expected)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"<html>", "not JSON"),
        (b'{"message": "No route was found"}', "No route was found"),
        (b"3", "no list of posts"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_what_is_no_list_of_posts_is_a_problem(body: bytes, problem: str) -> None:
    """Another answer gives no entries and says what it was."""
    listing = parse_posts(body, URL)
    assert (listing.entries, listing.next_url) == ((), None)
    assert problem in listing.problems[0]


def test_routes_hold_every_kind_with_one_signature() -> None:
    """Each kind of route has a parser that takes an answer and a profile."""
    assert set(ROUTES) == set(get_args(RouteKind))
    feed = (
        b"<rss version='2.0'><channel><item><link>/news/1</link></item></channel></rss>"
    )
    bodies: dict[RouteKind, bytes] = {
        "feed": feed,
        "sitemap": b"<urlset><url><loc>/news/1</loc></url></urlset>",
        "section": b"<a href=/news/1>x</a>",
        "wordpress": json.dumps([{"link": "/news/1"}]).encode(),
        "link": b"<a href=/news/1>x</a><a href=/about>y</a>",
    }
    for route, body in bodies.items():
        answer = Answer(url=URL, body=body, headers={"X-WP-TotalPages": "2"})
        listing = parse(route, answer, PROFILE)
        assert [entry.url for entry in listing.entries] == [f"{SITE}/news/1"]
        assert listing.entries[0].hint.route == route
        assert (listing.next_url is not None) == (route == "wordpress")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(ROUTES)), st.binary(max_size=200), st.integers(0, 900))
def test_no_bytes_make_a_parser_raise(route: RouteKind, junk: bytes, cut: int) -> None:
    """Junk alone or inside a page never raises, whatever the route."""
    for body in (junk, SECTION[:cut] + junk + SECTION[cut:]):
        parse(
            route,
            Answer(url=URL, body=body, content_type="text/html; charset=x"),
            PROFILE,
        )
    find_routes(junk, URL)

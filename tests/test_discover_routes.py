"""In: start pages, feeds, lists; out: where else a crawl without profile may look."""

from __future__ import annotations

import pytest

from crawler.discover.feeds import parse_feed
from crawler.discover.homepage import find_routes
from crawler.discover.next_page import following_list, is_paged
from crawler.discover.pages import read_page
from crawler.lists import is_list, is_term
from crawler.sites.schema import WORDPRESS_QUERY

SITE = "https://press.example"
POSTS = f"{SITE}/wp-json/wp/v2/posts?{WORDPRESS_QUERY}"


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (f'<{SITE}/wp-json/>; rel="https://api.w.org/"', (POSTS,)),
        ("</wp-json/>; rel=https://api.w.org/", (POSTS,)),
        ('</a,b;c>; rel=next, </wp-json/>; title="x, y"; rel="me https://api.w.org/"',
         (POSTS,)),
        (f'<{SITE}/?p=1>; rel=shortlink', ()),
        ("</wp-json/>", ()),
        ('</wp-json/; rel="https://api.w.org/"', ()),
        ('<ftp://press.example/>; rel="https://api.w.org/"', ()),
        ("", ()),
    ],
)  # fmt: skip
def test_link_header_names_the_api(header: str, found: tuple[str, ...]) -> None:
    """A Link header with WordPress's relation gives the posts collection."""
    assert find_routes(b"", f"{SITE}/", link_header=header).wordpress == found


@pytest.mark.parametrize(
    ("path", "is_feed"),
    [
        ("/feed/", True),
        ("/feeds/all.atom", True),
        ("/news/rss.xml", True),
        ("/index.rss", True),
        ("/atom.xml", True),
        ("/comments/feed/", False),
        ("/news/animal-feed/", False),
        ("/feed/cattle-prices", False),
        ("https://other.example/feed/", False),
    ],
)
def test_plain_link_to_a_feed_is_one(path: str, is_feed: bool) -> None:
    """A link whose address is spelled like a feed's counts, on the same site."""
    found = find_routes(f'<a href="{path}">Follow us</a>'.encode(), f"{SITE}/").feeds
    assert bool(found) == is_feed


def test_declared_feed_is_preferred_to_links() -> None:
    """Where a page declares a feed, links that look like one are left alone."""
    page = b"""<link rel=alternate type=application/atom+xml href=/all.atom>
    <a href=/rss.xml>RSS</a>"""
    assert find_routes(page, f"{SITE}/").feeds == (f"{SITE}/all.atom",)


FEED = (
    "<rss version='2.0'><channel><generator>{}</generator>"
    "<item><link>https://press.example/a</link></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("generator", "url", "following"),
    [
        ("https://wordpress.org/?v=6.1", "/feed/", "/feed/?paged=2"),
        ("http://wordpress.com/", "/?feed=rss2", "/?feed=rss2&paged=2"),
        ("https://wordpress.org/?v=6.1", "/feed/?paged=9&x=1", "/feed/?paged=10&x=1"),
        ("Hugo -- gohugo.io", "/feed/", None),
        ("", "/feed/", None),
    ],
)
def test_only_wordpress_feeds_have_guessed_pages(
    generator: str, url: str, following: str | None
) -> None:
    """The page after a feed's is guessed where WordPress made the feed."""
    listing = parse_feed(FEED.format(generator).encode(), SITE + url)
    assert listing.guessed_next == (following and SITE + following)
    assert listing.next_url is None


def test_empty_feed_has_no_further_page() -> None:
    """A feed without items is the last."""
    empty = FEED.replace("<item><link>https://press.example/a</link></item>", "")
    found = parse_feed(empty.format("https://wordpress.org/").encode(), f"{SITE}/feed/")
    assert found.guessed_next is None


@pytest.mark.parametrize(
    ("url", "following", "goes_on"),
    [
        ("/", "/page/2/", True),
        ("/page/2/", "/page/3/", True),
        ("/", "/page2", True),
        ("/index.html", "/index2.html", True),
        ("/news.html", "/news2.html", True),
        ("/news2.html", "/news3.html", True),
        ("/news/?page=2&by=day", "/news/?page=3&by=day", True),
        ("/news", "/news?page=1", True),
        ("/news?page=1", "/news?page=2", True),
        ("/news", "/news/2/", True),
        ("/news?by=day", "/news?by=day&offset=20", True),
        ("/news?offset=20", "/news?offset=40", True),
        ("/news?offset=40", "/news?offset=20", False),
        ("/2026/06/canal-drained/", "/2026/07/bridge-built/", False),
        ("/canal-drained/", "/bridge-built/", False),
        ("/news/page/3/", "/news/page/2/", False),
        ("/news/", "/views/page/2/", False),
        ("/diary?month=2026-01", "/diary?month=2026-02", False),
        ("/story-1001", "/story-1002", False),
    ],
)
def test_next_page_of_a_list_differs_by_its_number(
    url: str, following: str, goes_on: bool
) -> None:
    """Only a page of the same list, one number on, is its next page."""
    tree = read_page(f'<a rel="next" href="{following}">Next</a>'.encode())
    found = following_list(tree, SITE + url)
    assert found == (SITE + following if goes_on else None)


@pytest.mark.parametrize(
    ("url", "link", "is_one"),
    [
        ("/tag/rail/page/2/", "/tag/rail/", True),
        ("/category/news.html", "/category/news2.html", True),
        ("/tag/rail/", "/tag/rail/?page=4", True),
        ("/2026/07/page/2/", "/2026/07/", True),
        ("/2026/07/", "/2026/06/", False),
        ("/tag/rail/", "/tag/roads/page/2/", False),
        ("/tag/rail/", "/tag/rail/", False),
        ("/tag/rail/", "https://other.example/tag/rail/page/2/", False),
    ],
)
def test_page_of_a_list_links_to_its_other_pages(
    url: str, link: str, is_one: bool
) -> None:
    """A page is one of several where it links to another number of itself."""
    tree = read_page(f'<a href="{link}">x</a>'.encode())
    assert is_paged(tree, SITE + url) == is_one


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("/category/news/", True),
        ("/categories/food/meat/", True),
        ("/tag/rail.html", True),
        ("/authors/ann-cole/page/2/", True),
        ("/page/17/", True),
        ("/index12.html", True),
        ("/index.html", True),
        ("/news/canal-drained/index.html", False),
        ("/?paged=3", True),
        ("/2026/03/canal-drained/", False),
        ("/tag/rail/2026/03/canal-drained/", False),
        ("/news/category-killers", False),
        ("/", False),
    ],
)
def test_addresses_spelled_like_lists(path: str, is_one: bool) -> None:
    """Lists are told by what publishing systems call them."""
    assert is_list(SITE + path) == is_one


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("/category/news/", True),
        ("/tags/health-and-safety.html", True),
        ("/author/ann-cole/page/2/", True),
        ("/category/why-the-canal-was-drained-in-march/", False),
        ("/category/news/canal-drained/", False),
        ("/topics/rail/", False),
        ("/tags/", True),
        ("/archives.html", True),
        ("/news/archives.html", False),
    ],
)
def test_addresses_of_a_category_tag_or_author(path: str, is_one: bool) -> None:
    """A term is told from an article by its length and by having nothing below it."""
    assert is_term(SITE + path) == is_one

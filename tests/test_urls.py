"""In: addresses as sites write them; out: facts about crawler.urls."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import urls
from crawler.errors import InvalidUrl
from crawler.parameters import is_noise

STORY = "https://www.press.example/news/story"
SHARED = Path(__file__).parents[2] / "shared" / "conformance" / "urls"

pieces = st.text(alphabet="aA1%2e/.;=&?#!é~'\"[|+ \t", max_size=25)
queries = st.sampled_from(
    ["", "?utm_source=x", "?p=1&sid=0a1b2c3d4e5f", "?a=%7e&amp;b=%2f", "?%70=1&&=", "?"]
)
addresses = st.builds(
    lambda scheme, path, query, tail: f"{scheme}://Press.example/{path}{query}{tail}",
    st.sampled_from(["http", "https", "HTTPS"]),
    pieces,
    queries,
    pieces,
)


@given(addresses)
def test_canonical_is_idempotent(url: str) -> None:
    """Applying canonical to its own result changes nothing."""
    once = urls.canonical(url)
    assert urls.canonical(once) == once


@given(addresses)
def test_key_depends_on_the_canonical_address_only(url: str) -> None:
    """An address and its canonical spelling have one key."""
    assert urls.key(url) == urls.key(urls.canonical(url))


@given(st.text(max_size=60), st.text(max_size=60))
def test_join_never_raises(base: str, href: str) -> None:
    """Whatever the two texts are, join gives an http(s) address or None."""
    found = urls.join(base, href)
    assert found is None or found.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://WWW.Press.Example:443/News#top", "https://www.press.example/News"),
        ("http://press.example:80", "http://press.example/"),
        ("http://press.example.:8080/a", "http://press.example:8080/a"),
        ("https://user:secret@press.example/a", "https://press.example/a"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        (STORY + "?", STORY),
        (STORY + "?utm_source=a&fbclid=b&GCLID=c&mc_cid=d", STORY),
        (STORY + "?b=2&utm_medium=x&a=1", STORY + "?b=2&a=1"),
        (STORY + "?a=1&amp;b=2", STORY + "?a=1&b=2"),
        (STORY + "?ref=newsletter&from=rss&outputType=amp", STORY),
        (STORY + "?ref=20931", STORY + "?ref=20931"),
        (STORY + ";jsessionid=A1?PHPSESSID=b2", STORY),
        (STORY + "?sid=0a1b2c3d4e5f60718293", STORY),
        (STORY + "?sid=1234", STORY + "?sid=1234"),
        (STORY + "?sid=covid-19-shop-rules", STORY + "?sid=covid-19-shop-rules"),
        ("https://press.example/%6e%e2%80%98", "https://press.example/n%E2%80%98"),
        ("https://press.example/‘x’", "https://press.example/%E2%80%98x%E2%80%99"),
        ("https://press.example/a%2fb", "https://press.example/a%2Fb"),
        ("https://press.example/?x[y]=9%", "https://press.example/?x%5By%5D=9%25"),
        ("https://press.example/a/./b/../c", "https://press.example/a/c"),
        ("https://press.example/#!/story/1", "https://press.example/#!/story/1"),
        (f" {STORY}\n", STORY),
    ],
)  # fmt: skip
def test_canonical_spells_an_address_in_one_way(url: str, expected: str) -> None:
    """Each form of an address has the one spelling that the rules give it."""
    assert urls.canonical(url) == expected


@pytest.mark.parametrize(
    "url",
    ["", "news/story", "mailto:a@b.example", "javascript:void(0)", "http://", "//x/y",
     "https://press.example:99999/", "ftp://press.example/a", "http://a b/",
     "http://./a", "\ud800"],
)  # fmt: skip
def test_canonical_refuses_what_is_no_web_address(url: str) -> None:
    """Anything but an absolute http(s) address raises InvalidUrl with the address."""
    with pytest.raises(InvalidUrl, match="not a web address") as caught:
        urls.canonical(url)
    assert caught.value.url == url


def test_an_overlong_address_is_refused_and_named_in_short() -> None:
    """An address beyond the limit is refused, and the message does not repeat it."""
    url = "https://press.example/" + "a" * urls.MAX_CHARS
    with pytest.raises(InvalidUrl, match="longer than 8,000 characters") as caught:
        urls.canonical(url)
    assert len(str(caught.value)) < 500
    assert urls.join("https://press.example/", url) is None


@pytest.mark.parametrize(
    "other",
    [
        "http://press.example/news/story/",
        "https://m.press.example//news/story/amp/",
        "https://amp.press.example/news/story.amp",
        "https://press.example/amp/news/story?page=1",
        "https://press.example/news/story/index.html",
    ],
)
def test_key_joins_the_dresses_of_one_article(other: str) -> None:
    """Scheme, www., mobile and AMP forms and the first page's number do not matter."""
    assert urls.key(other) == urls.key(STORY)


def test_key_ignores_the_order_of_parameters() -> None:
    """The same parameters in another order give the same key."""
    assert urls.key(STORY + "?a=1&b=2") == urls.key(STORY + "?b=2&a=1")


@pytest.mark.parametrize(
    "other",
    [
        STORY + "?page=2",
        STORY + "-2",
        "https://www.press.example/News/story",
        "https://www.press.example:8080/news/story",
        "https://www.other.example/news/story",
        STORY + "?id=1",
    ],
)
def test_key_keeps_different_articles_apart(other: str) -> None:
    """Path, host, port and parameters that choose a page make another key."""
    assert urls.key(other) != urls.key(STORY)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("../b?x=1", "https://press.example/b?x=1"),
        ("//cdn.example/a", "https://cdn.example/a"),
        ("?page=2", "https://press.example/news/a?page=2"),
        (" \n/c\t", "https://press.example/c"),
        ("javascript:alert(1)", None),
        ("mailto:a@b.example", None),
        ("tel:123", None),
        ("data:text/html,x", None),
        ("http://[::1", None),
        ("http://", None),
    ],
)
def test_join_resolves_links_and_gives_none_for_the_rest(
    href: str, expected: str | None
) -> None:
    """Links are resolved as browsers do; what is no http(s) link is None."""
    assert urls.join("https://press.example/news/a", href) == expected


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("https://www.press.example/a", "http://press.example/b", True),
        ("https://press.example/", "https://press.example:443/", True),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8002/", False),
        ("https://news.press.example/", "https://press.example/", False),
        ("not an address", "not an address", False),
    ],
)
def test_same_site_compares_host_and_port(a: str, b: str, same: bool) -> None:
    """Scheme and www. do not matter; port, subdomain and validity do."""
    assert urls.same_site(a, b) is same


def test_host_and_origin() -> None:
    """Host is bare and lower case; origin adds scheme and an unusual port."""
    assert urls.host("HTTPS://Press.Example.:8443/a") == "press.example"
    assert urls.origin("https://Press.Example:8443/a") == "https://press.example:8443"
    assert urls.path_and_query(STORY + "?a=%7e") == "/news/story?a=%7e"


@pytest.mark.parametrize(
    "name",
    ["id", "p", "page", "article_id", "sid", "cid", "mid", "v", "key", "print", "path"],
)
def test_parameters_that_carry_identity_stay(name: str) -> None:
    """A parameter that may choose the page is never noise by its name alone."""
    assert not is_noise(name, "1234")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="no measuring data beside the checkout")
def test_key_joins_no_two_articles_of_the_measured_pairs() -> None:
    """Of the measured pairs none is joined wrongly and at least 95 % are right."""
    pairs = [
        json.loads(line) for line in (SHARED / "pairs.jsonl").read_text().splitlines()
    ]
    found = [(urls.key(p["a"]) == urls.key(p["b"]), p["same"]) for p in pairs]
    assert not [pair for pair in found if pair == (True, False)]
    assert sum(got == same for got, same in found) >= 0.95 * len(found)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="no measuring data beside the checkout")
def test_agreed_tracking_names_go_and_identity_names_stay() -> None:
    """Every agreed tracking name is dropped and every must-keep name is kept."""
    rows = [
        json.loads(line)
        for line in (SHARED / "tracking.jsonl").read_text().splitlines()
    ]
    for row in rows:
        kept = "?" in urls.canonical(f"{STORY}?{row['param']}=1")
        assert not (row.get("agreed") and kept), row["param"]
        assert not (row.get("must_keep") and not kept), row["param"]

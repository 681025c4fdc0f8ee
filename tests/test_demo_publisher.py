"""The demo publisher serves what its ground truth says, and fails as it is told to."""

from __future__ import annotations

import gzip
import http.client
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import cast
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

import pytest
from lxml import etree, html
from protego import Protego

from crawler.sites.load import load_all
from demo import (
    DemoPublisher,
    ExpectedArticle,
    Phase,
    non_articles,
    truth,
)
from demo.__main__ import main
from demo.faults import FAULTS, Fault, UnknownFaultError
from demo.publisher import UnknownSiteError
from demo.site import normal_target

SITES = ("townhall", "girder", "carton")
LONDON = ZoneInfo("Europe/London")
SITEMAP_LOC = "//*[local-name()='loc']/text()"


@dataclass(frozen=True)
class Reply:
    """What came back for one request."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def publisher() -> Iterator[DemoPublisher]:
    """The titles in their first phase, for tests that change nothing."""
    with DemoPublisher(phase="first") as running:
        yield running


@pytest.fixture
def fresh() -> Iterator[DemoPublisher]:
    """The titles for one test alone."""
    with DemoPublisher(phase="first") as running:
        yield running


def get(
    publisher: DemoPublisher, site: str, path: str, *, method: str = "GET", **asked: str
) -> Reply:
    """One request on a connection of its own; header names with _ for -."""
    address = urlsplit(publisher.site(site).base_url).netloc
    connection = http.client.HTTPConnection(address, timeout=5)
    try:
        headers = {name.replace("_", "-"): value for name, value in asked.items()}
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return Reply(
            answer.status,
            {name.lower(): value for name, value in answer.getheaders()},
            answer.read(),
        )
    finally:
        connection.close()


def folded(text: str) -> str:
    """Text with its white space folded."""
    return " ".join(text.split())


def visible(reply: Reply, encoding: str) -> str:
    """The text a reader sees, a space at every tag that ends a block."""
    markup = reply.body.decode(encoding)
    markup = re.sub(r"(?s)<(script|style|head)\b.*?</\1>", " ", markup, flags=re.I)
    blocks = r"(?i)</?(p|br|div|li|ul|ol|td|th|tr|table|h\d|blockquote|aside|time)\b"
    markup = re.sub(blocks, r" \g<0>", markup)
    return folded(html.fromstring(markup).text_content())


def encoding(site: str) -> str:
    """How a title's pages are encoded."""
    return "cp1252" if site == "carton" else "utf-8"


def first_of(site: str) -> ExpectedArticle:
    """An article of the site that has neither correction nor copy."""
    return next(one for one in truth("first") if one.site == site and not one.dup_of)


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("phase", ["first", "second"])
def test_pages_hold_what_the_truth_says(
    fresh: DemoPublisher, site: str, phase: Phase
) -> None:
    """Headline, standfirst, body, authors and furniture stand on each page."""
    fresh.switch(phase)
    own = [one for one in truth(phase) if one.site == site]
    for one in own:
        reply = get(fresh, site, one.path)
        assert reply.status == 200
        text = visible(reply, encoding(site))
        cells = [cell for line in one.body_lines for cell in line.split(" | ")]
        for words in (one.headline, *cells, *one.authors, one.section, *one.tags):
            assert folded(words) in text
        assert one.standfirst is None or one.standfirst in text
        for line in one.furniture_lines:
            assert folded(line) in text, (one.path, line)


def test_publication_times_stand_on_the_pages(publisher: DemoPublisher) -> None:
    """Each title shows the moment of publication in its own way, in London time."""
    shown = {
        "townhall": "%a, %d/%m/%Y - %H:%M",
        "girder": "%Y-%m-%dT%H:%M:%S",
        "carton": "%B %Y, %H:%M",
    }
    for one in truth("first"):
        moment = datetime.fromisoformat(one.published).astimezone(LONDON)
        page = get(publisher, one.site, one.path).body.decode(encoding(one.site))
        assert moment.strftime(shown[one.site]) in page


@pytest.mark.parametrize("site", SITES)
def test_aliases_lead_to_the_article(publisher: DemoPublisher, site: str) -> None:
    """Every other path answers with the same page or redirects to it."""
    for one in truth("first"):
        if one.site != site:
            continue
        page = get(publisher, site, one.path).body
        for alias in one.aliases:
            reply = get(publisher, site, alias)
            if reply.status == 301:
                where = publisher.site(site).base_url + one.path
                assert reply.headers["location"] == where
            else:
                assert reply.status == 200
                assert reply.body == page


def links(publisher: DemoPublisher, site: str, path: str) -> list[tuple[str, str]]:
    """Path and words of each link of a page."""
    markup = get(publisher, site, path).body.decode(encoding(site))
    base = publisher.site(site).base_url
    found = []
    for anchor in html.fromstring(markup).iter("a"):
        target = urljoin(base + path, anchor.get("href"))
        if target.startswith(base):
            found.append((target.removeprefix(base), folded(anchor.text_content())))
    return found


def listed(publisher: DemoPublisher, site: str, first: str) -> set[str]:
    """Normal targets of all links on a list and the pages that follow it."""
    seen: set[str] = set()
    paths = [first]
    for path in paths:
        for target, words in links(publisher, site, path):
            seen.add(normal_target(target))
            onward = words.isdigit() or words in ("Older posts", "Next page >>")
            if onward and target not in paths:
                paths.append(target)
    return seen


@pytest.mark.parametrize("site", SITES)
def test_sections_reach_every_article(publisher: DemoPublisher, site: str) -> None:
    """From the sections of the profile all articles are reached by next links."""
    starts = {
        "townhall": "/section/",
        "girder": "/category/",
        "carton": "/section.php?s=",
    }
    home = links(publisher, site, "/")
    firsts = {path for path, _ in home if path.startswith(starts[site])}
    assert len(firsts) == 5
    found = set().union(*(listed(publisher, site, first) for first in firsts))
    expected = {normal_target(one.path) for one in truth("first") if one.site == site}
    assert expected <= found


def locations(publisher: DemoPublisher, site: str, path: str) -> list[str]:
    """Paths that a map names, a gzip child unpacked."""
    body = get(publisher, site, path).body
    tree = etree.fromstring(gzip.decompress(body) if path.endswith(".gz") else body)
    base = publisher.site(site).base_url
    return [str(one).removeprefix(base) for one in tree.xpath(SITEMAP_LOC)]


def test_maps_name_the_articles(publisher: DemoPublisher) -> None:
    """The index with its gzip child is whole, and the other maps are as promised."""
    own = {
        site: {one.path for one in truth("first") if one.site == site} for site in SITES
    }
    children = locations(publisher, "girder", "/sitemap_index.xml")
    assert any(child.endswith(".gz") for child in children)
    named = {path for one in children for path in locations(publisher, "girder", one)}
    assert own["girder"] <= named
    assert len(own["carton"] - set(locations(publisher, "carton", "/sitemap.xml"))) == 6
    assert len(locations(publisher, "townhall", "/news-sitemap.xml")) == 20


def test_feeds_list_the_newest(publisher: DemoPublisher) -> None:
    """RSS, Atom and JSON Feed name twenty articles each, the newest first."""
    for site, path in (("townhall", "/rss.xml"), ("girder", "/feed/")):
        tree = etree.fromstring(get(publisher, site, path).body)
        titles = [str(one) for one in tree.xpath("//item/title/text()")]
        assert titles == newest(site)
    atom = etree.fromstring(get(publisher, "girder", "/feed/atom/").body)
    names = atom.xpath("//*[local-name()='entry']/*[local-name()='title']/text()")
    assert [str(name) for name in names] == newest("girder")
    feed = json.loads(get(publisher, "carton", "/feed.json").body)
    assert [item["title"] for item in feed["items"]] == newest("carton")


def newest(site: str) -> list[str]:
    """Headlines of the twenty newest articles of a site."""
    own = [one.headline for one in truth("first") if one.site == site]
    return own[:-21:-1]


def test_paged_feed_and_api_name_every_article(publisher: DemoPublisher) -> None:
    """Turning the pages of feed and API leads to all posts exactly once."""
    own = [one.headline for one in truth("first") if one.site == "girder"][::-1]
    fed: list[str] = []
    for number in range(1, 5):
        tree = etree.fromstring(get(publisher, "girder", f"/feed/?paged={number}").body)
        fed += [str(one) for one in tree.xpath("//item/title/text()")]
    assert fed == own
    assert get(publisher, "girder", "/feed/?paged=9").status == 404
    posts = "/wp-json/wp/v2/posts?per_page=25&_embed=1&page="
    reply = get(publisher, "girder", posts + "1")
    assert reply.headers["x-wp-totalpages"] == "3"
    data = [
        post
        for number in (1, 2, 3)
        for post in json.loads(get(publisher, "girder", f"{posts}{number}").body)
    ]
    assert len({post["id"] for post in data}) == len(data) == len(own)
    assert data[0]["_embedded"]["author"][0]["name"]
    past = get(publisher, "girder", posts + "4")
    assert past.status == 400
    assert json.loads(past.body)["code"] == "rest_post_invalid_page_number"


def test_api_gives_the_fields_asked_for(publisher: DemoPublisher) -> None:
    """`_fields` leaves only what it names, and dates are in GMT."""
    path = "/wp-json/wp/v2/posts?per_page=1&_fields=id,date_gmt"
    (post,) = json.loads(get(publisher, "girder", path).body)
    assert set(post) == {"id", "date_gmt"}
    last = [one for one in truth("first") if one.site == "girder"][-1]
    assert post["date_gmt"] + "Z" == last.published
    assert get(publisher, "girder", "/wp-json/wp/v2/posts?page=x").status == 400
    assert get(publisher, "girder", "/wp-json/wp/v2/media").status == 404


@pytest.mark.parametrize("site", SITES)
def test_pages_that_are_no_articles_answer_200(
    publisher: DemoPublisher, site: str
) -> None:
    """Also the page of an article taken down says 200, and none is an article."""
    others = [one for one in non_articles() if one.site == site]
    articles = {one.path for one in truth() if one.site == site}
    for other in others:
        assert get(publisher, site, other.path).status == 200
        assert other.path not in articles
    assert get(publisher, site, "/no-such-page").status == 404


@pytest.mark.parametrize("site", SITES)
def test_robots_forbid_something_and_name_the_map(
    publisher: DemoPublisher, site: str
) -> None:
    """Each robots.txt has a map and a refusal; carton's asks for a short delay."""
    base = publisher.site(site).base_url
    rules = Protego.parse(get(publisher, site, "/robots.txt").body.decode())
    (site_map,) = rules.sitemaps
    assert get(publisher, site, site_map.removeprefix(base)).status == 200
    article = first_of(site)
    assert rules.can_fetch(base + article.path, "cuttings")
    forbidden = {
        "townhall": "/user/register",
        "girder": "/wp-admin/",
        "carton": "/print.php?id=1",
    }
    assert not rules.can_fetch(base + forbidden[site], "cuttings")
    assert rules.crawl_delay("cuttings") == (0.05 if site == "carton" else None)


@pytest.mark.parametrize(
    ("site", "path"),
    [(site, first_of(site).path) for site in SITES]
    + [("townhall", "/rss.xml"), ("girder", "/feed/atom/"), ("carton", "/feed.json")],
)
def test_unchanged_answers_are_304(
    publisher: DemoPublisher, site: str, path: str
) -> None:
    """ETag and Last-Modified sent back bring 304 without a body; others bring 200."""
    whole = get(publisher, site, path)
    tag, date = whole.headers["etag"], whole.headers["last-modified"]
    for asked in ({"If_None_Match": tag}, {"If_Modified_Since": date}):
        again = get(publisher, site, path, **asked)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == tag
    other = get(publisher, site, path, If_None_Match='"x"', If_Modified_Since=date)
    assert other.status == 200
    old = get(publisher, site, path, If_Modified_Since="Mon, 01 Jan 2001 00:00:00 GMT")
    assert old.status == 200
    bad = get(publisher, site, path, If_Modified_Since="yesterday")
    assert bad.status == 200
    assert parsedate_to_datetime(date) < datetime(2023, 11, 1, tzinfo=UTC)


def test_corrections_change_page_and_validators(fresh: DemoPublisher) -> None:
    """A corrected article is another page with a later date in the second phase."""
    for one in truth("first"):
        if one.correction is None:
            continue
        before = get(fresh, one.site, one.path)
        fresh.switch("second")
        after = get(
            fresh,
            one.site,
            one.path,
            If_None_Match=before.headers["etag"],
            If_Modified_Since=before.headers["last-modified"],
        )
        fresh.switch("first")
        assert after.status == 200
        assert after.body != before.body
        assert one.correction.blocks != one.blocks
        assert one.correction.updated > one.published
        (shown,) = [
            two
            for two in truth("second")
            if (two.site, two.path) == (one.site, one.path)
        ]
        assert shown.blocks == one.correction.blocks
        assert shown.headline == one.correction.headline
        assert shown.updated == one.correction.updated


def test_second_phase_brings_new_articles(fresh: DemoPublisher) -> None:
    """New articles are missing at first, and there after the switch."""
    new = [one for one in truth("second") if one.phase == "second"]
    assert {one.site for one in new} == set(SITES)
    assert all(get(fresh, one.site, one.path).status == 404 for one in new)
    fresh.switch("second")
    assert fresh.phase == "second"
    assert all(get(fresh, one.site, one.path).status == 200 for one in new)


def test_old_pages_stay_the_same_on_townhall(fresh: DemoPublisher) -> None:
    """An uncorrected page of townhall has the same ETag in both phases."""
    article = first_of("townhall")
    before = get(fresh, "townhall", article.path).headers["etag"]
    fresh.switch("second")
    again = get(fresh, "townhall", article.path, If_None_Match=before)
    assert again.status == 304


def test_requests_are_counted_as_asked(fresh: DemoPublisher) -> None:
    """Every request counts once under its own path and query, on its own title."""
    for path in ("/a?b=1", "/a?b=1", "/a"):
        get(fresh, "girder", path)
    assert fresh.requests("girder") == Counter({"/a?b=1": 2, "/a": 1})
    assert fresh.requests(fresh.site("carton")) == Counter()
    fresh.forget_requests()
    assert fresh.requests("girder") == Counter()


def test_connections_are_kept(publisher: DemoPublisher) -> None:
    """Several requests go over one connection, HEAD among them."""
    address = urlsplit(publisher.site("carton").base_url).netloc
    connection = http.client.HTTPConnection(address, timeout=5)
    path = first_of("carton").path
    connection.request("GET", path)
    length = len(connection.getresponse().read())
    kept = connection.sock
    connection.request("HEAD", path)
    answer = connection.getresponse()
    assert (answer.read(), answer.getheader("Content-Length")) == (b"", str(length))
    connection.request("GET", "/robots.txt")
    assert connection.getresponse().read()
    assert connection.sock is kept
    connection.close()


def test_girder_compresses_where_it_may(publisher: DemoPublisher) -> None:
    """The WordPress title sends gzip to those who accept it, with the same page in."""
    path = first_of("girder").path
    plain = get(publisher, "girder", path)
    packed = get(publisher, "girder", path, Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body


def test_other_methods_are_refused(publisher: DemoPublisher) -> None:
    """A form sent to a title gets 405 and its connection ends."""
    reply = get(publisher, "girder", "/subscribe/", method="POST")
    assert (reply.status, reply.headers["connection"]) == (405, "close")


@pytest.mark.parametrize("fault", ["500-once", "429-retry-after"])
def test_passing_faults_are_over_after_one_answer(
    fresh: DemoPublisher, fault: Fault
) -> None:
    """The first answer is an error, the second is the page."""
    path = first_of("townhall").path
    fresh.fail("townhall", path, fault)
    first = get(fresh, "townhall", path)
    assert first.status == int(fault[:3])
    assert first.headers.get("retry-after") == ("1" if fault[0] == "4" else None)
    assert get(fresh, "townhall", path).status == 200


def test_lasting_fault_ends_when_cleared(fresh: DemoPublisher) -> None:
    """500-always answers 500 until the faults of the title are taken back."""
    site, path = fresh.site("townhall"), first_of("townhall").path
    fresh.fail(site, path, "500-always")
    assert [get(fresh, "townhall", path).status for _ in range(3)] == [500] * 3
    fresh.clear(site)
    assert get(fresh, "townhall", path).status == 200
    fresh.fail(site, path, "500-always")
    fresh.clear()
    assert get(fresh, "townhall", path).status == 200


def test_spoilt_bodies(fresh: DemoPublisher) -> None:
    """An empty body, a wrong type and a body cut short arrive as such."""
    path = first_of("carton").path
    fresh.fail("carton", path, "empty")
    assert get(fresh, "carton", path).body == b""
    fresh.fail("carton", path, "wrong-type")
    assert get(fresh, "carton", path).headers["content-type"] == "application/pdf"
    fresh.fail("carton", path, "truncate")
    with pytest.raises(http.client.IncompleteRead):
        get(fresh, "carton", path)


def test_broken_connections(fresh: DemoPublisher) -> None:
    """A reset breaks the connection, and a hang leaves the client waiting."""
    path = first_of("carton").path
    fresh.fail("carton", path, "reset")
    with pytest.raises(ConnectionError):
        get(fresh, "carton", path)
    fresh.fail("carton", path, "hang")
    address = urlsplit(fresh.site("carton").base_url).netloc
    waiting = http.client.HTTPConnection(address, timeout=0.3)
    waiting.request("GET", path)
    with pytest.raises(TimeoutError):
        waiting.getresponse()
    waiting.close()
    assert fresh.requests("carton")[path] == 2


def test_unknown_names_are_refused(fresh: DemoPublisher) -> None:
    """A fault or a site that does not exist is named, with those that do."""
    with pytest.raises(UnknownFaultError, match=r"'slow'.*500-once"):
        fresh.fail("girder", "/", cast(Fault, "slow"))
    with pytest.raises(UnknownSiteError, match=r"'times'.*townhall"):
        fresh.requests("times")
    assert len(set(FAULTS)) == 8


def test_profiles_load_and_hold_their_checks(
    publisher: DemoPublisher, tmp_path: Path
) -> None:
    """The written profiles are accepted, and their check phrases are on the page."""
    assert len(publisher.profiles(tmp_path)) == 3
    loaded = load_all(tmp_path)
    assert loaded.problems == ()
    assert {profile.name for profile in loaded.profiles} == set(SITES)
    for profile in loaded.profiles:
        site = publisher.site(profile.name)
        assert profile.home == f"{site.base_url}/"
        for check in profile.checks:
            page = get(publisher, site.name, check.url.removeprefix(site.base_url))
            assert check.contains in visible(page, encoding(site.name))


def test_profile_patterns_part_articles_from_the_rest(
    publisher: DemoPublisher, tmp_path: Path
) -> None:
    """A profile's article patterns match every article's path and no index or login."""
    publisher.profiles(tmp_path)
    patterns = {
        profile.name: profile.article for profile in load_all(tmp_path).profiles
    }
    for one in truth():
        assert any(rule.search(one.path) for rule in patterns[one.site])
    for other in non_articles():
        if other.kind in ("index", "login", "about"):
            rules = patterns[other.site]
            assert not any(rule.search(other.path) for rule in rules)


def test_taken_port_is_an_error_with_advice(
    publisher: DemoPublisher, capsys: pytest.CaptureFixture[str]
) -> None:
    """A port in use ends the command with code 1 and says what to try."""
    port = urlsplit(publisher.sites[-1].base_url).port
    assert main(["--port-base", str(port)]) == 1
    assert "try another --port-base" in capsys.readouterr().err

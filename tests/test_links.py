"""Links of archived articles find their targets, whichever of the two came first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from crawling import crawl_site, profile_of
from made_pages import (
    HOME,
    LATER,
    address,
    arrive,
    article,
    begun,
    cut,
    faults,
    fetch,
    rows,
)
from press import Reply, feed, press, redirect
from press import article as page

from archive.database import open_for_reading
from archive.link_graph import incoming, outgoing
from archive.records import Article, Link, LinkRole
from archive.write import Archive
from crawler.urls import key, page_key
from pipelines.extract.targets import address_key, is_label, leads_to_list

EDGES = """
SELECT substr(headline, 16), role, substr(target_headline, 16) FROM article_links
ORDER BY article_id, position
"""
"""Names of both articles as `made_pages.article` puts them in their headlines."""


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """The file of an archive that is checked when the test is over."""
    path = tmp_path / "archive.db"
    yield path
    assert faults(path) == []


def link(url: str, role: LinkRole = "inline", text: str = "words") -> Link:
    """A link as the extractor keeps it."""
    return Link(
        role=role,
        url=url,
        text=text,
        key=address_key(url),
        is_list=leads_to_list(url, text),
    )


def linking(name: str, *urls: str, role: LinkRole = "inline") -> Article:
    """An article whose page has these links."""
    return replace(article(name), links=tuple(link(url, role) for url in urls))


STORY = "https://kettle.example/news/lids-return"


@pytest.mark.parametrize(
    "spelling",
    [
        "http://kettle.example/news/lids-return",
        "https://www.kettle.example/news/lids-return/",
        "https://KETTLE.example/news//lids%2Dreturn",
        f"{STORY}?utm_source=letter&utm_medium=email#top",
        f"{STORY}/amp/",
        "https://amp.kettle.example/news/lids-return",
        f"{STORY}?print=1",
        f"{STORY}/print",
        "https://kettle.example/print/news/lids-return",
    ],
)
def test_spellings_and_views_of_an_address_share_a_key(spelling: str) -> None:
    """Scheme, www., slashes, tracking and marks of other views make no difference."""
    assert page_key(spelling) == page_key(STORY) == key(STORY)
    assert address_key(spelling) == address_key(STORY)


@pytest.mark.parametrize(
    "url", [f"{STORY}-2", f"{STORY}?id=2", f"{HOME}/lids-return", f"{HOME}/print"]
)
def test_other_addresses_have_other_keys(url: str) -> None:
    """What chooses another page is no spelling of the same one."""
    assert address_key(url) != address_key(STORY)


def test_an_address_that_cannot_be_read_has_no_key() -> None:
    """Imported texts and broken links are no targets, and no error."""
    assert address_key("urn:cuttings:17") is None
    assert address_key(f"{HOME}/{'x' * 9_000}") is None


@pytest.mark.parametrize(
    ("url", "text", "is_one"),
    [
        ("/2026/10/", "October 2026", True),
        ("/?m=202610", "Archive", True),
        ("/2026/10/03/", "3", True),
        ("/archive-137", "Oktober 2026 (14)", True),
        ("/tag/rail/", "Rail", True),
        ("/author/ann-ladle/", "Ann Ladle", True),
        ("/news/page/2/", "2", True),
        ("/2026/10/lids-return/", "Lids return", False),
        ("/news/3588", "Plan for October 2026", False),
        ("/news/review-of-2026", "Lids 2026", False),
    ],
)
def test_links_to_lists_are_told(url: str, text: str, is_one: bool) -> None:
    """Months, tags, authors and further pages of lists are no articles."""
    assert leads_to_list(HOME + url, text) == is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Health", True),
        ("Terry Milewski", True),
        ("Depot opens late", False),
        ("再開された工場", False),
    ],
)
def test_labels_are_no_headlines(text: str, is_one: bool) -> None:
    """One or two words name a section, a topic or a person."""
    assert is_label(text) == is_one


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_a_target_may_come_before_or_after_its_link(path: Path, order: str) -> None:
    """An edge is there as soon as both ends are, at whatever spelling."""
    pages = {"a": linking("a", f"{address('b')}?utm_source=x#end"), "b": article("b")}
    with Archive(path) as archive:
        crawl = begun(archive)
        for name in order:
            archive.commit()
            assert rows(path, EDGES) == []
            arrive(archive, fetch(crawl, name), pages[name])
    assert rows(path, EDGES) == [("a", "inline", "b")]


def test_a_redirect_is_a_target_once_it_was_fetched(path: Path) -> None:
    """A link to an old address stays without a target until somebody goes there."""
    with Archive(path) as archive:
        crawl = begun(archive)
        arrive(archive, fetch(crawl, "a"), linking("a", address("old")))
        arrive(archive, fetch(crawl, "b"), article("b"))
        archive.commit()
        assert rows(path, EDGES) == []
        moved = replace(fetch(crawl, "b", at=LATER), url=address("old"))
        arrive(archive, moved, article("b"))
    assert rows(path, EDGES) == [("a", "inline", "b")]


def test_a_claimed_address_leads_to_who_answers_there(path: Path) -> None:
    """Links follow an address that another article is found at."""
    with Archive(path) as archive:
        crawl = begun(archive)
        arrive(archive, fetch(crawl, "a"), linking("a", address("c")))
        arrive(archive, fetch(crawl, "b"), article("b", url=address("c")))
        archive.commit()
        assert rows(path, EDGES) == [("a", "inline", "b")]
        arrive(archive, fetch(crawl, "c"), article("c"))
    assert rows(path, EDGES) == [("a", "inline", "c")]


def test_an_address_that_two_claim_is_no_target(path: Path) -> None:
    """The page of a column is none of its editions."""
    with Archive(path) as archive:
        crawl = begun(archive)
        arrive(archive, fetch(crawl, "a"), linking("a", address("column")))
        for name in ("b", "c"):
            arrive(archive, fetch(crawl, name), article(name, url=address("column")))
    assert rows(path, EDGES) == []


def test_links_follow_an_article_that_becomes_part_of_another(path: Path) -> None:
    """What was two articles and is one has one article's incoming links."""
    with Archive(path) as archive:
        crawl = begun(archive)
        arrive(archive, fetch(crawl, "a"), linking("a", address("b"), address("c")))
        arrive(archive, fetch(crawl, "b"), article("b"))
        arrive(archive, fetch(crawl, "c"), article("c"))
        archive.memories.merge(2, [3])
    assert rows(path, EDGES) == [("a", "inline", "b"), ("a", "inline", "b")]
    counts = "SELECT linked_from, linked_from_text, links_to FROM link_counts"
    assert rows(path, counts) == [(0, 0, 1), (1, 1, 0)]


def test_a_page_does_not_link_to_itself(path: Path) -> None:
    """Links to another view of the article's own page are no edges."""
    own = (f"{address('a')}?print=1", f"{address('a')}/amp")
    with Archive(path) as archive:
        arrive(archive, fetch(begun(archive), "a"), linking("a", *own))
    assert rows(path, EDGES) == []
    with closing(open_for_reading(path)) as db:
        assert outgoing(db, 1, 1) == ()


def test_the_same_spelling_comes_before_the_same_key(path: Path) -> None:
    """Where two articles share a key, a link leads to the one that it spells."""
    urls = (address("lids"), address("mobile/lids"))
    with Archive(path) as archive:
        crawl = begun(archive)
        arrive(archive, fetch(crawl, "a"), linking("a", *urls, f"{urls[1]}#x"))
        arrive(archive, fetch(crawl, "mobile/lids"), article("mobile/lids"))
        arrive(archive, fetch(crawl, "lids"), article("lids"))
    targets = [target for _, _, target in rows(path, EDGES)]
    assert targets[:2] == ["lids", "mobile/lids"]
    assert len(targets) == 3


def test_former_texts_keep_their_links(path: Path) -> None:
    """A revision has the links of its own page; edges are those of the newest text."""
    with Archive(path) as archive:
        crawl = begun(archive)
        arrive(archive, fetch(crawl, "b"), article("b"))
        arrive(archive, fetch(crawl, "a"), linking("a", address("b")))
        edited = replace(linking("a", address("c")), blocks=article("z").blocks)
        crawl = begun(archive, now=LATER)
        assert arrive(archive, fetch(crawl, "a"), edited).outcome == "revised"
        archive.commit()
        assert rows(path, EDGES) == []
        with closing(open_for_reading(path)) as db:
            (former,), (newest,) = outgoing(db, 2, 1), outgoing(db, 2, 2)
        assert former.target is not None and former.target.headline.endswith(" b")
        assert newest.target is None
        pair = archive.neighbours(3)[0]
        archive.withdraw(pair)
    assert rows(path, EDGES) == [("a", "inline", "b")]


def test_a_new_cut_replaces_the_links_of_its_revision(path: Path) -> None:
    """Links alone may come out otherwise; that is recorded, of former texts too."""
    with Archive(path) as archive:
        crawl = begun(archive)
        arrive(archive, fetch(crawl, "b"), article("b"))
        arrive(archive, fetch(crawl, "a"), linking("a", address("c")))
        better = linking("a", address("b"), role="related")
        archive.recut(2, better, cut(better))
    assert rows(path, EDGES) == [("a", "related", "b")]
    assert rows(path, "SELECT revision_id, fields FROM recuts") == [(2, '["links"]')]


def test_keys_are_renewed(path: Path) -> None:
    """Addresses that have no key, or one by an older rule, get today's."""
    with Archive(path) as archive:
        crawl = begun(archive)
        arrive(archive, fetch(crawl, "b"), article("b"))
        arrive(archive, fetch(crawl, "a"), linking("a", address("b")))
        archive.renew_keys(lambda url: 7)
        archive.commit()
        assert rows(path, EDGES) == []
        assert archive.renew_keys(address_key) == 2
        assert archive.renew_keys(address_key) == 0
    assert rows(path, EDGES) == [("a", "inline", "b")]


PLANS = {
    "SELECT * FROM article_links WHERE article_id = 1": {"PRIMARY KEY (revision_id=?)"},
    "SELECT * FROM article_links WHERE target_id = 1": {"links_key", "urls_article"},
    "SELECT * FROM article_links WHERE target_id = 1 AND role = 'inline'": {
        "links_key (key=? AND role=?)"
    },
    "SELECT * FROM link_counts WHERE article_id = 1": {"links_key", "urls_article"},
}


@pytest.mark.parametrize("query", PLANS)
def test_the_graph_is_read_by_its_indexes(path: Path, query: str) -> None:
    """From either end no table is read from its beginning to its end."""
    Archive(path).close()
    plan = [str(row[3]) for row in rows(path, f"EXPLAIN QUERY PLAN {query}")]
    assert [step for step in plan if step.startswith("SCAN")] == []
    assert all(any(name in step for step in plan) for name in PLANS[query])


def test_linking_articles_are_counted_once_and_so_far(path: Path) -> None:
    """Who links in the text and in a list is told by the text; many are cut off."""
    with Archive(path) as archive:
        crawl = begun(archive)
        arrive(archive, fetch(crawl, "b"), article("b"))
        for number in range(4):
            both = (link(address("b"), "related"), link(address("b"), "inline"))
            name = f"a{number}"
            links = both if number == 0 else both[:1]
            arrive(archive, fetch(crawl, name), replace(article(name), links=links))
    with closing(open_for_reading(path)) as db:
        told = {one.role: one for one in incoming(db, 1)}
        assert [one.article_id for one in told["inline"].articles] == [2]
        assert [one.article_id for one in told["related"].articles] == [3, 4, 5]
        few = incoming(db, 1, most=2)
    assert [(one.role, one.is_all) for one in few] == [
        ("inline", True),
        ("related", False),
    ]


def test_a_second_crawl_that_brings_a_target_resolves_old_links(path: Path) -> None:
    """Pages that are not fetched again lead to what was archived since."""
    with press() as site:
        old = f'<p>See <a href="{site.url("/old")}">what came before</a> of it.</p>'
        first = page(1)
        assert isinstance(first.body, str)
        body = first.body.replace("</article>", f"{old}</article>")
        site.pages |= {"/a": Reply(body=body), "/b": page(2), "/old": redirect("/b")}
        profile = profile_of(site.url(), feeds=(site.url("/feed"),))
        edges = []
        for named in (("/a",), ("/a", "/b"), ("/a", "/b", "/old")):
            site.pages["/feed"] = feed(*map(site.url, named))
            crawl_site(path, profile, site.allowed)
            edges.append(
                rows(path, "SELECT headline, target_headline, text FROM article_links")
            )
    assert site.paths().count("/a") == 1
    assert edges == [[], [], [("Story 1", "Story 2", "what came before")]]

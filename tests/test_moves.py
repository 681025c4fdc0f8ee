"""A site that moves: articles keep their ids, and are led by where they live now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from crawling import crawl_site, last_crawl, make_due, profile_of, rows
from press import Answer, Press, Reply, press, redirect, sitemap
from reading_room import Reader

WORDS = (
    "The harbour board has let the contract for its second quay to {name}, which will "
    "begin to drive piles at berth {number} in the spring and hopes to be done within "
    "two years. The board had asked {number} firms for bids and heard from four."
)
NAMES = ("Quill and Daughters", "Mole & Sons", "the Tidewater group")
OLD, NEW = "/content/{number}", "/2026/03/0{day}/news/{slug}/"


def page(
    number: int,
    *,
    headline: str = "",
    words: str = WORDS,
    looks: str = "old",
    day: int | None = None,
) -> Reply:
    """An article in one of two templates."""
    headline = headline or f"Board lets contract {number}"
    text = [words.format(name=n, number=number * 7 + i) for i, n in enumerate(NAMES)]
    day = day or number % 9 + 1
    time = (
        f'<meta property="article:published_time" content="2026-03-0{day}T09:30:00Z">'
    )
    head = f"<head><title>{headline} | Quay</title>{time}</head>"
    if looks == "old":
        body = "".join(f'<div class="field-item"><p>{one}</p></div>' for one in text)
        inside = f'<div id="content"><h1 class="title">{headline}</h1>{body}</div>'
    else:
        body = "".join(f"<p>{one}</p>" for one in text)
        inside = (
            f'<main><article class="post"><header><h1>{headline}</h1></header>'
            f'<div class="entry-content">{body}</div></article></main>'
            "<footer><p>All about quays since 1902</p></footer>"
        )
    return Reply(
        body=f"<!DOCTYPE html><html lang=en>{head}<body>{inside}</body></html>"
    )


def naming(reply: Reply, canonical: str) -> Reply:
    """The same page with a canonical URL."""
    link = f'<link rel="canonical" href="{canonical}"></head>'
    return replace(reply, body=str(reply.body).replace("</head>", link))


NUMBERS = range(1, 7)


def old(number: int) -> str:
    """Where an article was."""
    return OLD.format(number=3580 + number)


def new(number: int) -> str:
    """Where an article is."""
    return NEW.format(day=number % 9 + 1, slug=f"contract-{number}")


def crawl(db: Path, site: Press, paths: list[str]) -> None:
    """Crawl a site whose map names these paths."""
    site.pages["/map"] = sitemap(*map(site.url, paths))
    profile = profile_of(site.url(), sitemaps=(site.url("/map"),))
    crawl_site(db, profile, site.allowed)


def moved(
    db: Path, site: Press, left: Mapping[str, Answer], **edits: Reply
) -> dict[int, int]:
    """Crawl, move the site, crawl again; return the articles' ids by number."""
    site.pages.update({old(n): page(n) for n in NUMBERS})
    crawl(db, site, [old(n) for n in NUMBERS])
    ids = {n: article_at(db, old(n)) for n in NUMBERS}
    for n in NUMBERS:
        site.pages[new(n)] = edits.get(f"n{n}", page(n, looks="new"))
        del site.pages[old(n)]
    site.pages.update(left)
    crawl(db, site, [new(n) for n in NUMBERS])
    return ids


def article_at(db: Path, path: str) -> int:
    """The article at a path."""
    found = rows(db, f"SELECT article_id FROM urls WHERE url LIKE '%{path}'")
    return int(found[0][0])


LEFT: dict[str, dict[str, Answer]] = {
    "redirects": {old(n): redirect(new(n), 301) for n in NUMBERS},
    "gone": {},
    "home": {
        "/": Reply(body="<h1>Quay</h1>"),
        **{old(n): redirect("/") for n in NUMBERS},
    },
}


@pytest.mark.parametrize("answer", LEFT)
def test_articles_keep_their_ids(tmp_path: Path, answer: str) -> None:
    """Whatever the old addresses answer, no article is doubled, revised or gone."""
    db = tmp_path / "a.db"
    with press() as site:
        ids = moved(db, site, LEFT[answer])
        leading = rows(db, "SELECT id, url FROM articles ORDER BY id")
        crawl(db, site, [new(n) for n in NUMBERS])
    assert sorted(leading) == sorted((ids[n], site.url(new(n))) for n in NUMBERS)
    assert rows(db, "SELECT count(*) FROM revisions") == [(6,)]
    assert rows(db, "SELECT * FROM states") == []
    assert last_crawl(db)["known"] == 6


def test_old_addresses_are_aliases_with_their_times(tmp_path: Path) -> None:
    """Each address says when it was first and last seen to be the article's."""
    db = tmp_path / "a.db"
    with press() as site:
        ids = moved(db, site, LEFT["gone"])
    for number, article_id in ids.items():
        found = rows(
            db,
            "SELECT url, first_seen_at, last_seen_at FROM urls"
            f" WHERE article_id = {article_id} ORDER BY first_seen_at, url DESC",
        )
        assert [url for url, _, _ in found] == [
            site.url(old(number)),
            site.url(new(number)),
        ]
        assert all(first <= last for _, first, last in found)


def test_article_page_lists_its_addresses(tmp_path: Path) -> None:
    """A reader sees where an article was and is, the canonical URL first."""
    db = tmp_path / "a.db"
    with press() as site:
        ids = moved(db, site, LEFT["redirects"])
    page = BeautifulSoup(Reader(db).get(f"/-/articles/{ids[2]}").text, "html.parser")
    heading = page.find("h2", string="Addresses")
    assert isinstance(heading, Tag)
    items = [one.get_text(" ", strip=True) for one in heading.find_next("ul")("li")]
    assert [one.split()[0] for one in items] == [site.url(new(2)), site.url(old(2))]
    assert "canonical; first seen" in items[0]
    assert "led to it; first seen" in items[1]


def test_old_page_that_names_the_new_one_gives_way(tmp_path: Path) -> None:
    """An old address that still shows the page, and names the new one, is an alias."""
    db = tmp_path / "a.db"
    with press() as site:
        left = {old(n): naming(page(n), site.url(new(n))) for n in NUMBERS}
        ids = moved(db, site, left)
    leading = rows(db, "SELECT id, url FROM articles ORDER BY id")
    assert sorted(leading) == sorted((ids[n], site.url(new(n))) for n in NUMBERS)


@pytest.mark.parametrize("answer", LEFT)
def test_edit_on_the_way_is_a_revision(tmp_path: Path, answer: str) -> None:
    """An article that was edited during the move has one revision more, at once."""
    db = tmp_path / "a.db"
    words = WORDS.replace("two years", "three years")
    with press() as site:
        edited = page(3, looks="new", words=words)
        ids = moved(db, site, LEFT[answer], n3=edited)
    assert rows(db, "SELECT count(*) FROM articles") == [(6,)]
    found = rows(db, "SELECT article_id, classes FROM edits")
    assert [one for one, _ in found] == [ids[3]]
    assert rows(db, "SELECT text LIKE '%three years%' FROM full_articles") != [(0,)] * 6
    assert last_crawl(db)["revised"] == 1


def test_other_headline_is_known_by_its_redirect(tmp_path: Path) -> None:
    """An article under another headline keeps its id if its address leads there."""
    db = tmp_path / "a.db"
    with press() as site:
        site.pages[old(1)] = page(1)
        crawl(db, site, [old(1)])
        site.pages[old(1)] = redirect(new(1), 301)
        site.pages[new(1)] = page(1, looks="new", headline="Second quay goes to Quill")
        crawl(db, site, [old(1)])
        make_due(db)
        crawl(db, site, [old(1)])
    assert rows(db, "SELECT headline, revision FROM full_articles") == [
        ("Second quay goes to Quill", 2)
    ]
    assert rows(db, "SELECT url FROM articles") == [(site.url(new(1)),)]


def test_same_headline_on_another_day_is_another_article(tmp_path: Path) -> None:
    """A column that keeps its headline is not taken for one that has moved."""
    db = tmp_path / "a.db"
    with press() as site:
        site.pages["/1"] = page(1, headline="The week on the quay", day=1)
        site.pages["/2"] = page(2, headline="The week on the quay", day=8)
        crawl(db, site, ["/1"])
        crawl(db, site, ["/1", "/2"])
    assert rows(db, "SELECT count(*) FROM articles") == [(2,)]


def test_same_headline_of_a_day_over_another_text_is_another_article(
    tmp_path: Path,
) -> None:
    """Two pieces under one label stay two, however near their days."""
    db = tmp_path / "a.db"
    other = (
        "At pier {number} the ferry to the islands was late again, said {name}, which "
        "blames the tide tables of last year and has asked for {number} new ones."
    )
    with press() as site:
        site.pages["/1"] = page(1, headline="News in brief", day=2)
        site.pages["/2"] = page(2, headline="News in brief", day=2, words=other)
        crawl(db, site, ["/1"])
        crawl(db, site, ["/1", "/2"])
    assert rows(db, "SELECT count(*) FROM articles") == [(2,)]


def test_short_address_ties_two_addresses(tmp_path: Path) -> None:
    """A page's rel=shortlink tells the article under another address and headline."""
    db = tmp_path / "a.db"

    def short(reply: Reply, number: int) -> Reply:
        link = f"<link href='/?p={number}' rel='shortlink' /></head>"
        return replace(reply, body=str(reply.body).replace("</head>", link))

    with press({"/a": short(page(1), 7), "/b": short(page(4), 8)}) as site:
        crawl(db, site, ["/a", "/b"])
        other = page(1, headline="Quill to drive piles in spring")
        site.pages.update({"/c": short(other, 7), "/a": Reply(status=404)})
        crawl(db, site, ["/b", "/c"])
    found = rows(db, "SELECT headline, revision FROM full_articles ORDER BY id")
    assert sorted(found) == [
        ("Board lets contract 4", 1),
        ("Quill to drive piles in spring", 2),
    ]


@pytest.mark.parametrize("href", ["/", "", "javascript:void(0)", "http://[bad"])
def test_short_address_of_nothing_names_nothing(tmp_path: Path, href: str) -> None:
    """The home page and broken addresses are called by many pages' heads."""
    db = tmp_path / "a.db"
    link = f'<link rel="shortlink" href="{href}"></head>'
    reply = page(1)
    with press() as site:
        head = str(reply.body).replace("</head>", link)
        site.pages["/a"] = replace(reply, body=head)
        crawl(db, site, ["/a"])
    assert rows(db, "SELECT * FROM identifiers") == []
    assert rows(db, "SELECT count(*) FROM articles") == [(1,)]


def test_copy_on_another_site_stays_an_article(tmp_path: Path) -> None:
    """What another title prints on the same day is no move."""
    db = tmp_path / "a.db"
    with press() as one, press() as two:
        one.pages["/1"] = page(1)
        two.pages["/2"] = page(1, looks="new")
        crawl(db, one, ["/1"])
        two.pages["/map"] = sitemap(two.url("/2"))
        other = profile_of(two.url(), sitemaps=(two.url("/map"),), name="other")
        crawl_site(db, other, two.allowed)
    assert rows(db, "SELECT count(*) FROM articles") == [(2,)]


def test_canonical_url_that_is_not_there_leads_nobody(tmp_path: Path) -> None:
    """A page that names an address which answers 404 keeps its own."""
    db = tmp_path / "a.db"
    with press({"/a": page(1)}) as site:
        crawl(db, site, ["/a"])
        site.pages["/a"] = naming(page(1), site.url("/nowhere"))
        for _ in range(2):
            make_due(db)
            crawl(db, site, ["/a"])
            assert rows(db, "SELECT url FROM articles") == [(site.url("/a"),)]
        assert "/nowhere" in site.paths()
    assert rows(db, "SELECT * FROM states") == []


def test_one_text_under_two_headlines_of_a_day_is_two_articles(tmp_path: Path) -> None:
    """What stands before a wall is the same on all pages: in doubt they are two."""
    db = tmp_path / "a.db"
    with press({"/a": page(1), "/b": page(1, headline="Quay closed")}) as site:
        crawl(db, site, ["/a"])
        crawl(db, site, ["/a", "/b"])
    assert rows(db, "SELECT count(*) FROM articles") == [(2,)]


def test_number_of_the_system_ties_two_addresses(tmp_path: Path) -> None:
    """A feed's guid that stays tells the article under another address and headline."""
    db = tmp_path / "a.db"
    entry = "<item><link>{url}</link><guid>{guid}</guid></item>"
    with press({"/a": page(1), "/b": page(4)}) as site:

        def tell(**paths: str) -> None:
            items = "".join(
                entry.format(
                    url=site.url(f"/{path}"), guid=f"tag:quay.example,2026:{guid}"
                )
                for guid, path in paths.items()
            )
            text = f'<rss version="2.0"><channel>{items}</channel></rss>'
            site.pages["/feed"] = Reply(body=text, content_type="application/rss+xml")

        profile = profile_of(site.url(), feeds=(site.url("/feed"),))
        tell(one="a", two="b")
        crawl_site(db, profile, site.allowed)
        site.pages["/c"] = page(1, headline="Quill to drive piles in spring")
        site.pages["/d"] = page(5)
        del site.pages["/a"]
        tell(one="c", two="d")  # the second guid is given to another article
        crawl_site(db, profile, site.allowed)
    found = rows(db, "SELECT headline, revision FROM full_articles ORDER BY id")
    assert sorted(found) == [
        ("Board lets contract 4", 1),
        ("Board lets contract 5", 1),
        ("Quill to drive piles in spring", 2),
    ]
    names = rows(db, "SELECT identifier, count(*) FROM identifiers GROUP BY 1")
    assert names == [
        ("tag:quay.example,2026:one", 1),
        ("tag:quay.example,2026:two", 2),
    ]

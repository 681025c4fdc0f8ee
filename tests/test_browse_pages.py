"""The reading room's pages: what a reader sees of sites, lists and articles."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from reading_room import Reader, Sample, SampleArchive

STORY = Sample(
    headline="Minister opens depot",
    standfirst="It cost £4.5 million.",
    blocks=(
        ("paragraph", 0, "The first paragraph."),
        ("subhead", 2, "What it costs"),
        ("quote", 0, "A quotation."),
        ("quote", 0, "Its second part."),
        ("list_item", 0, "Outer"),
        ("list_item", 1, "Inner"),
        ("numbered_item", 0, "Tender"),
        ("table_row", 1, "Year | Cost"),
        ("table_row", 0, "2024 | 12"),
        ("table_row", 1, "Place | Trains"),
        ("table_row", 0, "Harrow | 3"),
    ),
    published_on="2026-07-03",
    published_at="2026-07-02T23:30:00Z",
    published_zone="Europe/London",
    authors=("Ruth Calloway", "Imran Siddiqui"),
    tags=("freight",),
    links=(
        ("related", "https://rail-post.example/9", "Earlier story"),
        ("inline", "https://gov.example/report", "the report"),
    ),
    evidence={"headline": "json-ld"},
    columns={
        "section": "News",
        "language": "en-gb",
        "image_url": "https://img.example/a.jpg",
        "image_caption": "At dawn",
        "image_credit": "Jo Lindqvist",
    },
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A reading room of 35 articles; 1 is STORY, 2 its copy, 3 has two revisions."""
    sample = SampleArchive(tmp_path_factory.mktemp("room") / "any name.db")
    sample.add(STORY)
    sample.add(Sample(site="food_weekly", headline="Copied", blocks=STORY.blocks))
    sample.pair(1, 2, relation="excerpt", share=0.478, first_id=2)
    sample.add(Sample(headline="First wording", blocks=[("paragraph", 0, "Old.")]))
    sample.revise(3, Sample(headline="Second wording", published_on=None))
    for number in range(32):
        blocks = [("paragraph", 0, f"Bread and number {number}.")]
        sample.add(Sample(site="food_weekly", headline=f"No. {number}", blocks=blocks))
    sample.crawl("rail-post", finish="finished", found=41, problems='["feed gone"]')
    sample.crawl("food_weekly", found=7)
    url = "https://rail-post.example/page/2"
    sample.reject("rail-post", url, "index page", title="News", detail="12 links")
    sample.db.close()
    return Reader(sample.path)


def soup(reader: Reader, path: str, status: int = 200) -> BeautifulSoup:
    """A page, parsed."""
    response = reader.get(path)
    assert response.status_code == status
    return BeautifulSoup(response.text, "lxml")


def text(page: BeautifulSoup) -> str:
    """A page's text with white space folded."""
    return " ".join(page.get_text(" ").split())


def test_home(reader: Reader) -> None:
    """The home page has totals, sites, newest articles, a search box and crawls."""
    page = soup(reader, "/")
    said = text(page)
    assert "35 articles from 2 publications" in said
    assert page.select(".lines h3")[0].text == "Minister opens depot"
    assert [li.a.text for li in page.select(".sites li") if li.a] == [
        "Food Weekly",
        "The Rail Post",
    ]
    assert page.select_one("form[role=search] input[name=q]") is not None
    assert "feed gone" in said
    assert "running, or killed" in said


def test_every_link_leads_somewhere(reader: Reader) -> None:
    """Every link of ours, from the home page on, answers 200."""
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        if path.startswith("/any"):
            assert reader.get(path).status_code == 200
            continue
        for link in soup(reader, path).select("a[href^='/']"):
            href = str(link["href"])
            if href not in seen and href not in waiting:
                waiting.append(href)
    assert len(seen) > 40
    assert any(path.startswith("/-/authors/") for path in seen)
    assert any(path.startswith("/-/tags/") for path in seen)


def test_article_shows_its_facts(reader: Reader) -> None:
    """The article page has byline, local time with UTC, facts, witnesses and copies."""
    page = soup(reader, "/-/articles/1")
    said = text(page)
    assert page.title is not None
    assert page.title.text == "Minister opens depot – The Rail Post"
    published = page.select_one(".byline time")
    assert published is not None
    assert published.text == "3 July 2026, 00:30 BST"
    assert published["title"] == "2 July 2026, 23:30 UTC"
    assert published["datetime"] == "2026-07-02T23:30:00Z"
    for fact in (
        "By Ruth Calloway , Imran Siddiqui",
        "It cost £4.5 million.",
        "At dawn Credit: Jo Lindqvist",
        "2026-03.warc.gz, byte 1001",
        "sha1:AAAA",
        "headline json-ld",
        "1 March 2026, 06:00 UTC",
        "“Minister opens depot”, The Rail Post, 3 July 2026,",
        "Also published as Copied Food Weekly, 3 February 2026 , first excerpt",
        "has 47 % of this text The whole story",
        "Linked in the text the report at gov.example",
    ):
        assert fact in said


def test_a_story_lists_its_articles_by_time(reader: Reader) -> None:
    """A story's page has its articles, the earliest first, and what each holds."""
    page = soup(reader, "/-/stories/1")
    heads = [head.text for head in page.select(".lines h3")]
    assert heads == ["Copied", "Minister opens depot"]
    said = text(page)
    assert "2 articles that carry the same text, wholly or largely" in said
    assert "Food Weekly first" in said
    assert "The Rail Post excerpt 47 % of it is in the first" in said


def test_stories_that_are_no_more(reader: Reader, tmp_path: Path) -> None:
    """A joined story leads to the older one; no such number is not found."""
    sample = SampleArchive(tmp_path / "room.db")
    for _ in range(5):
        sample.add(Sample())
    sample.pair(1, 2)
    sample.pair(3, 4)
    sample.pair(2, 3)
    sample.db.execute("INSERT INTO stories (id, articles) VALUES (9, 0)")
    sample.db.commit()
    sample.db.close()
    joined = Reader(sample.path)
    answer = joined.get("/-/stories/2")
    assert (answer.status_code, answer.headers["location"]) == (302, "/-/stories/1")
    assert "4 articles" in text(soup(joined, "/-/stories/1"))
    assert "none of them shares its text any more" in text(soup(joined, "/-/stories/9"))
    soup(joined, "/-/stories/3", status=404)


def test_article_body_is_marked_up(reader: Reader) -> None:
    """Blocks become paragraphs, subheads, quotations, nested lists and tables."""
    body = soup(reader, "/-/articles/1").select_one(".text")
    assert body is not None
    assert [tag.text for tag in body.select("h2")] == ["What it costs"]
    assert len(body.select("blockquote")) == 1
    assert len(body.select("blockquote p")) == 2
    assert [li.text for li in body.select("ul > li > ul > li")] == ["Inner"]
    assert [li.text for li in body.select("ol > li")] == ["Tender"]
    assert len(body.select("table")) == 2
    assert [th.text for th in body.select("thead th")] == [
        *("Year", "Cost"),
        *("Place", "Trains"),
    ]


def test_nothing_is_loaded_from_elsewhere(reader: Reader) -> None:
    """No page loads an image, script, frame or style from another host."""
    for path in ("/", "/-/articles/1", "/-/search?q=depot", "/-/sites/rail-post"):
        page = soup(reader, path)
        assert page.select("img, script, iframe, object, embed, video, audio") == []
        for link in page.select("link[href]"):
            assert str(link["href"]).startswith(("/-/cuttings/", "data:"))


def test_links_to_publishers_carry_nothing(reader: Reader) -> None:
    """Links that leave the archive give no referrer, opener or endorsement."""
    outside = soup(reader, "/-/articles/1").select("a[href^='http']")
    assert len(outside) >= 4
    for link in outside:
        assert link["rel"] == ["noopener", "noreferrer", "nofollow"]


def test_revisions(reader: Reader) -> None:
    """An earlier text is shown when asked for, and says that it is one."""
    newest = soup(reader, "/-/articles/3")
    older = soup(reader, "/-/articles/3?revision=1")
    assert newest.h1 is not None and newest.h1.text == "Second wording"
    assert older.h1 is not None and older.h1.text == "First wording"
    assert "an earlier text" in text(older)
    assert "an earlier text" not in text(newest)
    soup(reader, "/-/articles/3?revision=9", status=404)


def test_search(reader: Reader) -> None:
    """A search shows marked results, counts to narrow by and pages."""
    page = soup(reader, "/-/search?q=bread")
    assert "32 articles" in text(page)
    assert {mark.text for mark in page.select("mark")} == {"Bread"}
    assert len(page.select(".hits > li")) == 20
    assert len(page.select("a[rel=next]")) == 1
    second = soup(reader, str(page.select("a[rel=next]")[0]["href"]))
    assert len(second.select(".hits > li")) == 12
    chosen = soup(reader, str(page.select(".filters a")[0]["href"]))
    assert chosen.select_one(".chosen") is not None
    back = str(chosen.select(".chosen")[0]["href"])
    assert back == "/-/search?q=bread"


def test_search_sorts_and_keeps_filters(reader: Reader) -> None:
    """Order and filters survive into every link and into the form."""
    page = soup(
        reader, "/-/search?q=bread&site=food_weekly&year=2026&year=x&sort=newest"
    )
    hidden = {(i["name"], i["value"]) for i in page.select("input[type=hidden]")}
    assert hidden == {("site", "food_weekly"), ("year", "2026"), ("sort", "newest")}
    following = str(page.select("a[rel=next]")[0]["href"])
    assert following == (
        "/-/search?q=bread&site=food_weekly&year=2026&sort=newest&page=2"
    )


def test_search_without_results_helps(reader: Reader) -> None:
    """Finding nothing gives ways on; so does an empty page and a page too far."""
    assert "Nothing found" in text(soup(reader, "/-/search?q=zeppelin&year=2020"))
    assert "How to search" in text(soup(reader, "/-/search"))
    assert "nothing on this page" in text(soup(reader, "/-/search?q=bread&page=99"))


def test_search_explains_a_bad_query(reader: Reader) -> None:
    """A query that cannot be understood is explained and can be mended."""
    page = soup(reader, "/-/search?q=-bread", status=400)
    assert "it only excludes; add a word" in text(page)
    box = page.select_one("#finder")
    assert box is not None and box["value"] == "-bread"


def test_undated_articles_can_be_chosen(reader: Reader, tmp_path: Path) -> None:
    """Articles without a day are counted as undated, and the link finds them."""
    sample = SampleArchive(tmp_path / "undated.db")
    sample.add(Sample(published_on=None))
    sample.db.close()
    page = soup(Reader(sample.path), "/-/search?q=depot&year=undated")
    assert page.select_one(".hits") is not None
    assert page.select(".chosen")[0].text.endswith("undated")


def test_lists(reader: Reader) -> None:
    """Newest, author and tag pages list articles, in pages."""
    assert len(soup(reader, "/-/newest").select(".lines > li")) == 30
    assert len(soup(reader, "/-/newest?page=2").select(".lines > li")) == 5
    assert "nothing on this page" in text(soup(reader, "/-/newest?page=99999"))
    assert "Author Ruth Calloway 1 article" in text(soup(reader, "/-/authors/1"))
    assert "Tag freight 1 article" in text(soup(reader, "/-/tags/1"))


def test_site_and_rejected(reader: Reader) -> None:
    """A site's page has its state; its rejected pages are listed with reasons."""
    said = text(soup(reader, "/-/sites/rail-post"))
    assert "Of 41 found" in said
    assert "index page 1" in said
    rejected = text(soup(reader, "/-/sites/rail-post/rejected"))
    assert "News index page 12 links" in rejected.replace("· ", "")
    assert "https://rail-post.example/page/2" in rejected


@pytest.mark.parametrize(
    "path",
    [
        "/-/articles/999",
        "/-/articles/999999999999999999",
        "/-/authors/77",
        "/-/tags/77",
        "/-/sites/nobody",
        "/-/sites/nobody/rejected",
    ],
)
def test_missing(reader: Reader, path: str) -> None:
    """What is not in the archive answers 404 with a page that leads home."""
    page = soup(reader, path, status=404)
    assert "Not in this archive" in text(page)
    assert page.select_one("main a[href='/']") is not None


def test_empty_archive(tmp_path: Path) -> None:
    """An archive without articles has all its pages, and says that it is empty."""
    sample = SampleArchive(tmp_path / "empty.db")
    sample.db.execute("DELETE FROM sites")
    sample.db.close()
    reader = Reader(sample.path)
    assert "Nothing has been archived yet" in text(soup(reader, "/"))
    assert "0 articles" in text(soup(reader, "/-/newest"))
    assert "Nothing found" in text(soup(reader, "/-/search?q=depot"))


def test_unreadable_problems_are_shown(tmp_path: Path) -> None:
    """Problems of a crawl that are no JSON list are shown as they stand."""
    sample = SampleArchive(tmp_path / "room.db")
    sample.crawl("rail-post", problems="feed {gone")
    sample.crawl("rail-post", problems='{"odd": 1}')
    sample.db.close()
    said = text(soup(Reader(sample.path), "/"))
    assert "feed {gone" in said
    assert '{"odd": 1}' in said


def test_base_url(tmp_path: Path) -> None:
    """Behind a prefix every address of ours carries it."""
    sample = SampleArchive(tmp_path / "room.db")
    sample.add(Sample())
    sample.db.close()
    reader = Reader(sample.path, settings={"base_url": "/press/"})
    for path in ("/", "/-/search?q=depot", "/-/articles/1", "/-/newest"):
        for link in soup(reader, path).select("a[href^='/'], link[href^='/'], form"):
            assert str(link.get("href") or link["action"]).startswith("/press/")

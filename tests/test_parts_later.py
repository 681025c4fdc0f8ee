"""Articles on several pages of which one is missing, or that are fetched again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from crawling import change, last_crawl, outcomes, rows
from made_pages import faults
from press import Reply, press, redirect, robots
from quay import bodies, harbour, make_due, mapped, part, text_of, whole
from scrapy import Request
from twisted.python.failure import Failure

from crawler.spiders.site import SiteSpider
from crawler.stopping import Abandoned


@pytest.fixture
def path(tmp_path: Path) -> Any:
    """The file of an archive that is checked when the test is over."""
    path = tmp_path / "archive.db"
    yield path
    assert faults(path) == []


def test_missing_page_leaves_the_rest_and_is_told(path: Path) -> None:
    """What there is of an article is stored; the gap has a failed fetch with reason."""
    pages = harbour()
    pages["/harbour?page=2"] = Reply(status=404)
    with press(pages) as site:
        mapped(site, path, "/harbour", "/harbour?page=3")
    assert bodies(path) == [whole(1)]
    found = outcomes(path)
    assert found["/harbour"] == "stored"
    assert found["/harbour?page=2"] == "failed: HTTP 404"
    assert found["/harbour?page=3"].startswith("failed: the pages before it could not")


def test_page_that_was_missing_is_added_later(path: Path) -> None:
    """When the missing page can be had, the article gets a revision with all of it."""
    pages = harbour()
    pages["/harbour?page=2"] = Reply(status=503)
    with press(pages) as site:
        mapped(site, path, "/harbour", settings={"RETRY_TIMES": 0})
        assert bodies(path) == [whole(1)]
        site.pages.update(harbour())
        make_due(path)
        mapped(site, path, "/harbour")
    assert bodies(path) == [whole(1, 2, 3)]
    assert rows(path, "SELECT count(*) FROM revisions") == [(2,)]
    assert rows(path, "SELECT count(*) FROM articles") == [(1,)]


def test_page_that_robots_forbids_is_a_gap(path: Path) -> None:
    """Robots rules hold for further pages too."""
    pages = harbour()
    pages["/robots.txt"] = robots("User-agent: *\nDisallow: /*?page=3\n")
    with press(pages) as site:
        mapped(site, path, "/harbour")
        assert "/harbour?page=3" not in site.paths()
    assert bodies(path) == [whole(1, 2)]
    assert outcomes(path)["/harbour?page=3"].startswith("disallowed")


def test_second_crawl_fetches_all_pages_and_finds_nothing_new(path: Path) -> None:
    """Pages are fetched again together; the same text makes no revision."""
    with press(harbour()) as site:
        mapped(site, path, "/harbour", "/harbour?page=2")
        make_due(path)
        site.asked.clear()
        mapped(site, path, "/harbour", "/harbour?page=2")
        assert sorted(site.paths())[:3] == sorted(harbour())
    assert rows(path, "SELECT count(*) FROM revisions") == [(1,)]
    assert outcomes(path)["/harbour"] == "unchanged"


def test_known_pages_are_not_fetched_again(path: Path) -> None:
    """What is not due is not fetched: neither the article nor its further pages."""
    with press(harbour()) as site:
        mapped(site, path, "/harbour", "/harbour?page=2")
        site.asked.clear()
        tally = mapped(site, path, "/harbour", "/harbour?page=2")
        assert site.paths() == ["/map"]
    assert (tally.found, tally.known) == (2, 2)


def test_unmodified_first_page_stands_for_all(path: Path) -> None:
    """A 304 of the first page is one request, and the article is unchanged."""

    def answer(asked: Any) -> Reply:
        if asked.headers.get("if-none-match") == '"one"':
            return Reply(status=304)
        first = part(1)
        return Reply(body=first.body, headers=(("ETag", '"one"'),))

    with press({**harbour(), "/harbour": answer}) as site:
        mapped(site, path, "/harbour", "/harbour?page=2")
        make_due(path)
        site.asked.clear()
        mapped(site, path, "/harbour")
        assert site.paths() == ["/map", "/harbour"]
    assert bodies(path) == [whole(1, 2, 3)]
    assert last_crawl(path)["unchanged"] == 1


def test_change_on_a_further_page_is_a_revision(path: Path) -> None:
    """The text of all pages counts: a change on page 2 is one of the article."""
    with press(harbour()) as site:
        mapped(site, path, "/harbour")
        site.pages["/harbour?page=2"] = part(2, foot=f"<p>{text_of(9)[0]}</p>")
        make_due(path)
        mapped(site, path, "/harbour")
    assert bodies(path) == [[*whole(1, 2), text_of(9)[0], *whole(3)]]
    assert outcomes(path)["/harbour"] == "revised"


def test_failure_of_a_known_page_does_not_shorten_the_text(path: Path) -> None:
    """While a page cannot be had for a time the archived text stays as it is."""
    with press(harbour()) as site:
        mapped(site, path, "/harbour")
        site.pages["/harbour?page=3"] = Reply(status=503)
        make_due(path)
        mapped(site, path, "/harbour", settings={"RETRY_TIMES": 0})
        assert bodies(path) == [whole(1, 2, 3)]
        found = outcomes(path)
        assert found["/harbour?page=3"] == "failed: HTTP 503"
        assert "could not be had: HTTP 503" in found["/harbour"]
        site.pages.update(harbour())
        make_due(path)
        mapped(site, path, "/harbour")
    assert rows(path, "SELECT count(*) FROM revisions") == [(1,)]
    assert outcomes(path)["/harbour"] == "unchanged"


def test_further_page_without_its_first_is_stored(path: Path) -> None:
    """Where the first page is gone, what is left of the article is kept."""
    pages = harbour()
    pages["/harbour"] = Reply(status=404)
    with press(pages) as site:
        mapped(site, path, "/harbour?page=2")
    assert bodies(path) == [whole(2, 3)]
    found = outcomes(path)
    assert (found["/harbour"], found["/harbour?page=2"]) == (
        "failed: HTTP 404",
        "stored",
    )


def test_article_that_has_grown_is_fetched_for_its_new_page(path: Path) -> None:
    """A new second page brings its first one, though that is not due, and is joined."""
    with press({"/harbour": part(1, of=1)}) as site:
        mapped(site, path, "/harbour")
        site.pages.update(harbour(2))
        mapped(site, path, "/harbour", "/harbour?page=2")
    assert bodies(path) == [whole(1, 2)]
    assert rows(path, "SELECT count(*) FROM articles") == [(1,)]
    last = last_crawl(path)
    assert (last["found"], last["known"], last["revised"], last["alias"]) == (
        2,
        0,
        1,
        1,
    )


def test_stated_change_of_a_further_page_brings_the_article(path: Path) -> None:
    """A sitemap's time of change for page 2 is one of the article."""
    with press(harbour()) as site:
        mapped(site, path, "/harbour", "/harbour?page=2")
        change(
            path, "UPDATE urls SET fetched_at = '2020-01-01' WHERE relation = 'part'"
        )
        site.asked.clear()
        mapped(site, path, "/harbour", "/harbour?page=2")
        assert sorted(site.paths())[:3] == sorted(harbour())
    assert outcomes(path)["/harbour"] == "unchanged"


def test_page_without_content_is_a_gap(path: Path) -> None:
    """An empty answer in place of a further page is told like any missing page."""
    with press(harbour()) as site:
        site.pages["/harbour?page=2"] = Reply(body=" ")
        mapped(site, path, "/harbour")
    assert bodies(path) == [whole(1)]
    assert outcomes(path)["/harbour?page=2"] == "failed: it holds no HTML"


def test_large_pages_end_an_article(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages of an article that are held at a time have a size in all."""
    monkeypatch.setattr("crawler.spiders.parts.MOST_BYTES", 2_000)
    with press(harbour()) as site:
        mapped(site, path, "/harbour")
    assert bodies(path) == [whole(1, 2)]
    assert "bytes are not fetched" in outcomes(path)["/harbour?page=3"]


class Breaking:
    """A stage with a fault."""

    async def process_item(self, item: Any) -> Any:
        """Raise for every page."""
        raise ValueError("a stage's own fault")


def test_stage_that_fails_fails_all_pages(path: Path) -> None:
    """A fault behind the crawl is the outcome of each page of the article."""
    stages = {"pipelines.capture.CaptureStage": 100, Breaking: 200}
    with press(harbour(2)) as site:
        mapped(site, path, "/harbour", settings={"ITEM_PIPELINES": stages})
    found = outcomes(path)
    assert set(found) == {"/harbour", "/harbour?page=2"}
    assert all(one.startswith("failed: could not be stored") for one in found.values())


def test_stop_between_two_pages_leaves_the_article_over(path: Path) -> None:
    """What was begun when a crawl stops is not stored in part; the next one has it."""
    with press(harbour()) as site:
        site.pages["/harbour?page=2"] = Reply(hangs=8)
        mapped(site, path, "/harbour", settings={"CLOSESPIDER_TIMEOUT": 1})
        assert bodies(path) == []
        last = last_crawl(path)
        assert (last["finish"], last["left_over"]) == ("stopped", 1)
        site.pages.update(harbour())
        mapped(site, path, "/harbour")
    assert bodies(path) == [whole(1, 2, 3)]


def test_page_that_is_given_up_ends_nothing() -> None:
    """Where a stop gives a request up, the article is neither stored nor failed."""
    failure = Failure(Abandoned())  # type: ignore[no-untyped-call]
    failure.request = Request("https://quay.example/harbour?page=2")  # type: ignore[attr-defined]  # as Scrapy does
    assert list(SiteSpider().part_failed(failure)) == []


def test_limit_of_pages_cuts_no_article(path: Path) -> None:
    """What a site's limit leaves over is left over whole, and had by a later crawl."""
    names = ("/eels", "/gulls", "/terns")
    with press() as site:
        for number, name in enumerate(names):
            title = f"Nothing but {name[1:]}"
            shape: dict[str, Any] = {"first": name, "title": title, "about": 9 * number}
            for page, where in enumerate((name, f"{name}?page=2", f"{name}?page=3"), 1):
                reply = part(page, to=f"{name}?page={{}}", **shape)
                slow = 0.7 if where == "/gulls" else 0.0
                site.pages[where] = replace(reply, hangs=slow)
        for _ in range(4):
            mapped(site, path, *names, max_pages=2)
            for text in bodies(path):
                assert len(text) == len(whole(1, 2, 3))
    assert len(bodies(path)) == 3


def test_article_without_end_ends(path: Path) -> None:
    """After twenty pages no more is asked for, and the books say so."""
    with press(harbour(25)) as site:
        mapped(site, path, "/harbour")
        assert len(site.paths()) == 21
    assert bodies(path) == [whole(*range(1, 21))]
    assert outcomes(path)["/harbour?page=21"].startswith("disallowed: an article's")


@pytest.mark.parametrize("last", [part(1), redirect("/harbour")])
def test_pages_past_the_end_add_nothing(path: Path, last: Reply) -> None:
    """A server that shows the first page again for any number doubles no text."""
    with press(
        harbour(),
    ) as site:
        site.pages["/harbour?page=3"] = last
        mapped(site, path, "/harbour")
    assert bodies(path) == [whole(1, 2)]
    assert rows(path, "SELECT count(*) FROM articles") == [(1,)]

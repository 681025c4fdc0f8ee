"""The page of what has been learned of a site."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from reading_room import Reader, Sample, SampleArchive

from archive.browse.memory_page import PER_PAGE

SCRIPT = "<script>alert(1)</script>{{7*7}}"
PAGE = "/-/sites/rail-post/memory"


@pytest.fixture
def sample(tmp_path: Path) -> SampleArchive:
    """An archive of one article of which nothing has been learned."""
    made = SampleArchive(tmp_path / "room.db")
    made.add(Sample())
    return made


def remember(sample: SampleArchive, text: str, verdict: str, articles: int) -> None:
    """Let a line be remembered."""
    sample.db.execute(
        "INSERT INTO memory (site, line, text, verdict, articles, first_on, last_on,"
        " decided_by, version) VALUES"
        " ('rail-post', ?, ?, ?, ?, '2026-01-02', '2026-03-04', 'machine', 1)",
        (abs(hash(text)), text, verdict, articles),
    )


def shown(sample: SampleArchive, path: str = PAGE, status: int = 200) -> BeautifulSoup:
    """A page, parsed."""
    response = Reader(sample.path).get(path)
    assert response.status_code == status
    return BeautifulSoup(response.text, "lxml")


def cells(page: BeautifulSoup) -> list[list[str]]:
    """The table, row by row."""
    return [[td.text for td in row.select("td")] for row in page.select("tbody tr")]


def test_remembered_lines_are_listed(sample: SampleArchive) -> None:
    """Each line has its verdict, its articles, when they were, and who decided."""
    remember(sample, "Sign up for our letter", "nav", 1300)
    remember(sample, "Old depot closes at last", "teaser", 2)
    sample.db.execute("UPDATE memory SET decided_by = 'person' WHERE articles = 2")
    page = shown(sample)
    days = ["2 January 2026", "4 March 2026"]
    assert cells(page) == [
        [
            "Sign up for our letter",
            "the site’s own, left out",
            "1,300",
            *days,
            "machine",
        ],
        [
            *("Old depot closes at last", "another article’s, left out", "2"),
            *(*days, "a person"),
        ],
    ]
    assert [span.text for span in page.select(".count span")] == [
        *("1 the site’s own, left out", "1 another article’s, left out")
    ]


def test_nothing_learned_is_told(sample: SampleArchive) -> None:
    """A site of which nothing has been learned says so; an unknown one is not there."""
    assert "Nothing yet" in shown(sample).get_text()
    assert "no site of this name" in shown(sample, "/-/sites/no/memory", 404).get_text()


def test_long_memories_have_pages(sample: SampleArchive) -> None:
    """Many lines are shown page by page, and a page after the last says it is empty."""
    for number in range(PER_PAGE + 1):
        remember(sample, f"Line {number}", "nav", 3)
    assert len(cells(shown(sample))) == PER_PAGE
    assert len(cells(shown(sample, f"{PAGE}?page=2"))) == 1
    assert "nothing on this page" in shown(sample, f"{PAGE}?page=3").get_text()


def test_hostile_lines_stay_text(sample: SampleArchive) -> None:
    """Markup in a remembered line is text."""
    remember(sample, SCRIPT, "unheard", 3)
    page = shown(sample)
    assert page.select("script") == []
    assert cells(page)[0][:2] == [SCRIPT, "unheard"]


def test_site_links_to_its_memory(sample: SampleArchive) -> None:
    """A site's page leads to what has been learned of it."""
    assert shown(sample, "/-/sites/rail-post").select(f"a[href='{PAGE}']")

"""The article page's lists of links: what leads where, and what is folded away."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from reading_room import Reader, Sample, SampleArchive

OUTSIDE = "https://gov.example/report"
MAIN = Sample(
    headline="Depot opens",
    links=(
        ("inline", "https://food_weekly.example/2#top", "a sister title"),
        ("inline", OUTSIDE, "the report"),
        ("inline", "https://rail-post.example/tag/depots/", "depots"),
        ("inline", "http://[broken", "nowhere"),
        ("related", "https://rail-post.example/3", "An older headline of it"),
        ("related", "https://rail-post.example/2026/02/", "February 2026"),
        ("related", "https://rail-post.example/listed", "All depots"),
        ("related", "https://rail-post.example/not-yet", "Not archived"),
        ("related", "https://rail-post.example/1", "This very page"),
        ("teaser", "https://rail-post.example/3", "Teased"),
        ("teaser", "https://rail-post.example/author/jo-lind/", "Jo Lind"),
    ),
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A reading room: 1 is MAIN, 2 and 3 its targets, 4 to 18 link to 3."""
    sample = SampleArchive(tmp_path_factory.mktemp("room") / "a.db")
    sample.add(MAIN)
    sample.add(Sample(site="food_weekly", headline="Bread by rail"))
    sample.add(Sample(headline="Much linked to"))
    for number in range(4, 19):
        role = "inline" if number == 4 else "related"
        links = ((role, "https://rail-post.example/3", "that"),)
        if number == 5:
            links = (("teaser", "https://rail-post.example/3", "that"),)
        sample.add(Sample(headline=f"No. {number}", links=links))
    url = "https://rail-post.example/listed"
    sample.reject("rail-post", url, "index page", title="All depots")
    sample.db.close()
    return Reader(sample.path)


def sections(reader: Reader, path: str) -> dict[str, Tag]:
    """The lists of an article page by their headings."""
    page = BeautifulSoup(reader.get(path).text, "lxml")
    found = page.select("nav.linked section")
    return {h2.text: one for one in found if (h2 := one.find("h2")) is not None}


def lines(section: Tag) -> list[tuple[str, str]]:
    """Text and target of each line of a list."""
    return [
        (" ".join(item.get_text(" ").split()), str(item.a["href"] if item.a else ""))
        for item in section.select("li")
    ]


def test_archived_targets_are_read_here(reader: Reader) -> None:
    """An archived article is named by its headline, an address outside by its host."""
    inline = sections(reader, "/-/articles/1")["Linked in the text"]
    assert lines(inline) == [
        (
            "Bread by rail Food Weekly 3 February 2026 as “a sister title”",
            "/-/articles/2",
        ),
        ("the report at gov.example", OUTSIDE),
        ("depots at rail-post.example", "https://rail-post.example/tag/depots/"),
        ("nowhere", "http://[broken"),
    ]
    outside = inline.select_one(f"a[href='{OUTSIDE}']")
    assert outside is not None
    assert set(outside["rel"]) == {"noopener", "noreferrer", "nofollow"}


def test_lists_are_no_related_articles(reader: Reader) -> None:
    """Months, authors, pages known to be lists and the page itself are left out."""
    found = sections(reader, "/-/articles/1")
    assert lines(found["Related, as the page lists them"]) == [
        ("Much linked to 3 February 2026", "/-/articles/3"),
        ("Not archived at rail-post.example", "https://rail-post.example/not-yet"),
    ]
    teasers = found["Teasers on the page"]
    assert [target for _, target in lines(teasers)] == ["/-/articles/3"]


def test_teasers_are_folded_away(reader: Reader) -> None:
    """What stands beside an article by chance is shown when it is asked for."""
    found = sections(reader, "/-/articles/1")
    folded = {name for name, one in found.items() if one.find("details")}
    assert folded == {"Teasers on the page"}


def test_links_here_are_told_nearest_first(reader: Reader) -> None:
    """Linking articles are named once, by role; more than ten are folded."""
    found = sections(reader, "/-/articles/3")
    assert list(found) == ["Links here", "Teasers that lead here"]
    here = lines(found["Links here"])
    assert len(here) == 15  # MAIN, 4 and 6 to 18
    assert here[0] == ("No. 4 3 February 2026 in its text", "/-/articles/4")
    assert here[1][0].endswith("as related")
    summary = found["Links here"].find("summary")
    assert summary is not None
    assert summary.text == "and 5 more"
    assert lines(found["Teasers that lead here"]) == [
        ("No. 5 3 February 2026 as a teaser", "/-/articles/5")
    ]


def test_an_article_without_links_has_no_lists(reader: Reader) -> None:
    """Nothing is said of what is not there."""
    assert sections(reader, "/-/articles/2").keys() == {"Links here"}


def test_very_many_links_are_bounded(tmp_path: Path) -> None:
    """Of more linking articles than are shown or counted, the page says so."""
    sample = SampleArchive(tmp_path / "a.db")
    sample.add(Sample(headline="Target"))
    links = (("related", "https://rail-post.example/1", "it"),)
    for number in range(101):
        sample.add(Sample(headline=f"No. {number}", links=links))
    assert bounded(sample) == "1 more is in the database’s view article_links."
    for number in range(100):
        sample.add(Sample(headline=f"Further {number}", links=links))
    assert bounded(sample).startswith("More than 50 others are in the database")
    sample.db.close()


def bounded(sample: SampleArchive) -> str:
    """What the page of article 1 says under its incoming links."""
    here = sections(Reader(sample.path), "/-/articles/1")["Links here"]
    note = here.select_one("p.utc")
    assert note is not None
    return note.text

"""archive/search.py and archive/query.py: what is found, in which order, how marked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_room import Sample, SampleArchive, reading

from archive import matches
from archive.errors import ArchiveError, QueryError
from archive.query import parse
from archive.search import (
    MARK,
    UNMARK,
    SearchRequest,
    SearchResult,
    Segment,
    plain,
    search,
    segments,
)


def paragraphs(*texts: str) -> list[tuple[str, int, str]]:
    """A body of paragraphs."""
    return [("paragraph", 0, text) for text in texts]


PIECES = (
    *("a", '"', "-", "OR", "NOT", "AND", "(", ")", "*", "freight", "site:", "^"),
    *("year:2019", "NEAR", "{body}", ":", "+", "freight*", "\x00", "\ud800"),
)
FILLER = " ".join(["Nothing of note was said about the rest of the meeting."] * 30)
SAMPLES = (
    Sample(
        headline="Regulation of freight",
        blocks=paragraphs(FILLER),
        published_on="2019-05-01",
    ),
    Sample(
        headline="Council meets",
        standfirst="Freight was on the table",
        blocks=paragraphs(FILLER),
        published_on="2021-01-01",
    ),
    Sample(
        headline="Depot opens",
        blocks=paragraphs(FILLER, "A new freight depot & <b>cafe</b> opened.", FILLER),
        published_on="2020-02-02",
        authors=("Ruth Calloway", "Imran Siddiqui"),
    ),
    Sample(
        headline="Bakery buys lorries",
        site="food_weekly",
        blocks=paragraphs("The lorries carry bread in the year2019 style."),
        published_on=None,
    ),
    Sample(
        headline="Bread prices regulated",
        site="food_weekly",
        blocks=paragraphs("It's O'Brien's e-mail on net zero, and zero net profit."),
        published_on="2019-11-11",
    ),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of SAMPLES, whose ids are 1 to 5."""
    sample = SampleArchive(tmp_path_factory.mktemp("search") / "room.db")
    for one in SAMPLES:
        sample.add(one)
    sample.db.close()
    return sample.path


@pytest.fixture
def room(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection to it."""
    connection = reading(path)
    yield connection
    connection.close()


def ids(result: SearchResult) -> list[int]:
    """Ids of the hits in order."""
    return [hit.article_id for hit in result.hits]


def find(room: sqlite3.Connection, query: str, **asked: object) -> list[int]:
    """Search and give the ids."""
    return ids(search(room, SearchRequest(query=query, **asked)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("freight", [1, 2, 3]),
        ("FREIGHT", [1, 2, 3]),
        ("freight depot", [3]),
        ("freight AND depot", [3]),
        ("freight -depot", [1, 2]),
        ("freight NOT depot", [1, 2]),
        ('freight -"depot cafe"', [1, 2, 3]),
        ("depot OR bread", [3, 4, 5]),
        ("freight depot OR council", [2, 3]),
        ("depot OR", [3]),
        ("OR depot", [3]),
        ('"net zero"', [5]),
        ("“net zero”", [5]),
        ('"zero net', [5]),
        ('"net lorries"', []),
        ("e-mail", [5]),
        ("o'brien", [5]),
        ("lorry", [4]),
        ("(freight) (depot)", [3]),
        ("lorr*", [4]),
        ('"a new freig"*', [3]),
        ("freight & | ^ : * + {", [1, 2, 3]),
        ("headline:freight", []),
        ("year2019", [4]),
        ("NEAR(freight depot)", []),
    ],
)
def test_language(room: sqlite3.Connection, query: str, found: list[int]) -> None:
    """Each form of the query language finds exactly the articles it describes."""
    assert sorted(find(room, query)) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("freight site:rail-post", [1, 2, 3]),
        ("bread site:food_weekly", [4, 5]),
        ("bread SITE:Food_Weekly", [4, 5]),
        ("bread site:rail-post", []),
        ("bread site:nobody", []),
        ("bread OR freight site:nobody site:food_weekly", [4, 5]),
        ("regulation year:2019", [1, 5]),
        ("freight year:2019..2020", [1, 3]),
        ("freight year:2020–2019", [1, 3]),
        ("bread year:undated", [4]),
        ("year:2019", [1, 5]),
        ('site:"food_weekly"', [4, 5]),
    ],
)
def test_filters(room: sqlite3.Connection, query: str, found: list[int]) -> None:
    """Filters typed with the words narrow by site and year of publication."""
    assert sorted(find(room, query)) == found


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("", "no word"),
        ("  ", "no word"),
        ("!!! --", "no word"),
        ("OR", "no word"),
        ("-freight", "only excludes"),
        ("-freight site:rail-post", "only excludes"),
        ("freight year:soon", "year: takes"),
        ("freight year:1000..2000", "at most 200 years"),
        ("freight -site:rail-post", "cannot be excluded"),
        ('freight site:""', "name must follow"),
        ("f*", "at least 2 letters"),
        ("freight " * 61, "more than 60 words"),
        ("f" * 1001, "longer than 1000"),
    ],
)
def test_refusals(room: sqlite3.Connection, query: str, why: str) -> None:
    """A query that means nothing is refused with what is wrong with it."""
    with pytest.raises(QueryError, match=why):
        find(room, query)


@settings(max_examples=300, deadline=None)
@given(query=st.text(alphabet=st.characters(), max_size=40))
def test_any_text_is_a_query(path: Path, query: str) -> None:
    """Whatever is typed is either searched for or refused, never an SQL error."""
    with closing(reading(path)) as connection:
        try:
            result = search(connection, SearchRequest(query=query))
        except QueryError:
            return
    assert result.total >= len(result.hits)


@settings(max_examples=300, deadline=None)
@given(words=st.lists(st.sampled_from(PIECES)))
def test_syntax_is_never_passed_on(path: Path, words: list[str]) -> None:
    """Any mix of our syntax and FTS5's is either searched for or refused."""
    with closing(reading(path)) as connection:
        for query in (" ".join(words), "".join(words)):
            try:
                search(connection, SearchRequest(query=query))
            except QueryError as error:
                assert "cannot search for" in str(error)


WORDS = (
    "regulation regulatory organisation nationalise policies running hopeful pension"
)


@pytest.mark.parametrize("word", WORDS.split())
def test_every_prefix_finds_its_word(tmp_path: Path, word: str) -> None:
    """A prefix finds the word however far it reaches into a stemmed ending."""
    sample = SampleArchive(tmp_path / "room.db")
    sample.add(Sample(headline="Nothing", blocks=paragraphs(f"The {word} today.")))
    missed = [
        word[:end]
        for end in range(2, len(word) + 1)
        if find(sample.db, word[:end] + "*") != [1]
    ]
    sample.db.close()
    assert missed == []


def test_headline_counts_most(room: sqlite3.Connection) -> None:
    """A match in the headline ranks before the standfirst, and that before the body."""
    assert find(room, "freight") == [1, 2, 3]


def test_newest_first(room: sqlite3.Connection) -> None:
    """Sorting by day puts the newest first and undated articles last."""
    assert find(room, "freight OR bread", sort="newest") == [2, 3, 5, 1, 4]


def test_pages_do_not_overlap(room: sqlite3.Connection) -> None:
    """Limit and offset cut one order into pages."""
    whole = find(room, "freight OR bread")
    pieces = [find(room, "freight OR bread", limit=2, offset=n) for n in (0, 2, 4, 6)]
    assert [one for piece in pieces for one in piece] == whole
    assert pieces[3] == []


@pytest.mark.parametrize("asked", [{"limit": 0}, {"limit": 201}, {"offset": -1}])
def test_page_bounds(room: sqlite3.Connection, asked: dict[str, int]) -> None:
    """A page without lines, an enormous one or one before the first is refused."""
    with pytest.raises(QueryError, match="limit must be"):
        find(room, "freight", **asked)


def test_hit_carries_what_a_result_shows(room: sqlite3.Connection) -> None:
    """A hit has authors in order, day, title of the site and a marked snippet."""
    hit = search(room, SearchRequest(query="depot cafe")).hits[0]
    assert (hit.site, hit.publication) == ("rail-post", "The Rail Post")
    assert hit.authors == ("Ruth Calloway", "Imran Siddiqui")
    assert (hit.published_on, hit.url) == (
        "2020-02-02",
        "https://rail-post.example/3",
    )
    assert f"{MARK}depot{UNMARK} & <b>{MARK}cafe{UNMARK}</b>" in hit.snippet
    assert len(plain(hit.snippet)) < 400
    assert hit.headline == f"{MARK}Depot{UNMARK} opens"


def test_facet_words_are_no_text(room: sqlite3.Connection) -> None:
    """The words that index sites and years are not found as text."""
    assert find(room, "sitefoodweekly") == []
    assert find(room, "year2021") == []


def test_counts_ignore_their_own_filter(room: sqlite3.Connection) -> None:
    """Sites are counted under the chosen years and years under the chosen sites."""
    asked = SearchRequest(query="freight OR bread", sites=("rail-post",), years=(2019,))
    result = search(room, asked)
    assert ids(result) == [1]
    assert [(c.name, c.count) for c in result.site_counts] == [
        ("food_weekly", 1),
        ("rail-post", 1),
    ]
    counts = [(c.year, c.count) for c in result.year_counts]
    assert counts == [(2021, 1), (2020, 1), (2019, 1)]
    assert (result.total, result.total_is_exact) == (1, True)


def test_filters_alone_list_articles(room: sqlite3.Connection) -> None:
    """Without words, chosen sites and years list their articles, newest first."""
    result = search(room, SearchRequest(query="", sites=("food_weekly",)))
    assert ids(result) == [5, 4]
    assert result.hits[0].headline == "Bread prices regulated"
    assert MARK not in result.hits[0].snippet


def test_unknown_site_is_said(room: sqlite3.Connection) -> None:
    """A site that the archive does not have is named in the note."""
    result = search(room, SearchRequest(query="bread site:nobody (x)"))
    assert result.note is not None
    assert "No site of this archive is called 'nobody'" in result.note
    assert "Brackets are ignored" in result.note


def test_sites_sharing_a_facet_word(tmp_path: Path) -> None:
    """A site filter is exact although a-b and ab share the word they are indexed by."""
    sample = SampleArchive(tmp_path / "room.db")
    for name in ("a-b", "ab", "a.b", "a.b.c"):
        sample.site(name, name.upper())
        sample.add(Sample(site=name))
    found = {name: find(sample.db, f"depot site:{name}") for name in ("a-b", "a.b")}
    sample.db.close()
    assert found == {"a-b": [1], "a.b": [3]}


def test_copies_are_counted(tmp_path: Path) -> None:
    """A hit says how many other articles carry its text."""
    sample = SampleArchive(tmp_path / "room.db")
    for site in ("rail-post", "food_weekly", "food_weekly"):
        sample.add(Sample(site=site))
    sample.add(Sample(blocks=paragraphs("Another depot.")))
    for pair in ((1, 2), (1, 3), (2, 3)):
        sample.pair(*pair)
    sample.pair(1, 4, relation="none")
    result = search(sample.db, SearchRequest(query="depot"))
    sample.db.close()
    assert {hit.article_id: hit.copies for hit in result.hits} == {
        1: 2,
        2: 2,
        3: 2,
        4: 0,
    }


@pytest.fixture
def frequent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SampleArchive]:
    """Ten matches in an archive whose window holds four; later ids are older days."""
    monkeypatch.setattr(matches, "WINDOW", 4)
    sample = SampleArchive(tmp_path / "room.db")
    for number in range(10):
        site = "rail-post" if number % 2 else "food_weekly"
        sample.add(Sample(site=site, published_on=f"20{20 - number:02d}-01-01"))
    yield sample
    sample.db.close()


def test_window_bounds_the_ranking(frequent: SampleArchive) -> None:
    """Of very frequent words the matches archived last are ranked, and it says so."""
    result = search(frequent.db, SearchRequest(query="depot"))
    assert sorted(ids(result)) == [7, 8, 9, 10]
    assert (result.total, result.total_is_exact) == (4, False)
    assert "very frequent" in (result.note or "")


def test_window_keeps_the_newest_day(frequent: SampleArchive) -> None:
    """Sorted by day, even a very frequent word gives the newest articles of all."""
    assert find(frequent.db, "depot", sort="newest", limit=3) == [1, 2, 3]
    asked = {"sort": "newest", "limit": 2, "sites": ("rail-post",)}
    assert find(frequent.db, "depot", **asked) == [2, 4]


def test_filters_reach_past_the_window(frequent: SampleArchive) -> None:
    """A filter on a frequent word finds what lies outside the unfiltered window."""
    result = search(frequent.db, SearchRequest(query="depot", years=(2020, 2019)))
    assert sorted(ids(result)) == [1, 2]
    assert (result.total, result.total_is_exact) == (2, True)


def test_index_follows_revisions(tmp_path: Path) -> None:
    """After a revision the new text is found and the old is not."""
    sample = SampleArchive(tmp_path / "room.db")
    sample.add(Sample(headline="Old wording"))
    sample.revise(1, Sample(headline="Fresh wording"))
    found = (find(sample.db, "fresh"), find(sample.db, "old"))
    sample.db.close()
    assert found == ([1], [])


def test_database_without_tables(tmp_path: Path) -> None:
    """A database that is no archive gives our error, not SQLite's."""
    connection = sqlite3.connect(tmp_path / "empty.db")
    with pytest.raises(ArchiveError, match="could not be read"):
        search(connection, SearchRequest(query="depot"))
    connection.close()


def test_segments_drop_stray_marks() -> None:
    """Marks that do not pair are dropped, and paired ones become marked runs."""
    stray = f"a{UNMARK}b{MARK}c{UNMARK}d{MARK}e{MARK}f{UNMARK}{UNMARK}"
    runs = segments(stray)
    assert "".join(run.text for run in runs) == "abcdef"
    assert Segment(text="c", marked=True) in runs
    assert Segment(text="f", marked=True) in runs


def test_words_reach_fts5_quoted() -> None:
    """A quotation mark cannot end the string that carries a word."""
    assert parse("NEAR").match == '{headline standfirst body} : (("NEAR"))'
    assert (
        parse('say "a b').match == '{headline standfirst body} : (("say") AND ("a b"))'
    )

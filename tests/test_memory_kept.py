"""What a site's pages teach is kept, acted on, and gives way to what a person says."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from command import write_profile
from crawling import crawl_site, profile_of, rows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_pages import SITE, address, article, begun, cut, faults, fetch, kept, new
from press import WORDS, Press, Reply, feed, press

from archive.database import captures_folder
from archive.remembered import Place, Trace
from archive.write import Archive
from cli.main import main
from crawler.sites.profile import Profile
from pipelines.extract import Lesson, Taught, learn
from pipelines.extract.text import number
from pipelines.remember import learn as learn_kept
from pipelines.remember import memory_of
from pipelines.settle import settle
from pipelines.workers import Workers

SLOGAN = "The weekly for everyone who has ever moved a lock gate by hand."
MUST = "Lock keepers must write to the council by Friday, it has said again and again."


def story(n: int, *, slogan: str = SLOGAN) -> Reply:
    """An article with a line in its middle that the rules take for text."""
    text = [f"<p>{WORDS.format(number=n * 10 + i)}</p>" for i in range(6)]
    text.insert(3, f"<p>{slogan}</p>")
    return Reply(
        body=f"<html lang=en><head><title>Story {n}</title></head><body><main><article>"
        f"<h1>Story {n} of the canal</h1><time>0{n % 9 + 1} March"
        f" 2026</time>{''.join(text)}</article></main></body></html>"
    )


@pytest.fixture
def site() -> Iterator[Press]:
    """A publication of four stories."""
    with press({f"/{n}": story(n) for n in range(1, 5)}) as found:
        found.pages["/feed"] = feed(*(found.url(f"/{n}") for n in range(1, 5)))
        yield found


def weekly(site: Press) -> Profile:
    """Its profile."""
    return profile_of(site.url(), feeds=(site.url("/feed"),))


def bodies(db: Path) -> list[str]:
    """The newest texts, by address."""
    query = "SELECT text FROM full_articles ORDER BY url"
    return [text for (text,) in rows(db, query)]


def remembered(db: Path) -> list[tuple[str, str, int, str]]:
    """Every line of memory."""
    return rows(db, "SELECT text, verdict, articles, decided_by FROM memory")


def said(*arguments: object) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, [*map(str, arguments)])


def test_furniture_is_learned_by_the_first_crawl(site: Press, tmp_path: Path) -> None:
    """At its end no text holds the line, and no search finds it; nothing is revised."""
    db = tmp_path / "a.db"
    crawl_site(db, weekly(site), site.allowed)
    assert remembered(db) == [(SLOGAN, "nav", 4, "machine")]
    assert all(len(text.splitlines()) == 6 for text in bodies(db))
    hits = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'weekly'"
    assert rows(db, hits) == [(0,)]
    assert rows(db, "SELECT DISTINCT number, memory FROM revisions") == [(1, 1)]
    assert faults(db) == []


def test_twins_that_differ_in_furniture_become_one_article(
    site: Press, tmp_path: Path
) -> None:
    """Each story stands in two lists, in each with a line of the list's own."""
    lists = {"/a": SLOGAN, "/b": "The daily for everyone who waits at a lock gate."}
    for folder, slogan in lists.items():
        for n in range(1, 5):
            site.pages[f"{folder}/{n}"] = story(n, slogan=slogan)
    paths = [f"{folder}/{n}" for n in range(1, 5) for folder in ("/b", "/a")]
    site.pages["/feed"] = feed(*map(site.url, paths))
    db = tmp_path / "a.db"
    crawl_site(db, weekly(site), site.allowed)
    urls = [url for (url,) in rows(db, "SELECT url FROM articles ORDER BY url")]
    assert urls == [site.url(f"/a/{n}") for n in range(1, 5)]
    assert all(len(text.splitlines()) == 6 for text in bodies(db))
    query = "SELECT stored, alias, found FROM crawls"
    assert rows(db, query) == [(4, 4, 8)]
    assert rows(db, "SELECT count(*) FROM captures") == [(8,)]
    assert faults(db) == []


def test_a_later_crawl_learns_and_mends_what_came_before(
    site: Press, tmp_path: Path
) -> None:
    """Two articles teach nothing; with two more of the next crawl all four are cut."""
    db = tmp_path / "a.db"
    site.pages["/feed"] = feed(site.url("/1"), site.url("/2"))
    crawl_site(db, weekly(site), site.allowed)
    assert [SLOGAN in text for text in bodies(db)] == [True, True]
    site.pages["/feed"] = feed(*(site.url(f"/{n}") for n in range(1, 5)))
    crawl_site(db, weekly(site), site.allowed)
    assert not any(SLOGAN in text for text in bodies(db))
    site.pages["/5"] = story(5)
    site.pages["/feed"] = feed(site.url("/5"))
    crawl_site(db, weekly(site), site.allowed)
    assert SLOGAN not in bodies(db)[4]
    assert remembered(db) == [(SLOGAN, "nav", 5, "machine")]
    query = "SELECT DISTINCT number, memory FROM revisions"
    assert rows(db, query) == [(1, 1)]


def test_learning_takes_nothing_back_that_is_cut_again(
    site: Press, tmp_path: Path
) -> None:
    """A page that is fetched again with what is remembered now has not changed."""
    db = tmp_path / "a.db"
    crawl_site(db, weekly(site), site.allowed)
    with Archive(db) as archive:
        with archive._writing() as connection:
            connection.execute("UPDATE urls SET due_at = '2020-01-01T00:00:00Z'")
        archive.commit()
    crawl_site(db, weekly(site), site.allowed)
    assert rows(db, "SELECT outcome, count(*) FROM fetches GROUP BY outcome") == [
        ("stored", 4),
        ("unchanged", 4),
    ]


def test_what_a_kill_left_undone_is_done_later(site: Press, tmp_path: Path) -> None:
    """What was learned and not yet acted on is found by the versions."""
    db = tmp_path / "a.db"
    profile = weekly(site)
    crawl_site(db, profile, site.allowed)
    with Archive(db) as archive:
        assert archive.memories.outdated("weekly") == []
        with archive._writing() as connection:
            connection.execute("UPDATE revisions SET memory = 0 WHERE article_id < 3")
        archive.commit()
        assert len(archive.memories.outdated("weekly")) == 2
        pool = Workers(1)
        try:
            assert (
                asyncio.run(settle(archive, "weekly", lambda name, home: profile, pool))
                == 0
            )
        finally:
            pool.close()
        assert archive.memories.outdated("weekly") == []


def test_what_could_not_be_cut_again_is_tried_again(
    site: Press, tmp_path: Path
) -> None:
    """A capture that cannot be read leaves its article for the next time."""
    db, profile = tmp_path / "a.db", weekly(site)
    site.pages["/feed"] = feed(site.url("/1"), site.url("/2"))
    crawl_site(db, profile, site.allowed)
    captures, away = captures_folder(db), tmp_path / "away"
    said_of = ("memory", "weekly", "--furniture", SLOGAN, "--db", db)
    captures.rename(away)
    said(*said_of)
    assert all(SLOGAN in text for text in bodies(db))
    captures.rmdir()
    away.rename(captures)
    said(*said_of)
    assert not any(SLOGAN in text for text in bodies(db))


def test_a_person_overrules_memory_for_good(site: Press, tmp_path: Path) -> None:
    """The line is text again at once, and stays so whatever is learned later."""
    db, profiles = tmp_path / "a.db", tmp_path / "sites"
    write_profile(profiles, "weekly", site)
    crawl_site(db, weekly(site), site.allowed)
    listed = said("memory", "weekly", "--db", db)
    assert f"the site's 4 articles, 2026-03-02 to 2026-03-05\n           {SLOGAN}" in (
        listed.output
    )
    options = ("--db", db, "--sites", profiles)
    result = said("memory", "weekly", "--text", SLOGAN, *options)
    assert result.output.startswith(
        f"text, on 4 articles: {SLOGAN}\n4 articles changed"
    )
    assert all(SLOGAN in text for text in bodies(db))
    site.pages["/5"] = story(5)
    site.pages["/feed"] = feed(site.url("/5"))
    crawl_site(db, weekly(site), site.allowed)
    assert SLOGAN in bodies(db)[4]
    assert remembered(db) == [(SLOGAN, "text", 5, "person")]
    again = said("memory", "weekly", "--undecided", SLOGAN, *options)
    assert again.output.startswith("5 articles changed\n")
    assert not any(SLOGAN in text for text in bodies(db))


def test_a_person_names_furniture(site: Press, tmp_path: Path) -> None:
    """A line of one article only is furniture if a person says so."""
    db, profiles = tmp_path / "a.db", tmp_path / "sites"
    write_profile(profiles, "weekly", site)
    site.pages["/1"] = story(1, slogan=MUST)
    crawl_site(db, weekly(site), site.allowed)
    assert MUST in bodies(db)[0]
    options = ("--db", db, "--sites", profiles, "--json")
    result = CliRunner().invoke(
        main, [*map(str, ("memory", "weekly", "--furniture", MUST, *options))]
    )
    (found,) = [one for one in json.loads(result.stdout) if one["text"] == MUST]
    assert (found["verdict"], found["articles"]) == ("nav", 1)
    assert found["decided_by"] == "person"
    assert MUST not in bodies(db)[0]


def dressed(n: int) -> Reply:
    """An article with a standfirst; all but the sixth name it in the head too."""
    said = f"What the keepers of lock {n} have to say of it after eleven long years."
    head = f'<meta name="description" content="{said}">' if n < 6 else ""
    first = f"It is a long story, and this is how it begins, at the water of lock {n}."
    top = f'<div class="x-a"><p class="x-b">{said}</p><p>{first}</p></div>'
    body = str(
        story(n, slogan=f"Lock {n} has no slogan to speak of, and wants none.").body
    )
    body = body.replace("<title>", f"{head}<title>").replace("</h1>", f"</h1>{top}")
    return Reply(body=body)


def test_where_a_field_stands_is_kept_and_can_be_overruled(
    site: Press, tmp_path: Path
) -> None:
    """The sixth page's standfirst is found by the others', until a person says no."""
    db, profiles = tmp_path / "a.db", tmp_path / "sites"
    write_profile(profiles, "weekly", site)
    site.pages.update({f"/{n}": dressed(n) for n in range(1, 7)})
    site.pages["/feed"] = feed(*(site.url(f"/{n}") for n in range(1, 7)))
    crawl_site(db, weekly(site), site.allowed)
    query = "SELECT standfirst FROM articles WHERE url LIKE '%/6'"
    assert rows(db, query) == [
        ("What the keepers of lock 6 have to say of it after eleven long years.",)
    ]
    path = "standfirst: main > article > div.x-a > p.x-b"
    assert remembered(db) == [(path, "standfirst", 5, "machine")]
    options = ("--db", db, "--sites", profiles)
    result = said("memory", "weekly", "--text", path, *options)
    assert "1 article changed" in result.output
    assert rows(db, query) == [(None,)]
    again = said("memory", "weekly", "--undecided", path, *options)
    assert "1 article changed" in again.output
    assert rows(db, query) != [(None,)]


def test_wrong_words_are_told(site: Press, tmp_path: Path) -> None:
    """A site that is not there, and a line that nobody decided of, are told."""
    db = tmp_path / "a.db"
    assert said("memory", "weekly", "--db", db).exit_code == 2
    crawl_site(db, weekly(site), site.allowed)
    missing = said("memory", "daily", "--db", db)
    assert missing.exit_code == 2
    assert "no site 'daily', only: weekly" in missing.output
    undecided = said("memory", "weekly", "--undecided", "What?", "--db", db)
    assert undecided.exit_code == 1
    assert "nobody has decided of this line: What?" in undecided.output


PATH = "standfirst: main > article > p.lead"
HEAD = "(the description in a page's head)"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--furniture", "Nobody says this."), 1, "no page of weekly shows this line"),
        (("--text", PATH), 1, "no page of weekly shows this line"),
        (("--text", ""), 2, "a line needs words"),
        (("--undecided", " * "), 2, "a line needs words"),
        (("--furniture", SLOGAN, "--text", SLOGAN.upper()), 2, "more than one verdict"),
        (("--furniture", PATH), 2, "no line, but where a field stands"),
        (("--furniture", "byline: main > p"), 2, "no line, but where a field stands"),
    ],
)
def test_words_that_make_no_sense_are_refused(
    site: Press, tmp_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    """Each is told with its exit code, and nothing is kept of it."""
    db = tmp_path / "a.db"
    crawl_site(db, weekly(site), site.allowed)
    before = remembered(db)
    result = said("memory", "weekly", *arguments, "--db", db)
    assert result.exit_code == code
    assert told in result.output
    assert remembered(db) == before


def test_places_are_overruled_without_a_number(site: Press, tmp_path: Path) -> None:
    """A path or the description is on no article, and no number of them is told."""
    db, profiles = tmp_path / "a.db", tmp_path / "sites"
    write_profile(profiles, "weekly", site)
    site.pages.update({f"/{n}": dressed(n) for n in range(1, 7)})
    site.pages["/feed"] = feed(*(site.url(f"/{n}") for n in range(1, 7)))
    crawl_site(db, weekly(site), site.allowed)
    path = "standfirst: main > article > div.x-a > p.x-b"
    for place in (path, HEAD):
        result = said("memory", "weekly", "--text", place, "--db", db,
                      "--sites", profiles)  # fmt: skip
        assert result.exit_code == 0
        assert result.output.startswith(f"text: {place}\n")
    refused = said("memory", "weekly", "--furniture", path, "--db", db)
    assert refused.exit_code == 2


def test_a_line_of_imported_texts_can_be_decided(tmp_path: Path) -> None:
    """Texts that teach nothing of their site hold its lines all the same."""
    with Archive(tmp_path / "a.db") as archive:
        crawl_id = begun(archive)
        what = article("n1", text=f"What came before.\n{MUST}\nAnd after.")
        fetched = kept(archive, fetch(crawl_id, "n1"))
        archive.store(fetched, what, new(address("n1")), cut(what))
        archive.commit()
    db = ("--db", tmp_path / "a.db", "--sites", tmp_path)
    assert said("memory", SITE.name, "--furniture", MUST, *db).exit_code == 0
    assert said("memory", SITE.name, "--furniture", MUST[:20], *db).exit_code == 1


TRACES = st.lists(
    st.builds(
        Trace,
        line=st.integers(0, 9),
        place=st.sampled_from([Place.RUNNING, Place.APART, Place.POINTER]),
    ),
    max_size=5,
)
PAGES = st.lists(st.tuples(st.integers(0, 6), TRACES), max_size=9)
SPELLED = {number(f"a line that is known by its number {n}"): n for n in range(10)}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(PAGES, st.integers(0, 9))
def test_the_archive_learns_as_the_pure_function_does(
    tmp_path_factory: pytest.TempPathFactory,
    pages: list[tuple[int, list[Trace]]],
    first: int,
) -> None:
    """In one go or in two, what is kept is what all pages teach at once."""
    lines = {n: line for line, n in SPELLED.items()}
    taught: list[Taught] = []
    with Archive(tmp_path_factory.mktemp("learn") / "a.db") as archive:
        crawl_id = begun(archive)
        for n, (title, traces) in enumerate(pages):
            found = {(lines[trace.line], trace.place) for trace in traces}
            found.add((lines[title], Place.HEADLINE))
            lesson = Lesson(
                headline=lines[title],
                traces=tuple(Trace(line=x, place=y) for x, y in sorted(found)),
            )
            taught.append(Taught(lesson=lesson, on="2026-02-28"))
            store(archive, crawl_id, n, lesson)
            if n == first:
                learn_kept(archive.memories, SITE.name)
        learn_kept(archive.memories, SITE.name)
        kept_memory, memory = memory_of(archive.memories, SITE.name), learn(taught)
    assert kept_memory.furniture == memory.furniture
    assert kept_memory.teasers == memory.teasers


def store(archive: Archive, crawl_id: int, n: int, lesson: Lesson) -> None:
    """Store an article that spells all lines and has a lesson's traces."""
    text = " ".join(f"a line that is known by its number {k}\n" for k in range(10))
    what = article(f"n{n}", text=text)
    how = replace(cut(what), traces=lesson.traces)
    fetched = kept(archive, fetch(crawl_id, f"n{n}"))
    archive.store(fetched, what, new(address(f"n{n}")), how)

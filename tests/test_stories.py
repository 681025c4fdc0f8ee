"""Stories: groups of copies in an archive, whatever the order of arrival."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from made_pages import NOW, OTHER, SITE, begun, cut, faults, rows
from test_copies import prose, words

from archive.articles import Cut
from archive.records import Article, Block, CrawlEnd, Decision, Fetch, Moment, Site
from archive.stories.copy_index import move
from archive.write import Archive
from pipelines.copies.compare import compare_now, compare_round
from pipelines.copies.signature import signature

SITES = [replace(SITE, name=f"title-{n}", title=f"Title {n}") for n in range(7)]
LEAD, MIDDLE, TAIL = prose(150, 1), prose(150, 2), prose(150, 3)


def made(
    name: str, site: Site, *parts: str, headline: str = "", day: int = 1
) -> tuple[Site, Article]:
    """An article of a site; its paragraphs are the parts."""
    return site, Article(
        url=f"https://{site.name}.example/{name}",
        headline=headline or f"Headline {name}",
        blocks=tuple(Block(kind="paragraph", text=part) for part in parts),
        published=Moment(on=f"2026-01-{day:02d}"),
    )


class Room:
    """An archive that articles are put into one by one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.archive = Archive(path)
        self.crawls = {
            site.name: begun(self.archive, site) for site in (SITE, OTHER, *SITES)
        }

    def put(self, site: Site, article: Article) -> int:
        """Store a new article."""
        decision = Decision(outcome="stored", article_id=None, url=article.url)
        return self._store(site, article, decision)

    def change(self, article_id: int, site: Site, article: Article) -> None:
        """Give an article another text."""
        decision = Decision(outcome="revised", article_id=article_id, url=article.url)
        self._store(site, article, decision)

    def _store(self, site: Site, article: Article, decision: Decision) -> int:
        fetch = Fetch(
            crawl_id=self.crawls[site.name], site=site.name, url=article.url, at=NOW
        )
        made_cut: Cut = cut(article, site=site)
        return self.archive.store(fetch, article, decision, made_cut)

    def compare(self) -> None:
        """Compare what is due."""
        compare_now(self.archive)

    def close(self) -> None:
        """Compare what is due, and close the archive."""
        self.compare()
        self.archive.close()
        assert faults(self.path) == []


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """An empty archive."""
    return Room(tmp_path / "archive.db")


def stories(path: Path) -> set[frozenset[object]]:
    """The stories by their articles' addresses."""
    found: dict[object, set[object]] = {}
    for url, number in rows(path, "SELECT url, story_id FROM articles"):
        if number is not None:
            found.setdefault(number, set()).add(url)
    return {frozenset(story) for story in found.values()}


def relations(path: Path) -> set[tuple[object, ...]]:
    """The copies by their addresses, with all that is said of them."""
    return set(
        rows(
            path,
            "SELECT a.url, b.url, c.relation, c.share, c.copy_share, c.evidence, f.url"
            " FROM copies c JOIN articles a ON a.id = c.article_id"
            " JOIN articles b ON b.id = c.copy_id JOIN articles f ON f.id = c.first_id",
        )
    )


def corpus() -> list[tuple[Site, Article]]:
    """Copies, excerpts, columns, standing text, quotations and round-ups together."""
    footer = prose(45, 90)
    found = [
        made("lead", SITES[0], LEAD, MIDDLE, TAIL, headline="Lead story told", day=3),
        made("cut", SITES[1], LEAD, MIDDLE, headline="Lead story told", day=4),
        made("brief", SITES[2], LEAD, headline="A lead story", day=4),
        made("intro", SITES[3], prose(60, 80), LEAD, MIDDLE, TAIL, day=5),
        made("other", SITES[0], prose(300, 4), headline="Another piece", day=2),
        made("taken", SITES[4], prose(300, 4), headline="Another piece", day=2),
        made("week", SITES[1], LEAD, " ".join(words(300, 4)[:100]), day=9),
        made("digest", SITES[5], " ".join(words(300, 4)[:120]), prose(200, 5)),
        made("parts", SITES[6], prose(200, 5), prose(200, 6), day=8),
        made("part", SITES[2], prose(200, 6), headline="Nothing alike", day=7),
    ]
    for number in range(9):
        text = (prose(70, 20 + number), footer)
        found.append(made(f"standing-{number}", SITES[number % 2], *text, day=6))
    for number in range(3):
        text = (prose(120, 30), prose(110, 31 + number))
        found.append(made(f"edition-{number}", SITES[3], *text, day=10 + number))
    return found


def arrive(
    path: Path, articles: Iterable[tuple[Site, Article]], breaks: set[int]
) -> None:
    """Archive articles in an order, comparing what is there after some of them."""
    room = Room(path)
    for number, (site, article) in enumerate(articles):
        room.put(site, article)
        if number in breaks:
            room.compare()
    room.close()


def test_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    """However articles arrive and whenever they are compared, the same is found."""
    articles, chance = corpus(), random.Random(20260301)
    arrive(tmp_path / "plain.db", articles, set())
    expected = stories(tmp_path / "plain.db"), relations(tmp_path / "plain.db")
    names = {frozenset(str(url).rsplit("/", 1)[1] for url in s) for s in expected[0]}
    assert names == {
        frozenset({"lead", "cut", "brief", "intro"}),
        frozenset({"other", "taken"}),
    }
    for attempt in range(12):
        path = tmp_path / f"{attempt}.db"
        chance.shuffle(articles)
        breaks = set(chance.sample(range(len(articles)), k=attempt))
        arrive(path, articles, breaks)
        assert (stories(path), relations(path)) == expected, attempt


def test_a_story_keeps_its_number_as_it_grows(room: Room) -> None:
    """A story that gets more articles stays the story that somebody cited."""
    for number in range(4):
        room.put(*made("a", SITES[number], LEAD, day=9 - number))
        room.compare()
        found = rows(room.path, "SELECT DISTINCT story_id FROM articles")
        assert found == ([(None,)] if number == 0 else [(1,)])
    room.close()
    assert rows(room.path, "SELECT articles, first_id FROM stories") == [(4, 4)]


def test_a_digest_joins_no_stories(room: Room) -> None:
    """What holds the whole texts of two stories joins neither, whatever its name."""
    for number, part in enumerate([LEAD, LEAD, MIDDLE, MIDDLE]):
        room.put(*made("a", SITES[number], part, headline="The one story told"))
    room.put(*made("b", SITES[6], LEAD, MIDDLE, headline="The one story told"))
    room.close()
    numbers = "SELECT story_id, count(*) FROM articles GROUP BY 1 ORDER BY 1"
    assert rows(room.path, numbers) == [(None, 1), (1, 2), (2, 2)]
    noted = (
        "SELECT count(*), min(evidence LIKE '%also holds a piece of%') FROM copy_pairs"
    )
    assert rows(room.path, f"{noted} WHERE relation = 'none'") == [(4, 1)]


def test_a_copy_of_both_joins_two_stories(room: Room) -> None:
    """An article whose text changes may join stories; the younger number is kept."""
    site = SITES[2]
    room.put(*made("a", SITES[0], LEAD))
    room.put(*made("a", SITES[1], LEAD))
    room.compare()
    room.put(*made("b", site, MIDDLE))
    last = room.put(*made("b", SITES[3], MIDDLE))
    room.compare()
    assert rows(room.path, "SELECT story_id FROM articles") == [(1,), (1,), (2,), (2,)]
    room.change(3, *made("b", site, LEAD))
    room.change(last, *made("b", SITES[3], LEAD))
    room.close()
    assert rows(room.path, "SELECT DISTINCT story_id FROM articles") == [(1,)]
    assert rows(room.path, "SELECT id, joined_id, articles FROM stories") == [
        (1, None, 4),
        (2, 1, 0),
    ]


def test_a_changed_text_leaves_its_story(room: Room) -> None:
    """An article whose text is another one now is signed anew and leaves its story."""
    room.put(*made("a", SITES[0], LEAD))
    room.put(*made("a", SITES[1], LEAD))
    room.compare()
    room.change(2, *made("a", SITES[1], TAIL))
    room.put(*made("c", SITES[2], TAIL))
    room.close()
    assert stories(room.path) == {
        frozenset({"https://title-1.example/a", "https://title-2.example/c"})
    }


def test_the_larger_part_keeps_the_number(room: Room) -> None:
    """Where the link between two parts goes, the larger one keeps the number."""
    texts = [(LEAD,), (LEAD, MIDDLE), (MIDDLE,), (MIDDLE,)]
    for number, parts in enumerate(texts):
        room.put(*made("a", SITES[number], *parts, headline="The one story told"))
    room.compare()
    room.change(2, *made("a", SITES[1], MIDDLE, headline="The one story told"))
    room.put(*made("b", SITES[4], LEAD, headline="The one story told"))
    room.close()
    assert {len(story) for story in stories(room.path)} == {3, 2}


def test_what_very_many_hold_makes_no_candidate(room: Room) -> None:
    """A passage in more than 64 articles leads to none of them."""
    for number in range(70):
        room.put(*made(str(number), SITES[number % 7], LEAD, prose(60, 100 + number)))
    room.close()
    assert stories(room.path) == set()


def test_a_deleted_article_leaves_its_story(room: Room) -> None:
    """An article that is merged into its twin is in no story, pair or index."""
    for number in range(3):
        room.put(*made("a", SITES[number], LEAD))
    room.compare()
    room.archive.memories.merge(2, [1])
    room.close()
    assert rows(room.path, "SELECT id, story_id FROM articles") == [(2, 1), (3, 1)]
    held = "SELECT count(*) FROM copy_recent WHERE article_id = 1"
    assert rows(room.path, held) == [(0,)]
    assert rows(room.path, "SELECT articles, first_id FROM stories") == [(2, 2)]


def test_moved_hashes_are_found(room: Room) -> None:
    """What the small table held is found in the large one, and replaced there."""
    room.put(*made("a", SITES[0], LEAD))
    with room.archive._writing() as db:
        move(db, least=1)
    room.put(*made("a", SITES[1], LEAD))
    room.compare()
    assert len(stories(room.path)) == 1
    room.change(1, *made("a", SITES[0], TAIL))
    room.close()
    assert stories(room.path) == set()
    assert rows(room.path, "SELECT count(*) FROM copy_hashes") == [(0,)]
    held = rows(room.path, "SELECT hash FROM copy_recent WHERE article_id = 1")
    assert {row[0] for row in held} == set(signature(TAIL))


def test_few_rows_are_not_moved(room: Room) -> None:
    """Rows stay in the small table until they are many."""
    room.put(*made("a", SITES[0], LEAD))
    with room.archive._writing() as db:
        move(db)
    room.close()
    assert rows(room.path, "SELECT count(*) FROM copy_hashes") == [(0,)]


def test_a_corrected_day_tells_who_was_first(room: Room) -> None:
    """Where a day of publication is corrected, pair and story follow."""
    room.put(*made("a", SITES[0], LEAD, day=3))
    room.put(*made("a", SITES[1], LEAD, day=4))
    room.compare()
    assert rows(room.path, "SELECT first_id FROM stories") == [(1,)]
    room.change(2, *made("a", SITES[1], LEAD, day=2))
    room.close()
    assert rows(room.path, "SELECT first_id FROM stories") == [(2,)]
    assert rows(room.path, "SELECT DISTINCT first_id FROM copies") == [(2,)]


def test_a_site_that_takes_another_over_is_compared_again(room: Room) -> None:
    """What was syndicated between two sites is a later version on one."""
    room.put(*made("a", SITES[0], LEAD, prose(15, 60), headline="Depot opens today"))
    room.put(*made("b", SITES[1], LEAD, headline="Depot opens today"))
    room.compare()
    assert rows(room.path, "SELECT relation FROM copy_pairs") == [("syndicated",)]
    end = CrawlEnd(finish="finished", found=0, known=0, requests=0)
    for crawl_id in room.crawls.values():
        room.archive.end_crawl(crawl_id, end, now=NOW)
    taken = room.archive.adopt("title-1", title="Title 1", into="title-0")
    room.close()
    assert taken
    assert rows(room.path, "SELECT relation FROM copy_pairs") == [("later_version",)]


def test_one_bad_article_does_not_keep_the_others(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    """An article whose text cannot be read is told of, and all others are compared."""
    for number in range(3):
        room.put(*made("a", SITES[number], LEAD))
    with room.archive._writing() as db:
        db.execute("UPDATE articles SET revision_id = NULL WHERE id = 1")
    room.compare()
    assert "articles 2 and 1 could not be compared" in caplog.text
    assert room.archive.copies.due(limit=9) == []
    assert rows(room.path, "SELECT article_id, other_id FROM copy_pairs") == [(2, 3)]
    with room.archive._writing() as db:
        db.execute("UPDATE articles SET revision_id = 1 WHERE id = 1")
    room.close()


def test_nothing_is_due_after_comparing(room: Room) -> None:
    """What has been compared is not compared again."""
    room.put(*made("a", SITES[0], LEAD))
    assert compare_round(room.archive.copies) == 1
    assert compare_round(room.archive.copies) == 0
    room.close()

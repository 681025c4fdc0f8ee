"""A title moves to another content system, twice: its articles stay what they are.

Townhall Circuit of the demo goes from numbered addresses to slugs and on to dated ones
under another template, and its old addresses answer in each of the ways that are met.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from crawling import crawl, make_due, profiles_in, rows

from cli.plan import Plan
from crawler.urls import canonical
from demo import DemoPublisher, Move, MovedArticle, moved_articles
from demo.moving import MOVING, Answers, Era

USUAL = 12
"""Articles to which nothing befalls, beside those to which something does."""
AT = "SELECT article_id, first_seen_at FROM urls WHERE url = ?"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One way in which a title may move."""

    eras: tuple[Era, ...]
    answers: Answers
    is_late: bool = False
    """Whether the old addresses are only looked at in a crawl after the next one."""
    is_thin: bool = False
    """Whether after the move the feed of the newest articles is all that names any."""

    def __str__(self) -> str:
        more = ["late"] * self.is_late + ["thin"] * self.is_thin
        return "-".join((*self.eras, self.answers, *more))

    def moves(self) -> Iterator[Move]:
        """The title's states, one after the other."""
        for count in range(1, len(self.eras) + 1):
            eras = self.eras[:count]
            yield Move(eras=eras, answers=self.answers, usual=USUAL)


TWO: tuple[Era, ...] = ("slugs", "dated")
THREE: tuple[Era, ...] = ("numbered", "slugs", "dated")
CASES = (
    Case(eras=TWO, answers="redirects"),
    Case(eras=TWO, answers="gone"),
    Case(eras=TWO, answers="home"),
    Case(eras=TWO, answers="both"),
    Case(eras=TWO, answers="mixed"),
    Case(eras=TWO, answers="redirects", is_late=True),
    Case(eras=("numbered", "dated"), answers="gone"),
    Case(eras=TWO, answers="redirects", is_thin=True),
    Case(eras=TWO, answers="both", is_thin=True),
    Case(eras=THREE, answers="redirects"),
    Case(eras=THREE, answers="mixed"),
)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """An address in the archive."""

    article_id: int | None
    first_seen_at: str


@dataclass(frozen=True, kw_only=True)
class Moved:
    """An archive through a title's moves."""

    db: Path
    base: str
    """Address of the title."""
    move: Move
    """The last one."""
    before: dict[str, Seen]
    """What was archived of each path before the last move."""
    sizes: tuple[int, int]
    """Articles and revisions after the last move."""
    again: tuple[int, int]
    """And after all was looked at once more."""

    def id_at(self, path: str) -> int | None:
        """The article that an address shows now."""
        found = rows(self.db, AT, [canonical(self.base + path)])
        return found[0][0] if found else None

    def old_id(self, one: MovedArticle) -> int | None:
        """The article that one was in the archive before the last move."""
        last = one.path(self.move.eras[-2]) or ""
        return self.before[last].article_id if last in self.before else None

    def new_id(self, one: MovedArticle) -> int | None:
        """The article that it is at its present address."""
        return self.id_at(one.path(self.move.now) or "")

    def articles(self, *, edited: bool = False) -> list[MovedArticle]:
        """Those that the move took along, edited ones or the others."""
        found = [
            one
            for one in moved_articles(self.move)
            if not (one.is_new or one.is_dropped) and one.is_edited == edited
        ]
        assert found
        return found

    def url_of(self, article_id: int | None) -> str | None:
        """An article's canonical path."""
        found = rows(self.db, "SELECT url FROM articles WHERE id = ?", [article_id])
        return found[0][0] if found else None


def moved(case: Case, folder: Path) -> Moved:
    """Crawl a title before and after each of its moves, and once more at the end."""
    first, *later = case.moves()
    with DemoPublisher(move=first) as publisher:
        db = look(publisher, folder)
        base = publisher.site(MOVING).base_url
        for move in later:
            before = addresses(db, base, move)
            publisher.move(move)
            if not case.is_late:
                make_due(db)
            look(publisher, folder, is_thin=case.is_thin)
        if case.is_late:
            make_due(db)
            look(publisher, folder)
        sizes = counts(db)
        make_due(db)
        look(publisher, folder, is_thin=case.is_thin)
    return Moved(
        db=db, base=base, move=move, before=before, sizes=sizes, again=counts(db)
    )


def look(
    publisher: DemoPublisher,
    folder: Path,
    names: Iterable[str] = (MOVING,),
    *,
    is_thin: bool = False,
) -> Path:
    """Crawl titles with the profiles that they need now; return the archive."""
    publisher.profiles(folder / "sites")
    chosen = tuple(one for one in profiles_in(folder / "sites") if one.name in names)
    if is_thin:
        chosen = tuple(replace(one, sitemaps=(), sections=()) for one in chosen)
    allowed = tuple(site.base_url.split("://")[1] for site in publisher.sites)
    crawl(Plan(db=folder / "a.db", profiles=chosen, allow_private=allowed))
    return folder / "a.db"


def addresses(db: Path, base: str, move: Move) -> dict[str, Seen]:
    """What the archive has at the addresses that are about to be old ones."""
    found = {}
    for path in (path for one in moved_articles(move) for path in one.old_paths(move)):
        for article_id, first in rows(db, AT, [canonical(base + path)]):
            found[path] = Seen(article_id=article_id, first_seen_at=first)
    return found


def counts(db: Path) -> tuple[int, int]:
    """Articles and revisions."""
    query = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM revisions)"
    found = rows(db, query)[0]
    return found[0], found[1]


@pytest.fixture(scope="module", params=CASES, ids=str)
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Case, Moved]:
    """One archive for each case."""
    case: Case = request.param
    return case, moved(case, tmp_path_factory.mktemp("moved"))


@pytest.fixture
def history(made: tuple[Case, Moved]) -> Moved:
    """The archive of a case."""
    return made[1]


def test_articles_are_archived_before_the_move(history: Moved) -> None:
    """Each article has an id of its own before it moves, or the rest proves nothing."""
    old = [one for one in moved_articles(history.move) if not one.is_new]
    ids = [history.old_id(one) for one in old]
    assert None not in ids
    assert len(set(ids)) == len(old)


def test_articles_keep_their_ids(history: Moved) -> None:
    """At its new address each article has the id that it had at its old one."""
    found = [(history.new_id(one), history.old_id(one)) for one in history.articles()]
    assert [new for new, _ in found] == [old for _, old in found]


def test_edited_articles_keep_their_ids(history: Moved) -> None:
    """So does one that was edited during the move, with or without its headline."""
    edited = history.articles(edited=True)
    assert [history.new_id(one) for one in edited] == [
        history.old_id(one) for one in edited
    ]


def test_no_article_is_archived_twice(history: Moved) -> None:
    """There are as many articles as the title ever wrote, whatever their addresses."""
    assert history.sizes[0] == len(moved_articles(history.move))


def test_articles_of_one_headline_stay_apart(history: Moved) -> None:
    """Twins, notices and a column's editions stay who they were, the new ones too."""
    alike = [
        one
        for one in moved_articles(history.move)
        if one.awkward in ("twin", "notice", "column")
    ]
    assert Counter(one.awkward for one in alike).keys() == {"twin", "notice", "column"}
    assert any(one.is_new for one in alike)
    ids = [history.new_id(one) for one in alike]
    assert None not in ids
    assert len(set(ids)) == len(alike)
    old = {
        history.old_id(one): one
        for one in moved_articles(history.move)
        if not one.is_new
    }
    assert all(old.get(new, one) is one for new, one in zip(ids, alike, strict=True))


def test_a_move_makes_no_revision(history: Moved) -> None:
    """Template, typography, bylines and dates in another form are no new text."""
    ids = {history.new_id(one): one for one in history.articles()}
    query = "SELECT article_id, number FROM revisions WHERE number > 1"
    assert [ids[one].path("dated") for one, _ in rows(history.db, query)
            if one in ids] == []  # fmt: skip


def test_an_edit_during_the_move_is_one_revision(history: Moved) -> None:
    """What was edited on the way has one revision more, told as what it was."""
    query = """SELECT r.number, (SELECT group_concat(DISTINCT class) FROM changes c
        WHERE c.revision_id = r.id) FROM revisions r WHERE article_id = ? AND number > 1
        """
    for one in history.articles(edited=True):
        found = rows(history.db, query, [history.old_id(one)])
        assert [number for number, _ in found] == [2], one.path("slugs")
        told = set(found[0][1].split(","))
        is_renamed = one.shown["slugs"].headline != one.shown["dated"].headline
        assert "figure" in told
        assert ("headline" in told) == is_renamed


def test_the_new_address_is_the_canonical_one(history: Moved) -> None:
    """After a move articles stand under the address that their title gives them now."""
    found = [
        (history.url_of(history.old_id(one)), canonical(history.base + path))
        for one in history.articles()
        if (path := one.path("dated"))
    ]
    assert [url for url, _ in found] == [new for _, new in found]


def test_old_addresses_stay_aliases(history: Moved) -> None:
    """An old address still leads to its article, and says since when it has."""
    kept = {path: seen for path, seen in history.before.items() if seen.article_id}
    assert kept
    now = {
        path: Seen(article_id=row[0], first_seen_at=row[1])
        for path in kept
        for row in rows(history.db, AT, [canonical(history.base + path)])
    }
    assert now == kept


def test_addresses_say_when_they_were_last_seen(history: Moved) -> None:
    """Each alias has the time at which it last led to its article."""
    query = "SELECT first_seen_at, last_seen_at FROM urls WHERE url = ?"
    for path, seen in history.before.items():
        if seen.article_id is not None:
            found = rows(history.db, query, [canonical(history.base + path)])
            assert found[0][0] <= found[0][1], path


def test_only_what_was_dropped_is_gone(history: Moved) -> None:
    """An article is not gone while its new address shows it, and is when none does."""
    query = """SELECT a.id FROM articles a JOIN states s ON s.article_id = a.id
        WHERE s.state = 'gone' AND s.id = (SELECT max(id) FROM states t
          WHERE t.article_id = a.id)"""
    gone = {row[0] for row in rows(history.db, query)}
    dropped = [one for one in moved_articles(history.move) if one.is_dropped]
    assert dropped
    lost = {
        history.old_id(one) for one in dropped if history.move.answer_of(one) != "both"
    }
    assert gone == lost


def test_dropped_articles_keep_their_text_and_address(history: Moved) -> None:
    """What the new system lacks stays in the archive under its last address."""
    for one in moved_articles(history.move):
        if one.is_dropped:
            path = one.path(history.move.eras[-2]) or ""
            url = canonical(history.base + path)
            assert history.url_of(history.old_id(one)) == url


def test_a_crawl_after_the_move_changes_nothing(history: Moved) -> None:
    """Looking at all addresses once more, old and new, adds no article or revision."""
    assert history.again == history.sizes


def test_copies_on_other_titles_stay_other_articles(tmp_path: Path) -> None:
    """What the moving title shares with another one is two articles and one story."""
    first, last = Case(eras=TWO, answers="gone").moves()
    names = (MOVING, "girder")
    with DemoPublisher(move=first) as publisher:
        db = look(publisher, tmp_path, names)
        publisher.move(last)
        make_due(db)
        look(publisher, tmp_path, names)
        bases = {site.name: site.base_url for site in publisher.sites}
    query = """SELECT a.id, a.site, a.story_id FROM articles a JOIN urls u
        ON u.article_id = a.id WHERE u.url = ?"""
    pairs = [
        (one.path("dated") or "", one.shown["slugs"].dup_of)
        for one in moved_articles(last)
        if one.awkward == "copy"
    ]
    found = [
        (rows(db, query, [canonical(bases[MOVING] + path)])[0],
         rows(db, query, [canonical(bases["girder"] + source[1])])[0])
        for path, source in pairs if source and source[0] == "girder"
    ]  # fmt: skip
    assert found
    assert all(own[1:2] == (MOVING,) and other[1] == "girder" for own, other in found)
    assert all(own[2] == other[2] is not None for own, other in found)

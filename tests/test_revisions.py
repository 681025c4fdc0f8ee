"""Crawls of a site that edits, hides and removes what it has published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from crawling import change, crawl_site, last_crawl, make_due, profile_of, rows
from made_pages import arrive, begun, cut, fetch
from made_pages import article as made
from press import Press, Reply, article, feed, links, press, redirect

from archive.records import Article
from archive.write import Archive
from pipelines.changes.retell import retell

STATES = "SELECT state, evidence FROM states ORDER BY id"
NUMBERS = "SELECT number, headline FROM revisions ORDER BY article_id, number"


class Title:
    """A site with one article, crawled again and again."""

    def __init__(self, site: Press, db: Path) -> None:
        self.site, self.db = site, db
        site.pages["/feed"] = feed(site.url("/a"), site.url("/b"))
        site.pages["/b"] = article(2)

    def shows(self, reply: Reply) -> None:
        """Crawl the site while the article's address answers so."""
        self.site.pages["/a"] = reply
        if self.db.exists():
            make_due(self.db)
        profile = profile_of(self.site.url(), feeds=(self.site.url("/feed"),))
        crawl_site(self.db, profile, self.site.allowed)

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """What a query finds."""
        return [tuple(row) for row in rows(self.db, query)]

    def state(self) -> object:
        """The state of the article as analysts see it."""
        query = "SELECT state FROM full_articles WHERE url LIKE '%/a'"
        return self.ask(query)[0][0]


@pytest.fixture
def title(tmp_path: Path) -> Iterator[Title]:
    """The site, its article fetched once."""
    with press() as site:
        found = Title(site, tmp_path / "a.db")
        found.shows(article(1))
        yield found


def edited(old: str, new: str) -> Reply:
    """The article with other words."""
    reply = article(1)
    assert re.search(old, str(reply.body))
    return Reply(body=re.sub(old, new, str(reply.body)))


def test_an_edit_is_one_revision_with_its_classes(title: Title) -> None:
    """Another headline makes a second revision that says so; a third look none."""
    for _ in range(2):
        title.shows(edited("Story 1<", "Tale 1<"))
    assert title.ask("SELECT number FROM revisions WHERE number > 1") == [(2,)]
    (row,) = title.ask("SELECT classes, words_added, words_removed FROM edits")
    assert row == ("headline", 1, 1)
    assert title.ask("SELECT before, after FROM changes WHERE class = 'headline'") == [
        ("Story 1", "Tale 1")
    ]


def test_white_space_and_furniture_make_none(title: Title) -> None:
    """The same words in another layout are the same text."""
    title.shows(Reply(body=str(article(1).body).replace("</p><p>", "</p>\n\n <p>")))
    title.shows(article(1, extra="<aside class=related><ul><li>More</ul></aside>"))
    assert title.ask("SELECT count(*) FROM edits") == [(0,)]
    assert last_crawl(title.db)["unchanged"] == 2


@pytest.mark.parametrize("status", [404, 410])
def test_an_article_that_is_gone_keeps_its_text(title: Title, status: int) -> None:
    """Its state has dates, its text stays; when it is back that is a state too."""
    title.shows(Reply(status=status))
    title.shows(Reply(status=status))
    assert title.state() == "gone"
    (row,) = title.ask("SELECT evidence, first_seen_at <= last_seen_at FROM states")
    assert row == (("HTTP 404: not found", "HTTP 410: gone")[status == 410], 1)
    assert title.ask("SELECT count(*) FROM full_articles WHERE text <> ''") == [(2,)]
    title.shows(article(1))
    assert title.state() == "here"
    assert [state for state, _ in title.ask(STATES)] == ["gone", "here"]
    assert title.ask("SELECT count(*) FROM edits") == [(0,)]


def test_a_redirect_to_the_home_page_or_a_section_is_gone(title: Title) -> None:
    """An address that leads to a list of articles shows its own no more."""
    paths = [f"/{n}" for n in range(12)]
    for target in ("/", "/news/"):
        title.site.pages[target] = links(*paths)
        title.shows(redirect(title.site.url(target)))
        assert title.state() == "gone"
    assert len(title.ask(STATES)) == 1


def test_a_server_that_fails_says_nothing_of_the_article(title: Title) -> None:
    """An error of the server is no state of the article."""
    title.shows(Reply(status=403))
    assert (title.state(), title.ask(STATES)) == ("here", [])


WALL = (
    '<script type="application/ld+json">{"@context": "https://schema.org", "@type":'
    ' "NewsArticle", "isAccessibleForFree": false}</script><div class="paywall">'
    "<p>Subscribe to continue reading this article.</p></div>"
)


def test_a_wall_hides_nothing_that_the_archive_has(title: Title) -> None:
    """A page that shows its first paragraph only is paywalled, and no revision."""
    text = str(article(1).body)
    first = text.index("</p>") + len("</p>")
    title.shows(Reply(body=f"{text[:first]}{WALL}</article></main></body></html>"))
    assert title.state() == "paywalled"
    assert title.ask("SELECT count(*) FROM edits") == [(0,)]
    title.shows(article(1))
    assert [state for state, _ in title.ask(STATES)] == ["paywalled", "here"]


def test_an_older_cut_is_made_anew_before_it_is_compared(title: Title) -> None:
    """What an older extractor cut otherwise is a re-cut, never an edit."""
    change(
        title.db,
        "UPDATE revisions SET extractor = 'cuttings 0.0', text_digest = 'old',"
        " body = 'Cut badly.', blocks = '[[\"paragraph\",0,\"Cut badly.\"]]'"
        " WHERE article_id = (SELECT id FROM articles WHERE url LIKE '%/a')",
    )
    title.shows(article(1))
    assert title.ask("SELECT count(*) FROM edits") == [(0,)]
    ((fields, old, new),) = title.ask(
        "SELECT fields, old_extractor, extractor FROM recuts"
    )
    assert (json.loads(str(fields)), old) == (["body"], "cuttings 0.0")
    assert new != old


def test_a_cut_by_another_profile_is_made_anew_before_it_is_compared(
    title: Title,
) -> None:
    """What other selectors cut otherwise is a re-cut too, and says by which profile."""
    change(
        title.db,
        "UPDATE revisions SET profile = 'former', text_digest = 'old',"
        " body = 'Cut badly.', blocks = '[[\"paragraph\",0,\"Cut badly.\"]]'"
        " WHERE article_id = (SELECT id FROM articles WHERE url LIKE '%/a')",
    )
    title.shows(article(1))
    assert title.ask("SELECT count(*) FROM edits") == [(0,)]
    told = title.ask("SELECT old_profile, profile FROM recuts")
    ((now,),) = title.ask(
        "SELECT DISTINCT profile FROM revisions JOIN articles a ON a.id = article_id"
        " WHERE a.url LIKE '%/a'"
    )
    assert told == [("former", now)] and now


def test_what_memory_finds_to_be_furniture_is_no_edit(tmp_path: Path) -> None:
    """A line that comes to many pages at once is taken for an edit until the crawl
    ends and has learned that it is the site's: then the revisions are taken back."""
    box = "<p>Write to the harbour desk with what you have seen.</p></article>"
    with press() as site:
        paths = [f"/{n}" for n in range(1, 9)]
        site.pages["/feed"] = feed(*map(site.url, paths))
        profile = profile_of(site.url(), feeds=(site.url("/feed"),))
        for extra in ("</article>", box):
            for number, path in enumerate(paths, 1):
                text = str(article(number).body).replace("</article>", extra)
                site.pages[path] = Reply(body=text)
            crawl_site(tmp_path / "a.db", profile, site.allowed)
            make_due(tmp_path / "a.db")
        db = tmp_path / "a.db"
        assert rows(db, "SELECT count(*) FROM edits") == [(0,)]
        assert rows(db, "SELECT count(*) FROM full_articles") == [(8,)]
        ended = last_crawl(db)
        assert (ended["revised"], ended["unchanged"]) == (0, 8)
        found = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'harbour'"
        assert rows(db, found) == [(0,)]


def test_a_recut_tells_the_changes_anew(tmp_path: Path) -> None:
    """Revisions that turn out the same stay, and say that nothing changed."""
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        crawl = begun(archive)
        first = made("a", text="One text of some words.")
        other = replace(first, headline="Another headline")
        arrive(archive, fetch(crawl, "a"), first)
        later = begun(archive)
        arrive(archive, fetch(later, "a"), other)
        assert archive.neighbours(2) == archive.neighbours(1)
        recut: Article = first
        archive.recut(2, recut, cut(recut))
        retell(archive, 2)
    assert rows(path, "SELECT class FROM changes") == []
    assert rows(path, "SELECT words_changed, classes FROM edits") == [(0, None)]
    ((fields,),) = rows(path, "SELECT fields FROM recuts WHERE revision_id = 2")
    assert json.loads(str(fields)) == ["headline"]

"""Pages of one article are told, joined, and joined again from their captures."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from crawling import rows
from made_pages import (
    ENDED,
    LATER,
    arrive,
    article,
    begun,
    faults,
    fetch,
    kept,
    page,
)
from press import press
from quay import bodies, harbour, mapped, part, whole

from archive.records import Article, Block, Image, Link, Rejection
from archive.remembered import Place, Trace
from archive.write import Archive
from crawler.discover.continued import (
    Face,
    face_of,
    first_parts,
    goes_on,
    is_article,
    may_be_paged,
    next_part,
    words,
)
from crawler.discover.numbered import canonical_or, follows, leads, stems_of_numbered
from crawler.discover.pages import read_page
from crawler.items import Page
from crawler.sites.profile import generic
from pipelines.extract.learned.lesson import Cutting, Lesson
from pipelines.join import join, taught
from pipelines.join import whole as whole_of
from pipelines.reextract import Reextraction, Report
from pipelines.workers import Judged, Order, Workers, judge

SITE = "https://quay.example"
LONG = "The tide gauge at lock {n} was read twice, and {n} men wrote down what it said."


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/a", "/a?page=2"),
        ("/a", "/a?page=1"),
        ("/a?page=9", "/a?page=10"),
        ("/a?page=0,1", "/a?page=0%2C2"),
        ("/a/", "/a/2/"),
        ("/a/9", "/a/10"),
        ("/a.html", "/a-2.html"),
        ("/a.html", "/a.html/2"),
        ("/a-1.html", "/a-2.html"),
        ("/a/index.html", "/a/index2.html"),
        ("/a/", "/a/page2.html"),
        ("/a?x=1", "/a?x=1&seite=2"),
    ],
)
def test_next_number_is_told(here: str, there: str) -> None:
    """Two addresses that differ by a page number, one higher, may be pages of one."""
    assert follows(SITE + here, SITE + there)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/a", "/a?page=3"),
        ("/a?page=2", "/a?page=1"),
        ("/a?page=2", "/a/3"),
        ("/a", "/b/2"),
        ("/a/", "/a/comment-page-2/"),
        ("/2024/08", "/2024/09"),
        ("/", "/page/2"),
        ("/?x=1", "/?x=1&page=2"),
        ("/a", "mailto:a"),
        ("/a?x=1", "/a?x=2&page=2"),
    ],
)
def test_other_numbers_are_not_told(here: str, there: str) -> None:
    """Leaps, other things, comments, months and home pages are no next pages."""
    other = there if ":" in there else SITE + there
    assert follows(SITE + here, other) is None


def test_first_page_is_told_from_a_further_one() -> None:
    """The bare address and number 1 may be a further page's first; itself is not."""
    assert leads(f"{SITE}/a", f"{SITE}/a/3")
    assert leads(f"{SITE}/a?page=1", f"{SITE}/a?page=3")
    assert not leads(f"{SITE}/a/3", f"{SITE}/a/3")
    assert stems_of_numbered(f"{SITE}/a/3") == {f"{SITE}/a"}
    assert stems_of_numbered("no address") == frozenset()
    assert canonical_or("no address") == "no address"


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ('<a href="/a?page=2">2</a>', True),
        ('<a href="?page=2">Weiter</a>', True),
        ('<A HREF="/a?page=2">Next page: the locks</A>', True),
        ('<link rel="next" href="/a?page=2">', True),
        ('<a href="/a?page=2">Replies</a>', False),
        ('<a rel="next nofollow" href="/a?page=2">2</a>', False),
        ('<a rel="next" href="/a-2">The second piece</a>', False),
        ('<a href="/a-2">2</a>', True),
        ('<a rel="next" href="/b?page=2">2</a>', False),
        ('<a rel="next" href="https://other.example/a?page=2">2</a>', False),
    ],
)
def test_link_must_be_called_the_next_page(link: str, found: bool) -> None:
    """A number in an address counts where the link is called by it, or "next"."""
    paragraphs = "".join(f"<p>{LONG.format(n=n)}</p>" for n in range(9))
    body = f"<html><body><div>{paragraphs}</div>{link}</body>".encode()
    tree = read_page(body)
    assert tree is not None
    assert bool(next_part(tree, f"{SITE}/a")) is found
    assert may_be_paged(body, f"{SITE}/a") or not found


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/a">1</a>',
        '<a href="/a">First page</a>',
        '<link rel=prev href="/a">',
        '<link rel=canonical href="/a">',
    ],
)
def test_further_page_names_its_first(link: str) -> None:
    """A second page tells its first one by a link called 1, or by rel=prev."""
    paragraphs = "".join(f"<p>{LONG.format(n=n)}</p>" for n in range(9))
    tree = read_page(f"<html><body><div>{paragraphs}</div>{link}</body>".encode())
    assert tree is not None
    assert first_parts(tree, f"{SITE}/a?page=2") == (f"{SITE}/a",)
    assert first_parts(tree, f"{SITE}/c") == ()


def test_running_text_makes_an_article() -> None:
    """Text in one box, by paragraphs or line breaks, or a stated date; never a term."""
    lines = [LONG.format(n=n) for n in range(9)]
    broken = read_page(f"<div>{'<br>'.join(lines)}</div>".encode())
    listed = read_page("".join(f"<div><p>{one}</p></div>" for one in lines).encode())
    meta = '<meta property="article:published_time" content="2026-03-04">'
    stated = read_page(f"<head>{meta}</head><p>{lines[0]}</p>".encode())
    assert broken is not None and listed is not None and stated is not None
    assert is_article(broken, f"{SITE}/a")
    assert not is_article(listed, f"{SITE}/a")
    assert is_article(stated, f"{SITE}/a")
    assert not is_article(broken, f"{SITE}/tag/tides")


def test_page_marks_do_not_make_another_title() -> None:
    """What says which page it is belongs to no title; other numbers do."""
    titles = ("Tides", "Tides - Page 2 of 3", "Tides (2/3)", "Tides | Seite 2")
    assert {words(title) for title in titles} == {"tides"}
    assert words("Tides of 2026") != words("Tides")
    assert words("Minutes 2") != words("Minutes 3")


def test_pages_that_state_another_day_do_not_go_on() -> None:
    """The same headline goes on; another day never; a claim of the first page does."""
    head = '<script type="application/ld+json">{"datePublished": "2026-03-04"}</script>'
    tree = read_page(
        f"<head>{head}</head><h1>Tides</h1><h1><a href=/>Quay</a>".encode()
    )
    assert tree is not None
    first = face_of(tree, f"{SITE}/a")
    assert (first.headings, first.day) == (frozenset(["tides"]), "20260304")
    other = Face(headings=frozenset(["weirs"]), day="20260304", canonical=f"{SITE}/a")
    where = {"first_url": f"{SITE}/a", "url": f"{SITE}/a/2"}
    assert goes_on(first, Face(headings=frozenset(["tides"])), **where)
    assert goes_on(first, other, **where)
    review = Face(headings=frozenset(["tides"]), title="tides the quay")
    chapter = Face(headings=frozenset(["weirs"]), title="tides the quay")
    assert goes_on(review, chapter, **where)
    paper = Face(headings=frozenset(["tides"]), title="the quay")
    other = Face(headings=frozenset(["weirs"]), title="the quay")
    assert not goes_on(paper, other, **where)
    elsewhere = Face(headings=frozenset(["weirs"]), canonical=f"{SITE}/b")
    assert not goes_on(first, elsewhere, **where)
    later = Face(headings=frozenset(["tides"]), day="20260311")
    assert not goes_on(first, later, **where)
    assert not goes_on(first, Face(headings=frozenset(["weirs"])), **where)


def cut(*texts: str, headline: str = "Tides", **more: object) -> Article:
    """A page's article with these paragraphs."""
    blocks = tuple(Block(kind="paragraph", text=text) for text in texts)
    return Article(url=f"{SITE}/a", headline=headline, blocks=blocks, **more)  # type: ignore[arg-type]  # a test's own fields


def test_repetitions_and_labels_are_left_out() -> None:
    """Headline, standfirst, first lines, labels and pointers are no further text."""
    lead, note = LONG.format(n=1), "The writer keeps the tide tables of this paper."
    first = cut(lead, "One.", "Page 1 of 2", "Next page: Two", note, standfirst="So")
    second = cut("Tides", "So", lead, "Page 2 of 2", "Two.", "One.", "Three.", note)
    joined = join(first, [second])
    assert joined.body.splitlines() == [
        lead,
        "One.",
        "Two.",
        "One.",
        "Three.",
        note,
    ]


@pytest.mark.parametrize(
    "label",
    ["2/3", "Page 2 of 3", "1 2 3 Next", "Seite 2 von 3", "Next page: The weirs",
     "Auf Seite 2: Wehre", "Continued on the next page", "« Previous 1 2 3"],
)  # fmt: skip
def test_labels_of_pages_are_told(label: str) -> None:
    """What only says which page this is, or what stands on another one, is dropped."""
    assert join(cut("One.", label), [cut(label, "Two.")]).body == "One.\nTwo."


@pytest.mark.parametrize("line", ["Page by page it was read.", "2 of 3 weirs leak."])
def test_sentences_with_numbers_stay(line: str) -> None:
    """A sentence is no label, whatever words it begins with."""
    assert line in join(cut("One."), [cut(line)]).body


def test_title_and_introduction_of_a_page_stay() -> None:
    """A page's own title stands over its text; a shown introduction is text too."""
    shown = {"headline": "html", "standfirst": "html"}
    second = cut("Two.", headline="Weirs", standfirst="Of eels", sources=shown)
    joined = join(cut("One."), [second])
    assert [(b.kind, b.text) for b in joined.blocks] == [
        ("paragraph", "One."),
        ("subhead", "Weirs"),
        ("paragraph", "Of eels"),
        ("paragraph", "Two."),
    ]
    told = {"headline": "open graph", "standfirst": "meta"}
    second = cut("Two.", headline="Weirs", standfirst="Of eels", sources=told)
    assert join(cut("One."), [second]).body == "One.\nTwo."


def test_pictures_and_links_of_all_pages_are_kept_once() -> None:
    """Pictures keep their place in the text; what two pages show counts once."""
    eel, weir = Image(url="eel", after_block=1), Image(url="weir", after_block=2)
    link = Link(role="inline", url=f"{SITE}/b", text="b")
    first = cut("One.", images=(eel,), links=(link,), image=Image(url="lead"))
    pictures = (Image(url="lead"), Image(url="eel"), weir)
    second = cut("Tides", "Two.", images=pictures, links=(link,), tags=("eels",))
    joined = join(first, [second])
    assert [(i.url, i.after_block) for i in joined.images] == [("eel", 1), ("weir", 2)]
    assert (joined.links, joined.tags) == ((link,), ("eels",))


def test_pages_that_add_nothing_change_nothing() -> None:
    """An article stays as it is without further pages, or with the same one again."""
    first = cut("One.", "Two.")
    assert join(first, []) == join(first, [first, first]) == first


def test_all_pages_teach_of_their_site() -> None:
    """The lines of further pages are remembered with the first page's, each once."""
    line, other = (Trace(line=n, place=Place.RUNNING) for n in (1, 2))
    title = Trace(line=9, place=Place.HEADLINE)
    first = Lesson(headline=9, traces=(line, title))
    more = Lesson(headline=8, traces=(Trace(line=8, place=Place.HEADLINE), other, line))
    found = taught(first, [Cutting(article=None, lesson=more)])
    assert found == Lesson(headline=9, traces=(line, other, title))
    assert taught(None, []) is None


class Inline(Workers):
    """A pool that cuts in this process."""

    async def extract(self, page, profile, memory=None) -> Judged:  # type: ignore[no-untyped-def]
        """Cut and judge here."""
        order = Order(
            extractor=self.extractor, page=page, profile=profile, memory=memory
        )
        return judge(order)


def reextract(path: Path) -> Report:
    """Cut all captures of an archive again."""
    with Archive(path) as archive:
        job = Reextraction(archive, Inline(1), lambda site, home: generic(home))
        return asyncio.run(job.run(archive.stored_captures(), lambda report: None))


def test_captures_are_joined_again(tmp_path: Path) -> None:
    """Re-extraction finds the captures of all pages and joins them as the crawl did."""
    path = tmp_path / "archive.db"
    with press(harbour()) as site:
        mapped(site, path, "/harbour")
    report = reextract(path)
    assert (report.captures, report.same) == (1, 1)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE revisions SET blocks = '[]', body = ''")
    assert reextract(path).changed == 1
    assert bodies(path) == [whole(1, 2, 3)]
    assert faults(path) == []


def test_damaged_part_does_not_shorten_the_text(tmp_path: Path) -> None:
    """Where one of its captures cannot be read the article stays as it is."""
    path = tmp_path / "archive.db"
    with press(harbour()) as site:
        mapped(site, path, "/harbour")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE captures SET offset = offset + 3 WHERE part_of IS NOT NULL")
    report = reextract(path)
    assert (report.captures, len(report.unreadable)) == (1, 1)
    assert bodies(path) == [whole(1, 2, 3)]


def test_first_page_without_text_is_left_as_it_is() -> None:
    """Where nothing can be cut out of the first page, no other page is cut."""
    empty = Cutting(article=None, lesson=None)
    first = replace(page("a"), parts=(page("b"), page("c")))

    def fail(page: Page) -> Cutting:
        raise AssertionError(page.url)

    found = whole_of(empty, first, fail)
    assert (found.cutting, found.refusals) == (empty, (None, None))


def test_pages_of_what_is_rejected_are_rejected_too(tmp_path: Path) -> None:
    """A rejection of the first page is the outcome of all, and a failure likewise."""
    path = tmp_path / "archive.db"
    wall = Rejection(reason="login wall", detail="it asks for a password")
    with Archive(path) as archive:
        crawl = begun(archive)
        first = kept(archive, fetch(crawl, "a"))
        parts = (kept(archive, fetch(crawl, "b")), kept(archive, fetch(crawl, "c")))
        archive.reject(replace(first, parts=parts), wall)
        more = (fetch(crawl, "e"),)
        archive.fail(replace(fetch(crawl, "d"), parts=more), "its worker process died")
        archive.end_crawl(crawl, replace(ENDED, found=5), now=LATER)
    found = rows(path, "SELECT outcome, reason FROM fetches ORDER BY url")
    died = ("failed", "its worker process died")
    assert found == [("rejected", "login wall")] * 3 + [died] * 2
    assert faults(path) == []


def test_address_of_another_article_stays_that_ones(tmp_path: Path) -> None:
    """A further page that was archived by itself before is not taken from it."""
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        crawl = begun(archive)
        arrive(archive, fetch(crawl, "b"), article("b"))
        crawl = begun(archive)
        both = replace(fetch(crawl, "a"), parts=(kept(archive, fetch(crawl, "b")),))
        arrive(archive, both, article("a"))
    found = rows(path, "SELECT article_id, relation FROM urls ORDER BY url")
    assert found == [(2, "fetched"), (1, "fetched")]
    assert faults(path) == []


def test_empty_page_of_an_article_is_refused(tmp_path: Path) -> None:
    """A page without text adds nothing and is recorded as rejected, with reason."""
    path = tmp_path / "archive.db"
    wall = part(2)
    assert isinstance(wall.body, str)
    with press(harbour()) as site:
        begin, end = wall.body.index('<p class="st'), wall.body.index("</article>")
        site.pages["/harbour?page=2"] = type(wall)(
            body=wall.body[:begin] + wall.body[end:]
        )
        mapped(site, path, "/harbour")
    assert bodies(path) == [whole(1, 3)]
    found = rows(path, "SELECT outcome, reason FROM fetches ORDER BY url")
    assert found[1] == ("rejected", "no text")
    assert faults(path) == []

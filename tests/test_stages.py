"""Pages and cuts go in; rejections and decisions of the stages come out."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_pages import (
    HOME,
    LATER,
    NOW,
    OTHER,
    SITE,
    address,
    arrive,
    article,
    begun,
    faults,
    fetch,
    page,
    rows,
)
from scrapy.exceptions import DropItem

from archive.records import Article, Block, Known, Link, Rejection
from archive.write import Archive
from crawler.items import Hint, Page
from crawler.sites.profile import generic
from pipelines.capture import CaptureStage, fetch_of, origin_of
from pipelines.changes.text import text_of
from pipelines.deduplicate import DeduplicateStage, same_text
from pipelines.draft import Draft
from pipelines.extract import extract
from pipelines.extract.stage import ExtractStage
from pipelines.grounds import problem
from pipelines.identify import IdentifyStage, Place, digests, identify, words_key
from pipelines.revise import ReviseStage, Sides, revise
from pipelines.store import StoreStage
from pipelines.validate import ValidateStage, check

PROFILE = generic(f"{HOME}/")
SENTENCE = "The kettle works at Lidham will reopen in spring with sixty new jobs. "
LONG = (
    SENTENCE + "Its owners said the lids would be made of recycled tin, and that the"
    " trays would follow later in the year once the press had been repaired. "
)


def html(body: str, *, title: str = "Kettle works to reopen", head: str = "") -> bytes:
    """A page with a title."""
    return (
        f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    ).encode()


def verdict(found: Page) -> str | None:
    """The reason for which a page is rejected, or None for an article."""
    rejection = problem(found, extract(found, PROFILE))
    if rejection is not None:
        assert rejection.detail
    return rejection.reason if rejection else None


def text(*sentences: str) -> str:
    """An article element."""
    inner = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return f"<article><h1>Kettle works to reopen</h1>{inner}</article>"


DATE = '<meta property="article:published_time" content="2026-02-27T09:00:00Z">'


# Validate


def test_an_article_passes() -> None:
    """A page with a headline and a few paragraphs is an article."""
    assert verdict(page("news/a", html(text(LONG, SENTENCE)))) is None


@pytest.mark.parametrize("sentences", [(SENTENCE * 3,), (SENTENCE, LONG)])
def test_short_news_passes(sentences: tuple[str, ...]) -> None:
    """A news item of forty words is an article, though the page has a menu."""
    menu = "".join(f'<a href="/s{n}">Section {n}</a>' for n in range(12))
    body = f"<nav>{menu}</nav>{text(*sentences)}<footer>{menu}</footer>"
    assert verdict(page("news/a", html(body))) is None


def test_a_dated_page_may_be_very_short() -> None:
    """A page that states its date is an article from 15 words on, others from 30."""
    twenty = (
        "Sixty people will work at the kettle works in Lidham from spring, its owners"
    )
    twenty += " said on Monday at the site."
    assert verdict(page("news/a", html(text(twenty), head=DATE))) is None
    assert verdict(page("news/a", html(text(twenty)))) == "too short"
    assert (
        verdict(page("news/a", html(text("More follows."), head=DATE))) == "too short"
    )


MAGIC = {
    "PDF": b"%PDF-1.7 ...",
    "PNG image": b"\x89PNG\r\n",
    "JPEG image": b"\xff\xd8\xff\xe0",
    "GIF image": b"GIF89a",
    "ZIP": b"PK\x03\x04",
    "gzip": b"\x1f\x8b\x08",
}


@pytest.mark.parametrize("kind", MAGIC)
def test_other_formats_are_told_by_their_bytes(kind: str) -> None:
    """What only claims to be HTML is rejected, with the format it has."""
    rejection = problem(page("news/a", MAGIC[kind] + b" <p>text</p>"), None)
    assert rejection is not None and rejection.reason == "not HTML"
    assert kind in rejection.detail


@pytest.mark.parametrize(
    ("content_type", "body", "reason"),
    [
        ("application/json", b'{"a": 1}', "not HTML"),
        ("text/css", b"p { color: red }", "not HTML"),
        ("application/rss+xml", b"<rss></rss>", "not HTML"),
        ("text/html", b"", "empty page"),
        ("text/html", b" \n ", "empty page"),
        ("text/html", html("<p></p>"), "no text"),
    ],
)
def test_pages_without_html_or_text_are_rejected(
    content_type: str, body: bytes, reason: str
) -> None:
    """Other media types, empty answers and pages without text have their reasons."""
    found = replace(page("news/a", body), content_type=content_type)
    assert verdict(found) == reason


def test_html_under_a_wrong_label_passes() -> None:
    """HTML that a server labels as something else is read all the same."""
    found = page("news/a", html(text(LONG, SENTENCE)))
    for label in ("application/octet-stream", "text/plain", None, ""):
        assert verdict(replace(found, content_type=label)) is None


WALLS = {
    "not found page": "Sorry, the page you are looking for could not be found.",
    "login wall": "Sign in to read on. You must log in with your password.",
    "consent wall": "We value your privacy. We and our 812 partners store cookies.",
    "bot check": "Checking your browser before you go on. Are you a robot?",
    "error page": "Fatal error: Uncaught PDOException in db.php: stack trace follows.",
    "needs JavaScript": "This site requires JavaScript. Please enable JavaScript.",
}


@pytest.mark.parametrize("reason", WALLS)
def test_walls_and_error_pages_have_their_reasons(reason: str) -> None:
    """A short page that says what it is, is rejected for that."""
    filler = " Please go back or try again in a little while from the start page." * 3
    body = f"<main><h1>Kettle &amp; Lid</h1><p>{WALLS[reason]}{filler}</p></main>"
    assert verdict(page("news/a", html(body, title="Kettle & Lid"))) == reason


@pytest.mark.parametrize("reason", WALLS)
def test_articles_about_walls_pass(reason: str) -> None:
    """A dated article, or a long one, may say the same words and is an article."""
    assert verdict(page("news/a", html(text(LONG, WALLS[reason]), head=DATE))) is None
    many = [f"{LONG} {number}" for number in range(12)]
    assert verdict(page("news/a", html(text(*many, WALLS[reason])))) is None


def test_lists_of_links_are_index_pages() -> None:
    """A page whose text is the titles of others is an index page."""
    titles = [f"{SENTENCE} Part {number}" for number in range(8)]
    blocks = tuple(Block(kind="paragraph", text=title.strip()) for title in titles)
    links = tuple(
        Link(role="teaser", url=address(f"{n}"), text=block.text)
        for n, block in enumerate(blocks)
    )
    found = Article(url=address("news"), headline="News", blocks=blocks, links=links)
    rejection = problem(page("news/", html("<p>x</p>")), found)
    assert rejection is not None
    assert (rejection.reason, rejection.title) == ("index page", "News")
    assert "100%" in rejection.detail


def test_lists_of_teasers_are_index_pages() -> None:
    """A page whose paragraphs stand under linked titles of others is an index page."""
    teasers = "".join(
        f'<div><h2><a href="/news/{n}">Story {n} of lids</a></h2>'
        f"<p>{SENTENCE} It is number {n} of its kind this year.</p></div>"
        for n in range(9)
    )
    found = page("news/", html(f"<main><h1>News</h1>{teasers}</main>", title="News"))
    assert verdict(found) == "index page"


def test_articles_with_linked_subheads_pass() -> None:
    """A round-up whose subheads are links, and part of its text, is an article."""
    parts = "".join(
        f'<h2><a href="/maker/{n}">Maker {n}</a></h2><p>{LONG} It is number {n}.</p>'
        f"<p>{SENTENCE} Then there is more of number {n}.</p>"
        f"<p>Readers wrote in about {n} too, and said that the lids never close.</p>"
        for n in range(5)
    )
    body = f"<article><h1>Five makers of lids</h1><p>{LONG}</p>{parts}</article>"
    assert verdict(page("news/a", html(body))) is None


@pytest.mark.parametrize("query", ["", "?page=2", "?s=lids", "?utm_source=feed"])
def test_parameters_of_lists_do_not_make_an_article(query: str) -> None:
    """The home page stays one with the parameters of its lists."""
    assert verdict(page(query, html(text(LONG, SENTENCE)))) == "index page"


def test_an_article_at_the_root_is_told_by_its_parameter() -> None:
    """Plain permalinks such as /?p=123 are addresses of articles, also redirected."""
    found = page("?p=123", html(text(LONG, SENTENCE)))
    assert verdict(found) is None
    assert verdict(replace(found, redirects=(address("a"),))) is None


def test_the_home_page_is_no_article() -> None:
    """Text at the site's root is an index page, unless the page dates itself."""
    assert verdict(page("", html(text(LONG, SENTENCE)))) == "index page"
    assert verdict(page("", html(text(LONG, SENTENCE), head=DATE))) is None


def test_a_redirect_to_the_home_page_shows_no_article() -> None:
    """An address that only leads home any more has lost its article."""
    found = page("", html(text(LONG, SENTENCE), head=DATE))
    moved = replace(found, redirects=(address("news/a"),))
    assert verdict(moved) == "redirected to the home page"


def test_a_menu_taken_for_text_is_too_short() -> None:
    """Words inside links do not count where there is hardly any other text."""
    names = [f"Section number {number} of the title" for number in range(8)]
    blocks = (Block(kind="paragraph", text=" ".join(names)),)
    found = Article(url=address("a"), headline="Kettle", blocks=blocks)
    menu = "".join(f"<a href='/{n}'>{name}</a>" for n, name in enumerate(names))
    rejection = problem(page("a", html(menu)), found)
    assert rejection is not None and rejection.reason == "too short"


def test_a_page_swallowed_whole_is_too_short() -> None:
    """A line of text among links, cut as one block of windows-1252, is no article."""
    names = [f"‘Lids {number}’ come back to the works" for number in range(8)]
    block = Block(kind="paragraph", text=f"{' '.join(names)} {SENTENCE}")
    found = Article(url=address("a"), headline="Kettle", blocks=(block,))
    menu = "".join(f"<a href='/{n}'>{name}</a>" for n, name in enumerate(names))
    body = html(menu, head='<meta charset="windows-1252">').decode()
    rejection = problem(page("a", body.encode("windows-1252")), found)
    assert rejection is not None and rejection.reason == "too short"


def test_scripts_without_spaces_have_words_too() -> None:
    """A page in Japanese is not too short because it has no spaces."""
    sentence = "春に新しい工場が再開されると会社が月曜日に発表した。"
    assert verdict(page("news/a", html(text(sentence * 3)))) is None


def test_an_extractor_that_failed_is_a_reason() -> None:
    """What could not be cut is rejected with what went wrong, other formats first."""
    draft = Draft(page=page("a"), fetch=fetch(1, "a"), failure="took longer than 20 s")
    rejection = check(draft)
    assert rejection is not None
    assert (rejection.reason, rejection.detail) == (
        "extraction failed",
        "took longer than 20 s",
    )
    rejection = check(replace(draft, page=page("a", b"%PDF-")))
    assert rejection is not None and rejection.reason == "not HTML"


@given(body=st.binary(max_size=300), label=st.text(max_size=30))
def test_no_bytes_make_validation_fail(body: bytes, label: str) -> None:
    """Whatever a server sends, the answer is a reason or none, never an error."""
    found = replace(page("news/a", body), content_type=label)
    cut = article("a")
    assert problem(found, None) is not None
    assert problem(found, cut) is None or problem(found, cut) is not None


# Identify


class Shelf:
    """An archive for identify, made of what the test states."""

    def __init__(self, known: dict[str, Known] | None = None, home: str | None = None):
        self.known = known or {}
        self.home = home

    def article_at(self, url: str) -> Known | None:
        """The article at a stated address."""
        return self.known.get(url)

    def fetched_address(self, article_id: int) -> str | None:
        """The stated address of any article."""
        return self.home

    def body(self, article_id: int) -> str:
        """The body of any article: no words in common with what arrives."""
        return "Nothing of the kind."

    def articles_called(self, site: str, names: Iterable[str]) -> list[Known]:
        """No article was ever called anything."""
        return []


def known(name: str, *, number: int = 7, relation: str = "fetched") -> Known:
    """An archived article."""
    what = article(name)
    found = digests(what)
    return Known(
        article_id=number,
        site="kettle",
        url=address(name),
        headline=what.headline,
        text_digest=found.text,
        body_digest=found.body,
        published_on=what.published.on if what.published else None,
        relation=relation,
    )


def decide(
    what: Article, shelf: Shelf, *, final: str = "a", passed: tuple[str, ...] = ()
) -> tuple[str, int | None, str]:
    """Outcome, article and URL of a decision."""
    place = Place(
        final=address(final),
        passed=tuple(address(one) for one in passed),
        claimed=what.url,
    )
    found = identify(what, digests(what).body, place, shelf)
    return found.outcome, found.article_id, found.url


def test_a_new_article_gets_the_address_it_claims() -> None:
    """Where nothing speaks against it, the canonical URL is the article's own."""
    what = article("a", url=address("canonical"))
    assert decide(what, Shelf(), final="a?ref=x") == ("stored", None, what.url)


def test_a_known_address_is_the_same_article() -> None:
    """An address that was fetched before shows the same article, whatever its text."""
    shelf = Shelf({address("a"): known("a")})
    assert decide(article("b", address("a")), shelf) == ("unchanged", 7, address("a"))


def test_another_articles_address_is_not_believed() -> None:
    """A page that claims the address of an article with other text is its own."""
    shelf = Shelf({address("b"): known("b")})
    what = article("a", url=address("b"))
    assert decide(what, shelf) == ("stored", None, address("a"))


@pytest.mark.parametrize("same", ["headline", "body"])
def test_a_claim_is_believed_where_the_text_agrees(same: str) -> None:
    """The same body, or headline and day, at a claimed address is one article."""
    shelf = Shelf({address("b"): known("b")})
    what = article("b")
    if same == "headline":
        what = replace(what, blocks=(Block(kind="paragraph", text="Anything."),))
    else:
        what = replace(what, headline="Another headline")
    assert decide(what, shelf) == ("alias", 7, address("b"))


@pytest.mark.parametrize("relation", ["canonical", "redirect"])
def test_a_claimed_address_gives_way(relation: str) -> None:
    """What answers at an address owns it, not who claimed it or was reached by it."""
    shelf = Shelf({address("b"): known("b", relation=relation)}, home=address("b?x"))
    what = article("z", url=address("b"))
    place = Place(final=address("b"), passed=(), claimed=address("b"))
    found = identify(what, digests(what).body, place, shelf)
    assert (found.outcome, found.url) == ("stored", address("b"))
    assert found.displaced == (7, address("b?x"))
    same = article("b")
    assert decide(same, shelf, final="b") == ("unchanged", 7, address("b"))


def test_a_moved_slug_keeps_its_article() -> None:
    """An address that redirects to the same piece under a new slug has moved."""
    shelf = Shelf({address("old"): known("a")})
    what = article("a", url=address("new"))
    moved = decide(what, shelf, final="new", passed=("old",))
    assert moved == ("unchanged", 7, address("a"))
    other = article("b", url=address("new"))
    found = decide(other, shelf, final="new", passed=("old",))
    assert found == ("stored", None, address("new"))


def test_an_address_that_only_redirected_before_has_not_moved() -> None:
    """A redirect tells of a move only where the address itself showed the article."""
    shelf = Shelf({address("hub"): known("a", relation="redirect")})
    what = article("a", url=address("new"))
    found = decide(what, shelf, final="new", passed=("hub",))
    assert found == ("stored", None, address("new"))


CLAIMS = {
    "home page": "/",
    "other site": "https://other.example/news/a",
    "section above": "/news",
    "nonsense": "http://[broken",
}


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_wrong_claims_are_not_believed(claim: str) -> None:
    """A canonical link to the home page, a section or another site is passed over."""
    head = f'<link rel="canonical" href="{claim}">'
    found = page("news/a", html(text(LONG, SENTENCE), head=head))
    cut = extract(found, PROFILE)
    assert cut is not None and cut.url == address("news/a")


def test_digests_leave_spelling_of_the_page_alone() -> None:
    """White space does not make a revision; a changed word does."""
    one, two = (
        article("a", text="One  two\tthree."),
        article("a", text="One two three."),
    )
    assert digests(one) == digests(two)
    assert digests(article("a", text="One two four.")) != digests(two)
    assert digests(one).text.startswith("1") and digests(one).body.startswith("1")


def test_body_digests_are_of_words_alone() -> None:
    """Copies differ in quotation marks and capitals, not in words."""
    one, two = "“Lids” — they ‘lift’!", "\"lids\" -  they 'LIFT'"
    assert words_key(one) == words_key(two) == "lids they lift"


def test_hints_do_not_change_the_text_digest() -> None:
    """A standfirst that only a feed gave is no part of the page's text."""
    plain = replace(article("a"), standfirst=None)
    hinted = replace(plain, standfirst="From the feed", sources={"standfirst": "feed"})
    stated = replace(plain, standfirst="From the page", sources={"standfirst": "html"})
    assert digests(hinted).text == digests(plain).text != digests(stated).text


# Deduplicate and revise


def test_the_same_text_has_the_same_headline() -> None:
    """Only a candidate with the same headline is the same article on one site."""
    column = replace(known("b"), headline="The week in lids")
    assert same_text(article("a"), [column]) is None
    assert same_text(article("a"), [column, known("a")]) == known("a")


@pytest.mark.parametrize(
    ("name", "is_new", "leads", "outcome"),
    [
        ("a", False, True, "unchanged"),
        ("a", False, False, "unchanged"),
        ("a", True, True, "alias"),
        ("b", False, True, "revised"),
        ("b", False, False, "alias"),
        ("b", True, True, "revised"),
    ],
)
def test_only_the_leading_address_revises(
    name: str, is_new: bool, leads: bool, outcome: str
) -> None:
    """Another text is a revision where the article lives, elsewhere an alias."""
    what = article("a")
    place = Place(final=address("a"), passed=(), claimed=address("a"))
    shelf = Shelf({address("a"): known("a")})
    decision = identify(what, digests(what).body, place, shelf)
    sides = Sides(before=text_of(what), after=text_of(article(name)))
    done = revise(
        decision, sides if leads else None, is_known=name == "a", is_new=is_new
    )
    assert (done.outcome, done.article_id) == (outcome, 7)


# The stages together, on an archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive that is checked when the test is over."""
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        yield archive
    assert faults(path) == []


def test_a_second_fetch_of_the_same_text_is_unchanged(archive: Archive) -> None:
    """The same page again makes no revision, another text does, once."""
    crawl = begun(archive)
    outcomes = [
        arrive(archive, fetch(crawl, "a"), article("a", text=text)).outcome
        for text in ("One text.", "One text.", "Another text.", "Another text.")
    ]
    assert outcomes == ["stored", "unchanged", "revised", "unchanged"]


def test_two_addresses_with_other_furniture_do_not_take_turns(archive: Archive) -> None:
    """A print view that differs a little is an alias for ever, not a revision a day."""
    crawl = begun(archive)
    plain, printed = article("a"), article("a", text="Printed. " + LONG)
    views = [("a", plain), ("a?print=1", printed)] * 3
    outcomes = [arrive(archive, fetch(crawl, p), what).outcome for p, what in views]
    assert outcomes == ["stored", "alias", "unchanged", "alias", "unchanged", "alias"]


def test_the_canonical_page_wins_over_its_views(archive: Archive) -> None:
    """Where a view came first, a later crawl's canonical page brings its text."""
    plain, printed = article("a"), article("a", text="Printed. " + LONG)
    views = [("a?print=1", printed), ("a", plain), ("a?print=1", printed)]
    outcomes = [
        arrive(archive, fetch(begun(archive), p), what).outcome for p, what in views
    ]
    assert outcomes == ["stored", "revised", "alias"]


def test_nothing_is_revised_in_the_crawl_that_found_it(archive: Archive) -> None:
    """Which of an article's pages is cut is decided when that crawl ends."""
    crawl = begun(archive)
    plain, printed = article("a"), article("a", text="Printed. " + LONG)
    views = [("a?print=1", printed), ("a", plain)]
    outcomes = [arrive(archive, fetch(crawl, p), what).outcome for p, what in views]
    assert outcomes == ["stored", "alias"]


def test_a_moved_article_is_revised_at_its_new_address(archive: Archive) -> None:
    """A correction that comes with a new slug is a revision of the same article."""
    arrive(archive, fetch(begun(archive), "old"), article("a", address("old")))
    crawl = begun(archive)
    corrected = article("a", address("new"), text="Corrected.")
    moved = replace(fetch(crawl, "old", at=LATER), final_url=address("new"))
    assert arrive(archive, moved, corrected).outcome == "revised"
    again = arrive(archive, fetch(crawl, "new"), corrected)
    assert (again.outcome, again.article_id) == ("unchanged", 1)


def test_a_redirect_to_a_notice_leaves_the_old_article(archive: Archive) -> None:
    """Where an article's address leads to another text, both keep their own."""
    crawl = begun(archive)
    arrive(archive, fetch(crawl, "a"), article("a"))
    away = replace(fetch(crawl, "a"), final_url=address("b"))
    assert arrive(archive, away, article("b")).outcome == "stored"
    back = arrive(archive, fetch(crawl, "a"), article("a"))
    assert (back.outcome, back.article_id) == ("unchanged", 1)


def test_the_same_headline_with_another_body_is_another_article(
    archive: Archive,
) -> None:
    """A column with one headline every week is an article every week."""
    crawl = begun(archive)
    for week in range(3):
        column = replace(article(f"w{week}"), headline="The week in lids")
        assert arrive(archive, fetch(crawl, f"w{week}"), column).outcome == "stored"


def test_the_same_text_on_another_title_is_an_article_of_its_own(
    archive: Archive,
) -> None:
    """Titles do not share articles; a copy is stored for both."""
    first, second = begun(archive), begun(archive, OTHER)
    arrive(archive, fetch(first, "a"), article("a"))
    theirs = article("a", url=address("a", OTHER))
    copy = arrive(archive, fetch(second, "a", site=OTHER), theirs)
    assert (copy.outcome, copy.article_id) == ("stored", None)


TEXTS = ("a", "b", "c")
ADDRESSES = [f"{name}{view}" for name in TEXTS for view in ("", "?v=1", "?v=2")]


@settings(max_examples=40, deadline=None)
@given(
    order=st.permutations(ADDRESSES),
    claims=st.lists(st.sampled_from(ADDRESSES), min_size=9, max_size=9),
    honest=st.booleans(),
)
def test_the_set_of_articles_does_not_depend_on_the_order(
    tmp_path_factory: pytest.TempPathFactory,
    order: list[str],
    claims: list[str],
    honest: bool,
) -> None:
    """Three texts at nine addresses, whatever they claim, are three articles always."""
    claim = dict(zip(ADDRESSES, claims, strict=True))
    path = tmp_path_factory.mktemp("archive") / "archive.db"
    with Archive(path) as archive:
        crawl = begun(archive)
        for where in itertools.chain(order, order[:4]):
            url = address(where[0] if honest else claim[where])
            arrive(archive, fetch(crawl, where), article(where[0], url))
    assert faults(path) == []
    stored = rows(path, "SELECT headline, revision FROM full_articles ORDER BY 1")
    assert stored == [(f"Lids return to {name}", 1) for name in TEXTS]
    led = rows(
        path, "SELECT u.url, headline FROM urls u JOIN articles ON id=article_id"
    )
    shown = dict(led)
    assert all(shown[address(w)] == f"Lids return to {w[0]}" for w in ADDRESSES)


# The adapters


class Stats:
    """Counts as Scrapy's stats do."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def inc_value(self, name: str) -> None:
        """Count one."""
        self.counts[name] = self.counts.get(name, 0) + 1


class Crawler:
    """As much of Scrapy's crawler as a stage uses."""

    def __init__(self, path: Path) -> None:
        self.settings = {"ARCHIVE": str(path)}
        self.stats = Stats()
        self.spider: object = None


class Spider:
    """As much of a spider as a stage uses."""

    profile = PROFILE


STAGES: tuple[Any, ...] = (
    CaptureStage,
    ExtractStage,
    ValidateStage,
    IdentifyStage,
    DeduplicateStage,
    ReviseStage,
    StoreStage,
)


@pytest.fixture
def crawler(tmp_path: Path) -> Crawler:
    """A crawler whose archive is a new one."""
    return Crawler(tmp_path / "archive.db")


def test_a_page_passes_the_adapters_one_after_the_other(crawler: Crawler) -> None:
    """Each adapter does its stage's work, counts it and drops what is rejected."""
    capture, validate = (s.from_crawler(crawler) for s in (CaptureStage, ValidateStage))  # type: ignore[arg-type]
    begun(capture.archive)
    draft = capture.process_item(page("a"))
    assert draft.fetch.capture_id == 1
    draft = replace(draft, rejection=Rejection(reason="no text", detail="none found"))
    with pytest.raises(DropItem, match=r"^no text .*: https://kettle\.example/a$"):
        validate.process_item(draft)
    assert crawler.stats.counts == {"validate/rejected": 1}
    capture.close_spider()
    validate.close_spider()
    assert rows(Path(crawler.settings["ARCHIVE"]), "SELECT reason FROM rejected") == [
        ("no text",)
    ]


def test_an_article_passes_all_adapters(crawler: Crawler) -> None:
    """From the page to the row: cut in a worker, identified, stored, counted once."""
    crawler.spider = Spider()
    stages = [stage.from_crawler(crawler) for stage in STAGES]
    begun(stages[0].archive)
    for path in ("news/a", "news/a", "news/b"):
        item = page(path, html(text(LONG, SENTENCE)))
        item = stages[0].process_item(item)
        item = asyncio.run(stages[1].process_item(item))
        for stage in stages[2:]:
            item = stage.process_item(item)
    for stage in stages:
        stage.close_spider()
    counts = {"store/stored": 1, "store/unchanged": 1, "store/alias": 1}
    assert crawler.stats.counts == counts
    stored = rows(Path(crawler.settings["ARCHIVE"]), "SELECT url FROM articles")
    assert stored == [(address("news/a"),)]


def test_a_page_that_breaks_a_stage_is_a_failed_address(crawler: Crawler) -> None:
    """Whatever goes wrong in a stage is recorded for the address; nothing is lost."""
    store = StoreStage.from_crawler(crawler)  # type: ignore[arg-type]
    crawl = begun(store.archive)
    broken = Draft(page=page("a"), fetch=fetch(crawl, "a"), article=article("a"))
    with pytest.raises(DropItem, match=r"failed \(AssertionError: .*/a$"):
        store.process_item(broken)
    store.close_spider()
    assert crawler.stats.counts == {"fetch/failed": 1}
    path = Path(crawler.settings["ARCHIVE"])
    ((outcome, reason),) = rows(path, "SELECT outcome, reason FROM fetches")
    assert outcome == "failed" and str(reason).startswith("StoreStage: AssertionError")


def test_an_address_that_cannot_be_normalised_fails_alone(crawler: Crawler) -> None:
    """A page whose own address is broken is a failure of that address."""
    capture = CaptureStage.from_crawler(crawler)  # type: ignore[arg-type]
    begun(capture.archive)
    with pytest.raises(DropItem, match="InvalidUrl"):
        capture.process_item(replace(page("a"), url="http://[broken"))
    capture.close_spider()
    path = Path(crawler.settings["ARCHIVE"])
    assert rows(path, "SELECT url, outcome FROM fetches") == [(address("a"), "failed")]


def test_pages_are_dropped_while_the_archive_cannot_be_written(
    crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that cannot be kept is left over, in one line and without a traceback."""
    import os

    from archive.errors import ArchiveWriteError

    capture = CaptureStage.from_crawler(crawler)  # type: ignore[arg-type]
    begun(capture.archive)
    draft = capture.process_item(page("a"))

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdatasync", full)
    with pytest.raises(ArchiveWriteError):
        capture.archive.commit()
    with pytest.raises(DropItem, match=r"^not kept \(.*No space left.*/b$"):
        capture.process_item(page("b"))
    store = StoreStage.from_crawler(crawler)  # type: ignore[arg-type]
    with pytest.raises(DropItem, match=r"^not kept \(.*No space left.*/a$"):
        store.process_item(draft)
    store.close_spider()
    with pytest.raises(ArchiveWriteError):
        capture.close_spider()


def test_a_capture_knows_how_its_page_was_come_by() -> None:
    """Redirects, validators and hints of a page are kept for its next fetch and cut."""
    found = replace(
        page("b"),
        requested_url=address("a"),
        redirects=(address("a"),),
        headers=(("ETag", '"1"'), ("Last-Modified", "Mon")),
        hints=(Hint(route="feed", source=f"{HOME}/feed", title="Lids \ud800"),),
    )
    record = fetch_of(found, 3)
    assert (record.url, record.final_url) == (address("a"), address("b"))
    assert (record.etag, record.last_modified) == ('"1"', "Mon")
    origin = origin_of(found)
    assert origin.hints.isascii() and "feed" in origin.hints
    assert record.site == SITE.name and record.at == NOW

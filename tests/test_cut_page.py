"""The page "How this was cut": labelled lines, and what is told without them.

Fake cutters stand in for the real one where only the reading room is looked at.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from reading_room import Reader, Sample, SampleArchive

from archive.browse import cutting
from archive.browse.cut_lines import groups, legend, runs
from archive.browse.cutting import Cut, Cuts, Line, Uncut, offer
from archive.records import Block
from archive.stored import StoredCapture

CUT = "/-/articles/1/cut"
SCRIPT = "<script>alert(1)</script>{{7*7}}"


def line(text: str, role: str = "body", rule: str = "in the article") -> Line:
    """A line of a page; of the text if it is a body's."""
    kept = role == "body"
    return Line(role=role, rule=rule, kept=kept, text=text, level=0, path="/html/p")


LINES = (
    line("Rail Post", "nav", "outside the article"),
    line("Depot opens in Harrow", "headline", "headline"),
    line("A depot has opened."),
    replace(
        line("Read more: Old depot closes", "related", "leads elsewhere"),
        links=(("https://rail-post.example/old", "Old depot closes"),),
    ),
)
MADE = Cut(
    lines=LINES,
    more=0,
    headline="Depot opens in Harrow",
    standfirst=None,
    blocks=(Block(kind="paragraph", text="A depot has opened."),),
    extractor="cuttings 0.1",
)


@dataclass
class Fake:
    """A cutter that gives one answer and counts how often it is asked."""

    answer: Cut | Uncut = MADE
    asked: list[int] = field(default_factory=list)
    at_once: list[int] = field(default_factory=list)
    busy: int = 0

    async def __call__(self, db: Path, stored: StoredCapture) -> Cut | Uncut:
        """Take a while, and note how many are at it."""
        self.asked.append(stored.capture_id)
        self.busy += 1
        self.at_once.append(self.busy)
        await asyncio.sleep(0.01)
        self.busy -= 1
        return self.answer


@pytest.fixture
def sample(tmp_path: Path) -> SampleArchive:
    """An archive of one article whose capture was fetched."""
    made = SampleArchive(tmp_path / "room.db")
    made.crawl("rail-post")
    made.add(Sample())
    fetched(made)
    return made


def fetched(sample: SampleArchive) -> None:
    """Give every capture its fetch."""
    sample.db.execute(
        "INSERT OR IGNORE INTO fetches (crawl_id, url, outcome, capture_id, at)"
        " SELECT 1, url || '?' || id, 'stored', id, fetched_at FROM captures"
    )


def shown(reader: Reader, path: str = CUT, status: int = 200) -> BeautifulSoup:
    """A page, parsed."""
    response = reader.get(path)
    assert response.status_code == status
    return BeautifulSoup(response.text, "lxml")


def told(page: Tag) -> str:
    """A page's text with white space folded."""
    return " ".join(page.get_text(" ").split())


def room(sample: SampleArchive, answer: Cut | Uncut) -> Reader:
    """A reading room with a fake cutter."""
    reader = Reader(sample.path)
    offer(reader.datasette, Fake(answer))
    return reader


def test_lines_stand_in_their_columns(sample: SampleArchive) -> None:
    """Every line is shown in the page's order, on its side, with role and rule."""
    page = shown(room(sample, MADE))
    items = page.select("ol.anatomy > li")
    sides = [["out"], ["apart", "headline"], ["kept", "body"], ["out"]]
    assert [item["class"] for item in items] == sides
    assert told(items[0]) == "Left out: nav outside the article Rail Post"
    assert told(items[2]) == "body in the article A depot has opened."
    link = items[3].select_one("a")
    assert link is not None
    assert link["href"] == "https://rail-post.example/old"
    assert set(link["rel"]) == {"nofollow", "noopener", "noreferrer"}


def test_legend_counts_every_role(sample: SampleArchive) -> None:
    """The legend has each role with lines and words, and links to its first line."""
    page = shown(room(sample, MADE))
    cells = [[td.text for td in tr.select("td")] for tr in page.select(".roles tr")]
    counts = [tuple(row[:3]) for row in cells if row]
    assert counts == [
        *(("body", "1", "4"), ("headline", "1", "4")),
        *(("related", "1", "5"), ("nav", "1", "2")),
    ]
    assert "4 of 15 words on the page" in told(page)
    for link in page.select(".roles a"):
        assert page.select(str(link["href"]))


def test_long_runs_of_furniture_are_folded(sample: SampleArchive) -> None:
    """Of many left-out lines all are on the page, most of them behind a summary."""
    menu = tuple(line(f"Item {n}", "nav", "outside the article") for n in range(30))
    page = shown(room(sample, replace(MADE, lines=menu)))
    assert len(page.select("ol.anatomy li li")) == 30
    assert len(page.select("ol.anatomy details li")) == 25
    assert "25 more lines" in told(page)


def test_hostile_lines_stay_text(sample: SampleArchive) -> None:
    """Markup in lines, rules and links is text, and only web addresses are links."""
    evil = Line(
        role=SCRIPT,
        rule=SCRIPT,
        kept=False,
        text=SCRIPT + " go",
        level=99,
        path='"><script>',
        links=(("javascript:alert(1)", "go"), ('https://a.example/"x', SCRIPT)),
    )
    gone = Block(kind="quote", text=SCRIPT)
    made = replace(MADE, lines=(evil, replace(evil, kept=True)), blocks=(gone,))
    page = shown(room(sample, made))
    assert page.select("script, img, [onload]") == []
    assert "49" not in told(page)
    assert page.select("ol.anatomy a") == []


def test_fields_outside_the_text_are_named(sample: SampleArchive) -> None:
    """A headline that stands among what was left out is not lost, and that is told."""
    lost = line("Depot opens in Harrow", "nav", "not in the profile's selector")
    page = shown(room(sample, replace(MADE, lines=(lost, *LINES[2:]))))
    (note,) = page.select(".anatomy .as")
    assert note.text == "(kept as the headline)"


def test_a_difference_is_told(sample: SampleArchive) -> None:
    """Where today's cut is another one, its versions and the lines are named."""
    blocks = (Block(kind="paragraph", text="A depot was opened."),)
    made = replace(MADE, extractor="cuttings 9", blocks=blocks, standfirst="At last.")
    page = told(shown(room(sample, made)))
    assert "The archive’s text was cut by cuttings 0.1; cut today by cuttings 9" in page
    assert "it would differ in its standfirst and text" in page
    assert "1 line of the archive’s text would go A depot has opened." in page
    assert "1 line would be added to it A depot was opened." in page


def test_the_memory_that_a_text_was_cut_with_is_told(sample: SampleArchive) -> None:
    """Of the stored text and of today's cut, here; of the stored one by its article."""
    sample.db.execute("UPDATE revisions SET memory = 5")
    sample.db.execute("UPDATE sites SET memory = 7")
    reader = room(sample, replace(MADE, extractor="cuttings 9", standfirst="At last."))
    page = told(shown(reader))
    assert "was cut by cuttings 0.1 with site memory 5; cut today by cuttings 9" in page
    assert "by cuttings 9 with site memory 7 it would differ" in page
    assert "cuttings 0.1 with site memory 5" in told(shown(reader, "/-/articles/1"))


def test_no_difference_is_not_told(sample: SampleArchive) -> None:
    """Where today's cut is the stored one, nothing is said of differences."""
    page = shown(room(sample, MADE))
    assert page.select(".notice") == []


def test_a_page_without_an_article_differs(sample: SampleArchive) -> None:
    """Where nothing would be cut out today, the whole text would go."""
    made = replace(MADE, headline=None, blocks=())
    page = told(shown(room(sample, made)))
    assert "it would differ in its headline and text" in page


def test_limits_are_told(sample: SampleArchive) -> None:
    """Lines that are too many and a profile that is missing are told."""
    page = told(shown(room(sample, replace(MADE, more=1200, lacks_profile=True))))
    assert "There are 1,200 more lines" in page
    assert "The profile of this site is not on this server" in page


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Uncut(why="It took too long."), "It took too long."),
        (replace(MADE, lines=()), "The capture holds no text"),
    ],
)
def test_uncut_pages_say_why(
    sample: SampleArchive, answer: Cut | Uncut, words: str
) -> None:
    """A page that cannot be cut says so in words, and leads back to the article."""
    page = shown(room(sample, answer))
    assert words in told(page)
    assert page.select("main p a[href='/-/articles/1']")


def test_plain_datasette_says_so(sample: SampleArchive) -> None:
    """Without our command the page tells how to start the server with it."""
    page = told(shown(Reader(sample.path)))
    assert "not started with “cuttings serve”" in page
    assert "“cuttings anatomy 1”" in page


def test_article_links_to_its_cut(sample: SampleArchive) -> None:
    """The newest text of an article that was captured links to how it was cut."""
    sample.add(Sample(headline="Never captured"))
    sample.db.execute("UPDATE revisions SET capture_id = NULL WHERE article_id = 2")
    reader = Reader(sample.path)
    link = shown(reader, "/-/articles/1").select_one(f"a[href='{CUT}']")
    assert link is not None
    assert link["rel"] == ["nofollow"]
    assert shown(reader, "/-/articles/2").select("a[href$='/cut']") == []


def test_articles_without_a_page_say_so(sample: SampleArchive) -> None:
    """Imported texts and texts without a capture have no lines; 404 for no article."""
    sample.revise(1, Sample(headline="As imported"))
    sample.db.execute("UPDATE captures SET kind = 'resource' WHERE id = 2")
    sample.add(Sample(headline="Never captured"))
    sample.db.execute("UPDATE revisions SET capture_id = NULL WHERE article_id = 2")
    reader = room(sample, MADE)
    assert "was imported as plain text" in told(shown(reader))
    assert "has no capture" in told(shown(reader, "/-/articles/2/cut"))
    assert "no article with this number" in told(
        shown(reader, "/-/articles/7/cut", 404)
    )


def test_hidden_captures_are_not_shown(sample: SampleArchive) -> None:
    """Who may not see the captures may not see their lines either."""
    closed = {"databases": {"room": {"tables": {"captures": {"allow": False}}}}}
    reader = Reader(sample.path, metadata=closed)
    offer(reader.datasette, Fake())
    assert reader.get(CUT).status_code == 403
    assert reader.get("/-/articles/1").status_code == 200


def test_no_script_runs(sample: SampleArchive) -> None:
    """The page is sent with the headers of all our pages."""
    headers = room(sample, MADE).get(CUT).headers
    assert "script-src 'none'" in headers["content-security-policy"]


def stored(number: int) -> Any:
    """A capture of which only the number matters."""
    return SimpleNamespace(capture_id=number)


def test_answers_are_kept_for_a_while() -> None:
    """A page is cut once, again when its time is up, and again when memory changes."""
    clock = [0.0]
    fake = Fake()
    cuts = Cuts(fake, lambda: clock[0])

    async def ask(*asked: tuple[float, int]) -> None:
        for now, memory in asked:
            clock[0] = now
            assert await cuts.of(Path("a.db"), stored(1), memory) is MADE

    asyncio.run(ask((0, 0), (cutting.KEPT_SECONDS - 1, 0)))
    assert fake.asked == [1]
    asyncio.run(ask((cutting.KEPT_SECONDS, 0), (cutting.KEPT_SECONDS, 1)))
    assert fake.asked == [1, 1, 1]


def test_only_the_last_answers_are_kept() -> None:
    """Who reads every article does not fill the server's memory."""
    fake = Fake()
    cuts = Cuts(fake)

    async def ask(numbers: range) -> None:
        for capture_id in numbers:
            await cuts.of(Path("a.db"), stored(capture_id), 0)

    asyncio.run(ask(range(cutting.MOST_KEPT + 1)))
    asyncio.run(ask(range(cutting.MOST_KEPT, -1, -1)))
    assert fake.asked == [*range(cutting.MOST_KEPT + 1), 0]


def test_one_page_is_cut_at_a_time() -> None:
    """Readers of one page share its cut, a few wait, and the rest come again later."""
    fake = Fake()
    cuts = Cuts(fake)

    async def ask() -> list[Cut | Uncut | None]:
        wanted = [1, 1, *range(2, cutting.MOST_ASKED + 3)]
        asked = (cuts.of(Path("a.db"), stored(number), 0) for number in wanted)
        return list(await asyncio.gather(*asked))

    answers = asyncio.run(ask())
    assert answers == [MADE] * (cutting.MOST_ASKED + 1) + [None] * 2
    assert fake.asked == [*range(1, cutting.MOST_ASKED + 1)]
    assert set(fake.at_once) == {1}


def test_a_busy_server_says_so(
    sample: SampleArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who comes while too many pages are being cut is told to come again."""
    monkeypatch.setattr(cutting, "MOST_ASKED", 0)
    page = shown(room(sample, MADE), status=503)
    assert "Please try again" in told(page)


def test_lines_decided_alike_stand_together() -> None:
    """Runs of one role and rule are one group; only the first of a role is a target."""
    found = list(groups([*LINES[:1], *LINES[:1], *LINES[2:3], *LINES[:1]]))
    assert [(group.role, len(group.lines)) for group in found] == [
        *(("nav", 2), ("body", 1), ("nav", 1))
    ]
    assert [group.anchor for group in found] == ["out-nav", "text-body", None]
    assert list(groups(())) == []


def test_links_are_found_in_their_line() -> None:
    """A line is its own text with its links in place; what is not in it is no link."""
    text = "See the plan and the plan, here"
    links = (("https://a.example/1", "the plan"), ("https://a.example/2", "the plan"))
    both = replace(line(text), links=(*links, ("https://a.example/3", "gone")))
    found = [(run.text, run.url) for run in runs(both)]
    assert "".join(piece for piece, _ in found) == text
    assert found[1] == ("the plan", "https://a.example/1")
    assert found[3] == ("the plan", "https://a.example/2")
    assert found[4] == (", here", None)
    assert [run.text for run in runs(replace(line("x"), links=(("/", ""),)))] == ["x"]
    assert [run.text for run in runs(replace(line("x"), links=(("/", "x"),)))] == ["x"]


def test_unforeseen_roles_come_last() -> None:
    """A role that has no meaning yet is listed all the same, after those that have."""
    (first, last) = legend([line("a", "unheard", "x"), line("b", "nav", "y")])
    assert (first.role, last.role, last.meaning) == ("nav", "unheard", "")

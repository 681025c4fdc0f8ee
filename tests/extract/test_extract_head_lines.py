"""Lines at an article's edges: bylines, an event's facts, invitations, wires."""

from __future__ import annotations

import pytest
from reader import Site, page
from tiny import THREE, TITLE, TWO, article, lines, told

from archive.records import Article
from pipelines.extract import extract
from pipelines.extract.dated.eventdays import event_dates
from pipelines.extract.lines.known import names_only

NAMES = {"jo marsh", "jose weiss"}
BYLINE = ("byline", "byline or date")


def cut(head: str = "", after: str = "") -> Article:
    """The article of the tiny page with this below its headline and its text."""
    found = extract(page(article(head=head, after=after)), Site())
    assert found is not None
    return found


@pytest.mark.parametrize(
    "markup, line",
    [
        ('<p class="byline">Jo Marsh and Alice Moor</p>', "Jo Marsh and Alice Moor"),
        (
            '<p class="byline">Jo Marsh, political editor</p>',
            "Jo Marsh, political editor",
        ),
        (
            '<div class="meta">Jo Marsh · Published 9 February 2026, 07:30 GMT · '
            "Updated 10 February 2026</div>",
            "Jo Marsh · Published 9 February 2026, 07:30 GMT · Updated 10 February "
            "2026",
        ),
        (
            '<p class="byline">Words: Jo Marsh. Photographs: Alice Moor</p>',
            "Words: Jo Marsh. Photographs: Alice Moor",
        ),
    ],
)
def test_line_of_authors_and_no_more_is_a_byline(markup: str, line: str) -> None:
    """Names of the authors, with roles, dates and joining words, are no text."""
    assert told(lines(article(head=markup))[line]) == BYLINE


def test_line_that_goes_on_from_an_author_is_text() -> None:
    """A short sentence that begins with the author's name stays in the article."""
    markup = '<p class="byline">By Jo Marsh</p><p>Jo Marsh meets the editor</p>'
    assert lines(article(head=markup))["Jo Marsh meets the editor"].role == "body"


@pytest.mark.parametrize(
    "line",
    [
        "Political editor Jo Marsh",
        "Jo Marsh Political Editor",
        "José Weiß und Jo Marsh",
        "JO MARSH • 4 min read",
        "Jo Marsh | 9 février 2026 | 10:20",
        "Veröffentlicht am 9.2.2026 von Jo Marsh",
        "Words by Jo Marsh, photographs by José Weiss",
    ],
)
def test_words_that_go_with_names(line: str) -> None:
    """Roles, dates in any language, reading times and photographers go with names."""
    assert names_only(line, NAMES)


@pytest.mark.parametrize(
    "line",
    [
        "Jo Marsh is a reporter",
        "Jo Marsh, the editor who left, has died",
        "Jo Marsh, 43, died on 9 February 2026",
        "Jo Marsh: why the rope matters",
        "Who is Jo Marsh?",
        "Political editor, 9 February 2026",
    ],
)
def test_words_that_make_a_sentence_of_names(line: str) -> None:
    """What tells something of an author, or names none, is no byline."""
    assert not names_only(line, NAMES)


@pytest.mark.parametrize(
    "markup",
    [
        '<p class="byline">by <a href="/author/jo">Jo Marsh</a></p>',
        '<div class="author">Von Jo Marsh und dpa</div>',
        '<p>By <a href="/author/jo">Jo Marsh</a></p>',
    ],
)
def test_byline_that_is_a_link_or_alone_in_its_box(markup: str) -> None:
    """A byline is called one whether its names are links or stand alone in a box."""
    found = [p for p in lines(article(head=markup)).values() if "Jo Marsh" in p.text]
    assert [part.role for part in found] == ["byline"]


def test_linked_byline_above_the_text_is_a_byline() -> None:
    """Names of the authors in the header, links or not, are a byline."""
    markup = (
        f"<html><body><article><header><h1>{TITLE}</h1><div>By "
        '<a href="/author/jo">Jo Marsh</a>, 9 February 2026</div></header>'
        f"<div class='entry'><p>{TWO}</p><p>{THREE}</p></div></article></body></html>"
    )
    assert told(lines(markup)["By Jo Marsh, 9 February 2026"]) == BYLINE


def test_day_of_a_change_that_readers_see() -> None:
    """Where only a line for readers states it, the day of the last change is kept."""
    line = "Jo Marsh · Published 9 February 2026, 07:30 GMT · Updated 10 February 2026"
    found = cut(f'<div class="meta">{line}</div>')
    assert found.published is not None and found.published.on == "2026-02-09"
    assert found.updated is not None and found.updated.on == "2026-02-10"
    assert found.sources["updated"] == "text"


def test_whom_an_author_works_for_keeps_its_sentence() -> None:
    """An employer after a role is no author, so a line about it is text."""
    line = "CraneNet is a sponsor of the rope makers' summit."
    head = (
        '<div class="submitted">By <span>Ivy Stone</span>, Chief Executive, CraneNet | '
        "Thu, 05/02/2026 - 08:00</div>"
    )
    found = cut(head, f"<p>{line}</p>")
    assert found.authors == ("Ivy Stone",)
    assert found.blocks[-1].text == line


@pytest.mark.parametrize(
    "facts",
    [
        "<p>Date: 20 March 2026</p><p>Register now to secure your free place.</p>",
        "<p>Wann: 20. März 2026</p><p>Uhrzeit: 10:00</p><p>Ort: Rathaus</p>",
        "<p>When: 20 March 2026</p><p>Time: 10:00</p><p>Venue: Town Hall</p>",
    ],
)
def test_day_of_an_event_is_not_that_of_publication(facts: str) -> None:
    """A labelled day beside time, place or registration is the event's, and text."""
    found = cut(facts)
    assert found.published is None
    assert "20" in found.blocks[0].text and "2026" in found.blocks[0].text


def test_day_of_publication_stays_beside_an_event() -> None:
    """A page that announces an event is dated by the day it says it was published."""
    facts = "<p>Date: 20 March 2026</p><p>Register now for a place.</p>"
    found = cut(f"<p>Published 9 February 2026</p>{facts}")
    assert found.published is not None and found.published.on == "2026-02-09"


@pytest.mark.parametrize(
    "facts",
    [
        "<p>Date: 20 March 2026</p>",
        "<p>Date: 20 March 2026</p><p>Time: 10:00</p>",
        "<p>Date: 20 March 2026</p><p>Register now for our newsletter.</p>",
    ],
)
def test_labelled_day_without_an_event_is_that_of_publication(facts: str) -> None:
    """ "Date:" alone, or with a time, is how sites say when they published."""
    found = cut(facts)
    assert found.published is not None and found.published.on == "2026-03-20"


def test_label_of_a_day_and_the_day_in_two_lines() -> None:
    """A label alone on its line makes the next line the event's day."""
    assert list(event_dates(["When", "20 March 2026", "Where: Quay", "Time: 9"])) == [
        0, 1,
    ]  # fmt: skip
    assert list(event_dates(["Where: Quay", "Time: 9", "When"])) == [2]


@pytest.mark.parametrize(
    "line, role",
    [
        ("Have an opinion on this article? Please submit a Letter to the Editor to be"
         " considered.", "comments"),
        ("Listen on Apple Podcasts, Spotify or wherever you get your podcasts.", "nav"),
        ("Show more", "nav"),
    ],
)  # fmt: skip
def test_invitation_is_no_text(line: str, role: str) -> None:
    """Invitations to write, to listen and to unfold are furniture."""
    assert told(lines(article(after=f"<p>{line}</p>"))[line]) == (role, "label")


def test_sentence_about_listening_is_text() -> None:
    """A sentence that only mentions where people listen stays."""
    line = "You can listen on Spotify to how the rope sounded when it was new."
    assert lines(article(after=f"<p>{line}</p>"))[line].role == "body"


@pytest.mark.parametrize(
    "last", ["SOURCE Marten Ropes", "Media contact: press@marten.example"]
)
def test_release_of_a_wire_is_a_press_release(last: str) -> None:
    """A wire's opening with a source or a contact makes a press release."""
    opening = "NEWHAVEN, England, Feb. 13, 2026 /PRNewswire/ -- "
    found = cut(f"<p>{opening}{TWO} {THREE}</p>", f"<p>{last}</p>")
    assert (found.kind, found.sources["kind"]) == ("press_release", "text")
    assert "/PRNewswire/" in found.kind_evidence
    assert found.published is not None and found.published.on == "2026-02-13"


def test_day_that_the_page_states_goes_before_a_wires() -> None:
    """The day of a wire's opening counts only where nothing else tells one."""
    opening = "NEWHAVEN, Feb. 13, 2026 /PRNewswire/ -- "
    found = cut(f"<p>Published 15 February 2026</p><p>{opening}{TWO} {THREE}</p>")
    assert found.published is not None and found.published.on == "2026-02-15"


def test_wire_alone_makes_no_press_release() -> None:
    """News that quotes a wire's opening, and no sender, stays news."""
    found = cut(f"<p>NEWHAVEN, Feb. 13, 2026 (GLOBE NEWSWIRE) -- {TWO}</p>")
    assert found.kind == "news"


@pytest.mark.parametrize(
    "title, line, headline",
    [
        ("ROPE NEWS - Pilot boat is sold", "Pilot boat is sold", "Pilot boat is sold"),
        ("ROPES - ROPE NEWS ONLINE", "Rope news online", "ROPES - ROPE NEWS ONLINE"),
        ("ROPES: all is well there", "All is well there", "ROPES: all is well there"),
        ("Ropes and oars - Rope News", "Rope News", "Ropes and oars - Rope News"),
    ],
)
def test_name_in_capitals_before_the_headline(
    title: str, line: str, headline: str
) -> None:
    """What follows a shorter name in capitals is the headline where a line shows it."""
    body = "<br><br>".join((TWO, THREE, TWO))
    found = extract(
        page(
            f"<title>{title}</title><table><tr><td><font><b>{line}</b></font><br>"
            f"<i>By Rex Dunn</i><br><br>{body}</td></tr></table>"
        ),
        Site(),
    )
    assert found is not None
    assert found.headline == headline

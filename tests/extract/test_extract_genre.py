"""Kinds of articles: what says so, and what only seems to."""

from __future__ import annotations

import json

import pytest
from gates import beginnings, lacking
from reader import Site, page

from archive.records import Article
from pipelines.extract import extract
from pipelines.extract.kinds.genre_words import (
    EVENT_LINES,
    FOLDER_NEVER,
    LABELS,
    LINE_BEGINS,
    PLAYER_NAMES,
    PLAYERS,
    RELEASE_LINES,
    SECTION_ONLY,
)

TEXT = "".join(
    f"<p>The lock keepers spoke at some length about gate {n} and the paint that peels"
    " from it, which nobody has touched since the drought.</p>"
    for n in range(3)
)
TITLE = "Canal to be drained"
HEAD = f"<h1>{TITLE}</h1>"


def cut(
    body: str, *, head: str = "", path: str = "/2026/canal-drained", title: str = TITLE
) -> Article:
    """The article of a page with this body."""
    markup = f"<head><title>{title}</title>{head}</head><body>{body}</body>"
    found = extract(page(markup, url=f"https://www.example.com{path}"), Site())
    assert found is not None
    return found


def story(before: str = "", after: str = "", text: str = TEXT) -> str:
    """An article with something before and after its headline."""
    return f"<main><article>{before}{HEAD}{after}{text}</article></main>"


def linked(**node: object) -> str:
    """A script of JSON-LD with one node that bears the page's headline."""
    data = json.dumps({"headline": TITLE, **node})
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("OpinionNewsArticle", "opinion"),
        ("AnalysisNewsArticle", "analysis"),
        ("ReviewNewsArticle", "review"),
        ("AdvertiserContentArticle", "sponsored"),
        ("LiveBlogPosting", "live"),
        ("NewsArticle", "news"),
    ],
)
def test_type_of_the_article_is_its_kind(name: str, kind: str) -> None:
    """What JSON-LD calls the page's own article is believed."""
    found = cut(story(), head=linked(**{"@type": name}))
    assert found.kind == kind
    if kind != "news":
        assert found.kind_evidence == f"JSON-LD type {name}"
        assert found.sources["kind"] == "json-ld"


def test_reporting_is_news_on_evidence() -> None:
    """A page that calls itself reporting is news, and says why."""
    found = cut(story(), head=linked(**{"@type": "ReportageNewsArticle"}))
    assert found.kind == "news"
    assert found.kind_evidence == "JSON-LD type ReportageNewsArticle"


def test_without_evidence_an_article_is_news() -> None:
    """Where nothing says otherwise the kind is news, and the evidence says that."""
    found = cut(story())
    assert (found.kind, found.kind_evidence) == ("news", "nothing says otherwise")


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Sponsored", "sponsored"),
        ("Partner content", "sponsored"),
        ("ADVERTORIAL", "sponsored"),
        ("Publi-rédactionnel", "sponsored"),
        ("Contenido patrocinado", "sponsored"),
        ("Sponsored by Locks & Weirs Ltd", "sponsored"),
        ("Opinion", "opinion"),
        ("Kommentar", "opinion"),
        ("Transport | Comment", "opinion"),
        ("Interview", "interview"),
        ("12 May 2026 · Analysis", "analysis"),
        ("Book review", "review"),
        ("Press release", "press_release"),
        ("Pressemitteilung", "press_release"),
        ("Podcast", "podcast"),
    ],
)
def test_label_over_the_headline_is_believed(label: str, kind: str) -> None:
    """A label that stands over the headline names the kind, in many languages."""
    found = cut(story(f"<div class=kicker>{label}</div>"))
    assert found.kind == kind
    assert cut(story(f"<span>{label}</span>")).kind == kind


def test_label_of_paid_matter_is_believed_under_the_headline_too() -> None:
    """Who paid may stand under the headline; other words there may be buttons."""
    paid = story(after="<p class=by>In association with Locks & Weirs Ltd</p>")
    assert cut(paid).kind == "sponsored"
    assert "Locks & Weirs" in cut(paid).kind_evidence
    assert cut(story(after="<span>Comment</span>")).kind == "news"


@pytest.mark.parametrize(
    "before",
    [
        '<div class="ad-slot"><span>Sponsored</span></div>',
        '<div class="related"><span>Opinion</span></div>',
        "<nav><a href=/o>Opinion</a></nav>",
        "<ul><li>News</li><li>Jobs</li><li>Opinion</li><li>Podcasts</li></ul>",
        "<p>News | Jobs | Opinion | Podcasts | Events</p>",
        "<p><a href=/n>News</a> | <a href=/o>Opinion</a> | <a href=/j>Jobs</a></p>",
        "<span>Advertisement</span>",
        "<span>Sponsored by</span>",
        "<span>Anzeige</span>",
        "<figure>Opinion</figure>",
        "<button>Comment</button>",
        '<div class="sr-only">Opinion</div>',
        "<p>Opinion is divided on what the canal is for, and always has been so.</p>",
    ],
)
def test_labels_of_other_things_name_no_kind(before: str) -> None:
    """Slots for advertisements, menus and buttons beside the headline say nothing."""
    assert cut(story(before)).kind == "news"


def test_label_far_above_the_headline_names_no_kind() -> None:
    """What the page's head ends with is not the article's."""
    top = "".join(f"<div>Entry {n}</div>" for n in range(12)) + "<div>Opinion</div>"
    assert cut(f"<body><div>{top}<div>{HEAD}{TEXT}</div></div>").kind == "news"


def test_page_without_a_shown_headline_has_no_label_beside_it() -> None:
    """Where no heading is shown there is no place beside it."""
    assert cut(f"<main><span>Opinion</span>{TEXT}</main>").kind == "news"


@pytest.mark.parametrize(
    ("headline", "kind"),
    [
        ("Opinion: Canals are for people", "opinion"),
        ("Leitartikel: Der Kanal bleibt leer", "opinion"),
        ("Tennis podcast: All about the lock", "podcast"),
        ("Lock keeper book review: Wet and long", "review"),
        ("The canal is empty | Letters to the editor", "opinion"),
        ("Pay review: keepers to strike", "news"),
        ("Leader: keepers to strike", "news"),
        ("Event: keepers to strike", "news"),
    ],
)
def test_headline_that_begins_with_a_kind(headline: str, kind: str) -> None:
    """A word before the headline's colon names the kind where it can mean no other."""
    body = f"<main><article><h1>{headline}</h1>{TEXT}</article></main>"
    assert cut(body, title=headline).kind == kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/opinion/canal-drained", "opinion"),
        ("/news/press-releases/canal-drained", "press_release"),
        ("/sponsored-content/canal-drained", "sponsored"),
        ("/entretiens/canal-drained", "interview"),
        ("/comment/canal-drained", "news"),
        ("/live/canal-drained", "news"),
        ("/events/canal-drained", "news"),
        ("/news/opinion", "news"),
    ],
)
def test_folder_of_the_address_names_a_kind(path: str, kind: str) -> None:
    """A folder is believed, the article's own name and words of two meanings not."""
    assert cut(story(), path=path).kind == kind


@pytest.mark.parametrize(
    ("head", "before", "kind"),
    [
        ('<meta property="article:section" content="Opinion">', "", "opinion"),
        ('<meta property="article:section" content="Sponsored">', "", "sponsored"),
        ('<meta property="og:type" content="review">', "", "review"),
        ('<meta property="og:type" content="article">', "", "news"),
        ("", "<nav class=breadcrumb><a href=/>Home</a><a href=/i>Interviews</a></nav>",
         "interview"),
        ("", "<h3 class=section-title>Sponsored content</h3>" + "<p>x</p>" * 9, "news"),
    ],
)  # fmt: skip
def test_section_and_graph_name_a_kind(head: str, before: str, kind: str) -> None:
    """The section counts as far as it is the article's own."""
    assert cut(before + story(), head=head).kind == kind


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ("post type-post category-opinion", "opinion"),
        ("post category-news category-opinion", "news"),
        ("single single-press_release", "press_release"),
        ("post is-sponsored", "sponsored"),
        ("sponsored-content", "sponsored"),
        ("opinion", "news"),
    ],
)
def test_names_around_the_headline_name_a_kind(names: str, kind: str) -> None:
    """Themes write the kind into names; one of several categories is none."""
    assert cut(f'<article class="{names}">{HEAD}{TEXT}</article>').kind == kind


def test_paid_matter_comes_before_every_other_kind() -> None:
    """An opinion that somebody paid for is sponsored."""
    head = linked(**{"@type": "OpinionNewsArticle"})
    assert cut(story("<span>Sponsored</span>"), head=head).kind == "sponsored"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("This article was paid for by Locks & Weirs Ltd.", "sponsored"),
        ("Dieser Beitrag ist eine bezahlte Anzeige.", "sponsored"),
        ("This story was produced in partnership with The Towpath Post.", "news"),
        ("Sponsored by a peer of the other side, the bill on canals would have made"
         " every lock keeper a civil servant.", "news"),
    ],
)  # fmt: skip
def test_sentence_that_says_who_paid(line: str, kind: str) -> None:
    """A line at the text's edge may say that it was paid for."""
    assert cut(story(text=f"{TEXT}<p>{line}</p>")).kind == kind
    assert cut(story(text=f"<p>{line}</p>{TEXT}")).kind == kind


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["ENDS", "Notes to editors", "1. The canal was dug in 1794."],
         "press_release"),
        (["For further information contact Jo Weir.", "- Ends -"], "press_release"),
        (["FOR IMMEDIATE RELEASE"], "press_release"),
        (["For further information see the canal's own page."], "news"),
        (["Ends"], "news"),
    ],
)  # fmt: skip
def test_lines_of_a_press_release(lines: list[str], kind: str) -> None:
    """A press release has lines for editors; one that others have too is not enough."""
    tail = "".join(f"<p>{line}</p>" for line in lines)
    assert cut(story(text=TEXT + tail)).kind == kind


ANSWER = (
    "I have thought about oak since my father took me to the lock for the first time."
)
FACT = (
    "The lock is opened by turning the paddle gear with a windlass, slowly and evenly."
)


@pytest.mark.parametrize(
    ("question", "answer", "kind"),
    [
        ("<b>How do you like oak, number {n}?</b>", ANSWER, "interview"),
        ("<strong>Was halten Sie von Eiche, Nummer {n}?</strong>",
         "Ich denke seit Jahren an nichts anderes als an Eiche und an meinen Vater.",
         "interview"),
        ("<b>How is gate {n} opened?</b>", FACT, "news"),
        ("<b>How do you open gate {n}?</b>", FACT, "news"),
        ("<b>Gate number {n}</b>", ANSWER, "news"),
    ],
)  # fmt: skip
def test_questions_and_answers_are_an_interview(
    question: str, answer: str, kind: str
) -> None:
    """Questions to somebody, answered in the first person; no list of questions."""
    text = "".join(f"<p>{question.format(n=n)}</p><p>{answer}</p>" for n in range(1, 6))
    assert cut(story(text=text)).kind == kind


def test_turns_of_two_speakers_are_an_interview() -> None:
    """Lines that begin with one of two names in turn are a talk."""
    turns = "".join(
        f"<p>Towpath: What of gate {n}, and who will paint it?</p>"
        f"<p>Weir: It was painted in the year {1990 + n}, and will be so again.</p>"
        for n in range(4)
    )
    found = cut(story(text=turns))
    assert found.kind == "interview"
    assert found.kind_evidence == "8 turns of Towpath and Weir"
    stated = turns.replace("?", ".")
    assert cut(story(text=stated)).kind == "news"


def test_headline_that_says_interview_makes_plain_questions_count() -> None:
    """Questions in plain type count where the headline calls it an interview."""
    text = "".join(f"<p>What of gate {n}?</p><p>{FACT}</p>" for n in range(5))
    title = "An interview with the lock keeper"
    body = f"<main><article><h1>{title}</h1>{text}</article></main>"
    assert cut(body, title=title).kind == "interview"
    assert cut(story(text=text)).kind == "news"


EVENT = (
    "<p>Date: 12 May 2026</p><p>Venue: The Old Lock House</p>"
    '<p><a href="/book">Register now</a></p>'
)


def test_announcement_has_when_where_and_how_to_come() -> None:
    """Three lines of an announcement make one; fewer need its section or address."""
    assert cut(story(text=TEXT + EVENT)).kind == "event"
    assert cut(story(text=TEXT + "<p>Date: 12 May 2026</p>")).kind == "news"
    webinar = story(text=TEXT + "<p>Register now</p>")
    assert cut(webinar, path="/webinars/canal-drained").kind == "event"
    assert cut(story(text=TEXT * 30 + EVENT)).kind == "news"


def test_event_in_structured_data_is_one_where_no_article_stands_beside_it() -> None:
    """A report of an event that names the event is a report."""
    event = linked(**{"@type": "BusinessEvent", "name": TITLE})
    assert cut(story(), head=event).kind == "event"
    both = event + linked(**{"@type": "NewsArticle"})
    assert cut(story(), head=both).kind == "news"


def test_episode_is_a_podcast_page() -> None:
    """An episode in structured data, or a player with words about it, is a podcast."""
    episode = linked(**{"@type": "PodcastEpisode"})
    assert cut(story(), head=episode + linked(**{"@type": "NewsArticle"})).kind == (
        "podcast"
    )
    other = linked(**{"@type": "NewsArticle", "hasPart": {
        "@type": "PodcastEpisode", "name": TITLE}})  # fmt: skip
    assert cut(story(), head=other).kind == "news"
    player = '<p><a href="https://open.spotify.com/episode/1">Spotify</a></p>'
    said = "<p>In this episode the keepers talk of oak.</p>"
    assert cut(story(text=TEXT + said + player)).kind == "podcast"
    assert cut(story(text=TEXT + player)).kind == "news"
    assert cut(story(text=TEXT + said)).kind == "news"


def test_every_exception_is_a_label() -> None:
    """A word that is believed in some places only is a word that is known at all."""
    assert LABELS.keys() >= SECTION_ONLY
    assert LABELS.keys() >= FOLDER_NEVER


def test_page_without_text_has_the_kind_that_is_said() -> None:
    """A page of which only the headline is left is judged by what is said of it."""
    assert cut(f"<main>{HEAD}</main>", path="/opinion/canal-drained").kind == "opinion"
    assert cut("<main></main>").kind == "news"


def test_review_of_a_product_is_not_the_article() -> None:
    """What customers say of a thing on the page does not make the page a review."""
    review = {"@type": "Review", "name": TITLE, "author": "A. Keeper"}
    head = linked(**{"@type": "Product", "name": "Oak", "review": review})
    assert cut(story(), head=head).kind == "news"


def test_every_player_has_one_of_the_names() -> None:
    assert not lacking(PLAYERS.pattern, PLAYER_NAMES)


def test_every_line_of_a_release_or_an_event_begins_with_a_listed_word() -> None:
    lines = (*RELEASE_LINES, *EVENT_LINES)
    begun = [beginnings(pattern.pattern, 3) for _, pattern in lines]
    assert set().union(*begun) == LINE_BEGINS

"""Summaries of routes and heads: which are standfirsts, which only the body again."""

from __future__ import annotations

import pytest
from reader import Site, page

from crawler.items import Hint, RouteKind
from pipelines.extract.claims import Claim
from pipelines.extract.fields.hinted import agrees, described, standfirst
from pipelines.extract.fields.titles import headline
from pipelines.extract.material import gather
from pipelines.extract.text import number

BODY = (
    "The lock keepers of Eelbrook voted on Monday to close the canal for a winter.",
    "Their spokesman said that the gates, which are of oak, had not been mended since"
    " the flood, and that a barge would hardly notice.",
    "Owners of narrow boats were less calm.",
)
SUMMARY = "Boat owners call the decision a breach of a promise made last spring"
PAGE = "<title>Canal to be drained</title>{}<h1>Canal to be drained</h1>"


def asked(*hints: Hint, head: str = "") -> Claim[str] | None:
    """What the routes say the standfirst is."""
    material = gather(page(PAGE.format(head), hints=hints), Site())
    assert material is not None
    return standfirst(material, headline(material), BODY)


def hint(summary: str | None, route: RouteKind = "feed") -> Hint:
    """A route's word on the article."""
    return Hint(route=route, source="https://www.example.com/x", summary=summary)


def test_summary_that_the_body_does_not_repeat_is_the_standfirst() -> None:
    """A summary of its own words is taken, and the route is named as its witness."""
    assert asked(hint(SUMMARY)) == Claim(value=SUMMARY, witness="feed")


def test_api_is_believed_before_a_feed() -> None:
    """Of two summaries the API's is taken, whatever the order of the hints."""
    found = asked(hint("A feed's own words on what the canal means"),
                  hint(SUMMARY, "wordpress"))  # fmt: skip
    assert found == Claim(value=SUMMARY, witness="wordpress")


@pytest.mark.parametrize(
    "summary",
    [
        BODY[0],
        f"{BODY[0]} {BODY[1][:60]} […]",
        f"{SUMMARY} […]",
        f"{SUMMARY}…",
        f"{SUMMARY} ...",
        f"{SUMMARY} [&hellip;]",
        f"{SUMMARY} [+2140 chars]",
        f"{BODY[0]} Continue reading Canal to be drained →",
        f"Photo: the gates. {BODY[0]} {BODY[1]}",
        "Canal to be drained",
        "Read more",
        "Canal news weekly",
        "word " * 200,
        "",
        None,
    ],
)
def test_summary_made_of_the_body_is_none(summary: str | None) -> None:
    """First words, cut texts, the headline, calls and labels are no standfirst."""
    assert asked(hint(summary)) is None


@pytest.mark.parametrize(
    "appended",
    [
        " The post Canal to be drained appeared first on Lock and Weir.",
        " The post Canal to be drained first appeared on Lock and Weir.",
        " Continue reading “Canal to be drained”",
        " Read more »",
        " Weiterlesen",
    ],
)
def test_what_a_feed_appends_is_taken_off(appended: str) -> None:
    """The line that software adds to a description does not count."""
    found = asked(hint(SUMMARY + appended))
    assert found is not None
    assert found.value == SUMMARY


def test_plain_links_are_no_witness() -> None:
    """What merely linked to the page is not asked."""
    assert asked(hint(SUMMARY, "link")) is None


def test_later_route_speaks_where_the_first_has_no_summary_of_its_own() -> None:
    """An API's automatic excerpt does not silence the feed."""
    found = asked(hint(f"{BODY[0]} […]", "wordpress"), hint(SUMMARY))
    assert found == Claim(value=SUMMARY, witness="feed")


META = '<meta name="description" content="{}">'
OPEN_GRAPH = '<meta property="og:description" content="{}">'
OWN = "Lock keepers say that the gates of the canal cannot wait for another spring."


def head_says(head: str, repeated: frozenset[int] | None = None) -> Claim[str] | None:
    """What the head says the article is about."""
    material = gather(page(PAGE.format(head)), Site())
    assert material is not None
    return described(material, headline(material), BODY, repeated)


def test_description_of_the_article_is_its_standfirst() -> None:
    """A description that shares the article's words, but no sentence, is taken."""
    assert head_says(META.format(OWN)) == Claim(value=OWN, witness="meta")
    both = META.format("Something else about the canal gates.") + OPEN_GRAPH.format(OWN)
    assert head_says(both) == Claim(value=OWN, witness="open graph")


def test_description_in_json_ld_is_heard_first() -> None:
    """Structured data speaks before Open Graph."""
    script = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": '
        f'"Canal to be drained", "description": "{OWN}"}}</script>'
    )
    found = head_says(script + OPEN_GRAPH.format("The canal gates again, in short."))
    assert found == Claim(value=OWN, witness="json-ld")


def test_description_of_the_site_is_not_taken() -> None:
    """What shares no words with the article describes something else."""
    about_site = "Reporting for millers, bakers and confectioners since 1931."
    assert head_says(META.format(about_site)) is None
    assert head_says("") is None


def test_site_memory_decides_where_it_is_known() -> None:
    """A description that other pages carry is refused, any other is taken."""
    text = "Eleven weeks, nine barges, no answers."
    assert head_says(META.format(text)) is None
    assert head_says(META.format(text), frozenset()) == Claim(
        value=text, witness="meta"
    )
    known = frozenset({number(text)})
    assert head_says(META.format(text), known) is None


def test_description_cut_at_a_number_of_characters_is_refused() -> None:
    """Without the end of a sentence a description may be cut anywhere."""
    assert head_says(META.format(OWN[:-10])) is None


@pytest.mark.parametrize(
    ("summary", "description", "expected"),
    [
        (OWN, OWN, True),
        (f"<p>{OWN}</p>", OWN, True),
        (SUMMARY, OWN, False),
        (f"{OWN} […]", OWN, None),
        (None, OWN, None),
        (OWN, "", None),
    ],
)
def test_summary_and_description_agree_or_not(
    summary: str | None, description: str, expected: bool | None
) -> None:
    """Site memory is told whether a route and the head say the same."""
    head = META.format(description) if description else ""
    material = gather(page(PAGE.format(head), hints=(hint(summary),)), Site())
    assert material is not None
    assert agrees(material) is expected

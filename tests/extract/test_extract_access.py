"""A page that shows a part of its article is told from one that only says so."""

from __future__ import annotations

import pytest
from gates import lacking
from reader import Site, page
from tiny import ONE, THREE, TITLE, TWO, article

from archive.records import Article
from pipelines.extract import extract
from pipelines.extract.notes.access_words import LEFT, LEFT_MARKS, WALL_MARKS, WALLS

CLOSED = '"isAccessibleForFree": "False"'
LONG = "".join(f"<p>{ONE} {TWO} {THREE} {number}</p>" for number in range(8))


def cut(markup: str) -> Article:
    """Return the article of a page."""
    found = extract(page(markup), Site())
    assert found is not None
    return found


def declared(members: str, markup: str) -> str:
    """Return a page whose JSON-LD says something more of its article."""
    node = f'{{"@type": "NewsArticle", "headline": "{TITLE}", {members}}}'
    script = f'<script type="application/ld+json">{node}</script>'
    return f"<html><head>{script}</head>{markup.removeprefix('<html>')}"


@pytest.mark.parametrize(
    "wall",
    [
        "To continue reading, please subscribe.",
        "Subscribe now to read the full story.",
        "This article is only available to subscribers.",
        "You have reached your limit of free articles.",
        "Kostenlos registrieren und weiterlesen",
        "Dieser Artikel ist exklusiv für Abonnenten.",
        "La suite de cet article est réservée à nos abonnés.",
        "Contenido solo para suscriptores",
        "Questo articolo è riservato agli abbonati",
        "Conteúdo exclusivo para assinantes",
        "Dit artikel is alleen toegankelijk voor abonnees",
        "Denne saken er kun for abonnenter",
        "この記事は会員限定です。",
    ],
)
def test_a_short_text_before_a_wall(wall: str) -> None:
    """Few words with a wall behind them are paywalled, and the wall is the evidence."""
    found = cut(article(after=f'<div class="gate"><p>{wall}</p></div>'))
    assert found.access == "paywalled"
    assert found.access_evidence is not None
    assert wall in found.access_evidence
    assert found.sources["access"] == "text"


def test_a_whole_text_with_a_wall_is_open() -> None:
    """Many publishers declare a text closed, show a wall and send all of it."""
    wall = '<div class="paywall"><p>To continue reading, please subscribe.</p></div>'
    found = cut(declared(CLOSED, article(LONG, after=wall)))
    assert (found.access, found.access_evidence) == ("open", None)
    assert "access" not in found.sources


@pytest.mark.parametrize(
    ("members", "access"),
    [
        (CLOSED, "paywalled"),
        ('"hasPart": {"isAccessibleForFree": false, "cssSelector": ".x"}', "paywalled"),
        ('"isAccessibleForFree": true', "open"),
        ('"wordCount": 90', "open"),
    ],
)
def test_a_declaration_counts_with_a_text_that_breaks_off(
    members: str, access: str
) -> None:
    """A closed article whose text breaks off is paywalled; one is not enough."""
    markup = article(after=f"<p>{ONE[:90]} and then it …</p>")
    assert cut(declared(members, markup)).access == access


def test_far_fewer_words_than_declared() -> None:
    """A closed article that shows less than half of its declared words is paywalled."""
    found = cut(declared(f'{CLOSED}, "wordCount": 900', article()))
    assert found.access == "paywalled"
    assert "of 900 words" in (found.access_evidence or "")
    assert found.sources["access"] == "json-ld"


def test_what_is_left_is_told() -> None:
    """A page that says how much is left shows a part only, whatever its length."""
    left = "<p>Il vous reste 74.3% de cet article à lire.</p>"
    assert cut(article(LONG, after=left)).access == "paywalled"


@pytest.mark.parametrize(
    "meta",
    ['<meta property="article:content_tier" content="locked">',
     '<meta name="cXenseParse:post-premium" content="true">',
     '<p itemprop="isAccessibleForFree" content="false"></p>'],
)  # fmt: skip
def test_other_declarations(meta: str) -> None:
    """Meta elements and microdata declare an article closed as JSON-LD does."""
    markup = article(after=f"<p>{ONE[:90]} and then it …</p>")
    found = cut(markup.replace("<body>", f"<head>{meta}</head><body>", 1))
    assert found.access == "paywalled"
    assert "; " in (found.access_evidence or "")


@pytest.mark.parametrize(
    ("after", "access"),
    [
        ('<p><a href="/full">Read the full story</a></p>', "truncated"),
        ('<p><a href="https://other.example/x">Den ganzen Artikel lesen</a></p>',
         "truncated"),
        (f'<p>{TWO[:80]} of the …</p>', "truncated"),
        (f'<p>{TWO[:80]} [...]</p>', "truncated"),
        (f'<p>{TWO[:80]} rope...</p><p><a href="/full">Weiterlesen</a></p>',
         "truncated"),
        ("<p>And so they sailed on, as long as there was rope left…</p>", "open"),
        ('<p><a href="/other">Read more</a></p>', "open"),
        ("<p>Read the full story of the rope in the boathouse, on a wall.</p>",
         "open"),
    ],
)  # fmt: skip
def test_texts_that_break_off(after: str, access: str) -> None:
    """Cut sentences and pointers to the rest are told from authors' ellipses."""
    assert cut(article(after=after)).access == access


def test_the_end_of_a_long_text_is_its_end() -> None:
    """A long text may end in an ellipsis and in a link without being a part."""
    after = "<p>It goes on and on …</p><p><a href='/x'>Continue reading</a></p>"
    assert cut(article(LONG, after=after)).access == "open"


def test_a_declaration_in_broken_json_ld_is_read() -> None:
    """Markup with bare quotation marks in JSON-LD does not hide the declaration."""
    bad = f'"image": "<img src="/a.jpg">", {CLOSED}, "x": "y"'
    found = cut(declared(bad, article(after=f"<p>{ONE[:90]} and then it …</p>")))
    assert found.access == "paywalled"


def test_lines_of_walls_hold_what_they_are_sought_by() -> None:
    assert not any(lacking(wall, WALL_MARKS) for wall in WALLS)
    assert not any(lacking(left, LEFT_MARKS) for left in LEFT)

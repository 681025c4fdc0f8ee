"""Input of any kind ends in an article that can be stored, or in None."""

from __future__ import annotations

import random
import re

import pytest
from reader import Site, page, shown

from pipelines.extract import extract
from pipelines.extract.decode import decode
from pipelines.extract.lines.witness import hear
from pipelines.extract.tree import parse

TEXT = "".join(
    f"<p>Paragraph {number} says something of the canal, in enough words to count.</p>"
    for number in range(8)
)
STORY = f"<h1>A story about the canal</h1>{TEXT}"
UNSTORABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def script(json: str) -> str:
    """Return a script that holds this as JSON-LD."""
    return f'<script type="application/ld+json">{json}</script>'


@pytest.mark.parametrize(
    "markup",
    [
        script('{"@type": "NewsArticle", "a": ' + "[" * 100_000),
        script('{"a":' * 900 + "1" + "}" * 900),
        script('[null, 1, {"@type": [null, "Article"], "author": [null, [["x"]], 5]}]'),
        script('{"@type": "Article", "headline": {"@value": []}, "image": [[]]}'),
        "<title>" + "x" * 1_000_000 + "</title>",
        '<meta property="article:published_time" content="2026-11-20T09:00:00+99:99">',
        '<a href="http://[::1">x</a><link rel="canonical" href="http://[bad">',
        "<p id=1 id=2 <i onclick =>&#xD83D;&#0;&#11;&#x110000;</p>",
        "<table><tr><td>" * 200 + "</td></tr></table>" * 200,
        "\x00\x01\x0b</html></body>",
    ],
)
def test_hostile_markup(markup: str) -> None:
    """Nothing in the markup takes the article away or leaves what cannot be stored."""
    article = extract(page(f"<html><body>{markup}{STORY}</body></html>"), Site())
    assert article is not None
    assert "Paragraph 7 says something of the canal" in article.body
    assert not UNSTORABLE.search(str(shown(article)))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n",
        b"\x00" * 50,
        bytes(range(256)) * 20,
        random.Random(7).randbytes(20_000),
        b"<frameset><frame src=x></frameset>",
    ],
)
def test_no_markup(body: bytes) -> None:
    """Bytes that hold no article give None or something that can be stored."""
    article = extract(page(body, content_type=None), Site())
    assert article is None or not UNSTORABLE.search(str(shown(article)))


def test_deep_nesting() -> None:
    """Text a thousand elements deep is found."""
    deep = "<div>" * 1000 + STORY + "</div>" * 1000
    article = extract(page(f"<html><body>{deep}</body></html>"), Site())
    assert article is not None
    assert len(article.blocks) == 8


def test_no_date_of_another_post() -> None:
    """A page that shows only other posts' dates has none."""
    others = (
        '<div class="related-posts"><a href="/a">Another story altogether, with a long '
        'headline</a> <time datetime="2026-11-20">20 November 2026</time></div>'
        '<div class="comments"><p>I said so years ago, as everybody here knows very '
        "well.</p><time>19 November 2026</time></div>"
    )
    article = extract(page(f"<html><body>{STORY}{others}</body></html>"), Site())
    assert article is not None
    assert article.published is None


SAID = "Café “plan” – £3m"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (SAID.encode("utf-8"), "text/html; charset=iso-8859-1"),
        (SAID.encode("cp1252"), "text/html; charset=iso-8859-1"),
        (SAID.encode("cp1252"), None),
        (SAID.encode("utf-8-sig"), "text/html; charset=windows-1252"),
        (SAID.encode("utf-16"), "text/html"),
        (
            b"<meta charset='windows-1252'>" + SAID.encode("cp1252"),
            "text/html; charset=utf-8",
        ),
        (SAID.encode("utf-8"), "text/html; charset=no-such-thing"),
    ],
)
def test_decode(body: bytes, content_type: str | None) -> None:
    """Bytes are read by what they are, whatever label is wrong about them."""
    markup = f"{STORY}<p>{decode(body, content_type)} is what it says there.</p>"
    article = extract(page(markup), Site())
    assert article is not None
    assert SAID in article.body.replace("\n", " ")


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("shift_jis", "総務省はデジタル行政の新計画を発表した。来年から始まる。"),
        ("iso2022_jp", "総務省はデジタル行政の新計画を発表した。"),
        ("cp1251", "Правительство утвердило план — подробности завтра"),
        ("cp1250", "Rząd przyjął ustawę – źródło: Łódź, żółw"),
    ],
)
def test_unlabelled(codec: str, text: str) -> None:
    """Bytes without a label are read by their letters."""
    assert decode(f"<p>{text}</p>".encode(codec), "text/html") == f"<p>{text}</p>"


def test_one_bad_byte() -> None:
    """One broken character does not turn a UTF-8 page into another encoding."""
    good = "é" * 200
    assert decode(good.encode() + b" \xe9 ", None) == f"{good} \ufffd "


@pytest.mark.parametrize(
    "deep",
    ["<table>" * 51, "<table><tr><td>" * 51, "<ul><li>" * 251, "<p>a<p>" * 20_001],
)
def test_trafilatura_is_not_asked_of_monstrous_pages(deep: str) -> None:
    """Tables in tables by the dozen would hold it for minutes: the rules are believed.

    A page within bounds is still put to it.
    """
    fit = parse(f"<html><body>{'<table><tr><td>' * 20}{TEXT}</body></html>")
    monstrous = parse(f"<html><body>{deep}{TEXT}</body></html>")
    assert fit is not None
    assert monstrous is not None
    assert "Paragraph 7" in hear(fit)
    assert hear(monstrous) == ""

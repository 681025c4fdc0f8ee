"""Bylines and titles lose what is not a name or a headline, and nothing else."""

from __future__ import annotations

import pytest
from reader import Site, page

from pipelines.extract import extract
from pipelines.extract.byline.people import people

NOBODY = frozenset({"quayside weekly"})


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Jo Marsh and Sam Vale", ("Jo Marsh", "Sam Vale")),
        ("Written by JO MARSH, Quayside Weekly, 20 November 2026", ("Jo Marsh",)),
        ("Jo Marsh, farm and food editor", ("Jo Marsh",)),
        ("Jo Marsh (jo@example.com) @jomarsh", ("Jo Marsh",)),
        ("Von Jo Marsh & Sam Vale | 12.30 Uhr", ("Jo Marsh", "Sam Vale")),
        ("Press Association", ("Press Association",)),
        ("View all posts by Jo Marsh", ("Jo Marsh",)),
        ("https://www.example.com/people/7", ()),
        ("admin", ()),
        ("Senior reporter", ()),
        ("Quayside Weekly", ()),
        ("", ()),
    ],
)
def test_people(byline: str, names: tuple[str, ...]) -> None:
    """A byline gives its names, in order, and never a role, an account or a site."""
    assert people([byline], NOBODY) == names


def test_people_once() -> None:
    """A name that two bylines give is listed once, as it was first spelt."""
    assert people(["Jo Marsh", "JO MARSH, Sam Vale"], NOBODY) == (
        "Jo Marsh",
        "Sam Vale",
    )


TEXT = "<p>" + "Something was said about the canal at some length today. " * 4 + "</p>"


@pytest.mark.parametrize(
    ("head", "body", "headline"),
    [
        (
            "<title>Canal to be drained - Quayside Weekly</title>",
            "",
            "Canal to be drained",
        ),
        (
            "<title>Quayside Weekly: Canal to be drained</title>",
            "",
            "Canal to be drained",
        ),
        (
            '<meta property="og:title" content="Canal to be dr…"><title>x</title>',
            "<h1>Canal to be drained</h1>",
            "Canal to be drained",
        ),
        (
            "<title>Canal to be drained</title>",
            '<h1 id="logo">Weekly water news</h1><h2>Canal to be drained</h2>',
            "Canal to be drained",
        ),
        (
            "<title>Canal - the long story - of water</title>",
            "<h1>Canal - the long story - of water</h1>",
            "Canal - the long story - of water",
        ),
        ("<title>Quayside Weekly</title>", "", ""),
    ],
)
def test_headline(head: str, body: str, headline: str) -> None:
    """The headline is what readers see, whole, without the site's name."""
    markup = f"<html><head>{head}</head><body>{body}{TEXT}</body></html>"
    article = extract(page(markup), Site(title="Quayside Weekly"))
    assert article is not None
    assert article.headline == headline
    assert headline not in [block.text for block in article.blocks]


@pytest.mark.parametrize(
    ("claimed", "url"),
    [
        (
            "https://example.com/news/the-story?utm_medium=x",
            "https://example.com/news/the-story",
        ),
        ("/", "https://www.example.com/news/a-story"),
        ("/news/", "https://www.example.com/news/a-story"),
        (
            "https://elsewhere.example/news/a-story",
            "https://www.example.com/news/a-story",
        ),
        ("http://[::1", "https://www.example.com/news/a-story"),
        ("javascript:alert(1)", "https://www.example.com/news/a-story"),
    ],
)
def test_canonical(claimed: str, url: str) -> None:
    """A page's claim of its address holds only on its site, for no shorter path."""
    markup = f'<head><link rel="canonical" href="{claimed}"></head><body>{TEXT}</body>'
    article = extract(page(markup), Site())
    assert article is not None
    assert article.url == url

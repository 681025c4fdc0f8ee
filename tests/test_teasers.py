"""The rule that tells a list of teasers from an article."""

from __future__ import annotations

from lxml.html import HtmlElement, document_fromstring

from pipelines.teasers import teasers

LINES = [f"The board of works met for the {n}th time and put it off." for n in range(6)]


def page(parts: list[str]) -> HtmlElement:
    """A page of these parts."""
    return document_fromstring(f"<body><main>{''.join(parts)}</main></body>")


def test_each_paragraph_under_a_linked_heading_counts() -> None:
    """On a list page every teaser stands under its own linked heading."""
    parts = [
        f"<div><h2><a href='/{n}'>Works {n}</a></h2><p>{line}</p></div>"
        for n, line in enumerate(LINES)
    ]
    found = teasers(page(parts), LINES)
    assert (found.headings, found.paragraphs) == (6, 6)


def test_a_heading_inside_a_link_is_linked() -> None:
    """Cards wrap the whole heading in the link."""
    parts = [
        f"<a href='/{n}'><h3>Works {n}</h3></a><p>{line}</p>"
        for n, line in enumerate(LINES)
    ]
    assert teasers(page(parts), LINES).headings == 6


def test_an_articles_own_subheads_do_not_count() -> None:
    """Plain subheads between paragraphs are no teasers, related lists stay apart."""
    text = [f"<h2>Part {n}</h2><p>{line}</p>" for n, line in enumerate(LINES)]
    rail = [f"<h3><a href='/r{n}'>Other {n}</a></h3>" for n in range(6)]
    assert teasers(page([*text, *rail]), LINES).headings == 0


def test_many_paragraphs_under_one_linked_heading_count_once() -> None:
    """An article whose own headline is a link is no list."""
    parts = ["<h1><a href='/'>Works</a></h1>", *(f"<p>{line}</p>" for line in LINES)]
    assert teasers(page(parts), LINES).headings == 1


def test_what_is_no_page_has_no_teasers() -> None:
    """Where nothing could be parsed there are none."""
    assert teasers(None, LINES).headings == 0

"""Lines that count readers or sell a newsletter are no part of the article."""

from __future__ import annotations

import pytest
from reader import Site, page

from pipelines.extract import extract

TEXT = [
    "The lock keepers spoke at some length about the oak gates of the canal.",
    "They want new ones before the winter floods, and the money is not there yet.",
    "A council report on the matter is due in the spring, the chairman said.",
]


def body_with(line: str) -> str:
    """The body of a page that shows a line between its paragraphs."""
    first, *rest = (f"<p>{text}</p>" for text in TEXT)
    inner = f"{first}<p>{line}</p>{''.join(rest)}"
    html = f"<h1>Oak gates wanted</h1><article>{inner}</article>"
    article = extract(page(f"<title>Oak gates wanted</title>{html}"), Site())
    assert article is not None
    return article.body


@pytest.mark.parametrize(
    "line",
    [
        "Last viewed by 812 readers, updated 2 hours ago",
        "Viewed 1,204 times",
        "37 people are reading this",
        "Updated 5 minutes ago",
        "Join 15,000 waterways readers",
        "Our weekly digest brings the latest lock news to your inbox every Monday.",
        "Get the best of the canals straight to your inbox",
    ],
)
def test_counters_and_newsletters_are_left_out(line: str) -> None:
    """What a page counts, and what it sells, is told by its words without any class."""
    assert body_with(line) == "\n".join(TEXT)


@pytest.mark.parametrize(
    "line",
    [
        "Read by 400 keepers a week, the log of 1812 is the oldest that is known.",
        "The board was updated two hours ago on the state of the lower gates.",
        "Join 15,000 timbers with oak pegs and you have a gate, the carpenter said.",
        "The first email that lands in your inbox may be a fraud, keepers were told.",
    ],
)
def test_sentences_with_such_words_stay(line: str) -> None:
    """A sentence of the text that says as much stays."""
    assert line in body_with(line)

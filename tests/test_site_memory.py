"""What several articles of a site share is learned, in any order, and left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from archive.records import Article, Block
from crawler.items import Page
from pipelines.extract import anatomy, extract, learn

WORDS = ("canal", "bridge", "crane", "harbour", "sluice", "pilot")
PROMISE = "Our readers keep this paper going: thank you for another year."


@dataclass(frozen=True)
class Site:
    """A profile that knows nothing."""

    name: str = "site"
    title: str = ""
    home: str = ""
    language: str | None = None
    timezone: str | None = None
    selectors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    removals: tuple[str, ...] = ()


def page(word: str) -> Page:
    """An article about a word, with a line that all of them have in the middle."""
    told = "".join(
        f"<p>Paragraph {n} tells of the {word} what nobody has told of it before.</p>"
        for n in range(6)
    )
    body = (
        f"<html><head><title>The {word}</title></head><body><article>"
        f"<h1>A story of the {word}</h1>{told}<p>{PROMISE}</p>{told}</article></body>"
    )
    url = f"https://paper.example/{word}"
    return Page(
        site="site", crawl_id=1, requested_url=url, url=url, redirects=(), status=200,
        reason="OK", headers=(), wire=b"", body=body.encode(),
        content_type="text/html", fetched_at="2026-11-23T08:00:00Z",
    )  # fmt: skip


def article(headline: str, lines: list[str]) -> Article:
    """An article of these paragraphs."""
    blocks = tuple(Block(kind="paragraph", text=line) for line in lines)
    return Article(url="https://paper.example/", headline=headline, blocks=blocks)


def test_line_of_three_articles_is_left_out() -> None:
    """A line that three articles share is not text once the site is remembered."""
    cuts = [extract(page(word), Site()) for word in WORDS[:3]]
    assert all(cut is not None and PROMISE in cut.body for cut in cuts)
    memory = learn(cut for cut in cuts if cut is not None)
    again = extract(page(WORDS[3]), Site(), memory)
    assert again is not None
    assert PROMISE not in again.body
    assert len(again.blocks) == 12
    parts = anatomy(page(WORDS[3]), Site(), memory).parts
    rules = [part.rule for part in parts if part.text == PROMISE]
    assert rules == ["the same on 3 articles of the site"]


def test_two_articles_teach_nothing() -> None:
    """Two articles may quote the same sentence."""
    cuts = [extract(page(word), Site()) for word in WORDS[:2]]
    assert not learn(cut for cut in cuts if cut is not None).furniture


def test_copies_teach_nothing() -> None:
    """One article under many addresses does not make its text look like furniture."""
    assert not learn([article("The lock", ["A sentence."])] * 9).furniture


def test_subheads_need_more_articles() -> None:
    """Columns share subheads: five do not yet make one the site's."""
    blocks = (Block(kind="subhead", text="What happens next", level=2),)
    columns = [
        Article(url="https://paper.example/", headline=f"Column {n}", blocks=blocks)
        for n in range(6)
    ]
    assert not learn(columns[:5]).furniture
    assert learn(columns).furniture == {"what happens next": 6}


LINES = st.lists(st.sampled_from(["one", "two", "three", "four"]), max_size=4)
ARTICLES = st.lists(st.tuples(st.sampled_from(WORDS), LINES), max_size=12)


@given(ARTICLES, st.randoms(use_true_random=False))
def test_order_does_not_matter(
    told: list[tuple[str, list[str]]], order: Random
) -> None:
    """The same articles teach the same in any order."""
    articles = [article(headline, lines) for headline, lines in told]
    shuffled = list(articles)
    order.shuffle(shuffled)
    assert learn(articles) == learn(shuffled)


@given(ARTICLES, ARTICLES)
def test_more_pages_only_add(
    told: list[tuple[str, list[str]]], later: list[tuple[str, list[str]]]
) -> None:
    """What is learned of some pages is learned of them and further ones."""
    first = [article(headline, lines) for headline, lines in told]
    then = [article(headline, lines) for headline, lines in later]
    assert learn(first).furniture.keys() <= learn(first + then).furniture.keys()

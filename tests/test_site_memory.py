"""What a site's pages share is learned, in any order, and left out of their texts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.remembered import Holder, Place, Trace
from crawler.items import Page
from pipelines.extract import NOTHING, Cutting, Lesson, Memory, Taught, anatomy, learn
from pipelines.extract import cutting as cut
from pipelines.extract.learned.memory import Calendar, judge
from pipelines.extract.text import number

WORDS = ("canal", "bridge", "crane", "harbour", "sluice", "pilot", "buoy", "anchor")
PROMISE = "Our readers keep this paper going: thank you for another year."
TEASED = "The dredger that was found asleep at its wheel is back at work, owners say."


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


def page(word: str, more: str = f"<p>{PROMISE}</p>", headline: str = "") -> Page:
    """An article about a word, with something more in the middle of it."""
    told = "".join(
        f"<p>Paragraph {n} tells of the {word} what nobody has told of it before.</p>"
        for n in range(6)
    )
    title = headline or f"A story of the {word} and of its keepers"
    body = (
        f"<html><head><title>{title}</title></head><body><article>"
        f"<h1>{title}</h1>{told}{more}{told}</article></body>"
    )
    url = f"https://paper.example/{word}"
    return Page(
        site="site", crawl_id=1, requested_url=url, url=url, redirects=(), status=200,
        reason="OK", headers=(), wire=b"", body=body.encode(),
        content_type="text/html", fetched_at="2026-11-23T08:00:00Z",
    )  # fmt: skip


def taught(*cuts: Cutting) -> Memory:
    """What pages teach."""
    lessons = [one.lesson for one in cuts]
    return learn(Taught(lesson=one, on=None) for one in lessons if one is not None)


def texts(*pages: Page, memory: Memory = NOTHING) -> list[str]:
    """The bodies of pages."""
    articles = [cut(one, Site(), memory).article for one in pages]
    return [one.body for one in articles if one is not None]


def test_line_of_three_articles_is_left_out() -> None:
    """A line that three articles share is not text once the site is remembered."""
    pages = [page(word) for word in WORDS[:3]]
    assert all(PROMISE in text for text in texts(*pages))
    memory = taught(*(cut(one, Site()) for one in pages))
    (again,) = texts(page(WORDS[3]), memory=memory)
    assert PROMISE not in again
    assert len(again.splitlines()) == 12
    parts = anatomy(page(WORDS[3]), Site(), memory).parts
    rules = [part.rule for part in parts if part.text == PROMISE]
    assert rules == ["the same on 3 articles of the site"]


def test_two_articles_teach_nothing() -> None:
    """Two articles may quote the same sentence."""
    assert not taught(*(cut(page(word), Site()) for word in WORDS[:2])).furniture


def test_copies_teach_nothing() -> None:
    """One article under many addresses does not make its text look like furniture."""
    pages = [page(word, headline="The only story there is") for word in WORDS]
    assert not taught(*(cut(one, Site()) for one in pages)).furniture


def test_what_is_learned_does_not_depend_on_what_was_known() -> None:
    """A page teaches the same, whatever memory it was cut with."""
    memory = taught(*(cut(page(word), Site()) for word in WORDS[:3]))
    with_it, without = cut(page("buoy"), Site(), memory), cut(page("buoy"), Site())
    assert with_it.article != without.article
    assert with_it.lesson == without.lesson


def test_another_articles_headline_in_its_own_box_is_a_teaser() -> None:
    """What teases a later article is left out of the older one, in its own it stays."""
    box = f"<div><div><p>{TEASED}</p></div></div>"
    older, later = page("canal", box), page("dredger", "", headline=TEASED)
    assert TEASED in texts(older)[0]
    memory = taught(cut(older, Site()), cut(later, Site()))
    assert set(memory.teasers) == {number(TEASED)}
    assert TEASED not in texts(older, memory=memory)[0]
    parts = anatomy(older, Site(), memory).parts
    assert [p.role for p in parts if p.text == TEASED] == ["teaser"]
    article = cut(later, Site(), memory).article
    assert article is not None
    assert article.headline == TEASED


def test_a_headline_in_running_text_stays() -> None:
    """A round-up may name another article in a paragraph of its own."""
    older, later = page("canal", f"<p>{TEASED}</p>"), page("x", "", headline=TEASED)
    assert not taught(cut(older, Site()), cut(later, Site())).teasers


def test_short_headlines_tease_nothing() -> None:
    """A headline of three words is three words that any text may use."""
    short = Memory(teasers={number("The longer view"): frozenset((1,))})
    assert short.why("The longer view", 2) is None
    long = Memory(teasers={number(TEASED): frozenset((1,))})
    assert long.why(TEASED, 2) is not None
    assert long.why(TEASED, 1) is None


def test_a_subhead_over_text_is_never_the_sites() -> None:
    """Columns share subheads; over nothing they are labels."""
    over, end = "<h2>What happens next</h2>", "<p>Nobody knows it yet, of course.</p>"
    columns = [page(word, over) for word in WORDS]
    assert not taught(*(cut(one, Site()) for one in columns)).furniture
    labels = [
        page(word, f"{end}<h2>In numbers</h2><figure></figure>") for word in WORDS
    ]
    assert (
        number("In numbers") not in taught(*(cut(p, Site()) for p in labels)).furniture
    )


def holders(titles: int, place: Place, first: int = 0) -> list[Holder]:
    """So many articles that show a line, one published each day of 2025."""
    return [
        Holder(
            article=n, title=n, place=place, on=f"2025-{1 + n // 28:02}-{1 + n % 28:02}"
        )
        for n in range(first, first + titles)
    ]


YEAR = Calendar(
    days=[one.on or "" for one in holders(300, Place.RUNNING)], articles=300
)


def test_a_paragraph_of_a_long_story_is_text() -> None:
    """Nineteen of forty in a row may explain the same; in boxes and links fewer may."""
    assert judge(1, holders(19, Place.RUNNING), YEAR).verdict == "text"
    assert judge(1, holders(20, Place.RUNNING), YEAR).verdict == "nav"
    assert judge(1, holders(7, Place.APART), YEAR).verdict == "text"
    assert judge(1, holders(8, Place.APART), YEAR).verdict == "nav"
    assert judge(1, holders(3, Place.POINTER), YEAR).verdict == "nav"


def test_revisions_and_copies_count_once() -> None:
    """An article whose headline was edited, or that has copies, is one article."""
    held = [replace(one, article=7) for one in holders(3, Place.POINTER)]
    assert judge(1, held, YEAR).verdict == "text"
    held = [replace(one, title=7) for one in holders(3, Place.POINTER)]
    assert judge(1, held, YEAR).verdict == "text"


def test_an_own_former_headline_is_no_teaser() -> None:
    """What was the headline of an earlier revision belongs to the article itself."""
    line, former = holders(1, Place.APART), holders(2, Place.HEADLINE)[1]
    assert judge(1, [*line, former], YEAR).verdict == "teaser"
    own = replace(former, article=line[0].article)
    assert judge(1, [*line, own], YEAR).verdict == "text"


def test_a_line_is_measured_in_its_own_days() -> None:
    """What a template showed for a month is furniture of that month's articles."""
    opinion = judge(1, holders(28, Place.RUNNING, first=100), YEAR)
    assert (opinion.verdict, opinion.articles) == ("nav", 28)
    assert (opinion.first_on, opinion.last_on) == ("2025-04-17", "2025-05-16")
    spread = [*holders(4, Place.RUNNING), *holders(4, Place.RUNNING, first=290)]
    assert judge(1, spread, YEAR).verdict == "text"


def lesson(title: int, lines: list[tuple[int, Place]]) -> Taught:
    """What a page with such lines teaches."""
    traces = {(title, Place.HEADLINE), *lines}
    found = tuple(Trace(line=line, place=place) for line, place in sorted(traces))
    return Taught(lesson=Lesson(headline=title, traces=found), on=None)


LINES = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(Place)), max_size=4)
PAGES = st.lists(st.builds(lesson, st.integers(0, 9), LINES), max_size=12)


@given(PAGES, st.randoms(use_true_random=False))
def test_order_does_not_matter(pages: list[Taught], order: Random) -> None:
    """The same pages teach the same in any order."""
    shuffled = list(pages)
    order.shuffle(shuffled)
    assert learn(pages) == learn(shuffled)


NAMES = ("Ann Ladle", "Bo Ewer", "Cy Kettle", "Di Spout", "Eve Lid", "Flo Handle")


def dressed(n: int, *, told: bool = True) -> Page:
    """An article with a standfirst and a byline in boxes that no rule knows."""
    said = f"What the keepers of the {WORDS[n]} have to say of it after eleven years"
    head = f'<meta name="description" content="{said}.">' if told else ""
    head += f'<meta name="author" content="{NAMES[n]}">' if told else ""
    first = "It is a long story, and this is only how it begins, at the water."
    top = (
        f'<div class="x-c">{NAMES[n]} for the Ropewalk</div>'
        f'<div class="x-a"><p class="x-b">{said}.</p><p>{first}</p></div>'
    )
    plain = page(WORDS[n], more="")
    body = plain.body.decode().replace("<title>", f"{head}<title>", 1)
    return replace(plain, body=body.replace("</h1>", f"</h1>{top}", 1).encode())


def test_fields_are_found_where_the_sites_pages_carry_them() -> None:
    """Where five pages say what is at a path, a silent page is read by it."""
    memory = taught(*(cut(dressed(n), Site()) for n in range(5)))
    assert memory.paths == {
        "byline": {"article > div.x-c": 5},
        "standfirst": {"article > div.x-a > p.x-b": 5},
    }
    silent = dressed(5, told=False)
    before, article = (cut(silent, Site(), m).article for m in (NOTHING, memory))
    assert before is not None and article is not None
    assert (before.standfirst, before.authors) == (None, ())
    assert article.standfirst == (
        "What the keepers of the pilot have to say of it after eleven years."
    )
    assert article.authors == ("Flo Handle",)
    assert article.sources["authors"] == article.sources["standfirst"] == "memory"
    assert article.standfirst not in article.body
    rules = {p.role: p.rule for p in anatomy(silent, Site(), memory).parts}
    assert rules["standfirst"] == rules["byline"] == "where the site's pages carry it"


def test_four_pages_do_not_show_where_a_field_stands() -> None:
    """A habit needs five."""
    assert not taught(*(cut(dressed(n), Site()) for n in range(4))).paths


def test_a_learned_path_is_looked_for_in_the_head_only() -> None:
    """A lone line of the same kind below the text is no standfirst and no byline."""
    memory = taught(*(cut(dressed(n), Site()) for n in range(5)))
    said = "At the close of the meeting the chairman offered his resignation to all."
    low = (
        f'<div class="x-a"><p class="x-b">{said}</p></div>'
        '<div class="x-c">The winner was Ada Bell of the other club</div>'
    )
    plain = page("pilot", more="")
    body = plain.body.decode().replace("</article>", f"{low}</article>").encode()
    article = cut(replace(plain, body=body), Site(), memory).article
    assert article is not None
    assert (article.standfirst, article.authors) == (None, ())
    assert said in article.body


def test_what_is_remembered_stays_out_of_a_short_text() -> None:
    """trafilatura, which is asked where little is left, does not bring it back."""
    lines = [
        f"This paper has been read at lock {n} by all since 1931." for n in range(6)
    ]
    memory = Memory(furniture={number(line): 9 for line in lines}, version=1)
    told = "".join(f"<p>{line}</p>" for line in lines)
    one = page("canal", more="")
    body = (
        "<html><head><title>A short story of the canal</title></head><body><article>"
        "<h1>A short story of the canal</h1><p>It was drained.</p>"
        f"{told}</article></body></html>"
    )
    article = cut(replace(one, body=body.encode()), Site(), memory).article
    assert article is not None
    assert article.body == "It was drained."


SUMMARY = "Nobody had thought that the dredger would ever be seen at work again, and"
LATER = {
    "cut off": f"<div><p>{TEASED}</p><p>{SUMMARY}...</p></div>",
    "linked": f'<div><p><a href="/dredger">{TEASED}</a></p><p>{SUMMARY}…</p></div>',
    "labelled": f"<div><h3>{TEASED}</h3><div><p>{SUMMARY}.</p></div></div>",
    "broken": f"<p><b>{TEASED}</b><br>{SUMMARY}.</p>",
    "after a label": f"<p>NOW READ: {TEASED}</p>",
    "with a summary": f"<p><b>In other news:</b> {TEASED} – {SUMMARY}.</p>",
    "dated": f"<div><p>20 March 2026</p><p>{TEASED}</p><p>5 min read</p></div>",
}


@pytest.mark.parametrize("form", LATER)
def test_what_stands_beside_another_articles_headline_goes_with_it(form: str) -> None:
    """No word of a later article is left in the older one, however it is teased."""
    later, other = page("dredger", "", headline=TEASED), page("quay", LATER["dated"])
    older = page("canal", LATER[form])
    memory = taught(*(cut(one, Site()) for one in (older, other, later)))
    (text,) = texts(older, memory=memory)
    assert len(texts(older)[0].splitlines()) > 12
    assert text == texts(page("canal", ""))[0]


@pytest.mark.parametrize("form", ["linked", "after a label"])
def test_one_page_is_enough_to_know_a_teaser_by(form: str) -> None:
    """What rules left out as a link, or stands after a label, teaches as well."""
    box = LATER[form].replace("<p>NOW", "<div><p>NOW").replace("</p>", "</p></div>", 1)
    box = box if form == "after a label" else LATER[form]
    older, later = page("canal", box), page("dredger", "", headline=TEASED)
    memory = taught(cut(older, Site()), cut(later, Site()))
    assert number(TEASED) in memory.teasers
    assert len(texts(older, memory=memory)[0].splitlines()) == 12
    lessons = {cut(older, Site(), known).lesson for known in (NOTHING, memory)}
    assert len(lessons) == 1


STAYS = {
    "link below text": f'<div><p>{PROMISE}</p><p><a href="/x">{TEASED}</a></p></div>',
    "label and other words": f"<p>The harbour master: {PROMISE}</p>",
    "named in a sentence": f"<p>{PROMISE} It is told in: {TEASED}</p>",
    "known slogan": f"<div><p>{SUMMARY}.</p><p>{PROMISE}</p></div>",
}


@pytest.mark.parametrize("form", STAYS)
def test_text_near_what_is_known_stays(form: str) -> None:
    """A link under a paragraph, or the site's own line over it, condemn no text."""
    memory = Memory(
        teasers={number(TEASED): frozenset((1,))}, furniture={number(SUMMARY): 9}
    )
    (text,) = texts(page("canal", STAYS[form]), memory=memory)
    assert PROMISE in text


def test_a_round_up_keeps_what_it_tells() -> None:
    """Where most of a text stands under other articles' headlines, it is the text."""
    titles = [f"What the {word} has to do with all of this" for word in WORDS]
    told = [
        f"In the matter of the {word} the council has not decided." for word in WORDS
    ]
    boxes = "".join(
        f"<div><p>{title}</p><p>{line}</p></div>"
        for title, line in zip(titles, told, strict=True)
    )
    memory = Memory(teasers={number(title): frozenset((1,)) for title in titles})
    digest = page("week").body.decode()
    first, last = digest.index("<p>"), digest.index("</article>")
    body = (digest[:first] + boxes + digest[last:]).encode()
    article = cut(replace(page("week"), body=body), Site(), memory).article
    assert article is not None
    assert all(line in article.body for line in told)

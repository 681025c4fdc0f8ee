"""Tiny pages: how lines are read, where the text is found, and who is asked last."""

from __future__ import annotations

import pytest
from reader import Site, page
from tiny import ONE, THREE, TITLE, TWO, article, lines, told

from pipelines.extract import anatomy
from pipelines.extract.lines.layout import mark
from pipelines.extract.lines.reading import read_layout
from pipelines.extract.lines.witness import believe
from pipelines.extract.tree import parse


def test_comments_may_be_longer_than_the_text() -> None:
    """A long discussion neither becomes the ground nor leaks into the text."""
    said = [f"{number}. {TWO} I say so." for number in range(9)]
    markup = article(after="").replace(
        "</main>",
        f'<div class="comments">{"".join(f"<p>{x}</p>" for x in said)}</div></main>',
    )
    found = lines(markup)
    assert told(found[said[0]]) == ("comments", "class comments")
    assert told(found[ONE]) == ("body", "in the article")


def test_text_is_where_most_running_text_stands() -> None:
    """A box without any name is the ground when it holds nearly all of the prose."""
    found = lines(
        '<body><div><a href="/">The Ropewalk</a><p>Since the tide turned</p></div>'
        f"<div><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></div></body>"
    )
    assert told(found[TWO]) == ("body", "in the article")
    assert told(found["Since the tide turned"]) == ("nav", "outside the article")


def test_a_container_named_as_the_articles_is_preferred() -> None:
    """Prose beside the named container stays out, though it is in the same box."""
    beside = f"{TWO} This is what the owner of the page thinks of ropes."
    found = lines(
        f'<body><div><p>{beside}</p><div class="article-body"><p>{ONE}</p>'
        f"<p>{TWO}</p><p>{THREE}</p></div></div></body>"
    )
    assert told(found[beside]) == ("nav", "outside the article")
    assert told(found[ONE]) == ("body", "in the article")


def test_the_profiles_selector_decides() -> None:
    """With a body selector, lines outside what it names are no part of the text."""
    markup = f"<body><h1>{TITLE}</h1><p>{TWO}</p><div id=t><p>{ONE}</p>"
    markup += f"<p>{THREE}</p></div></body>"
    found = lines(markup, Site(selectors={"body": ("#t",)}))
    assert told(found[TWO]) == ("nav", "not in the profile's selector")
    assert found[ONE].kept


def test_frames_are_named_by_what_encloses_them() -> None:
    """Lines outside the ground get the role of the innermost name around them."""
    markup = article().replace(
        "<main>",
        '<nav><a href="/n">News</a></nav><div class="share">Pin it</div><main>',
    )
    found = lines(markup.replace("</main>", "</main><footer>Printed at sea</footer>"))
    assert told(found["News"]) == ("nav", "<nav>")
    assert told(found["Pin it"]) == ("share", "class share")
    assert told(found["Printed at sea"]) == ("legal", "<footer>")


def test_of_several_containers_the_headlines_one_is_the_ground() -> None:
    """On a page of several articles the one that holds the headline is cut."""
    other = f"{THREE} That is another story, and it is told on a page of its own."
    second = f"<article><h2>Oars</h2><p>{other}</p><p>{other} Twice.</p></article>"
    found = lines(article().replace("</main>", f"{second}</main>"))
    assert told(found[other]) == ("nav", "outside the article")
    assert found[ONE].kept


def test_a_bold_line_is_a_subhead() -> None:
    """A paragraph that is bold as a whole and ends no sentence is a subhead."""
    found = lines(article("<p><b>Where the rope is kept</b></p>"))
    part = found["Where the rope is kept"]
    assert (part.role, part.level, part.kept) == ("subhead", 2, True)


def test_a_bold_sentence_stays_a_paragraph() -> None:
    """A bold line that ends a sentence is said, not headed."""
    found = lines(article("<p><b>The rope is wet.</b></p>"))
    assert found["The rope is wet."].role == "body"


def test_breaks_part_paragraphs() -> None:
    """Text with breaks and no paragraphs is as many lines as a reader sees."""
    found = lines(f"<body><h1>{TITLE}</h1>{ONE}<br><br>{TWO}<br>{THREE}</body>")
    assert [found[text].role for text in (ONE, TWO, THREE)] == ["body"] * 3


def test_wrapped_lines_are_joined() -> None:
    """A break inside a sentence only wraps the line."""
    cut = ONE.index("rope, so") + len("rope,")
    wrapped = f"{ONE[:cut]}<br>{ONE[cut + 1 :]}"
    found = lines(f"<body><h1>{TITLE}</h1><p>{wrapped}</p><p>{TWO}</p></body>")
    assert found[ONE].kept


def test_a_sentence_goes_on_around_inline_furniture() -> None:
    """A named span inside a sentence is read apart, and the sentence stays whole."""
    span = '<span class="share">Post</span>'
    found = lines(article(f"<p>A third rope {span} has been ordered in secret.</p>"))
    assert found["A third rope has been ordered in secret."].kept
    assert found["Post"].role == "share"


def test_elements_nested_too_deep_are_still_read() -> None:
    """A thousand boxes inside each other lose no text."""
    deep = f"{'<div>' * 1000}<p>{ONE}</p><p>{TWO}</p>{'</div>' * 1000}"
    found = lines(f"<body><h1>{TITLE}</h1>{deep}</body>")
    assert found[ONE].kept
    assert found[TWO].kept


def test_data_tables_are_rows() -> None:
    """A table of data is one line a row, its header known as such."""
    table = (
        "<table><tr><th>Rope</th><th>Metres</th></tr>"
        "<tr><td>Old</td><td>31</td></tr></table>"
    )
    found = lines(article(table))
    assert (found["Rope | Metres"].role, found["Rope | Metres"].level) == ("table", 1)
    assert (found["Old | 31"].role, found["Old | 31"].level) == ("table", 0)


def test_layout_tables_are_read_through() -> None:
    """The paragraphs in a table that only places things are paragraphs."""
    found = lines(
        f'<body><table><tr><td><a href="/">News</a></td><td><h1>{TITLE}</h1>'
        f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></td></tr></table></body>"
    )
    assert [found[text].role for text in (ONE, TWO, THREE)] == ["body"] * 3
    assert not found["News"].kept


def test_list_items_keep_their_depth() -> None:
    """Items of a list inside an item are one level deeper."""
    found = lines(article("<ul><li>hemp<ul><li>tarred hemp</li></ul></li></ul>"))
    assert (found["hemp"].role, found["hemp"].level) == ("list", 0)
    assert (found["tarred hemp"].role, found["tarred hemp"].level) == ("list", 1)


DECK = "Forty metres are enough to turn in, but not to turn twice on the same evening"
LONG_DECK = f"{DECK}, as the younger captain has found"


def standfirst_page(under: str, description: str = "") -> str:
    """Return a page with something under its headline, outside the text's box."""
    return (
        f'<html><head><meta name="description" content="{description}"></head><body>'
        f"<div><h1>{TITLE}</h1>{under}</div>"
        f'<div class="article-body"><p>{ONE}</p><p>{TWO}</p>'
        f"<p>{THREE}</p></div></body></html>"
    )


@pytest.mark.parametrize(
    ("under", "description"),
    [
        (f'<div class="article-lead">{DECK}</div>', ""),
        (f"<div>{DECK}</div>", DECK),
        (f"<p>{LONG_DECK}</p>", ""),
        (f"<div>{DECK}</div><div>By Ida Skell</div>", ""),
        (f'<div>{DECK}</div><div class="byline">Ida Skell, at sea</div>', ""),
        (f"<div>{LONG_DECK}</div><div>14 March 2026</div>", DECK[:20]),
    ],
    ids=["name", "description", "alone", "byline", "named byline", "date"],
)
def test_standfirst_under_the_headline(under: str, description: str) -> None:
    """The paragraph under the headline is known by name, description or by itself."""
    found = anatomy(page(standfirst_page(under, description)), Site())
    text = LONG_DECK if LONG_DECK in under else DECK
    part = next(part for part in found.parts if part.text == text)
    assert told(part) == ("standfirst", "under the headline")
    assert found.article is not None
    assert found.article.standfirst == text


@pytest.mark.parametrize(
    "line",
    [
        "The Ropewalk News Jan 15, 2026 at 4:01 PM",
        "Una is an experienced journalist and author",
        "Photo illustration by Ida Skell for The Ropewalk",
        "Werbung. Dieser Beitrag handelt von Seilen",
    ],
)
def test_lines_of_other_kinds_are_no_standfirst(line: str) -> None:
    """A time, a life, a picture's credit or a label is no standfirst by its place."""
    text = f"{line}, who is seen here in a boat beside the rope"
    assert lines(standfirst_page(f"<p>{text}</p>"))[text].role != "standfirst"


def test_the_words_under_a_film_are_no_standfirst() -> None:
    """A line whose name is a standfirst's and a film's is about the film."""
    box = f'<div class="video-excerpt">{DECK}</div>'
    assert lines(standfirst_page(box))[DECK].role != "standfirst"


def test_a_headline_with_a_standfirsts_class_is_no_standfirst() -> None:
    """What repeats the headline under a standfirst's class is not kept twice."""
    markup = standfirst_page(f'<p class="standfirst">{TITLE} than before</p>')
    cut = anatomy(page(markup.replace(f">{TITLE}<", f">{TITLE} than before<")), Site())
    assert cut.article is not None
    assert cut.article.standfirst is None


def test_a_named_standfirst_may_stand_further_down() -> None:
    """A player between the headline and the standfirst does not hide it."""
    player = "".join(f"<div>Button {n}</div>" for n in range(16))
    under = f'{player}<div class="field-perex"><p>{DECK}</p></div>'
    assert lines(standfirst_page(under))[DECK].role == "standfirst"
    cut = f'{player}<div class="excerpt"><p>{DECK}...</p></div>'
    assert lines(standfirst_page(cut))[f"{DECK}..."].role != "standfirst"


def test_a_headline_marked_up_inside_is_a_headline() -> None:
    """A box inside the heading does not part the headline from its standfirst."""
    markup = standfirst_page(f"<p>{LONG_DECK}</p>")
    inside = f"><div><span>{TITLE}</span></div><"
    found = lines(markup.replace(f">{TITLE}<", inside))
    assert found[TITLE].role == "headline"
    assert found[LONG_DECK].role == "standfirst"


def test_the_headline_again_is_no_standfirst() -> None:
    """A line that only repeats the headline says nothing new under it."""
    markup = standfirst_page(f"<p>{LONG_DECK}</p>")
    found = lines(markup.replace(f">{TITLE}<", f">{LONG_DECK}<"))
    assert found[LONG_DECK].role == "headline"


def test_a_described_paragraph_inside_the_text_stays_in_its_place() -> None:
    """What the description repeats from below the first paragraph is text."""
    markup = article().replace(
        "<body>", f'<head><meta name="description" content="{TWO}"></head><body>'
    )
    assert told(lines(markup)[TWO]) == ("body", "in the article")


def test_a_teaser_above_the_text_is_no_standfirst() -> None:
    """A box named as a teaser that leads elsewhere is about something else."""
    box = f'<div class="teaser"><p class="lead">{DECK}</p><a href="/o">More</a></div>'
    assert lines(standfirst_page(box))[DECK].role != "standfirst"


def test_what_encloses_the_article_says_nothing_of_its_standfirst() -> None:
    """A class word of the whole page does not take the standfirst away."""
    markup = standfirst_page(f'<p class="lead">{DECK}</p>')
    found = lines(markup.replace("<body>", '<body class="has-share nav-top">'))
    assert found[DECK].role == "standfirst"


def test_one_paragraph_beside_the_text_box_is_its_beginning() -> None:
    """The first paragraph may stand beside the box that holds all the others."""
    markup = (
        f'<body><div><h1>{TITLE}</h1><p class="standfirst">{DECK}</p>'
        f"<div><p>{ONE}</p><div><p>{TWO}</p><p>{THREE}</p><p>{TWO} {ONE}</p>"
        f"<p>{THREE} {TWO}</p><p>{ONE} {THREE}</p></div></div></div></body>"
    )
    assert told(lines(markup)[ONE]) == ("body", "between headline and text")


def test_a_byline_is_no_standfirst_whatever_its_class() -> None:
    """A line with a standfirst's class that names the author or a day is none."""
    markup = standfirst_page(
        '<p class="standfirst">By Ida Skell and the two captains</p>'
    )
    cut = anatomy(page(markup), Site())
    assert cut.article is not None
    assert cut.article.standfirst is None


def test_one_of_several_lines_under_the_headline_is_no_standfirst() -> None:
    """Two paragraphs between headline and text are its beginning."""
    first, second = f"{LONG_DECK} this week.", f"{TWO} So say both captains of it."
    found = lines(standfirst_page(f"<p>{first}</p><p>{second}</p>"))
    assert told(found[first]) == ("body", "between headline and text")
    assert told(found[second]) == ("body", "between headline and text")


def test_a_caption_under_the_headline_is_no_standfirst() -> None:
    """A picture's line stands where a standfirst would, and is none."""
    found = lines(standfirst_page(f"<figure><p>{LONG_DECK}</p></figure>"))
    assert found[LONG_DECK].role != "standfirst"


def test_trafilatura_is_asked_where_the_rules_leave_too_little() -> None:
    """Where the rules leave next to nothing, the lines of its verdict are the text."""
    short = "The rope has been found again, and it is dry."
    found = lines(f"<body><article><h1>{TITLE}</h1><p>{short}</p></article></body>")
    assert told(found[short]) == ("body", "trafilatura's verdict")


def test_lines_that_the_verdict_lacks_are_left_out() -> None:
    """Believing trafilatura, a line that it does not name is no text any more."""
    root = parse(f"<body><p>{ONE}</p><p>Not named</p><p>{TWO}</p></body>")
    assert root is not None
    leaves = read_layout(root.find("body")).leaves
    mark(leaves, "body", "in the article")
    believe(leaves, f"{ONE}\n{TWO}")
    assert [(leaf.role, leaf.rule) for leaf in leaves] == [
        ("body", "trafilatura's verdict"),
        ("nav", "not in trafilatura's verdict"),
        ("body", "trafilatura's verdict"),
    ]


def test_the_verdict_does_not_overrule_what_is_certain() -> None:
    """Lines of comments stay so, even where trafilatura is asked for the text."""
    said = "I said that it was dry all along, and nobody would listen to me."
    found = lines(
        f"<body><article><h1>{TITLE}</h1><p>{ONE}</p></article>"
        f'<div class="comments"><p>{said}</p></div></body>'
    )
    assert told(found[ONE]) == ("body", "trafilatura's verdict")
    assert told(found[said]) == ("comments", "class comments")
    assert not found[said].kept

"""Tiny pages on which a rule must hold back, or look beyond a single box or line."""

from __future__ import annotations

from tiny import ONE, THREE, TITLE, TWO, article, lines, told


def test_a_first_level_heading_among_paragraphs_is_a_subhead() -> None:
    """A page that uses first-level headings for its parts is one article."""
    found = lines(article("<h1>What the captains say</h1>"))
    assert found["What the captains say"].kept
    assert told(found[THREE]) == ("body", "in the article")


def test_articles_loaded_below_are_left_out_however_many() -> None:
    """Of articles in boxes of one kind the headline's is cut, though it is shorter."""
    others = "".join(
        f'<article class="a"><h1>Oars, part {n}</h1><p>{ONE} {n}</p><p>{TWO} {n}</p>'
        f"<p>{THREE} {n}</p><p>{TWO} {ONE}</p></article>"
        for n in (1, 2, 3)
    )
    markup = article().replace("<article>", '<article class="a">')
    found = lines(markup.replace("</main>", f"{others}</main>"))
    assert found[ONE].kept
    assert not found[f"{ONE} 2"].kept


def test_other_articles_inside_the_text_box_are_left_out() -> None:
    """Articles with headlines of their own below the text are none of it."""
    others = "".join(
        f"<article><h1>Oars, part {n}</h1><p>{TWO} {n}</p></article>" for n in (1, 2)
    )
    markup = article(f"<p>{ONE} Again.</p>", after=others)
    found = lines(markup.replace("<article><h1>Ferry", "<div><h1>Ferry", 1))
    assert told(found[f"{TWO} 2"]) == ("teaser", "after another article's headline")


def test_somebody_the_text_speaks_of_is_in_the_text() -> None:
    """A last line about a person whom the article names is no life of its author."""
    last = "Una Pell is the captain of the ferry."
    found = lines(article(f"<p>Captain Pell agrees. {TWO}</p>", after=f"<p>{last}</p>"))
    assert found[last].kept


def test_a_list_that_says_much_of_each_thing_is_text() -> None:
    """Boxes of one kind that are most of the article are no teasers."""
    boxes = "".join(
        f'<div class="k"><h4><a href="/{n}">Rope number {n} of three</a></h4>'
        f"<p>{ONE} {n}</p><p>{TWO} {n}</p></div>"
        for n in range(3)
    )
    found = lines(article(boxes))
    assert found[f"{ONE} 1"].kept
    assert found["Rope number 1 of three"].kept


def test_long_boxes_without_a_name_are_parts_of_the_text() -> None:
    """A row of plain boxes one of which is long is not taken for cards."""
    title = '<h4><a href="/o">Oars are for sale again</a></h4>'
    boxes = f"<div>{title}<p>Soon.</p></div>" * 3
    boxes += f"<div>{title}<p>{ONE}</p><p>{TWO}</p><p>{THREE} Thus.</p></div>"
    found = lines(article(f"{boxes}<p>{TWO} So it goes.</p>" + f"<p>{ONE}</p>" * 3))
    assert found[f"{THREE} Thus."].kept


def test_cards_with_numbers_are_items_of_the_article() -> None:
    """A box whose linked title has a number is one of a list that the article is."""
    box = '<div class="card"><h4><a href="/o">1. The longest rope</a></h4>'
    found = lines(article(f"{box}<p>{ONE} It is in the barn.</p></div>"))
    assert found["1. The longest rope"].kept


def test_cards_that_are_the_article_are_kept() -> None:
    """Where single cards are a large part of the text, they are the text."""
    cards = "".join(
        f'<div class="card"><h4><a href="/{n}">Rope of the year {n}</a></h4>'
        f"<p>{ONE} {n}</p></div>"
        for n in (1, 2)
    )
    assert lines(article(cards))[f"{ONE} 1"].kept


def test_a_short_paragraph_in_a_box_like_the_others_is_text() -> None:
    """A short line beside paragraphs that are boxes like its own is no stray."""
    divs = "".join(f'<div class="par"><p>{x}</p></div>' for x in (ONE, TWO, THREE))
    short = '<div class="par"><div><p>Nobody laughed.</p></div></div>'
    found = lines(f"<body><div><h1>{TITLE}</h1>{divs}{short}{divs}</div></body>")
    assert told(found["Nobody laughed."]) == ("body", "in the article")


def test_a_subhead_over_a_list_is_text() -> None:
    """In a box without running text a heading stays with the list under it."""
    box = '<div class="x"><h3>Needed</h3><ul><li>Hemp</li><li>Tar</li></ul></div>'
    found = lines(article(box))
    assert found["Needed"].kept
    assert found["Tar"].kept


def test_a_heading_is_not_known_by_an_id_made_of_its_words() -> None:
    """An id that repeats a heading's words says nothing of what the heading is."""
    found = lines(article('<h2 id="how-to-share">How to share a rope</h2>'))
    assert found["How to share a rope"].kept


def test_what_is_behind_a_wall_is_no_wall() -> None:
    """Paragraphs that are marked as for subscribers are text where they are shown."""
    found = lines(article('<p class="paywall">Hemp is dear this year.</p>'))
    assert found["Hemp is dear this year."].kept


def test_names_that_deny_or_mean_nothing_take_nothing_away() -> None:
    """Denials, digests and letters of generated names are about no furniture."""
    found = lines(
        article(
            '<div class="no-sidebar"><p>One is long.</p></div>'
            '<div class="b-58ad1d2"><p>Two are longer.</p></div>'
            '<div class="ab ad q"><p>Three are longest.</p></div>'
        )
    )
    kept = ("One is long.", "Two are longer.", "Three are longest.")
    roles = {found[text].rule for text in kept}
    assert not {rule for rule in roles if rule.startswith("class")}


def test_soft_hyphens_and_anchors_are_no_text() -> None:
    """Where a word may be parted and what a heading links to itself is left out."""
    found = lines(
        article(f'<h2>Rain<a href="#r">#</a></h2><p>The boat\xadhouse leaks. {TWO}</p>')
    )
    assert found["Rain"].kept
    assert found[f"The boathouse leaks. {TWO}"].kept


def test_lines_outside_the_article_are_known_by_their_words() -> None:
    """A label in the frame says more than the name of the box it is in."""
    below = "<footer><p>Share this page</p></footer><p>Photo: Ida Skell</p>"
    found = lines(article().replace("</main>", f"</main>{below}"))
    assert told(found["Share this page"]) == ("share", "label")
    assert found["Photo: Ida Skell"].role == "caption"


def test_captions_outside_the_article_keep_their_role() -> None:
    """A box above the text that is named as a caption is one."""
    above = '<div class="hero"><span class="caption">The rope at rest</span></div>'
    found = lines(article().replace("<main>", f"{above}<main>"))
    assert told(found["The rope at rest"]) == ("caption", "class caption")


def test_titles_below_the_article_are_teasers() -> None:
    """A linked title below the text is a teaser, and so are the words beside it."""
    below = (
        '<div><a href="/o"><h3>Oars are for sale again</h3>'
        "<p>They float, a sailor says.</p></a></div>"
        '<div><h3><a href="/p">Sails have been found again</a></h3>'
        "<p>Nobody had missed them.</p></div>"
    )
    found = lines(article().replace("</main>", f"</main>{below}"))
    assert told(found["Oars are for sale again"]) == (
        "teaser",
        "a title that leads elsewhere",
    )
    assert told(found["Nobody had missed them."]) == (
        "teaser",
        "stands with a title that leads elsewhere",
    )


def test_a_day_at_the_end_is_not_text() -> None:
    """A last line that only says when the page was published is none of the text."""
    many = "".join(f"<p>{TWO} {n}</p>" for n in range(9))
    found = lines(article(many, after="<p>Publiziert: 3.4.2026, 12:35</p>"))
    assert told(found["Publiziert: 3.4.2026, 12:35"]) == (
        "byline",
        "says when it was published",
    )


def test_what_a_letter_is_about_is_not_text() -> None:
    """A box named as a newsletter's may say in a few sentences what is in it."""
    many = "".join(f"<p>{TWO} {n}</p>" for n in range(9))
    letter = f'<div class="news-letter"><p>{ONE[:150]}</p><p>{THREE[:150]}</p></div>'
    found = lines(article(f"{many}{letter}{many}"))
    assert told(found[ONE[:150]]) == ("newsletter", "class newsletter")

"""One tiny page for each rule that labels lines: role and rule come out as stated."""

from __future__ import annotations

import pytest
from reader import Site, page
from tiny import ONE, THREE, TITLE, TWO, article, lines, told

from pipelines.extract import Memory, anatomy
from pipelines.extract.text import number

BOXED = {
    "related by class": (
        '<div class="related-posts"><a href="/a">Oars for sale</a></div>',
        "Oars for sale", "related", "class related"),
    "share by class": (
        '<div class="share-bar">Send it to a friend</div>',
        "Send it to a friend", "share", "class share"),
    "newsletter by class": (
        '<div class="newsletter"><p>One rope a week</p></div>',
        "One rope a week", "newsletter", "class newsletter"),
    "sponsored by class": (
        '<div class="advert"><p>Buy our knots</p></div>',
        "Buy our knots", "sponsored", "class sponsored"),
    "hidden by whole class": (
        '<div class="d-none"><p>Only for printers</p></div>',
        "Only for printers", "nav", "class hidden"),
    "life by class": (
        '<div class="author-bio"><p>She ties knots for a living.</p></div>',
        "She ties knots for a living.", "byline", "class bio"),
    "notice by class": (
        '<div class="cookie-banner"><p>We keep crumbs</p></div>',
        "We keep crumbs", "legal", "class legal"),
    "rail by class": (
        '<div class="sidebar"><p>Seen elsewhere</p></div>',
        "Seen elsewhere", "teaser", "class sidebar"),
    "menu by class": (
        '<div class="breadcrumbs"><p>Home, Ropes</p></div>',
        "Home, Ropes", "nav", "class nav"),
    "inset by class": (
        '<div class="infobox"><p>Length: 40 metres</p></div>',
        "Length: 40 metres", "teaser", "class inset"),
    "inline furniture": (
        '<p><span class="share">Pass it on</span> The rope was twisted in a barn, and '
        "the barn had to be moved for it.</p>",
        "Pass it on", "share", "class share"),
    "aside": ("<aside><p>Ropes elsewhere</p></aside>",
              "Ropes elsewhere", "teaser", "<aside>"),
    "form": ('<form action="/s"><p>Your address</p></form>',
             "Your address", "newsletter", "<form>"),
    "button": ("<p><button>Make text larger</button></p>",
               "Make text larger", "nav", "<button>"),
    "figcaption": (
        "<figure><blockquote><p>We like rope.</p></blockquote><figcaption>A captain"
        "</figcaption></figure>", "A captain", "caption", "<figcaption>"),
    "figure": ('<figure><img src="r.jpg"><p>The rope again</p></figure>',
               "The rope again", "caption", "<figure>"),
    "caption by class": ('<div class="wp-caption-text">A rope, wet</div>',
                         "A rope, wet", "caption", "class caption"),
    "embedded post": (
        '<blockquote class="twitter-tweet"><p>I have seen the rope.</p></blockquote>',
        "I have seen the rope.", "related", "embedded post"),
    "list of links": (
        '<ul><li><a href="/a">Oars for sale once more</a></li>'
        '<li><a href="/b">Anchor found</a></li></ul>',
        "Oars for sale once more", "teaser", "mostly links"),
    "list of single words": (
        '<ul><li><a href="/a">Oars</a></li><li><a href="/b">Anchors</a></li></ul>',
        "Oars", "nav", "mostly links"),
    "row of cards": (
        "".join(
            f'<div class="k"><h4><a href="/{n}">Card number {n} of the three</a></h4>'
            f"<p>Some words that are said of card {n}, and they are longer than it."
            "</p></div>" for n in range(3)),
        "Card number 1 of the three", "teaser", "one of a row of cards"),
    "card by itself": (
        '<div class="k"><a href="/o"><img src="o.jpg"></a>'
        '<h4><a href="/o">Oars are for sale again</a></h4><p>They float.</p></div>',
        "They float.", "teaser", "a card by itself"),
    "box called a card": (
        '<div class="card"><h4><a href="/o">Oars are for sale again</a></h4>'
        "<p>They float.</p></div>", "They float.", "teaser", "a card by itself"),
    "cards without titles": (
        "".join(f'<div class="crew-card"><p>Sailor {n}</p><p>{n} knots are what this '
                "one ties in an hour, and unties again.</p></div>" for n in range(6)),
        "Sailor 4", "teaser", "one of many cards without titles"),
    "row with short lines between": (
        "<table>" + "".join(
            f'<tr><td><h4><a href="/{n}">Row number {n} of the three</a></h4>'
            f"<p>Some words that are said of row {n}, and they are longer than it."
            "</p></td></tr><tr><td>More</td></tr>" for n in range(3)) + "</table>",
        "Row number 1 of the three", "teaser", "one of a row of cards"),
    "caption beside a picture": (
        '<div class="x1"><img src="r.jpg"><div>The rope, dry, in April</div></div>',
        "The rope, dry, in April", "caption", "beside a picture"),
    "paragraph under a picture": (
        '<div class="image-box"><img src="r.jpg"><p>The rope, dry, in May</p></div>',
        "The rope, dry, in May", "caption", "beside a picture"),
    "not on paper": ('<div class="no-print"><p>Set up an alert</p></div>',
                     "Set up an alert", "nav", "class toolbar"),
    "subhead over what is left out": (
        '<div class="x"><h3>Tides</h3><p>Low at noon</p></div>',
        "Tides", "nav", "no running text around"),
    "stray": ('<div class="x"><span>Four minutes</span></div>',
              "Four minutes", "nav", "no running text around"),
}  # fmt: skip
LINED = {
    "label": ("<p>Share this page</p>", "Share this page", "label"),
    "empty tags": ("<p>Tags</p>", "Tags", "label"),
    "login prompt": ("<p>Please log in to post a comment.</p>",
                     "Please log in to post a comment.", "label"),
    "pointer": ('<p>Read more: <a href="/o">Oars are for sale again</a></p>',
                "Read more: Oars are for sale again", "leads elsewhere"),
    "pointer in Spanish": (
        '<p>Mira: <a href="/o">Los remos se venden otra vez</a></p>',
        "Mira: Los remos se venden otra vez", "leads elsewhere"),
    "credit in French": ("<p>Crédits photos : Ida Skell</p>",
                         "Crédits photos : Ida Skell",
                         "says what or whose a picture is"),
    "credit at the end": ("<p>The rope in a storm (Foto: Ida Skell)</p>",
                          "The rope in a storm (Foto: Ida Skell)",
                          "says what or whose a picture is"),
    "calendar": (
        "<p>2026-03-14 10:30:00 2026-03-14 11:00:00 Europe/Oslo Splicing for all</p>",
        "2026-03-14 10:30:00 2026-03-14 11:00:00 Europe/Oslo Splicing for all",
        "for a calendar program"),
    "tags with a label": ("<p>Tags: rope, barn</p>", "Tags: rope, barn", "label"),
    "picture line": ("<p>Photo: Ida Skell</p>", "Photo: Ida Skell",
                     "says what or whose a picture is"),
    "links after a label": (
        '<p>Related content</p><p><a href="/o">Oars are for sale</a></p>',
        "Oars are for sale", "links after a label"),
    "label of links": (
        '<p>Related content</p><p><a href="/o">Oars are for sale</a></p>',
        "Related content", "links after a label"),
}  # fmt: skip
ENDS = {
    "heading that ends": (
        "<h3>About the author</h3><p>She lives beside the sea.</p>",
        "She lives beside the sea.", "nav", "after a heading that ends the article"),
    "related to the end": (
        "<h3>You may also like</h3><p>Nothing has been found.</p>",
        "Nothing has been found.", "teaser", "after a heading that ends the article"),
    "related topic to the end": (
        "<h3>More on ropes</h3><p>Nothing has been found.</p>",
        "Nothing has been found.", "related", "after a heading that ends the article"),
    "notice": ("<p>© 2026 The Ropewalk</p>",
               "© 2026 The Ropewalk", "nav", "closes the page"),
    "contributors": ("<p>Additional reporting by Ida Skell</p>",
                     "Additional reporting by Ida Skell", "byline",
                     "names contributors"),
    "origin": (
        '<p>This article was first published in <a href="/s">The Sea Post</a></p>',
        "This article was first published in The Sea Post", "related",
        "leads to where the text came from"),
    "mailbox": ('<a href="mailto:us@rope.example">Write to us</a>',
                "Write to us", "nav", "leads to a mailbox"),
    "who asked": ("<p>Interview: Ida Skell</p>", "Interview: Ida Skell", "byline",
                  "names contributors"),
    "life of a stranger": (
        "<p>Una Pell is the founder of a school for knots.</p>",
        "Una Pell is the founder of a school for knots.", "byline",
        "says who somebody is whom the text does not name"),
    "subhead over nothing": ("<h3>What comes after</h3>",
                             "What comes after", "nav", "subhead over nothing"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOXED)
def test_boxes_are_known_by_tag_name_and_shape(name: str) -> None:
    """A box inside the text is left out by the rule that fits it, and only that box."""
    markup, text, role, rule = BOXED[name]
    found = lines(article(markup))
    assert told(found[text]) == (role, rule)
    assert not found[text].kept
    assert found[ONE].kept
    assert found[THREE].kept


@pytest.mark.parametrize("name", LINED)
def test_lines_are_known_by_their_words(name: str) -> None:
    """A line inside the text whose words give it away is left out, and only that."""
    markup, text, rule = LINED[name]
    found = lines(article(markup))
    assert found[text].rule == rule
    assert not found[text].kept
    assert found[THREE].kept


@pytest.mark.parametrize("name", ENDS)
def test_lines_that_end_an_article(name: str) -> None:
    """What stands after the last paragraph is left out by the rule that fits it."""
    markup, text, role, rule = ENDS[name]
    found = lines(article(after=markup))
    assert told(found[text]) == (role, rule)
    assert not found[text].kept
    assert found[THREE].kept


def test_prose_in_a_misnamed_box_is_text() -> None:
    """A name does not take away most of an article."""
    found = lines(
        f'<body><h1>{TITLE}</h1><div class="share"><p>{ONE}</p><p>{TWO}</p>'
        f"<p>{THREE}</p></div></body>"
    )
    assert [told(found[text]) for text in (ONE, THREE)] == [
        ("body", "in the article")
    ] * 2


def test_a_named_teaser_that_leads_nowhere_is_text() -> None:
    """Prose without a link is no pointer to another article, whatever its class."""
    found = lines(article(f'<div class="promo"><p>{TWO} And so on.</p></div>'))
    assert told(found[f"{TWO} And so on."]) == ("body", "in the article")


def test_headline_in_the_text_is_not_text() -> None:
    """The headline and what stands above it in the ground are no paragraphs."""
    found = lines(
        f"<html><head><title>{TITLE}</title></head><body><div><p>Harbour</p>"
        f"<p>{TITLE}</p><p>By Ida Skell</p><p>{ONE}</p><p>{TWO}</p></div></body></html>"
    )
    assert told(found[TITLE]) == ("headline", "headline")
    assert told(found["Harbour"]) == ("nav", "above the headline")
    assert told(found["By Ida Skell"]) == ("byline", "byline or date")
    assert found[ONE].kept


def test_a_date_under_the_headline_is_not_text() -> None:
    """A line that is a date and nothing else is a dateline, not a paragraph."""
    found = lines(article(head="<p>14 March 2026</p>"))
    assert told(found["14 March 2026"]) == ("byline", "byline or date")


def test_the_standfirst_is_not_said_twice() -> None:
    """A standfirst inside the text's box is kept as the field and not as text."""
    deck = "Forty metres are enough, both captains say"
    found = anatomy(page(article(head=f'<p class="standfirst">{deck}</p>')), Site())
    part = next(part for part in found.parts if part.text == deck)
    assert told(part) == ("standfirst", "the standfirst")
    assert found.article is not None
    assert found.article.standfirst == deck
    assert deck not in found.article.body


def test_a_tag_cannot_take_most_of_the_text() -> None:
    """A page that is one form is read all the same."""
    form = f"<form><h1>{TITLE}</h1><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></form>"
    found = lines(f"<body>{form}</body>")
    assert [told(found[x]) for x in (ONE, THREE)] == [("body", "in the article")] * 2


def test_a_life_at_the_end_is_not_text() -> None:
    """A last line that says who the author is belongs to the byline."""
    life = "Ida Skell is the harbour correspondent and owns a small rope."
    markup = article(head="<p>By Ida Skell</p>", after=f"<p>{life}</p>")
    head = '<head><meta name="author" content="Ida Skell"></head><body>'
    found = lines(markup.replace("<body>", head))
    assert told(found[life]) == ("byline", "says who an author is")


def test_a_pull_quote_is_not_said_twice() -> None:
    """A line that is named a pull-quote and repeats another is left out."""
    said = "those who look after it would like it to stay so"
    quotation = f"<blockquote><p>“{said}”</p></blockquote>"
    pulled = lines(article(f'<div class="pullquote">{quotation}</div>'))[f"“{said}”"]
    assert told(pulled) == ("quote", "repeats a line of the text")
    assert not pulled.kept
    assert lines(article(quotation))[f"“{said}”"].kept


def test_what_is_remembered_of_the_site_is_left_out() -> None:
    """A line that the site's memory holds is the site's, whatever it looks like."""
    line = "The Ropewalk is read by everyone who has ever been tied to something."
    memory = Memory(furniture={number(line): 3})
    cut = anatomy(page(article(f"<p>{line}</p>")), Site(), memory)
    part = next(part for part in cut.parts if part.text == line)
    assert told(part) == ("nav", "the same on 3 articles of the site")
    assert not part.kept


def test_an_article_loaded_below_this_one_is_left_out() -> None:
    """After the first-level heading of another article nothing is this one's."""
    text = f"{TWO} But that was last year, and on another sea."
    below = f"<div><h1>Oars are for sale again</h1><p>{text}</p></div>"
    found = lines(article(after=below))
    assert told(found[text]) == ("teaser", "after another article's headline")
    assert not found[text].kept


def _events(link: str) -> str:
    told = "Everybody who owns a rope is asked to bring it along and to say its name."
    return "<h3>Upcoming events</h3>" + "".join(
        f"<p>{link.format(n)}</p><p>{told} This is evening number {n}.</p>"
        for n in range(9)
    )


def test_other_events_are_not_text_however_many() -> None:
    """Below a heading over events with pages of their own nothing is the article's."""
    found = lines(article(after=_events('<a href="/e/{0}">Splicing evening {0}</a>')))
    other = [part for part in found.values() if "This is evening" in part.text]
    assert len(other) == 9
    assert not any(part.kept for part in other)
    assert all(found[text].kept for text in (ONE, TWO, THREE))


def test_a_list_of_events_without_links_is_the_article_s_own() -> None:
    """The same heading over paragraphs that lead nowhere ends nothing."""
    found = lines(article(after=_events("Splicing evening {0}, in the barn")))
    other = [part for part in found.values() if "This is evening" in part.text]
    assert len(other) == 9
    assert all(part.kept for part in other)

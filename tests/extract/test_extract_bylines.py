"""Bylines that pages show: who wrote the article, and who is only named beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest
from reader import Site, page

from crawler.items import Hint
from pipelines.extract.byline.authors import authors
from pipelines.extract.byline.people import is_full_name, people
from pipelines.extract.fields.titles import headline
from pipelines.extract.material import gather

TITLE = "Canal to be drained"
TEXT = (
    "<p>" + "The lock keepers spoke at some length about the oak gates. " * 3 + "</p>"
)
JO, BOTH = ("Jo Marsh",), ("Jo Marsh", "Sam Vale")


def named(
    beside: str = "", *, below: str = "", head: str = "", host: str = "www.example.com"
) -> tuple[str, ...]:
    """The authors of an article with this below its headline and its text."""
    article = f"<article><h1>{TITLE}</h1>{beside}{TEXT}{TEXT}{below}</article>"
    markup = f"<head><title>{TITLE}</title>{head}</head><body>{article}</body>"
    url = f"https://{host}/news/a-story"
    material = gather(page(markup, url=url), Site(title="Quayside Weekly"))
    assert material is not None
    found = authors(material, headline(material))
    return found.value if found else ()


@pytest.mark.parametrize(
    "line",
    [
        "By Jo Marsh",
        "BY JO MARSH",
        "Von Jo Marsh",
        "Par Jo Marsh",
        "Por Jo Marsh",
        "By: Jo Marsh",
        "By <b>Jo Marsh</b>",
        "Written by Jo Marsh",
        "Ein Gastbeitrag von Jo Marsh",
        "Posted on 3 May 2026 by Jo Marsh",
        "Text: Jo Marsh",
        "Autorin: Jo Marsh",
        "Words by Jo Marsh",
        "<span>By</span> <span>Jo Marsh</span>",
    ],
)
def test_line_that_says_by_whom(line: str) -> None:
    """A line below the headline that begins with "By" or a label names the author."""
    assert named(f"<p>{line}</p>") == JO


@pytest.mark.parametrize(
    "line",
    [
        "By Jo Marsh, Senior Reporter",
        "By Jo Marsh, farm and food editor",
        "Von Jo Marsh, Chefredakteurin",
        "By Jo Marsh | Staff Writer",
        "By Jo Marsh<br>Senior reporter",
    ],
)
def test_role_is_no_part_of_a_name(line: str) -> None:
    """What an author does for a living is left out."""
    assert named(f"<p class=byline>{line}</p>") == JO


@pytest.mark.parametrize(
    "line",
    [
        "By Jo Marsh and Sam Vale",
        "By Jo Marsh &amp; Sam Vale",
        "By Jo Marsh, Sam Vale",
        "Von Jo Marsh und Sam Vale",
        "Par Jo Marsh et Sam Vale",
    ],
)
def test_two_authors_in_one_line(line: str) -> None:
    """Words and marks between two names part them."""
    assert named(f"<p>{line}</p>") == BOTH


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Reuters", ("Reuters",)),
        ("Von dpa", ("dpa",)),
        ("By Reuters and AFP", ("Reuters", "AFP")),
        ("By Jo Marsh and Reuters", ("Jo Marsh", "Reuters")),
        ("By Press Association", ("Press Association",)),
    ],
)
def test_agency_is_an_author(line: str, names: tuple[str, ...]) -> None:
    """An agency that stands where a name would is named as one."""
    assert named(f"<p>{line}</p>") == names


@pytest.mark.parametrize("line", ["By Topic", "By Reuters' count the gates are old"])
def test_other_words_after_by_are_no_author(line: str) -> None:
    """A single word that is no agency, or a sentence about one, names nobody."""
    assert named(f"<p>{line}</p>") == ()


@pytest.mark.parametrize(
    "line",
    [
        "Jo Marsh Las Vegas",
        "Jo Marsh Los Angeles Quayside Weekly",
        "JO MARSH NEW YORK",
        "Jo Marsh, Hong Kong",
        "Jo Marsh in London",
    ],
)
def test_place_beside_a_name_is_left_out(line: str) -> None:
    """Where an author sits, or a paper called after it, is no part of the name."""
    assert people([line], frozenset()) == JO


@pytest.mark.parametrize(
    "name", ["New York Times", "The Evening Hong Kong Post", "Jo London"]
)
def test_name_that_holds_a_place_is_kept(name: str) -> None:
    """A paper called after a place, and a person of such a name, keep it."""
    assert people([name], frozenset()) == (name,)


@pytest.mark.parametrize(
    "words", ["Table of Contents", "Post Views", "Share This", "Read More", "Web Share"]
)
def test_labels_of_the_page_are_no_authors(words: str) -> None:
    """Headings and buttons with capitals are not taken for people."""
    assert named(f'<div class="meta"><span>{words}</span></div>') == ()


@pytest.mark.parametrize(
    "signature",
    [
        "<p>Jo Marsh</p>",
        "<p><em>Jo Marsh</em></p>",
        "<p><strong>Jo Marsh</strong></p>",
        "<p>Text: Jo Marsh</p>",
        "<p>By Jo Marsh</p>",
        "<div>Written by: <b>Jo Marsh</b></div>",
    ],
)
def test_signature_below_the_text(signature: str) -> None:
    """A name alone in the last line, or a labelled one, signs the article."""
    assert named(below=signature) == JO


@pytest.mark.parametrize(
    "line",
    [
        "<p>Jo Marsh</p><p>She went on to say a few words.</p>",
        "<p>Jo Marsh was there too</p>",
        '<div class="comments"><p>Good work.</p><p>By Jo Marsh</p></div>',
        f'<div class="comments">{TEXT}<p>Jo Marsh</p></div>',
        f"<div>{TEXT}</div><p>Jo Marsh</p>",
        "<p>A short line.</p><p>Jo Marsh</p>",
    ],
)
def test_names_below_the_text_that_sign_nothing(line: str) -> None:
    """A name with text after it or in it, or by a reader, is no signature."""
    assert named(below=line) == ()


@pytest.mark.parametrize(
    "address",
    ["/author/jo-marsh", "/autoren/jo-marsh", "/people/jo", "/@jo", "/x?author=7"],
)
def test_link_to_an_authors_page_names_the_author(address: str) -> None:
    """A link beside the headline that leads to a person's page is a byline."""
    assert named(f'<p><a href="{address}">Jo Marsh</a></p>') == JO


def test_link_whose_title_lists_posts_names_the_author() -> None:
    """A link that says it lists the posts by somebody is a byline."""
    link = '<a href="/x/7" title="View all posts by Jo Marsh">Jo Marsh</a>'
    assert named(f"<p>{link}</p>") == JO


def test_invitation_to_an_authors_page_is_no_name() -> None:
    """Of two links to an author's page the one that names is taken."""
    links = '<a href="/author/jo">More posts</a> <a href="/author/jo">Jo Marsh</a>'
    assert named(f"<p class=byline>{links}</p>") == JO


@pytest.mark.parametrize(
    "line",
    [
        'By Jo Marsh in <a href="/topics/oak">Oak Gates</a>',
        'Date: 3 May 2026 Author: Jo Marsh | <a href="/topics/oak">Oak Gates</a>',
    ],
)
def test_byline_that_links_elsewhere(line: str) -> None:
    """What a byline says before a link, or under a label, is its name."""
    assert named(f'<p class="byline">{line}</p>') == JO


def test_only_author_page_anywhere_names_the_author() -> None:
    """Far from the headline, the one author to whose page links lead is taken."""
    box = '<div class="sidebar"><a href="/author/{}">{}</a></div>'
    one, two = box.format("jo", "Jo Marsh"), box.format("sam", "Sam Vale")
    assert named(below=one) == JO
    assert named(below=one + two) == ()
    assert named(below=one + box.format("sam", "More")) == JO


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://www.facebook.com/sharer?u=/author/jo">Jo Marsh</a>',
        '<a href="mailto:news@example.com?subject=/author/jo">Send Page</a>',
        '<a class="share-button" href="/author/share">Share</a>',
    ],
)
def test_share_button_is_no_byline(link: str) -> None:
    """A link to a network names nobody, whatever address it passes on."""
    assert named(f"<p>{link}</p>") == ()


@pytest.mark.parametrize("parent", ["post-details", "author-list"])
def test_adjacent_elements_are_a_name_each(parent: str) -> None:
    """Names in elements of one kind, side by side, need no comma between them."""
    spans = "<em>Jo Marsh</em><em>Sam Vale</em>"
    assert named(f'<div class="{parent}">{spans}</div>') == BOTH


@pytest.mark.parametrize(
    "line",
    [
        "3 May 2026 | 10:30 | Jo Marsh",
        "Jo Marsh · 3 May 2026",
        "Jo Marsh – Reporter – 03.05.2026",
        "03.05.2026, 10:30 Uhr / Jo Marsh",
        "<span>March 3, 2026</span> · 2 min · Jo Marsh",
    ],
)
def test_name_among_facts(line: str) -> None:
    """In a line of date, time and name the part with a name's shape is the author."""
    assert named(f"<p>{line}</p>") == JO


@pytest.mark.parametrize(
    "line", ["© 2026 | Jo Marsh", "Water | Oak | Jo Marsh", "3 May 2026 | WATER NEWS"]
)
def test_parts_of_other_lines_are_no_authors(line: str) -> None:
    """Without a date, in a notice of rights, or in capitals, no part is a name."""
    assert named(f"<p>{line}</p>") == ()


@pytest.mark.parametrize(
    ("around", "names"),
    [("post-meta", JO), ("author", JO), ("photo-credit", ()), ("x1", ())],
)
def test_name_alone_needs_a_telling_element(
    around: str, names: tuple[str, ...]
) -> None:
    """A name by itself counts where the element is one for an article's facts."""
    assert named(f'<div class="{around}"><span>Jo Marsh</span></div>') == names


@pytest.mark.parametrize(
    "line",
    [
        '<a href="/by/jo">Jo Marsh</a> Reviewed by <a href="/by/sam">Sam Vale</a>',
        "By Jo Marsh. Reviewed by Sam Vale",
        '<a href="/by/jo">Jo Marsh</a> <i>Reviewed by</i> <b>an expert:</b> '
        '<a href="/by/sam">Sam Vale</a>',
        '<b>By Jo Marsh</b> <i>Edited by <a href="/people/sam">Sam Vale</a></i>',
    ],
)
@pytest.mark.parametrize("kind", ["byline", "x1"])
def test_reviewers_and_editors_are_left_out(line: str, kind: str) -> None:
    """Who checked or edited the article did not write it."""
    assert named(f'<p class="{kind}">{line}</p>') == JO


@pytest.mark.parametrize("label", ["Reviewed by", "Photo:", "Edited by", "Fotos:"])
def test_line_of_somebody_else_names_no_author(label: str) -> None:
    """A line for a reviewer, an editor or a photographer gives no author."""
    assert named(f"<p>{label} Sam Vale</p>") == ()


@pytest.mark.parametrize("account", ["jmarsh", "j_marsh", "admin", "Example"])
def test_account_gives_way_to_a_person(account: str) -> None:
    """An account or the host's name in the head yields to a name that is shown."""
    head = f'<meta name="author" content="{account}">'
    assert named("<p>By Jo Marsh</p>", head=head) == JO


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("Water Oak Works", "wow.example.com"),
        ("Water Oak Works", "wateroak.example.com"),
        ("Wateroak", "wateroakworks.example.com"),
    ],
)
def test_publisher_in_other_words_gives_way_to_a_person(name: str, host: str) -> None:
    """A name that the host's name spells, or whose initials it is, is no person."""
    head = f'<meta name="author" content="{name}">'
    assert named("<p>By Jo Marsh</p>", head=head, host=host) == JO


def test_short_name_of_the_host_gives_way_to_a_person() -> None:
    """A few letters that are a part of the host's name are the publisher's."""
    head = '<meta name="author" content="QW">'
    assert named("<p>By Jo Marsh</p>", head=head, host="news.qw.example.com") == JO


def test_account_is_named_where_nobody_else_is() -> None:
    """An account's name is better than none."""
    assert named(head='<meta name="author" content="jmarsh">') == ("jmarsh",)


def test_stated_person_wins_over_a_shown_one() -> None:
    """A full name that the head states and the page shows is believed first."""
    head = '<meta name="author" content="Jo Marsh">'
    assert named("<p>By Sam Vale</p>", head=head, below="Jo Marsh, 2026") == JO


def test_stated_person_of_whom_the_page_says_nothing_gives_way() -> None:
    """Where only the head names Jo and the byline Sam, Jo only put the page there."""
    head = '<meta name="author" content="Jo Marsh">'
    assert named("<p>By Sam Vale</p>", head=head) == ("Sam Vale",)


@pytest.mark.parametrize(
    "byline",
    [
        "By J. Marsh",
        "By Sam Vale</p><p class=author>Ada Wood",
        "By Quirra Zeltov",
        "<span class=author>Water News Today</span>",
    ],
)
def test_stated_person_stays_where_the_byline_is_in_doubt(byline: str) -> None:
    """A spelling of the stated name, two bylines or an odd one correct nobody."""
    head = '<meta name="author" content="Jo Marsh">'
    assert named(f"<p>{byline}</p>", head=head) == JO


def test_two_bylines_that_name_more_people_are_believed() -> None:
    """A stated author is joined by whom two bylines of the page name as well."""
    head = '<meta name="author" content="Jo Marsh">'
    byline = '<p class="author">By Jo Marsh, Sam Vale</p>'
    assert named(byline, head=head) == BOTH
    assert named("<p>By Jo Marsh, Sam Vale</p>", head=head) == JO


def test_two_bylines_that_name_more_than_people_are_not() -> None:
    """What is no person's name joins nobody, however often it is shown."""
    head = '<meta name="author" content="Jo Marsh">'
    byline = '<p class="author">By Jo Marsh, Quirra Zeltov</p>'
    assert named(byline, head=head) == JO


@pytest.mark.parametrize(
    ("stated", "shown", "names"),
    [
        ("Canal Boat Association", "By Jo Marsh", JO),
        ("Canal Boat Association", "", ("Canal Boat Association",)),
        ("Jo Marsh, Canal Boat Association", "", JO),
        ("Reuters", "By Jo Marsh", ("Reuters",)),
    ],
)
def test_organisation_gives_way_to_a_person(
    stated: str, shown: str, names: tuple[str, ...]
) -> None:
    """A stated organisation yields to a byline; a person or an agency does not."""
    head = f'<meta name="author" content="{stated}">'
    page = "Seen in Reuters." if stated == "Reuters" else ""
    assert named(f"<p>{shown}</p>", head=head, below=page) == names


@pytest.mark.parametrize(
    "line",
    [
        "Oleh Jo Marsh",
        "Autore: Jo Marsh",
        "Автор: Jo Marsh",
        "Yazar: Jo Marsh",
        "Auteur : Jo Marsh",
        "Rédigé par Jo Marsh",
        "Geschreven door Jo Marsh",
        "(Reporting by Jo Marsh; editing by Sam Vale)",
        "An analysis by Jo Marsh",
    ],
)
def test_line_of_another_language_or_wording(line: str) -> None:
    """Other languages' words for "by" and "author" name the author too."""
    assert named(f"<p>{line}</p>") == JO


def test_chinese_label() -> None:
    """A name in Han characters needs no space, neither inside nor before it."""
    assert named("<p>作者：李明</p>") == ("李明",)


@pytest.mark.parametrize(
    "line",
    [
        "Posted by Jo at March 3, 2026 11:15 AM",
        "Geschrieben von Jo am 3. März 2026",
    ],
)
def test_name_of_one_word_beside_a_time(line: str) -> None:
    """Who posted an article, and when, may be told by a name of one word."""
    assert named(f"<div>{line}</div>") == ("Jo",)
    assert named(below=f"<div>{line}</div>") == ("Jo",)


def test_name_of_one_word_before_an_hour() -> None:
    """Old weblogs put a name and the hour behind a dash, below the headline."""
    assert named("<p>Filed under oak — Jo @ 11:15</p>") == ("Jo",)


@pytest.mark.parametrize(
    "line",
    [
        "<h2>Article by</h2><div>Jo Marsh</div>",
        "<b>Von:</b><br><br>Jo Marsh",
        '<p>Quelle: x<br>Autor: <a href="/x">Jo Marsh</a></p>',
        "<p><em>Von <span>Jo Marsh</span></em></p>",
        '<p>Geschrieben von <a href="/userinfo.php?uid=6">Jo Marsh</a> heute</p>',
        '<p align="right"><em><font>Jo Marsh</font></em></p><p>(1) A note.</p>',
        "<p>© 2026 Jo Marsh</p>",
    ],
)
def test_signature_in_several_elements(line: str) -> None:
    """A label and its name, or a signature, may stand in elements of their own."""
    assert named(below=line) == JO


@pytest.mark.parametrize(
    "line",
    [
        "<p>We read <i>Oak</i> by <a href='/x'>Jo Marsh</a> with pleasure</p>",
        "<p>von <a href='/x'>Jo Marsh</a> empfohlen und gern gelesen</p>",
        "<p>Made by: <a href='/x'>Canal Boat Association</a></p>",
        "<p>Written by: <a href='/x'>Canal Boat Association</a></p>",
        "<p>By Canal Boat Association</p>",
        "<p>By</p>",
    ],
)
def test_other_lines_with_by_sign_nothing(line: str) -> None:
    """A book's writer, a sentence and an organisation sign no article."""
    assert named(below=line) == ()


@pytest.mark.parametrize(
    "line",
    [
        "<span>Jo Marsh |</span><span>05.04.2026</span>",
        "<span>2026-04-05</span><i>·</i><a><i>Jo Marsh</i></a>",
    ],
)
def test_name_in_an_element_beside_a_date(line: str) -> None:
    """A name and a date, each in its element and alone in a box, make a byline."""
    assert named(f'<div class="x1">{line}</div>') == JO


@pytest.mark.parametrize(
    "line",
    [
        "<span>Water News</span><span>05.04.2026</span>",
        '<a href="/oak">Jo Marsh</a><span>05.04.2026</span>',
        "<div><div><span>Jo Marsh</span></div></div>",
        f"<span>Jo Marsh</span><span>05.04.2026 {'and much more ' * 6}</span>",
    ],
)
def test_other_words_beside_a_date_are_no_author(line: str) -> None:
    """A title, a link elsewhere and a sentence's part are no byline for a date."""
    assert named(f'<div class="x1">{line}</div>') == ()


def test_element_of_a_name_is_taken_alone() -> None:
    """In a byline the element named for a name leaves out what stands beside it."""
    box = (
        '<div class="author"><a href="/x"><div class="author-name">Jo Marsh</div>'
        '<div class="author-title">Lock Research</div></a></div>'
    )
    assert named(box) == JO


def test_links_to_sections_in_a_byline_name_nobody() -> None:
    """What a byline links to as tags and sections is taken out of it."""
    links = '<a rel="tag" href="/t/1">Oak Gates</a> <a href="/topics/2">Old Locks</a>'
    assert named(f'<div class="author">Jo Marsh {links}</div>') == JO
    assert named(f'<div class="author">1.2.2026 {links}<a href="/"></a></div>') == ()


def test_byline_with_a_short_link_is_read_whole() -> None:
    """A link of one word in a byline does not hide the name beside it."""
    line = '<a href="/x">Oak</a>, <b>Jo</b> Marsh'
    assert named(f'<p class="byline">{line}</p>') == ("Oak", *JO)


def test_label_of_a_card_names_the_author() -> None:
    """The card that a page gives to networks may say by whom it is."""
    label = '<meta name="twitter:label1" content="Written by">'
    assert named(head=f'{label}<meta name="twitter:data1" content="Jo Marsh">') == JO


def test_hints_of_the_routes() -> None:
    """A CMS's API is believed before the page, a feed only where the page is dumb."""
    routes: tuple[Literal["wordpress", "feed"], ...] = ("wordpress", "feed")
    hints = {
        kind: Hint(route=kind, source="https://www.example.com/x", authors=JO)
        for kind in routes
    }
    dumb = f"<h1>{TITLE}</h1>{TEXT}"
    shown = f"<h1>{TITLE}</h1><p>By Sam Vale</p>{TEXT}<p>Jo Marsh drew this.</p>"
    told = {
        (kind, markup): authors_of(markup, hint)
        for kind, hint in hints.items()
        for markup in (dumb, shown)
    }
    assert told["wordpress", dumb] == told["wordpress", shown] == JO
    assert told["feed", dumb] == JO
    assert told["feed", shown] == ("Sam Vale",)


def authors_of(markup: str, hint: Hint) -> tuple[str, ...]:
    """The authors of a page that a route has given a hint for."""
    hinted = replace(page(f"<body>{markup}</body>"), hints=(hint,))
    material = gather(hinted, Site())
    assert material is not None
    found = authors(material, headline(material))
    return found.value if found else ()


def test_maker_of_a_picture_is_no_author() -> None:
    """An author's mark in a picture's licence or caption is not the article's."""
    licence = '<span class="licence"><a rel="author" href="/x">Sam Vale</a></span>'
    figure = '<figure><a rel="author" href="/x">Sam Vale</a></figure>'
    assert named(f"{licence}{figure}<p>By Jo Marsh</p>") == JO


def test_contributions_are_no_bylines() -> None:
    """Who only contributed does not join the author."""
    line = (
        '<p>By <a href="/author/jo">Jo Marsh</a></p>'
        '<p>Contributions from: <a href="/author/sam">Sam Vale</a></p>'
    )
    assert named(line) == JO


def test_author_property_in_the_foot() -> None:
    """An element that says it is the author counts wherever it stands."""
    foot = '<div class="footer-box">Text<br><i itemprop="author">Jo Marsh</i></div>'
    assert named(below=foot) == JO


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("Jo Marsh", True),
        ("Jo van der Marsh", True),
        ("Jean-Luc O’Marsh", True),
        ("Jo M. Marsh", True),
        ("Élise Zürn", True),
        ("Jo", False),
        ("jo marsh", False),
        ("Jo went home", False),
        ("Jo Marsh 7", False),
        ("Senior Reporter", False),
        ("Jo M", False),
        ("Table of Contents", False),
        ("Jo Marsh, Sam Vale", False),
        ("One Two Three Four Five", False),
        ("Jo de la van der Marsh", False),
        ("Christophersonius Wolfeschlegelsteinhausen", False),
        ("", False),
    ],
)
def test_is_full_name(text: str, full: bool) -> None:
    """Two to four words with capitals, of letters only, have a name's shape."""
    assert is_full_name(text) is full


@pytest.mark.parametrize(
    "line, names",
    [
        ("Words: Jo Marsh. Photographs: Alice Moor", JO),
        ("Words by Jo Marsh | Photography by Alice Moor", JO),
        ("Text und Fotos: Jo Marsh", JO),
        ("Photographs: Alice Moor", ()),
        ("By Jo Marsh, Chief Executive, CraneNet", JO),
        ("Jo Marsh, Director, Quay Dredging Works", JO),
        ("Jo Marsh, Reporter, Sam Vale, Editor", BOTH),
        ("Jo Marsh, editor, and Sam Vale", BOTH),
        ("Jo Marsh, chief reporter, Reuters", ("Jo Marsh", "Reuters")),
    ],
)
def test_photographers_and_employers_wrote_nothing(
    line: str, names: tuple[str, ...]
) -> None:
    """Whose the pictures are and whom an author works for are no authors."""
    assert people([line], frozenset()) == names

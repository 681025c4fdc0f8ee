"""The headline: which heading shows it, and what stands beside it and is not it."""

from __future__ import annotations

import pytest
from reader import Site, page

from pipelines.extract.fields.titles import Headline, headline
from pipelines.extract.material import gather

TITLE = "Canal to be drained"
TEXT = (
    "<p>" + "The lock keepers spoke at some length about the oak gates. " * 3 + "</p>"
)
HEAD = f"<title>{TITLE}</title>"


def read(body: str, *, head: str = HEAD) -> Headline | None:
    """The headline of a page with this body, of a site called Quayside Weekly."""
    markup = f"<html><head>{head}</head><body>{body}{TEXT}</body></html>"
    material = gather(page(markup), Site(title="Quayside Weekly"))
    assert material is not None
    return headline(material)


def shown(body: str, *, head: str = HEAD) -> str:
    """The words of a page's headline; empty if it has none."""
    found = read(body, head=head)
    return found.text if found else ""


@pytest.mark.parametrize(
    "wrapper",
    [
        '<div class="ad-slot">{}</div>',
        '<div class="sidebar-wrapper">{}</div>',
        '<section id="related-content">{}</section>',
        '<div class="newsletter-page">{}</div>',
        '<div class="social-share-main">{}</div>',
    ],
)
def test_only_h1_is_the_headline_in_any_wrapper(wrapper: str) -> None:
    """An h1 of a whole sentence counts even where names around it mean furniture."""
    body = wrapper.format("<h1>Oak gates are lifted at dawn</h1>" + TEXT)
    assert shown(body, head="<title>Water news</title>") == (
        "Oak gates are lifted at dawn"
    )


def test_short_h1_in_furniture_is_not_the_headline() -> None:
    """A box's own heading of a few words, which no title repeats, is left there."""
    body = f'<div class="newsletter"><h1>Join our list</h1>{TEXT}</div>'
    assert shown(body) == TITLE


@pytest.mark.parametrize("tag", ["nav", "aside", "footer"])
def test_h1_beside_the_article_is_ignored(tag: str) -> None:
    """A heading in a menu, an aside or a footer is none, though it is the only h1."""
    body = f"<{tag}><h1>Everything that we know about water</h1></{tag}>"
    assert shown(body) == TITLE


@pytest.mark.parametrize(
    "sign",
    [
        '<h1 class="site-title">The long news of the water</h1>',
        '<h1 id="masthead">The long news of the water</h1>',
        '<h1><a href="/">The long news of the water</a></h1>',
        "<h1>Quayside Weekly</h1>",
    ],
)
def test_h1_that_is_the_sites_sign_is_ignored(sign: str) -> None:
    """The site's own name or sign in an h1 gives way to the headline in an h2."""
    found = read(f"{sign}<h2>{TITLE}</h2>")
    assert found is not None and found.element is not None
    assert (found.text, found.element.tag) == (TITLE, "h2")
    assert shown(sign) == TITLE


def test_h1_that_the_title_states_wins_over_an_earlier_one() -> None:
    """Of two h1, the one that a stated title repeats is the headline."""
    body = f"<h1>All that moves on the water today</h1><h1>{TITLE}</h1>"
    assert shown(body) == TITLE


@pytest.mark.parametrize(
    "label",
    [
        '<span class="kicker">Waterways</span>',
        '<span class="overline">Waterways:</span>',
        '<span class="dachzeile">Waterways</span>',
        '<a class="category" href="/w">Waterways</a>',
        '<span class="eyebrow">Waterways</span> |',
        '<span class="sponsor">Sponsored by Oak &amp; Sons</span>',
        '<div class="x1">Waterways</div>',
        "<small>Waterways</small>",
        "<time>3 May 2026</time>",
    ],
)
def test_label_above_the_headline_is_left_out(label: str) -> None:
    """A kicker, a sponsor's line, a section or a date in the h1 is no headline."""
    body = f"<h1>{label} <span>Old canal is drained at last</span></h1>"
    assert shown(body, head="") == "Old canal is drained at last"


def test_label_without_a_name_is_left_out_where_the_title_lacks_it() -> None:
    """A stated title tells where the headline begins, whatever the label is called."""
    line = "Old canal is drained at last"
    head = f"<title>{line} – all the water</title>"
    assert shown(f"<h1><span>Waterways</span> {line}</h1>", head=head) == line


def test_first_word_in_emphasis_is_no_label() -> None:
    """Where a title runs on after the first element, it is part of the sentence."""
    assert shown("<h1><span class=small>Canal</span> to be drained</h1>") == TITLE


@pytest.mark.parametrize("mark", [":", " –"])
def test_label_that_the_title_has_in_its_line_is_kept(mark: str) -> None:
    """A lead-in with a colon that a stated title has too belongs to the headline."""
    line = "Waterways: the canal is to be drained"
    body = "<h1><span class=kicker>Waterways:</span> the canal is to be drained</h1>"
    head = f'<meta property="og:title" content="{line.replace(":", mark)}">'
    assert shown(body, head=head) == line


def test_label_after_the_headline_is_left_out() -> None:
    """An element after a stated title, in the same heading, is no part of it."""
    assert shown(f"<h1>{TITLE} <em>Members only</em></h1>") == TITLE


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} | Quayside Weekly",
        f"{TITLE} - Quayside Weekly",
        f"{TITLE} – Quayside Weekly",
        f"{TITLE} » Quayside Weekly",
        f"{TITLE} :: Quayside Weekly",
        f"Quayside Weekly: {TITLE}",
        f"{TITLE} | Water | Quayside Weekly",
        f"{TITLE} - example.com",
        f"03.05.2026 - {TITLE}",
    ],
)
def test_site_and_date_are_taken_off_a_title(title: str) -> None:
    """The site's name or host at either end, a section or a date, is no headline."""
    assert shown("", head=f"<title>{title}</title>") == TITLE


@pytest.mark.parametrize(
    "title",
    [
        "Canal - the long story - of water",
        "Lock keepers: a trade of its own",
        "«Quayside Weekly» opens a lock",
        "2026 is the year of the lock",
    ],
)
def test_marks_inside_a_title_are_kept(title: str) -> None:
    """Dashes, colons, quotation marks and years that are the headline's own stay."""
    assert shown("", head=f"<title>{title}</title>") == title


def test_site_after_a_title_without_spaces_is_taken_off() -> None:
    """Scripts that set no spaces join the site's name with a mark alone."""
    assert shown("", head="<title>運河の水を抜く_水辺新聞</title>") == "運河の水を抜く"


@pytest.mark.parametrize("tag", ["b", "font", "td", "p", "div"])
def test_headline_in_a_plain_element_is_found(tag: str) -> None:
    """Old pages set the headline in an element of no rank; its words tell it."""
    inner = f"<{tag}>{TITLE}</{tag}>"
    body = f"<table><tr>{inner}</tr></table>" if tag == "td" else inner
    found = read(body)
    assert found is not None and found.element is not None
    assert (found.text, found.element.tag) == (TITLE, tag)


def test_cut_title_gives_way_to_a_whole_one() -> None:
    """Where no heading tells, a title that ends in dots is not chosen."""
    cut = "So the canal is at last to…"
    head = "".join(
        f'<meta name="{name}" content="{cut}">' for name in ("og:title", "dc.title")
    )
    assert shown("", head=head + HEAD) == TITLE
    assert shown("", head=head) == cut


def test_page_that_only_names_the_site_has_no_headline() -> None:
    """A title that is the site's name is nobody's headline."""
    assert shown("", head="<title>Quayside Weekly</title>") == ""

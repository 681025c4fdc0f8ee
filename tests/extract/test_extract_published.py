"""Pages whose witnesses differ in; out: the day that the better witness states."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dated import HEAD, TEXT, cut, day, linked
from reader import Site, page

from pipelines.extract import extract
from pipelines.extract.dated import localday
from pipelines.extract.dated.teased import own_teasers
from pipelines.extract.fields.anchor import anchored
from pipelines.extract.fields.titles import Headline
from pipelines.extract.material import gather

OWN = "https://press.example/news/lock"
ELSE = "<script>state = {'publishedAt': '2011-11-11'}</script>"
"""A witness that is heard after those beside the article and before guesses."""
CLOCK = '<meta property="article:published_time" content="2021-03-03T09:00:00+00:00">'


def test_a_date_within_a_sentence_is_no_dateline() -> None:
    """Links and emphasis cut a sentence in pieces; a piece with a date is no line."""
    told = (
        "<p><a href=/b>On 9 May 2019</a>, the keepers <em>of the lock</em> met the "
        "miller and his two daughters about the water. It was a short meeting.</p>"
    )
    assert day(f"<p>3 March 2021</p>{HEAD}{told}{TEXT}") == "2021-03-03"
    assert day(f"{HEAD}{told}{TEXT}<p>3 March 2021</p>") == "2021-03-03"


@pytest.mark.parametrize(
    "opening",
    [
        "<p><b>3 March 2021</b> The keepers of the lock <i>met</i> the miller and his "
        "two daughters about the water. It was a short meeting.</p>",
        "<p>By Kim Writer<br>3 March 2021<br>The keepers of the lock met the miller "
        "and his two daughters about the water. It was a short meeting.</p>",
        "<div><b>Kim Writer</b><br><font>3 March 2021</font><br>The keepers of the "
        "lock met the miller and his daughters about the water, and soon parted.</div>",
        "<div>The keepers of the lock met the miller and his daughters about the "
        "water.<br><font>3 March 2021</font> in Lockville. They soon parted.</div>",
        "<div><b>Kim Writer,</b> 3 March 2021 <p>The keepers of the lock met the "
        "miller and his two daughters about the water. It was short.</p></div>",
    ],
)
def test_a_date_on_a_line_of_its_own_within_a_paragraph(opening: str) -> None:
    """A date that opens a paragraph, or stands between line breaks, is a dateline."""
    assert day(f"{HEAD}{opening}{TEXT}") == "2021-03-03"


def test_dates_of_quoted_posts_are_not_the_pages() -> None:
    """A post that is quoted in the text keeps its own date to itself."""
    post = "<blockquote><p>Look!</p><time>9 May 2019</time></blockquote>"
    assert day(f"{HEAD}{post}{TEXT * 20}<p>3 March 2021</p>") == "2021-03-03"


@pytest.mark.parametrize(
    "change",
    [
        "<div><span>Updated:</span> <time>9 May 2022</time></div>",
        "<div>Last change on <time>9 May 2022</time></div>",
        "<div>Aktualisiert am <span><b>9.5.2022</b></span></div>",
    ],
)
def test_words_in_front_of_a_date_say_that_it_is_of_a_change(change: str) -> None:
    """A date that such words lead to gives way to one without them, wherever."""
    assert day(f"{HEAD}{change}{TEXT}<p>3 March 2021</p>") == "2021-03-03"
    assert day(f"{HEAD}{change}{TEXT}") == "2022-05-09"


def test_a_marked_date_far_away_is_heard_late() -> None:
    """A marked date far from the headline counts after a plain one beside it."""
    far = "<time>9 May 2019</time>"
    assert day(f"{HEAD}<p>3 March 2021</p>{TEXT * 20}{far}") == "2021-03-03"
    assert day(f"{HEAD}{TEXT * 20}{far}") == "2019-05-09"


def test_a_label_outweighs_a_change_near_the_headline() -> None:
    """What says "published" counts more than what says "updated", however far off."""
    change, label = "<p>Updated 9 May 2022</p>", "<p>Publiziert: 3 March 2021</p>"
    assert day(f"{HEAD}{change}{TEXT * 20}{label}") == "2021-03-03"


def test_a_time_of_both_names_is_the_publication() -> None:
    """Themes call the one date of an unchanged post both published and updated."""
    both = "<time class='published updated'>3 March 2021</time>"
    only = "<time class='entry updated'>9 May 2022</time>"
    assert day(f"{HEAD}{only}{both}{TEXT}") == "2021-03-03"


@pytest.mark.parametrize(
    "box",
    [
        "<aside class=sidebar><div><div><p class=date>3 March 2021</p></div></div>"
        "<p>{}</p></aside>",
        "<div class=share-row><ul><li><div class=date>3 March 2021</div></li></ul>"
        "<p>{}</p></div>",
    ],
)
def test_facts_in_a_box_with_another_name(box: str) -> None:
    """The only marked date of a sidebar or a share bar is the article's."""
    rest = "All that is said here is said beside the article, and at some length. " * 5
    other = "<aside class=sidebar><ul><li><p class=date>9 May 2019</p></ul><p>{}</p>"
    assert day(f"{HEAD}{box.format(rest)}{TEXT}") == "2021-03-03"
    both = f"{box.format(rest)}{other.format(rest)}</aside>"
    assert day(f"{HEAD}{both}{TEXT}{ELSE}") == "2011-11-11"


@pytest.mark.parametrize(
    "box",
    [
        "<aside><nav><p class=date>3 March 2021</p></nav><p>{}</p></aside>",
        "<aside><a href=/b>A story of another canal<b class=date>3 March 2021</b></a>"
        "<p>{}</p></aside>",
        "<aside><div><h3>Other news</h3><p class=date>3 March 2021</p></div><p>{}</p>"
        "</aside>",
    ],
)
def test_no_facts_among_other_posts(box: str) -> None:
    """A date with a heading or a title beside it is another post's."""
    rest = "All that is said here is said beside the article, and at some length. " * 5
    assert day(f"{HEAD}{box.format(rest)}{TEXT}{ELSE}") == "2011-11-11"


@pytest.mark.parametrize(
    "teaser",
    [
        "<div><a href=/news/lock>A new lock for us</a> <b>3 March 2021</b></div>",
        "<div><a href=https://www.press.example/news/lock/><i>03.03.2021</i> A new "
        "lock</a></div>",
        "<div><a href=/news/lock>A new lock</a><time datetime=2021-03-03>today</time>"
        "</div>",
    ],
)
def test_a_teaser_of_the_page_on_the_page_states_its_day(teaser: str) -> None:
    """A list of posts that holds this very one tells when it was published."""
    other = "<div><a href=/news/mill>An old mill</a> <b>9 May 2019</b></div>"
    posts = f"<nav class=menu><h2>Latest news</h2>{other}{teaser}{other}</nav>"
    assert day(f"{HEAD}{TEXT}{posts}", url=OWN) == "2021-03-03"


@pytest.mark.parametrize(
    ("teaser", "url"),
    [
        ("<a href='/news/lock#said'>3 March 2021</a>", OWN),
        ("<a href=http://[/news/lock>3 March 2021</a>", OWN),
        ("<a href=/>3 March 2021</a>", "https://press.example/"),
        ("<div class=comments><a href=/news/lock>3 March 2021</a></div>", OWN),
        ("<a href=/news/lock>" + "All of it once more. " * 60 + "</a>", OWN),
        ("<a href=/news/lock>Here</a>" * 30, OWN),
    ],
)
def test_what_is_no_teaser_of_the_page(teaser: str, url: str) -> None:
    """Places within the page, comments and home pages tell nothing."""
    posts = f"<nav class=menu><h2>Latest news</h2>{teaser}</nav>"
    assert day(f"{HEAD}{TEXT}{posts}{ELSE}", url=url) == "2011-11-11"


def test_a_page_whose_address_is_none_has_no_teaser() -> None:
    """An address that cannot be read is that of no link."""
    link = "<a href=/news/lock>3 March 2021</a>"
    material = gather(page(link, url="http://[/news/lock"), Site())
    assert material is not None
    assert list(own_teasers(material)) == []


def test_a_teaser_may_be_all_that_the_page_shows() -> None:
    """A teaser ends where the page does."""
    own = "<a href=/news/lock>A new lock, <b>3 March 2021</b></a>"
    assert day(f"<title>A new lock</title><nav>{own}</nav>", url=OWN) == "2021-03-03"
    deep = f"{'<div>' * 8}{own}{'</div>' * 8}"
    menu = (
        f"<nav><h2>Latest news</h2>{deep}<a href=/mill>{'An old mill ' * 20}</a></nav>"
    )
    assert day(f"{HEAD}{TEXT}{menu}", url=OWN) == "2021-03-03"


@pytest.mark.parametrize(
    ("near", "rest", "url", "expected"),
    [
        ("03/04/2021", "", "https://press.example/2021/03/04/lock", "2021-03-04"),
        ("03/04/2021", "", "https://press.example/2021/04/03/lock", "2021-04-03"),
        ("03/04/2021", "", "https://press.example/2021/03/05/lock", "2021-03-04"),
        ("03/04/2021", "", "https://press.example/2021/03/lock", "2021-03-04"),
        ("03/04/2021", "", "https://press.example/2021/04/lock", "2021-04-03"),
        ("03/04/2021", "", "https://press.example/2021/05/lock", "2021-04-03"),
        ("03/04/2021", "<p>4/21/2021 11/30/2020</p>", OWN, "2021-03-04"),
        ("03/04/2021", "<p>21/4/2021 30/11/2020</p>", OWN, "2021-04-03"),
        ("03/04/2021", "<p>21/4/2021 11/30/2020</p>", OWN, "2021-04-03"),
        ("03/04/2021", "<p>1/2/2020</p>", OWN, "2021-04-03"),
        ("3 April 2021", "<p>4/21/2021</p>", OWN, "2021-04-03"),
        ("03/04/2021", "<p>4/21/2021</p>" * 50, OWN, "2021-03-04"),
    ],
)
def test_order_of_day_and_month(near: str, rest: str, url: str, expected: str) -> None:
    """Figures are read month first where the address or the page's others are."""
    body = f"{HEAD}<p class=date>{near}</p>{TEXT}{rest}"
    assert day(body, url=url, language="en") == expected


def test_order_of_day_and_month_by_the_day_of_the_change() -> None:
    """A change that is stated beyond doubt tells how the other day is read."""
    changed = '<meta property="article:modified_time" content="2021-03-04T09:00:00Z">'
    shown = "<p class=date>03/04/2021</p>"
    assert day(f"{HEAD}{shown}{TEXT}", changed, language="en") == "2021-03-04"


def test_an_american_page_with_british_figures() -> None:
    """A page that calls itself American by mistake is read by its other dates."""
    shown, rest = "<p class=date>03/04/2021</p>", "<p>21/4/2021</p>"
    assert day(f"{HEAD}{shown}{TEXT}", language="en-US") == "2021-03-04"
    assert day(f"{HEAD}{shown}{TEXT}{rest}", language="en-US") == "2021-04-03"
    government = "https://canals.example.gov/a"
    assert day(f"{HEAD}{shown}{TEXT}", url=government, language="") == "2021-03-04"


def test_a_reading_that_gives_no_day_is_not_asked_for() -> None:
    """Where the other order leads to a day to come, the first one stands."""
    shown = "<p class=date>11/12/2026</p>"
    body = f"<html lang=en-US>{HEAD}{shown}{TEXT}<p>21/4/2021</p></html>"
    before = replace(page(body), fetched_at="2026-11-30T00:00:00Z")
    after = replace(page(body), fetched_at="2026-12-30T00:00:00Z")
    told = [extract(each, Site()) for each in (before, after)]
    days = [a.published.on for a in told if a is not None and a.published is not None]
    assert days == ["2026-11-12", "2026-12-11"]


@pytest.mark.parametrize(
    ("stated", "beside", "expected"),
    [
        ("2021-03-04T02:41:00Z", "<p class=date>3 March 2021</p>", "2021-03-03"),
        ("2021-03-04T02:41:00", "<p class=date>3 March 2021</p>", "2021-03-03"),
        ("2021-03-03T20:00:49", "<p class=date>4 March 2021</p>", "2021-03-04"),
        ("2021-03-04T02:41:00+01:00", "<p class=date>3 March 2021</p>", "2021-03-04"),
        ("2021-03-04T02:41:00Z", "<time datetime=2021-03-03T21:41:00-05:00>"
         "yesterday</time>", "2021-03-03"),
        ("2021-03-04T02:41:00Z", "<time datetime=2021-03-03T20:41:00-05:00>"
         "yesterday</time>", "2021-03-04"),
        ("2021-03-04T02:41:00Z", "<script>x={'DateCreation':'2021-03-03'}</script>",
         "2021-03-03"),
        ("2021-03-04T02:41:00Z", "<script>x={'DateCreation':'2021-02-03'}</script>",
         "2021-03-04"),
        ("2021-03-04T02:41:00Z", "<script>x={'created':'2021-02-31'}</script>",
         "2021-03-04"),
    ],
)  # fmt: skip
def test_local_day(stated: str, beside: str, expected: str) -> None:
    """Of an instant in UTC or no zone, the day is the one that the site itself has."""
    assert day(f"{HEAD}{beside}{TEXT}", linked(stated)) == expected


def test_the_shown_day_outweighs_the_address() -> None:
    """What readers see beside the headline is the day, whatever the address says."""
    url = "https://press.example/20210304/lock"
    shown = "<p class=date>3 March 2021</p>"
    stated = linked("2021-03-03T16:34:00Z")
    assert day(f"{HEAD}{shown}{TEXT}", stated, url) == "2021-03-03"
    assert day(f"{HEAD}{TEXT}", stated, url) == "2021-03-04"


@pytest.mark.parametrize(
    ("host", "stated", "expected"),
    [
        ("kanal.example.de", "2021-03-03T23:00:00Z", "2021-03-04"),
        ("kanal.example.de", "2021-07-03T22:00:00Z", "2021-07-04"),
        ("kanal.example.de", "2021-07-03T23:00:00Z", "2021-07-03"),
        ("kanal.example.de", "2021-07-03T22:00:07Z", "2021-07-03"),
        ("canal.example.in", "2021-07-03T18:30:00Z", "2021-07-04"),
        ("canal.example.org", "2021-07-03T22:00:00Z", "2021-07-03"),
    ],
)
def test_an_instant_that_is_midnight_at_home(
    host: str, stated: str, expected: str
) -> None:
    """A day chosen without a time is stated as the instant it begins at the site."""
    body, url = f"{HEAD}{TEXT}", f"https://{host}/lock"
    assert day(body, linked(stated), url) == expected


def test_zones_that_the_system_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the system's list of zones the day of an instant is that of UTC."""
    monkeypatch.setitem(localday._ZONES, "de", "No/Where")
    url = "https://kanal.example.de/lock"
    stated = linked("2021-03-03T23:00:00Z")
    assert day(f"{HEAD}{TEXT}", stated, url) == "2021-03-03"


def test_the_profile_knows_where_the_date_stands() -> None:
    """A selector of the site's profile outweighs every other witness."""
    site = Site(selectors={"published": (".when",)})
    body = f"{HEAD}<b class=when>3 March 2021</b>{TEXT}{linked('2022-05-09')}"
    article = extract(page(f"<html><body>{body}</body></html>"), site)
    assert article is not None
    assert article.published is not None
    assert (article.published.on, article.sources["published"]) == (
        "2021-03-03",
        "profile",
    )


def test_heading_in_other_words() -> None:
    """A headline that only the head states stands at the h1 with most of its words."""
    own = "<h1>Essential guide to the lock: best habits and customs</h1>"
    material = gather(page(f"<h1>An old mill</h1>{own}<h1>Rope</h1>"), Site())
    assert material is not None
    stated = Headline(
        text="Lock guide: best habits and five tips", witness="open graph",
        element=None, position=-1,
    )  # fmt: skip
    found = anchored(material, stated)
    assert found is not None
    assert found.element is not None
    assert found.element.text_content().startswith("Essential guide")
    other = replace(stated, text="A ferry and its captain")
    assert anchored(material, other) == other
    assert anchored(material, found) == found


def test_year_alone() -> None:
    """The first of January under a vague name is a year, and heard last of all."""
    vague = '<meta name="created" content="2004-01-01">'
    assert day(f"{HEAD}{TEXT * 20}<p>3 March 2021</p>", vague) == "2021-03-03"
    assert day(f"{HEAD}{TEXT}", vague) == "2004-01-01"


def test_stamp_of_the_build() -> None:
    """Scripts that give both days as one instant give way to an earlier exact meta."""
    stamp = linked("2022-05-09T10:11:12Z")
    assert day(f"{HEAD}{TEXT}", f"{CLOCK}{stamp}") == "2021-03-03"
    assert day(f"{HEAD}{TEXT}", stamp) == "2022-05-09"
    apart = linked("2022-05-09T10:11:12Z", "2022-05-10T10:11:12Z")
    assert day(f"{HEAD}{TEXT}", f"{CLOCK}{apart}") == "2022-05-09"


def test_clock_of_the_page() -> None:
    """A date far from the headline that is the day of the fetch is a page's clock."""
    assert day(f"{HEAD}{TEXT * 20}<p>22 November 2026</p>") is None
    assert day(f"{HEAD}{TEXT * 20}<p>21 November 2026</p>") == "2026-11-21"
    assert day(f"{HEAD}<p>22 November 2026</p>{TEXT * 20}") == "2026-11-22"


def test_month_of_the_address() -> None:
    """A date far from the headline is none of the page's in another month."""
    far = f"{HEAD}{TEXT * 20}<p>3 March 2021</p>"
    assert day(far, url="https://press.example/2021/03/lock/") == "2021-03-03"
    assert day(far, url="https://press.example/2021/05/lock/") is None


def test_dates_of_books_and_births() -> None:
    """A bibliography's dates, and days long before the first sites, are others'."""
    book = "<p>Lock Keeping, Vol. 3, pp. 1-9, 9 May 2019</p>"
    assert day(f"{HEAD}{book}{TEXT}<p>3 March 2021</p>") == "2021-03-03"
    born = "<p>Kim Writer (9 May 1979)</p>"
    assert day(f"{HEAD}{TEXT * 20}{born}<p>3 March 2021</p>") == "2021-03-03"
    assert day(f"{HEAD}<p>9 May 1979</p>{TEXT}") == "1979-05-09"


@pytest.mark.parametrize(
    "change",
    [
        "Última actualización: 9 de mayo de 2022",
        "Ultimo aggiornamento: 9 maggio 2022",
        "最終更新日：2022年5月9日",
        "Módosítva / frissítve: 2022. május 9.",
    ],
)
def test_words_for_a_change_in_many_languages(change: str) -> None:
    """A line that says in any of the languages that it is of a change comes last."""
    assert day(f"{HEAD}<p>{change}</p>{TEXT}<p>Posted 3 March 2021") == "2021-03-03"
    assert day(f"{HEAD}<p>{change}</p>{TEXT}") == "2022-05-09"


def test_rdfa_of_publication() -> None:
    """Drupal states the instant of publication as a property of the line it shows."""
    shown = (
        "<p>Kim Writer on <span property='dc:date dc:created' "
        "content='2021-03-03T10:05:00+01:00'>3 March 2021</span></p>"
    )
    others = f"<div class=related>{shown.replace('2021', '2019')}{TEXT}</div>"
    published = cut(f"{others}{HEAD}{shown}{TEXT}").published
    assert published is not None
    assert (published.at, published.zone) == ("2021-03-03T09:05:00Z", "+01:00")

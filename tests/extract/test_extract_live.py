"""Live blogs: entries with their times, in the order of the page."""

from __future__ import annotations

import json

import pytest
from gates import lacking
from reader import Site, case, page

from archive.records import Article, Block, Moment
from pipelines.extract import Anatomy, anatomy
from pipelines.extract.dated.dates import parse
from pipelines.extract.kinds import live_signs
from pipelines.extract.kinds.live_clock import (
    Stamp,
    instant,
    is_relative,
    local_clock,
    on_day,
)

TEXT = (
    "The lock keepers spoke at some length about the oak gates and about the paint"
    " that has been peeling off them since the spring, number {n}."
)
POSTS = [(3, "11:40", "Hat found"), (2, "10:15", "Band adrift"), (1, "09:02", "Begun")]
OPENED = "2026-07-18T08:00:00+01:00"
LIVE = "/news/canal-day-live"
DAY = "2026-07-18"


def text(number: int) -> str:
    """A paragraph of an entry."""
    return TEXT.format(n=number)


def read(
    body: str,
    *,
    head: str = "",
    title: str = "Canal day",
    path: str = LIVE,
    site: Site | None = None,
) -> Anatomy:
    """The anatomy of a page with this body."""
    opened = f'<meta property="article:published_time" content="{OPENED}">'
    markup = (
        f"<head><title>{title}</title>{opened}{head}</head><body><main><article>"
        f"<h1>{title}</h1>{body}</article></main></body>"
    )
    found = page(markup, url=f"https://www.example.com{path}")
    return anatomy(found, site or Site())


def cut(body: str, **more: str) -> Article:
    """The article of such a page."""
    article = read(body, **more).article  # type: ignore[arg-type]  # texts only
    assert article is not None
    return article


def told(article: Article) -> list[tuple[str, str | None]]:
    """Text and instant of every entry."""
    return [(b.text, b.at) for b in article.blocks if b.kind == "entry"]


def at(clock: str) -> str:
    """The UTC instant of a British summer time on the day."""
    return f"{DAY}T{int(clock[:2]) - 1:02d}{clock[2:]}:00Z"


def post(number: int, clock: str, title: str, *, shown: str = "") -> str:
    """An entry as many themes have it."""
    return (
        f'<div class="post" id="p{number}"><div class="meta"><time datetime="'
        f'{DAY}T{clock}:00+01:00">{shown or clock}</time>'
        '<span class="author">Bella Lock</span></div>'
        f'<h2><a href="#p{number}">{title}</a></h2>'
        f"<p>{text(number)}</p>"
        "<div class=share><a href=/s>Share this</a></div></div>"
    )


TITLED = [(f"{clock} {title}", at(clock)) for _, clock, title in POSTS]
UNTITLED = [(clock, None) for _, clock, _ in POSTS]


def test_boxes_with_times_are_entries() -> None:
    """Each box is an entry with time, headline and author; its text comes after it."""
    found = cut("<p>What happens on the water.</p>" + "".join(post(*p) for p in POSTS))
    assert found.kind == "live"
    assert found.kind_evidence == "3 timed entries on a page that is called live"
    assert told(found) == TITLED
    assert {b.author for b in found.blocks if b.kind == "entry"} == {"Bella Lock"}
    entries = [b for b in found.blocks if b.kind == "entry"]
    after = found.blocks.index(entries[1]) + 1
    assert found.blocks[after] == Block(kind="paragraph", text=text(2))
    assert "Share this" not in found.body


def test_how_long_ago_is_no_time() -> None:
    """What changes with every visit is never text; the machine's time is told."""
    ago = [post(*p, shown=f"{p[0]}0 minutes ago") for p in POSTS]
    found = cut("".join(ago))
    assert told(found) == TITLED
    assert "ago" not in found.body


def test_lines_of_an_entry_say_why_they_are_where_they_are() -> None:
    """The anatomy names the line that begins an entry, and the time that it holds."""
    parts = read("".join(post(*p, shown="5 mins ago") for p in POSTS)).parts
    rules = {part.rule for part in parts}
    assert {"begins an entry", "head of an entry"} <= rules
    assert [p.text for p in parts if p.rule == "begins an entry"] == [
        title for _, _, title in POSTS
    ]


LISTED = "".join(
    f"<li class=item><span class=t>{clock}</span><p>{text(n)}</p><ul><li>Oak {n}</li>"
    f"<li>Paint {n}</li></ul></li>"
    for n, clock, _ in POSTS
)
FLOWING = {
    "time, heading, text": "<p><b>{c}</b></p><h3>{t}</h3><p>{x}</p>",
    "heading with the time": "<h3>{c}: {t}</h3><p>{x}</p>",
    "bold line with the time": "<p><b>{c} Uhr: {t}</b></p><p>{x}</p>",
    "definition": "<dl><dt>{c}</dt><dd><h4>{t}</h4><p>{x}</p></dd></dl>",
    "section, time below": "<section><h3>{t}</h3><i>{c} BST</i><p>{x}</p></section>",
    "article, time in front": "<article class=u><span>{c}</span><h3>{t}</h3><p>{x}</p>"
    "</article>",
}


def test_items_of_a_list_of_entries_are_no_list() -> None:
    """An entry that is a list item is text; the list inside it is a list."""
    found = cut(f"<ol>{LISTED}</ol>")
    assert told(found) == UNTITLED
    kinds = [(b.kind, b.level) for b in found.blocks[:4]]
    items = [("list_item", 0), ("list_item", 0)]
    assert kinds == [("entry", 0), ("paragraph", 0), *items]


@pytest.mark.parametrize("form", FLOWING.values(), ids=FLOWING.keys())
def test_entries_are_found_in_every_form(form: str) -> None:
    """Whatever boxes stand around them, entries begin with their time and headline."""
    found = cut("".join(form.format(c=c, t=t, x=text(n)) for n, c, t in POSTS))
    heads = [b.text for b in found.blocks if b.kind == "entry"]
    assert len(heads) == 3
    for head, (_, clock, title) in zip(heads, POSTS, strict=True):
        assert head.startswith(clock)
        assert head.endswith(title)
    texts = [b.text for b in found.blocks if b.kind == "paragraph"]
    assert texts == [text(n) for n, _, _ in POSTS]


@pytest.mark.parametrize(
    "form",
    [
        "<p>{c} {x}</p>",
        "<p><b>{c} Uhr</b> – {x}</p>",
        "<div class=e><p>{c} | {x}</p></div>",
        "<table><tr><td>{c}</td><td>{x}</td></tr></table>",
    ],
)
def test_time_in_front_of_the_text_is_parted_from_it(form: str) -> None:
    """A line that goes on after its time is an entry's time and a paragraph."""
    found = cut("".join(form.format(c=c, x=text(n)) for n, c, _ in POSTS))
    assert told(found) == UNTITLED
    texts = [b.text for b in found.blocks if b.kind == "paragraph"]
    assert texts == [text(n) for n, _, _ in POSTS]


def test_entry_of_few_words_between_others_is_text() -> None:
    """A short entry among long ones is kept, though it would be a label elsewhere."""
    form = "<div class=tick><span>{c}</span><p>{x}</p></div>"
    texts = {3: text(3), 2: "A hat is afloat.", 1: text(1)}
    found = cut("".join(form.format(c=c, x=texts[n]) for n, c, _ in POSTS))
    assert told(found) == UNTITLED
    assert "A hat is afloat." in found.body


def test_bold_text_alone_is_the_text_of_its_entry() -> None:
    """Where nothing follows a bold line, it is no headline."""
    form = "<div class=tick><span>{c}</span><div><b>{x}</b></div></div>"
    found = cut("".join(form.format(c=c, x=text(n)) for n, c, _ in POSTS))
    assert told(found) == UNTITLED
    assert found.blocks[1].text == text(3)


@pytest.mark.parametrize(
    ("stamp", "zone", "expected"),
    [
        (f'datetime="{DAY}T09:02:00Z"', None, f"{DAY}T09:02:00Z"),
        (f'datetime="{DAY}T09:02"', None, f"{DAY}T08:02:00Z"),
        (f'datetime="{DAY}T09:02"', "Europe/Paris", f"{DAY}T07:02:00Z"),
        ('data-timestamp="1784361720"', None, f"{DAY}T08:02:00Z"),
        ('datetime="09:02"', None, None),
        ('datetime="soon"', None, None),
    ],
)
def test_instants_are_told_as_far_as_they_are_known(
    stamp: str, zone: str | None, expected: str | None
) -> None:
    """The markup's instant, in its own offset, the site's or the page's; else none."""
    form = "<div class=post><time {s}>{c}</time><h3>{t}</h3><p>{x}</p></div>"
    body = "".join(form.format(s=stamp, c=c, t=t, x=text(n)) for n, c, t in POSTS)
    found = read(body, site=Site(timezone=zone)).article
    assert found is not None
    assert {instant for _, instant in told(found)} == {expected}


UPDATED = '<meta property="article:modified_time" content="{}">'


@pytest.mark.parametrize(
    ("changed", "order", "known"),
    [
        ("2026-07-18T18:00:00+01:00", (0, 1, 2), True),
        ("2026-07-18T18:00:00+01:00", (2, 1, 0), True),
        ("2026-07-18T18:00:00+01:00", (1, 0, 2), False),
        ("2026-07-19T18:00:00+01:00", (0, 1, 2), False),
    ],
)
def test_clocks_are_of_the_day_only_where_the_page_proves_it(
    changed: str, order: tuple[int, ...], known: bool
) -> None:
    """A page of one day, whose clocks run one way, dates them; otherwise they stay."""
    posts = [POSTS[n] for n in order]
    body = "".join(f"<div class=p><h3>{c} {t}</h3><p>{text(n)}</p></div>"
                   for n, c, t in posts)  # fmt: skip
    found = cut(body, head=UPDATED.format(changed))
    wanted = [at(clock) if known else None for _, clock, _ in posts]
    assert [instant for _, instant in told(found)] == wanted


def updates(*, body: bool = True, fragment: bool = False) -> str:
    """A live blog as structured data has it."""
    posts = [
        {
            "@type": "BlogPosting",
            "headline": title,
            "datePublished": f"{DAY}T{clock}:00+01:00",
            "articleBody": f"{text(n)}\nMore of {n}." if body else "",
            "url": f"https://www.example.com{LIVE}" + (f"#p{n}" if fragment else ""),
            "author": {"@type": "Person", "name": f"Reporter {'ABC'[n - 1]}"},
        }
        for n, clock, title in POSTS
    ]
    data = {"@type": "LiveBlogPosting", "headline": "Canal day",
            "datePublished": OPENED, "liveBlogUpdate": posts}  # fmt: skip
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


@pytest.mark.parametrize("fragment", [True, False])
def test_structured_data_dates_the_entries_that_it_names(fragment: bool) -> None:
    """Entries without a time get theirs, told apart by their address or their text."""
    body = "".join(f'<div class="post" id="p{n}"><h3>{t}</h3><p>{text(n)}</p></div>'
                   for n, _, t in POSTS)  # fmt: skip
    found = cut(body, head=updates(fragment=fragment), path="/news/canal-day")
    assert found.kind_evidence == "JSON-LD type LiveBlogPosting"
    assert told(found) == TITLED
    assert [b.author for b in found.blocks if b.kind == "entry"] == [
        "Reporter C",
        "Reporter B",
        "Reporter A",
    ]


def test_the_blog_and_not_its_entry_is_the_article() -> None:
    """Day and author of a page are not those of one of its entries."""
    found = cut("".join(post(*p) for p in POSTS), head=updates())
    assert found.published is not None
    assert found.published.at == f"{DAY}T07:00:00Z"
    assert "Reporter C" not in found.authors


def test_entries_in_structured_data_alone_are_kept() -> None:
    """Where scripts show the entries, their text is what structured data has."""
    found = cut(f"<p>{text(9)}</p>", head=updates(), path="/news/canal-day")
    assert told(found) == TITLED
    assert found.blocks[0].text == text(9)
    assert found.blocks[2:4] == (
        Block(kind="paragraph", text=text(3)),
        Block(kind="paragraph", text="More of 3."),
    )


def test_page_that_shows_no_text_has_its_entries_from_structured_data() -> None:
    """A page that scripts fill is no page without text, and says where it is from."""
    found = cut("", head=updates())
    assert (found.kind, told(found)) == ("live", TITLED)
    assert found.sources["body"] == "json-ld"


def test_entries_in_structured_data_are_not_told_twice() -> None:
    """What the page shows as plain text is not added from structured data."""
    body = "".join(f"<p>{text(n)}</p><p>More of {n}.</p>" for n, _, _ in POSTS)
    found = cut(body, head=updates(), path="/news/canal-day")
    assert found.body.count(text(3)) == 1


def test_text_of_an_entry_that_looks_like_furniture_is_kept() -> None:
    """Text in a box of a misleading name is text where structured data has it."""
    body = "".join(
        f'<div class="post"><h3>{t}</h3><div class="related"><a href="/x{n}">{text(n)}'
        f"</a></div><p>{text(n + 10)}</p><p>{text(n + 20)}</p></div>"
        for n, _, t in POSTS
    )
    found = cut(body, head=updates(), path="/news/canal-day")
    assert [b.text for b in found.blocks].count(text(2)) == 1


@pytest.mark.parametrize(
    ("line", "ago"),
    [
        ("5 mins ago", True),
        ("21 mins ago11:48 Jon King", True),
        ("Updated 2 hours ago", True),
        ("3h", True),
        ("vor 3 Minuten", True),
        ("il y a 2 heures", True),
        ("5 minuten geleden", True),
        ("A goal after 5 minutes!", False),
        ("9 days", True),
        ("9 days of rain are over", False),
        ("In an hour", False),
        ("x" * 61 + " 5 mins ago", False),
    ],
)
def test_only_a_line_that_begins_so_says_how_long_ago(line: str, ago: bool) -> None:
    """Text that speaks of minutes is text."""
    assert is_relative(line) is ago


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Canal day", "/news/canal-day"),
        ("The lives of keepers", "/news/delivery"),
    ],
)
def test_times_on_a_page_that_is_not_called_live_are_text(
    title: str, path: str
) -> None:
    """An account of a day is no live blog, whatever its paragraphs begin with."""
    body = "".join(f"<p>{c} {text(n)}</p>" for n, c, _ in POSTS)
    found = cut(body, title=title, path=path)
    assert (found.kind, told(found)) == ("news", [])
    assert found.blocks[0].text == f"11:40 {text(3)}"


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{text(1)}</p><p>{text(2)}</p>",
        f"<p>09:02 {text(1)}</p><p>10:15 {text(2)}</p>",
        f"<p>09:02 {text(1)}</p><p>11:40 {text(2)}</p><p>10:15 {text(3)}</p>"
        f"<p>14:40 {text(4)}</p><p>08:00 {text(5)}</p>",
        f"<p>1.15% {text(1)}</p><p>1.30% of {text(2)}</p><p>2.10.26 {text(3)}</p>",
        "".join(f"<p>{text(n)}</p>" for n in range(9))
        + "".join(f"<h3>{c}</h3><p>{text(n)}</p>" for n, c, _ in POSTS),
    ],
)
def test_page_that_is_called_live_needs_entries(body: str) -> None:
    """Two times, times in no order, sums and a programme at the end are no entries."""
    found = cut(body)
    assert (found.kind, told(found)) == ("news", [])


def test_page_of_headings_that_are_called_live_has_no_text_to_lose() -> None:
    """A page with no text at all is cut without entries."""
    assert told(cut("<div class=liveblog></div><p>Soon.</p>")) == []


def test_microdata_declares_a_live_blog() -> None:
    """Two entries are enough where the markup says that they are entries."""
    form = '<div itemprop="liveBlogUpdate"><b>{c}</b><p>{x}</p></div>'
    body = "".join(form.format(c=c, x=text(n)) for n, c, _ in POSTS[:2])
    assert len(told(cut(body, path="/news/canal-day"))) == 2


def test_case_of_a_live_blog() -> None:
    """The saved live blog is one, and its clocks without a day stay clocks."""
    saved, site, _ = case("live-blog")
    article = anatomy(saved, site).article
    assert article is not None
    assert article.kind == "live"
    assert [instant for _, instant in told(article)] == [None, None, None]


@pytest.mark.parametrize("names", ["liveblog-post", "c-live-update", "coverage-list"])
def test_names_of_boxes_call_a_page_live(names: str) -> None:
    """A page whose boxes are named so is looked at, whatever its address is."""
    body = "".join(f"<p>{c} {text(n)}</p>" for n, c, _ in POSTS)
    found = cut(f'<div class="{names}">{body}</div>', path="/news/canal-day")
    assert told(found) == UNTITLED


def test_entry_without_time_and_headline_is_plain_text() -> None:
    """Where structured data knows only the day of an entry, its lines stay text."""
    data = {
        "@type": "LiveBlogPosting",
        "headline": "Canal day",
        "liveBlogUpdate": [
            {"datePublished": DAY, "articleBody": text(n), "url": f"/#p{n}"}
            for n, _, _ in POSTS
        ],
    }
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    body = "".join(f'<div id="p{n}"><p>{text(n)}</p></div>' for n, _, _ in POSTS)
    found = cut(body, head=head, path="/news/canal-day")
    assert [(b.kind, b.text) for b in found.blocks] == [
        ("paragraph", text(n)) for n, _, _ in POSTS
    ]
    assert [b.text for b in cut(f"<p>{text(9)}</p>", head=head).blocks] == [
        text(n) for n in (9, 3, 2, 1)
    ]


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ('<a rel="author" href="/b">Bella Lock</a>', "Bella Lock"),
        ('<p class="byline">By Bella Lock</p>', "Bella Lock"),
        ('<p class="byline">09:02, filed from lock 4</p>', None),
        ("", None),
    ],
)
def test_author_of_an_entry_is_named_as_one(byline: str, author: str | None) -> None:
    """Who wrote an entry is told where something is marked as saying so."""
    form = "<div class=post><time>{c}</time><h3>{t}</h3>{b}<p>{x}</p></div>"
    body = "".join(form.format(c=c, t=t, b=byline, x=text(n)) for n, c, t in POSTS)
    found = cut(body)
    assert {b.author for b in found.blocks if b.kind == "entry"} == {author}
    assert "Bella Lock" not in found.body


@pytest.mark.parametrize("stamp", ["1784361720", f"{DAY}T08:02:00Z", f"{DAY}T09:02"])
def test_time_that_only_machines_see_is_told_on_the_site_s_clock(stamp: str) -> None:
    """Where no clock is shown, the entry has the one that the site's readers use."""
    form = '<div class=post data-timestamp="{s}"><h3>{t}</h3><p>{x}</p></div>'
    body = "".join(form.format(s=stamp, t=t, x=text(n)) for n, _, t in POSTS)
    assert told(cut(body))[0] == ("09:02 Hat found", f"{DAY}T08:02:00Z")
    bare = form.replace("<h3>{t}</h3>", "")
    body = "".join(bare.format(s=stamp, x=text(n)) for n, _, _ in POSTS)
    assert told(cut(body))[0] == ("09:02", f"{DAY}T08:02:00Z")


def test_clock_without_day_or_zone_has_no_instant() -> None:
    """An instant needs a day, a time and an offset from somewhere."""
    naive = parse(f"{DAY}T09:02")
    assert instant(naive, None, None) == ""
    assert instant(naive, Moment(on=DAY, at=at("09:02"), zone="UTC"), None) == ""
    assert instant(naive, None, "Europe/London") == at("09:02")
    assert instant(parse(DAY), None, "Europe/London") == ""
    assert local_clock(parse(DAY), None, "Europe/London") == ""
    day = Moment(on=DAY)
    assert on_day([Stamp(shown="", stated=None)], day, day) == [None]


def test_structured_data_is_known_by_its_text_where_its_address_is_not() -> None:
    """Entries whose addresses name no box of the page are known by their words."""
    body = "".join(f'<div class="post" id="q{n}"><h3>{t}</h3><p>{text(n)}</p></div>'
                   for n, _, t in POSTS)  # fmt: skip
    found = cut(body, head=updates(fragment=True), path="/news/canal-day")
    assert told(found) == TITLED


def test_boxes_inside_boxes_of_entries_change_nothing() -> None:
    """Of two kinds of boxes with the same text the outer one counts."""
    form = (
        "<section class=o><h3>{t}</h3><div class=i><b>{c}</b><p>{x}</p></div></section>"
    )
    found = cut("".join(form.format(c=c, t=t, x=text(n)) for n, c, t in POSTS))
    assert [b.text for b in found.blocks if b.kind == "entry"] == [
        f"{clock} {title}" for _, clock, title in POSTS
    ]


def test_box_between_entries_that_holds_a_pointer_is_no_entry() -> None:
    """A link beside a time, or a box without a time, does not become text."""
    form = "<div class=tick><span>{c}</span><p>{x}</p></div>"
    texts = {3: text(3), 2: '<a href="/w">Watch it here</a>', 1: text(1)}
    body = "".join(form.format(c=c, x=texts[n]) for n, c, _ in POSTS)
    body += form.format(c="08:40", x=text(4)) + "<div class=tick><p>Watch</p></div>"
    found = cut(body + form.format(c="08:10", x=text(5)))
    assert [clock for clock, _ in told(found)] == ["11:40", "09:02", "08:40", "08:10"]
    assert "Watch" not in found.body


def test_byline_of_an_entry_may_hold_more_than_the_name() -> None:
    """A box that is named as a byline and holds a time too is read inside."""
    form = (
        '<div class=post><div class="byline">{c} <b class="author">Bella Lock</b></div>'
        "<h3>{t}</h3><p>{x}</p></div>"
    )
    found = cut("".join(form.format(c=c, t=t, x=text(n)) for n, c, t in POSTS))
    assert {b.author for b in found.blocks if b.kind == "entry"} == {"Bella Lock"}


def test_box_that_holds_others_of_its_kind_is_no_entry() -> None:
    """What stands around all entries is passed over, though it has their name."""
    form = "<div class=post><time>{c}</time><h3>{t}</h3><p>{x}</p></div>"
    inner = "".join(form.format(c=c, t=t, x=text(n)) for n, c, t in POSTS)
    found = cut(f"<div class=post>{inner}</div>")
    assert len(told(found)) == 3


def test_time_with_nothing_after_it_begins_no_entry() -> None:
    """A line of a time alone, with no text behind it, stays what it was."""
    form = "<p><b>{c}</b></p><p>{x}</p>"
    body = "".join(form.format(c=c, x=text(n)) for n, c, _ in POSTS)
    menu = "".join(f"<p><a href=/{n}>Tag {n}</a></p>" for n in range(6))
    found = cut(body + "<p>08:40</p>" + menu)
    assert [clock for clock, _ in told(found)] == ["11:40", "10:15", "09:02"]


def test_what_calls_a_page_live_holds_what_it_is_sought_by() -> None:
    assert not lacking(live_signs.HEADLINE.pattern, live_signs.CALLS)

"""Sections and tags: which lines of links are the article's own."""

from __future__ import annotations

import json

import pytest
from reader import Site, page

from crawler.items import Hint
from pipelines.extract import extract
from pipelines.extract.fields.labels import section, tags
from pipelines.extract.fields.titles import Headline, headline
from pipelines.extract.kinds.section_path import section_path
from pipelines.extract.material import Material, gather

TEXT = (
    "<p>" + "The lock keepers spoke at some length about the oak gates. " * 3 + "</p>"
)


def read(
    body: str, *, head: str = "", hints: tuple[Hint, ...] = ()
) -> tuple[Material, Headline | None]:
    """A page with this body, gathered, and its headline."""
    title = "<title>Canal to be drained</title>"
    material = gather(page(f"<head>{title}{head}</head>{body}", hints=hints), Site())
    assert material is not None
    return material, headline(material)


def labels(body: str, **more: object) -> tuple[str | None, tuple[str, ...]]:
    """The section and the tags of a page."""
    material, title = read(body, **more)  # type: ignore[arg-type]
    named, filed = section(material, title), tags(material, title)
    return named.value if named else None, filed.value if filed else ()


HEAD = "<h1>Canal to be drained</h1>"
FOOT = (
    '<p>In <a href="/category/waterways.html">Waterways</a>.</p><p>tags: '
    '<a href="/tag/oak.html">Oak</a> <a href="/tag/locks.html">Locks</a></p>'
)


@pytest.mark.parametrize(
    "body",
    [
        f"<article>{HEAD}{FOOT}{TEXT}</article>",
        f"<article>{HEAD}{TEXT}<footer class=post-info>{FOOT}</footer></article>",
        f"<article>{HEAD}<div><footer>{FOOT}</footer>{TEXT}</div></article>",
        f"<div><div>{HEAD}{FOOT}{TEXT}</div></div>",
    ],
)
def test_lines_of_links_to_lists_are_labels(body: str) -> None:
    """Where links lead tells sections and tags, whatever the line is called."""
    menu = '<nav><a href="/category/roads.html">Roads</a></nav>'
    assert labels(f"<body>{menu}{body}") == ("Waterways", ("Oak", "Locks"))


def test_list_of_tags_is_one_line() -> None:
    """Tags in list items are taken together."""
    items = "".join(
        f'<li><a href="/topics/{t}">{t.title()}</a></li>' for t in ("oak", "locks")
    )
    assert labels(f"<article>{HEAD}{TEXT}<ul>{items}</ul></article>")[1] == (
        "Oak",
        "Locks",
    )


def test_white_space_in_the_source_does_not_count() -> None:
    """A line of tags that the template has indented is the same line."""
    tags_ = [f'<a href="/tag/{t}">{t.title()}</a>' for t in ("oak", "locks", "weirs")]
    line = "<p>Tags:\n" + "\n".join(" " * 30 + tag for tag in tags_) + "\n</p>"
    found = labels(f"<article>{HEAD}{TEXT}{line}</article>")[1]
    assert found == ("Oak", "Locks", "Weirs")


def test_line_of_pictures_is_passed_over() -> None:
    """Links without text give no label; the next line is read."""
    icons = '<p><a href="/tag/oak"><img src="oak.png"></a></p>'
    assert labels(f"<article>{HEAD}{icons}{FOOT}{TEXT}</article>")[1] == (
        "Oak",
        "Locks",
    )


def test_link_wrapped_many_times_is_a_line_of_its_own() -> None:
    """However deep a link lies in spans, it is found."""
    deep = '<span><b><em><strong><a href="/tag/oak">Oak</a></strong></em></b></span>'
    assert labels(f"<article>{HEAD}{TEXT}<p>{deep}</p></article>")[1] == ("Oak",)


CLOUD = "".join(f'<a href="/tag/t{n}">Tag {n}</a> ' for n in range(30))


@pytest.mark.parametrize(
    "other",
    [
        '<aside><p><a href="/tag/roads">Roads</a></p></aside>',
        '<div class="related"><h3>More news of the other trades</h3>'
        '<p>How the roads were lost and won <a href="/tag/roads">Roads</a></p></div>',
        '<article><h2>Another</h2><p><a href="/tag/roads">Roads</a></p></article>',
        f"<p>{CLOUD}</p>",
        '<p>As we wrote in our long account of the <a href="/tag/roads">roads</a> and'
        " of all that is wrong with them, nothing is settled.</p>",
        '<p><a href="/tags/">All tags</a></p>',
        '<p><a href="/news/tag-day">Tag day</a></p>',
    ],
)
def test_links_of_other_things_are_no_labels(other: str) -> None:
    """Teasers, clouds, running text and lists of lists name no tag of the article."""
    assert labels(f"<article>{HEAD}{TEXT}{other}</article>") == (None, ())


def test_links_far_from_the_headline_need_an_article_around_them() -> None:
    """Without an article element, only what stands near the headline is its own."""
    far = "<p>x</p>" * 80
    assert labels(f"<body><div>{HEAD}{TEXT}{far}{FOOT}</div>") == (None, ())


def test_page_without_a_heading_has_no_lines_of_its_own() -> None:
    """Where the headline is not shown, nothing can stand near it."""
    assert labels(f"<body>{TEXT}{FOOT}") == (None, ())


@pytest.mark.parametrize("kind", ["posts", "Post", "Articles", "page", "Uncategorized"])
def test_kind_of_content_is_no_section(kind: str) -> None:
    """What software calls every page is passed over for what the page shows."""
    head = f'<meta property="article:section" content="{kind}">'
    body = f"<article>{HEAD}{FOOT}{TEXT}</article>"
    assert labels(body, head=head)[0] == "Waterways"


def test_tags_of_a_feed_are_without_the_section() -> None:
    """Feeds list the section among the tags; it is not told twice."""
    told = Hint(route="feed", source="x", tags=("Waterways", "Oak", "Locks"))
    head = '<meta property="article:section" content="Waterways">'
    body = f"<article>{HEAD}{TEXT}</article>"
    assert labels(body, head=head, hints=(told,)) == ("Waterways", ("Oak", "Locks"))
    assert labels(body, hints=(told,)) == (None, ("Waterways", "Oak", "Locks"))


@pytest.mark.parametrize(
    ("shown", "label"),
    [
        ("#Oak", "Oak"),
        ("C#", "C#"),
        ("“Oak”,", "Oak"),
        ("Oak (611 posts)", "Oak"),
        ("Oak (7)", "Oak"),
        ("Filed to: Oak", "Oak"),
        ("Oak (Sussex)", "Oak (Sussex)"),
        ("Locks, weirs", "Locks, weirs"),
    ],
)
def test_labels_are_without_what_surrounds_them(shown: str, label: str) -> None:
    """Marks, quotes, introductions and counts are no part of a label."""
    body = f'<article>{HEAD}{TEXT}<p><a href="/tag/oak">{shown}</a></p></article>'
    assert labels(body)[1] == (label,)


@pytest.mark.parametrize("stated", ["Waterways,Locks", "Waterways, Locks, Weirs"])
def test_first_of_several_sections_is_taken(stated: str) -> None:
    """A list of sections in one value gives its first."""
    head = f'<meta property="article:section" content="{stated}">'
    assert labels(f"<article>{HEAD}{TEXT}</article>", head=head)[0] == "Waterways"


@pytest.mark.parametrize(
    "item",
    [
        '<li><a href="/w" aria-current="page">Waterways</a></li>',
        '<li class="menu-item current-post-ancestor"><a href="/w">Waterways</a></li>',
    ],
)
def test_marked_item_of_the_menu_is_the_section(item: str) -> None:
    """Where the page says nothing else, the menu shows where the reader is."""
    menu = f'<nav><ul><li class="current"><a href="/r">Roads</a></li>{item}</ul></nav>'
    assert labels(f"<body>{menu}<article>{HEAD}{TEXT}</article>")[0] == "Waterways"
    assert labels(f"<body><ul>{item}</ul><article>{HEAD}{TEXT}</article>")[0] is None


def path_of(body: str, *, url: str = "", head: str = "") -> tuple[str, ...] | None:
    """The path of sections of a page."""
    title = "<title>Canal to be drained</title>"
    made = page(f"<head>{title}{head}</head>{body}", url=url or page("").url)
    material = gather(made, Site())
    assert material is not None
    shown = headline(material)
    found = section_path(material, shown, section(material, shown))
    return found.value if found is not None else None


def crumbs(*names: str) -> str:
    """A breadcrumb list in structured data."""
    items = [
        {"@type": "ListItem", "position": n, "name": name}
        for n, name in enumerate(names, 1)
    ]
    data = json.dumps({"@type": "BreadcrumbList", "itemListElement": items})
    return f'<script type="application/ld+json">{data}</script>'


STORY = f"<article>{HEAD}{TEXT}</article>"
LINKS = '<a href="/">Home</a> › <a href="/n">News</a> › <a href="/w">Waterways</a>'


@pytest.mark.parametrize(
    "names",
    [
        ("Home", "News", "Waterways", "Canal to be drained"),
        ("Accueil", "News", "Waterways", "Canal to be drained for the whole of a year"),
        ("News", "Waterways", "Canal to be…"),
        ("News", "Waterways", "2026", "May", "12"),
        ("News", "News", "Waterways"),
    ],
)
def test_path_is_without_home_headline_and_dates(names: tuple[str, ...]) -> None:
    """Breadcrumbs in structured data give the sections and nothing else."""
    assert path_of(STORY, head=crumbs(*names)) == ("News", "Waterways")


@pytest.mark.parametrize(
    "line",
    [
        f'<div class="breadcrumbs">{LINKS}</div>',
        f'<nav aria-label="Breadcrumb"><p>{LINKS}</p></nav>',
        f'<nav aria-label="Brotkrumen">{LINKS}</nav>',
        '<ul itemtype="https://schema.org/BreadcrumbList" itemscope>'
        '<li itemprop="itemListElement"><a href="/n">News</a></li>'
        '<li itemprop="itemListElement"><a href="/w">Waterways</a></li></ul>',
        '<p><span class="breadcrumb"><a href="/n">News</a></span>'
        '<span class="breadcrumb"><a href="/w">Waterways</a></span></p>',
        f'<p><a href="/x">Other</a><span class="breadcrumb">{LINKS}</span></p>',
    ],
)
def test_shown_breadcrumbs_are_a_path(line: str) -> None:
    """A line of breadcrumbs is known by its name, its label or its markup."""
    assert path_of(f"<body>{line}{STORY}") == ("News", "Waterways")


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("Waterways", ("Waterways",)),
        ("The canal, the oak and you", None),
        ("Canal to be drained", None),
        ("Article", None),
    ],
)
def test_unlinked_crumb_after_home_is_the_section(
    last: str, found: tuple[str, ...] | None
) -> None:
    """A short name that alone follows the home page is a section, a title none."""
    line = f'<ol class="breadcrumb"><li><a href="/">Home</a></li><li>{last}</li></ol>'
    assert path_of(f"<body>{line}{STORY}") == found
    more = line.replace("<li>", '<li><a href="/n">News</a></li><li>', 1)
    assert path_of(f"<body>{more}{STORY}") == ("News",)


def test_list_of_articles_is_no_line_of_breadcrumbs() -> None:
    """A list that is marked up as one of other things names no section."""
    item = '<li itemprop="itemListElement"><a href="/s">Swans</a></li>'
    row = f'<ul itemscope itemtype="https://schema.org/ItemList">{item}</ul>'
    assert path_of(f"<body>{row}{STORY}") is None


def test_line_of_many_links_is_a_menu() -> None:
    """What is called a breadcrumb and holds the whole menu is none."""
    menu = "".join(f'<a href="/{n}">Place {n}</a>' for n in range(9))
    assert path_of(f'<body><div class="breadcrumb">{menu}</div>{STORY}') is None


FOLDERS = (
    '<ul><li><a href="/news">News</a></li>'
    '<li><a href="https://www.example.com/news/water-ways/">Water Ways</a></li>'
    '<li><a href="/news/jobs">Jobs</a></li></ul>'
)
DEEP = "https://www.example.com/news/water-ways/canal-drained"


def test_folders_of_the_address_are_a_path_where_links_name_them() -> None:
    """A folder counts under the name of a link to it, and only under that."""
    assert path_of(f"<body>{FOLDERS}{STORY}", url=DEEP) == ("News", "Water Ways")
    assert path_of(f"<body>{STORY}", url=DEEP) is None
    other = FOLDERS.replace("Water Ways", "More of this")
    assert path_of(f"<body>{other}{STORY}", url=DEEP) == ("News",)
    far = "https://www.example.com/" + "a/" * 9 + "canal-drained"
    assert path_of(f"<body>{FOLDERS}{STORY}", url=far) is None


def test_path_that_ends_in_the_section_comes_first() -> None:
    """Of several witnesses the one that names the section is believed."""
    head = '<meta property="article:section" content="Water ways">'
    shown = '<div class="breadcrumbs"><a href="/b">Blog</a></div>'
    body = f"<body>{shown}{FOLDERS}{STORY}"
    assert path_of(body, url=DEEP, head=head) == ("News", "Water Ways")
    assert path_of(f"<body>{shown}{STORY}", head=head) == ("Blog",)
    assert path_of(f"<body>{STORY}", head=head) == ("Water ways",)
    other = head.replace("Water ways", "Locks")
    assert path_of(f"<body>{FOLDERS}{STORY}", url=DEEP, head=other) == ("Locks",)
    named = '<div class="menu"><a href="/x">Other</a></div>'
    assert path_of(f"<body>{named}{STORY}", head=other) == ("Locks",)


@pytest.mark.parametrize(
    "stated",
    ["{{ item.title }}", "Canal to be drained", "Canal to be draine",
     "Read Canal to be drained by J. Weir"],
)  # fmt: skip
def test_headline_is_no_section(stated: str) -> None:
    """A label that holds the headline, or a template's mark, names no section."""
    head = f'<meta property="article:section" content="{stated}">'
    assert labels(f"<article>{HEAD}{FOOT}{TEXT}</article>", head=head)[0] == "Waterways"


def test_article_has_the_last_of_its_path_as_section() -> None:
    """Where nothing names a section, the folder that a link names is the section."""
    markup = f"<title>Canal to be drained</title><body>{FOLDERS}{STORY}"
    found = extract(page(markup, url=DEEP), Site())
    assert found is not None
    assert (found.section, found.section_path) == ("Water Ways", ("News", "Water Ways"))
    assert found.sources["section"] == found.sources["section_path"] == "url"

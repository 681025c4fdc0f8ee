"""Sections and tags: which lines of links are the article's own."""

from __future__ import annotations

import pytest
from reader import Site, page

from crawler.items import Hint
from pipelines.extract.labels import section, tags
from pipelines.extract.material import Material, gather
from pipelines.extract.titles import Headline, headline

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
